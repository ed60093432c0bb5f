"""How the department's bids were assessed and decided: marks, decisions, conditions, and the credit agreed."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from functools import partial

from bot.policy import bids as policy
from bot.policy.bids import Action, Bid, Condition, Rating, State, Step
from sandbox.department.dates import working_day
from sandbox.department.decisions import COMMENTS, CONDITIONS, REASONS, SHARES, VERDICTS
from sandbox.department.people import DANIEL, JONAS, MEMBERS, PEISHAN, PRIYA, WEI, XIAOTONG
from sandbox.department.setting import Act, Setting

MANAGERS = {member.id: member.manager for member in MEMBERS}
SECOND = {WEI: XIAOTONG, XIAOTONG: WEI, PEISHAN: XIAOTONG, JONAS: WEI, PRIYA: JONAS, DANIEL: WEI}  # who assesses a bid besides its owner
# What is marked, in the order of the handbook's criteria, where the scorecard advises each verdict.
MARKS = {
    State.GO_DECIDED: (4, 4, 3, 4, 4, 4, 5, 3),
    State.CONDITIONAL: (3, 3, 4, 3, 3, 3, 4, 3),
    State.NO_GO: (2, 2, 3, 2, 1, 2, 3, 2),
}
DECIDED_AFTER, MET_AFTER = 3, 2  # working days after a bid was entered, and after it was decided on conditions


def assessed(setting: Setting) -> Iterator[Act]:
    """Yield the ratings, the decision, and that everybody agreed to their share."""
    deal = setting.deal
    for days, rater in enumerate((deal.owner, SECOND[deal.owner]), start=1):
        yield setting.act(deal.entered + days, rater, partial(rate, setting, rater))
    yield setting.act(deal.entered + DECIDED_AFTER, MANAGERS[deal.owner], partial(decide, setting), hour=16)
    if verdict(setting) is State.CONDITIONAL:
        yield from fulfilled(setting)
    if verdict(setting) is not State.NO_GO:
        yield from shared(setting)


def decided_on(setting: Setting) -> int:
    """Return the day on which it was decided to bid."""
    waited = MET_AFTER + 1 if verdict(setting) is State.CONDITIONAL else 0
    return setting.deal.entered + DECIDED_AFTER + waited


def verdict(setting: Setting) -> State:
    """Return what was decided at first."""
    if setting.deal.outcome is Action.NO_GO:
        return State.NO_GO
    return VERDICTS.get(setting.deal.customer, (State.GO_DECIDED, State.GO_DECIDED))[1]


def rate(setting: Setting, rater: str, bid: Bid, at: datetime) -> Step:
    """File somebody's marks."""
    terms, comments = setting.handbook.bids.assessment, COMMENTS.get((bid.customer, rater), {})
    scores = {criterion.id: mark(setting, rater, n) for n, criterion in enumerate(terms.criteria)}
    gates = tuple(gate.id for gate in terms.gates)
    return policy.rate(bid, Rating(rater=rater, scores=scores, comments=comments, at=at, gates=gates), terms, at)


def mark(setting: Setting, rater: str, n: int) -> int:
    """Return somebody's mark for the n-th criterion; two who look at the same bid do not quite agree."""
    advised = VERDICTS.get(setting.deal.customer, (verdict(setting), verdict(setting)))[0]
    marks = MARKS[advised]
    place = (n + setting.place) % len(marks)
    swayed = 0 if rater == setting.deal.owner else (place == 1) - (place == 5)
    return min(max(marks[place] + swayed, 1), 5)


def decide(setting: Setting, bid: Bid, at: datetime) -> Step:
    """Decide as the owner's manager did."""
    card = policy.scorecard(bid.ratings, setting.handbook.bids.assessment)
    conditions = tuple(
        Condition(text=text, owner=bid.owner, due=working_day(setting.start.date(), setting.deal.entered + DECIDED_AFTER + days))
        for text, days in CONDITIONS.get(bid.customer, ())
    )
    reason = REASONS.get(bid.customer, "")
    return policy.decide(bid, verdict(setting), card, MANAGERS[bid.owner], at, reason, conditions, setting.handbook.version)


def fulfilled(setting: Setting) -> Iterator[Act]:
    """Yield that the conditions were met, and the decision that followed."""
    deal, met_on = setting.deal, setting.deal.entered + DECIDED_AFTER + MET_AFTER
    for index in range(len(CONDITIONS[deal.customer])):
        yield setting.act(met_on, deal.owner, partial(meet, index))
    yield setting.act(decided_on(setting), MANAGERS[deal.owner], partial(confirm, setting), hour=16)


def meet(index: int, bid: Bid, at: datetime) -> Step:
    """Record that a condition is met."""
    return policy.meet(bid, index, bid.owner, at)


def confirm(setting: Setting, bid: Bid, at: datetime) -> Step:
    """Decide to bid, now that the conditions are met."""
    card = policy.scorecard(bid.ratings, setting.handbook.bids.assessment)
    return policy.decide(bid, State.GO_DECIDED, card, MANAGERS[bid.owner], at, handbook=setting.handbook.version)


def shared(setting: Setting) -> Iterator[Act]:
    """Yield the shares that the owner proposed where they are not equal, and that everybody agreed."""
    deal, day = setting.deal, decided_on(setting) + 1
    percents = {person: Decimal(percent) for person, percent in SHARES.get(deal.customer, {}).items()}
    if percents:
        yield setting.act(day, deal.owner, lambda bid, at: policy.propose_shares(bid, percents, bid.owner, at), hour=9)
    agreeing = () if not deal.team else deal.team if percents else (deal.owner, *deal.team)
    for person in agreeing:
        yield setting.act(day + bool(percents), person, partial(agree, person))


def agree(person: str, bid: Bid, at: datetime) -> Step:
    """Record that somebody agrees to their share."""
    return policy.agree_shares(bid, person, at)
