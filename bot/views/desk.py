"""What lies on a person's desk: what is due from them, how their quarter stands, what they decide and wait for, and their team."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from bot.language import Translator
from bot.policy.appraisals.lifting import Lift
from bot.policy.appraisals.standing import Standing
from bot.policy.bids import Bid
from bot.policy.demos import Demo
from bot.policy.honours.record import Round
from bot.policy.research import Research
from bot.policy.solutions import Solution
from bot.views.appraisals import dues
from bot.views.appraisals.dues import Dues
from bot.views.appraisals.reasons import SCORE, TOTAL, Asked, why
from bot.views.appraisals.standing import lift_line, measure_line, none_counts, projected_lines
from bot.views.appraisals.team import TEAM
from bot.views.bids import digest, lists
from bot.views.blocks import Block, actions, bold, bullets, button, context, paragraph, prose, section
from bot.views.demos import lists as demos
from bot.views.honours.steps import ROUND, ROUNDS
from bot.views.research import lists as research
from bot.views.solutions import lists as solutions

ROWS = 12  # of each kind; a home holds a hundred blocks
LIFTS = 2  # more would be a list of wishes


class SoFar(NamedTuple):
    """How the quarter of somebody who is appraised stands."""

    standing: Standing
    lifts: Sequence[Lift]


class Desktop(NamedTuple):
    """A person's desk at a moment; `milestones` are the handbook's names, by id; `scores` is the cycle in which they score, 0 for none.

    `due` are the bids on which something is due, `dues` what is due in appraisals, and `rounds` the honours that wait to be decided.
    """

    person: str
    now: datetime
    due: Sequence[Bid]
    dues: Dues
    rounds: Sequence[Round]
    begun: Sequence[Bid]
    to_decide: Sequence[Bid]
    waiting: Sequence[Bid]
    team: Sequence[Bid]
    research: Sequence[Research]
    solutions: Sequence[Solution]
    demos: Sequence[Demo]
    zone: str
    milestones: Mapping[str, str]
    so_far: SoFar | None
    scores: int


def sections(_: Translator, desk: Desktop) -> list[Block]:
    """Return the desk, the most urgent first."""
    return [*due(_, desk), *quarter(_, desk), *begun(_, desk), *to_decide(_, desk), *waiting(_, desk), *work(_, desk), *team(_, desk)]


def due(_: Translator, desk: Desktop) -> list[Block]:
    """Return what is due from the person: a row a bid, then what is due in appraisals and honours."""
    bids = [digest.row(_, bid, desk.person, desk.now, (), desk.milestones) for bid in desk.due[:ROWS]]
    rows = [*bids, *more(_, len(desk.due), "mine"), *dues.rows(_, desk.dues), *honours(_, desk.rounds)]
    return [paragraph((bold(_("Due from you")),)), *(rows or [context(_("Nothing is due from you."))])]


def honours(_: Translator, rounds: Sequence[Round]) -> list[Block]:
    """Return the row of the honours that wait to be decided."""
    if not rounds:
        return []
    way = (ROUND, str(rounds[0].id)) if len(rounds) == 1 else (ROUNDS, "0")
    return [section(_.plural("{n} honour waits to be decided", "{n} honours wait to be decided", len(rounds)), button(_("Open"), *way))]


def quarter(_: Translator, desk: Desktop) -> list[Block]:
    """Return how the person's quarter stands so far: each measure, what they come to, and what would lift that."""
    if desk.so_far is None:
        return []
    standing, lifts = desk.so_far
    asked = Asked("", desk.person, standing.period.name)
    counted = [] if none_counts(standing.measured) else standing.measured
    rows = [section(measure_line(_, standing, one), why(_, asked, one.measure)) for one in counted]
    head = paragraph((bold(_("Your quarter so far: {quarter}", quarter=standing.period.name)),), *projected_lines(_, standing))
    row = actions(button(_("How the score is made"), SCORE, asked._replace(topic=TOTAL).value()))
    return [head, *rows, *lifted(_, lifts, standing.rules.currency), row]


def lifted(_: Translator, lifts: Sequence[Lift], currency: str) -> list[Block]:
    """Return what would lift the score, the largest effect first."""
    if not lifts:
        return []
    head = paragraph(prose("{text}", text=_("What would lift it:")))
    return [head, bullets(*(lift_line(_, lift, currency) for lift in lifts[:LIFTS]))]


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
    bids = [button(_("Open bids of your team"), lists.LIST, "team:0")] if desk.team else []
    scores = [button(_("Appraisals of your team"), TEAM, f"{desk.scores}:{desk.person}:0")] if desk.scores else []
    if not (bids or scores):
        return []
    counted = _.plural("{n} open bid", "{n} open bids", len(desk.team))
    return [paragraph((bold(_("Your team")),)), context(counted), actions(*bids, *scores)]


def more(_: Translator, found: int, scope: str) -> list[Block]:
    """Return the way to those for which there is no room."""
    return [actions(button(_("All of them"), lists.LIST, f"{scope}:0"))] if found > ROWS else []
