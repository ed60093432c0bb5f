"""Those whom a cycle concerns are told of it (§5.2, §5.3), when they are at work next, and once."""

from bot.handbook import Handbook
from bot.policy.appraisals.cycle import Cycle, Phase
from bot.policy.appraisals.phases import UNSCORED, due_of, is_over
from bot.policy.appraisals.record import Appraisal
from bot.policy.people import Person, is_outsider
from bot.views.appraisals import department as calls
from bot.views.appraisals import peers, progress, reminders, self_review, team
from bot.views.appraisals.progress import FIRST, Items, Open
from storage.appraising import names_of, refresh_appraisal, refresh_team, team_list
from storage.cycles import department, open_for, open_items
from storage.kept import at_work, tongue
from storage.rating import tell_peers
from storage.store import Shelves


def invite(shelves: Shelves, cycle: Cycle, appraisal: Appraisal, person: Person, handbook: Handbook) -> None:
    """Ask a person for their self-review; who was asked already sees it as it is now."""
    message = self_review.invited(tongue(handbook, person), cycle, appraisal)
    key = f"{self_review.OPENED}:{appraisal.id}"
    if not shelves.outbox.say(key, person.id, message, subject=appraisal.subject, not_before=at_work(shelves, person, handbook)):
        refresh_appraisal(shelves, cycle, appraisal, handbook)


def ask_peers(shelves: Shelves, cycle: Cycle, rater: Person, handbook: Handbook) -> None:
    """Ask a colleague about all whom they are to be asked about, in one message; who was asked already sees it as it is now."""
    ratings = shelves.ratings.owed_by(rater.id, [cycle.id])
    if ratings and not is_outsider(rater):
        names = names_of(shelves, [one.person for one in ratings])
        message = peers.asked(tongue(handbook, rater), ratings, names, period=cycle.period, until=cycle.self_due)
        key, subject = f"{peers.PEERS}:{cycle.id}:{rater.id}", f"peers:{cycle.id}:{rater.id}"
        if shelves.outbox.say(key, rater.id, message, subject=subject, not_before=at_work(shelves, rater, handbook)):
            return
    tell_peers(shelves, cycle, rater.id, handbook)


def give_list(shelves: Shelves, cycle: Cycle, manager: Person, handbook: Handbook) -> None:
    """Give a manager the list of those whom they score, if any is left to score; who has it already sees it as it is now."""
    if any(one.state in UNSCORED for one in shelves.appraisals.of_manager(manager.id, [cycle.id])):
        message = team_list(shelves, cycle, manager.id, manager, handbook)
        key, subject = team.key_of(cycle.id, manager.id), team.subject_of(cycle.id, manager.id)
        if shelves.outbox.say(key, manager.id, message, subject=subject, not_before=at_work(shelves, manager, handbook)):
            return
    refresh_team(shelves, cycle, manager.id, handbook)


def ask_department(shelves: Shelves, cycle: Cycle, appraisal: Appraisal, handbook: Handbook) -> None:
    """Ask the HR department who scores on; nobody is asked about themselves."""
    for reader in department(shelves):
        if reader.id != appraisal.person:
            message = reminders.handover(tongue(handbook, reader), cycle, appraisal, appraisal.asked)
            key = f"{reminders.HANDOVER}:{appraisal.id}:{appraisal.asked}:{reader.id}"
            shelves.outbox.say(key, reader.id, message, subject=appraisal.subject, not_before=at_work(shelves, reader, handbook))


def report(shelves: Shelves, cycle: Cycle, handbook: Handbook) -> None:
    """Have the HR department see how far a cycle is, in the message that they have of it."""
    readers = department(shelves)
    counts = shelves.appraisals.counts(cycle.id) if readers else {}
    items = items_told(shelves, cycle) if readers else {}
    handed_in = shelves.appraisals.handed_in(cycle.id) if readers else 0
    overdue = is_over(due_of(cycle), shelves.clock.now(), handbook)
    for reader in readers:
        key = progress.key_of(cycle.id, reader.id)
        message = progress.progress(tongue(handbook, reader), cycle, counts, handed_in, items, overdue)
        if not shelves.outbox.amend(key, message):
            shelves.outbox.say(key, reader.id, message, subject=cycle.subject, not_before=at_work(shelves, reader, handbook))


def call_department(shelves: Shelves, cycle: Cycle, news: calls.News, handbook: Handbook, actor: str = "") -> None:
    """Tell the HR department, but whoever brought it about, what a cycle has come to: each once, when they are at work."""
    for reader in department(shelves):
        if reader.id != actor:
            key, message = calls.key_of(cycle.id, news, reader.id), calls.called(tongue(handbook, reader), cycle, news)
            shelves.outbox.say(key, reader.id, message, subject=cycle.subject, not_before=at_work(shelves, reader, handbook))


def call_on_change(shelves: Shelves, cycle: Cycle, handbook: Handbook, actor: str = "") -> None:
    """Tell the HR department of a new phase, if it is one that needs it or ends its work."""
    news = {Phase.CALIBRATION: calls.News.SCORED, Phase.APPEAL_WINDOW: calls.News.TOLD}.get(cycle.state)
    if news:
        call_department(shelves, cycle, news, handbook, actor)


def items_told(shelves: Shelves, cycle: Cycle) -> Items:
    """Return what is open in a cycle, with the names of the first of each kind."""
    counted = open_items(shelves, cycle)
    first = {item: [one.person for one in open_for(shelves, cycle.id, item, FIRST)] for item in counted}
    names = names_of(shelves, {person for people in first.values() for person in people})
    return {item: Open(n, tuple(names.get(person, person) for person in first[item])) for item, n in counted.items()}
