"""What is asked about demos by itself, with what to press; and what such a message says once its matter is done."""

from collections.abc import Sequence

from bot.language import Translator
from bot.policy.demos import AHEAD, STATE_NAMES, Demo, Question, State, gaps
from bot.policy.demos.nudges import Matter, Nudge
from bot.views.blocks import Block, Message, Span, actions, bold, button, prose, quote, says
from bot.views.demos.sheet import facts, missing, named
from bot.views.demos.steps import ANSWER, BUTTONS, DELIVER, MENDS, RESCHEDULE, SHOW, SNOOZE, SUMMARY

OWED = "demos.owed"
KEYS = {matter: f"demos.nudge_{matter}" for matter in Matter}


def key_of(demo: Demo, nudge: Nudge) -> str:
    """Return the key under which something is asked once."""
    return f"{KEYS[nudge.matter]}:{demo.id}:{nudge.person}:{nudge.slot}"


def owed_key(demo: Demo, asked: Question) -> str:
    """Return the key under which somebody is told that they owe an answer."""
    return f"{OWED}:{demo.id}:{asked.owner}:{asked.id}"


def nudged(_: Translator, demo: Demo, nudge: Nudge, zone: str) -> Message | None:
    """Return what is asked by a nudge."""
    return retold(_, key_of(demo, nudge), demo, zone)


def snoozed(_: Translator, when: str) -> Message:
    """Say when it is asked again."""
    return says(prose(_.template("I will ask again at {when}."), when=when))


def near(_: Translator, demo: Demo, zone: str, key: str) -> Message:
    """Remind of a demo, with what is still missing as buttons."""
    lacking = gaps(demo)
    head = prose(_.template("Your demo for {customer} ({number}) is near."), **named(demo))
    mends = list(dict.fromkeys(MENDS[gap] for gap in lacking))
    mending = [button(_(BUTTONS[action][1]), BUTTONS[action][0], str(demo.id), None if n else "primary") for n, action in enumerate(mends)]
    open_it = button(_("Open"), SHOW, str(demo.id))
    return says(head, facts(_, demo, zone), *(missing(_, gap) for gap in lacking), also=[actions(*mending, open_it, later(_, key))])


def later(_: Translator, key: str) -> Block:
    """Return the button that brings a message again in an hour."""
    return button(_("In an hour"), SNOOZE, key)


def summary(_: Translator, demo: Demo, zone: str, key: str) -> Message:
    """Ask for the summary, the same day."""
    head = prose(_.template("How was the demo for {customer} ({number})?"), **named(demo))
    if demo.state is State.READY:
        ask = prose(_.template("Say that it was delivered, then sum it up today."))
        row = [button(_("Delivered"), DELIVER, str(demo.id), "primary"), button(_("Move it"), RESCHEDULE, str(demo.id))]
    else:
        ask = prose(_.template("Please sum it up today: what the customer said, open questions, problems, improvements."))
        row = [button(_("Sum it up"), SUMMARY, str(demo.id), "primary")]
    return says(head, facts(_, demo, zone), ask, also=[actions(*row, later(_, key))])


def question(_: Translator, demo: Demo, asked: Question, key: str) -> Message:
    """Ask for the answer to an open question."""
    template = _.template("{customer} waits for an answer from the demo ({number}), due {day}, from you or {person}:")
    who: Span = Span(asked.owner, kind="user")
    head = prose(template, **named(demo), day=_.day(asked.due), person=who)
    row = [button(_("Answered"), ANSWER, f"{demo.id}:{asked.id}", "primary"), button(_("Open"), SHOW, str(demo.id)), later(_, key)]
    return says(head, also=[quote(asked.text), actions(*row)])


def asked_of(_: Translator, demo: Demo, asked: Question, zone: str) -> Message:
    """Tell somebody that they owe the customer an answer."""
    head = prose(_.template("You owe {customer} an answer from the demo ({number}) by {day}:"), **named(demo), day=_.day(asked.due))
    row = [button(_("Answered"), ANSWER, f"{demo.id}:{asked.id}", "primary"), button(_("Open"), SHOW, str(demo.id))]
    return says(head, facts(_, demo, zone), also=[quote(asked.text), actions(*row)])


def done(_: Translator, demo: Demo) -> Message:
    """Say where a demo stands now, because what was asked is done."""
    return says(prose(_.template("The demo for {customer} ({number}) is {state}."), **named(demo), state=bold(_(STATE_NAMES[demo.state]))))


def answered(_: Translator, demo: Demo, asked: Question) -> Message:
    """Say that a question is answered."""
    head = prose(_.template("Answered for {customer} ({number}):"), **named(demo))
    return says(head, also=[quote(asked.text), quote(asked.answer)])


def retold(_: Translator, key: str, demo: Demo, zone: str) -> Message | None:
    """Return what a nudge says now, or None to leave it."""
    kind, _id, _person, *slot = key.split(":")
    if kind in (KEYS[Matter.QUESTION], OWED):
        return question_now(_, key, demo, slot, zone)
    if kind not in KEYS.values():
        return None
    asked = AHEAD if kind == KEYS[Matter.NEAR] else (State.READY, State.DELIVERED)
    unmoved = demo.at is not None and slot[0].rpartition("@")[2] == str(int(demo.at.timestamp()))
    if demo.state not in asked or not unmoved:
        return done(_, demo)
    return (near if kind == KEYS[Matter.NEAR] else summary)(_, demo, zone, key)


def question_now(_: Translator, key: str, demo: Demo, slot: Sequence[str], zone: str) -> Message:
    """Return what a message about an open question says now."""
    asked = next((one for one in demo.questions if str(one.id) == slot[0]), None)
    if asked is None:
        return done(_, demo)
    if asked.answered_at:
        return answered(_, demo, asked)
    return asked_of(_, demo, asked, zone) if key.startswith(OWED) else question(_, demo, asked, key)
