"""`python app.py import FILE`: people and past bids from a CSV file, all of it or nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

from pydantic import ValidationError

from bot.handbook import Handbook
from bot.imports.bids import BidLine, check_order
from bot.imports.cells import Known, known
from bot.imports.line import Line
from bot.imports.people import PersonLine, check_managers
from bot.language import N_, Translator
from bot.policy.bids import Bid, is_missed
from bot.policy.record import Event, Record
from bot.policy.refusal import Refusal
from bot.tables import Table, TableFault, read
from bot.views import errors
from bot.views import imports as views
from bot.words.text import near
from storage.counting import count_bid, count_person
from storage.store import Shelves, Store

ACTOR = "import"
NO_COLUMNS = N_("The first line must name the columns: customer, owner, ... for bids; id or email, post, ... for people.")
TWICE = N_("This is on line {line} already; take one of the two out. Two bids of one day differ by the time in registered.")
LineT = TypeVar("LineT", bound=Line)


class Faulty(Exception):
    """Refuse a file; `faults` are sentences, one for each thing to mend."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("the file has faults")
        self.faults = faults


@dataclass
class Import:
    """An import under way: what it is read against, where it is noted to come from, and what it has come to so far."""

    shelves: Shelves
    known: Known
    source: str
    dry: bool
    _: Translator
    request: str = field(default_factory=lambda: uuid4().hex[:12])
    said: list[str] = field(default_factory=list)
    unchanged: int = 0
    missed: list[int] = field(default_factory=list)

    def note(self, subject: str, line: int, before: Record | None, after: Record) -> None:
        """Note a change in the audit log."""
        was, became = before.snapshot() if before else None, after.snapshot()
        origin = f"{self.source}:{line}"
        event = Event(at=self.known.now, actor=ACTOR, subject=subject, action="import", reason=origin, request=self.request)
        self.shelves.audit.note(event.amended(was=was, became=became, after=became.get("state", "")))


def import_file(store: Store, handbook: Handbook, file: Path, now: datetime, _: Translator, *, dry: bool) -> tuple[list[str], int]:
    """Take a file over, or with `dry` only try it; return what there is to say, a line each, and the exit code."""
    try:
        content = file.read_bytes()
        with store.look() if dry else store.change() as shelves:
            taking = Import(shelves, known(handbook, shelves.people.all(), now), file.name, dry, _)
            take(taking, content)
    except OSError as error:
        return [f"{file}: {error.strerror}"], 1
    except Faulty as faulty:
        return [*(f"{file}: {fault}" for fault in faulty.faults), views.refused(_, len(faulty.faults))], 1
    passed = [views.missed(_, taking.missed, dry=dry)] if taking.missed else []
    return [*taking.said, *passed, views.summary(_, len(taking.said), taking.unchanged, dry=dry)], 0


def take(taking: Import, content: bytes) -> None:
    """Take the rows of a file over; raise Faulty, before anything is changed, with all that is wrong in it."""
    try:
        table = read(content)
        if "customer" in table.columns:
            take_bids(taking, read_lines(taking, BidLine, table))
        elif {"id", "email"} & set(table.columns):
            take_people(taking, read_lines(taking, PersonLine, table))
        else:
            raise TableFault(1, NO_COLUMNS)
    except TableFault as fault:
        raise Faulty([views.fault(taking._, fault.line, "", errors.refusal(taking._, fault))]) from None


def read_lines(taking: Import, model: type[LineT], table: Table) -> list[tuple[int, LineT]]:
    """Return what the rows say, each with its line; raise Faulty with every fault in any of them."""
    faults = [views.fault(taking._, 1, "", errors.refusal(taking._, wrong)) for wrong in wrong_columns(model, table)]
    lines: list[tuple[int, LineT]] = []
    for row in () if faults else table.rows:
        try:
            lines.append((row.line, model.model_validate(dict(row.cells), context=taking.known)))
        except ValidationError as error:
            faults += [row_fault(taking._, row.line, detail) for detail in error.errors()]
    if faults:
        raise Faulty(faults)
    return lines


def wrong_columns(model: type[Line], table: Table) -> Iterator[Refusal]:
    """Yield a refusal for each column that is not known, and for each that is missing."""
    for column in table.columns:
        if column not in model.columns():
            names = ", ".join(near(column, model.model_fields) or model.model_fields)
            yield Refusal(N_("The column {column} is not known. Take it out, or did you mean {names}?"), column=column, names=names)
    for column in model.needed:
        if column not in table.columns:
            yield Refusal(N_("The column {column} is missing; add it."), column=column)


def row_fault(_: Translator, line: int, detail: Mapping[str, Any]) -> str:
    """Return the sentence for one of pydantic's errors in a row."""
    cause = (detail.get("ctx") or {}).get("error")
    column = str(detail["loc"][0]) if detail["loc"] else getattr(cause, "field", None) or ""
    return views.fault(_, line, column, errors.fault(_, detail))


def take_people(taking: Import, lines: Sequence[tuple[int, PersonLine]]) -> None:
    """Place people as the rows say; whoever is so already stays untouched."""
    check_people(taking, lines)
    for line, says in lines:
        before, after = says.person, says.placed()
        if after == before:
            taking.unchanged += 1
            continue
        taking.said.append(views.person_changed(taking._, line, before, after))
        if not taking.dry:
            taking.shelves.people.put(after)
            if after.team != before.team:
                count_person(taking.shelves, after.id, taking.known.handbook)
            taking.note(f"person:{after.id}", line, before, after)


def check_people(taking: Import, lines: Sequence[tuple[int, PersonLine]]) -> None:
    """Raise Faulty where a person comes twice, or would be their own manager through others."""
    managers = {person.id: person.manager for person in taking.known.people.values()}
    managers |= {says.person.id: says.placed().manager for _line, says in lines}
    faults: list[str] = []
    seen: dict[str, int] = {}
    for line, says in lines:
        try:
            once(seen, says.person.id, line)
            check_managers(says.placed(), managers)
        except Refusal as refusal:
            faults.append(views.fault(taking._, line, refusal.field or "", errors.refusal(taking._, refusal)))
    if faults:
        raise Faulty(faults)


def take_bids(taking: Import, lines: Sequence[tuple[int, BidLine]]) -> None:
    """Enter the bids of the rows; one that is in the books already, by customer, registration and owner, is left alone."""
    bids = [(line, says.bid(taking.known.handbook.company)) for line, says in lines]
    check_bids(taking, bids)
    for line, bid in bids:
        if any(natural_key(known) == natural_key(bid) for known in taking.shelves.bids.named(bid.customer_key)):
            taking.unchanged += 1
            continue
        taking.said.append(views.bid_added(taking._, line, bid, taking.known.people[bid.owner.lower()]))
        if is_missed(bid, taking.known.now):
            taking.missed.append(line)
        if not taking.dry:
            entered = taking.shelves.bids.add(bid)
            count_bid(taking.shelves, entered, taking.known.handbook)
            taking.note(entered.subject, line, None, entered)


def check_bids(taking: Import, bids: Sequence[tuple[int, Bid]]) -> None:
    """Raise Faulty where a bid comes twice, or its steps are out of order."""
    faults: list[str] = []
    seen: dict[object, int] = {}
    for line, bid in bids:
        try:
            once(seen, natural_key(bid), line)
            check_order(bid, taking.known.handbook.company)
        except Refusal as refusal:
            faults.append(views.fault(taking._, line, refusal.field or "", errors.refusal(taking._, refusal)))
    if faults:
        raise Faulty(faults)


def natural_key(bid: Bid) -> tuple[object, ...]:
    """Return what makes a bid the same one, whichever file it comes from."""
    return bid.customer_key, bid.registered_at.replace(microsecond=0), bid.owner


def once(seen: dict[Any, int], key: object, line: int) -> None:
    """Refuse what came on an earlier line already."""
    if key in seen:
        raise Refusal(TWICE, line=seen[key])
    seen[key] = line
