"""The year (§5.3.2): its quarters side by side, and the rule by which they become a grade, in words."""

from decimal import Decimal

from bot.handbook import Year
from bot.language import N_, NO_DATA, Translator
from bot.policy.appraisals.cycle import Rules
from bot.policy.appraisals.record import GRADE_NAMES, Appraisal, Grade
from bot.policy.appraisals.scoring import Gate, marks_score, rounded
from bot.policy.appraisals.years import gates_of, mean_of_quarters
from bot.views.blocks import Block, Sentence, bold, bullets, paragraph, prose

GATES = {
    Gate.TOO_SHORT: N_("Too few of its quarters were graded, so the year has no grade."),
    Gate.NOT_OUTSTANDING: N_("Its score is that of outstanding, but its quarters are not: the grade is excellent."),
    Gate.LEAK: N_("Secrets were leaked: the grade is pass at best."),
}


def quarters_side_by_side(_: Translator, appraisal: Appraisal, rules: Rules) -> list[Block]:
    """Return the quarters of a year, their mean, the manager's view of the year, and the rule in words."""
    rows = [quarter(_, name, *of) for name, of in sorted(appraisal.quarters.items())]
    head = (bold(_("The quarters of {period}", period=appraisal.period)),)
    told = [means(_, appraisal), *ruled(_, rules.appraisals.year), *(_(GATES[gate]) for gate in gates_of(appraisal, rules.appraisals.year))]
    return [paragraph(head), *([bullets(*rows)] if rows else []), paragraph(*(prose("{text}", text=text) for text in told))]


def quarter(_: Translator, name: str, score: Decimal | None, grade: Grade | None) -> Sentence:
    """Return the score and the grade of one quarter."""
    if score is None or grade is None:
        return prose(_.template("{period}: not graded"), period=bold(name))
    return prose(_.template("{period}: {score} of 100, {grade}"), period=bold(name), score=_.number(score), grade=_(GRADE_NAMES[grade]))


def means(_: Translator, appraisal: Appraisal) -> str:
    """Return what the quarters come to, and what the manager's marks for the year do."""
    marks = marks_score(appraisal.scoring.marks) if appraisal.scoring else None
    mine, theirs = (number(_, score) for score in (mean_of_quarters(appraisal), rounded(marks) if marks is not None else None))
    return _("Mean of the quarters: {mean}. The manager's view of the year: {manager}.", mean=mine, manager=theirs)


def ruled(_: Translator, rules: Year) -> list[str]:
    """Return the rule of the year in words."""
    weights = _("The score is {quarters}% the mean of the quarters and {manager}% the manager's view.", **weights_of(_, rules))
    bands = [_("{grade} from {score}", grade=_(GRADE_NAMES[Grade(name)]), score=_.number(band)) for name, band in rules.bands.items()]
    steady = _.plural(
        "Outstanding also takes {n} excellent quarter, and none failed.",
        "Outstanding also takes {n} excellent quarters, and none failed.",
        rules.excellent_for_outstanding,
    )
    return [weights, _("Grades: {bands}.", bands=_.list(bands)), steady]


def weights_of(_: Translator, rules: Year) -> dict[str, str]:
    """Return the two weights of a year as numbers of the language."""
    return {"quarters": _.number(rules.quarters), "manager": _.number(rules.manager)}


def number(_: Translator, score: Decimal | None) -> str:
    """Return a score, or a dash."""
    return NO_DATA if score is None else _.number(score)
