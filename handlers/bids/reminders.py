"""The buttons of a reminder: it is put off, but never into the last hours before the deadline."""

from datetime import datetime

from bot.policy.bids import Bid
from bot.policy.bids import reminders as policy
from bot.policy.calendar import Calendar
from bot.policy.people import Person
from bot.views.bids import reminders as views
from bot.words.numbers import number_in
from handlers.bids.finding import bid_by_value
from handlers.context import Answer, Done, Turn
from handlers.routes import Routes
from storage.outbox import Said
from storage.store import Shelves


def register(routes: Routes) -> None:
    """Register the menu that asks to be reminded later."""
    routes.button(views.SNOOZE, snooze)


def snooze(turn: Turn, shelves: Shelves) -> Answer:
    """Ask again later: what this person was reminded of says when, and is asked once more then unless it is settled."""
    bid = bid_by_value(turn, shelves)
    asked = [said for said in shelves.outbox.about(bid.subject) if is_reminder(said, turn.person, bid)]
    if bid.deadline is None or not asked:
        return Done()
    until, planned = comes_back(turn, shelves, bid, bid.deadline)
    for said in asked:
        if said.ts:
            shelves.outbox.amend(said.key, views.snoozed(turn._, bid, turn._.moment(until, turn.person.zone)))
        else:
            shelves.outbox.withdraw(said.key)
    if not planned:
        last = asked[-1]
        again = views.reminder(turn._, bid, views.kind_of(last.key), turn.person.id, until, turn.handbook.bids.reminders)
        shelves.outbox.say(views.again(last.key, turn.request), turn.person.id, again, not_before=until, subject=bid.subject)
    return Done()


def is_reminder(said: Said, person: Person, bid: Bid) -> bool:
    """Tell the reminders of this bid's deadline, as it stands, that this person was given or is to be given again."""
    mine = said.target == person.id and views.kind_of(said.key) in (views.DUE, views.ESCALATED) and not said.gone
    return mine and views.end_in(said.key) == bid.deadline


def comes_back(turn: Turn, shelves: Shelves, bid: Bid, deadline: datetime) -> tuple[datetime, bool]:
    """Return when a reminder comes back, and whether that is one which comes by itself, because it comes sooner."""
    rules, calendar = turn.handbook.bids.reminders, Calendar(turn.handbook.company)
    chosen = turn.value.partition(":")[2]
    minutes = number_in(chosen) if number_in(chosen) in rules.snoozes else rules.snoozes[0]
    until = policy.snoozed_until(deadline, minutes, turn.now, calendar, turn.person.zone, rules.last_hours)
    owner = shelves.people.get(bid.owner)
    zones = {person.id: person.zone for person in (owner, turn.person) if person}
    planned = policy.reminders(bid, owner.manager if owner else "", zones, rules, calendar)
    mine = [one for one in planned if one.person == turn.person.id and one.matter is not policy.Matter.DEFENCE]
    ahead = [one.at for one in mine if one.at > turn.now and one.before <= policy.AT_ONCE]
    soonest = min(ahead, default=until)
    return min(until, soonest), soonest <= until and bool(ahead)
