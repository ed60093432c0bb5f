"""What every step of an opportunity shares: which one is meant, who may take it, how it is kept, and how it is answered."""

from collections.abc import Callable
from typing import Any

from bot.policy import opportunities as policy
from bot.policy.bids import OPEN as OPEN_BIDS
from bot.policy.bids import Bid
from bot.policy.machine import Step
from bot.policy.opportunities import LIVE, MACHINE, Action, Opportunity
from bot.policy.people import Role, require
from bot.views.opportunities import sheet as sheet_views
from handlers.context import Answer, Say, Turn
from handlers.finding import Kind
from storage.following import keep_deal
from storage.store import Shelves

FIND: Kind[Opportunity] = Kind("O", lambda shelves: shelves.opportunities, LIVE, "opportunities.see", "/opportunity new ACME 1.2m")
SETTLING = frozenset({Action.WIN, Action.LOSE, Action.ABANDON})


def receipt(turn: Turn, shelves: Shelves, step: Step[Opportunity], sentence: Callable[..., Any]) -> Answer:
    """Remember a step; answer with what was understood, what comes next, and the way back."""
    change = keep_deal(shelves, step, turn.handbook, turn.request)
    said = sentence(turn._, step.record)
    return Say(sheet_views.receipt(turn._, step.record, said, steps(turn, shelves, step.record), change))


def allow(turn: Turn, shelves: Shelves, deal: Opportunity, action: str = "opportunities.change") -> None:
    """Raise Forbidden unless this person may take this kind of step."""
    require(action, roles(turn, shelves, deal))


def roles(turn: Turn, shelves: Shelves, deal: Opportunity) -> frozenset[Role]:
    """Return what this person is to this opportunity."""
    return turn.roles_for(shelves, deal.owner, deal.team)


def meant_by_form(turn: Turn, shelves: Shelves) -> Opportunity:
    """Return the opportunity of a form, for one who may change it."""
    deal = FIND.by_id(turn, shelves, turn.metadata)
    allow(turn, shelves, deal)
    return deal


def live_bid(shelves: Shelves, deal: Opportunity) -> Bid | None:
    """Return the open bid that the deal follows, if there is one."""
    return next((bid for bid in shelves.bids.of_opportunity(deal.id) if bid.state in OPEN_BIDS), None)


def check_direct(shelves: Shelves, deal: Opportunity) -> None:
    """Refuse to settle by hand a deal that follows its bid."""
    bid = live_bid(shelves, deal)
    if bid:
        raise policy.FollowsItsBid(deal, bid.number)


def steps(turn: Turn, shelves: Shelves, deal: Opportunity) -> list[Action]:
    """Return the steps that this person may take, without those that the bid takes."""
    held = roles(turn, shelves, deal)
    free = [step for step in MACHINE.steps_open(deal, held) if step not in SETTLING or live_bid(shelves, deal) is None]
    facts = [Action.CHANGE, Action.SHARE] if deal.state in LIVE and held & policy.CONCERNED else []
    return [*facts, *free]
