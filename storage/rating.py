"""What colleagues say of each other is kept (§5.1.4): marks are in the rating alone, never in the audit log or in a message."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from bot.handbook import Handbook
from bot.policy.appraisals.cycle import Cycle
from bot.policy.appraisals.peers import RATING, settled
from bot.policy.appraisals.record import PeerRating
from bot.policy.people import Person
from bot.policy.record import Event
from bot.views.appraisals.peers import PEERS, asked
from bot.views.blocks import Message
from storage.appraisals import RATINGS
from storage.kept import tongue
from storage.outbox import Said
from storage.retelling import retell
from storage.store import Shelves


def cycle_rated(shelves: Shelves, rating: PeerRating) -> Cycle:
    """Return the cycle in which a colleague is asked; raise LookupError when there is none."""
    cycle = shelves.cycles.get(rating.cycle)
    if cycle is None:
        raise LookupError(f"no cycle {rating.cycle}")
    return cycle


def keep_rating(shelves: Shelves, rating: PeerRating, handbook: Handbook, now: datetime, request: str = "") -> None:
    """Remember what a colleague says. The audit log learns that something was answered, not about whom and not what."""
    shelves.ratings.save(rating)
    subject = f"peers:{rating.cycle}:{rating.rater}"
    shelves.audit.note(Event(at=now, actor=rating.rater, subject=subject, action="rate", request=request))
    tell_peers(shelves, cycle_rated(shelves, rating), rating.rater, handbook)


def tell_peers(shelves: Shelves, cycle: Cycle, rater: str, handbook: Handbook) -> None:
    """Bring up to date what a colleague was asked in a cycle, and reminded of: what is answered already, and that it is over."""
    ratings = shelves.ratings.all_of(select(RATINGS).where(RATINGS.c.cycle == cycle.id, RATINGS.c.rater == rater).order_by(RATINGS.c.id))
    if not ratings:
        return
    names = {one.id: one.name for one in shelves.people.among([rating.person for rating in ratings])}
    closed = cycle.state not in RATING

    def render(said: Said, person: Person | None) -> Message:
        needless = not said.ts and not said.key.startswith(f"{PEERS}:") and (closed or settled(ratings))
        facts: dict[str, Any] = {"period": cycle.period, "until": cycle.self_due, "closed": closed}
        return Message("") if needless else asked(tongue(handbook, person), ratings, names, **facts)

    retell(shelves, shelves.outbox.about(f"peers:{cycle.id}:{rater}"), render)


def raters_of(shelves: Shelves, cycle: int, last: str = "", limit: int = 100) -> list[str]:
    """Return who is asked about others in a cycle, by id, from the one after `last` on: those to tell when it is over."""
    mine = (RATINGS.c.cycle == cycle, RATINGS.c.rater > last)
    question = select(RATINGS.c.rater).distinct().where(*mine).order_by(RATINGS.c.rater).limit(limit)
    return list(shelves.connection.execute(question).scalars())
