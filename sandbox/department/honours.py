"""The department's honours of the last year: nominated by colleagues, decided by HR, in the hall of fame."""

from datetime import datetime, time
from functools import partial
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.handbook import HonourType
from bot.policy.honours import deciding, nominating, rounds
from bot.policy.honours.deciding import Reasons
from bot.policy.honours.nominating import Words, for_person
from bot.policy.honours.record import Nomination, Round, State
from bot.policy.machine import Step
from bot.policy.tallies import Period, before
from sandbox.department.keeping import take
from sandbox.department.people import GAOYUAN, HEJUN, JONAS, MARCUS, NING, PEISHAN, PRIYA, WEI, XIAOTONG, ZHOULAN, ZONES
from sandbox.department.rules import calendar, handbook
from storage.honouring import judged
from storage.store import Shelves


class Praise(NamedTuple):
    """Who was nominated by whom and why; `citation` is what was published of whoever was awarded, empty for the others."""

    nominee: str
    nominator: str
    why: str
    citation: str = ""


# For the quarters that ended before the start, the latest first.
TEAM_PLAYERS = (
    (
        Praise(
            XIAOTONG, MARCUS, "She explained the estimate to my customer line by line.", "Never too busy to explain, in three languages."
        ),
        Praise(JONAS, PRIYA, "Stayed until the demo tenant ran again."),
    ),
    (
        Praise(PEISHAN, HEJUN, "把客户现场的问题整理得清清楚楚，研发一次就改对。", "研发与售前之间最可靠的桥梁。"),
        Praise(WEI, ZHOULAN, "投标前一晚帮我把附件全部核对了一遍。", "关键时刻总在场。"),
    ),
    (Praise(JONAS, MARCUS, "Took over a bid in its last week without a word.", "He steps in, and the deadline holds."),),
)
BEST = (Praise(PRIYA, GAOYUAN, "全年中标率和客户评价均居前列，并带新人。", "Her bids are the ones that others learn from."),)
NOMINATED, BEGUN, AWARDED, TOLD = 3, 12, 14, 15  # working days after the period's end


def fill(shelves: Shelves, start: datetime) -> None:
    """Enter the rounds that were announced before the start, oldest first."""
    best, _solution, team = handbook().honours.types
    last_quarter, last_year = (rounds.ended(honour, start, calendar()) for honour in (team, best))
    quarters = [last_quarter]
    for _again in TEAM_PLAYERS[1:]:
        quarters.append(before(quarters[-1], calendar()))
    held = [(team, quarter, praise) for quarter, praise in zip(quarters, TEAM_PLAYERS, strict=True)]
    for honour, period, praise in sorted([*held, (best, last_year, BEST)], key=lambda one: (one[1].end, one[0].id)):
        if at(period, TOLD, 17, NING) < start:
            hold(shelves, honour, period, praise)


def at(period: Period, day: int, hour: int, who: str) -> datetime:
    """Return a moment of a working day after the end of a period, by somebody's own clock."""
    return datetime.combine(calendar().add_working_days(period.end, day), time(hour), ZoneInfo(ZONES[who]))


def hold(shelves: Shelves, honour: HonourType, period: Period, praise: tuple[Praise, ...]) -> None:
    """Hold a round from its beginning to the announcement."""
    began = at(period, 1, 10, NING)
    draft = rounds.opened(honour, period, "", began, handbook().honours.nominate_within, calendar())
    held = take(shelves, shelves.rounds, shelves.rounds.add(draft), began, lambda one, _at: rounds.entered(one))
    for number, one in enumerate(praise):
        nominate(shelves, held, one, at(period, NOMINATED, 10 + number, one.nominator))
    held = take(shelves, shelves.rounds, held, at(period, NOMINATED + 8, 9, NING), lambda one, now: rounds.close(one, "", now))
    held = take(shelves, shelves.rounds, held, at(period, BEGUN, 10, NING), lambda one, now: deciding.begin(one, NING, now))
    examine(shelves, held, at(period, BEGUN, 11, NING))
    citations = {one.nominee: one.citation for one in praise if one.citation}
    award(shelves, held, citations, at(period, AWARDED, 15, NING))
    announce(shelves, held, at(period, TOLD, 16, NING))


def nominate(shelves: Shelves, held: Round, praise: Praise, now: datetime) -> None:
    """Enter a nomination."""
    draft = for_person(held.type, held.period, praise.nominee, praise.nominator, Words(praise.why), now)
    take(shelves, shelves.nominations, shelves.nominations.add(draft), now, lambda one, _at: nominating.nominated(one))


def examine(shelves: Shelves, held: Round, now: datetime) -> None:
    """Look at everybody who was nominated."""
    nominated = [one for one in judged(shelves, held, handbook(), now) if one.id]
    for step in deciding.examined(nominated, handbook().honours.shortlist, NING, now):
        take(shelves, shelves.nominations, step.record, now, partial(done, step))


def award(shelves: Shelves, held: Round, citations: dict[str, str], now: datetime) -> None:
    """Award the honour to those of whom something was published."""
    for one in shelves.nominations.of(held.type, held.period):
        if one.person in citations and one.state is State.SHORTLISTED:
            others = shelves.nominations.of(held.type, held.period)
            words = Reasons("Praised by those who worked with them.", citations[one.person])
            step = deciding.award(held, others, one, words, NING, now)
            take(shelves, shelves.nominations, one, now, partial(done, step))


def announce(shelves: Shelves, held: Round, now: datetime) -> None:
    """Announce what was awarded."""
    told, others = deciding.announce(held, shelves.nominations.of(held.type, held.period), NING, now)
    take(shelves, shelves.rounds, held, now, lambda _one, _at: told)
    for step in others:
        take(shelves, shelves.nominations, step.record, now, partial(done, step))


def done(step: Step[Nomination], _one: Nomination, _at: datetime) -> Step[Nomination]:
    """Return a step that was decided together with others."""
    return step
