"""Bidding on conditions (§4.4.1): `/bid conditional`, its form, and the button that says that a condition is met."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel, Field, model_validator

from bot.language import N_
from bot.policy import bids as policy
from bot.policy.bids import Bid, Condition, State
from bot.policy.refusal import Refusal
from bot.views.bids import decision as views
from bot.views.bids.steps import CONDITION
from bot.words.numbers import is_number, number_in
from bot.words.text import clean
from handlers.bids.decision import card, put_question, take
from handlers.bids.finding import bid_by_id, bid_by_value, find_bid
from handlers.bids.keeping import check_told, receipt
from handlers.colleagues import colleague
from handlers.context import Answer, Open, Say, Show, Turn
from handlers.forms import Form
from handlers.routes import Routes, Word
from storage.store import Shelves


def register(routes: Routes) -> None:
    """Register the word, the buttons and the form of the conditions."""
    names = ("有条件", "有條件")
    routes.command("/bid", "new", Word("conditional", conditional, N_("conditional X"), N_("decide to bid on conditions"), names))
    routes.button(CONDITION, conditional_pressed)
    routes.button(views.MORE, more)
    routes.button(views.MEET, meet)
    routes.form(CONDITION, Conditions, conditional_filled)


class Asked(BaseModel):
    """One condition as filled in; `number` is its place on the form."""

    number: int
    text: str = ""
    owner: str = ""
    due: date | None = None


class Conditions(Form):
    """The conditions of a "go", and why it is decided so."""

    conditions: tuple[Asked, ...]
    reason: str = Field(default="", max_length=views.REASON_LIMIT)

    @model_validator(mode="before")
    @classmethod
    def gather(cls, entered: dict[str, Any]) -> dict[str, Any]:
        """Put the fields of each condition together; those without a text were left empty."""
        numbers = range(1, views.MOST_CONDITIONS + 1)
        rows = [{"number": n, **{part: entered.get(f"{part}_{n}") or None for part in ("text", "owner", "due")}} for n in numbers]
        kept = [{name: value for name, value in row.items() if value} for row in rows if row["text"] and clean(str(row["text"]))]
        return {"conditions": kept, "reason": entered.get("reason", "")}


def conditional(turn: Turn, shelves: Shelves) -> Answer:
    """Open the form of the conditions."""
    return ask_conditions(turn, shelves, find_bid(turn, shelves, CONDITION).bid)


def conditional_pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Open the form of the conditions, by button."""
    return ask_conditions(turn, shelves, bid_by_value(turn, shelves))


def ask_conditions(turn: Turn, shelves: Shelves, bid: Bid) -> Answer:
    """Open the form of the conditions for one who may decide; without an assessment, ask for that first."""
    try:
        return take(turn, shelves, bid, State.CONDITIONAL, "")
    except policy.Unassessed:
        return Say(views.unassessed(turn._, bid))
    except policy.ConditionsMissing:
        return Open(views.conditions_form(turn._, bid, 1, card(turn, bid)))


def more(turn: Turn, shelves: Shelves) -> Answer:
    """Make room for one more condition; what was filled in stays."""
    number, _colon, count = turn.metadata.partition(":")
    bid = bid_by_id(turn, shelves, number)
    room = min(number_in(count) + 1, views.MOST_CONDITIONS)
    return Show(views.conditions_form(turn._, bid, room, card(turn, bid)))


def conditional_filled(turn: Turn, shelves: Shelves, form: Conditions) -> Answer:
    """Decide to bid on the conditions written."""
    bid = bid_by_id(turn, shelves, turn.metadata.partition(":")[0])
    conditions = [condition(turn, shelves, bid, asked) for asked in form.conditions]
    return take(turn, shelves, bid, State.CONDITIONAL, clean(form.reason), conditions)


def condition(turn: Turn, shelves: Shelves, bid: Bid, asked: Asked) -> Condition:
    """Return a condition that somebody of us sees to in time."""
    person = colleague(shelves, asked.owner or bid.owner, f"owner_{asked.number}")
    check_told(turn, bid, [person], f"owner_{asked.number}", shelves.people.managers_of(bid.owner))
    if asked.due is None or asked.due < turn.now.astimezone(ZoneInfo(turn.person.zone)).date():
        raise Refusal(N_("Please choose a day from today on."), field=f"due_{asked.number}")
    if bid.deadline is not None and asked.due > bid.deadline.astimezone(ZoneInfo(bid.zone)).date():
        raise Refusal(N_("That is after the deadline of the bid."), field=f"due_{asked.number}")
    return Condition(text=clean(asked.text), owner=person.id, due=asked.due)


def meet(turn: Turn, shelves: Shelves) -> Answer:
    """Record that a condition is met; once all are, ask for the "go"."""
    index = turn.value.partition(":")[2]
    bid = bid_by_value(turn, shelves)
    step = policy.meet(bid, int(index) if is_number(index) else -1, turn.person.id, turn.now)
    answer = receipt(turn, shelves, step, views.condition_met)
    decider = shelves.people.get(step.bid.decision.by) if step.bid.decision else None
    if decider and all(condition.met for condition in step.bid.conditions):
        put_question(turn, shelves, step.bid, [decider])
    return answer
