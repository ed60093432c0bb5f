"""What each of the department writes in their self-reviews, in their own language; what they won and lost comes from the books."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from bot.policy.appraisals.record import Part
from bot.policy.appraisals.self_review import MARK, SUMMARY, WORDS
from bot.policy.bids import Bid, State
from sandbox.department.people import DANIEL, GAOYUAN, GRACE, JONAS, PEISHAN, PRIYA, WEI, XIAOTONG


class Voice(NamedTuple):
    """How somebody writes: the deals in a sentence, what else there was, a text for each part and for each competency, and marks.

    `won` and `lost` take names with `between` put between them. Of `more`, period after period has another line.
    """

    won: str
    lost: str
    between: str
    more: Sequence[str]
    parts: Sequence[str]
    skills: Sequence[str]
    marks: str


ENGLISH, SIMPLIFIED, TRADITIONAL = (
    ("Won: {}.", "Lost: {}.", ", "),
    ("中标：{}。", "未中标：{}。", "、"),
    ("得標：{}。", "未得標：{}。", "、"),
)

VOICES: Mapping[str, Voice] = {
    WEI: Voice(
        *ENGLISH,
        (
            "I also kept the bid checklist up to date and took two colleagues' final checks.",
            "Most weeks went into the technical volumes; the site visits paid off.",
            "A full quarter. Two deadlines fell into one week and both were kept.",
            "I took over the interface chapters for the whole East team.",
        ),
        (
            "Every bid of mine went in on time. Where we lost it was on price or on something that we do not have yet.",
            "Fewer remarks in document reviews than before; the commercial annex is still where they come from.",
            "Customers call me back directly, at night too. One asked for more pictures and less text.",
            "Wrote chapters for 林晓彤's and Priya's bids and got as much help back.",
        ),
        (
            "Can answer most integration questions without asking R&D.",
            "Defended twice without slides when the projector failed.",
            "Read the scoring table first; the answers follow its order now.",
            "Swapped weekends with Daniel and with 林晓彤 before deadlines.",
            "Finished the course on public tendering law.",
        ),
        "4444 44544",
    ),
    XIAOTONG: Voice(
        *SIMPLIFIED,
        (
            "另外把需求调研的提纲重新整理了一遍，组里都在用。",
            "这一期写方案的时间多，现场的时间少，下期要调过来。",
            "临近截止的两周压力很大，好在提前一天都交了。",
            "参与了三个项目的投标会审，也接了两次讲标。",
        ),
        (
            "自己负责的标都按时递交；输在价格和资质的，已写进复盘。",
            "评审意见比以前少，主要还是附件编号和盖章页的问题。",
            "客户愿意把没写进招标文件的话告诉我，这比分数更要紧。",
            "陈伟的标书我写了运维章节，他帮我核了接口清单。",
        ),
        (
            "政务和银行两块的规范基本能脱稿讲。",
            "讲标时语速还是快，已请梁经理帮忙计时。",
            "会先拆评分表，再决定写多少页。",
            "忙的时候主动问别人缺什么，不等别人开口。",
            "学完了信创适配的课程，并给组里讲了一次。",
        ),
        "4454 43454",
    ),
    PEISHAN: Voice(
        *TRADITIONAL,
        (
            "另外整理了公部門投標的收件與用印清單。",
            "跑現場的時間比預期多，但需求也談得比較透。",
            "資安那一題的答法，這一期重寫成範本了。",
            "與何駿的團隊合作了兩次概念驗證。",
        ),
        (
            "標案都在期限前一天送達；沒拿到的，多半是對方已有長年廠商。",
            "文件審查的意見集中在資安章節，下一期先請專家看過再送審。",
            "客戶的回覆多半是「每個問題都有人負責」，這是我最在意的。",
            "把現場的問題整理給研發，一次就能改對。",
        ),
        (
            "醫療與半導體兩個領域的流程都很熟。",
            "簡報時會先講結論，再講細節。",
            "能從需求看出對方真正擔心的是什麼。",
            "跨時區的會議由我排，大家都不用熬夜。",
            "完成資訊安全稽核員的課程。",
        ),
        "4344 44444",
    ),
    JONAS: Voice(
        *ENGLISH,
        (
            "The rest of the time went into the reference letters that every tender in Germany asks for.",
            "Half of the quarter I waited for decisions; I used it for the template of the security annex.",
            "Three weeks of leave in it, so fewer bids than usual.",
            "Two hospital tenders in one month taught me their procurement rules.",
        ),
        (
            "Mid-sized customers, so amounts are small and decisions slow. Nothing was handed in late.",
            "One bid went through the document review without a single remark.",
            "Twice we asked a customer what a colleague had asked before; I keep a list of questions now.",
            "Took over the last week of a bid from Singapore.",
        ),
        (
            "Know the German and Austrian tender portals by heart.",
            "Written answers are better than my spoken ones.",
            "I found the exclusion criterion that would have cost us the bid.",
            "Answer within a day, although I sit alone in my time zone.",
            "Learned enough of the pricing model to explain it.",
        ),
        "3434 43444",
    ),
    PRIYA: Voice(
        *ENGLISH,
        (
            "I ran the weekly bid review for West and coached Jonas through two defences.",
            "Planning across three time zones took more of my time than writing did.",
            "Started the lessons board; eleven lessons are on it so far.",
            "Set up the demo tenant for ferries with Wei.",
        ),
        (
            "Dates held, and the one loss that hurt, two requirements with the same answer, is in our checklist now.",
            "Documents go out after two pairs of eyes, mine being the second.",
            "Customers know whom to call; the council's remark about the repeated paragraph was fair.",
            "Wei, Jonas and I share one plan, and nobody was surprised by it.",
        ),
        (
            "Rail and hotels well, public health less so.",
            "Can tell a customer no without losing them.",
            "Cut a 90-page answer to the 30 that are scored.",
            "Gave the visible parts to Jonas and stayed behind.",
            "Took the course on leading without authority.",
        ),
        "4445 45454",
    ),
    GRACE: Voice(
        *ENGLISH,
        (
            "East decided on every bid within three working days, and lost none to a missed date.",
            "Two thirds of my time went into reviews and decisions, the rest into the two largest customers.",
            "After Daniel's leaving we spread his customers without dropping one.",
            "Weekly one-to-ones with everybody, and a second reader for each bid document.",
        ),
        (
            "The team's bids are in the books; mine is that they were the right ones to write.",
            "I send back what I would not sign; that is less and less.",
            "I call one customer a week who turned us down.",
            "East and West lend each other people now, without a meeting about it.",
        ),
        (
            "Still read every scoring table myself.",
            "I say what I mean earlier than I used to.",
            "Say no to bids that we cannot win.",
            "Shared the credit before it was asked for.",
            "Learned to read our margins by product.",
        ),
        "4444 44444",
    ),
    GAOYUAN: Voice(
        *SIMPLIFIED,
        (
            "部门的投标决策都在期限内完成，大项目由我最后把关。",
            "这一期主要在补人和理顺两个组的分工。",
            "和研发定了季度的适配清单，重复的定制少了。",
            "推动复盘成为惯例，丢标的原因都有记录。",
        ),
        (
            "部门指标见报表；我负责的是不该投的标没有投。",
            "抽查了一半的标书，问题集中在报价说明。",
            "每季度拜访三家没有选我们的客户。",
            "东区和西区可以互相支援，不必再开协调会。",
        ),
        (
            "对主要行业的招标规则保持更新。",
            "在部门会上先听完再说。",
            "看数据之前先看它是怎么来的。",
            "把功劳记在做事的人名下。",
            "跟研发学了新产品线的架构。",
        ),
        "4444 44454",
    ),
    DANIEL: Voice(
        *ENGLISH,
        (
            "Shipping and airlines kept me busy; the ports take longer to decide than anybody.",
            "I wrote the chapter on maintenance windows that others use too.",
            "A thin quarter.",
            "Two courier deadlines taught me to send a day earlier.",
        ),
        (
            "One good win. The port was late by a signature, and that was mine to see.",
            "The reviewers liked the technical part and not the annexes.",
            "Pellam's people ask for me by name.",
            "Wei took my final check more than once, and I his.",
        ),
        (
            "Aviation maintenance very well.",
            "Better in a room than on paper.",
            "Should ask sooner what a customer can spend.",
            "Swapped weekends with Wei.",
            "Began with the tendering law course.",
        ),
        "3344 43343",
    ),
}


def typed(person: str, bids: Collection[Bid], skills: Sequence[str], turn: int) -> dict[str, str]:
    """Return what somebody enters into the form; `bids` are those of theirs that were decided in the period."""
    voice = VOICES[person]
    parts, rated = voice.marks.split()
    fields = {SUMMARY: summary(voice, bids, turn)}
    for part, text, mark in zip(Part, voice.parts, parts, strict=True):
        fields |= {f"{MARK}part_{part}": mark, f"{WORDS}part_{part}": text}
    for skill, text, mark in zip(skills, voice.skills, rated, strict=True):
        fields |= {f"{MARK}skill_{skill}": mark, f"{WORDS}skill_{skill}": text}
    return fields


def summary(voice: Voice, bids: Collection[Bid], turn: int) -> str:
    """Return what somebody did in a period, in a few sentences."""
    won, lost = ([bid.customer for bid in bids if bid.state is state] for state in (State.WON, State.LOST))
    told = [sentence.format(voice.between.join(names)) for sentence, names in ((voice.won, won), (voice.lost, lost)) if names]
    return "\n".join([*told, voice.more[turn % len(voice.more)]])
