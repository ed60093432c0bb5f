"""The forms of demos: asking for one, the checklist, the rehearsal, another time, the summary, questions, reasons."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from bot.language import N_, Translator
from bot.policy.demos import Demo, Question
from bot.views.blocks import (
    Block,
    Choice,
    choices_input,
    day_input,
    field_of,
    modal,
    moment_input,
    people_input,
    person_input,
    plain,
    text_input,
)
from bot.views.demos.steps import ANSWER, CANCEL, DECLINE, NEW, NO_SHOW, PREPARE, QUESTION, REHEARSE, RESCHEDULE, SUMMARY

NONE = "none"
REASONS: Mapping[str, str] = {DECLINE: N_("Decline the demo"), CANCEL: N_("Cancel the demo"), NO_SHOW: N_("Nobody came")}


def new_form(_: Translator, place: str) -> Block:
    """Return the form that asks for a demo, whose sheet is to go to `place`."""
    fields = [
        field_of(_("Customer"), text_input("customer", limit=200)),
        field_of(_("When"), moment_input("at"), optional=True),
        field_of(_("Content and focus"), text_input("content", lines=True, limit=2000), optional=True),
        field_of(_("Audience"), text_input("audience", limit=500), optional=True),
    ]
    return modal(NEW, _("New demo"), fields, submit=_("Enter"), close=_("Cancel"), metadata=place)


def prepare_form(_: Translator, demo: Demo) -> Block:
    """Return the checklist of the preparation; what is left empty is still to do."""
    fields = [
        field_of(_("Content and focus"), text_input("content", demo.content, lines=True, limit=2000), optional=True),
        field_of(_("Audience"), text_input("audience", demo.audience, limit=500), optional=True),
        field_of(_("Demo environment"), text_input("environment", demo.environment, limit=500), optional=True),
        field_of(_("Tools"), text_input("tools", demo.tools, limit=500), optional=True),
        field_of(_("Cases and data comparisons"), text_input("evidence", demo.evidence, lines=True, limit=1000), optional=True),
        field_of(_("Who gives it with you"), people_input("members", demo.members), optional=True),
    ]
    return modal(PREPARE, _("Prepare the demo"), fields, submit=_("Save"), close=_("Cancel"), metadata=str(demo.id))


def rehearse_form(_: Translator, demo: Demo, now: datetime) -> Block:
    """Return the form of the rehearsal, or of why it need not be."""
    fields = [
        field_of(_("Rehearsed"), moment_input("at", now), optional=True, hint=_("Leave it empty if it need not be rehearsed.")),
        field_of(_("What came of it"), text_input("note", lines=True, limit=1000), optional=True),
        field_of(_("Why it need not be"), text_input("waiver", limit=500), optional=True),
    ]
    return modal(REHEARSE, _("Rehearsal"), fields, submit=_("Save"), close=_("Cancel"), metadata=str(demo.id))


def reschedule_form(_: Translator, demo: Demo) -> Block:
    """Return the form that moves a demo."""
    return modal(
        RESCHEDULE,
        _("Move the demo"),
        [field_of(_("When"), moment_input("at", demo.at))],
        submit=_("Save"),
        close=_("Cancel"),
        metadata=str(demo.id),
    )


def summary_form(_: Translator, demo: Demo, due: date) -> Block:
    """Return the form of the summary; a line is one problem, one improvement, one question."""
    summary, line = demo.summary, _("One a line; “none” if there were none.")
    none = [Choice(NONE, _("They gave no feedback"))]
    ticked = [NONE] if summary and not summary.feedback else []
    fields = [
        field_of(_("What the customer said"), text_input("feedback", summary.feedback if summary else "", lines=True), optional=True),
        field_of(_("No feedback"), choices_input("none_given", none, ticked), optional=True),
        field_of(
            _("Problems"), text_input("problems", "\n".join(summary.problems) if summary else "", lines=True), optional=True, hint=line
        ),
        field_of(
            _("Improvements for next time"),
            text_input("improvements", "\n".join(summary.improvements) if summary else "", lines=True),
            optional=True,
            hint=line,
        ),
        field_of(_("Questions left open"), text_input("questions", lines=True), optional=True, hint=_("One a line.")),
        field_of(_("Who answers them"), person_input("answerer", demo.owner), optional=True),
        field_of(_("Until"), day_input("due", due), optional=True),
    ]
    return modal(SUMMARY, _("Sum up the demo"), fields, submit=_("Save"), close=_("Cancel"), metadata=str(demo.id))


def question_form(_: Translator, demo: Demo, due: date) -> Block:
    """Return the form of one more question that was left open."""
    fields = [
        field_of(_("Question"), text_input("question", lines=True, limit=1000)),
        field_of(_("Who answers it"), person_input("answerer", demo.owner)),
        field_of(_("Until"), day_input("due", due)),
    ]
    return modal(QUESTION, _("Open question"), fields, submit=_("Save"), close=_("Cancel"), metadata=str(demo.id))


def answer_form(_: Translator, demo: Demo, question: Question) -> Block:
    """Return the form of the answer to an open question."""
    asked = {"type": "section", "text": plain(question.text)}
    fields = [asked, field_of(_("What the customer was told"), text_input("answer", lines=True, limit=2000))]
    return modal(ANSWER, _("Answered"), fields, submit=_("Save"), close=_("Cancel"), metadata=f"{demo.id}:{question.id}")


def reason_form(_: Translator, step: str, demo: Demo) -> Block:
    """Return the form that asks why."""
    fields: Sequence[Block] = [field_of(_("Why"), text_input("reason", lines=True, limit=1000))]
    return modal(step, _(REASONS[step]), fields, submit=_("Save"), close=_("Cancel"), metadata=str(demo.id))
