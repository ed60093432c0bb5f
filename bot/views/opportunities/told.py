"""What people are told about an opportunity: the request to agree to a share, and the nudge; told again when it changes."""

from bot.language import Translator
from bot.policy.opportunities import LIVE, OUTCOME_NAMES, Opportunity, Outcome
from bot.views.blocks import (
    Choice,
    Message,
    Span,
    actions,
    button,
    overflow,
    prose,
    says,
)
from bot.views.opportunities.said import agreed
from bot.views.opportunities.sheet import AGREE, ASKED, CLOSE, HOLD, MENU, NUDGE, SHOW, STILL_ON, facts, named, shares_told


def asked(_: Translator, deal: Opportunity, person: str) -> Message:
    """Ask a person to agree to their share; once that is settled, say how."""
    own = next((share for share in deal.shares if share.person == person), None)
    if own is None:
        return says(prose(_.template("The shares of {customer} ({number}) were changed: you have none any more."), **named(_, deal)))
    credit = (*prose(_.template("Credit:")), Span(" "), *shares_told(_, deal.shares))
    if own.agreed:
        return says(agreed(_, deal), credit)
    if deal.state not in LIVE:
        return says(prose(_.template("{customer} ({number}) is settled, so the shares are fixed."), **named(_, deal)), credit)
    ask = prose(_.template("Do you agree to your share of {customer} ({number})?"), **named(_, deal))
    row = actions(button(_("I agree"), AGREE, str(deal.id), "primary"), button(_("Open"), SHOW, str(deal.id)))
    return says(ask, credit, also=[row])


def nudge_key(deal: Opportunity, times: int, person: str) -> str:
    """Return the key of a nudge: one for each time that an opportunity has been left alone for so long again."""
    return f"{NUDGE}:{deal.id}:{int(deal.touched_at.timestamp())}:{times}:{person}"


def nudge(_: Translator, deal: Opportunity, days: int, zone: str) -> Message:
    """Ask what is next on an opportunity on which nothing happened for so many working days."""
    quiet = _.plural("for {n} working day", "for {n} working days", days)
    said = prose(_.template("Nothing has happened on {customer} ({number}) {quiet}. What is next?"), **named(_, deal), quiet=quiet)
    last = prose(_.template("Last: {when}"), when=_.moment(deal.touched_at, zone))
    open_it = button(_("Open"), SHOW, str(deal.id), "primary")
    rest = [Choice(f"{name} {deal.id}", label) for name, label in ((HOLD, _("Put on hold")), (CLOSE, _("It is settled")))]
    return says(
        said, last, facts(_, deal), also=[actions(open_it, button(_("Ask me later"), STILL_ON, str(deal.id)), overflow(MENU, rest))]
    )


def retold(_: Translator, key: str, to: str, deal: Opportunity) -> Message | None:
    """Return what a message about an opportunity says now: None to leave it, no words when it need not be said any more."""
    kind, _id, *rest = key.split(":")
    if kind == ASKED:
        return asked(_, deal, to)
    if kind != NUDGE or (deal.state is Outcome.OPEN and rest[0] == str(int(deal.touched_at.timestamp()))):
        return None
    template = _.template("{customer} ({number}): something has happened since. It is {state}.")
    return says(prose(template, **named(_, deal), state=_(OUTCOME_NAMES[deal.state])))
