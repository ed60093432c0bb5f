"""What each record adds to the tallies as it stands, set when it is kept, and looked through every night."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import select

from bot.handbook import Handbook
from bot.policy.bids import Bid
from bot.policy.bids.measures import contributions, counted_people
from bot.policy.calendar import Calendar
from bot.policy.demos import Demo
from bot.policy.demos.feedback import opinions as opinions_at
from bot.policy.quality import Quality, quality_counts
from bot.policy.research import Research, research_quality
from bot.policy.research.measures import rework
from bot.policy.satisfaction import Thing, answer_counts
from bot.policy.solutions import Solution, solution_quality
from bot.policy.surveys import About, Survey
from bot.policy.surveys import opinions as opinions_of
from bot.policy.tallies import TallyKey
from storage.base import Shelf
from storage.store import Shelves, Store

PAGE = 500
Counts = Mapping[TallyKey, Decimal]


class Recount(NamedTuple):
    """What a recount found: how many bids it looked at, which records had not been counted right, and which sums were off."""

    bids: int
    wrong: tuple[str, ...]
    sums: tuple[str, ...]


class Counted(NamedTuple):
    """A kind of record that counts: where its records are, and what one of them adds."""

    shelf: Callable[[Shelves], Shelf[Any]]
    counts: Callable[[Shelves, Any, Handbook], Counts]


def counts_of(shelves: Shelves, bid: Bid, handbook: Handbook) -> Counts:
    """Return what a bid should add to the tallies."""
    return contributions(bid, Calendar(handbook.company), shelves.people.teams(counted_people(bid)))


def research_counts(shelves: Shelves, research: Research, handbook: Handbook) -> Counts:
    """Return what research should add to the tallies."""
    people = (research.owner, *(member.person for member in research.members))
    scored, calendar = research_quality(research, handbook.research.weights), Calendar(handbook.company)
    teams, again = shelves.people.teams(people), rework(research)
    return quality_counts(Quality.RESEARCH, scored, research.approved_at, people, calendar, teams, again)


def solution_counts(shelves: Shelves, solution: Solution, handbook: Handbook) -> Counts:
    """Return what a solution should add to the tallies."""
    people = (solution.owner, *solution.members)
    scored, calendar = solution_quality(solution), Calendar(handbook.company)
    return quality_counts(Quality.SOLUTION, scored, solution.approved_at, people, calendar, shelves.people.teams(people))


def survey_counts(shelves: Shelves, survey: Survey, handbook: Handbook) -> Counts:
    """Return what the answer to a survey should add to the tallies."""
    people, verified_at = survey.workers, shelves.surveys.verified_at(survey.thing)
    return answer_counts(opinions_of(survey), verified_at, people, Calendar(handbook.company), shelves.people.teams(people))


def demo_counts(shelves: Shelves, demo: Demo, handbook: Handbook) -> Counts:
    """Return what the ratings of a demo should add to the tallies."""
    opinions = opinions_at(demo, shelves.feedback.of_demo(demo.id))
    if not opinions:
        return {}
    people = (demo.owner, *demo.team)
    verified_at = shelves.surveys.verified_at(Thing(demo.opportunity, About.DEMO, demo.number))
    return answer_counts(opinions, verified_at, people, Calendar(handbook.company), shelves.people.teams(people))


KINDS: Mapping[str, Counted] = {
    "bid": Counted(lambda shelves: shelves.bids, counts_of),
    "research": Counted(lambda shelves: shelves.researches, research_counts),
    "solution": Counted(lambda shelves: shelves.solutions, solution_counts),
    "survey": Counted(lambda shelves: shelves.surveys, survey_counts),
    "demo": Counted(lambda shelves: shelves.demos, demo_counts),
}
# What these add hangs on other records too: it is read once nobody else is counting.
SEVERAL = frozenset({"survey", "demo"})


def count(shelves: Shelves, subject: str, record: Any, handbook: Handbook) -> bool:
    """Let a record count for what it is now, in place of what it was; say whether that changes anything."""
    name = subject.partition(":")[0]
    if name in SEVERAL:
        shelves.tallies.queue()
        record = KINDS[name].shelf(shelves).get(record.id)
    return shelves.tallies.put(subject, KINDS[name].counts(shelves, record, handbook))


def count_bid(shelves: Shelves, bid: Bid, handbook: Handbook) -> bool:
    """Let a bid count for what it is now; say whether that changes anything."""
    return count(shelves, bid.subject, bid, handbook)


def count_research(shelves: Shelves, research: Research, handbook: Handbook) -> bool:
    """Let research count for its accuracy as it is now; say whether that changes anything."""
    return count(shelves, research.subject, research, handbook)


def count_solution(shelves: Shelves, solution: Solution, handbook: Handbook) -> bool:
    """Let a solution count for its quality as it is now; say whether that changes anything."""
    return count(shelves, solution.subject, solution, handbook)


def count_demo(shelves: Shelves, demo: Demo, handbook: Handbook) -> bool:
    """Let a demo count for the ratings that were noted of it; say whether that changes anything."""
    return count(shelves, demo.subject, demo, handbook)


def count_survey(shelves: Shelves, survey: Survey, handbook: Handbook) -> bool:
    """Let a survey count for its answer, and anew what colleagues wrote down of the same thing; say whether that changes anything."""
    changed = [count(shelves, survey.subject, survey, handbook)]
    others = [other for other in shelves.surveys.self_reported(survey.thing) if other.id != survey.id]
    changed += [count(shelves, other.subject, other, handbook) for other in others]
    number = survey.ref.partition("-")[2] if survey.about is About.DEMO else ""
    demo = shelves.demos.get(int(number)) if number else None
    return any([*changed, demo is not None and count_demo(shelves, demo, handbook)])


def count_person(shelves: Shelves, person: str, handbook: Handbook) -> None:
    """Count the work of somebody anew who has come into another team."""
    # All are held before the first is counted: whoever counts keeps others waiting, who may hold one of these.
    held = [(subject, held_now(shelves, subject)) for subject in shelves.tallies.touched_by(person)]
    for subject, record in held:
        if record is not None:
            count(shelves, subject, record, handbook)


def held_now(shelves: Shelves, subject: str) -> Any:
    """Return the record of a subject, held until this transaction ends, or None for one that is not counted so."""
    kind, _colon, number = subject.partition(":")
    return KINDS[kind].shelf(shelves).get(int(number), lock=True) if kind in KINDS else None


def records(shelves: Shelves, subjects: Sequence[str]) -> list[Any]:
    """Return the records of some subjects, in their order."""
    numbers: dict[str, list[int]] = {}
    for kind, _colon, number in (subject.partition(":") for subject in subjects):
        numbers.setdefault(kind, []).append(int(number))
    shelved = {kind: KINDS[kind].shelf(shelves) for kind in numbers}
    found = [shelf.all_of(select(shelf.table).where(shelf.table.c.id.in_(numbers[kind]))) for kind, shelf in shelved.items()]
    known = {record.subject: record for page in found for record in page}
    return [known[subject] for subject in subjects if subject in known]


def recount(store: Store, handbook: Handbook) -> Recount:
    """Count all records anew, a page at a time; put right, each in a transaction of its own, what was not as it should be."""
    bids, wrong = 0, list[str]()
    for name, kind in KINDS.items():
        for page in pages(store, kind):
            bids += len(page) if name == "bid" else 0
            with store.look() as shelves:
                suspects = [one for one in page if shelves.tallies.entries(one.subject) != kind.counts(shelves, one, handbook)]
            wrong += [one.number for one in suspects if mended(store, one.subject, handbook)]
    return Recount(bids, tuple(wrong), mended_sums(store))


def pages(store: Store, kind: Counted) -> Iterator[list[Any]]:
    """Yield all records of a kind by number."""
    last = 0
    while True:
        with store.look() as shelves:
            page = kind.shelf(shelves).after(last, PAGE)
        if not page:
            return
        yield page
        last = page[-1].id


def mended(store: Store, subject: str, handbook: Handbook) -> bool:
    """Count one record anew as it is by now, held so that nobody changes it meanwhile; say whether it had been wrong."""
    with store.change() as shelves:
        record = held_now(shelves, subject)
        return record is not None and count(shelves, subject, record, handbook)


def mended_sums(store: Store) -> tuple[str, ...]:
    """Add to each sum what it lacks; return which ones lacked something."""
    with store.look() as shelves:
        drifts = list(shelves.tallies.drifts())
    if drifts:
        with store.change() as shelves:
            shelves.tallies.raise_by({drift.key: drift.lacking for drift in drifts})
    return tuple(f"{'/'.join(part for part in drift.key if part)}: {drift.lacking:+f}" for drift in drifts)
