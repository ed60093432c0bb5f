"""What is said when a bid is handed in and defended, and the forms."""

from datetime import datetime

from bot.language import N_, Translator
from bot.policy.bids import Bid
from bot.views.bids.sheet import facts, name
from bot.views.bids.steps import DEFENCE, DEFEND, PROOF, REHEARSE
from bot.views.blocks import (
    Block,
    Choice,
    Sentence,
    Span,
    field_of,
    modal,
    moment_input,
    paragraph,
    people_input,
    prose,
    select,
    text_input,
    user,
)

CHANNELS = {
    "portal": N_("tender portal"),
    "email": N_("e-mail"),
    "courier": N_("courier"),
    "by_hand": N_("by hand"),
}


def submitted(_: Translator, bid: Bid) -> Sentence:
    """Say that a bid was handed in, and when that was after its deadline."""
    if bid.late:
        return prose(_.template("{customer} is recorded as submitted, after its deadline."), customer=name(bid))
    return prose(_.template("{customer} is recorded as submitted. Good luck!"), customer=name(bid))


def proven(_: Translator, bid: Bid) -> Sentence:
    """Say when and how a bid was handed in."""
    when = _.moment(bid.submitted_at, bid.zone) if bid.submitted_at else "–"
    return prose(_.template("{customer} was handed in on {when}."), customer=name(bid), when=when)


def on_sheet(_: Translator, bid: Bid) -> list[Sentence]:
    """Return what the sheet says of handing in and defending."""
    sent = [proven(_, bid), *channel(_, bid)] if bid.submitted_at else []
    return sent + planned(_, bid)


def channel(_: Translator, bid: Bid) -> list[Sentence]:
    """Return by which channel a bid went, and its proof."""
    by = _(CHANNELS[bid.channel]) if bid.channel in CHANNELS else bid.channel
    told = " · ".join(part for part in (by, bid.proof) if part)
    return [prose(_.template("Channel and proof: {told}"), told=told)] if told else []


def planned(_: Translator, bid: Bid) -> list[Sentence]:
    """Return what is known of the defence."""
    defence = bid.defence
    if defence is None:
        return []
    speakers: list[Span] = [span for person in defence.speakers for span in (Span(" "), user(person))]
    when = (*prose(_.template("Defence: {when}"), when=_.moment(defence.at, bid.zone)), *speakers)
    rehearsed = _("rehearsed") if defence.rehearsed_at else defence.waiver or _("not rehearsed yet")
    told = [prose(_.template("Rehearsal: {told}"), told=rehearsed)]
    asked = [prose(_.template("Questions asked: {questions}"), questions="; ".join(defence.questions))] if defence.questions else []
    result = [prose(_.template("How it went: {result}"), result=defence.result)] if defence.result else []
    return [when, *told, *asked, *result]


def proof_form(_: Translator, bid: Bid, now: datetime) -> Block:
    """Return the form that says when, how and with what proof a bid was handed in."""
    ways = [Choice(key, _(text)) for key, text in CHANNELS.items()]
    return modal(
        PROOF,
        _("How it was handed in"),
        [
            paragraph(facts(_, bid)),
            field_of(_("When"), moment_input("submitted_at", bid.submitted_at or now)),
            field_of(_("Channel"), select("channel", ways, bid.channel), optional=True),
            field_of(_("Proof"), text_input("proof", bid.proof, limit=500, placeholder="https://"), optional=True),
        ],
        submit=_("Save"),
        close=_("Cancel"),
        metadata=str(bid.id),
    )


def defence_form(_: Translator, bid: Bid) -> Block:
    """Return the form that plans a defence."""
    defence = bid.defence
    return modal(
        DEFENCE,
        _("Plan the defence"),
        [
            paragraph(facts(_, bid)),
            field_of(_("When"), moment_input("at", defence.at if defence else None)),
            field_of(_("Speakers"), people_input("speakers", defence.speakers if defence else (bid.owner,))),
        ],
        submit=_("Save"),
        close=_("Cancel"),
        metadata=str(bid.id),
    )


def rehearsal_form(_: Translator, bid: Bid) -> Block:
    """Return the form that records a rehearsal, or why there is none."""
    return modal(
        REHEARSE,
        _("Rehearsal"),
        [
            paragraph(prose(_.template("Leave the field empty if the defence was rehearsed."))),
            field_of(_("Why there is none"), text_input("waiver", lines=True, limit=500), optional=True),
        ],
        submit=_("Save"),
        close=_("Cancel"),
        metadata=str(bid.id),
    )


def defended_form(_: Translator, bid: Bid) -> Block:
    """Return the form that records how a defence went."""
    return modal(
        DEFEND,
        _("How the defence went"),
        [
            field_of(_("Questions that were asked, one a line"), text_input("questions", lines=True, limit=3000), optional=True),
            field_of(_("How it went"), text_input("result", lines=True, limit=1000), optional=True),
        ],
        submit=_("Save"),
        close=_("Cancel"),
        metadata=str(bid.id),
    )


def defence_planned(_: Translator, bid: Bid) -> Sentence:
    """Say when the defence is."""
    when = _.moment(bid.defence.at, bid.zone) if bid.defence else "–"
    return prose(_.template("The defence of {customer} is planned for {when}."), customer=name(bid), when=when)


def rehearsed(_: Translator, bid: Bid) -> Sentence:
    """Say that the rehearsal is settled."""
    return prose(_.template("The rehearsal for {customer} is on the record."), customer=name(bid))


def defended(_: Translator, bid: Bid) -> Sentence:
    """Say that the defence was held."""
    return prose(_.template("The defence of {customer} is on the record."), customer=name(bid))


def awaiting(_: Translator, bid: Bid) -> Sentence:
    """Say that only the result is missing."""
    return prose(_.template("{customer} awaits its result."), customer=name(bid))
