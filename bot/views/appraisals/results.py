"""The result of an appraisal (§5.3): grade, score, measures, comments, bonus, and what the person may do about it."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from bot.language import N_, NO_DATA, Translator
from bot.policy.appraisals.appeals import Way, ways_open
from bot.policy.appraisals.bonus import coefficient_of
from bot.policy.appraisals.cycle import PHASE_NAMES, Cycle, Kind, Phase, Rules, rules_of
from bot.policy.appraisals.record import (
    GRADE_NAMES,
    LONG,
    MEASURE_CLAUSES,
    MEASURE_NAMES,
    STATE_NAMES,
    Appraisal,
    BonusShare,
    Measured,
    State,
)
from bot.policy.appraisals.results import is_told
from bot.policy.appraisals.steps import SELF
from bot.views.appraisals import appeals
from bot.views.appraisals.comments import comments, competencies
from bot.views.appraisals.reasons import ALL, WHY
from bot.views.appraisals.standing import none_counts, value_and_score
from bot.views.appraisals.years import quarters_side_by_side
from bot.views.blocks import (
    Block,
    Message,
    Sentence,
    Span,
    actions,
    bold,
    button,
    clip,
    context,
    field_of,
    message,
    modal,
    paragraph,
    prose,
    quote,
    says,
    section,
    text_input,
    user,
)

SEEN, PICTURE, WHOLE = "appraisals.seen", "appraisals.picture", "appraisals.whole"
RESULT = "appraisals.result"  # also the first word of the key under which a result is told
REMARK_LENGTH, WHOLE_SCORE = 2000, 100
SHORT = 900  # characters of each comment in the message, so that all of them fit into one; the form has them whole

Names = Mapping[str, str]
NOBODY: Names = MappingProxyType({})


def result(_: Translator, cycle: Cycle, appraisal: Appraisal, names: Names = NOBODY, lead: str = "", *, late: bool = False) -> Message:
    """Return a person's own result; the notification does not name the grade. `late`: the manager did not talk in time."""
    text = _("Your appraisal of {period}: the result is here.", period=appraisal.period)
    if not is_told(appraisal):
        return message(text=_("Your appraisal of {period} is not published yet.", period=appraisal.period))
    head = (bold(_("Your appraisal of {period}", period=appraisal.period)),)
    told = [paragraph(*([prose("{lead}", lead=lead)] if lead else []), head), *body(_, cycle, appraisal, names, appraisal.person)]
    return message(*told, *closing(_, cycle, appraisal, late=late), text=text)


def of_another(_: Translator, cycle: Cycle, appraisal: Appraisal, names: Names, ways: Sequence[Way] = (), note: str = "") -> Message:
    """Return somebody's result as their managers and the HR department see it."""
    name = names.get(appraisal.person, appraisal.person)
    title = _("{name}: appraisal of {period}", name=name, period=appraisal.period)
    unseen = [] if is_told(appraisal) else [_("Not published yet: only you see this.")]
    small = " ".join(filter(None, [_("State: {state}.", state=_(STATE_NAMES[appraisal.state])), *unseen, note]))
    row = [*appeals.buttons(_, appraisal, ways), *pages(_, appraisal)]
    told = [paragraph((bold(title),)), *body(_, cycle, appraisal, names), *remarked(_, appraisal), actions(*row), context(small)]
    return message(*told, text=title)


def body(_: Translator, cycle: Cycle, appraisal: Appraisal, names: Names, reader: str = "") -> list[Block]:
    """Return grade, score, measures, comments, competencies and bonus."""
    rules = rules_of(cycle)
    year = quarters_side_by_side(_, appraisal, rules) if cycle.kind is Kind.YEAR else []
    measures = [] if none_counts(appraisal.measured) else [measure(_, appraisal, one, weighed=not year) for one in appraisal.measured]
    return [
        paragraph(graded(_, appraisal), *([] if year else made_of(_, rules)), *scored_by(_, appraisal, names)),
        *calibrated(_, appraisal),
        *year,
        *(measures or none_enough(_, appraisal)),
        *comments(_, appraisal, SHORT),
        *competencies(_, appraisal, rules),
        *paid(_, appraisal),
        *appeals.told(_, cycle, appraisal, rules.appraisals.appeal, reader),
    ]


def graded(_: Translator, appraisal: Appraisal) -> Sentence:
    """Return the grade that counts, and the score."""
    grade = appraisal.final_grade
    named = bold(_(GRADE_NAMES[grade])) if grade else bold(_("not graded"))
    score = _("{score} of 100", score=_.number(appraisal.score)) if appraisal.score is not None else NO_DATA
    return prose(_.template("Grade: {grade} · Score: {score}"), grade=named, score=score)


def made_of(_: Translator, rules: Rules) -> list[Sentence]:
    """Say what makes the score of a quarter, where that is more than the measures."""
    formula = rules.appraisals.formula
    if formula.measures == WHOLE_SCORE:
        return []
    parts = {"measures": _.number(formula.measures), "manager": _.number(formula.manager), "own": _.number(formula.own)}
    text = _("The score is {measures}% the measures, {manager}% the manager's marks and {own}% the person's own.", **parts)
    return [prose("{text}", text=text)]


def scored_by(_: Translator, appraisal: Appraisal, names: Names) -> list[Sentence]:
    """Say who scored."""
    manager = appraisal.scoring.manager if appraisal.scoring else ""
    who = Span(names[manager]) if manager in names else user(manager)
    return [prose(_.template("Scored by {manager}"), manager=who)] if manager else []


def calibrated(_: Translator, appraisal: Appraisal) -> list[Block]:
    """Say that the manager's grade was changed in calibration, and why."""
    decided = appraisal.appeal.decided_at if appraisal.appeal else None
    changes = [one for one in appraisal.calibrations if one.at != decided]
    if appraisal.calibrated is None or not changes:
        return []
    last = changes[-1]
    was = _(GRADE_NAMES[last.was]) if last.was else _("not graded")
    said = _("The manager's grade was changed in calibration, from {was} to {became}:", was=was, became=_(GRADE_NAMES[last.became]))
    return [paragraph(prose("{said}", said=said)), quote(clip(last.why, SHORT))]


def none_enough(_: Translator, appraisal: Appraisal) -> list[Block]:
    """Say that no measure has enough cases, in place of a line each; nothing where nothing was measured."""
    if not appraisal.measured:
        return []
    why = button(_("Why"), ALL, f":{appraisal.person}:{appraisal.period}")
    return [section(_("Every measure has too few cases, so none counts."), why)]


def measure(_: Translator, appraisal: Appraisal, one: Measured, *, weighed: bool) -> Block:
    """Return one measure, with its weight where it makes the score, and the button that says where it comes from."""
    why = button(_("Why"), WHY, f"{one.measure}:{appraisal.person}:{appraisal.period}")
    if one.score is None:
        few = N_("{measure} ({clause}): too few cases, so its weight is spread over the others")
        return section(_(few if weighed else N_("{measure} ({clause}): too few cases"), **called(_, one)), why)
    value = value_and_score(_, one)
    if not weighed:
        return section(_("{measure} ({clause}): {value}", value=value, **called(_, one)), why)
    weight = _.percent(one.weight, 100)
    return section(_("{measure} ({clause}): {value} · weight {weight}", value=value, weight=weight, **called(_, one)), why)


def called(_: Translator, one: Measured) -> dict[str, str]:
    """Return a measure's name and clause."""
    return {"measure": _(MEASURE_NAMES[one.measure]), "clause": MEASURE_CLAUSES[one.measure]}


def paid(_: Translator, appraisal: Appraisal) -> list[Block]:
    """Return the statement of the bonus."""
    share = appraisal.bonus
    return [paragraph((bold(_("Bonus (§5.4.1)")),), prose("{text}", text=statement(_, share)))] if share else []


def statement(_: Translator, share: BonusShare) -> str:
    """Return how a bonus is reckoned, in one line."""
    facts = {
        "factor": _.number(share.company_factor),
        "multiplier": _.number(share.multiplier),
        "served": _.number(share.served),
        "days": _.number(share.days),
    }
    if share.base is None or share.amount is None:
        coefficient = _.number(coefficient_of(share))
        return _(
            "Company {factor} × grade {multiplier} × {served} of {days} days = {coefficient} of the base that payroll knows",
            coefficient=coefficient,
            **facts,
        )
    money = {"base": _.amount(share.base, share.currency), "amount": _.amount(share.amount, share.currency)}
    return _("Base {base} × company {factor} × grade {multiplier} × {served} of {days} days = {amount}", **money, **facts)


def remarked(_: Translator, appraisal: Appraisal) -> list[Block]:
    """Return what the person remarked when they saw the result."""
    if not appraisal.remark:
        return []
    return [paragraph((bold(_("Remark on having seen it")),)), quote(clip(appraisal.remark, SHORT))]


def closing(_: Translator, cycle: Cycle, appraisal: Appraisal, *, late: bool = False) -> list[Block]:
    """Return the person's own remark, and what they may do now."""
    seen = [button(_("Seen"), SEEN, str(appraisal.id), "primary")] if appraisal.state is State.PUBLISHED else []
    row = [*seen, *appeals.buttons(_, appraisal, ways_open(appraisal, cycle, SELF, late=late)), *pages(_, appraisal)]
    note = [context(_("“Seen” does not mean that you agree."))] if seen else []
    return [*remarked(_, appraisal), actions(*row), *note]


def pages(_: Translator, appraisal: Appraisal) -> list[Block]:
    """Return the buttons to the picture, and to the comments where the message has not all of them."""
    whole = [button(_("Whole comments"), WHOLE, str(appraisal.id))] if is_long(appraisal) else []
    return [button(_("Picture"), PICTURE, str(appraisal.id)), *whole]


def is_long(appraisal: Appraisal) -> bool:
    """Say whether the message has to leave out some of what was written."""
    scoring, last = appraisal.scoring, appraisal.calibrations[-1:]
    texts = [*(scoring.comments.values() if scoring else ()), *((scoring.comment, scoring.development, scoring.why) if scoring else ())]
    return any(len(text) > SHORT for text in [*texts, *(one.why for one in last), appraisal.remark, *appeals.texts(appraisal)])


def seen_form(_: Translator, appraisal: Appraisal) -> Block:
    """Return the form with which the person notes that they saw the result, with a remark if they like."""
    explained = section(_("This notes that you have seen your result, not that you agree. You can still appeal."))
    remark = field_of(_("Remark"), text_input("remark", lines=True, limit=REMARK_LENGTH), optional=True)
    return modal(SEEN, _("Seen"), [explained, remark], submit=_("Seen"), close=_("Cancel"), metadata=str(appraisal.id))


def whole(_: Translator, appraisal: Appraisal) -> Block:
    """Return all that was written about a result, uncut."""
    whys = [(_("Changed in calibration"), one.why) for one in appraisal.calibrations[-1:]]
    also = [*whys, (_("Remark on having seen it"), appraisal.remark), *((_("Appeal"), text) for text in appeals.texts(appraisal))]
    rest = [block for title, text in also if text for block in (paragraph((bold(title),)), quote(text))]
    blocks = [*comments(_, appraisal, LONG), *rest] or [section(_("Nothing was written."))]
    return modal(WHOLE, _("Comments"), blocks, close=_("Close"))


def picture_title(_: Translator, name: str) -> str:
    """Return the title of the picture."""
    return _("{name}: scores by quarter", name=name)


def picture_note(_: Translator) -> str:
    """Return the small print of the picture."""
    return _("Scores of 0 to 100; only published results.")


def coming(_: Translator, cycle: Cycle) -> str:
    """Say that a person's result of a cycle is not there yet, and how far the cycle is."""
    if cycle.state is Phase.PUBLISHED:
        return _("The results of {period} are being published now: you get a message when yours is here.", period=cycle.period)
    phase = _(PHASE_NAMES[cycle.state])
    return _("The appraisal of {period} is {phase}: you get a message when your result is here.", period=cycle.period, phase=phase)


def not_yet(_: Translator, period: str, name: str, ahead: Cycle | None = None) -> Message:
    """Say that there is no published result, of a period if one was asked for, and nothing else of it; `name` is somebody else's.

    `ahead` is the cycle from which a person's own result is still to come.
    """
    if ahead is not None:
        return says(prose("{text}", text=coming(_, ahead)))
    sorry = _("There is no result of {name} that you can see yet.", name=name) if name else _("You have no published result yet.")
    return says(prose("{text}", text=f"{period}: {sorry}" if period else sorry))
