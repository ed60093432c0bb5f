"""What research says of the quality of the work (§5.1.2): how accurate it was, and how often approved work was done again."""

from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from bot.handbook import ResearchWeights
from bot.policy.research.record import FINISHED, Research, State

CENT, SCALE = Decimal("0.01"), Decimal(20)  # a mark of 5 is 100


class Accuracy(NamedTuple):
    """Both parts of the accuracy, 0 to 100 each and kept apart; None where there is no data."""

    customer: Decimal | None
    internal: Decimal | None


def accuracy(research: Research) -> Accuracy:
    """Return how accurate approved research is, by the customer's confirmation and by the marks of its reviewers."""
    if research.state not in FINISHED:
        return Accuracy(None, None)
    marks = [mark for review in research.reviews for mark in (review.accuracy, review.completeness)]
    internal = (SCALE * sum(marks) / len(marks)).quantize(CENT, ROUND_HALF_UP) if marks else None
    return Accuracy(SCALE * research.confirmation.mark if research.confirmation else None, internal)


def overall(parts: Accuracy, weights: ResearchWeights) -> Decimal | None:
    """Return the accuracy as one number; a part without data drops out, and the other counts for both. None without either."""
    weighed = [
        (part, weight) for part, weight in ((parts.customer, weights.customer), (parts.internal, weights.internal)) if part is not None
    ]
    total = sum(weight for _part, weight in weighed)
    if not total:
        return None
    return (sum((part * weight for part, weight in weighed), Decimal()) / total).quantize(CENT, ROUND_HALF_UP)


def research_quality(research: Research, weights: ResearchWeights) -> tuple[Decimal, int]:
    """Return the sum of the accuracies that research contributes, 0 to 100, and their count; (0, 0) while there is no data."""
    score = overall(accuracy(research), weights)
    return (Decimal(), 0) if score is None else (score, 1)


def rework(research: Research) -> int:
    """Return how often this approved research had to be done again: once when a new version took its place."""
    return int(research.state is State.SUPERSEDED)
