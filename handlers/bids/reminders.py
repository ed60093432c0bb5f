"""The buttons of a reminder."""

from datetime import timedelta

from bot.views.bids import reminders as views
from handlers.bids.finding import bid_by_value
from handlers.context import Answer, Done, Turn
from handlers.routes import Routes
from storage.retelling import AGAIN
from storage.store import Shelves


def register(routes: Routes) -> None:
    """Register the button that asks to be reminded later."""
    routes.button(views.SNOOZE, snooze)


def snooze(turn: Turn, shelves: Shelves) -> Answer:
    """Ask again later: this reminder says when, and a new one is said then unless the matter is settled."""
    bid = bid_by_value(turn, shelves)
    minutes = int(turn.value.partition(":")[2] or 0)
    until = turn.now + timedelta(minutes=min(max(minutes, 1), 24 * 60))
    for said in shelves.outbox.about(bid.subject):
        if said.target == turn.person.id and said.key.startswith(views.DUE) and not shelves.outbox.find(said.key + AGAIN):
            shelves.outbox.amend(said.key, views.snoozed(turn._, bid, turn._.moment(until, turn.person.zone)))
            again = views.reminder(turn._, bid)
            shelves.outbox.say(said.key + AGAIN, turn.person.id, again, not_before=until, subject=bid.subject)
    return Done()
