"""Whether we bid (§4.4.1): decided by somebody other than the owner, with the scorecard's advice or, for a reason, against it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from bot.handbook import Handbook
from bot.language import N_
from bot.policy.bids.assessment import Scorecard
from bot.policy.bids.record import UNDECIDED, Bid, Condition, Decision, State
from bot.policy.bids.shares import draft_shares
from bot.policy.bids.steps import Action, Step, advance, change, check
from bot.policy.people import Person, is_outsider
from bot.policy.refusal import Refusal

HEAD = "department_manager"  # the post of a department's head
VERDICTS: Mapping[State, Action] = {State.GO_DECIDED: Action.GO, State.CONDITIONAL: Action.CONDITION, State.NO_GO: Action.NO_GO}


class Unassessed(Refusal):
    """Refuse a decision before anybody has assessed the bid."""

    def __init__(self, bid: Bid) -> None:
        super().__init__(N_("{customer} ({number}) has not been assessed yet."), customer=bid.customer, number=bid.number)


class OverrideUnexplained(Refusal):
    """Refuse to decide against the scorecard's advice without a reason."""

    def __init__(self) -> None:
        super().__init__(N_("The scorecard advises otherwise. Please say why you decide so."), field="reason")


class ConditionsMissing(Refusal):
    """Refuse a "go" on conditions that names none."""

    def __init__(self) -> None:
        super().__init__(N_("Please write at least one condition, with who sees to it and until when."), field="text_1")


def deciders(bid: Bid, line: Sequence[Person], admins: Iterable[Person], handbook: Handbook) -> list[Person]:
    """Return who may decide, the nearest first: never the owner.

    `line` are the owner's managers, nearest first. Above the handbook's amount it is the head of the department, or else the
    top of the line; an owner without managers is decided for by an administrator.
    """
    above = [person for person in line if person.id != bid.owner and not is_outsider(person)]
    if not above:
        return [admin for admin in admins if admin.id != bid.owner and not is_outsider(admin)]
    if not is_large(bid, handbook):
        return above
    return [person for person in above if person.post == HEAD] or above[-1:]


def is_large(bid: Bid, handbook: Handbook) -> bool:
    """Say whether the amount is above the one up to which a manager decides; one that cannot be converted is taken to be."""
    limit, company = handbook.bids.approval_above, handbook.company
    if limit is None or bid.amount is None:
        return False
    rate = Decimal(1) if bid.currency == company.currency else company.exchange_rates.get(bid.currency)
    return rate is None or bid.amount * rate > limit


def check_decider(bid: Bid, actor: str, who: Sequence[Person], handbook: Handbook) -> None:
    """Refuse whoever is not among those who may decide, with the names of those who are."""
    if actor in {person.id for person in who}:
        return
    people = " / ".join(person.name for person in who)
    if not who:
        raise Refusal(N_("The owner has no manager who could decide. An administrator can name one with /presales people."))
    if actor == bid.owner:
        raise Refusal(N_("You own {customer}, so somebody else decides: {people}."), customer=bid.customer, people=people)
    if is_large(bid, handbook):
        raise Refusal(N_("For this amount the head of the department decides: {people}."), people=people)
    raise Refusal(N_("That is decided by {people}."), people=people)


def decide(
    bid: Bid,
    verdict: State,
    card: Scorecard,
    actor: str,
    now: datetime,
    reason: str = "",
    conditions: Sequence[Condition] = (),
    handbook: str = "",
) -> Step:
    """Record whether we bid, with what was advised; `handbook` is the version by which it was."""
    if not bid.ratings:
        raise Unassessed(bid)
    check(bid, VERDICTS[verdict])
    if verdict is not State.NO_GO:
        check_complete(bid, card, now)
    if bid.state is State.CONDITIONAL and verdict is State.GO_DECIDED:
        check_met(bid)
        return decided(bid, verdict, fulfilled(bid, card, actor, now, reason, handbook))
    if verdict is State.GO_DECIDED and card.failed:
        raise Refusal(N_("A gate is not passed, so it cannot be a plain go. Decide on conditions, or not to bid."))
    overrides = verdict is not card.band
    if verdict is State.CONDITIONAL and not conditions:
        raise ConditionsMissing
    if overrides and not reason:
        raise OverrideUnexplained
    made = Decision(
        verdict=verdict, by=actor, at=now, score=card.score, band=card.band, reason=reason, overrides=overrides, handbook=handbook
    )
    return decided(bid, verdict, made, tuple(conditions))


def check_complete(bid: Bid, card: Scorecard, now: datetime) -> None:
    """Refuse a "go" too late, or on a scorecard that is not complete."""
    if bid.deadline is not None and bid.deadline <= now:
        raise Refusal(N_("The deadline of {customer} ({number}) has passed."), customer=bid.customer, number=bid.number)
    if card.unmarked:
        raise Refusal(N_("The scorecard has criteria that nobody has marked. Please assess it again."))
    if card.unexplained:
        raise Refusal(N_("The raters are far apart and nobody has said why. One of them has to comment first."))


def check_met(bid: Bid) -> None:
    """Refuse a "go" while a condition is open."""
    still = "; ".join(condition.text for condition in bid.conditions if not condition.met)
    if still:
        raise Refusal(N_("Still to be met: {conditions}"), conditions=still)


def fulfilled(bid: Bid, card: Scorecard, actor: str, now: datetime, reason: str, handbook: str) -> Decision:
    """Return the decision once the conditions are met: against the advice if the one on conditions was."""
    before = bid.decision
    if before is None:
        return Decision(verdict=State.GO_DECIDED, by=actor, at=now, score=card.score, band=card.band, reason=reason, handbook=handbook)
    return before.amended(verdict=State.GO_DECIDED, by=actor, at=now, reason=reason or before.reason)


def decided(bid: Bid, verdict: State, decision: Decision, conditions: tuple[Condition, ...] | None = None) -> Step:
    """Return the step of a decision; a "go" fixes the draft shares of credit."""
    shares = draft_shares(bid) if verdict is State.GO_DECIDED else bid.shares
    kept = bid.conditions if conditions is None else conditions
    return advance(bid, VERDICTS[verdict], decision.by, decision.at, decision.reason, decision=decision, conditions=kept, shares=shares)


def reopen(bid: Bid, why: str, actor: str, now: datetime) -> Step:
    """Take a no-go up again, for a reason and before the deadline."""
    check(bid, Action.REOPEN)
    if bid.deadline is not None and bid.deadline <= now:
        raise Refusal(N_("The deadline of {customer} ({number}) has passed."), customer=bid.customer, number=bid.number)
    if not why:
        raise Refusal(N_("Why is it taken up again? Please say it in a sentence."), field="reason")
    return advance(bid, Action.REOPEN, actor, now, why, decision=None)


def meet(bid: Bid, index: int, actor: str, now: datetime) -> Step:
    """Record that a condition is met; `index` counts from 0. The one who sees to it says so, or who decided."""
    if bid.state is not State.CONDITIONAL or index not in range(len(bid.conditions)):
        raise Refusal(N_("That condition is no longer asked."))
    condition = bid.conditions[index]
    if actor not in {condition.owner, bid.decision.by if bid.decision else ""}:
        raise Refusal(N_("That is said by the one who sees to the condition, or by the one who decided."))
    if condition.met:
        raise Refusal(N_("That condition is met already."))
    met = [each.amended(met=True) if place == index else each for place, each in enumerate(bid.conditions)]
    return change(bid, actor, now, conditions=tuple(met))


def awaits_decision(bid: Bid) -> bool:
    """Say whether a bid was assessed and nobody has decided yet."""
    return bid.state in UNDECIDED and bool(bid.ratings)


def overridden(bid: Bid) -> bool:
    """Say whether the decision went against the scorecard's advice."""
    return bid.decision is not None and bid.decision.overrides
