"""The seven measures of a person (§5.1): each reckoned from what was counted, never typed in."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from bot.handbook import Appraisals, WinRate, Yardstick
from bot.policy.appraisals.cycle import Rules
from bot.policy.appraisals.record import Measure, Measured
from bot.policy.bids.measures import Measure as Counted
from bot.policy.quality import REWORKED, Quality
from bot.policy.satisfaction import Answers, satisfaction_of

HUNDRED, SCALE, TENTH, CENT, NONE = Decimal(100), Decimal(20), Decimal("0.1"), Decimal("0.01"), Decimal(0)


class Inputs(NamedTuple):
    """What the measures are reckoned from: the tallies of the person and of their team, and the marks that colleagues gave, two each."""

    sums: Mapping[str, Decimal]
    team: Mapping[str, Decimal]
    peers: Sequence[tuple[int, int]] = ()


class Whose(NamedTuple):
    """Whose measures they are: the post, over how many quarters, and on how many of their days the person worked here."""

    post: str
    quarters: int = 1
    served: int = 1
    days: int = 1


class Pair(NamedTuple):
    """A measure before it is a score: `part` of `whole`, made of `n` cases, and the value that the scale of the handbook takes."""

    part: Decimal
    whole: Decimal
    n: int
    value: Decimal


NOTHING = Pair(NONE, NONE, 0, NONE)


def measured(inputs: Inputs, whose: Whose, rules: Rules) -> tuple[Measured, ...]:
    """Return all seven measures in the order of the handbook; the weights of those that have too few cases are spread over the rest."""
    weights, pairs = weights_of(whose.post, rules.appraisals), pairs_of(inputs, whose, rules)
    enough = {measure for measure, pair in pairs.items() if pair.n >= too_few(measure, rules.appraisals)}
    spread = spread_over({measure: weights[measure] for measure in pairs if measure in enough})
    shown = {measure: pair if measure in enough else covered(measure, pair) for measure, pair in pairs.items()}
    return tuple(
        Measured(
            measure=measure,
            part=pair.part,
            whole=pair.whole,
            n=pair.n,
            value=pair.value if measure in enough else None,
            score=on_scale(pair.value, rules.appraisals.measures[measure]) if measure in enough else None,
            given=Decimal(weights[measure]),
            weight=spread.get(measure, NONE),
        )
        for measure, pair in shown.items()
    )


def covered(measure: Measure, pair: Pair) -> Pair:
    """Return a measure of too few cases as it may be told: of ratings by colleagues only how many they are."""
    return Pair(NONE, NONE, pair.n, NONE) if measure is Measure.TEAMWORK else pair


def weights_of(post: str, rules: Appraisals) -> Mapping[str, int]:
    """Return the weights of a post, in per cent."""
    return rules.post_weights.get(post, rules.weights)


def too_few(measure: Measure, rules: Appraisals) -> int:
    """Return how many cases a measure needs; ratings by colleagues are never shown below the number that hides who they are."""
    least = rules.measures[measure].too_few
    return max(least, rules.peers.least) if measure is Measure.TEAMWORK else least


def pairs_of(inputs: Inputs, whose: Whose, rules: Rules) -> dict[Measure, Pair]:
    """Return every measure as a pair, of no cases where there is nothing to make it of."""
    sums = inputs.sums
    found = {
        Measure.WIN_RATE: win_rate(sums, rules.win_rate),
        Measure.SALES_AMOUNT: sales_amount(sums, whose, rules),
        Measure.RESEARCH_ACCURACY: research_accuracy(sums, rules.appraisals.rework_penalty),
        Measure.SOLUTION_QUALITY: mean(sums, Quality.SOLUTION, Decimal(1)),
        Measure.BID_DOCUMENT_QUALITY: mean(sums, Counted.MARKS, SCALE),
        Measure.CUSTOMER_SATISFACTION: customer_satisfaction(inputs, rules.appraisals.satisfaction_pull),
        Measure.TEAMWORK: teamwork(inputs.peers),
    }
    return {measure: pair or NOTHING for measure, pair in found.items()}


def made_of(measure: Measure, rules: WinRate) -> tuple[StrEnum, ...]:
    """Return under which names the records of a measure are counted."""
    missed = (Counted.MISSED,) if rules.missed_counts else ()
    results = (Counted.WON, Counted.LOST, Counted.DISQUALIFIED, *missed)
    names: Mapping[Measure, tuple[StrEnum, ...]] = {
        Measure.WIN_RATE: (Counted.SUBMITTED, *missed) if rules.basis == "submitted" else results,
        Measure.SALES_AMOUNT: (Counted.SALES, *results),
        Measure.RESEARCH_ACCURACY: (Quality.RESEARCH,),
        Measure.SOLUTION_QUALITY: (Quality.SOLUTION,),
        Measure.BID_DOCUMENT_QUALITY: (Counted.MARKS,),
        Measure.CUSTOMER_SATISFACTION: (Answers.GIVEN,),
    }
    return names.get(measure, ())


def win_rate(sums: Mapping[str, Decimal], rules: WinRate) -> Pair | None:
    """Return bids won of those submitted, or of those decided, as the handbook says (§5.1.1); a value in per cent."""
    missed = of(sums, Counted.MISSED) if rules.missed_counts else NONE
    if rules.basis == "submitted":
        return share(of(sums, Counted.SUBMITTED_WON), of(sums, Counted.SUBMITTED) + missed)
    return share(of(sums, Counted.WON), decided(sums) + missed)


def sales_amount(sums: Mapping[str, Decimal], whose: Whose, rules: Rules) -> Pair | None:
    """Return sales by share against the target for the days served (§5.1.1); a value in per cent.

    Where no bid was decided there is no figure; whoever has only a share of the credit for others' bids has one of them.
    """
    missed = of(sums, Counted.MISSED) if rules.win_rate.missed_counts else NONE
    sold, whole = of(sums, Counted.SALES), target_of(whose, rules.appraisals)
    n = int(decided(sums) + missed) or int(sold > 0)
    return Pair(sold, whole, n, HUNDRED * sold / whole) if n and whole else None


def target_of(whose: Whose, rules: Appraisals) -> Decimal:
    """Return what is to be sold in the period, for the days served, to the cent."""
    target = rules.post_sales_targets.get(whose.post, rules.sales_target)
    return (target * whose.quarters * whose.served / whose.days).quantize(CENT, ROUND_HALF_UP)


def research_accuracy(sums: Mapping[str, Decimal], penalty: int) -> Pair | None:
    """Return the mean accuracy of research less what rework costs (§5.1.2); 0 to 100."""
    found = mean(sums, Quality.RESEARCH, Decimal(1))
    if found is None:
        return None
    return found._replace(value=max(NONE, found.value - penalty * of(sums, REWORKED) / found.whole))


def mean(sums: Mapping[str, Decimal], counted: str, scale: Decimal) -> Pair | None:
    """Return the mean of what was counted under a name and summed beside it, on 0 to 100 (§5.1.2)."""
    n, total = of(sums, counted), of(sums, f"{counted}_sum")
    return Pair(total, n, int(n), scale * total / n) if n else None


def customer_satisfaction(inputs: Inputs, pull: int) -> Pair | None:
    """Return how satisfied customers are (§5.1.3), few answers drawn towards the team's mean; 0 to 100."""
    found = satisfaction_of(inputs.sums, inputs.team, pull)
    return Pair(found.part, found.whole, found.n, found.value) if found else None


def teamwork(peers: Sequence[tuple[int, int]]) -> Pair | None:
    """Return the mean of what colleagues say of communication and problem solving (§5.1.4); 0 to 100."""
    total, n = Decimal(sum(sum(pair) for pair in peers)), 2 * len(peers)
    return Pair(total, Decimal(n), len(peers), SCALE * total / n) if n else None


def decided(sums: Mapping[str, Decimal]) -> Decimal:
    """Return how many bids were won, lost or rejected."""
    return of(sums, Counted.WON) + of(sums, Counted.LOST) + of(sums, Counted.DISQUALIFIED)


def share(part: Decimal, whole: Decimal) -> Pair | None:
    """Return a share in per cent, of as many cases as the whole; None of nothing."""
    return Pair(part, whole, int(whole), HUNDRED * part / whole) if whole else None


def of(sums: Mapping[str, Decimal], name: str) -> Decimal:
    """Return one sum."""
    return sums.get(name, NONE)


def on_scale(value: Decimal, yardstick: Yardstick) -> Decimal:
    """Return the score of a value, 0 to 100: on a straight line between the points of the handbook, and level beyond them."""
    points = yardstick.scale
    if value <= points[0][0]:
        return points[0][1]
    for (low, at_low), (high, at_high) in pairwise(points):
        if value <= high:
            return at_low + (at_high - at_low) * (value - low) / (high - low)
    return points[-1][1]


def spread_over(given: Mapping[Measure, int]) -> dict[Measure, Decimal]:
    """Return weights that sum to exactly 100.0, in proportion to those given, to one place: the largest remainders are rounded up."""
    total = sum(given.values())
    if not total:
        return {}
    exact = {measure: HUNDRED * weight / total for measure, weight in given.items()}
    rounded = {measure: weight.quantize(TENTH, ROUND_DOWN) for measure, weight in exact.items()}
    left = int((HUNDRED - sum(rounded.values())) / TENTH)
    for measure in sorted(given, key=lambda one: rounded[one] - exact[one])[:left]:
        rounded[measure] += TENTH
    return rounded
