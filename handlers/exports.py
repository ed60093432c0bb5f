"""Exports: `/presales export` sends a person what they may see, `python app.py export DIR` writes everything for the operator."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.language import N_
from bot.policy.bids import OPEN, Bid, State
from bot.policy.people import Person, may, require
from bot.policy.record import Event
from bot.tables import ENCODING, Cell, csv_lines
from bot.views import exports as views
from handlers.context import Answer, Say, Turn
from handlers.routes import UMBRELLA, Routes, Word
from handlers.uploads import File, send_aside
from storage.store import Shelves, Store

BIDS = (
    *("number", "customer", "owner", "owner_name", "state", "amount", "awarded", "currency", "registered", "deadline", "submitted"),
    *("late", "outcome", "outcome_date", "reason", "note", "team", "gaps"),
)
PEOPLE = ("id", "email", "name", "account", "post", "manager", "team", "roles", "started")
EVENTS = ("id", "at", "actor", "subject", "action", "before", "after", "reason", "request", "was", "became", "link")


def register(routes: Routes) -> None:
    """Register the export."""
    names = ("导出", "匯出")
    routes.command(UMBRELLA, "home", Word("export", export, N_("export"), N_("get what you may see as files"), names, reads=True))


@dataclass(frozen=True)
class Holdings:
    """What goes into an export; `people` is None where that list is not for this person."""

    bids: list[Bid]
    people: list[Person] | None
    names: Mapping[str, str]

    def files(self) -> dict[str, str]:
        """Return the content of each file by its name."""
        files = {"bids.csv": "".join(csv_lines(BIDS, (bid_row(bid, self.names) for bid in self.bids)))}
        if self.people is not None:
            files["people.csv"] = "".join(csv_lines(PEOPLE, map(person_row, self.people)))
        return files


def export(turn: Turn, _shelves: Shelves) -> Answer:
    """Promise an export, which is made and sent in its own time."""
    require("desk.export", turn.roles)
    send_aside(turn, "export", lambda: made(turn), lambda error: views.unsent(turn._, error))
    return Say(views.coming(turn._))


def made(turn: Turn) -> tuple[list[File], str]:
    """Return the files of an export and the words beside them, once it is noted in the audit log."""
    with turn.desk.store.look() as shelves:
        holdings = held_for(turn, shelves)
    note(turn, holdings)
    people = None if holdings.people is None else len(holdings.people)
    files = [File(name, text.encode(ENCODING)) for name, text in holdings.files().items()]
    return files, views.enclosed(turn._, len(holdings.bids), people)


def held_for(turn: Turn, shelves: Shelves) -> Holdings:
    """Return what this person may see."""
    everybody = shelves.people.all()
    bids = [bid for bid in every_bid(shelves) if bid.state is not State.RETRACTED and visible(turn, shelves, bid)]
    listed = shelves.people.active() if may("people.export", turn.roles) else None
    return Holdings(bids, listed, {person.id: person.name for person in everybody})


def visible(turn: Turn, shelves: Shelves, bid: Bid) -> bool:
    """Tell whether this person may see the bid; a confidential one takes more than a place in the department."""
    if not bid.confidential and may("bids.see", turn.roles):
        return True
    return may("bids.see", turn.roles_for(shelves, bid.owner, bid.team) - turn.roles)


def note(turn: Turn, holdings: Holdings) -> None:
    """Note in the audit log who exported how much."""
    counted = {"bids": len(holdings.bids), "people": len(holdings.people or [])}
    event = Event(
        at=turn.now, actor=turn.person.id, subject=f"export:{turn.person.id}", action="export", request=turn.request, became=counted
    )
    with turn.desk.store.change() as shelves:
        shelves.audit.note(event)


def export_all(store: Store, directory: Path) -> list[Path]:
    """Write bids, people and the audit log as CSV files that only their owner can read; return where."""
    directory.mkdir(parents=True, exist_ok=True)
    with store.look() as shelves:
        people = shelves.people.all()
        names = {person.id: person.name for person in people}
        tables: dict[str, Callable[[], Iterator[str]]] = {
            "bids.csv": lambda: csv_lines(BIDS, (bid_row(bid, names) for bid in every_bid(shelves))),
            "people.csv": lambda: csv_lines(PEOPLE, map(person_row, people)),
            "events.csv": lambda: csv_lines(EVENTS, map(event_row, shelves.audit.everything())),
        }
        return [write(directory / name, lines()) for name, lines in tables.items()]


def write(file: Path, lines: Iterable[str]) -> Path:
    """Write a file for nobody else's eyes; return it."""
    file.touch(mode=0o600)
    with file.open("w", encoding=ENCODING, newline="") as out:
        out.writelines(lines)
    return file


def every_bid(shelves: Shelves) -> list[Bid]:
    """Return all bids, by number."""
    return sorted(shelves.bids.listed(limit=shelves.bids.count()), key=lambda bid: bid.id)


def bid_row(bid: Bid, names: Mapping[str, str]) -> list[Cell]:
    """Return a bid as the cells of BIDS; a deadline stands by the clock of its own zone."""
    deadline = bid.deadline and bid.deadline.astimezone(ZoneInfo(bid.zone))
    outcome = "" if bid.state in OPEN else bid.state.value
    who: list[Cell] = [bid.number, bid.customer, bid.owner, names.get(bid.owner, "")]
    money: list[Cell] = [bid.state.value, bid.amount, awarded(bid), bid.currency]
    when: list[Cell] = [bid.registered_at, deadline, bid.submitted_at, bid.late]
    return [*who, *money, *when, outcome, bid.decided_at, bid.loss_reason, bid.note, bid.team, bid.gaps]


def awarded(bid: Bid) -> Cell:
    """Return what was awarded; another currency than that of the column `currency` is named in the cell."""
    award = bid.award
    return bid.awarded if award is None or award.currency == bid.currency else f"{award.currency} {award.amount:f}"


def person_row(person: Person) -> list[Cell]:
    """Return a person as the cells of PEOPLE."""
    said: list[Cell] = [person.post, person.manager, person.team, sorted(person.roles), person.started]
    return [person.id, person.email, person.name, account(person), *said]


def account(person: Person) -> str:
    """Return what somebody is in the workspace."""
    kinds = {"deactivated": person.deleted, "bot": person.bot, "other company": person.stranger, "guest": person.guest}
    return next((kind for kind, holds in kinds.items() if holds), "member")


def event_row(event: Event) -> list[Cell]:
    """Return an event as the cells of EVENTS; records as they were and became stand as JSON."""
    records: list[Cell] = [as_json(record) for record in (event.was, event.became)]
    step: list[Cell] = [event.id, event.at, event.actor, event.subject, event.action, event.before, event.after]
    return [*step, event.reason, event.request, *records, event.link]


def as_json(record: Mapping[str, Any] | None) -> str:
    """Return a record in one cell."""
    return "" if record is None else json.dumps(record, ensure_ascii=False, sort_keys=True)
