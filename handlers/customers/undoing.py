"""`/customer undo`: the way back within minutes, of a merger too."""

from bot.language import N_
from bot.policy import customers as policy
from bot.policy.customers import Action, Customer, Standing
from bot.policy.machine import Step, event
from bot.policy.opportunities import Outcome
from bot.policy.record import Event
from bot.policy.refusal import Refusal
from bot.views.customers import sheet as views
from handlers.context import Answer, Say, Turn
from handlers.customers.finding import by_value, find_customer, keep, number_behind
from handlers.routes import Routes, Word
from storage.deals import deals_with
from storage.store import Shelves


def register(routes: Routes) -> None:
    """Register the word and the button."""
    word = Word("undo", undo, N_("undo X"), N_("take your last change back"), ("撤销", "撤銷", "取消"))
    routes.command("/customer", "list", word)
    routes.button(views.UNDO, undo_pressed)


def undo(turn: Turn, shelves: Shelves) -> Answer:
    """Take back the person's last change of the customer."""
    return take_back(turn, shelves, find_customer(turn, shelves, "customers.change", views.UNDO).customer, None)


def undo_pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Take back the very change that the button belongs to."""
    return take_back(turn, shelves, by_value(turn, shelves, turn.value), number_behind(turn.value) or None)


def take_back(turn: Turn, shelves: Shelves, customer: Customer, change: int | None) -> Answer:
    """Take back the last change, which must be the one meant if one is; a duplicate that it merged comes back."""
    history = shelves.audit.of(customer.subject)
    step = policy.undo(customer, history, change, turn.person.id, turn.now, turn.handbook.bids.undo_minutes)
    if step.record.state is Standing.RETRACTED and deals_with(shelves, customer, set(Outcome) - {Outcome.RETRACTED}):
        raise Refusal(N_("{customer} has deals: take those back first."), customer=customer.name)
    keep(turn, shelves, step)
    if history[-1].action == Action.MERGE:
        part_again(turn, shelves, step.record, history[-1])
    return Say(views.receipt(turn._, step.record, views.undone(turn._, step.record), None))


def part_again(turn: Turn, shelves: Shelves, kept: Customer, merger: Event) -> None:
    """Bring back the duplicates that one merger took in."""
    for duplicate in shelves.customers.merged_into(kept.id):
        last = shelves.audit.last(duplicate.subject)
        if last and last.request == merger.request and last.was:
            before = Customer.model_validate(last.was)
            keep(turn, shelves, Step(before, event(before, duplicate, Action.UNDO, turn.person.id, turn.now)))
