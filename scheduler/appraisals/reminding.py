"""Those who still owe something are reminded (§5.3); the HR department sees how far a cycle is."""

from collections.abc import Callable, Collection
from datetime import date, timedelta

from bot.policy.appraisals import reminders as policy
from bot.policy.appraisals.cycle import Cycle, Phase, rules_of
from bot.policy.appraisals.opening import today
from bot.policy.appraisals.phases import is_over
from bot.policy.appraisals.record import SELF_OWED, Appraisal, State
from bot.policy.calendar import Calendar
from bot.policy.people import Person, is_outsider
from bot.views.appraisals import reminders as views
from scheduler.appraisals.walking import BATCH, alone, give_way
from scheduler.job import Job, Occasion
from storage.appraising import names_of
from storage.cycles import at_work, owed_by_managers, raters_unreminded, said_under, unreminded
from storage.inviting import report
from storage.kept import at_work as next_at_work
from storage.kept import tongue
from storage.store import Shelves

Rest = Callable[[Shelves, str], list[str]]
Remind = Callable[[Shelves, Person], None]


def remind(occasion: Occasion) -> None:
    """Remind everybody who still owes something in a running cycle, once at each time."""
    with occasion.store.look() as shelves:
        found = at_work(shelves)
    for cycle in found:
        with alone(cycle.subject):
            remind_of(occasion, cycle)


def remind_of(occasion: Occasion, cycle: Cycle) -> None:
    """Remind everybody who still owes something in one cycle."""
    if cycle.state is Phase.OPEN:
        begun = today(cycle.opened_at, occasion.handbook.company)
        remind_people(occasion, cycle, SELF_OWED, slot(occasion, cycle, cycle.self_due, begun))
        remind_raters(occasion, cycle, last_call(occasion, cycle, begun))
    if cycle.state is Phase.MANAGER_REVIEW:
        remind_people(occasion, cycle, {State.SELF_OVERDUE}, policy.name(0, cycle.self_due))
        remind_managers(occasion, cycle, slot(occasion, cycle, cycle.manager_due, cycle.self_due))
    if cycle.state in (Phase.MANAGER_REVIEW, Phase.CALIBRATION):
        bring_up_to_date(occasion, cycle)


def slot(occasion: Occasion, cycle: Cycle, due: date, since: date) -> str:
    """Return which reminder of a phase is due."""
    here, before = occasion.handbook.company, rules_of(cycle).appraisals.remind_before
    return policy.slot(due, since, today(occasion.now, here), before, Calendar(here))


def last_call(occasion: Occasion, cycle: Cycle, since: date) -> str:
    """Return the reminder of colleagues who are asked, when it is due."""
    here, before = occasion.handbook.company, rules_of(cycle).appraisals.remind_before
    return policy.last_call(cycle.self_due, since, today(occasion.now, here), before, Calendar(here))


def remind_people(occasion: Occasion, cycle: Cycle, states: Collection[State], slot: str) -> None:
    """Remind people of their self-review."""

    def rest(shelves: Shelves, last: str) -> list[str]:
        return [one.person for one in unreminded(shelves, cycle.id, states, views.REMINDER, slot, last, BATCH)]

    def give(shelves: Shelves, person: Person) -> None:
        one = shelves.appraisals.of(cycle.id, person.id, lock=True)
        if one and one.state in states:
            say(occasion, shelves, views.key_of(one, slot), person, cycle, one)

    through(occasion, slot, rest, give)


def say(occasion: Occasion, shelves: Shelves, key: str, person: Person, cycle: Cycle, one: Appraisal) -> None:
    """Remind a person of their self-review, when they are at work."""
    message = views.reminder(tongue(occasion.handbook, person), cycle, one)
    shelves.outbox.say(key, person.id, message, subject=one.subject, not_before=next_at_work(shelves, person, occasion.handbook))


def remind_raters(occasion: Occasion, cycle: Cycle, slot: str) -> None:
    """Remind colleagues of those about whom they were asked."""

    def rest(shelves: Shelves, last: str) -> list[str]:
        return raters_unreminded(shelves, cycle.id, views.PEER_REMINDER, slot, last, BATCH)

    def give(shelves: Shelves, person: Person) -> None:
        ratings = shelves.ratings.owed_by(person.id, [cycle.id])
        names = names_of(shelves, [one.person for one in ratings])
        message = views.peer_reminder(tongue(occasion.handbook, person), cycle, ratings, names)
        opens = next_at_work(shelves, person, occasion.handbook)
        key, subject = views.peer_key(cycle.id, person.id, slot), f"peers:{cycle.id}:{person.id}"
        shelves.outbox.say(key, person.id, message, subject=subject, not_before=opens)

    through(occasion, slot, rest, give)


def remind_managers(occasion: Occasion, cycle: Cycle, slot: str) -> None:
    """Remind managers of whom they have to score, in one message each."""
    with occasion.store.look() as shelves:
        left = owed_by_managers(shelves, cycle.id) if slot else {}
        said = set(said_under(shelves, f"{views.TEAM_REMINDER}:{cycle.id}:")) if left else set()
    waiting = sorted(manager for manager in left if views.team_key(cycle.id, manager, slot) not in said)

    def give(shelves: Shelves, person: Person) -> None:
        message = views.team_reminder(tongue(occasion.handbook, person), cycle, person.id, left[person.id], overdue=policy.is_overdue(slot))
        opens = next_at_work(shelves, person, occasion.handbook)
        shelves.outbox.say(views.team_key(cycle.id, person.id, slot), person.id, message, not_before=opens)

    through(occasion, slot, lambda _shelves, last: [one for one in waiting if one > last][:BATCH], give)


def through(occasion: Occasion, slot: str, rest: Rest, give: Remind) -> None:
    """Go through those who are still to be reminded, in batches; whoever has left is passed over."""
    last = ""
    while slot:
        with occasion.store.look() as shelves:
            ahead = rest(shelves, last)
        if not ahead:
            return
        with occasion.store.change() as shelves:
            for person in shelves.people.among(ahead):
                with alone(f"person:{person.id}"), shelves.connection.begin_nested():
                    if not is_outsider(person):
                        give(shelves, person)
        last = max(ahead)
        give_way()


def bring_up_to_date(occasion: Occasion, cycle: Cycle) -> None:
    """Have the reminders of managers say how many are left now, and that nobody is."""
    start = f"{views.TEAM_REMINDER}:{cycle.id}:"
    with occasion.store.look() as shelves:
        said, left = said_under(shelves, start), owed_by_managers(shelves, cycle.id)
    overdue = is_over(cycle.manager_due, occasion.now, occasion.handbook)
    for key in said:
        manager = key.removeprefix(start).partition(":")[0]
        with alone(key), occasion.store.change() as shelves:
            person = shelves.people.get(manager)
            message = views.team_reminder(tongue(occasion.handbook, person), cycle, manager, left.get(manager, 0), overdue=overdue)
            shelves.outbox.amend(key, message)


def tell_department(occasion: Occasion) -> None:
    """Bring up to date what the HR department has of the running cycles."""
    with occasion.store.look() as shelves:
        found = [cycle for cycle in at_work(shelves) if cycle.state is not Phase.CANCELLED]
    for cycle in found:
        with alone(cycle.subject), occasion.store.change() as shelves:
            now = shelves.cycles.get(cycle.id)
            if now:
                report(shelves, now, occasion.handbook)


JOBS = (
    Job("appraisals.remind", remind, every=timedelta(minutes=5), stride=timedelta(hours=1)),
    Job("appraisals.report", tell_department, every=timedelta(minutes=5), stride=timedelta(hours=3)),
)
