"""The self-review (§5.3.1): the invitation, which says how far it is, and what became of what was handed in."""

from collections.abc import Mapping
from datetime import date

from bot.language import N_, Translator
from bot.policy.appraisals.cycle import Cycle, Phase
from bot.policy.appraisals.record import BEFORE_MANAGER, TOLD, Appraisal, State
from bot.views.appraisals.reasons import ALL, Asked
from bot.views.blocks import Block, Message, Sentence, Span, actions, bold, button, code, confirmation, prose, says

START, RECALL = "appraisals.start", "appraisals.recall"
OPENED, HANDED_IN = "appraisals.opened", "appraisals.handed_in"
MARKS: Mapping[int, str] = {
    5: N_("5 – far above what is expected"),
    4: N_("4 – above what is expected"),
    3: N_("3 – as expected"),
    2: N_("2 – below what is expected"),
    1: N_("1 – far below what is expected"),
}


def invited(_: Translator, cycle: Cycle, appraisal: Appraisal) -> Message:
    """Ask a person for their self-review, with the button of its form; once it is begun, handed in or over, say so."""
    said = [standing(_, cycle, appraisal), *hints(_, cycle, appraisal)]
    pressed = buttons(_, cycle, appraisal)
    return says(*said, also=[actions(*pressed)] if pressed else [])


def standing(_: Translator, cycle: Cycle, appraisal: Appraisal) -> Sentence:
    """Return where the self-review stands, in a sentence."""
    facts = {"period": bold(cycle.period), "day": bold(_.day(cycle.self_due))}
    if cycle.state is Phase.CANCELLED:
        return prose(_.template("The appraisal of {period} was cancelled: nothing is needed of you."), **facts)
    if appraisal.state in TOLD:
        return prose(_.template("Your appraisal of {period}: the result is here."), **facts)
    templates = {
        State.NOT_STARTED: _.template("Your appraisal of {period} begins: please write your self-review by {day}."),
        State.SELF_DRAFT: _.template("Your self-review of {period} is begun. Please hand it in by {day}."),
        State.SELF_SUBMITTED: _.template("Your self-review of {period} is handed in. Thank you!"),
        State.SELF_OVERDUE: _.template("Your self-review of {period} was due {day} and is not handed in yet."),
        State.EXCUSED: _.template("You are excused from the appraisal of {period}: nothing is needed of you."),
    }
    scored = _.template("Your manager is at work on your appraisal of {period}. The result comes once all are done.")
    return prose(templates.get(appraisal.state, scored), **facts)


def hints(_: Translator, cycle: Cycle, appraisal: Appraisal) -> list[Sentence]:
    """Return what is good to know as the self-review stands."""
    if cycle.state is Phase.CANCELLED:
        return []
    if appraisal.state in (State.NOT_STARTED, State.SELF_DRAFT):
        return [prose(_.template("What you did is listed there already, and what you type is kept as you type."))]
    if appraisal.state is State.SELF_OVERDUE:
        return [prose(_.template("You can still hand it in until your manager begins."))]
    if appraisal.state is State.SELF_SUBMITTED:
        read = prose(_.template("Your manager reads it after giving marks of their own."))
        return [prose(_.template("You can take it back and change it until your manager begins.")), read]
    return []


def buttons(_: Translator, cycle: Cycle, appraisal: Appraisal) -> list[Block]:
    """Return what can be pressed as the self-review stands."""
    value = str(appraisal.id)
    if cycle.state is Phase.CANCELLED or appraisal.state is State.EXCUSED:
        return []
    if appraisal.state is State.SELF_SUBMITTED:
        return [button(_("Read it"), START, value), recall_button(_, appraisal)]
    if appraisal.state not in BEFORE_MANAGER:
        return [button(_("Read it"), START, value)] if appraisal.self_submitted_at else []
    begun = appraisal.state is not State.NOT_STARTED and appraisal.self_review.version
    return [button(_("Go on") if begun else _("Begin"), START, value, "primary")]


def handed_in(_: Translator, cycle: Cycle, appraisal: Appraisal, version: int) -> Message:
    """Tell a person what they handed in, with the way to read it; later, what became of that."""
    period = bold(cycle.period)
    if appraisal.self_submitted_at is None:
        return says(prose(_.template("You took your self-review of {period} back. What you wrote is kept."), period=period))
    if appraisal.self_review.version != version:
        return says(prose(_.template("You have handed in your self-review of {period} again since."), period=period))
    said = prose(
        _.template("Your self-review of {period} is handed in: a summary, {n} texts and {marks} marks."), **counted(_, cycle, appraisal)
    )
    row = actions(button(_("Read it"), START, str(appraisal.id)))
    return says(said, prose(_.template("Your manager reads it after giving marks of their own.")), also=[row])


def counted(_: Translator, cycle: Cycle, appraisal: Appraisal) -> dict[str, Span | str]:
    """Return how much was handed in."""
    review = appraisal.self_review
    texts, marks = len(review.words) + len(review.evidence), len(review.marks) + len(review.competencies)
    return {"period": bold(cycle.period), "n": _.number(texts), "marks": _.number(marks)}


def recall_button(_: Translator, appraisal: Appraisal) -> Block:
    """Return the button that takes a self-review back."""
    sure = confirmation(_("Take it back?"), _("Hand it in again when you have changed it."), _("Take it back"), _("Cancel"))
    return button(_("Take it back"), RECALL, str(appraisal.id), confirm=sure)


def none_open(_: Translator, begins: date | None = None, asked: Asked | None = None, *, leads: bool = False) -> Message:
    """Say that there is nothing to write now: to whoever is appraised, when the next appraisal begins, and how the quarter stands.

    Whoever leads appraisals is shown the way to them.
    """
    nothing = prose(_.template("There is no self-review to write now. You will be told when one begins."))
    way = [prose(_.template("{command} shows how the appraisals go on."), command=code("/review cycle"))] if leads else []
    if begins is None or asked is None:
        return says(nothing, *way)
    begin = prose(_.template("The next appraisal begins on {day}."), day=bold(_.day(begins)))
    return says(nothing, begin, *way, also=[actions(button(_("Your quarter so far"), ALL, asked.value()))])


def taken_back(_: Translator, cycle: Cycle, appraisal: Appraisal) -> Message:
    """Say that a self-review was taken back, with the way on."""
    said = prose(_.template("You took your self-review of {period} back. What you wrote is kept."), period=bold(cycle.period))
    return says(said, also=[actions(button(_("Go on"), START, str(appraisal.id), "primary"))])
