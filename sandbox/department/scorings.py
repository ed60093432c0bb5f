"""What the managers of the department say of their people each quarter, what they give, and what is said where somebody disagrees."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from bot.policy.appraisals.record import Grade, Part
from sandbox.department.people import DANIEL, GAOYUAN, GRACE, JONAS, PEISHAN, PRIYA, WEI, XIAOTONG


class Opinion(NamedTuple):
    """What a manager thinks of somebody: marks for the parts and the competencies; each period has another comment and plan."""

    marks: Sequence[str]
    skills: str
    comments: Sequence[str]
    plans: Sequence[str]


OPINIONS: Mapping[str, Opinion] = {
    WEI: Opinion(
        ("4444", "4345", "4344", "3344"),
        "44544",
        (
            "The team leans on him before every deadline, and he holds. The annexes are what he should look at next.",
            "Large bids, prepared early. His marks for himself are fair.",
            "Two deadlines in a week, both kept, and time for colleagues besides.",
            "A steady beginning. The technical volumes are the best that we have.",
        ),
        ("Lead the defence of a bid that is not his.", "Write the commercial annex once with Finance beside him."),
    ),
    XIAOTONG: Opinion(
        ("4444", "4454", "4344", "3434"),
        "43454",
        (
            "客户把心里话告诉她，这是最难学的。讲标再慢一点就更好。",
            "方案扎实，评审意见明显变少。",
            "压力大的两周里没有一份材料是赶出来的。",
            "过程做得对，结果要晚一点才看得到。",
        ),
        ("下一季度独立主讲一次答辩。", "带一位新人完成一次需求调研。"),
    ),
    PEISHAN: Opinion(
        ("3344", "3444", "4344", "4444"),
        "44444",
        (
            "客戶的評價一直是組裡最好的；這一季的標案晚了，不是她的問題。",
            "文件的資安章節比以前早兩週，這就是進步。",
            "鯨川那樣的案子，沒有她的現場功夫拿不下來。",
            "穩，而且願意教人。",
        ),
        ("與何駿一起把資安範本做成共用的。", "試著先談預算，再談需求。"),
    ),
    JONAS: Opinion(
        ("3434", "3334", "4334", "3434"),
        "43444",
        (
            "Careful work on small deals. The next step is one large customer, and I will find it with him.",
            "Half of the quarter passed in waiting; what he did with the other half was good.",
            "He found the criterion that saved the bid. More of that, and sooner told.",
            "New rules in two countries, learned without anybody's help.",
        ),
        ("One bid above EUR 500,000 with me as second reader.", "Speak first in the next defence."),
    ),
    PRIYA: Opinion(
        ("4445", "4444", "3434", "4334"),
        "45454",
        (
            "西区的节奏是她定的，三个时区没有一次误期。",
            "带人带得好，自己的标也没有落下。",
            "那份重复段落的标书，她当天就写了复盘，值得学习。",
            "计划清楚，预算偏紧，处理得稳。",
        ),
        ("明年独立负责一个大区的预算。", "把交付检查表推广到东区。"),
    ),
    GRACE: Opinion(
        ("4444", "4344", "4445", "4434"),
        "44444",
        (
            "决策快，而且说得清理由。",
            "两位大客户的关系是她亲自维护的。",
            "人走了一位，客户一家没丢。",
            "复核把关严，组里的标书返工少了一半。",
        ),
        ("培养一位可以替她决策的人。", "多花一天在客户现场。"),
    ),
    GAOYUAN: Opinion(
        ("4444", "4344", "4444", "4434"),
        "44454",
        (
            "Sales hears what we can promise before we promise it. That is his doing.",
            "Two teams that lend each other people: it was not so a year ago.",
            "Fewer custom builds, and the customers did not complain.",
            "He asks where we lost and does not look for whom to blame.",
        ),
        ("Visit the customers in the West as well.", "Name a deputy."),
    ),
    DANIEL: Opinion(
        ("3343", "3333", "3343", "3333"),
        "43343",
        ("A good quarter in aviation, a thin one elsewhere.", "He knows his customers; the calendar he should know as well."),
        ("Send courier bids two days early.", "Ask about the budget in the first talk."),
    ),
}

# What was seen where somebody is given the best mark.
SEEN: Mapping[str, str] = {
    WEI: "His chapters are in three bids that are not his.",
    XIAOTONG: "三家客户主动打电话来表扬。",
    PRIYA: "三个时区共用一份计划，没有人加夜班。",
    GRACE: "东区借给西区两位同事，自己顶了班。",
}

# Why somebody is given more than the score suggests: the work was sound, and a quarter is short.
LIFTED: Mapping[str, str] = {
    WEI: "The measures see one late decision and not the three bids behind it.",
    XIAOTONG: "分数低是因为这一季只有未中标的结果到了；递交的标书质量没有问题。",
    PEISHAN: "結果都落在下一季，這一季的文件與客戶評價都好。",
    JONAS: "Nothing was decided in his favour in the quarter, and what he handed in was sound.",
    PRIYA: "A project manager's quarter is more than the one bid that was decided in it.",
    DANIEL: "One thin quarter in a good year.",
}
# Nothing is measured of those who lead and have no bids of their own.
LEADING: Mapping[str, tuple[Grade, str]] = {
    GRACE: (Grade.GOOD, "她的成绩在组里的数字里，没有单独的指标。"),
    GAOYUAN: (Grade.GOOD, "He has no bids of his own; his department's figures speak for him."),
}
UNMEASURED = "No bid was decided in the period; I go by what I saw."
SHORT_YEAR = "The desk was new: too few quarters for a suggestion, so I keep to the grade of the last one."
COMPARED = "Compared with the same grade in the other team: fewer cases, and the score is the closest to the line."
# What is said where somebody does not agree with their grade, and what the manager noted of the talk.
APPEALS: Mapping[str, tuple[str, str]] = {
    WEI: (
        "The largest bid was decided two days after the quarter.",
        "It counts in the next quarter, as he sees now. We looked it up together.",
    ),
    XIAOTONG: ("锦鲤湖那一单技术分第一，没有体现。", "一起看了指标：技术分进了标书质量，输在价格。她认可。"),
    PEISHAN: ("這一季有兩個案子在等決標，成績裡看不到。", "一起看了記錄：決標之後會算進那一季。她同意維持。"),
    JONAS: (
        "Half of the quarter I waited for decisions that came after it.",
        "They count in the quarter in which they fall. He is content with that.",
    ),
    PRIYA: ("One council's remark weighs more than four good ones.", "一起看了平均：团队均值已经拉平。她接受。"),
    DANIEL: ("The port was late by a signature that was not mine.", "The courier's slip is in the records; late is late. He accepts it."),
}
REMARKS: Mapping[str, str] = {
    WEI: "Fair. I would like to talk about the annexes.",
    JONAS: "Thank you for the second reader.",
    XIAOTONG: "谢谢。答辩我想从小项目开始。",
    GRACE: "Understood.",
}


def scored(person: str, skills: Sequence[str], turn: int) -> dict[str, Any]:
    """Return what a manager enters before the self-review is uncovered; `turn` is how many periods ago it was."""
    opinion = OPINIONS[person]
    marks = dict(zip(Part, map(int, opinion.marks[turn % len(opinion.marks)]), strict=True))
    comments = {part: SEEN[person] for part in marks if marks[part] in (1, 5)}
    return {
        "marks": marks,
        "comments": comments,
        "competencies": dict(zip(skills, map(int, opinion.skills), strict=True)),
        "comment": opinion.comments[turn % len(opinion.comments)],
        "development": opinion.plans[turn % len(opinion.plans)],
    }


def graded(person: str, suggested: Grade | None, quarters: Sequence[Grade]) -> dict[str, Any]:
    """Return the grade that a manager gives, and why where it is not the suggested one; `quarters` are those of a year."""
    if suggested is None and quarters:
        return {"grade": quarters[-1], "why": SHORT_YEAR}
    if suggested is None:
        grade, why = LEADING.get(person, (Grade.GOOD, UNMEASURED))
        return {"grade": grade, "why": why}
    if suggested is Grade.FAIL:
        return {"grade": Grade.PASS, "why": LIFTED.get(person, UNMEASURED)}
    return {"grade": suggested}
