"""The review of a requirement document (§4.1.3), the customer's confirmation, new versions, and what those concerned are told."""

from collections.abc import Sequence
from datetime import datetime

from bot.language import N_, Translator
from bot.policy.research import STATE_NAMES, Research, Review, State, Verdict, waiting
from bot.views.blocks import (
    Block,
    Choice,
    Message,
    Sentence,
    Span,
    actions,
    bold,
    button,
    emoji,
    field_of,
    moment_input,
    person_input,
    prose,
    quote,
    says,
    select,
    text_input,
    user,
)
from bot.views.research.prepare import form
from bot.views.research.sheet import name
from bot.views.research.steps import CANCEL, CONFIRM, DOCUMENT, REVIEW, REVIEWING, SHOW, SNOOZE, VERDICT_NAMES, VERSION

ASKED, TOLD, AGAIN = "research.asked", "research.told", "research.again"  # kinds of message
MARKS = {5: N_("5 – faultless"), 4: N_("4 – good"), 3: N_("3 – acceptable"), 2: N_("2 – weak"), 1: N_("1 – unusable")}
REASON_TITLES = {VERSION: N_("New version"), CANCEL: N_("Cancel the research")}


def marks(_: Translator) -> list[Choice]:
    """Return the marks from which one is chosen."""
    return [Choice(str(mark), _(words)) for mark, words in MARKS.items()]


def ask_form(_: Translator, research: Research, likely: Sequence[str]) -> Block:
    """Return the form that asks somebody for a review; the first of those who may is chosen."""
    hint = _("Somebody who wrote nothing of the document.")
    field = field_of(_("Reviewer"), person_input("reviewer", next(iter(likely), "")), hint=hint)
    return form(_, REVIEW, _("Ask for a review"), research, [field], submit=_("Ask"))


def review_form(_: Translator, research: Research, earlier: Review | None) -> Block:
    """Return the form of a review."""
    was = {} if earlier is None else earlier.snapshot()
    verdicts = [Choice(Verdict.APPROVE, _("Approve")), Choice(Verdict.SEND_BACK, _("Send back"))]
    fields = [
        field_of(_("Accuracy"), select("accuracy", marks(_), str(was.get("accuracy", "")))),
        field_of(_("Completeness"), select("completeness", marks(_), str(was.get("completeness", "")))),
        field_of(_("Decision"), select("verdict", verdicts)),
        field_of(_("Comment"), text_input("comment", str(was.get("comment", "")), lines=True, limit=2000), optional=True),
    ]
    return form(_, REVIEWING, _("Review"), research, fields, submit=_("Record"))


def confirm_form(_: Translator, research: Research, now: datetime) -> Block:
    """Return the form of the customer's confirmation."""
    said = research.confirmation
    fields = [
        field_of(_("How well are their needs understood?"), select("mark", marks(_), str(said.mark) if said else "")),
        field_of(_("Who at the customer said so"), text_input("who", said.who if said else "", limit=200)),
        field_of(_("When"), moment_input("at", said.at if said else now)),
        field_of(_("Comment"), text_input("note", said.note if said else "", lines=True, limit=2000), optional=True),
    ]
    return form(_, CONFIRM, _("Customer's confirmation"), research, fields)


def reason_form(_: Translator, research: Research, step: str) -> Block:
    """Return the form that asks why a new version begins, or the research is cancelled."""
    field = field_of(_("Why?"), text_input("why", lines=True, limit=1000))
    return form(_, step, _(REASON_TITLES[step]), research, [field], submit=_("Record"))


def asked_of(_: Translator, research: Research, reviewer: str) -> Sentence:
    """Say that somebody is asked for a review."""
    return prose(_.template("{person} is asked to review {customer}."), person=user(reviewer), customer=name(research))


def recorded(_: Translator, research: Research) -> Sentence:
    """Say that a review is recorded, and what it led to."""
    template = _.template("Your review of {customer} is recorded; the document is {state}. Thank you!")
    return prose(template, customer=name(research), state=_(STATE_NAMES[research.state]))


def confirmed(_: Translator, research: Research) -> Sentence:
    """Say that the customer's confirmation is recorded."""
    return prose(_.template("What {customer} said of the document is recorded."), customer=name(research))


def versioned(_: Translator, research: Research, earlier: str) -> Sentence:
    """Say that a new version takes the place of an approved one."""
    template = _.template("{number} is version {n} of the research for {customer}; it takes the place of {earlier}.")
    return prose(template, number=bold(research.number), n=str(research.version), customer=name(research), earlier=earlier)


def cancelled(_: Translator, research: Research) -> Sentence:
    """Say that the research is given up."""
    return prose(_.template("The research for {customer} is cancelled."), customer=name(research))


def undone(_: Translator, research: Research) -> Sentence:
    """Say what an undo left behind."""
    if research.state is State.RETRACTED:
        return prose(_.template("Undone. {customer} ({number}) is out of the books."), customer=name(research), number=research.number)
    return prose(_.template("Undone. {customer} is {state} again."), customer=name(research), state=_(STATE_NAMES[research.state]))


def asked(_: Translator, research: Research, person: str, again: bool = False) -> Message:
    """Ask somebody for a review, with the button that opens its form; once it is given or not wanted any more, say so."""
    named: dict[str, str | Span] = {"customer": name(research), "number": research.number}
    if any(one.reviewer == person for one in waiting(research)):
        template = _.template("Please review the requirement document of {customer} ({number}).")
        template = _.template("Your review of the requirement document of {customer} ({number}) is still missing.") if again else template
        later = [button(_("Remind me tomorrow"), SNOOZE, str(research.id))] if again else []
        row = [
            button(_("Review it"), REVIEWING, str(research.id), "primary"),
            button(_("Requirement document"), DOCUMENT, f"{research.id}:0"),
        ]
        return says(prose(template, **named), also=[actions(*row, *later)])
    if any(review.reviewer == person for review in research.reviews):
        return says(prose(_.template("Your review of {customer} ({number}) is recorded. Thank you!"), **named))
    template = _.template("{customer} ({number}): {state}. Your review is not needed any more.")
    return says(prose(template, **named, state=_(STATE_NAMES[research.state])))


def told(_: Translator, research: Research, reviewer: str) -> Message:
    """Tell an author what a reviewer decided and why."""
    given = next((review for review in research.reviews if review.reviewer == reviewer), None)
    named: dict[str, str | Span] = {"customer": name(research), "number": research.number}
    if given is None:
        return says(prose(_.template("The review of {customer} ({number}) was taken back."), **named))
    template = _.template("{person} reviewed {customer} ({number}): {verdict}. Accuracy {accuracy}, completeness {completeness}.")
    marked = {"accuracy": str(given.accuracy), "completeness": str(given.completeness), "verdict": _(VERDICT_NAMES[given.verdict])}
    sign = emoji("white_check_mark" if given.verdict is Verdict.APPROVE else "leftwards_arrow_with_hook")
    head = (sign, Span(" "), *prose(template, **named, person=user(reviewer), **marked))
    said = [quote(given.comment)] if given.comment else []
    return says(head, also=[*said, actions(button(_("Open"), SHOW, str(research.id)))])
