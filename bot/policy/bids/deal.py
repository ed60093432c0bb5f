"""The deal of a bid (§4.1.1): its outcome follows what came of its bids."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from bot.policy.bids.record import OPEN, Bid, State
from bot.policy.machine import Step, event
from bot.policy.opportunities import LIVE, Action, Opportunity, Outcome
from bot.policy.record import Event

NOT_WON = frozenset({State.LOST, State.DISQUALIFIED, State.MISSED_DEADLINE})
OUTCOMES = {Outcome.WON: Action.WIN, Outcome.LOST: Action.LOSE, Outcome.OPEN: Action.REOPEN}


def followed(deal: Opportunity, bids: Sequence[Bid], last: Bid, cause: Event) -> Step[Opportunity] | None:
    """Return the step of a deal after a step of the bid `last`, which is among its `bids`; None when nothing changes."""
    outcome = outcome_of(deal, bids, last)
    known = facts(deal, bids, last) | {"confidential": is_confidential(deal, bids, cause)}
    after = deal.amended(state=outcome, **known, **settled(deal, outcome, bids, cause))
    if after == deal:
        return None
    action = Action.CHANGE if outcome is deal.state else OUTCOMES[outcome]
    return Step(after, event(after, deal, action, cause.actor, cause.at, last.number))


def outcome_of(deal: Opportunity, bids: Sequence[Bid], last: Bid) -> Outcome:
    """Return what came of a deal: won when one bid is, open while one is or could be, not won after the last that was handed in."""
    states = {bid.state for bid in bids}
    if State.WON in states:
        return Outcome.WON
    if not states & OPEN and last.state in NOT_WON:
        return Outcome.LOST
    return deal.state if deal.state in LIVE or last.state not in OPEN | {State.RETRACTED} else Outcome.OPEN


def facts(deal: Opportunity, bids: Sequence[Bid], last: Bid) -> dict[str, Any]:
    """Return what a deal knows from its bids: who works on it, and what it may be worth."""
    members = tuple(dict.fromkeys(one for one in (*deal.members, last.owner, *last.team) if one != deal.owner))
    known: dict[str, Any] = {"members": members}
    if deal.amount is None and last.amount is not None:
        known |= {"amount": last.amount, "currency": last.currency}
    return known


def is_confidential(deal: Opportunity, bids: Sequence[Bid], cause: Event) -> bool:
    """Say whether a deal is confidential: as soon as one of its bids is, until somebody opens the last of these again."""
    opened = bool(cause.was and cause.became and cause.was["confidential"] and not cause.became["confidential"])
    return any(bid.confidential for bid in bids) or (deal.confidential and not opened)


def settled(deal: Opportunity, outcome: Outcome, bids: Sequence[Bid], cause: Event) -> dict[str, Any]:
    """Return what an outcome brings: what was awarded, whose credit it is, and since when it is known."""
    won = [bid for bid in bids if bid.state is State.WON]
    if outcome is Outcome.WON and won:
        awards = [bid.award for bid in won if bid.award]
        currency = awards[0].currency if awards else deal.currency
        award = sum((each.amount for each in awards if each.currency == currency), Decimal())
        return {"awarded": award, "currency": currency, "shares": won[-1].shares, "closed_at": deal.closed_at or cause.at}
    if outcome in LIVE:
        return {"awarded": None, "closed_at": None}
    return {"closed_at": deal.closed_at or cause.at}
