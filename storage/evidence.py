"""What a person did in a period, and with whom: what the self-review begins with, and whom its cycle asks about working together."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Text, and_, cast, func, or_, select

from bot.policy.appraisals.cycle import Cycle, rules_of
from bot.policy.appraisals.evidence import Done, Heap, Work
from bot.policy.appraisals.peers import Deal, chosen
from bot.policy.appraisals.record import Appraisal, PeerRating
from bot.policy.bids import STATE_NAMES as BID_STATES
from bot.policy.bids import Bid
from bot.policy.bids import State as BidState
from bot.policy.demos import STATE_NAMES as DEMO_STATES
from bot.policy.demos.feedback import COUNTS, Feedback
from bot.policy.people import is_outsider
from bot.policy.research import STATE_NAMES as RESEARCH_STATES
from bot.policy.solutions import STATE_NAMES as SOLUTION_STATES
from bot.policy.solutions import Solution
from bot.policy.surveys import State as SurveyState
from bot.policy.surveys import Survey
from bot.policy.tallies import Scope
from storage.appraisals import RATINGS
from storage.base import Shelf
from storage.bids import on_team
from storage.demos import FEEDBACK
from storage.outbox import Said
from storage.phases import parts_of, permalink
from storage.store import Shelves
from storage.surveys import SURVEYS
from storage.tallies import ENTRIES
from storage.worked import Worked

Span = tuple[datetime, datetime]
Names = Mapping[Any, str]
MANY = 300  # of one kind: more than anybody does in a year


@dataclass(frozen=True)
class Kind:
    """One kind of work: its word in the tallies, where it is kept, who took part, which columns date it, and its states' names."""

    word: str
    shelf: Callable[[Shelves], Shelf[Any]]
    mine: Callable[[Shelves, str], ColumnElement[bool]]
    dates: tuple[str, ...]
    states: Names


def worked(shelf: Callable[[Shelves], Worked[Any]]) -> Callable[[Shelves, str], ColumnElement[bool]]:
    """Return the condition that somebody owns or works on what such a shelf keeps, and that it was not taken back."""

    def mine(shelves: Shelves, person: str) -> ColumnElement[bool]:
        asked = shelf(shelves)
        return and_(or_(asked.table.c.owner == person, asked.on_team(person)), asked.table.c.state != asked.retracted)

    return mine


def bid_of(shelves: Shelves, person: str) -> ColumnElement[bool]:
    """Return the condition that a bid is a person's or that of their team."""
    table = shelves.bids.table
    return and_(or_(table.c.owner == person, on_team(person)), table.c.state != BidState.RETRACTED)


def survey_of(_shelves: Shelves, person: str) -> ColumnElement[bool]:
    """Return the condition that a customer answered about a person's work."""
    takes_part = or_(SURVEYS.c.asked_by == person, cast(SURVEYS.c.members, Text).contains(f'"{person}"', autoescape=True))
    return and_(takes_part, SURVEYS.c.state == SurveyState.ANSWERED)


KINDS: Mapping[Work, Kind] = {
    Work.BIDS: Kind("bid", lambda shelves: shelves.bids, bid_of, ("registered_at", "submitted_at", "decided_at"), BID_STATES),
    Work.RESEARCH: Kind(
        "research",
        lambda shelves: shelves.researches,
        worked(lambda shelves: shelves.researches),
        ("opened_at", "review_since", "approved_at"),
        RESEARCH_STATES,
    ),
    Work.SOLUTIONS: Kind(
        "solution",
        lambda shelves: shelves.solutions,
        worked(lambda shelves: shelves.solutions),
        ("opened_at", "approved_at"),
        SOLUTION_STATES,
    ),
    Work.DEMOS: Kind(
        "demo", lambda shelves: shelves.demos, worked(lambda shelves: shelves.demos), ("opened_at", "at", "delivered_at"), DEMO_STATES
    ),
    Work.OPINIONS: Kind("survey", lambda shelves: shelves.surveys, survey_of, ("answered_at",), {}),
}


def span_of(cycle: Cycle, zone: str = "UTC") -> Span:
    """Return when a cycle's period begins and when it is over, by a zone's clock."""
    return instant(cycle.start, zone), instant(cycle.end + timedelta(days=1), zone)


def instant(day: date, zone: str) -> datetime:
    """Return when a day begins in a zone."""
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


def work_of(shelves: Shelves, cycle: Cycle, person: str, kind: Work, zone: str = "UTC") -> list[Any]:
    """Return a person's work of one kind in a period, latest first: what counts for it, and what is dated in it."""
    known, (start, end) = KINDS[kind], span_of(cycle, zone)
    shelf = known.shelf(shelves)
    dated = or_(*(and_(shelf.table.c[name] >= start, shelf.table.c[name] < end) for name in known.dates))
    counted = shelf.table.c.id.in_(numbers(shelves, cycle, person, known.word))
    question = select(shelf.table).where(or_(and_(dated, known.mine(shelves, person)), counted))
    return shelf.all_of(question.order_by(shelf.table.c.id.desc()).limit(MANY))


def numbers(shelves: Shelves, cycle: Cycle, person: str, word: str) -> list[int]:
    """Return the numbers of the records of one kind that count for a person in a period."""
    periods = [cycle.period, *(f"{cycle.period}Q{number}" for number in range(1, 5))]
    mine = (ENTRIES.c.scope == str(Scope.PERSON), ENTRIES.c.who == person, ENTRIES.c.period.in_(periods))
    question = select(ENTRIES.c.subject).distinct().where(*mine, ENTRIES.c.subject.startswith(f"{word}:"))
    return sorted(int(subject.partition(":")[2]) for subject in shelves.connection.execute(question).scalars())[-MANY:]


def done_in(shelves: Shelves, cycle: Cycle, person: str, workspace: str, zone: str, most: int, *, reader: str = "") -> dict[Work, Heap]:
    """Return what a person did in a period, at most so much of each kind, latest first; `workspace` is the address of Slack's workspace.

    What is confidential is named to a `reader` who may know of it, and to others only counted.
    """
    return {kind: done_of(shelves, cycle, person, kind, workspace, zone, most, reader=reader) for kind in Work}


def done_of(
    shelves: Shelves, cycle: Cycle, person: str, kind: Work, workspace: str, zone: str, most: int, offset: int = 0, *, reader: str = ""
) -> Heap:
    """Return what a person did of one kind in a period, a page of it."""
    found = work_of(shelves, cycle, person, kind, zone)
    known = [one for one in found if may_know(shelves, one, reader)]
    hidden = len(found) - len(known)
    if kind is Work.OPINIONS:
        known += notes(shelves, cycle, person, zone, reader)
    told = tuple(described(shelves, one, KINDS[kind].states, workspace) for one in known[offset : offset + most])
    return Heap(len(known), told, hidden)


def may_know(shelves: Shelves, record: Any, reader: str) -> bool:
    """Say whether a record may be named to somebody: a confidential one to its owner, those who work on it and the managers above."""
    return not record.confidential or reader in {record.owner, *record.team, *shelves.people.managers_of(record.owner)}


def notes(shelves: Shelves, cycle: Cycle, person: str, zone: str, reader: str) -> list[Feedback]:
    """Return what was noted of customers' words about those of a person's demos in a period of which a reader may know, latest first."""
    start, end = span_of(cycle, zone)
    demos = [demo.id for demo in work_of(shelves, cycle, person, Work.DEMOS, zone) if may_know(shelves, demo, reader)]
    wanted = (FEEDBACK.c.demo.in_(demos), FEEDBACK.c.state.in_(COUNTS), FEEDBACK.c.at >= start, FEEDBACK.c.at < end)
    return shelves.feedback.all_of(select(FEEDBACK).where(*wanted).order_by(FEEDBACK.c.id.desc()).limit(MANY)) if demos else []


def described(shelves: Shelves, record: Any, states: Names, workspace: str) -> Done:
    """Return a record as it is listed."""
    match record:
        case Feedback():
            place = f"{workspace}archives/{record.channel}/p{record.ts.replace('.', '')}" if workspace and record.ts else ""
            return Done(f"D-{record.demo}", record.customer_name, mark=record.rating, link=place)
        case Survey():
            return Done(record.number, record.called, mark=record.score)
    return Done(record.number, record.called, states[record.state], link=link_to(shelves.outbox.about(record.subject), workspace))


def link_to(said: Iterable[Said], workspace: str) -> str:
    """Return the address of the first message about a record in a channel, or nothing."""
    shown = next((one for one in said if one.ts and not one.gone and not one.target.startswith(("U", "W", "http"))), None)
    return permalink(workspace, shown) if shown else ""


def peers_to_ask(shelves: Shelves, cycle: Cycle, appraisal: Appraisal) -> list[PeerRating]:
    """Return the colleagues to be asked about a person, as ratings to be added: at most so many as the cycle's rules say.

    Whoever was asked about the person in the cycle already counts among them. Add the ratings of one person before you ask for those
    of the next: nobody is asked about more than ten people.
    """
    before = shelves.ratings.about(cycle.id, appraisal.person)
    places = rules_of(cycle).appraisals.peers.most - len(before)
    deals = deals_of(shelves, cycle, appraisal.person) if places > 0 else []
    colleagues = insiders(shelves, {one for deal in deals for one in deal.people})
    barred = {*barred_for(shelves, appraisal), *(rating.rater for rating in before)}
    known = [deal._replace(people=deal.people & colleagues) for deal in deals]
    facts: dict[str, Any] = {"cycle": cycle.id, "person": appraisal.person, "asked_at": shelves.clock.now()}
    picked = chosen(known, barred, asked_so_far(shelves, cycle.id, colleagues), places)
    return [PeerRating(rater=rater, opportunity=opportunity, **facts) for rater, opportunity in picked]


def barred_for(shelves: Shelves, appraisal: Appraisal) -> set[str]:
    """Return who is never asked about a person: they themselves, whoever is above them, and those who report to them."""
    above = shelves.people.managers_of(appraisal.person)
    return {appraisal.person, appraisal.manager, appraisal.asked, *above, *shelves.people.below(appraisal.person)}


def insiders(shelves: Shelves, people: Collection[str]) -> frozenset[str]:
    """Return those of these people who work here."""
    return frozenset(one.id for one in shelves.people.among(people) if not is_outsider(one))


def asked_so_far(shelves: Shelves, cycle: int, people: Collection[str]) -> Mapping[str, int]:
    """Return about how many people each of these was asked in a cycle."""
    mine = (RATINGS.c.cycle == cycle, RATINGS.c.rater.in_(people))
    question = select(RATINGS.c.rater, func.count()).where(*mine).group_by(RATINGS.c.rater)
    return {rater: int(count) for rater, count in shelves.connection.execute(question)}


def deals_of(shelves: Shelves, cycle: Cycle, person: str) -> list[Deal]:
    """Return the deals on which a person worked in a period, each with all who worked on it."""
    work = [one for kind in Work for one in work_of(shelves, cycle, person, kind)]
    alone = [Deal(0, people_of(one)) for one in work if not one.opportunity]
    together = sorted({one.opportunity for one in work if one.opportunity})
    return [*alone, *(deal for number in together if (deal := whole_deal(shelves, number)))]


def whole_deal(shelves: Shelves, number: int) -> Deal | None:
    """Return all who worked on a deal and on what hangs on it."""
    deal = shelves.opportunities.get(number)
    if deal is None:
        return None
    return Deal(number, people_of(deal).union(*(people_of(part.record) for part in parts_of(shelves, deal))))


def people_of(record: Any) -> frozenset[str]:
    """Return who worked on a record: the owner, the team, and the experts who were asked."""
    match record:
        case Bid():
            experts: Sequence[str] = [question.expert for question in record.questions]
        case Solution():
            experts = [asked.person for asked in record.consultations]
        case _:
            experts = []
    return frozenset(one for one in (record.owner, *record.team, *experts) if one)
