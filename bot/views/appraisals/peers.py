"""What colleagues are asked about working together (§5.1.4): one message with all of them, one short form for each."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.language import Translator
from bot.policy.appraisals.peers import settled
from bot.policy.appraisals.record import PeerRating
from bot.views.appraisals.self_review import MARKS
from bot.views.blocks import (
    Block,
    Choice,
    Message,
    bold,
    button,
    choices_input,
    context,
    fallback,
    field_of,
    message,
    modal,
    paragraph,
    prose,
    says,
    section,
    select,
)

RATE, RATE_FORM = "appraisals.rate", "appraisals.rated"
PEERS = "appraisals.peers"
CANNOT = "cannot"


def asked(
    _: Translator, ratings: Sequence[PeerRating], names: Mapping[str, str], *, period: str, until: date, closed: bool = False
) -> Message:
    """Ask a colleague how working together went, with a row for each person; say thanks once it is `closed`."""
    if closed:
        return says(prose(_.template("Thank you! The questions about working together are closed.")))
    question = _.template("How did working with these colleagues go? Two marks each, from the deals that you worked on together.")
    thanks = _.template("Thank you! You can change what you said about working together as long as you are asked.")
    head = prose(thanks if settled(ratings) else question)
    asks = _.template("It is for the appraisals of {period}; you are asked until {day}.")
    lines = [prose(asks, period=bold(period), day=bold(_.day(until)))]
    rows = [row(_, rating, names.get(rating.person, rating.person)) for rating in ratings]
    return message(paragraph(head, *lines), *rows, context(promise(_)), text=fallback(head, *lines))


def promise(_: Translator) -> str:
    """Return the sentence that says who sees what a colleague answers."""
    return _("Nobody sees what you say: it is shown as an average of several colleagues only, and without names.")


def row(_: Translator, rating: PeerRating, name: str) -> Block:
    """Return the line of one person, with the button that opens the form; marks are never written here."""
    if rating.declined:
        return section(_("{name}: you cannot say", name=name), button(_("Change"), RATE, str(rating.id)))
    if rating.rated_at:
        return section(_("{name}: answered, thank you", name=name), button(_("Change"), RATE, str(rating.id)))
    return section(name, button(_("Rate"), RATE, str(rating.id), "primary"))


def rating_form(_: Translator, rating: PeerRating, name: str) -> Block:
    """Return the form for one person, filled with what its own rater said before."""
    marks = [Choice(str(mark), _(words)) for mark, words in MARKS.items()]
    fields = (
        ("communication", _("Communication: clear, in time, listening"), rating.communication),
        ("problem_solving", _("Solving problems together"), rating.problem_solving),
    )
    cannot = choices_input("cannot", [Choice(CANNOT, _("I cannot say"))], [CANNOT] if rating.declined else [])
    return modal(
        RATE_FORM,
        _("Working together"),
        [
            paragraph(prose(_.template("How did working with {name} go?"), name=bold(name))),
            *(field_of(label, select(key, marks, str(mark or "")), optional=True) for key, label, mark in fields),
            field_of(_("If you worked together too little"), cannot, optional=True),
            context(promise(_)),
        ],
        submit=_("Save"),
        close=_("Cancel"),
        metadata=str(rating.id),
    )
