"""Shares of the credit (§5.1.1): who gets how much, the form that changes it, and the request to agree."""

from collections.abc import Mapping

from bot.language import Translator
from bot.policy.bids import OPEN, UNDECIDED, Bid, Share, draft_shares, without_share
from bot.policy.shares import PERCENT
from bot.views.bids.sheet import facts, name
from bot.views.bids.steps import SHARES
from bot.views.blocks import (
    Block,
    Message,
    Sentence,
    Span,
    actions,
    button,
    code,
    emoji,
    field_of,
    modal,
    paragraph,
    person_input,
    prose,
    says,
    text_input,
    user,
)

AGREE, ASKED = "bids.agree", "bids.share_asked"
OTHER, OTHER_PERCENT = "other", "other_percent"


def shares_told(_: Translator, bid: Bid) -> Sentence:
    """Return everybody's share, those who have agreed with a tick."""
    told = [span for share in bid.shares for span in (Span(", "), *share_told(_, share))][1:]
    return (*prose(_.template("Credit:")), Span(" "), *told)


def share_told(_: Translator, share: Share) -> Sentence:
    """Return one person's share."""
    agreed = (Span(" "), emoji("white_check_mark")) if share.agreed else ()
    return (user(share.person), Span(f" {_.number(share.percent)}%"), *agreed)


def on_sheet(_: Translator, bid: Bid) -> list[Sentence]:
    """Return what the sheet says of the shares, and who of the team has none."""
    if not bid.shares:
        return []
    still_open = without_share(bid) if bid.state in OPEN else ()
    left_out = [span for person in still_open for span in (user(person), Span(" "))]
    hint = prose(_.template("has no share of the credit; {command} changes that."), command=code(f"/bid shares {bid.number}"))
    return [shares_told(_, bid), *([(*left_out, *hint)] if left_out else [])]


def asked(_: Translator, bid: Bid, person: str) -> Message:
    """Ask a person to agree to the shares; say instead when that is done, or no longer asked."""
    own = next((share for share in bid.shares if share.person == person), None)
    if own is None or bid.state in UNDECIDED:
        sentence = _.template("There is nothing to agree on any more: the shares of {customer} ({number}) were taken back.")
        return says(prose(sentence, customer=name(bid), number=bid.number))
    if own.agreed:
        return says(prose(_.template("You have agreed to the shares of {customer}."), customer=name(bid)), shares_told(_, bid))
    if bid.state not in OPEN:
        return says(prose(_.template("The outcome of {customer} is known; its shares are fixed."), customer=name(bid)), shares_told(_, bid))
    ask = prose(
        _.template("Your share of the credit for {customer} is {percent}%. Do you agree?"),
        customer=name(bid),
        percent=_.number(own.percent),
    )
    row = [button(_("I agree"), AGREE, str(bid.id), "primary"), button(_("Propose others"), SHARES, str(bid.id))]
    return says(ask, facts(_, bid), shares_told(_, bid), also=[actions(*row)])


def agreed(_: Translator, bid: Bid) -> Sentence:
    """Say that somebody agreed, and whether everybody has."""
    if all(share.agreed for share in bid.shares):
        return prose(_.template("Agreed. Everybody has agreed to the shares of {customer}."), customer=name(bid))
    return prose(_.template("Agreed. Not everybody has agreed to the shares of {customer} yet."), customer=name(bid))


def proposed(_: Translator, bid: Bid) -> Sentence:
    """Say what the shares are now."""
    head = prose(_.template("The shares of {customer} are changed; the others are asked to agree."), customer=name(bid))
    return (*head, Span("\n"), *shares_told(_, bid))


def form(_: Translator, bid: Bid, names: Mapping[str, str]) -> Block:
    """Return the form with everybody's share; `names` are those of the owner, the team and who else has one, by id."""
    held = {share.person: share.percent for share in bid.shares or draft_shares(bid)}
    percents = {person: f"{held[person]:f}" if person in held else "0" for person in names}
    fields = [field_of(f"{names[person]} · %", text_input(PERCENT + person, percents[person], limit=8)) for person in names]
    other = field_of(_("Somebody else"), person_input(OTHER), optional=True)
    theirs = field_of(_("Their share in per cent"), text_input(OTHER_PERCENT, limit=8), optional=True)
    return modal(
        SHARES,
        _("Shares of the credit"),
        [
            paragraph(facts(_, bid), prose(_.template("Together they are 100. Whoever has a share is asked to agree."))),
            *fields,
            other,
            theirs,
        ],
        submit=_("Propose"),
        close=_("Cancel"),
        metadata=str(bid.id),
    )
