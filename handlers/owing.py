"""What is due from a person: the records that wait for them."""

from bot.policy.bids import PENDING, UNSUBMITTED, Bid
from storage.store import Shelves

MOST = 10


def owed_by(shelves: Shelves, person: str) -> tuple[list[Bid], list[Bid]]:
    """Return a person's bids that are to be handed in, and those that wait for their outcome."""
    return (
        shelves.bids.listed(owners=[person], states=UNSUBMITTED, limit=MOST),
        shelves.bids.listed(owners=[person], states=PENDING, limit=MOST),
    )
