"""How a person stands so far (§1.1): a line a measure, what they come to, and what would lift that."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from bot.language import N_, NO_DATA, Translator
from bot.policy.appraisals.lifting import Lift
from bot.policy.appraisals.measures import CENT, too_few
from bot.policy.appraisals.record import GRADE_NAMES, MEASURE_NAMES, Measure, Measured
from bot.policy.appraisals.scoring import rounded
from bot.policy.appraisals.standing import Projected, Standing
from bot.views.blocks import Sentence, bold, prose

IN_PERCENT = frozenset({Measure.WIN_RATE, Measure.SALES_AMOUNT})
MARK = Decimal(20)  # points of 100 that a mark is worth
# What is to be done for a measure, where it is not counted in pieces.
STEPS: Mapping[Measure, str] = {
    Measure.SALES_AMOUNT: N_("a win that brings you {amount}"),
    Measure.RESEARCH_ACCURACY: N_("an accuracy of {points} of 100 for your next requirement research"),
    Measure.SOLUTION_QUALITY: N_("marks of {mark} of 5 on average for your next solution"),
    Measure.BID_DOCUMENT_QUALITY: N_("marks of {mark} of 5 on average for your next bid document"),
}


def measure_line(_: Translator, standing: Standing, one: Measured) -> str:
    """Return a measure with its value, score, weight and cases, or how many of the cases it needs there are."""
    name = _(MEASURE_NAMES[one.measure])
    if one.value is None or one.score is None:
        return _("{label}: {value}", label=name, value=few(_, standing, one))
    return _(
        "{measure}: {value} · weight {weight} · {cases}",
        measure=name,
        value=value_and_score(_, one),
        weight=_.percent(one.weight, 100),
        cases=cases_of(_, one),
    )


def value_and_score(_: Translator, one: Measured, shown: str = "") -> str:
    """Return the value of a measure, or what is shown for it, and then the points that it scores."""
    if one.value is None or one.score is None:
        return NO_DATA
    return _("{value}, {score} points", value=shown or value_of(_, one.measure, one.value), score=points(_, one.score))


def none_counts(measured: Sequence[Measured]) -> bool:
    """Say whether every measure has too few cases, so that one sentence tells it of all."""
    return all(one.score is None for one in measured)


def cases_of(_: Translator, one: Measured) -> str:
    """Return of how many cases a measure is made, by what they are where that is no piece of work."""
    if one.measure is Measure.BID_DOCUMENT_QUALITY:
        return _.plural("{n} mark", "{n} marks", one.n)
    if one.measure is Measure.CUSTOMER_SATISFACTION:
        return _.plural("{n} answer", "{n} answers", one.n)
    if one.measure is Measure.TEAMWORK:
        return _.plural("{n} colleague", "{n} colleagues", one.n)
    return _.plural("{n} case", "{n} cases", one.n)


def few(_: Translator, standing: Standing, one: Measured) -> str:
    """Say that there are too few cases: how many of how many."""
    least = too_few(one.measure, standing.rules.appraisals)
    return _("too few ({n} of {least})", n=_.number(one.n), least=_.number(least))


def value_of(_: Translator, measure: Measure, value: Decimal) -> str:
    """Return the value of a measure: in per cent, or of 100."""
    return _.percent(value, 100) if measure in IN_PERCENT else _("{value} of 100", value=points(_, value))


def points(_: Translator, value: Decimal) -> str:
    """Return a score to one place."""
    return _.number(rounded(value))


def projected_lines(_: Translator, standing: Standing) -> list[Sentence]:
    """Say what the measures come to so far, how sure that is, and how far it is to the next grade."""
    found = standing.projected
    if found is None:
        return [prose("{text}", text=_("No score yet: every measure has too few cases."))]
    grade = bold(_(GRADE_NAMES[found.grade]))
    score = prose(_.template("So far {score} of 100, which would be {grade}."), score=bold(points(_, found.score)), grade=grade)
    known = _("Measures with {known} of the weight have enough cases to count.", known=_.percent(found.known, 100))
    rest = [other_parts(_, standing), gap(_, found)]
    return [score, *(prose("{text}", text=text) for text in (" ".join(filter(None, [known, rest[0]])), rest[1]) if text)]


def other_parts(_: Translator, standing: Standing) -> str:
    """Say how much of the score the manager's marks and the person's own make, where they count."""
    formula = standing.rules.appraisals.formula
    if formula.measures == 100:
        return ""
    return _("The measures make {part} of the score; marks make the rest.", part=_.percent(formula.measures, 100))


def gap(_: Translator, found: Projected) -> str:
    """Say how far it is to the next grade, or nothing at the best one."""
    if found.above is None:
        return ""
    grade, begins = found.above
    return _(
        "{points} more make {grade}, which begins at {begins}.",
        points=points(_, begins - found.score),
        grade=_(GRADE_NAMES[grade]),
        begins=points(_, begins),
    )


def lift_line(_: Translator, lift: Lift, currency: str) -> Sentence:
    """Return what would lift the score, and to what at least."""
    reaches = _.template("{step}: at least {score}, {grade}")
    return prose(reaches, step=step_of(_, lift, currency), score=points(_, lift.score), grade=_(GRADE_NAMES[lift.grade]))


def step_of(_: Translator, lift: Lift, currency: str) -> str:
    """Return a step in words."""
    if lift.measure is Measure.WIN_RATE:
        return _.plural("{n} more bid of this quarter won", "{n} more bids of this quarter won", int(lift.amount))
    if lift.measure is Measure.CUSTOMER_SATISFACTION:
        return _.plural("{n} more customer who answers 5 of 5", "{n} more customers who answer 5 of 5", int(lift.amount))
    amounts = {"amount": _.amount(lift.amount, currency), "mark": _.number(lift.amount), "points": points(_, MARK * lift.amount)}
    return _(STEPS[lift.measure], **amounts)


def exact(_: Translator, value: Decimal) -> str:
    """Return a number to the second place at most, without noughts at its end."""
    cents = value.quantize(CENT)
    return _.number(int(cents) if cents == int(cents) else cents)
