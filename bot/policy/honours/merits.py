"""The shortlist of an honour (§5.4.4), computed with its reasons: by appraisals and measures, or by reviews and results."""

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

from bot.language import N_
from bot.policy.honours.record import Bar, Merit, Nomination, State
from bot.policy.opportunities import OUTCOME_NAMES, Opportunity, Outcome
from bot.policy.solutions import Aspect, Solution, latest, marks
from bot.policy.solutions import State as Written
from bot.policy.tallies import Period

TEAMWORK = frozenset({"team_player"})  # honours that go by how colleagues like to work with somebody; the others go by the score
NOTHING, TENTH, HUNDREDTH = Decimal(-1), Decimal("0.1"), Decimal("0.01")
NO_DEAL = N_("no deal")


def mean_score(scores: Sequence[Decimal | None]) -> Decimal | None:
    """Return the mean of the scores that there are, to one place; None of none."""
    known = [score for score in scores if score is not None]
    return (sum(known, Decimal()) / len(known)).quantize(TENTH, ROUND_HALF_UP) if known else None


def person_rank(type: str, merit: Merit) -> tuple[Decimal, ...]:
    """Return by what people are compared for an honour, the greater the better: what the honour is about, then the rest.

    A grade counts before the score that led to it: `rank` is 0 without one, and grows with it.
    """
    score, grade = NOTHING if merit.score is None else merit.score, Decimal(merit.rank)
    teamwork = NOTHING if merit.teamwork is None else merit.teamwork
    return (teamwork, grade, score, Decimal(merit.won)) if type in TEAMWORK else (grade, score, Decimal(merit.won))


def solution_rank(merit: Merit) -> tuple[Decimal, ...]:
    """Return by what solutions are compared: confirmed and won count before the marks of the reviewers."""
    return (Decimal(merit.confirmed + merit.gained), NOTHING if merit.mean is None else merit.mean)


def solution_merit(solution: Solution, deal: Opportunity | None, period: Period, zone: str) -> Merit:
    """Return what speaks for a solution; marks are those of the latest review in which all were in."""
    total, count = marks(latest(solution), tuple(Aspect))
    return Merit(
        mean=(Decimal(total) / count).quantize(HUNDREDTH, ROUND_HALF_UP) if count else None,
        n=count,
        confirmed=solution.confirmation is not None,
        result=OUTCOME_NAMES[deal.state] if deal else NO_DEAL,
        gained=deal is not None and deal.state is Outcome.WON,
        bar=solution_bar(solution, period, zone),
    )


def solution_bar(solution: Solution, period: Period, zone: str) -> Bar | None:
    """Return why a solution is not eligible, or None."""
    if solution.state in (Written.WITHDRAWN, Written.RETRACTED):
        return Bar.GIVEN_UP
    if solution.confidential:
        return Bar.CONFIDENTIAL
    done: list[date] = [solution.approved_at.astimezone(ZoneInfo(zone)).date()] if solution.approved_at else []
    done += [solution.confirmation.day] if solution.confirmation else []
    return None if any(period.start <= day <= period.end for day in done) else Bar.OTHER_PERIOD


def rank_of(nomination: Nomination) -> tuple[Decimal, ...]:
    """Return by what a nominee is compared with the others."""
    merit = nomination.merit or Merit()
    return solution_rank(merit) if nomination.solution else person_rank(nomination.type, merit)


def is_worthy(nomination: Nomination) -> bool:
    """Say whether the measures alone speak for somebody: those about whom nothing is known come only if they are nominated."""
    merit = nomination.merit or Merit()
    if nomination.solution:
        return merit.mean is not None
    return merit.teamwork is not None if nomination.type in TEAMWORK else merit.score is not None


def ranked(nominations: Sequence[Nomination]) -> list[Nomination]:
    """Return the eligible ones, the best first; of equals, those nominated by more, then the one nominated first."""
    eligible = [one for one in nominations if one.merit is None or one.merit.bar is None]
    return sorted(eligible, key=lambda one: (rank_of(one), len(one.speakers), -one.id), reverse=True)


def shortlist(nominations: Sequence[Nomination], most: int) -> list[Nomination]:
    """Return those on the computed shortlist: the best ones who were nominated or whose measures speak for themselves."""
    return [one for one in ranked(nominations) if one.speakers or is_worthy(one)][:most]


def order(nominations: Sequence[Nomination]) -> list[Nomination]:
    """Return nominations as a page lists them: the best first, those who are not eligible last."""
    known = ranked(nominations)
    return [*known, *(one for one in nominations if one not in known and one.state is not State.RETRACTED)]
