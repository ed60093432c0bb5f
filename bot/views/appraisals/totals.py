"""How measures and marks come to a score, a grade and a bonus (§5.3, §5.4.1), step by step."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from bot.handbook import Formula, Year
from bot.language import Translator
from bot.policy.appraisals.record import GRADE_NAMES, MEASURE_NAMES, Appraisal, Grade, Measured
from bot.policy.appraisals.scoring import BETTER, marks_score, measures_score
from bot.policy.appraisals.standing import Standing
from bot.views.appraisals.reasons import ALL, Asked, head, small
from bot.views.appraisals.results import statement
from bot.views.appraisals.standing import few, points, projected_lines
from bot.views.blocks import Message, Sentence, actions, bold, bullets, button, prose, says

CLAUSES, CLAUSE_OF_YEAR = "§5.3.1, §5.4.1", "§5.3.2"


def total(_: Translator, asked: Asked, name: str, standing: Standing) -> Message:
    """Return how the total is made: of a quarter from its measures, of a year from its quarters."""
    row = actions(button(_("All measures"), ALL, asked._replace(topic="", page=0).value()))
    clause = CLAUSE_OF_YEAR if standing.is_year else CLAUSES
    listed = quarters(_, standing) if standing.is_year else [measure_times_weight(_, standing, one) for one in standing.measured]
    told = of_year(_, standing) if standing.is_year else of_quarter(_, standing)
    made = [bullets(*listed)] if listed else []
    title = (*head(_, name, standing),)
    return says(title, *outcome(_, standing), *(plainly(text) for text in told if text), also=[*made, row, small(_, clause, standing)])


def plainly(text: str) -> Sentence:
    """Return text as a sentence."""
    return prose("{text}", text=text)


def outcome(_: Translator, standing: Standing) -> list[Sentence]:
    """Return the score and grade that were told, or else what they would be so far."""
    told = standing.result
    if told is None:
        return [] if standing.is_year else projected_lines(_, standing)
    score = bold(points(_, told.score) if told.score is not None else "–")
    said = prose(_.template("Score {score} of 100; grade: {grade}."), score=score, grade=bold(called(_, told.final_grade)))
    return [said, *(plainly(text) for text in graded_by(_, told))]


def called(_: Translator, grade: Grade | None) -> str:
    """Return a grade's name."""
    return _(GRADE_NAMES[grade]) if grade else _("not graded")


def graded_by(_: Translator, told: Appraisal) -> list[str]:
    """Say whose grades came one after the other, where they are not all the same."""
    if len({told.suggested, told.grade, told.final_grade}) == 1:
        return []
    by = {"suggested": called(_, told.suggested), "manager": called(_, told.grade), "final": called(_, told.final_grade)}
    return [_("By the score {suggested}, by the manager {manager}, in the end {final}.", **by)]


def measure_times_weight(_: Translator, standing: Standing, one: Measured) -> Sentence:
    """Return a measure's part of the sum."""
    name = bold(_(MEASURE_NAMES[one.measure]))
    if one.score is None:
        return prose(_.template("{measure}: {few}, so it does not count"), measure=name, few=few(_, standing, one))
    weight = _.percent(one.weight, 100)
    return prose(_.template("{measure}: {score} × {weight}"), measure=name, score=points(_, one.score), weight=weight)


def of_quarter(_: Translator, standing: Standing) -> list[str]:
    """Return how a quarter's measures and marks become a score, a grade and a bonus."""
    rules, found = standing.rules, measures_score(standing.measured)
    summed = "" if found is None else _("The measures together: each score × its weight, which makes {sum}.", sum=points(_, found))
    return [summed, *mixed(_, standing), bands(_, rules.appraisals.bands), bonus(_, standing)]


def mixed(_: Translator, standing: Standing) -> list[str]:
    """Return what measures, the manager's marks and the person's own weigh, with the marks once the result is told."""
    formula, told = standing.rules.appraisals.formula, standing.result
    if formula.measures == 100:
        return [_("The score is made of the measures alone; marks are told besides.")]
    weighs = weights(_, formula)
    if told is None:
        return [_("The score: {weights}. Without one of these the others count for it.", weights=weighs)]
    manager = marks_score(told.scoring.marks) if told.scoring else None
    own = marks_score(told.self_review.marks)
    marks = {"manager": or_none(_, manager), "own": or_none(_, own)}
    return [_("The score: {weights}. The manager's marks come to {manager}, own marks to {own}.", weights=weighs, **marks)]


def weights(_: Translator, formula: Formula) -> str:
    """Return the formula of a quarter's score."""
    parts = {"measures": formula.measures, "manager": formula.manager, "own": formula.own}
    shown = {name: _.percent(part, 100) for name, part in parts.items()}
    return _("measures {measures}, the manager's marks {manager}, own marks {own}", **shown)


def or_none(_: Translator, score: Decimal | None) -> str:
    """Return a score, or that there is none."""
    return _("no data") if score is None else points(_, score)


def bands(_: Translator, begins: Mapping[str, Decimal]) -> str:
    """Return from which score on each grade begins."""
    listed = [f"{_(GRADE_NAMES[grade])} {points(_, begins[grade])}" for grade in BETTER if grade in begins]
    return _("Grades begin at: {grades}; below that, {fail}.", grades=_.list(listed), fail=_(GRADE_NAMES[Grade.FAIL]))


def bonus(_: Translator, standing: Standing) -> str:
    """Return how a quarter's bonus is reckoned, or was."""
    told = standing.result
    if told and told.bonus:
        return _("Bonus: {statement}", statement=statement(_, told.bonus))
    rules = standing.rules.bonus
    listed = [f"{_(GRADE_NAMES[Grade(name)])} {_.number(factor)}" for name, factor in rules.multipliers.items()]
    factor = _.number(rules.company_factor)
    return _("Bonus: base of the post × company {factor} × grade ({grades}) × days served ÷ days.", factor=factor, grades=_.list(listed))


def quarters(_: Translator, standing: Standing) -> list[Sentence]:
    """Return the quarters of a year, each with its score and grade."""
    found = standing.appraisal.quarters if standing.appraisal else {}
    line = _.template("{quarter}: {score}, {grade}")
    return [
        prose(line, quarter=bold(name), score=or_none(_, score), grade=called(_, grade)) for name, (score, grade) in sorted(found.items())
    ]


def of_year(_: Translator, standing: Standing) -> list[str]:
    """Return how quarters and the manager's marks become the grade of a year."""
    year, appraisal = standing.rules.appraisals.year, standing.appraisal
    weighs = {"quarters": _.percent(year.quarters, 100), "manager": _.percent(year.manager, 100)}
    made = _("The score of a year: the mean of its quarters {quarters}, the manager's marks for the year {manager}.", **weighs)
    begun = "" if appraisal else _("The year's appraisal has not begun yet; each quarter has its own measures.")
    return [made, *marked(_, standing), begun, bands(_, year.bands), *gates(_, year)]


def marked(_: Translator, standing: Standing) -> Sequence[str]:
    """Return what the manager's marks come to, once the result is told."""
    told = standing.result
    score = marks_score(told.scoring.marks) if told and told.scoring else None
    return () if score is None else (_("The manager's marks come to {manager}.", manager=points(_, score)),)


def gates(_: Translator, year: Year) -> list[str]:
    """Return what a year's grade needs besides its score."""
    needed, least = _.number(year.excellent_for_outstanding), _.number(year.least_quarters)
    outstanding, excellent, passed, failed = (_(GRADE_NAMES[Grade(name)]) for name in ("outstanding", "excellent", "pass", "fail"))
    names = {"outstanding": outstanding, "excellent": excellent, "fail": failed}
    return [
        _("{outstanding} takes {n} quarters that are {excellent}, and none that is {fail}.", n=needed, **names),
        _("Whoever leaked secrets has {grade} at best.", grade=passed),
        _("With fewer than {least} graded quarters there is no grade.", least=least),
    ]
