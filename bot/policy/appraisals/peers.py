"""Who is asked how working together went (§5.1.4), until when an answer may be changed, and what an answer must say.

Answers are taken while self-reviews are written, and told, as a mean, when that is over: whoever saw a mean before and after an answer
was changed could work out whose it was.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from bot.language import N_
from bot.policy.appraisals.cycle import Cycle, Phase
from bot.policy.appraisals.record import PeerRating
from bot.policy.refusal import Refusal

MOST_ASKED = 10  # about so many people is anybody asked in one cycle
RATING = frozenset({Phase.DRAFT, Phase.OPEN})  # in which answers may still change, and are told to nobody


class Deal(NamedTuple):
    """Who worked on one deal; `opportunity` is its number, 0 for a bid that hangs on none."""

    opportunity: int
    people: frozenset[str]


class Answer(NamedTuple):
    """What a colleague says: two marks of 1 to 5, or that they cannot say."""

    communication: int | None = None
    problem_solving: int | None = None
    declined: bool = False


def chosen(deals: Iterable[Deal], barred: Collection[str], asked: Mapping[str, int], places: int) -> list[tuple[str, int]]:
    """Return who is asked about a person, each with the latest deal that they shared: first those who shared most.

    Among those who shared as much, who was `asked` about fewer people so far comes first; nobody is asked about more than ten.
    """
    shared: Counter[str] = Counter()
    latest: dict[str, int] = {}
    for deal in deals:
        shared.update(deal.people)
        latest.update({one: max(latest.get(one, 0), deal.opportunity) for one in deal.people})
    able = [one for one in shared if one not in barred and asked.get(one, 0) < MOST_ASKED]
    ranked = sorted(able, key=lambda one: (-shared[one], asked.get(one, 0), one))
    return [(one, latest[one]) for one in ranked[: max(places, 0)]]


def answered(rating: PeerRating, answer: Answer, cycle: Cycle, now: datetime) -> PeerRating:
    """Return a rating with its answer, which may be changed as long as self-reviews are written."""
    check_open(cycle)
    if answer.declined:
        return rating.amended(communication=None, problem_solving=None, rated_at=None, declined=True)
    for name in ("communication", "problem_solving"):
        if getattr(answer, name) is None:
            raise Refusal(N_("Give a mark of 1 to 5, or tick “I cannot say”."), field=name)
    return rating.amended(communication=answer.communication, problem_solving=answer.problem_solving, rated_at=now, declined=False)


def check_open(cycle: Cycle) -> None:
    """Refuse an answer that comes after the time for it."""
    if cycle.state not in RATING:
        raise Refusal(N_("The questions about working together in {period} are closed. Thank you!"), period=cycle.period)


def settled(ratings: Sequence[PeerRating]) -> bool:
    """Tell whether all that a colleague was asked is answered or declined."""
    return all(rating.rated_at or rating.declined for rating in ratings)
