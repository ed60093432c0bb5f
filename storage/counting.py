"""Bids are counted: what each adds to the tallies as it stands, set when it is kept, and looked through every night."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from bot.handbook import Handbook
from bot.policy.bids import Bid
from bot.policy.bids.measures import contributions, counted_people
from bot.policy.calendar import Calendar
from bot.policy.quality import Quality, quality_counts
from bot.policy.research import Research, research_quality
from bot.policy.solutions import Solution, solution_quality
from bot.policy.tallies import TallyKey
from storage.store import Shelves, Store

PAGE = 500
EVERYTHING = 1_000_000


class Recount(NamedTuple):
    """What a recount found: how many bids it looked at, which had not been counted right, and which sums were off."""

    bids: int
    wrong: tuple[str, ...]
    sums: tuple[str, ...]


def count_bid(shelves: Shelves, bid: Bid, handbook: Handbook) -> bool:
    """Let a bid count for what it is now, in place of what it was; say whether that changes anything."""
    return shelves.tallies.put(bid.subject, counts_of(shelves, bid, handbook))


def count_person(shelves: Shelves, person: str, handbook: Handbook) -> None:
    """Count the work of somebody anew who has come into another team."""
    for subject in shelves.tallies.touched_by(person):
        kind, _colon, number = subject.partition(":")
        if kind == "bid" and (bid := shelves.bids.get(int(number), lock=True)):
            count_bid(shelves, bid, handbook)
        elif kind == "research" and (research := shelves.researches.get(int(number), lock=True)):
            count_research(shelves, research, handbook)
        elif kind == "solution" and (solution := shelves.solutions.get(int(number), lock=True)):
            count_solution(shelves, solution, handbook)


def counts_of(shelves: Shelves, bid: Bid, handbook: Handbook) -> Mapping[TallyKey, Decimal]:
    """Return what a bid should add to the tallies."""
    return contributions(bid, Calendar(handbook.company), shelves.people.teams(counted_people(bid)))


def count_research(shelves: Shelves, research: Research, handbook: Handbook) -> bool:
    """Let research count for its accuracy as it is now; say whether that changes anything."""
    people = (research.owner, *(member.person for member in research.members))
    scored = research_quality(research, handbook.research.weights)
    counts = quality_counts(
        Quality.RESEARCH, scored, research.approved_at, people, Calendar(handbook.company), shelves.people.teams(people)
    )
    return shelves.tallies.put(research.subject, counts)


def count_solution(shelves: Shelves, solution: Solution, handbook: Handbook) -> bool:
    """Let a solution count for its quality as it is now; say whether that changes anything."""
    people = (solution.owner, *solution.members)
    scored, calendar = solution_quality(solution), Calendar(handbook.company)
    counts = quality_counts(Quality.SOLUTION, scored, solution.approved_at, people, calendar, shelves.people.teams(people))
    return shelves.tallies.put(solution.subject, counts)


def recount(store: Store, handbook: Handbook) -> Recount:
    """Count all bids anew, a page at a time; put right, each in a transaction of its own, what was not as it should be."""
    looked, wrong = 0, []
    for page in pages(store):
        looked += len(page)
        with store.look() as shelves:
            suspects = [bid for bid in page if shelves.tallies.entries(bid.subject) != counts_of(shelves, bid, handbook)]
        wrong += [bid.number for bid in suspects if mended(store, bid, handbook)]
    return Recount(looked, (*wrong, *recount_quality(store, handbook)), mended_sums(store))


def recount_quality(store: Store, handbook: Handbook) -> list[str]:
    """Count all research and all solutions anew; return the numbers of those that were not counted right."""
    with store.change() as shelves:
        research = [one.number for one in shelves.researches.after(0, EVERYTHING) if count_research(shelves, one, handbook)]
        return research + [one.number for one in shelves.solutions.after(0, EVERYTHING) if count_solution(shelves, one, handbook)]


def pages(store: Store) -> Iterator[list[Bid]]:
    """Yield all bids by number."""
    last = 0
    while True:
        with store.look() as shelves:
            page = shelves.bids.after(last, PAGE)
        if not page:
            return
        yield page
        last = page[-1].id


def mended(store: Store, suspect: Bid, handbook: Handbook) -> bool:
    """Count one bid anew as it is by now, held so that nobody changes it meanwhile; say whether it had been wrong."""
    with store.change() as shelves:
        bid = shelves.bids.get(suspect.id, lock=True)
        return bid is not None and count_bid(shelves, bid, handbook)


def mended_sums(store: Store) -> tuple[str, ...]:
    """Add to each sum what it lacks; return which ones lacked something."""
    with store.look() as shelves:
        drifts = list(shelves.tallies.drifts())
    if drifts:
        with store.change() as shelves:
            shelves.tallies.raise_by({drift.key: drift.lacking for drift in drifts})
    return tuple(f"{'/'.join(part for part in drift.key if part)}: {drift.lacking:+f}" for drift in drifts)
