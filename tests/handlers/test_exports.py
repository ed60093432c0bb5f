"""Exports hold what a person may see, and the operator's holds everything."""

import csv
import json
import threading
from collections.abc import Iterator
from copy import deepcopy
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest

from bot.policy.bids import Bid, State
from bot.policy.people import Person, Role
from bot.policy.record import Event
from handlers.exports import export_all
from sandbox.workspace import SlackApp
from storage import Store
from tests.office import MONDAY, Office, open_office


@pytest.fixture
def office(database: str) -> Iterator[Office]:
    """Return an office on either database."""
    with open_office(database) as office:
        yield office


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text.removeprefix("\ufeff"), newline="")))


def bid(owner: str = "U0ANN0001", **more: object) -> Bid:
    given = {"customer": "ACME", "customer_key": "acme", "currency": "CNY", "registered_at": MONDAY, **more}
    return Bid(owner=owner, **given)


def keep(office: Office, *records: Bid | Person) -> None:
    with office.bot.store.change() as shelves:
        for record in records:
            shelves.bids.add(record) if isinstance(record, Bid) else shelves.people.put(record)


def without_scope(office: Office, scope: str) -> None:
    manifest = deepcopy(office.sandbox.workspace.app.manifest)
    manifest["oauth_config"]["scopes"]["bot"].remove(scope)
    office.sandbox.workspace.app = SlackApp(manifest)


def exported(office: Office, person: str) -> dict[str, list[dict[str, str]]]:
    """Have somebody ask for an export; return the files that Slack got."""
    answer = getattr(office, person).types("/presales export").words
    assert "I am writing your export" in answer
    for thread in threading.enumerate():
        if thread.name == "export":
            thread.join(20)
    files = office.sandbox.workspace.contents.files.values()
    return {file.name: table(file.content.decode("utf-8")) for file in files}


def test_a_member_of_staff_gets_the_bids_and_no_list_of_people(office: Office) -> None:
    keep(office, bid(), bid("U0BOB0001", customer="Beta", note="=1+1"), bid(state=State.RETRACTED))
    files = exported(office, "ann")
    assert list(files) == ["bids.csv"]
    assert [(row["number"], row["customer"], row["note"]) for row in files["bids.csv"]] == [("B-1", "ACME", ""), ("B-2", "Beta", "'=1+1")]
    assert office.ann.told[-1].words.startswith("Your export: 2 bids.")


def test_confidential_bids_are_for_those_who_work_on_them(office: Office) -> None:
    keep(office, bid(confidential=True), bid("U0BOB0001", customer="Beta", confidential=True))
    assert [row["customer"] for row in exported(office, "ann")["bids.csv"]] == ["ACME"]


def test_hr_gets_the_people_who_work_here_too(office: Office) -> None:
    keep(office, Person(id="U0MAY0001", name="May", roles=frozenset({Role.HR})), Person(id="U0OLD0001", name="Old", deleted=True))
    files = exported(office, "may")
    rows = {row["id"]: row["roles"] for row in files["people.csv"]}
    assert rows["U0MAY0001"] == "hr" and "U0ANN0001" in rows
    assert not {"U0OLD0001", "U0GUS0001"} & set(rows)


def test_an_export_is_noted_before_it_is_sent(office: Office) -> None:
    keep(office, bid())
    exported(office, "ann")
    with office.bot.store.look() as shelves:
        [event] = shelves.audit.of("export:U0ANN0001")
    assert (event.actor, event.action, event.became) == ("U0ANN0001", "export", {"bids": 1, "people": 0})


def test_what_cannot_be_sent_is_said(office: Office) -> None:
    without_scope(office, "files:write")
    assert exported(office, "ann") == {}
    office.settle()
    assert "Slack says missing_scope" in office.ann.told[-1].words


def test_colleagues_and_guests_get_nothing(office: Office) -> None:
    keep(office, Person(id="U0BOB0001", name="Bob", roles=frozenset({Role.COLLEAGUE})))
    assert "That is for" in office.bob.types("/presales export").words
    assert "members of Our company only" in office.gus.types("/presales export").words


def test_the_operator_gets_everything(store: Store, tmp_path: Path) -> None:
    deadline = MONDAY.replace(month=12)
    with store.change() as shelves:
        shelves.people.put(Person(id="U0ANN0001", name="安娜", email="ann@example.com", started=MONDAY.date()))
        won = {"amount": Decimal("1200000.50"), "awarded": Decimal(7), "deadline": deadline, "zone": "Asia/Shanghai", "decided_at": MONDAY}
        added = shelves.bids.add(bid(customer="北京银行", state=State.WON, note="one\ntwo", **won))
        shelves.bids.add(bid(state=State.RETRACTED, confidential=True))
        shelves.audit.note(Event(at=MONDAY, actor="U0ANN0001", subject=added.subject, action="win", became=added.snapshot()))
    files = export_all(store, tmp_path / "new" / "place")
    assert [file.name for file in files] == ["bids.csv", "people.csv", "events.csv"]
    assert all(file.stat().st_mode & 0o077 == 0 and file.read_bytes().startswith(b"\xef\xbb\xbf") for file in files)
    bids, people, events = (table(file.read_bytes().decode()) for file in files)
    assert [row["outcome"] for row in bids] == ["won", "retracted"]
    first = bids[0]
    assert [first[name] for name in ("amount", "awarded", "currency", "note")] == ["1200000.5", "7", "CNY", "one\ntwo"]
    assert first["deadline"] == "2026-12-23T09:30:00+08:00" and first["registered"] == "2026-11-23T01:30:00+00:00"
    assert first["owner_name"] == "安娜" and people[0]["started"] == "2026-11-23"
    assert json.loads(events[0]["became"])["customer"] == "北京银行"
