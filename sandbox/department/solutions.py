"""The department's solutions: one before its experts, one being written."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import NamedTuple

from bot.policy import solutions as policy
from bot.policy.money import Money
from bot.policy.solutions import Asked, Needs, Plan, Score, Solution, needs_of
from sandbox.department.deals import thousands
from sandbox.department.keeping import Take, at_work, deal_with, take
from sandbox.department.people import PEISHAN, PRIYA, WEI, XIAOTONG
from sandbox.department.rules import calendar, handbook
from storage.counting import count_solution
from storage.store import Shelves


class Design(NamedTuple):
    """One solution: days in working days from the start, cost and yearly benefit in thousands, who writes what and who judges it."""

    customer: str
    title: str
    owner: str
    opened: int
    goal: str
    outline: str
    sections: Mapping[str, str]
    cost: int = 0
    benefit: int = 0
    experts: tuple[str, ...] = ()
    score: tuple[int, int, int, int] = (4, 4, 4, 3)
    comment: str = ""


DESIGNS = (
    Design(
        "芦汀半导体",
        "良率分析平台",
        WEI,
        -18,
        "From two days to two hours to find the step that spoils a lot.",
        "Collector on both lines, one store in the plant, a board for each shift leader.",
        {"overview": WEI, "architecture": WEI, "modules": XIAOTONG, "technology": WEI, "plan": XIAOTONG, "budget": XIAOTONG},
        4_200,
        2_900,
        (PEISHAN, PRIYA),
        (5, 4, 4, 4),
        "產線斷網的處理寫得很完整。",
    ),
    Design(
        "Brackwater Ferries",
        "One roster for nine ships",
        PRIYA,
        -6,
        "A roster that mends itself when a ship is late.",
        "Offline copy on each ship, merged ashore every ten minutes.",
        {"architecture": WEI},
    ),
)
WRITTEN, ASKED, JUDGED, BY = 9, 13, 14, 3  # working days after it was opened; within how many the experts answer


def fill(shelves: Shelves, start: datetime) -> None:
    """Enter the solutions and take their steps."""
    for design in DESIGNS:
        solution = planned(shelves, design, start)
        if design.experts:
            solution = judged(shelves, design, written(shelves, design, solution, start), start)
        count_solution(shelves, solution, handbook())


def planned(shelves: Shelves, design: Design, start: datetime) -> Solution:
    """Return a solution with its goal, its outline, and who writes which section."""
    deal, owner, at = deal_with(shelves, design.customer), design.owner, at_work(start, design.opened, 10, design.owner)
    known = {"opportunity": deal.id, "customer_name": deal.customer_name, "customer_key": deal.customer_key}
    draft = Solution(**known, title=design.title, owner=owner, opened_at=at)
    shelf = shelves.solutions
    solution = take(shelves, shelf, shelf.add(draft), at, lambda it, at: policy.opened(it, owner, at))
    at = at_work(start, design.opened + 1, 14, owner)
    plan = Plan(goal=design.goal, outline=design.outline, by=owner, at=at)
    solution = take(shelves, shelf, solution, at, lambda it, _at: policy.plan(it, plan))
    for hour, (section, writer) in enumerate(design.sections.items(), start=9):
        at = at_work(start, design.opened + 2, hour, owner)
        solution = take(shelves, shelf, solution, at, writing(section, owner, owner=writer))
    return solution


def written(shelves: Shelves, design: Design, solution: Solution, start: datetime) -> Solution:
    """Return a solution whose sections are done and whose cost and benefit are reckoned."""
    owner, shelf, day = design.owner, shelves.solutions, design.opened + WRITTEN
    for hour, (section, writer) in enumerate(design.sections.items(), start=9):
        solution = take(shelves, shelf, solution, at_work(start, day, hour, writer), writing(section, writer, done=True))
    cost, benefit = (Money(amount=thousands(amount), currency="CNY") for amount in (design.cost, design.benefit))
    reckon = partial(policy.value, cost=cost, benefit=benefit, months=None, note="", needs=needs(shelves, solution), actor=owner)
    return take(shelves, shelf, solution, at_work(start, day + 1, 10, owner), lambda it, at: reckon(it, now=at))


def writing(section: str, actor: str, *, owner: str = "", done: bool | None = None) -> Take[Solution]:
    """Return the step that names who writes a section, or says that it is done."""
    return lambda solution, at: policy.write(solution, [section], actor, at, owner=owner, done=done)


def judged(shelves: Shelves, design: Design, solution: Solution, start: datetime) -> Solution:
    """Return a solution that is before its experts, the first of whom has given their marks."""
    owner, shelf = design.owner, shelves.solutions
    asked_at, judged_at = at_work(start, design.opened + ASKED, 11, owner), at_work(start, design.opened + JUDGED, 15, design.experts[0])
    due = calendar().add_working_days(asked_at.date(), BY)
    by = asked_at.replace(year=due.year, month=due.month, day=due.day)
    asked = [Asked(expert=expert, by=owner, at=asked_at, due=by) for expert in design.experts]
    wanted = needs(shelves, solution)
    solution = take(shelves, shelf, solution, asked_at, lambda it, at: policy.ask_experts(it, asked, (), wanted, owner, at))
    marks = dict(zip(("feasibility", "soundness", "cost_benefit", "innovation"), design.score, strict=True))
    given = Score(expert=design.experts[0], sitting=1, comment=design.comment, at=judged_at, **marks)
    return take(shelves, shelf, solution, judged_at, lambda it, _at: policy.judge(it, given, wanted))


def needs(shelves: Shelves, solution: Solution) -> Needs:
    """Return what the handbook asks of a solution for a deal of this worth."""
    deal, rules = shelves.opportunities.get(solution.opportunity), handbook()
    return needs_of(deal.worth if deal else None, rules.solutions, rules.company)
