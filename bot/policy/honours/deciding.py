"""Decisions about honours (§5.4.4): who is on the shortlist, who is awarded, announced, revoked; never more than the quota."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from bot.language import N_
from bot.policy.honours.merits import shortlist
from bot.policy.honours.record import BARS, LONG, Nomination, Phase, Round, State
from bot.policy.honours.steps import NOMINATIONS, ROUNDS, Action, Move
from bot.policy.machine import Step, event
from bot.policy.people import Role
from bot.policy.record import Event
from bot.policy.refusal import Refusal
from bot.policy.undoing import UNDO

OF_ROUNDS = frozenset({Action.ADMIT, Action.BAR, Action.PUBLISH, Action.PASS})  # steps that follow from one of the round


class Reasons(NamedTuple):
    """Why it is decided so: `reason` is kept, `citation` is published."""

    reason: str
    citation: str = ""


def begin(round: Round, actor: str, now: datetime) -> Step[Round]:
    """Begin to decide a round."""
    return ROUNDS.advance(round, Move.DECIDE, actor, now, decided_by=actor)


def examined(nominations: Sequence[Nomination], most: int, actor: str, now: datetime) -> list[Step[Nomination]]:
    """Return the steps that sort nominations, whose merits are known: not eligible, eligible, and of these the shortlist."""
    best = {one.nominee for one in shortlist(nominations, most)}
    return [step for one in nominations if one.state is State.SUBMITTED for step in sorted_out(one, one.nominee in best, actor, now)]


def sorted_out(nomination: Nomination, best: bool, actor: str, now: datetime) -> list[Step[Nomination]]:
    """Return the steps of one nomination when its round begins to be decided."""
    bar = nomination.merit.bar if nomination.merit else None
    if bar:
        return [NOMINATIONS.advance(nomination, Action.BAR, actor, now, BARS[bar])]
    admitted = NOMINATIONS.advance(nomination, Action.ADMIT, actor, now)
    return [admitted, NOMINATIONS.advance(admitted.record, Action.SHORTLIST, actor, now)] if best else [admitted]


def add_to_shortlist(round: Round, nomination: Nomination, why: str, actor: str, now: datetime) -> Step[Nomination]:
    """Put an eligible nominee on the shortlist whom the measures did not, for a reason."""
    check_deciding(round)
    check_text(why, "reason")
    return NOMINATIONS.advance(nomination, Action.SHORTLIST, actor, now, why)


def award(
    round: Round, others: Sequence[Nomination], nomination: Nomination, given: Reasons, actor: str, now: datetime
) -> Step[Nomination]:
    """Award the honour to one of the shortlist while the quota is not used up; `others` are all nominations of the round."""
    check_deciding(round)
    NOMINATIONS.check(nomination, Action.AWARD)
    check_text(given.reason, "reason")
    check_text(given.citation, "citation")
    if left(round, others) < 1:
        raise no_more(round)
    facts = {"citation": given.citation, "grounds": given.reason, "decided_by": actor}
    return NOMINATIONS.advance(nomination, Action.AWARD, actor, now, given.reason, **facts)


def left(round: Round, nominations: Sequence[Nomination]) -> int:
    """Return how many may still be awarded."""
    return round.honour.quota - sum(one.state is State.AWARDED for one in nominations)


def no_more(round: Round) -> Refusal:
    """Return the refusal of one award too many."""
    return Refusal(N_("All that may be given are awarded ({n}). Reconsider another one first."), n=round.honour.quota)


def reconsider(round: Round, nomination: Nomination, actor: str, now: datetime) -> Step[Nomination]:
    """Take an award back onto the shortlist before it is announced."""
    check_deciding(round)
    return NOMINATIONS.advance(nomination, Action.RECONSIDER, actor, now, citation="", grounds="", decided_by="")


def announce(round: Round, nominations: Sequence[Nomination], actor: str, now: datetime) -> tuple[Step[Round], list[Step[Nomination]]]:
    """Announce what is awarded: all the others are not."""
    step = ROUNDS.advance(round, Move.ANNOUNCE, actor, now, announced_at=now)
    awarded = [one for one in nominations if one.state is State.AWARDED]
    if not awarded:
        raise Refusal(N_("Nobody is awarded yet. Award the honour first, or cancel the round with a reason."))
    published = [NOMINATIONS.advance(one, Action.PUBLISH, actor, now, announced_at=now) for one in awarded]
    return step, [*published, *passed(nominations, actor, now)]


def passed(nominations: Sequence[Nomination], actor: str, now: datetime) -> list[Step[Nomination]]:
    """Return the steps of those who are not awarded."""
    over = [one for one in nominations if one.state in (State.SUBMITTED, State.ELIGIBLE, State.SHORTLISTED)]
    return [NOMINATIONS.advance(one, Action.PASS, actor, now) for one in over]


def revoke(nomination: Nomination, why: str, actor: str, now: datetime) -> Step[Nomination]:
    """Revoke an honour that was announced, for a reason."""
    NOMINATIONS.check(nomination, Action.REVOKE)
    if nomination.announced_at is None:
        raise Refusal(N_("It is not announced yet. Reconsider it instead."))
    check_text(why, "reason")
    return NOMINATIONS.advance(nomination, Action.REVOKE, actor, now, why, revoked_why=why)


def steps_open(round: Round | None, nomination: Nomination, others: Sequence[Nomination], roles: frozenset[Role]) -> list[Action]:
    """Return what a person may do with a nomination now; `roles` are what they are to it, none to one that they may not decide."""
    steps = NOMINATIONS.steps_open(nomination, roles)
    if round is None:
        return []
    possible = {
        Action.SHORTLIST: round.state is Phase.DECIDING,
        Action.AWARD: round.state is Phase.DECIDING and left(round, others) > 0,
        Action.RECONSIDER: round.state is Phase.DECIDING,
        Action.REVOKE: nomination.announced_at is not None,
    }
    return [step for step in steps if possible[step]]


def undo_nomination(
    round: Round | None, others: Sequence[Nomination], nomination: Nomination, undone: Event, actor: str, now: datetime
) -> Step[Nomination]:
    """Take back the last change of a nomination: saying it, joining it, or deciding about it; the quota still holds."""
    if undone.action in OF_ROUNDS:
        raise Refusal(N_("That was done with the whole round. Take it back there."))
    step = returned(nomination, undone, actor, now)
    if round and step.record.state is State.AWARDED and left(round, others) < 1:
        raise no_more(round)
    return step


def undo_round(round: Round, undone: Event, actor: str, now: datetime) -> Step[Round]:
    """Take back the last change of a round by whoever made it; what it did to nominations bears the same request."""
    if undone.was is None:
        raise Refusal(N_("A round that has begun is not taken back. Cancel it, with a reason."))
    before = Round.model_validate(undone.was)
    return Step(before, event(before, round, UNDO, actor, now))


def undo_with_round(nomination: Nomination, history: Sequence[Event], undone: Event, actor: str, now: datetime) -> Step[Nomination] | None:
    """Take back what a step of the round did to a nomination, if anything; refuse where it was decided about since."""
    done = [each for each in history if each.request == undone.request]
    if not done:
        return None
    if history[-1].request != undone.request:
        raise Refusal(N_("{number} was changed since. Take that back first."), number=nomination.number)
    return returned(nomination, done[0], actor, now)


def returned(nomination: Nomination, first: Event, actor: str, now: datetime) -> Step[Nomination]:
    """Return the step that brings a nomination back to what it was before an event; before the first it is out of the books."""
    gone = nomination.amended(state=State.RETRACTED, slot=None)
    before = gone if first.was is None else Nomination.model_validate(first.was)
    return Step(before, event(before, nomination, UNDO, actor, now))


def check_deciding(round: Round) -> None:
    """Refuse a decision before or after the round is being decided."""
    if round.state is not Phase.DECIDING:
        raise Refusal(N_("The round {number} is {state}."), number=round.number, state=ROUNDS.names[round.state])


def check_text(text: str, field: str) -> None:
    """Refuse a decision without words, or with too many."""
    if not text:
        raise Refusal(N_("Please say why, in a few words."), field=field)
    if len(text) > LONG:
        raise Refusal(N_("That is too long: at most {n} characters."), field=field, n=LONG)
