"""The review by experts (§4.2.3): scores that nobody sees until all are in, how many it takes, and rounds of optimisation."""

from collections.abc import Sequence
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from bot.handbook import Company
from bot.handbook import Solutions as Rules
from bot.language import N_
from bot.policy.machine import Step
from bot.policy.money import Money
from bot.policy.people import OnlyFor
from bot.policy.refusal import Refusal
from bot.policy.solutions.record import Asked, Aspect, Change, Score, Solution, State
from bot.policy.solutions.steps import Action, Needs, advance, check, check_ready, missing, scores_of
from bot.policy.solutions.writing import authors

CENT, SCALE = Decimal("0.01"), Decimal(20)  # a mark of 5 is 100
OF_QUALITY = (Aspect.FEASIBILITY, Aspect.SOUNDNESS, Aspect.INNOVATION)


def needs_of(worth: Money | None, rules: Rules, company: Company) -> Needs:
    """Return what the handbook asks of a solution for a deal of this worth."""
    required = tuple(section.id for section in rules.sections if section.required)
    return Needs(required, quorum(worth, rules, company), rules.expert_floor)


def quorum(worth: Money | None, rules: Rules, company: Company) -> int:
    """Return how many experts a deal of this worth takes; one whose currency cannot be converted takes the most."""
    steps = [(Decimal(), rules.experts), *((step.above, step.experts) for step in rules.more_experts)]
    if worth is None:
        return rules.experts
    rate = Decimal(1) if worth.currency == company.currency else company.exchange_rates.get(worth.currency)
    return max(experts for above, experts in steps if rate is None or not above or worth.amount * rate > above)


def ask_experts(
    solution: Solution, experts: Sequence[Asked], gaps: Sequence[str], needs: Needs, actor: str, now: datetime
) -> Step[Solution]:
    """Ask experts who wrote nothing for their scores; the first time in a round, a new sitting of experts begins."""
    check_ready(solution, Action.REVIEW, needs)
    if not experts:
        raise Refusal(N_("Name the experts with @."), field="experts")
    for one in experts:
        check_expert(solution, one.expert)
    if solution.state is not State.INTERNAL_REVIEW:
        return advance(solution, Action.REVIEW, actor, now, sitting=solution.sitting + 1, asked=tuple(experts), gaps=tuple(gaps))
    known = {one.expert for one in solution.asked}
    added = tuple(one for one in experts if one.expert not in known)
    if not added:
        raise Refusal(N_("They are asked already."), field="experts")
    return advance(solution, Action.REVIEW, actor, now, asked=(*solution.asked, *added))


def check_expert(solution: Solution, person: str) -> None:
    """Refuse a review by somebody whose own work it would be about."""
    if person in authors(solution):
        reason = N_("Nobody reviews their own work, and these wrote it: {people}. Ask an expert who wrote nothing of it.")
        raise OnlyFor(authors(solution), reason)


def check_asked(solution: Solution, person: str) -> None:
    """Refuse scores that are not wanted, or not of this person."""
    check(solution, Action.JUDGE)
    if person not in {one.expert for one in solution.asked}:
        raise OnlyFor([one.expert for one in solution.asked])
    check_expert(solution, person)


def judge(solution: Solution, given: Score, needs: Needs) -> Step[Solution]:
    """Keep an expert's scores, in place of their earlier ones of this sitting; the last that is wanted settles the review."""
    check_asked(solution, given.expert)
    others = [score for score in solution.scores if (score.sitting, score.expert) != (solution.sitting, given.expert)]
    scores = (*others, given.amended(sitting=solution.sitting))
    judged = solution.amended(scores=scores)
    if missing(judged, Action.APPROVE, needs):
        return advance(solution, Action.JUDGE, given.expert, given.at, scores=scores)
    return settled(solution, needs, given.expert, given.at, scores)


def approve(solution: Solution, needs: Needs, actor: str, now: datetime) -> Step[Solution]:
    """Settle a review whose scores are all in; refuse with whom it waits for."""
    check_ready(solution, Action.APPROVE, needs)
    return settled(solution, needs, actor, now, solution.scores)


def settled(solution: Solution, needs: Needs, actor: str, now: datetime, scores: Sequence[Score]) -> Step[Solution]:
    """Approve a solution whose mean mark reaches the floor; otherwise it is to be optimised, in one more round."""
    total, count = marks(scores_of(solution.amended(scores=scores)), tuple(Aspect))
    if total >= needs.floor * count:
        return advance(solution, Action.APPROVE, actor, now, scores=tuple(scores), approved_at=now)
    return advance(solution, Action.IMPROVE, actor, now, scores=tuple(scores), round=solution.round + 1)


def optimise(solution: Solution, text: str, actor: str, now: datetime) -> Step[Solution]:
    """Note what was changed; a solution that was not being optimised enters a new round.

    One that is taken out of its review loses the scores that nobody has seen yet.
    """
    check(solution, Action.OPTIMISE)
    if not text:
        raise Refusal(N_("What was changed? Please say it in a few words."), field="text")
    number = solution.round if solution.state is State.OPTIMISING else solution.round + 1
    note = Change(round=number, text=text, by=actor, at=now)
    kept = tuple(seen(solution))
    return advance(
        solution, Action.OPTIMISE, actor, now, text, round=number, changes=(*solution.changes, note), scores=kept, approved_at=None
    )


def seen(solution: Solution) -> list[Score]:
    """Return the scores that may be seen: those of the sittings in which all were in."""
    hidden = solution.sitting if solution.state is State.INTERNAL_REVIEW else 0
    return [score for score in solution.scores if score.sitting != hidden]


def latest(solution: Solution) -> list[Score]:
    """Return the scores of the latest sitting in which all were in."""
    found = seen(solution)
    last = max((score.sitting for score in found), default=0)
    return [score for score in found if score.sitting == last]


def marks(scores: Sequence[Score], aspects: Sequence[Aspect]) -> tuple[int, int]:
    """Return the sum of the marks of some aspects, and their count."""
    given = [score.marks[aspect] for score in scores for aspect in aspects]
    return sum(given), len(given)


def solution_quality(solution: Solution) -> tuple[Decimal, int]:
    """Return the quality that a solution contributes, 0 to 100, and its count (§5.1.2); (0, 0) while there is no data.

    It is the mean mark for feasibility, soundness and innovation, times 20, of the latest sitting in which all were in.
    """
    total, count = marks(latest(solution), OF_QUALITY)
    if not count or solution.state is State.RETRACTED:
        return Decimal(), 0
    return (SCALE * total / count).quantize(CENT, ROUND_HALF_UP), 1
