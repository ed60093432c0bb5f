"""Reminders of deadlines and defences, with the buttons that act in place, and what they say once their matter is done."""

from datetime import UTC, datetime, timedelta

from bot.handbook import Reminders
from bot.language import Translator
from bot.policy.bids import STATE_NAMES, UNSUBMITTED, Bid, State
from bot.policy.bids.preparation import WRITABLE
from bot.policy.bids.reminders import Matter, may_snooze, open_parts
from bot.policy.record import Event
from bot.views.bids.preparation import DONE
from bot.views.bids.progress import role
from bot.views.bids.sheet import due, menu, name
from bot.views.bids.steps import REHEARSE, SUBMIT
from bot.views.bids.told import Told
from bot.views.blocks import (
    Block,
    Choice,
    Message,
    Sentence,
    Span,
    actions,
    button,
    emoji,
    prose,
    says,
    user,
)

SNOOZE = "bids.snooze"
DUE, ESCALATED, DEFENCE_NEAR, MISSED = "bids.due", "bids.escalated", "bids.defence_near", "bids.missed"
KINDS = {Matter.DUE: DUE, Matter.ESCALATED: ESCALATED, Matter.DEFENCE: DEFENCE_NEAR}
RETOLD = frozenset({*KINDS.values(), MISSED})
NO_WORDS = Message("")  # for what need not be said any more
SNOOZED = "snoozed"  # the block_id by which a reminder that was put off is known
STAMP = "%Y%m%dT%H%M%S%f"
UNDONE = UNSUBMITTED | {State.MISSED_DEADLINE}  # the states in which a deadline is not dealt with


def key_of(kind: str, bid: Bid, person: str, before: timedelta, end: datetime) -> str:
    """Return the key of a reminder; a deadline that moves makes it another one."""
    return f"{kind}:{bid.id}:{person}:{before // timedelta(minutes=1)}:{end.astimezone(UTC):{STAMP}}"


def again(key: str, request: str) -> str:
    """Return the key under which a reminder is given once more."""
    return ":".join([*key.split(":")[:5], request])


def kind_of(key: str) -> str:
    """Return the kind of the message with this key."""
    return key.partition(":")[0]


def end_in(key: str) -> datetime:
    """Return the deadline or defence that the reminder with this key is about."""
    return datetime.strptime(key.split(":")[4], STAMP).replace(tzinfo=UTC)


def reminder(_: Translator, bid: Bid, kind: str, person: str, now: datetime, rules: Reminders) -> Message:
    """Remind a person of a deadline or a defence, with the buttons that settle it."""
    if kind == DEFENCE_NEAR:
        return defence_near(_, bid)
    mine, closes = open_parts(bid, person), kind == ESCALATED or person == bid.owner
    parts = mine if bid.state in WRITABLE else []
    done = [done_button(_, bid, part.kind, len(mine), primary=not closes) for part in parts[:1]]
    others = [Choice(f"{DONE} {bid.id}:{part.kind}", _("Done: {part}", part=role(_, part.kind))) for part in parts[1:]]
    submitted = [button(_("Submitted"), SUBMIT, str(bid.id), "primary")] if closes else []
    later = [Choice(f"{SNOOZE} {bid.id}:{minutes}", put_off(_, minutes)) for minutes in may_snooze(bid.deadline, now, rules)]
    row = [*submitted, *done, *menu(_, [*others, *later])]
    ask = [prose(_.template("Has it been handed in?"))] if closes else [yours(_, bid, person)]
    return says(headline(_, bid, kind), *ask, *(still_open(_, bid, person) if closes else []), also=[actions(*row)] if row else [])


def headline(_: Translator, bid: Bid, kind: str) -> Sentence:
    """Return which bid is due when; to a manager, whose it is."""
    if kind == ESCALATED:
        whose = _.template("{owner}'s bid for {customer} ({number}) is {due}.")
        named = prose(whose, owner=user(bid.owner), customer=name(bid), number=bid.number, due=due(_, bid))
    else:
        named = prose(_.template("{customer} ({number}) is {due}."), customer=name(bid), number=bid.number, due=due(_, bid))
    return (emoji("alarm_clock"), Span(" "), *named)


def yours(_: Translator, bid: Bid, person: str) -> Sentence:
    """Return which parts this person has yet to write."""
    return prose(_.template("Still open with you: {parts}."), parts=_.list([role(_, part.kind) for part in open_parts(bid, person)]))


def still_open(_: Translator, bid: Bid, person: str) -> list[Sentence]:
    """Return which parts are not written yet, and whose they are."""
    listed = [prose("{part}: {person}", part=role(_, part.kind), person=user(part.owner)) for part in open_parts(bid)]
    spans = [span for line in listed for span in (Span(", "), *line)][1:]
    return [(*prose(_.template("Parts still open: ")), *spans)] if spans else []


def done_button(_: Translator, bid: Bid, kind: str, count: int, *, primary: bool) -> Block:
    """Return the button that says that a part is written, which names it where there are several."""
    words = _("My part is done") if count == 1 else _("Done: {part}", part=role(_, kind))
    return button(words, DONE, f"{bid.id}:{kind}", "primary" if primary else None)


def put_off(_: Translator, minutes: int) -> str:
    """Return how long a snooze puts the reminder off."""
    return _("Remind me tomorrow") if minutes == 1440 else _("Remind me in {span}", span=_.span(timedelta(minutes=minutes)))


def defence_near(_: Translator, bid: Bid) -> Message:
    """Remind of a defence, and name the rehearsal while it is missing."""
    assert bid.defence is not None
    when = _.moment(bid.defence.at, bid.zone)
    said = prose(_.template("The defence of {customer} ({number}) is on {when}."), customer=name(bid), number=bid.number, when=when)
    head = (emoji("speaking_head_in_silhouette"), Span(" "), *said)
    if bid.defence.rehearsed_at or bid.defence.waiver:
        return says(head)
    gap = prose(_.template("No rehearsal is recorded yet."))
    return says(head, gap, also=[actions(button(_("Rehearsal"), REHEARSE, str(bid.id), "primary"))])


def missed(_: Translator, bid: Bid, person: str) -> Message:
    """Say that a deadline passed without a submission on record, with the way to put that right."""
    head = prose(
        _.template("The deadline of {customer} ({number}) has passed: {due}."), customer=name(bid), number=bid.number, due=due(_, bid)
    )
    whose = [prose(_.template("The bid is {owner}'s."), owner=user(bid.owner))] if person != bid.owner else []
    ask = prose(_.template("It is not on record that it was handed in, so it counts as missed. If it was, say when."))
    row = actions(button(_("It was handed in in time"), SUBMIT, str(bid.id), "primary"))
    return says((emoji("warning"), Span(" "), *head), *whose, ask, also=[row])


def snoozed(_: Translator, bid: Bid, until: str) -> Message:
    """Say when a reminder that was put off will come back."""
    said = says(prose(_.template("{customer} ({number}): I shall ask again on {time}."), customer=name(bid), number=bid.number, time=until))
    return Message(said.text, tuple(block | {"block_id": SNOOZED} for block in said.blocks))


def settled(_: Translator, bid: Bid, by: Event) -> Message:
    """Say that a reminder's matter is done, by whom and when; the calendar is nobody."""
    state = prose(_.template("{customer} ({number}): {state}."), customer=name(bid), number=bid.number, state=_(STATE_NAMES[bid.state]))
    if not by.actor:
        return says(state)
    who = prose(_.template("Recorded by {person}, {when}."), person=user(by.actor), when=_.moment(by.at, bid.zone))
    return says((*state, Span(" "), *who))


def retold(_: Translator, told: Told, bid: Bid, rules: Reminders) -> Message | None:
    """Return what a reminder says after a change of its bid: None to leave it, no words when it need not be said any more."""
    instead = over(_, told, bid)
    if instead:
        return (None if stands(told, bid) else instead) if told.sent else NO_WORDS
    if told.kind == MISSED:
        return missed(_, bid, told.to)
    put_off = any(block.get("block_id") == SNOOZED for block in told.shown["blocks"])
    return None if put_off else reminder(_, bid, told.kind, told.to, told.after.at, rules)


def stands(told: Told, bid: Bid) -> bool:
    """Say whether the matter was done before this change and still is, so that what was said of it stands."""
    undone = {State.DEFENCE_SCHEDULED} if told.kind == DEFENCE_NEAR else UNDONE
    return not {told.after.before, bid.state} & undone


def over(_: Translator, told: Told, bid: Bid) -> Message | None:
    """Return what a reminder says when its matter is done, or None while it is not."""
    waiting = {DEFENCE_NEAR: {State.DEFENCE_SCHEDULED}, MISSED: {State.MISSED_DEADLINE}}
    if bid.state not in waiting.get(told.kind, UNSUBMITTED):
        return settled(_, bid, told.after)
    named: dict[str, str | Span] = {"customer": name(bid), "number": bid.number}
    end = bid.defence.at if told.kind == DEFENCE_NEAR and bid.defence else bid.deadline
    if end_in(told.key) != end:
        moved = _.template("The defence of {customer} ({number}) moved to {when}.")
        moved = moved if told.kind == DEFENCE_NEAR else _.template("The deadline of {customer} ({number}) moved to {when}.")
        return says(prose(moved, **named, when=_.moment(end, bid.zone) if end else "–"))
    if told.kind == DUE and told.to != bid.owner and not open_parts(bid, told.to):
        return says(prose(_.template("{customer} ({number}): nothing is open with you any more. Thank you!"), **named))
    return None
