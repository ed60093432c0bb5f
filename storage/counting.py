"""Bids are counted: what each adds to the tallies as it stands, set when it is kept, and looked through every night."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from bot.handbook import Handbook
from bot.policy.bids import Bid
from bot.policy.bids.measures import contributions, counted_people
from bot.policy.calendar import Calendar
from bot.policy.tallies import TallyKey
from storage.store import Shelves, Store

PAGE = 500


class Recount(NamedTuple):
    """What a recount found: how many bids it looked at, which had not been counted right, and which sums were off."""

    bids: int
    wrong: tuple[str, ...]
    sums: tuple[str, ...]


def count_bid(shelves: Shelves, bid: Bid, handbook: Handbook) -> bool:
    """Let a bid count for what it is now, in place of what it was; say whether that changes anything."""
    return shelves.tallies.put(bid.subject, counts_of(shelves, bid, handbook))


def count_person(shelves: Shelves, person: str, handbook: Handbook) -> None:
    """Count the bids of somebody anew who has come into another team."""
    for subject in shelves.tallies.touched_by(person):
        bid = shelves.bids.get(int(subject.partition(":")[2]), lock=True)
        if bid:
            count_bid(shelves, bid, handbook)


def counts_of(shelves: Shelves, bid: Bid, handbook: Handbook) -> Mapping[TallyKey, Decimal]:
    """Return what a bid should add to the tallies."""
    return contributions(bid, Calendar(handbook.company), shelves.people.teams(counted_people(bid)))


def recount(store: Store, handbook: Handbook) -> Recount:
    """Count all bids anew, a page at a time; put right, each in a transaction of its own, what was not as it should be."""
    looked, wrong = 0, []
    for page in pages(store):
        looked += len(page)
        with store.look() as shelves:
            suspects = [bid for bid in page if shelves.tallies.entries(bid.subject) != counts_of(shelves, bid, handbook)]
        wrong += [bid.number for bid in suspects if mended(store, bid, handbook)]
    return Recount(looked, tuple(wrong), mended_sums(store))


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
