"""What would lift a score (§1.1): for each measure the smallest step that reaches the next grade, and what it promises at least."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from decimal import ROUND_CEILING, Decimal
from typing import NamedTuple

from bot.policy.appraisals.cycle import Rules
from bot.policy.appraisals.measures import CENT, TENTH, Inputs, Whose, measured, of, target_of
from bot.policy.appraisals.record import Grade, Measure, Measured
from bot.policy.appraisals.scoring import BETTER, grade_of, measures_score, rounded
from bot.policy.bids.measures import Measure as Counted
from bot.policy.quality import Quality
from bot.policy.satisfaction import Answers

ONE, TOP = Decimal(1), 5  # the best mark
SEVERAL = 5  # so many more wins, or satisfied customers, are a plan; more are a wish
ASPECTS = 3  # marks in one review of a bid document
Sums = Mapping[str, Decimal]


class Lift(NamedTuple):
    """A step and the score that it reaches at least, with its grade.

    `amount` is how many more bids of the period are to be won, how much one more win is to bring, or how many customers are to
    give a 5; of research, a solution or a bid document the mark that the next one needs, 1 to 5.
    """

    measure: Measure
    amount: Decimal
    score: Decimal
    grade: Grade


class Ladder(NamedTuple):
    """What can be done for a measure, the smallest first: so many units."""

    measure: Measure
    rungs: range
    unit: Decimal


def projected(measures: Sequence[Measured]) -> Decimal | None:
    """Return the score that the measures come to so far, to one place; None while none has enough cases."""
    score = measures_score(measures)
    return None if score is None else rounded(score)


def next_grade(score: Decimal, rules: Rules) -> tuple[Grade, Decimal] | None:
    """Return the grade above a score's and where it begins; None for the best one."""
    above = [(grade, rules.appraisals.bands[grade]) for grade in BETTER if score < rules.appraisals.bands.get(grade, score)]
    return above[-1] if above else None


def lifts(inputs: Inputs, whose: Whose, rules: Rules) -> tuple[Lift, ...]:
    """Return the step of each measure that lifts the score, the one with the largest effect first; none at the best grade."""
    now = projected(measured(inputs, whose, rules))
    above = None if now is None else next_grade(now, rules)
    if now is None or above is None:
        return ()
    found = [smallest(ladder, above[1], inputs, whose, rules) for ladder in ladders(inputs, whose, rules)]
    return tuple(sorted((lift for lift in found if lift and lift.score > now), key=lambda lift: -lift.score))


def smallest(ladder: Ladder, goal: Decimal, inputs: Inputs, whose: Whose, rules: Rules) -> Lift | None:
    """Return the first rung that reaches the goal, or else the first of those that reach as far as the last; None without any."""

    def reached(rung: int) -> Decimal:
        return promise(ladder.measure, rung * ladder.unit, inputs, whose, rules)

    if not ladder.rungs:
        return None
    rung = ladder.rungs[bisect_left(ladder.rungs, min(goal, reached(ladder.rungs[-1])), key=reached)]
    score = reached(rung)
    return Lift(ladder.measure, rung * ladder.unit, score, grade_of(score, rules.appraisals.bands))


def ladders(inputs: Inputs, whose: Whose, rules: Rules) -> list[Ladder]:
    """Return what can be done for each measure; colleagues' ratings cannot be worked for."""
    several, marks = range(1, SEVERAL + 1), range(10, 10 * TOP + 1)
    target = target_of(whose, rules.appraisals)
    unit = ONE.scaleb(max(-2, (target / 100).adjusted()))  # sales are promised in round numbers
    furthest = target * rules.appraisals.measures[Measure.SALES_AMOUNT].scale[-1][0] / 100
    to_go = ((furthest - of(inputs.sums, Counted.SALES)) / unit).to_integral_value(ROUND_CEILING)
    return [
        Ladder(Measure.WIN_RATE, several, ONE),
        Ladder(Measure.SALES_AMOUNT, range(1, int(to_go) + 1), unit),
        Ladder(Measure.RESEARCH_ACCURACY, marks, TENTH),
        Ladder(Measure.SOLUTION_QUALITY, marks, TENTH),
        Ladder(Measure.BID_DOCUMENT_QUALITY, marks, TENTH),
        Ladder(Measure.CUSTOMER_SATISFACTION, several, ONE),
    ]


def promise(measure: Measure, amount: Decimal, inputs: Inputs, whose: Whose, rules: Rules) -> Decimal:
    """Return the score that a step reaches at least, in whichever way it is done."""
    reached = [projected(measured(after, whose, rules)) for after in ways(measure, amount, inputs)]
    return min((score for score in reached if score is not None), default=Decimal())


def ways(measure: Measure, amount: Decimal, inputs: Inputs) -> list[Inputs]:
    """Return what the tallies may be after a step, one for each way in which it may be done."""
    match measure:
        case Measure.WIN_RATE:
            return [plus(inputs, won) for won in wins(inputs.sums, amount)]
        case Measure.SALES_AMOUNT:
            earlier: Mapping[str, Decimal] = {Counted.WON: ONE}  # handed in in an earlier period
            return [plus(inputs, {**won, Counted.SALES: amount}) for won in (*wins(inputs.sums, ONE), earlier)]
        case Measure.RESEARCH_ACCURACY | Measure.SOLUTION_QUALITY:
            kind = Quality.RESEARCH if measure is Measure.RESEARCH_ACCURACY else Quality.SOLUTION
            return [plus(inputs, {kind: ONE, f"{kind}_sum": (20 * amount).quantize(CENT)})]
        case Measure.BID_DOCUMENT_QUALITY:
            return [plus(inputs, {Counted.MARKS: Decimal(ASPECTS), Counted.MARKS_SUM: ASPECTS * amount})]
        case Measure.CUSTOMER_SATISFACTION:
            names = (Answers.GIVEN, Answers.VERIFIED, Answers.SATISFIED, Answers.WEIGHT)
            return [plus(inputs, {**dict.fromkeys(names, amount), Answers.SUM: TOP * amount})]
    return []


def wins(sums: Sums, n: Decimal) -> list[dict[str, Decimal]]:
    """Return what so many wins of bids handed in in this period add: of such as wait for their result, of new ones, or of both."""
    waiting = min(n, of(sums, Counted.PENDING))
    fresh = [Decimal(one) for one in range(int(n - waiting), int(n) + 1)]
    return [{Counted.SUBMITTED: one, Counted.SUBMITTED_WON: n, Counted.WON: n} for one in fresh]


def plus(inputs: Inputs, added: Mapping[str, Decimal]) -> Inputs:
    """Return the inputs with something added for the person, which counts for their team too."""
    sums, team = ({**old, **{name: of(old, name) + amount for name, amount in added.items()}} for old in (inputs.sums, inputs.team))
    return inputs._replace(sums=sums, team=team)
