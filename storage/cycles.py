"""Cycles as wholes: what concerns many appraisals is asked, and added, all at once."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import Column, ColumnElement, Select, Text, and_, cast, func, insert, literal, not_, or_, select, union

from bot.handbook import Handbook
from bot.language import N_
from bot.policy.appraisals.cycle import RUNNING, Cycle, Kind, Move, Phase, rules_of
from bot.policy.appraisals.opening import LAST, Span, drafted, is_year, manager_of, span
from bot.policy.appraisals.phases import ITEM_STATES, ITEMS, UNSCORED, Item
from bot.policy.appraisals.record import ENDED, TOLD, UNPUBLISHED, Appraisal, State
from bot.policy.appraisals.steps import Action
from bot.policy.machine import event
from bot.policy.people import Person, Role
from bot.policy.record import Event
from bot.policy.refusal import Refusal
from bot.policy.tallies import Period
from storage.appraisals import APPRAISALS, CYCLES, RATINGS
from storage.audit import EVENTS, link
from storage.base import once
from storage.outbox import OUTBOX
from storage.people import INSIDE, PEOPLE
from storage.store import Shelves

AT_REVIEW: tuple[Column[str], ...] = (APPRAISALS.c.manager, RATINGS.c.rater)  # whom the managers' phase concerns
OWED = (RATINGS.c.rated_at.is_(None), ~RATINGS.c.declined)
UNENDED = select(APPRAISALS.c.id).where(APPRAISALS.c.cycle == CYCLES.c.id, APPRAISALS.c.state.not_in(ENDED)).exists()
AT_WORK = select(CYCLES).where(or_(CYCLES.c.state.in_(RUNNING), and_(CYCLES.c.state == Phase.CANCELLED, UNENDED))).order_by(CYCLES.c.id)


def at_work(shelves: Shelves) -> list[Cycle]:
    """Return the cycles that are running, and those cancelled in which somebody is still to be told, oldest first."""
    return shelves.cycles.all_of(AT_WORK)


def known_periods(shelves: Shelves, periods: Collection[str]) -> frozenset[str]:
    """Return those of the periods for which there ever was a cycle, one that was cancelled too."""
    question = select(CYCLES.c.period).where(CYCLES.c.period.in_(periods))
    return frozenset(shelves.connection.execute(question).scalars())


def was_at_work(shelves: Shelves, before: datetime) -> bool:
    """Say whether the desk had anything to remember before an instant."""
    first = shelves.connection.execute(select(EVENTS.c.at).order_by(EVENTS.c.id).limit(1)).scalar_one_or_none()
    return first is not None and first < before


def begin(shelves: Shelves, cycle: Cycle) -> Cycle | None:
    """Remember a new cycle and return it with its id; None where the period has one, also when both begin at once."""
    values = {name: value for name, value in dict(cycle).items() if name != "id"}
    number = shelves.connection.execute(once(shelves.connection.dialect.name, CYCLES), values).scalar_one_or_none()
    return None if number is None else cycle.amended(id=number)


def start(shelves: Shelves, of: Period, handbook: Handbook, opened_by: str, now: datetime, request: str = "") -> Cycle | None:
    """Begin the cycle of a period; None where it has one. Refuse one in which nobody would be."""
    last = shelves.cycles.of_period(of.names[-1]) if is_year(of) else None
    cycle = drafted(of, handbook, opened_by, now, last.calibration_due if last else None)
    total = len(roster(shelves, cycle, handbook))
    if not total:
        raise Refusal(N_("Nobody would be in it: nobody has a post that is appraised, or served long enough."), field="period")
    begun = begin(shelves, cycle.amended(total=total))
    if begun:
        shelves.audit.note(event(begun, None, Move.PREPARE, opened_by, now).amended(request=request))
    return begun


class Enrolled(NamedTuple):
    """Somebody who is in a cycle: who scores them, and how long they served."""

    person: Person
    manager: str
    span: Span


def roster(shelves: Shelves, cycle: Cycle, handbook: Handbook) -> list[Enrolled]:
    """Return who is in a cycle, by id."""
    rules, newcomers = rules_of(cycle).appraisals, Role(handbook.people.newcomers)
    placed = shelves.people.all_of(select(PEOPLE).where(INSIDE, PEOPLE.c.post.in_(rules.posts)).order_by(PEOPLE.c.id))
    spans = [(person, span(person, cycle.start, cycle.end, rules, newcomers)) for person in placed]
    people = {person.id: person for person in shelves.people.all()} if placed else {}
    return [Enrolled(person, manager_of(person, people), found) for person, found in spans if found]


def add_appraisals(shelves: Shelves, appraisals: Sequence[Appraisal]) -> list[Appraisal]:
    """Remember new appraisals; return them with their ids."""
    if not appraisals:
        return []
    rows = [{name: value for name, value in dict(one).items() if name != "id"} for one in appraisals]
    adding = insert(APPRAISALS).returning(APPRAISALS.c.id, sort_by_parameter_order=True)
    numbers = shelves.connection.execute(adding, rows).scalars().all()
    return [one.model_copy(update={"id": number}) for one, number in zip(appraisals, numbers, strict=True)]


def note_beginnings(shelves: Shelves, events: Sequence[Event]) -> None:
    """Add the first events of as many subjects to the audit log."""
    if not events:
        return
    dated = [event.amended(at=event.at.astimezone(UTC)) for event in events]
    rows = [dict(event) | {"link": link(event, "")} for event in dated]
    shelves.connection.execute(insert(EVENTS), [{name: value for name, value in row.items() if name != "id"} for row in rows])


def told_next(shelves: Shelves, cycle: int, last: str, limit: int) -> list[str]:
    """Return the next of those who are told that a cycle is open, by id: whom it is about, who scores, and whom it asks about others."""
    return following(shelves, cycle, last, limit, (APPRAISALS.c.person, *AT_REVIEW))


def reviewers_next(shelves: Shelves, cycle: int, last: str, limit: int) -> list[str]:
    """Return the next of those who score in a cycle, and of those who were asked about others, by id."""
    return following(shelves, cycle, last, limit, AT_REVIEW)


def following(shelves: Shelves, cycle: int, last: str, limit: int, columns: Collection[Column[str]]) -> list[str]:
    """Return the next people of a cycle, by id, who stand in any of some columns."""
    pages = (
        select(one).distinct().where(one.table.c.cycle == cycle, one > last).order_by(one).limit(limit).subquery().select()
        for one in columns
    )
    [column] = union(*pages).subquery().c
    return list(shelves.connection.execute(select(column).order_by(column).limit(limit)).scalars())


def owed_by_managers(shelves: Shelves, cycle: int) -> Mapping[str, int]:
    """Return how many of a cycle each manager has still to score."""
    wanted = (APPRAISALS.c.cycle == cycle, APPRAISALS.c.state.in_(UNSCORED), APPRAISALS.c.manager != "")
    question = select(APPRAISALS.c.manager, func.count()).where(*wanted).group_by(APPRAISALS.c.manager)
    return {manager: int(n) for manager, n in shelves.connection.execute(question)}


def unreminded(shelves: Shelves, cycle: int, states: Collection[State], kind: str, slot: str, last: str, limit: int) -> list[Appraisal]:
    """Return the appraisals in some states about which nothing was said yet under the key "kind:id:slot"."""
    key = literal(f"{kind}:").concat(cast(APPRAISALS.c.id, Text)).concat(f":{slot}")
    wanted = (APPRAISALS.c.cycle == cycle, APPRAISALS.c.state.in_(states), APPRAISALS.c.person > last, unsaid(key))
    return shelves.appraisals.all_of(select(APPRAISALS).where(*wanted).order_by(APPRAISALS.c.person).limit(limit))


def raters_unreminded(shelves: Shelves, cycle: int, kind: str, slot: str, last: str, limit: int) -> list[str]:
    """Return who still owes an answer about a colleague and was told nothing yet under the key "kind:cycle:person:slot"."""
    key = literal(f"{kind}:{cycle}:").concat(RATINGS.c.rater).concat(f":{slot}")
    question = select(RATINGS.c.rater).distinct().where(RATINGS.c.cycle == cycle, RATINGS.c.rater > last, *OWED, unsaid(key))
    return list(shelves.connection.execute(question.order_by(RATINGS.c.rater).limit(limit)).scalars())


def unsaid(key: ColumnElement[str]) -> ColumnElement[bool]:
    """Return the condition that nothing was said under a key."""
    return not_(select(OUTBOX.c.id).where(OUTBOX.c.key == key).exists())


def said_under(shelves: Shelves, start: str) -> list[str]:
    """Return the keys that begin so and under which something was said."""
    wanted = OUTBOX.c.key.between(start, f"{start}~")
    return list(shelves.connection.execute(select(OUTBOX.c.key).where(wanted).order_by(OUTBOX.c.id)).scalars())


def moved(shelves: Shelves, cycle: int) -> list[int]:
    """Return the numbers of those appraisals about whose person or manager something may have changed in the directory."""
    person, scorer, above = PEOPLE.alias("person"), PEOPLE.alias("scorer"), PEOPLE.alias("above")
    joined = (
        APPRAISALS.outerjoin(person, person.c.id == APPRAISALS.c.person)
        .outerjoin(scorer, and_(scorer.c.id == APPRAISALS.c.manager, inside(scorer)))
        .outerjoin(above, and_(above.c.id == person.c.manager, inside(above)))
    )
    left = or_(person.c.id.is_(None), not_(inside(person)))
    orphaned = and_(APPRAISALS.c.manager != "", scorer.c.id.is_(None))
    other = and_(above.c.id.is_not(None), above.c.id != APPRAISALS.c.manager, above.c.id != APPRAISALS.c.asked)
    wanted = or_(
        and_(APPRAISALS.c.state.in_(UNPUBLISHED), left),
        and_(APPRAISALS.c.state.in_(UNSCORED), or_(orphaned, other)),
    )
    return list(
        shelves.connection.execute(select(APPRAISALS.c.id).select_from(joined).where(APPRAISALS.c.cycle == cycle, wanted)).scalars()
    )


def inside(person: Any) -> ColumnElement[bool]:
    """Return the condition that somebody works here."""
    return not_(or_(person.c.deleted, person.c.bot, person.c.guest, person.c.stranger))


def is_decided(shelves: Shelves, appraisal: Appraisal) -> bool:
    """Say whether somebody decided who scores after the person was placed last: then the directory does not decide again."""
    by_person = (EVENTS.c.subject == appraisal.subject, EVENTS.c.action == Action.REASSIGN, EVENTS.c.actor != "")
    decided = shelves.connection.execute(select(func.max(EVENTS.c.id)).where(*by_person)).scalar_one()
    placed = select(func.max(EVENTS.c.id)).where(EVENTS.c.subject == f"person:{appraisal.person}")
    return decided is not None and decided > (shelves.connection.execute(placed).scalar_one() or 0)


def department(shelves: Shelves) -> list[Person]:
    """Return those of the HR department who work here, by id."""
    held = cast(PEOPLE.c.roles, Text).contains(f'"{Role.HR}"')
    return shelves.people.all_of(select(PEOPLE).where(INSIDE, held).order_by(PEOPLE.c.id))


def open_items(shelves: Shelves, cycle: Cycle) -> dict[Item, int]:
    """Return what is open in the phase in which a cycle is, with how many it is open for."""
    found = {item: counted(shelves, items_of(cycle.id, item)) for item in ITEMS.get(cycle.state, ())}
    return {item: n for item, n in found.items() if n}


def counted(shelves: Shelves, wanted: ColumnElement[bool]) -> int:
    """Return how many appraisals fulfil a condition."""
    return int(shelves.connection.execute(select(func.count()).select_from(APPRAISALS).where(wanted)).scalar_one())


def open_for(shelves: Shelves, cycle: int, item: Item, limit: int, offset: int = 0) -> list[Appraisal]:
    """Return those for whom something is open in a cycle, by person."""
    question: Select[Any] = select(APPRAISALS).where(items_of(cycle, item)).order_by(APPRAISALS.c.person)
    return shelves.appraisals.all_of(question.limit(limit).offset(offset))


def items_of(cycle: int, item: Item) -> ColumnElement[bool]:
    """Return the condition that something is open for an appraisal of a cycle."""
    states = and_(APPRAISALS.c.cycle == cycle, APPRAISALS.c.state.in_(ITEM_STATES[item]))
    if item is Item.SCORER:
        return and_(states, APPRAISALS.c.manager == "")
    return and_(states, APPRAISALS.c.asked != "") if item is Item.HANDOVER else states


def any_placed(shelves: Shelves, posts: Collection[str]) -> bool:
    """Say whether anybody who works here has one of these posts."""
    return shelves.connection.execute(select(PEOPLE.c.id).where(INSIDE, PEOPLE.c.post.in_(posts)).limit(1)).first() is not None


def quarters_of(shelves: Shelves, cycle: Cycle, people: Collection[str]) -> dict[str, dict[str, Any]]:
    """Return the published scores and grades of people in the quarters of a year, by person; nothing for a quarter."""
    found: dict[str, dict[str, Any]] = {}
    quarters = [f"{cycle.period}Q{number}" for number in range(1, LAST + 1)] if cycle.kind is Kind.YEAR else []
    for one in shelves.appraisals.of_people(people, quarters) if quarters else []:
        if one.state in TOLD:
            found.setdefault(one.person, {})[one.period] = (one.score, one.final_grade)
    return found


def year_of(shelves: Shelves, quarter: Appraisal) -> Appraisal | None:
    """Return the same person's appraisal of the year, held, while it is not scored; the quarter's result is part of it."""
    year = shelves.cycles.of_period(quarter.period.partition("Q")[0])
    found = shelves.appraisals.of(year.id, quarter.person, lock=True) if year and year.kind is Kind.YEAR else None
    return found if found and found.state in UNSCORED else None
