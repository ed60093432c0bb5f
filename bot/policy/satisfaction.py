"""How satisfied customers are (§5.1.3): what their opinions add to the tallies, and the figure that is made of them."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple, Protocol

from bot.policy.calendar import Calendar
from bot.policy.tallies import Party, TallyKey, parties, quarter_at

SATISFIED = 4  # from this mark on a customer counts as satisfied
WEIGHTS = {True: Decimal(1), False: Decimal("0.5")}  # of an answer, by whether it is verified
SCALE = Decimal(20)  # from 1 to 5 to 100


class Answers(StrEnum):
    """How satisfied customers are: how many marks, how many given by themselves, how many 4 or 5; the weights, and the marks by weight."""

    GIVEN = "answers"
    VERIFIED = "answers_verified"
    SATISFIED = "answers_satisfied"
    WEIGHT = "answers_weight"
    SUM = "answers_sum"


class Thing(NamedTuple):
    """The one thing that an opinion is about; `customer_key` only where there is no deal to say who the customer is."""

    opportunity: int
    about: str
    ref: str
    customer_key: str = ""


class Opinion(NamedTuple):
    """A mark that a customer gave at some time, themselves or in what a colleague wrote down."""

    score: int
    verified: bool
    at: datetime


class Rated(Protocol):
    """Something with a mark, of which it is known whether the customer gave it themselves."""

    @property
    def score(self) -> int | None:
        """Return the mark, 1 to 5; None where there is none."""

    @property
    def verified(self) -> bool:
        """Return whether the customer gave it themselves."""


class Satisfaction(NamedTuple):
    """How satisfied customers are: `part` of `whole` on 0 to 100, made of `n` answers, so many of them verified, so many 4 or 5."""

    part: Decimal
    whole: Decimal
    n: int
    verified: int
    satisfied: int

    @property
    def value(self) -> Decimal:
        """Return the figure, to be rounded only where it is shown."""
        return self.part / self.whole


def answer_counts(
    opinions: Iterable[Opinion], verified_at: datetime | None, people: Iterable[str], calendar: Calendar, teams: dict[str, str]
) -> dict[TallyKey, Decimal]:
    """Return what opinions about one thing add to the tallies.

    `verified_at` is when the customer last answered about that thing: what colleagues had written down by then is not
    counted besides.
    """
    counts: dict[TallyKey, Decimal] = {}
    concerned = parties(people, teams)
    for opinion in opinions:
        if opinion.verified or verified_at is None or opinion.at > verified_at:
            for key, amount in added(opinion, concerned, quarter_at(opinion.at, calendar)):
                counts[key] = counts.get(key, Decimal()) + amount
    return {key: amount for key, amount in counts.items() if amount}


def added(opinion: Opinion, concerned: Iterable[Party], period: str) -> list[tuple[TallyKey, Decimal]]:
    """Return what one opinion adds to each tally."""
    weight = WEIGHTS[opinion.verified]
    amounts = {
        Answers.GIVEN: Decimal(1),
        Answers.VERIFIED: Decimal(opinion.verified),
        Answers.SATISFIED: Decimal(opinion.score >= SATISFIED),
        Answers.WEIGHT: weight,
        Answers.SUM: opinion.score * weight,
    }
    return [(TallyKey(*party, period, measure.value), amount) for party in concerned for measure, amount in amounts.items()]


def satisfaction(answers: Iterable[Rated], team_mean: Decimal | None, k: int = 5) -> Satisfaction | None:
    """Return how satisfied customers are (§5.1.3), None without answers.

    The mean mark x 20, drawn towards the mean mark of the team as if `k` more answers had given it, so that few answers
    neither make nor break anybody: (n mean + k team) / (n + k). An answer that is not verified weighs half in n and mean.
    """
    marks = [(answer.score, answer.verified) for answer in answers if answer.score is not None]
    weight = sum((WEIGHTS[verified] for _score, verified in marks), Decimal())
    total = sum((score * WEIGHTS[verified] for score, verified in marks), Decimal())
    counts = (len(marks), sum(verified for _, verified in marks), sum(score >= SATISFIED for score, _ in marks))
    return drawn(total, weight, team_mean, k, counts) if marks else None


def satisfaction_of(sums: Mapping[str, Decimal], team_sums: Mapping[str, Decimal], k: int = 5) -> Satisfaction | None:
    """Return the same from tallies: those of a person and of their team, or of a team and of the company.

    The mean of the team is that of its other answers: each answer of a person counts once for their team, so that what the
    team has besides is the difference. A team that has no others draws nobody anywhere.
    """
    given, verified, satisfied = (int(sums.get(one, 0)) for one in (Answers.GIVEN, Answers.VERIFIED, Answers.SATISFIED))
    weight, total = sums.get(Answers.WEIGHT, Decimal()), sums.get(Answers.SUM, Decimal())
    others = team_sums.get(Answers.WEIGHT, Decimal()) - weight
    team_mean = (team_sums[Answers.SUM] - total) / others if others > 0 else None
    return drawn(total, weight, team_mean, k, (given, verified, satisfied)) if given else None


def drawn(total: Decimal, weight: Decimal, team_mean: Decimal | None, k: int, counts: tuple[int, int, int]) -> Satisfaction:
    """Return the satisfaction of so many marks by weight, drawn towards the mean of a team that has one."""
    pull = Decimal(0) if team_mean is None else Decimal(k)
    return Satisfaction(SCALE * (total + pull * (team_mean or 0)), weight + pull, *counts)
