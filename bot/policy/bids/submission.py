"""Handing in and defending (§4.4.3)."""

from datetime import datetime
from typing import Any

from bot.language import N_
from bot.policy.bids.record import PENDING, Bid, Defence, State
from bot.policy.bids.steps import Action, Step, advance
from bot.policy.refusal import Refusal

# The states that a bid passes on its way to being handed in, with the word under which skipping one is kept.
WAY = {State.REGISTERED: "assessed", State.ASSESSING: "decided", State.CONDITIONAL: "decided", State.GO_DECIDED: "prepared"}
WAY |= {State.PREPARING: "reviewed", State.IN_REVIEW: "reviewed"}


def submit(bid: Bid, actor: str, now: datetime, at: datetime | None = None, channel: str = "", proof: str = "") -> Step:
    """Record that the bid was handed in at `at`, else now; after the deadline it is late, and steps that were skipped are gaps."""
    if bid.state in PENDING:
        raise Refusal(N_("{customer} ({number}) is submitted already."), customer=bid.customer, number=bid.number)
    if bid.state is State.MISSED_DEADLINE and at is None:
        raise TimeNeeded(bid)
    moment = check_handed_in(bid, at or now, now)
    late = bid.deadline is not None and moment > bid.deadline
    facts: dict[str, Any] = {
        "submitted_at": moment,
        "late": late,
        "channel": channel,
        "proof": proof,
        "gaps": skipped(bid),
        "decided_at": None,
    }
    return advance(bid, Action.SUBMIT, actor, now, **facts)


class TimeNeeded(Refusal):
    """Refuse to take a missed deadline back without the time at which the bid was handed in."""

    def __init__(self, bid: Bid) -> None:
        reason = N_("The deadline of {customer} ({number}) has passed. When was it handed in?")
        super().__init__(reason, field="submitted_at", customer=bid.customer, number=bid.number)


def prove(bid: Bid, actor: str, now: datetime, at: datetime, channel: str, proof: str) -> Step:
    """Add to a bid that was handed in when exactly, by which channel, and what proves it."""
    if bid.submitted_at is None:
        raise Refusal(N_("{customer} ({number}) has not been submitted yet."), customer=bid.customer, number=bid.number)
    moment = check_handed_in(bid, at, now)
    late = bid.deadline is not None and moment > bid.deadline
    return advance(bid, Action.PROVE, actor, now, submitted_at=moment, late=late, channel=channel, proof=proof)


def check_handed_in(bid: Bid, at: datetime, now: datetime) -> datetime:
    """Return the time of handing in, which lies between the entry of the bid and now."""
    if at > now:
        raise Refusal(N_("That time has not come yet."), field="submitted_at")
    if at < bid.registered_at:
        raise Refusal(N_("That is before the bid was entered."), field="submitted_at")
    return at


def skipped(bid: Bid) -> tuple[str, ...]:
    """Return the gaps of a bid that is handed in now: each step between where it stands and being ready, once."""
    state = stood(bid) if bid.state is State.MISSED_DEADLINE else bid.state
    ahead = list(WAY.values())[list(WAY).index(state) :] if state in WAY else []
    return tuple(dict.fromkeys([*bid.gaps, *ahead]))


def stood(bid: Bid) -> State:
    """Return how far a bid came that was never handed in, as far as its record tells."""
    if bid.decision is None:
        return State.ASSESSING if bid.ratings else State.REGISTERED
    if bid.decision.verdict is not State.GO_DECIDED or not bid.parts:
        return bid.decision.verdict
    return State.IN_REVIEW if bid.reviews else State.PREPARING


def schedule_defence(bid: Bid, at: datetime, speakers: tuple[str, ...], actor: str, now: datetime) -> Step:
    """Plan the defence, or move it; a new time asks for a new rehearsal."""
    if at <= now:
        raise Refusal(N_("That time has already passed."), field="at")
    before = bid.defence
    kept = {"rehearsed_at": before.rehearsed_at, "waiver": before.waiver} if before and before.at == at else {}
    return advance(bid, Action.SCHEDULE_DEFENCE, actor, now, defence=Defence(at=at, speakers=speakers, **kept))


def rehearse(bid: Bid, waiver: str, actor: str, now: datetime) -> Step:
    """Record that the defence was rehearsed, or why that was waived."""
    defence = planned_defence(bid)
    done = defence.amended(waiver=waiver, rehearsed_at=None) if waiver else defence.amended(rehearsed_at=now, waiver="")
    return advance(bid, Action.REHEARSE, actor, now, defence=done)


def defend(bid: Bid, questions: tuple[str, ...], result: str, actor: str, now: datetime) -> Step:
    """Record how the defence went; it needs a rehearsal before it, or a reason why there was none."""
    defence = planned_defence(bid)
    if defence.rehearsed_at is None and not defence.waiver:
        raise Refusal(N_("The rehearsal is not recorded. Record it, or say why there was none."), field="waiver")
    return advance(bid, Action.DEFEND, actor, now, defence=defence.amended(questions=questions, result=result))


def planned_defence(bid: Bid) -> Defence:
    """Return the defence of a bid that has one before it."""
    if bid.defence is None or bid.state is not State.DEFENCE_SCHEDULED:
        raise Refusal(N_("No defence of {customer} ({number}) is planned."), customer=bid.customer, number=bid.number)
    return bid.defence


def await_result(bid: Bid, actor: str, now: datetime) -> Step:
    """Record that nothing more is ours to do until the result."""
    return advance(bid, Action.AWAIT, actor, now)
