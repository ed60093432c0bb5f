"""Why a measure is what it is (§5.1): `/review why`, for the person themselves, their managers and the HR department."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from bot.language import N_
from bot.policy.appraisals.measures import made_of
from bot.policy.appraisals.opening import today
from bot.policy.appraisals.record import MEASURE_NAMES, Measure
from bot.policy.appraisals.standing import Standing, is_appraised
from bot.policy.calendar import Calendar
from bot.policy.people import Person, Role, is_outsider, may
from bot.policy.refusal import Refusal
from bot.policy.surveys import Survey
from bot.policy.tallies import Party, Period, Scope, before, current
from bot.views.appraisals import reasons as views
from bot.views.appraisals.reasons import ALL, EARLIER, PAGE_OF, SCORE, TOTAL, WHY, Asked
from bot.views.appraisals.sources import PAGE, Made, Source
from bot.views.appraisals.totals import total
from bot.words.periods import read_period, take_period
from bot.words.text import Word as Typed
from bot.words.text import fold, words
from handlers.colleagues import is_person
from handlers.colleagues import meant as person_meant
from handlers.context import Answer, Say, Turn
from handlers.finding import known
from handlers.routes import Routes, Word
from storage.counting import records
from storage.measuring import standing
from storage.store import Shelves

OF = ("of", "for")
MOST = 3  # names in a refusal
# What people may call a measure, folded and without spaces; the names in the handbook are known besides.
CALLED: Mapping[str, Sequence[str]] = {
    Measure.WIN_RATE: ("win", "wins", "winrate", "bids", "中标率", "中標率", "得标率", "得標率", "赢单率"),
    Measure.SALES_AMOUNT: ("sales", "amount", "销售额", "銷售額", "销售", "銷售", "销售金额", "銷售金額"),
    Measure.RESEARCH_ACCURACY: ("research", "accuracy", "需求调研准确性", "需求調研準確性", "需求调研", "需求調研", "调研", "調研"),
    Measure.SOLUTION_QUALITY: ("solution", "solutions", "解决方案质量", "解決方案質量", "解決方案品質", "解决方案", "解決方案", "方案"),
    Measure.BID_DOCUMENT_QUALITY: (
        "biddocument",
        "document",
        "documents",
        "投标文件质量",
        "投標文件質量",
        "投标文件",
        "投標文件",
        "标书",
        "標書",
    ),
    Measure.CUSTOMER_SATISFACTION: ("satisfaction", "customer", "customers", "客户满意度", "客戶滿意度", "满意度", "滿意度"),
    Measure.TEAMWORK: ("team", "cooperation", "团队协作", "團隊協作", "协作", "協作"),
    TOTAL: ("score", "grade", "total", "bonus", "得分", "评分", "評分", "分数", "分數", "等级", "等級", "绩效", "績效", "奖金", "獎金"),
}
SEE = {"bid": "bids.see", "research": "research.see", "solution": "solutions.see", "survey": "surveys.see", "demo": "demos.see"}


def register(routes: Routes) -> None:
    """Register what this stage answers to."""
    usage, meaning = N_("why [MEASURE] [@person] [2026Q3]"), N_("see where a measure, a score or a bonus comes from")
    routes.command("/review", "start", Word("why", why, usage, meaning, ("为什么", "為什麼", "原因", "依据", "依據"), reads=True))
    for action in (WHY, PAGE_OF, ALL, EARLIER, SCORE):
        routes.button(action, pressed)


def why(turn: Turn, shelves: Shelves) -> Answer:
    """Say why what was typed is what it is: all measures of this quarter when nothing was."""
    calendar = Calendar(turn.handbook.company)
    period, rest = take_period(words(turn.text), turn.now, calendar)
    person, topic = named(turn, shelves, rest)
    return told(turn, shelves, Asked(topic, person.id, (period or current(turn.now, calendar)).name))


def named(turn: Turn, shelves: Shelves, typed: Sequence[Typed]) -> tuple[Person, str]:
    """Return whose measures were typed, this person's when nobody was, and what is asked about; a name may follow "of"."""
    place = next((at for at, word in enumerate(typed) if is_person(word) or (at + 1 < len(typed) and fold(word.text) in OF)), len(typed))
    about, behind = typed[:place], typed[place:]
    if not behind:
        return turn.person, topic_of(turn, about)
    if is_person(behind[0]):
        return person_meant(shelves, behind[0]), topic_of(turn, [*about, *behind[1:]])
    name = " ".join(word.typed for word in behind[1:])
    return person_meant(shelves, behind[1] if is_person(behind[1]) else Typed(name, name)), topic_of(turn, about)


def topic_of(turn: Turn, typed: Sequence[Typed]) -> str:
    """Return the measure that was typed, or the score, or nothing for all of them; refuse what is none."""
    name = fold(" ".join(word.typed for word in typed)).translate(str.maketrans("", "", " _-"))
    known_names = {fold(alias): topic for topic, aliases in CALLED.items() for alias in (*aliases, topic.replace("_", ""))}
    if name and name not in known_names:
        names = turn._.list([turn._(one) for one in MEASURE_NAMES.values()])
        raise Refusal(N_("“{typed}” is no measure. These are: {names}."), typed=" ".join(word.typed for word in typed)[:100], names=names)
    return str(known_names[name]) if name else ""


def pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Say why what a button carries is what it is; whose it is, is checked again."""
    asked = views.read(turn.value)
    if asked is None:
        raise no_such()
    return told(turn, shelves, asked._replace(person=asked.person or turn.person.id))


def told(turn: Turn, shelves: Shelves, asked: Asked) -> Answer:
    """Answer with the measures of a person, or with why one of them, or their score, is what it is."""
    found = standing_of(turn, shelves, asked)
    if not asked.topic:
        earlier = before(found.period, Calendar(turn.handbook.company)).name
        return Say(views.overview(turn._, asked, found.person.name, found, earlier))
    if asked.topic == TOTAL:
        return Say(total(turn._, asked, found.person.name, found))
    return Say(views.reason(turn._, asked, found.person.name, found, made(turn, shelves, asked, found)))


def standing_of(turn: Turn, shelves: Shelves, asked: Asked) -> Standing:
    """Return how a person stands in a period; refuse whoever is neither that person, nor above them, nor of the HR department."""
    person = shelves.people.get(asked.person)
    period = read_period(asked.period, turn.now, Calendar(turn.handbook.company))
    if person is None or period is None:
        raise no_such()
    check(turn, shelves, person, period)
    found = standing(shelves, person, period, turn.handbook, today(turn.now, turn.handbook.company))
    if found.appraisal is None and not is_appraised(person, found.rules, Role(turn.handbook.people.newcomers)):
        raise Refusal(N_("{whose} is not appraised: that is for pre-sales staff whose post the handbook names."), whose=person.name)
    return found


def check(turn: Turn, shelves: Shelves, person: Person, period: Period) -> None:
    """Refuse whoever may not see somebody's measures, with the names of those who may."""
    above = shelves.people.managers_of(person.id)
    cycle = shelves.cycles.of_period(period.name)
    scores = shelves.appraisals.of(cycle.id, person.id) if cycle else None
    over = {*above, *([scores.manager] if scores else [])} - {person.id}
    own = {Role.SELF} if turn.person.id == person.id else set[Role]()
    held = {Role.MANAGER} if turn.person.id in over else set[Role]()
    if may("appraisals.see", frozenset((turn.roles & {Role.HR}) | own | held)):
        return
    found = {one.id: one.name for one in shelves.people.among(above) if not is_outsider(one)}
    names = [found[one] for one in above if one in found][:MOST]
    if not names:
        raise Refusal(N_("The figures of {whose} are for the HR department."), whose=person.name)
    people = " / ".join(names)
    raise Refusal(N_("The figures of {whose} are for {people}, and for the HR department."), whose=person.name, people=people)


def made(turn: Turn, shelves: Shelves, asked: Asked, found: Standing) -> Made:
    """Return a page of the records of which a measure is made; those of which this person may not know are only counted."""
    party = Party(Scope.PERSON, found.person.id)
    counted = made_of(Measure(asked.topic), found.rules.win_rate)
    subjects = shelves.tallies.subjects(party, found.period.names, counted) if counted else []
    seen = [record for record in records(shelves, subjects) if may_know(turn, shelves, record)]
    page = seen[asked.page * PAGE : (asked.page + 1) * PAGE]
    return Made([source(shelves, party, found.period, record) for record in page], len(seen), len(subjects) - len(seen))


def may_know(turn: Turn, shelves: Shelves, record: Any) -> bool:
    """Say whether this person may see a record of this kind, and this one."""
    action = SEE[record.subject.partition(":")[0]]
    return may(action, turn.roles_for(shelves, record.owner, record.team)) and known(turn, shelves, record)


def source(shelves: Shelves, party: Party, period: Period, record: Any) -> Source:
    """Return a record with what it adds to the sums of a person in a period."""
    adds: dict[str, Decimal] = {}
    for key, amount in shelves.tallies.entries(record.subject).items():
        if (key.scope, key.who) == party and key.period in period.names:
            adds[key.measure] = adds.get(key.measure, Decimal()) + amount
    customer = shelves.customers.called(record.customer_key) if isinstance(record, Survey) else None
    return Source(record, adds, customer.id if customer else 0)


def no_such() -> Refusal:
    """Return the refusal of a button that carries no measure, or nobody's."""
    return Refusal(N_("That is not known any more; type {command} for all measures."), command="/review why")
