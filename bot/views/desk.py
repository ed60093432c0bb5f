"""What lies on a person's desk: what is due from them, what they decide, what they wait for, and how their team stands."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from bot.language import Translator
from bot.policy.bids import Bid
from bot.policy.demos import Demo
from bot.policy.research import Research
from bot.policy.solutions import Solution
from bot.views.bids import digest, lists
from bot.views.blocks import Block, actions, bold, button, context, paragraph
from bot.views.demos import lists as demos
from bot.views.research import lists as research
from bot.views.solutions import lists as solutions

ROWS = 12  # of each kind; a home holds a hundred blocks


class Desktop(NamedTuple):
    """A person's desk at a moment; `milestones` are the handbook's names, by id."""

    person: str
    now: datetime
    due: Sequence[Bid]
    begun: Sequence[Bid]
    to_decide: Sequence[Bid]
    waiting: Sequence[Bid]
    team: Sequence[Bid]
    research: Sequence[Research]
    solutions: Sequence[Solution]
    demos: Sequence[Demo]
    zone: str
    milestones: Mapping[str, str]


def sections(_: Translator, desk: Desktop) -> list[Block]:
    """Return the desk, the most urgent first."""
    return [*due(_, desk), *begun(_, desk), *to_decide(_, desk), *waiting(_, desk), *work(_, desk), *team(_, desk)]


def due(_: Translator, desk: Desktop) -> list[Block]:
    """Return what is due from the person, a row a bid."""
    rows = [digest.row(_, bid, desk.person, desk.now, (), desk.milestones) for bid in desk.due[:ROWS]]
    return [paragraph((bold(_("Due from you")),)), *(rows or [context(_("Nothing is due from you."))]), *more(_, len(desk.due), "mine")]


def begun(_: Translator, desk: Desktop) -> list[Block]:
    """Return the person's open bids on which nothing is due yet."""
    rows = [lists.row(_, bid) for bid in desk.begun[:ROWS]]
    return [paragraph((bold(_("Your other open bids")),)), *rows] if rows else []


def to_decide(_: Translator, desk: Desktop) -> list[Block]:
    """Return the bids that wait for the person's decision."""
    rows = [lists.row(_, bid) for bid in desk.to_decide[:ROWS]]
    return [paragraph((bold(_("Waiting for your decision")),)), *rows] if rows else []


def waiting(_: Translator, desk: Desktop) -> list[Block]:
    """Return the person's bids that wait for their outcome."""
    rows = [lists.row(_, bid) for bid in desk.waiting[:ROWS]]
    return [paragraph((bold(_("Waiting for an outcome")),)), *rows] if rows else []


def work(_: Translator, desk: Desktop) -> list[Block]:
    """Return the person's research, solutions and demos that are not finished."""
    demos_ahead = [demos.row(_, demo, desk.zone) for demo in desk.demos]
    rows = [*(research.row(_, one) for one in desk.research), *(solutions.row(_, one) for one in desk.solutions), *demos_ahead]
    return [paragraph((bold(_("Your research, solutions and demos")),)), *rows[:ROWS]] if rows else []


def team(_: Translator, desk: Desktop) -> list[Block]:
    """Return how a manager's team stands, with the way to its bids."""
    if not desk.team:
        return []
    counted = _.plural("{n} open bid", "{n} open bids", len(desk.team))
    return [paragraph((bold(_("Your team")),)), context(counted), actions(button(_("Open bids of your team"), lists.LIST, "team:0"))]


def more(_: Translator, found: int, scope: str) -> list[Block]:
    """Return the way to those for which there is no room."""
    return [actions(button(_("All of them"), lists.LIST, f"{scope}:0"))] if found > ROWS else []
