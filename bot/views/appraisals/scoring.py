"""The form in which a manager scores (§5.3.1), in four steps: evidence, marks, competencies, and once uncovered, the grade."""

from collections.abc import Mapping

from bot.language import NO_DATA, Translator
from bot.policy.appraisals.cycle import Cycle, rules_of
from bot.policy.appraisals.marks import skill_mark, uncovered
from bot.policy.appraisals.measures import too_few
from bot.policy.appraisals.peers import RATING
from bot.policy.appraisals.record import LONG, MEASURE_CLAUSES, MEASURE_NAMES, Appraisal, Measure, Measured, Part, Scoring
from bot.views.appraisals.differences import competencies
from bot.views.appraisals.evidence import work_told
from bot.views.appraisals.grading import grading
from bot.views.appraisals.scoring_steps import (
    DRAFT,
    EVIDENCE,
    LATE,
    MARKED,
    REASON,
    REST,
    WHY,
    Page,
    Shown,
    about,
    entered,
    marking,
    step_of,
)
from bot.views.appraisals.self_review import MARKS
from bot.views.appraisals.standing import value_and_score, value_of
from bot.views.blocks import (
    Block,
    Choice,
    bold,
    button,
    context,
    divider,
    field_of,
    heard,
    modal,
    paragraph,
    prose,
    section,
    select,
    text_input,
)


def form(_: Translator, cycle: Cycle, appraisal: Appraisal, shown: Shown, page: Page) -> Block:
    """Return one step of the form; the last only once the blind marks are fixed."""
    if page is Page.EVIDENCE:
        return evidence(_, cycle, appraisal, shown)
    if page is Page.MARKS:
        return marks(_, cycle, appraisal, shown)
    if page is Page.REST or not uncovered(appraisal):
        return rest(_, cycle, appraisal, shown)
    return grading(_, cycle, appraisal, shown)


def late(_: Translator, cycle: Cycle, appraisal: Appraisal, names: Mapping[str, str]) -> Block:
    """Ask why somebody is scored before their overdue self-review is in."""
    name = bold(names.get(appraisal.person, appraisal.person))
    due = prose(
        _.template("The self-review of {name} was due {day} and is not in. Once you begin, it cannot be handed in any more."),
        name=name,
        day=_.day(cycle.self_due),
    )
    why = field_of(_("Why do you score without it?"), text_input("late_why", lines=True, limit=REASON))
    return modal(LATE, _("Score"), [paragraph(due), why], submit=_("Begin"), close=_("Cancel"), metadata=str(appraisal.id))


def evidence(_: Translator, cycle: Cycle, appraisal: Appraisal, shown: Shown) -> Block:
    """Return the first step: what was measured, with the records behind it; nothing is entered."""
    served = prose(_.template("Worked here on {served} of {days} days."), served=_.number(appraisal.served), days=_.number(appraisal.days))
    currency = rules_of(cycle).currency
    measures = [measure(_, cycle, appraisal, one, currency) for one in shown.measured]
    hint = context(_("Your marks come next. The self-review stays covered until you have given yours, and they are kept as they were."))
    top = [paragraph(about(_, cycle, appraisal, shown, Page.EVIDENCE), served), hint, *measures, divider()]
    # The way to the rest of it is the person's own.
    work = [block for block in work_told(_, appraisal, shown.work) if block["type"] != "actions"]
    return step_of(_, EVIDENCE, appraisal, [*top, *work], _("Next step"))


def measure(_: Translator, cycle: Cycle, appraisal: Appraisal, one: Measured, currency: str) -> Block:
    """Return one measure: value, score, of how many cases, weight, and the button that says where it comes from."""
    called = {"measure": _(MEASURE_NAMES[one.measure]), "clause": MEASURE_CLAUSES[one.measure], "n": _.number(one.n)}
    why = button(_("Why"), WHY, f"{one.measure}:{appraisal.person}:{appraisal.period}")
    if one.measure is Measure.TEAMWORK and cycle.state in RATING:
        return section(_("{measure} ({clause}): colleagues are asked until {day}", day=_.day(cycle.self_due), **called), why)
    if one.value is None or one.score is None:
        least = _.number(too_few(one.measure, rules_of(cycle).appraisals))
        return section(_("{measure} ({clause}): too few cases ({n}; it takes {least}), so it weighs nothing", least=least, **called), why)
    facts = {"value": value_and_score(_, one, made_up(_, one, currency)), "weight": _.percent(one.weight, 100)}
    return section(_("{measure} ({clause}): {value} · cases: {n} · weight {weight}", **called, **facts), why)


def made_up(_: Translator, one: Measured, currency: str) -> str:
    """Return the value of a measure, with what it is made of where that can be counted."""
    if one.value is None:
        return NO_DATA
    shown = value_of(_, one.measure, one.value)
    if one.measure is Measure.WIN_RATE:
        return _("{share} ({part} of {whole})", share=shown, part=_.number(one.part), whole=_.number(one.whole))
    if one.measure is Measure.SALES_AMOUNT:
        sold, target = (_.short_amount(amount, currency) for amount in (one.part, one.whole))
        return _("{share} ({part} of {whole})", share=shown, part=sold, whole=target)
    return shown


def marks(_: Translator, cycle: Cycle, appraisal: Appraisal, shown: Shown) -> Block:
    """Return the second step: a mark for each part, and a comment, without which none is 1 or 5."""
    scoring = entered(appraisal)
    hint = context(_("A mark of 1 or 5 takes a comment."))
    fields = [field for part in Part for field in marking(_, scoring, part, DRAFT)]
    top = paragraph(about(_, cycle, appraisal, shown, Page.MARKS))
    return step_of(_, MARKED, appraisal, [top, hint, *fields], _("Next step"), Page.EVIDENCE)


def rest(_: Translator, cycle: Cycle, appraisal: Appraisal, shown: Shown) -> Block:
    """Return the third step: competencies, a comment on the whole, and what would help the person; then the self-review is uncovered."""
    scoring, done = entered(appraisal), uncovered(appraisal)
    rated = [] if done else [rating(_, scoring, *one) for one in competencies(_, cycle).items()]
    fixed = context(_("Your marks for the competencies were fixed when you uncovered the self-review.")) if done else None
    kept = _("“Uncover” shows the self-review, and your marks so far stay on record as they are now.")
    later = _("Afterwards you can still change the marks of the step before, and say why; those for the competencies are final.")
    warning = context(f"{kept} {later}")
    comment = field_of(_("Comment on the whole period"), text_input("comment", scoring.comment, lines=True, limit=LONG))
    words = text_input("development", scoring.development, lines=True, limit=LONG)
    advice = field_of(_("What would help them develop"), words, optional=True)
    top = paragraph(about(_, cycle, appraisal, shown, Page.REST))
    blocks = [top, fixed or warning, *rated, heard(comment, DRAFT), heard(advice, DRAFT)]
    return step_of(_, REST, appraisal, blocks, _("Next step") if done else _("Uncover"), Page.MARKS)


def rating(_: Translator, scoring: Scoring, competency: str, name: str) -> Block:
    """Return the field of one competency."""
    choices = [Choice(str(given), _(word)) for given, word in MARKS.items()]
    given = str(scoring.competencies.get(competency, ""))
    return heard(field_of(name, select(skill_mark(competency), choices, given)), DRAFT)
