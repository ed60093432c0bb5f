"""What is said of a bid's outcome, and the forms."""

from collections.abc import Mapping, Sequence

from bot.language import N_, Translator
from bot.policy.bids import STATE_NAMES, Action, Bid, Debrief, NotYet
from bot.views.bids.entry import amount_hint
from bot.views.bids.sheet import VALUE, facts, money, name
from bot.views.bids.steps import DEBRIEF, DISQUALIFIED, FILL_GAP, LOST, WITHDRAW, WON
from bot.views.blocks import (
    Block,
    Choice,
    Message,
    Sentence,
    actions,
    bold,
    button,
    field_of,
    modal,
    paragraph,
    prose,
    says,
    select,
    text_input,
)

WHY = {
    DISQUALIFIED: N_("Rejected as invalid"),
    WITHDRAW: N_("Withdraw the bid"),
}


def won(_: Translator, bid: Bid) -> Sentence:
    """Say that a bid was won."""
    return prose(_.template("{customer} is won: {amount}. Well done!"), customer=name(bid), amount=bold(money(_, bid.award)))


def lost(_: Translator, bid: Bid, reason: str = "") -> Sentence:
    """Say that a bid was not won, and why."""
    return prose(_.template("{customer} is recorded as not won: {reason}."), customer=name(bid), reason=reason or bid.loss_reason)


def gap(_: Translator, refusal: NotYet, outcome: Action, typed: str) -> Message:
    """Offer to record the missing step and the outcome in one press."""
    bid = refusal.bid
    word = _("Record both: that and won") if outcome is Action.WIN else _("Record both: that and not won")
    sentence = prose("{reason}", reason=_(refusal.reason, **refusal.values))
    ask = prose(_.template("If it was done and only the record is missing, one press records both."))
    return says(sentence, ask, also=[actions(button(word, FILL_GAP, f"{bid.id}:{refusal.missing}:{outcome}:{typed}"[:VALUE], "primary"))])


def won_form(_: Translator, bid: Bid) -> Block:
    """Return the form that records a win."""
    amount = "" if bid.amount is None else f"{bid.currency} {bid.amount:f}"
    return modal(
        WON,
        _("Record a win"),
        [
            paragraph(facts(_, bid)),
            field_of(_("Amount awarded"), text_input("awarded", amount, limit=60), hint=amount_hint(_, bid.currency)),
        ],
        submit=_("Record"),
        close=_("Cancel"),
        metadata=str(bid.id),
    )


def lost_form(_: Translator, bid: Bid, reasons: Sequence[Choice], note: str) -> Block:
    """Return the form that records that a bid was not won."""
    return modal(
        LOST,
        _("Record the outcome"),
        [
            paragraph(facts(_, bid)),
            field_of(_("Main reason"), select("loss_reason", reasons)),
            field_of(_("Who won it"), text_input("winner", bid.winner, limit=200), optional=True),
            field_of(
                _("Our price above theirs, in per cent"),
                text_input("price_gap", limit=10, placeholder="12.5"),
                optional=True,
                hint=_("Below theirs: with a minus, for example -3."),
            ),
            field_of(_("What was decisive?"), text_input("note", note, lines=True, limit=2000), optional=True),
        ],
        submit=_("Record"),
        close=_("Cancel"),
        metadata=str(bid.id),
    )


def why_form(_: Translator, action: str, bid: Bid, note: str) -> Block:
    """Return the form that asks for a reason in a sentence."""
    return modal(
        action,
        _(WHY[action]),
        [paragraph(facts(_, bid)), field_of(_("Why?"), text_input("note", note, lines=True, limit=2000))],
        submit=_("Record"),
        close=_("Cancel"),
        metadata=str(bid.id),
    )


def closed(_: Translator, bid: Bid) -> Sentence:
    """Say how a bid ended that was neither won nor lost."""
    return prose(_.template("{customer} is recorded: {state}."), customer=name(bid), state=_(STATE_NAMES[bid.state]))


def on_sheet(_: Translator, bid: Bid, reasons: Mapping[str, str]) -> list[Sentence]:
    """Return what the sheet says of the outcome; `reasons` are the handbook's, by id."""
    reason = [prose(_.template("Main reason: {reason}"), reason=reasons.get(bid.loss_reason, bid.loss_reason))] if bid.loss_reason else []
    winner = [prose(_.template("Won by: {winner}"), winner=bid.winner)] if bid.winner else []
    gap = [prose(_.template("Our price above theirs: {gap} %"), gap=_.number(bid.price_gap))] if bid.price_gap is not None else []
    note = [prose("“{note}”", note=bid.note)] if bid.note else []
    return [*reason, *winner, *gap, *note, *lessons(_, bid)]


def lessons(_: Translator, bid: Bid) -> list[Sentence]:
    """Return what the debrief says."""
    if bid.debrief is None:
        return []
    told = {
        _.template("What went well: {text}"): bid.debrief.went_well,
        _.template("What to do better: {text}"): bid.debrief.to_improve,
        _.template("Lessons: {text}"): bid.debrief.lessons,
    }
    return [prose(template, text=text) for template, text in told.items() if text]


def debrief_form(_: Translator, bid: Bid) -> Block:
    """Return the form of the debrief."""
    known = bid.debrief or Debrief(by="", at=bid.registered_at)
    fields = (
        ("went_well", _("What went well"), known.went_well),
        ("to_improve", _("What to do better"), known.to_improve),
        ("lessons", _("Lessons for others"), known.lessons),
    )
    return modal(
        DEBRIEF,
        _("Debrief"),
        [
            paragraph(facts(_, bid)),
            *(field_of(label, text_input(field, kept, lines=True, limit=2000), optional=True) for field, label, kept in fields),
        ],
        submit=_("Save"),
        close=_("Cancel"),
        metadata=str(bid.id),
    )


def debriefed(_: Translator, bid: Bid) -> Sentence:
    """Say that the debrief is kept."""
    return prose(_.template("The debrief of {customer} is kept; others can find it."), customer=name(bid))
