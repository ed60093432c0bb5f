"""Handing in and defending (§4.4.3): `/bid submit` and `/bid defence`, their buttons and forms."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from pydantic import Field

from bot.language import N_
from bot.policy import bids as policy
from bot.policy.bids import Action, Bid
from bot.views.bids import submission
from bot.views.bids.steps import (
    AWAIT,
    DEFENCE,
    DEFEND,
    PROOF,
    REHEARSE,
    SUBMIT,
)
from bot.words.text import clean
from bot.words.times import read_when
from handlers.bids.finding import bid_by_id, bid_by_value
from handlers.bids.keeping import allow, check_told, receipt
from handlers.bids.words import step_word
from handlers.colleagues import colleague
from handlers.context import Answer, Open, Turn
from handlers.forms import Form
from handlers.routes import Routes
from storage.store import Shelves


def register(routes: Routes) -> None:
    """Register the words, buttons and forms of handing in and defending."""
    defend_it = ("答辩", "答辯", "述标", "述標", "defense")
    handing_in = ("提交", "递交", "遞交", "投递")
    routes.command(
        "/bid",
        "new",
        step_word(routes, "submit", SUBMIT, hand_in, N_("submit X [proof]"), N_("record that it was handed in"), handing_in),
        step_word(routes, "defence", DEFENCE, plan, N_("defence X WHEN"), N_("plan the defence"), defend_it),
    )
    routes.button(PROOF, prove)
    routes.button(REHEARSE, rehearse)
    routes.button(DEFEND, defend)
    routes.button(AWAIT, await_result)
    routes.form(PROOF, HandedIn, handed_in)
    routes.form(DEFENCE, PlannedDefence, plan_defence)
    routes.form(REHEARSE, Rehearsal, rehearsed)
    routes.form(DEFEND, HeldDefence, defended)


class HandedIn(Form):
    """When and how a bid was handed in."""

    submitted_at: datetime
    channel: str = Field(default="", max_length=40)
    proof: str = Field(default="", max_length=500)


class PlannedDefence(Form):
    """When a defence is, and who speaks."""

    at: datetime
    speakers: tuple[str, ...] = Field(min_length=1, max_length=20)


class Rehearsal(Form):
    """That a defence was rehearsed, or why it was not."""

    waiver: str = Field(default="", max_length=500)


class HeldDefence(Form):
    """How a defence went."""

    questions: str = Field(default="", max_length=3000)
    result: str = Field(default="", max_length=1000)


def hand_in(turn: Turn, shelves: Shelves, bid: Bid, proof: str) -> Answer:
    """Record the submission, which settles the reminders; when the deadline was missed, ask for the time."""
    allow(turn, shelves, bid)
    try:
        step = policy.submit(bid, turn.person.id, turn.now, proof=clean(proof)[:500])
    except policy.TimeNeeded:
        return Open(submission.proof_form(turn._, bid, bid.deadline or turn.now))
    return receipt(turn, shelves, step, submission.submitted)


def prove(turn: Turn, shelves: Shelves) -> Answer:
    """Open the form for time, channel and proof."""
    bid = bid_by_value(turn, shelves)
    allow(turn, shelves, bid)
    return Open(submission.proof_form(turn._, bid, turn.now))


def handed_in(turn: Turn, shelves: Shelves, form: HandedIn) -> Answer:
    """Keep time, channel and proof; for a bid that was not recorded as submitted, this records it."""
    bid = bid_by_id(turn, shelves, turn.metadata)
    allow(turn, shelves, bid)
    how = (form.submitted_at, form.channel, clean(form.proof))
    if bid.submitted_at is not None:
        return receipt(turn, shelves, policy.prove(bid, turn.person.id, turn.now, *how), submission.proven)
    return receipt(turn, shelves, policy.submit(bid, turn.person.id, turn.now, *how), submission.submitted)


def plan(turn: Turn, shelves: Shelves, bid: Bid, typed: str) -> Answer:
    """Plan the defence at a typed time, or ask by form."""
    allow(turn, shelves, bid)
    policy.check(bid, Action.SCHEDULE_DEFENCE)
    if not typed.strip():
        return Open(submission.defence_form(turn._, bid))
    when = read_when(typed, turn.now, ZoneInfo(turn.person.zone))
    return schedule(turn, shelves, bid, when.instant, bid.defence.speakers if bid.defence else (bid.owner,))


def plan_defence(turn: Turn, shelves: Shelves, form: PlannedDefence) -> Answer:
    """Plan the defence from the form."""
    bid = bid_by_id(turn, shelves, turn.metadata)
    allow(turn, shelves, bid)
    return schedule(turn, shelves, bid, form.at, form.speakers)


def schedule(turn: Turn, shelves: Shelves, bid: Bid, at: datetime, speakers: Sequence[str]) -> Answer:
    """Plan the defence; whoever speaks may know of the bid."""
    people = [colleague(shelves, speaker, "speakers") for speaker in speakers]
    check_told(turn, bid, people, "speakers")
    step = policy.schedule_defence(bid, at, tuple(person.id for person in people), turn.person.id, turn.now)
    return receipt(turn, shelves, step, submission.defence_planned)


def rehearse(turn: Turn, shelves: Shelves) -> Answer:
    """Open the form of the rehearsal."""
    bid = bid_by_value(turn, shelves)
    allow(turn, shelves, bid)
    return Open(submission.rehearsal_form(turn._, bid))


def rehearsed(turn: Turn, shelves: Shelves, form: Rehearsal) -> Answer:
    """Record the rehearsal, or why there is none."""
    bid = bid_by_id(turn, shelves, turn.metadata)
    allow(turn, shelves, bid)
    return receipt(turn, shelves, policy.rehearse(bid, clean(form.waiver), turn.person.id, turn.now), submission.rehearsed)


def defend(turn: Turn, shelves: Shelves) -> Answer:
    """Open the form that records how the defence went, or that of the rehearsal while it is missing."""
    bid = bid_by_value(turn, shelves)
    allow(turn, shelves, bid)
    policy.check(bid, Action.DEFEND)
    ready = bid.defence is not None and (bid.defence.rehearsed_at or bid.defence.waiver)
    return Open(submission.defended_form(turn._, bid) if ready else submission.rehearsal_form(turn._, bid))


def defended(turn: Turn, shelves: Shelves, form: HeldDefence) -> Answer:
    """Record how the defence went."""
    bid = bid_by_id(turn, shelves, turn.metadata)
    allow(turn, shelves, bid)
    questions = tuple(line.strip() for line in clean(form.questions).splitlines() if line.strip())
    return receipt(turn, shelves, policy.defend(bid, questions, clean(form.result), turn.person.id, turn.now), submission.defended)


def await_result(turn: Turn, shelves: Shelves) -> Answer:
    """Record that only the result is missing."""
    bid = bid_by_value(turn, shelves)
    allow(turn, shelves, bid)
    return receipt(turn, shelves, policy.await_result(bid, turn.person.id, turn.now), submission.awaiting)
