"""Feedback: shown back to its author with edit and undo, asked about where it only looks like it, and its forms."""

from collections.abc import Sequence

from bot.language import Translator
from bot.policy.demos import Demo
from bot.policy.demos.feedback import Feedback, Standing
from bot.views.blocks import (
    Block,
    Choice,
    Message,
    actions,
    bold,
    button,
    code,
    field_of,
    modal,
    prose,
    quote,
    says,
    section,
    select,
    text_input,
    user,
)
from bot.views.demos.steps import EDIT, LOG, NO, TAKE_BACK, YES

LOGGED, ASKED, UNKNOWN, MARK = "demos.logged", "demos.asked", "demos.unknown", "demos.mark"
UNDER = "/demo feedback ACME 4/5 ..."


def logged(_: Translator, entry: Feedback) -> Message:
    """Show what was stored, with the ways to change it and to take it back; once it is taken back, say so."""
    if entry.state is Standing.RETRACTED:
        return says(prose(_.template("Feedback on the demo for {customer} was taken back."), customer=bold(entry.customer_name)))
    rating = _("rated {rating} of 5", rating=str(entry.rating)) if entry.rating else _("not rated")
    template = _.template("Feedback on the demo for {customer} (D-{number}) by {person}: {rating}")
    head = prose(template, customer=bold(entry.customer_name), number=str(entry.demo), person=user(entry.author), rating=rating)
    text = [quote(entry.text)] if entry.text else []
    row = actions(button(_("Edit"), EDIT, str(entry.id)), button(_("Undo"), TAKE_BACK, str(entry.id)))
    return says(head, also=[*text, row])


def asked(_: Translator, entry: Feedback, demos: Sequence[Demo]) -> Message:
    """Ask an author whether a message was meant as feedback, and on which of these demos."""
    said = prose(_.template("Is this feedback on a demo? It counts for nothing unless you say so."))
    rating = [prose(_.template("Rating: {rating} of 5"), rating=bold(str(entry.rating)))] if entry.rating else []
    yes = [yes_row(_, entry, demo) for demo in demos[:5]]
    return says(said, *rating, also=[quote(entry.text or "–"), *yes, actions(button(_("No"), NO, str(entry.id)))])


def yes_row(_: Translator, entry: Feedback, demo: Demo) -> Block:
    """Return one demo that may be meant, with the button that says so."""
    when = f" · {_.moment(demo.at, demo.zone)}" if demo.at else ""
    return section(f"{demo.customer_name} · {demo.number}{when}", button(_("Yes, on this demo"), YES, f"{entry.id}:{demo.id}"))


def settled(_: Translator, entry: Feedback) -> Message:
    """Say what became of what was asked about."""
    if entry.state is Standing.RETRACTED:
        return says(prose(_.template("Not stored.")))
    return says(prose(_.template("Stored as feedback on the demo for {customer}."), customer=bold(entry.customer_name)))


def unknown(_: Translator, typed: str) -> Message:
    """Say that feedback could not be stored, because there is no demo for what was named."""
    sorry = prose(_.template("I know of no demo for {typed}, so I stored nothing."), typed=bold(typed[:200] or "–"))
    return says(sorry, prose(_.template("Write it so: {command}"), command=code(UNDER)))


def ratings(_: Translator) -> list[Choice]:
    """Return the ratings to choose from."""
    return [Choice(str(number), f"{number} / 5") for number in range(5, 0, -1)]


def log_form(_: Translator, demos: Sequence[Demo], chosen: int, text: str, rating: int | None, metadata: str) -> Block:
    """Return the form that logs feedback, on one of these demos."""
    options = [Choice(str(demo.id), f"{demo.number} · {demo.customer_name}"[:75]) for demo in demos]
    fields = [
        field_of(_("Demo"), select("demo", options, str(chosen))),
        *entry_fields(_, text, rating),
    ]
    return modal(LOG, _("Demo feedback"), fields, submit=_("Save"), close=_("Cancel"), metadata=metadata)


def edit_form(_: Translator, entry: Feedback) -> Block:
    """Return the form that changes an entry."""
    return modal(
        EDIT, _("Demo feedback"), entry_fields(_, entry.text, entry.rating), submit=_("Save"), close=_("Cancel"), metadata=str(entry.id)
    )


def entry_fields(_: Translator, text: str, rating: int | None) -> list[Block]:
    """Return the fields of an entry."""
    return [
        field_of(_("Rating"), select("rating", ratings(_), str(rating or "")), optional=True),
        field_of(_("What was said"), text_input("text", text, lines=True), optional=True),
    ]
