"""The last step of a manager's form (§5.3.1): the comparison, marks that may still change, what is suggested, and the grade."""

from bot.language import NO_DATA, Translator
from bot.policy.appraisals.cycle import Cycle, Kind, rules_of
from bot.policy.appraisals.manager import HANDED_IN_IN
from bot.policy.appraisals.marks import changed
from bot.policy.appraisals.record import GRADE_NAMES, PART_NAMES, Appraisal, Part, Scoring
from bot.policy.appraisals.suggesting import Suggestion, grades_of
from bot.views.appraisals.differences import compared, earlier
from bot.views.appraisals.scoring_steps import BESIDE, DRAFT, GRADE, REASON, WEIGH, Page, Shown, about, entered, marking, step_of
from bot.views.appraisals.years import quarters_side_by_side
from bot.views.blocks import Block, Choice, Sentence, bold, context, divider, field_of, heard, paragraph, prose, section, select, text_input


def grading(_: Translator, cycle: Cycle, appraisal: Appraisal, shown: Shown) -> Block:
    """Return the last step: the comparison, marks that may still change, what is suggested, and the grade."""
    scoring = entered(appraisal)
    top = paragraph(about(_, cycle, appraisal, shown, Page.GRADE))
    side = [*compared(_, cycle, appraisal, shown.note, BESIDE), *earlier(_, cycle, appraisal, shown.names)]
    again = [context(_("You may change your marks now; whoever changes one says why.")), *after(_, scoring)]
    fields = [field for part in Part for field in marking(_, scoring, part, WEIGH)]
    grade = [*suggesting(_, cycle, appraisal, shown), *choosing(_, cycle, scoring)]
    blocks = [top, *early(_, cycle), *side, divider(), *again, *fields, divider(), *grade]
    return step_of(_, GRADE, appraisal, blocks, _("Hand in"), Page.REST)


def early(_: Translator, cycle: Cycle) -> list[Block]:
    """Say from when on the scoring can be handed in, as long as it cannot."""
    if cycle.state in HANDED_IN_IN:
        return []
    return [context(_("Colleagues and self-reviews have until {day}. You can hand in once that is over.", day=_.day(cycle.self_due)))]


def after(_: Translator, scoring: Scoring) -> list[Block]:
    """Name the parts whose marks were changed since the self-review was uncovered."""
    parts = [_(PART_NAMES[part]) for part in changed(scoring)]
    return [section(_("Changed since you uncovered it: {parts}", parts=_.list(parts)))] if parts else []


def suggesting(_: Translator, cycle: Cycle, appraisal: Appraisal, shown: Shown) -> list[Block]:
    """Say which score and grade are suggested, and how they were made."""
    year = cycle.kind is Kind.YEAR
    made = quarters_side_by_side(_, appraisal, rules_of(cycle)) if year else [context(formula(_, cycle))]
    return [paragraph(suggested(_, shown.suggestion)), *made]


def suggested(_: Translator, suggestion: Suggestion) -> Sentence:
    """Return the suggestion in a sentence."""
    score = NO_DATA if suggestion.score is None else _.number(suggestion.score)
    if suggestion.grade is None:
        return prose(_.template("Score: {score}. No grade can be suggested: please give one, and say why."), score=bold(score))
    return prose(
        _.template("Score: {score} of 100. Suggested grade: {grade}."), score=bold(score), grade=bold(_(GRADE_NAMES[suggestion.grade]))
    )


def formula(_: Translator, cycle: Cycle) -> str:
    """Return in words how a quarter's score and grade are made."""
    rules = rules_of(cycle).appraisals
    weights = {name: _.percent(given, 100) for name, given in rules.formula}
    bands = [_("{grade} from {score}", grade=_(GRADE_NAMES[grade]), score=_.number(rules.bands[grade])) for grade in grades_of(cycle)[:-1]]
    made = _("The score is {measures} the measures, {manager} your marks and {own} the person's own; what is missing drops out.", **weights)
    return f"{made} {_('Grades: {bands}.', bands=_.list(bands))}"


def choosing(_: Translator, cycle: Cycle, scoring: Scoring) -> list[Block]:
    """Return the fields of the grade and of the reason for it."""
    choices = [Choice(str(grade), _(GRADE_NAMES[grade])) for grade in grades_of(cycle)]
    grade = field_of(_("Grade"), select("grade", choices, str(scoring.grade or "")))
    hint = _("Needed where the grade is not the suggested one.")
    why = field_of(_("Why this grade"), text_input("why", scoring.why, lines=True, limit=REASON), optional=True, hint=hint)
    return [heard(grade, DRAFT), heard(why, DRAFT)]
