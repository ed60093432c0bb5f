"""Those whom an appeal concerns are told of its steps (§5.3), each once and in their own language."""

from collections.abc import Iterator

from bot.handbook import Handbook
from bot.policy.appraisals.appeals import hearers
from bot.policy.appraisals.record import Appraisal, State
from bot.policy.people import Person, is_outsider
from bot.views.appraisals import hearing
from storage.appraising import cycle_of
from storage.kept import at_work, tongue
from storage.store import Shelves


def tell(shelves: Shelves, appraisal: Appraisal, handbook: Handbook, by: str = "") -> None:
    """Tell those of a step who wait for it or have to do something now, but not whoever took it; of the calendar's when at work."""
    cycle = cycle_of(shelves, appraisal)
    for kind, person in concerned(shelves, appraisal):
        if person.id != by:
            message = hearing.current(tongue(handbook, person), kind, person.id, cycle, appraisal)
            opens = None if by else at_work(shelves, person, handbook)
            shelves.outbox.say(f"{kind}:{appraisal.id}:{person.id}", person.id, message, subject=appraisal.subject, not_before=opens)


def concerned(shelves: Shelves, appraisal: Appraisal) -> Iterator[tuple[str, Person]]:
    """Yield who is told where an appeal stands now, each with the kind of message."""
    if appraisal.state is State.APPEALED:
        yield from ((hearing.MADE, person) for person in here(shelves, appraisal.manager))
    if appraisal.state is State.MANAGER_TALK:
        waiting = [*here(shelves, appraisal.person), *hearers(shelves.people.active(), appraisal)]
        yield from ((hearing.TALKED, person) for person in waiting)
    if appraisal.state is State.HR_REVIEW:
        yield from ((hearing.HEARD, person) for person in hearers(shelves.people.active(), appraisal))
    if appraisal.state is State.HR_REVIEW and appraisal.appeal and appraisal.appeal.accepted:
        yield from ((hearing.TAKEN, person) for person in here(shelves, appraisal.person))
    if appraisal.state in (State.RESOLVED, State.UPHELD, State.REVISED):
        yield from ((hearing.DECIDED, person) for person in here(shelves, appraisal.person, appraisal.manager))


def here(shelves: Shelves, *people: str) -> list[Person]:
    """Return those of some people who work here."""
    return [person for person in shelves.people.among([one for one in people if one]) if not is_outsider(person)]
