"""What one bid counts for in the tallies (§5.1.1, §5.1.2): for whom, in which quarter, and how much."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from bot.handbook import Company
from bot.policy.bids.record import PENDING, PREPARATION, Bid, State
from bot.policy.calendar import Calendar
from bot.policy.money import Money
from bot.policy.tallies import COMPANY, Party, Scope, TallyKey, parties, quarter_at

CENT, ONE = Decimal("0.01"), Decimal(1)
HANDED_IN = PENDING | {State.WON, State.LOST, State.DISQUALIFIED}


class Measure(StrEnum):
    """What is counted; a value is in the company's currency. Each belongs to the quarter of the event that it names."""

    SUBMITTED = "submitted"  # by submission; tenders that the buyer called off count in no rate
    SUBMITTED_VALUE = "submitted_value"  # what was awarded where it was won, else our price
    SUBMITTED_WON = "submitted_won"  # of those submitted in the quarter, whenever the result came
    SUBMITTED_WON_VALUE = "submitted_won_value"
    SUBMITTED_UNPRICED = "submitted_unpriced"  # without an amount, or in a currency that has no rate
    PENDING = "pending"
    WON = "won"  # by outcome, as all that follow
    WON_VALUE = "won_value"
    LOST = "lost"
    LOST_VALUE = "lost_value"
    DISQUALIFIED = "disqualified"
    DISQUALIFIED_VALUE = "disqualified_value"
    MISSED = "missed"
    MISSED_VALUE = "missed_value"
    CANCELLED = "cancelled"
    WITHDRAWN = "withdrawn"
    UNPRICED = "unpriced"
    SALES = "sales"  # by share
    GO = "go"  # by decision
    NO_GO = "no_go"
    MARKS = "marks"  # by review: how many marks, and their sum
    MARKS_SUM = "marks_sum"
    ENTERED = "entered"  # by registration, as all that follow: how far those of the quarter came
    ENTERED_VALUE = "entered_value"
    ASSESSED = "assessed"
    ASSESSED_VALUE = "assessed_value"
    PURSUED = "pursued"
    PURSUED_VALUE = "pursued_value"
    OFFERED = "offered"
    OFFERED_VALUE = "offered_value"
    GAINED = "gained"
    GAINED_VALUE = "gained_value"


OUTCOMES: Mapping[State, Measure] = {
    State.WON: Measure.WON,
    State.LOST: Measure.LOST,
    State.DISQUALIFIED: Measure.DISQUALIFIED,
    State.MISSED_DEADLINE: Measure.MISSED,
    State.TENDER_CANCELLED: Measure.CANCELLED,
    State.WITHDRAWN: Measure.WITHDRAWN,
}
VALUES: Mapping[Measure, Measure] = {measure: Measure(f"{measure}_value") for measure in Measure if f"{measure}_value" in set(Measure)}
STAGES = (Measure.ENTERED, Measure.ASSESSED, Measure.PURSUED, Measure.OFFERED, Measure.GAINED)


class Counted(NamedTuple):
    """One thing that a bid counts for, in the quarter of an instant."""

    measure: Measure
    at: datetime
    amount: Decimal = ONE


def contributions(bid: Bid, calendar: Calendar, teams: Mapping[str, str]) -> dict[TallyKey, Decimal]:
    """Return what a bid, as it stands, adds to the tallies: once for each person and team that takes part, and for the company.

    `teams` names the team of each person concerned; amounts are in the company's currency, to the cent.
    """
    if bid.state is State.RETRACTED:
        return {}
    added: dict[TallyKey, Decimal] = defaultdict(Decimal)
    parties, quarter = parties_to(bid, teams), cache(lambda at: quarter_at(at, calendar))
    for counted in counts(bid, calendar.company):
        period = quarter(counted.at)
        for party in parties:
            added[TallyKey(*party, period, counted.measure)] += counted.amount
    for person, amount in split(bid, calendar.company).items():
        period, team = quarter(outcome_at(bid)), teams.get(person, "")
        for party in (Party(Scope.PERSON, person), *([Party(Scope.TEAM, team)] if team else []), COMPANY):
            added[TallyKey(*party, period, Measure.SALES)] += amount
    return {key: amount for key, amount in added.items() if amount}


def counted_people(bid: Bid) -> tuple[str, ...]:
    """Return all for whom the bid may count: the owner, the team, and whoever has a share."""
    return tuple(dict.fromkeys((*bid.contributors, *(share.person for share in bid.shares))))


def parties_to(bid: Bid, teams: Mapping[str, str]) -> list[Party]:
    """Return for whom the bid counts once each."""
    return parties(bid.contributors, teams)


def counts(bid: Bid, company: Company) -> Iterator[Counted]:
    """Yield all that the bid counts for, but sales, which go by share."""
    worth = in_company_currency(bid.award or bid.asked, company)
    yield from way(bid, worth)
    yield from decision(bid)
    yield from marks(bid)
    yield from submission(bid, worth)
    yield from outcome(bid, worth)


def way(bid: Bid, worth: Decimal | None) -> Iterator[Counted]:
    """Yield how far the bid came; a stage that was skipped was passed all the same."""
    for stage in STAGES[: 1 + reached(bid)]:
        yield Counted(stage, bid.registered_at)
        if worth is not None:
            yield Counted(VALUES[stage], bid.registered_at, worth)


def reached(bid: Bid) -> int:
    """Return the place in STAGES of the furthest stage that the bid came to."""
    passed = (
        bid.state is State.WON,
        bid.submitted_at is not None or bid.state in HANDED_IN,
        is_go(bid) or bid.state in PREPARATION,
        bool(bid.ratings) or bid.decision is not None,
    )
    return next((len(STAGES) - 1 - place for place, holds in enumerate(passed) if holds), 0)


def is_go(bid: Bid) -> bool:
    """Tell whether it was decided to bid; a go on conditions is one once the bid was handed in."""
    if bid.decision is None:
        return False
    conditional = bid.decision.verdict is State.CONDITIONAL and bid.submitted_at is not None
    return bid.decision.verdict is State.GO_DECIDED or conditional


def decision(bid: Bid) -> Iterator[Counted]:
    """Yield the decision whether to bid."""
    if bid.decision and is_go(bid):
        yield Counted(Measure.GO, bid.decision.at)
    elif bid.decision and bid.decision.verdict is State.NO_GO:
        yield Counted(Measure.NO_GO, bid.decision.at)


def marks(bid: Bid) -> Iterator[Counted]:
    """Yield the marks that reviewers gave the bid document (§5.1.2)."""
    for review in bid.reviews:
        yield Counted(Measure.MARKS, review.at, Decimal(len(review.scores)))
        yield Counted(Measure.MARKS_SUM, review.at, Decimal(sum(review.scores.values())))


def submission(bid: Bid, worth: Decimal | None) -> Iterator[Counted]:
    """Yield what the bid counts for among those submitted."""
    if bid.state not in HANDED_IN:
        return
    at, won = bid.submitted_at or outcome_at(bid), bid.state is State.WON
    yield Counted(Measure.SUBMITTED, at)
    yield Counted(Measure.SUBMITTED_UNPRICED, at) if worth is None else Counted(Measure.SUBMITTED_VALUE, at, worth)
    if bid.state in PENDING:
        yield Counted(Measure.PENDING, at)
    if won:
        yield Counted(Measure.SUBMITTED_WON, at)
    if won and worth is not None:
        yield Counted(Measure.SUBMITTED_WON_VALUE, at, worth)


def outcome(bid: Bid, worth: Decimal | None) -> Iterator[Counted]:
    """Yield what the bid counts for among those decided."""
    measure = OUTCOMES.get(bid.state)
    if measure is None:
        return
    yield Counted(measure, outcome_at(bid))
    if measure in VALUES:
        yield Counted(Measure.UNPRICED, outcome_at(bid)) if worth is None else Counted(VALUES[measure], outcome_at(bid), worth)


def outcome_at(bid: Bid) -> datetime:
    """Return when the outcome was known."""
    return bid.decided_at or bid.submitted_at or bid.registered_at


def in_company_currency(money: Money | None, company: Company) -> Decimal | None:
    """Return an amount in the company's currency, to the cent; None where there is none, or no rate for it."""
    if money is None:
        return None
    rate = ONE if money.currency == company.currency else company.exchange_rates.get(money.currency)
    return None if rate is None else (money.amount * rate).quantize(CENT, ROUND_HALF_UP)


def split(bid: Bid, company: Company) -> dict[str, Decimal]:
    """Return each person's part of what a won bid brought in, by agreed share or else in equal parts; together exactly all of it."""
    award = in_company_currency(bid.award, company) if bid.state is State.WON else None
    if award is None:
        return {}
    shares = {share.person: share.percent for share in bid.shares if share.percent} or dict.fromkeys(bid.contributors, ONE)
    whole = sum(shares.values())
    parts = {person: (award * share / whole).quantize(CENT, ROUND_DOWN) for person, share in shares.items()}
    first = next(iter(parts))
    parts[first] += award - sum(parts.values())
    return parts
