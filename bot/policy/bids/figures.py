"""The figures made of the tallies (§5.1): win rate, bid rate, sales, document quality, research, solutions, and satisfaction."""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from bot.handbook import WinRate
from bot.policy.bids.measures import VALUES, Measure
from bot.policy.quality import Quality
from bot.policy.satisfaction import Answers, satisfaction_of
from bot.policy.tallies import Reading


class Figure(StrEnum):
    """A figure that is made of the tallies."""

    OF_SUBMITTED = "of_submitted"
    OF_DECIDED = "of_decided"
    VALUE_OF_SUBMITTED = "value_of_submitted"
    VALUE_OF_DECIDED = "value_of_decided"
    BID_RATE = "bid_rate"
    PENDING = "pending"
    SALES = "sales"
    QUALITY = "quality"
    RESEARCH = "research"
    SOLUTION = "solution"
    SATISFACTION = "satisfaction"


NOTHING: Mapping[str, Decimal] = MappingProxyType({})
# Which records a figure is made of.
INPUTS: Mapping[Figure, tuple[StrEnum, ...]] = {
    Figure.OF_SUBMITTED: (Measure.SUBMITTED, Measure.MISSED),
    Figure.OF_DECIDED: (Measure.WON, Measure.LOST, Measure.DISQUALIFIED, Measure.MISSED),
    Figure.VALUE_OF_SUBMITTED: (Measure.SUBMITTED, Measure.MISSED),
    Figure.VALUE_OF_DECIDED: (Measure.WON, Measure.LOST, Measure.DISQUALIFIED, Measure.MISSED),
    Figure.BID_RATE: (Measure.GO, Measure.NO_GO),
    Figure.PENDING: (Measure.PENDING,),
    Figure.SALES: (Measure.SALES,),
    Figure.QUALITY: (Measure.MARKS,),
    Figure.RESEARCH: (Quality.RESEARCH,),
    Figure.SOLUTION: (Quality.SOLUTION,),
    Figure.SATISFACTION: (Answers.GIVEN,),
}


def inputs(figure: Figure, rules: WinRate) -> tuple[StrEnum, ...]:
    """Return the measures whose records make a figure."""
    return tuple(measure for measure in INPUTS[figure] if measure is not Measure.MISSED or rules.missed_counts)


def reckon(
    tallied: Mapping[str, Decimal], rules: WinRate, around: Mapping[str, Decimal] = NOTHING, pull: int = 5
) -> dict[Figure, Reading | None]:
    """Return every figure of what was tallied; None where there is nothing to make it of, which is not the same as 0.

    `around` is what was tallied for the team of a person, or for the company of a team, and `pull` how many of its answers
    satisfaction is mixed with.
    """
    return {
        **win_rate(tallied, rules),
        Figure.BID_RATE: rate(tallied, (Measure.GO,), (Measure.GO, Measure.NO_GO), rules.too_few),
        Figure.PENDING: Reading(amount(tallied, Measure.PENDING), Decimal(0), int(amount(tallied, Measure.PENDING))),
        Figure.SALES: sales(tallied),
        Figure.QUALITY: quality(tallied),
        Figure.RESEARCH: mean(tallied, Quality.RESEARCH),
        Figure.SOLUTION: mean(tallied, Quality.SOLUTION),
        Figure.SATISFACTION: satisfaction(tallied, around, pull),
    }


def win_rate(tallied: Mapping[str, Decimal], rules: WinRate) -> dict[Figure, Reading | None]:
    """Return the win rate on both bases, by count and by value; a missed deadline is a bid not won where the handbook says so.

    Of those submitted: how many of the bids handed in then were won, whenever the result came. Of those decided: how many of
    the results that came then were wins.
    """
    bases = {
        Figure.OF_SUBMITTED: (Measure.SUBMITTED_WON, Figure.VALUE_OF_SUBMITTED, Measure.SUBMITTED_UNPRICED),
        Figure.OF_DECIDED: (Measure.WON, Figure.VALUE_OF_DECIDED, Measure.UNPRICED),
    }
    rates: dict[Figure, Reading | None] = {}
    for figure, (won, by_value, unpriced) in bases.items():
        whole = inputs(figure, rules)
        rates[figure] = rate(tallied, (won,), whole, rules.too_few)
        n = sum((amount(tallied, measure) for measure in whole), Decimal(0)) - amount(tallied, unpriced)
        rates[by_value] = rate(tallied, (VALUES[won],), tuple(VALUES[Measure(measure)] for measure in whole), rules.too_few, int(n))
    return rates


def rate(
    tallied: Mapping[str, Decimal], part: tuple[StrEnum, ...], whole: tuple[StrEnum, ...], too_few: int, n: int | None = None
) -> Reading | None:
    """Return a share of a whole, of `n` bids, which are the whole itself where not said; None of nothing."""
    total = sum((amount(tallied, measure) for measure in whole), Decimal(0))
    cases = int(total) if n is None else n
    if not total:
        return None
    return Reading(sum((amount(tallied, measure) for measure in part), Decimal(0)), total, cases, cases >= too_few)


def sales(tallied: Mapping[str, Decimal]) -> Reading | None:
    """Return the sales by share, and of how many bids; None where none was won."""
    won, sold = amount(tallied, Measure.WON), amount(tallied, Measure.SALES)
    return Reading(sold, Decimal(0), int(won)) if won or sold else None


def quality(tallied: Mapping[str, Decimal]) -> Reading | None:
    """Return the sum of the marks for bid documents and how many they are (§5.1.2)."""
    given = amount(tallied, Measure.MARKS)
    return Reading(amount(tallied, Measure.MARKS_SUM), given, int(given)) if given else None


def mean(tallied: Mapping[str, Decimal], kind: Quality) -> Reading | None:
    """Return the sum of the scores for one kind of work, 0 to 100, and how many they are (§5.1.2)."""
    scored = amount(tallied, kind)
    return Reading(tallied.get(f"{kind}_sum", Decimal(0)), scored, int(scored)) if scored else None


def satisfaction(tallied: Mapping[str, Decimal], around: Mapping[str, Decimal], pull: int) -> Reading | None:
    """Return how satisfied customers are, 0 to 100, of so many answers (§5.1.3)."""
    figure = satisfaction_of(tallied, around, pull)
    return Reading(figure.part, figure.whole, figure.n) if figure else None


def amount(tallied: Mapping[str, Decimal], measure: StrEnum) -> Decimal:
    """Return what was tallied of one measure."""
    return tallied.get(measure, Decimal(0))
