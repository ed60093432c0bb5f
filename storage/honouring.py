"""Honours are reckoned and kept: what speaks for the nominees, and the steps with the messages that follow them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from bot.handbook import Handbook, HonourType
from bot.policy.appraisals.record import GRADE_NAMES, TOLD, Appraisal, Grade, Measure
from bot.policy.bids.measures import Measure as Counted
from bot.policy.calendar import Calendar
from bot.policy.honours import merits
from bot.policy.honours.nominating import Words, for_person, for_solution
from bot.policy.honours.record import Bar, Merit, Nomination, Phase, Round, State
from bot.policy.honours.rounds import entered, opened, period_of, today
from bot.policy.machine import Step
from bot.policy.people import Person, Role, is_outsider, standing
from bot.policy.quality import Quality
from bot.policy.tallies import COMPANY, Party, Period, Scope
from bot.views.blocks import Message
from bot.views.honours import told
from storage.kept import at_work, keep, tongue
from storage.outbox import Said
from storage.retelling import Render, retell
from storage.store import Shelves

UNSAID = Words("")


def honours_of(shelves: Shelves, person: str) -> list[Nomination]:
    """Return the honours of a person that were announced and not revoked, latest first."""
    return shelves.nominations.honoured(person)


def judged(shelves: Shelves, round: Round, handbook: Handbook, now: datetime) -> list[Nomination]:
    """Return the nominations of a round with what speaks for each now; to them come those whom only the measures put forward.

    The latter have no id and no nominator yet.
    """
    period = period_of(round, Calendar(handbook.company))
    known = shelves.nominations.of(round.type, round.period)
    if round.honour.given_to == "solution":
        return judged_solutions(shelves, round, period, known, handbook, now)
    return judged_people(shelves, round, period, known, handbook, now)


def judged_people(
    shelves: Shelves, round: Round, period: Period, known: Sequence[Nomination], handbook: Handbook, now: datetime
) -> list[Nomination]:
    """Return the people of a round with what speaks for each."""
    nominated, newcomers = {one.person for one in known}, Role(handbook.people.newcomers)
    counted = [who for who in shelves.people.among(shelves.tallies.people(period.names)) if who.id not in nominated]
    added = [for_person(round.type, round.period, who.id, "", UNSAID, now) for who in counted if Role.STAFF in standing(who, newcomers)]
    everybody = [*known, *added]
    published = appraised(shelves, [one.person for one in everybody], period)
    people = {who.id: who for who in shelves.people.among([one.person for one in everybody])}
    return [
        one.amended(merit=person_merit(shelves, people.get(one.person), published.get(one.person, {}), one.person, period))
        for one in everybody
    ]


def appraised(shelves: Shelves, people: Collection[str], period: Period) -> Mapping[str, Mapping[str, Appraisal]]:
    """Return the published appraisals of some people by person and period: those of the quarters, and that of the year."""
    found: dict[str, dict[str, Appraisal]] = {}
    for one in shelves.appraisals.of_people(people, {*period.names, period.name}):
        if one.state in TOLD:
            found.setdefault(one.person, {})[one.period] = one
    return found


def person_merit(shelves: Shelves, person: Person | None, published: Mapping[str, Appraisal], id: str, period: Period) -> Merit:
    """Return what speaks for a person: the score and grade of the period, teamwork, and bids won."""
    whole = published.get(period.name)
    quarters = [published[name] for name in period.names if name in published]
    grade = whole.final_grade if whole else None
    failed = Bar.FAILED if grade is Grade.FAIL else None
    return Merit(
        score=merits.mean_score([one.score for one in quarters]),
        n=len(quarters),
        grade=GRADE_NAMES[grade] if grade else "",
        rank=len(Grade) - [*Grade].index(grade) if grade else 0,
        teamwork=merits.mean_score([teamwork_of(one) for one in quarters]),
        won=int(shelves.tallies.of(Party(Scope.PERSON, id), period.names).get(Counted.WON, 0)),
        bar=Bar.LEFT if person is None or is_outsider(person) else failed,
    )


def teamwork_of(appraisal: Appraisal) -> Decimal | None:
    """Return the score for teamwork, None where there were too few ratings to show."""
    return next((one.score for one in appraisal.measured if one.measure is Measure.TEAMWORK), None)


def judged_solutions(
    shelves: Shelves, round: Round, period: Period, known: Sequence[Nomination], handbook: Handbook, now: datetime
) -> list[Nomination]:
    """Return the solutions of a round with what speaks for each; those of the period were approved in it."""
    approved = [int(subject.partition(":")[2]) for subject in shelves.tallies.subjects(COMPANY, period.names, [Quality.SOLUTION])]
    nominated = {one.solution: one for one in known}
    found = {number: shelves.solutions.get(number) for number in (*nominated, *approved)}
    zone, judged = handbook.company.time_zone, list[Nomination]()
    for number, solution in found.items():
        if solution and (number in nominated or not solution.confidential):
            one = nominated.get(number) or for_solution(round.type, round.period, solution, "", UNSAID, now)
            deal = shelves.opportunities.get(solution.opportunity)
            judged.append(one.amended(merit=merits.solution_merit(solution, deal, period, zone)))
    return judged


def above(shelves: Shelves, nomination: Nomination) -> frozenset[str]:
    """Return all who are above somebody who is honoured."""
    return frozenset(manager for person in nomination.people for manager in shelves.people.managers_of(person))


def begin_round(
    shelves: Shelves, honour: HonourType, period: Period, actor: str, now: datetime, handbook: Handbook, request: str = ""
) -> Round | None:
    """Begin a round and tell the HR department; return None where there is one already, cancelled or not."""
    draft = opened(honour, period, actor, now, handbook.honours.nominate_within, Calendar(handbook.company))
    begun = shelves.rounds.begin(draft)
    if begun:
        shelves.audit.note(entered(begun).event.amended(request=request))
        tell_hr(shelves, begun, told.OPENED, actor, handbook)
        invite(shelves, handbook, now)
    return begun


def invite(shelves: Shelves, handbook: Handbook, now: datetime) -> None:
    """Have it said in the channel that nominations are open: one post a day for all rounds that began, in working hours."""
    calendar, channel = Calendar(handbook.company), handbook.channels.honours
    day = today(now, calendar)
    begun = [one for one in shelves.rounds.in_phases([Phase.OPEN]) if today(one.opened_at, calendar) == day]
    if channel and begun:
        key, message = f"{told.INVITED}:{day}", told.invited(tongue(handbook, None), begun)
        opens = calendar.next_working_moment(now, handbook.company.time_zone)
        if not shelves.outbox.amend(key, message):
            shelves.outbox.say(key, channel, message, subject=f"invited:{day}", not_before=opens)


def tell_hr(shelves: Shelves, round: Round, kind: str, actor: str, handbook: Handbook) -> None:
    """Tell everybody of the HR department where a round stands, but whoever brought it there."""
    nominations = shelves.nominations.of(round.type, round.period)
    for person in shelves.people.active():
        if Role.HR in person.roles and person.id != actor and not is_outsider(person):
            key = f"{kind}:{round.id}:{person.id}"
            message = told.retold(tongue(handbook, person), key, round, nominations)
            shelves.outbox.say(key, person.id, message, subject=round.subject, not_before=at_work(shelves, person, handbook))


def keep_round(shelves: Shelves, step: Step[Round], handbook: Handbook, request: str = "") -> int:
    """Remember a step of a round, told again; return the id of its event."""
    return keep(shelves, shelves.rounds, step, rendering(shelves, step.record, handbook), request)


def keep_nomination(shelves: Shelves, step: Step[Nomination], handbook: Handbook, request: str = "") -> int:
    """Remember a step of a nomination, and have what its round was told say so; return the id of its event."""
    change = keep(shelves, shelves.nominations, step, lambda _said, _person: None, request)
    found = shelves.rounds.of(step.record.type, step.record.period)
    if found:
        retell(shelves, shelves.outbox.about(found.subject), rendering(shelves, found, handbook))
    return change


def rendering(shelves: Shelves, round: Round, handbook: Handbook) -> Render:
    """Return how messages about a round and those in it are told again."""
    nominations = shelves.nominations.of(round.type, round.period)

    def render(said: Said, person: Person | None) -> Message | None:
        return told.retold(tongue(handbook, person), said.key, round, nominations)

    return render


def publish(shelves: Shelves, round: Round, handbook: Handbook) -> None:
    """Have an announced round said: in the channel with its reasons below, to those honoured, and to those who nominated."""
    nominations = shelves.nominations.of(round.type, round.period)
    company, channel = tongue(handbook, None), handbook.channels.honours
    if channel:
        key = f"{told.ANNOUNCED}:{round.id}"
        shelves.outbox.say(key, channel, told.announced(company, round, nominations), subject=round.subject)
        shelves.outbox.say(
            f"{told.DETAIL}:{round.id}", channel, told.detail(company, round, nominations), thread=key, subject=round.subject
        )
    tell_all(shelves, round, handbook)


def tell_all(shelves: Shelves, round: Round, handbook: Handbook) -> None:
    """Tell everybody whom the nominations of a round concern what became of them."""
    for one in shelves.nominations.of(round.type, round.period):
        tell_people(shelves, round, one, handbook)


def tell_people(shelves: Shelves, round: Round, nomination: Nomination, handbook: Handbook) -> None:
    """Tell those who are honoured, and those who nominated them what was decided."""
    honoured = nomination.people if nomination.state is State.AWARDED else ()
    told_so = {**dict.fromkeys(nomination.speakers, told.DECIDED), **dict.fromkeys(honoured, told.HONOURED)}
    for person in shelves.people.among(told_so):
        if not is_outsider(person):
            key = f"{told_so[person.id]}:{round.id}:{nomination.id}:{person.id}"
            message = told.retold(tongue(handbook, person), key, round, [nomination])
            if message:
                shelves.outbox.say(key, person.id, message, subject=round.subject)
