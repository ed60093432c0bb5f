"""What anybody presses, types and fills in, shown to them or not, goes to the desk's listeners; what came of it can be looked at."""

import json
import re
import sqlite3
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from slack_sdk import WebClient

from bot.clock import MovableClock
from bot.handbook import load_handbook
from bot.policy.appraisals.record import PeerRating
from bot.policy.people import Person
from handlers import register_all
from handlers.context import Desk
from handlers.listeners import Listeners
from handlers.replies import PAGE
from storage import Store
from storage.store import Shelves
from tests.office import text_of
from tests.rights import ANN, APPRAISED, BOB, CARL, HELA, NOW, ROLES, SCORES, STAGES, TEAMWORK, add_honours, appraisal_at, cycle_at

TABLES = ("cycles", "appraisals", "peer_ratings", "events", "honour_rounds", "nominations", "people", "entries")


class Ears(WebClient):
    """Slack's client, which hears what it is told to say instead of saying it."""

    def __init__(self) -> None:
        super().__init__(token="xoxb-ears")
        self.heard: list[tuple[str, Any]] = []

    def api_call(self, api_method: str, **given: Any) -> Any:
        """Note a call, and answer as Slack would."""
        self.heard.append((api_method, given.get("json") or given.get("params") or given.get("data")))
        return {"ok": True, "channel": {"id": "D1"}, "upload_url": "https://ears.example", "file_id": "F1", "files": []}

    def _upload_file(self, **given: Any) -> Any:
        self.heard.append(("file", bytes(given["data"]).decode("utf-8-sig", "replace")))
        return type("Uploaded", (), {"status": 200, "body": ""})()


@dataclass(frozen=True)
class Outcome:
    """What became of something that somebody did: all that reached them, the views among it, and what changed in the books."""

    messages: str
    views: tuple[str, ...]
    files: tuple[str, ...]
    changed: tuple[str, ...]

    @property
    def everything(self) -> str:
        """Return all that reached the person."""
        return "\n".join([self.messages, *self.views, *self.files])


class Company:
    """The desk of a company with secrets, on a SQLite file: what people do goes to its listeners, and can be taken back."""

    def __init__(self, file: Path, stages: Sequence[str] = tuple(STAGES), people: Sequence[Person] = APPRAISED) -> None:
        self.clock, self.handbook, self.stages, self.appraised = MovableClock(NOW), load_handbook(None), stages, people
        self.store = Store(f"sqlite:///{file}", self.clock)
        self.routes = register_all()
        self.listeners = Listeners(self.routes, Desk(self.store, self.handbook, self.clock))
        self.seen, self.turns = sqlite3.connect(file), 0
        self.appraisals: dict[str, dict[str, int]] = {}
        self.cycles: dict[str, int] = {}
        self.ratings: dict[str, int] = {}
        with self.store.change() as shelves:
            self.fill(shelves)
            self.honours = add_honours(shelves, self.handbook)
        self.watch()
        self.sums, self.stand = dict[str, str](), self.books()
        self.pay()
        self.seen.execute("DELETE FROM touched")
        self.seen.commit()
        self.kept = sqlite3.connect(":memory:")
        self.seen.backup(self.kept)

    def fill(self, shelves: Shelves) -> None:
        """Put people, cycles, appraisals and ratings into the books."""
        for person in (*ROLES.values(), CARL):
            shelves.people.put(person)
        for name in self.stages:
            cycle = shelves.cycles.add(cycle_at(STAGES[name], self.handbook))
            self.cycles[name] = cycle.id
            made = {one.id: shelves.appraisals.add(appraisal_at(name, cycle, one)).id for one in self.appraised}
            self.appraisals[name] = made
            for who in (ANN, HELA):
                facts: dict[str, Any] = {"communication": 1, "problem_solving": 1, "rated_at": NOW}
                rating = shelves.ratings.add(PeerRating(cycle=cycle.id, person=who, rater=BOB, asked_at=NOW, **facts))
                self.ratings[f"{name} {who}"] = rating.id

    def pay(self) -> None:
        """Have the bonuses of two quarters prepared, and those of the second of them approved."""
        for name in {"appealed", "talked"} & set(self.stages):
            number = self.cycles[name]
            self.does("second", "press", "appraisals.payroll_prepare", str(number))
            with self.store.look() as shelves:
                found = shelves.cycles.get(number)
            assert found is not None and found.payroll is not None
            self.sums[name] = found.payroll.checksum
        if "talked" in self.sums:
            assert self.does("hr", "press", "appraisals.payroll_approve", f"{self.cycles['talked']}:{self.sums['talked']}").changed

    def does(self, role: str, kind: str, name: str, value: str, metadata: str = "", **fields: str) -> Outcome:
        """Have somebody press, type or submit something; return what came of it, in the books and to them."""
        self.turns += 1
        ears, last = Ears(), self.last()
        acknowledged = getattr(self, f"_{kind}")(ears, ROLES[role].id, name, value, metadata, fields)
        for thread in threading.enumerate():
            if thread.name in {"picture", "export", "payroll", "year"}:
                thread.join(20)
        return self.outcome(acknowledged, ears, ROLES[role].id, last)

    def _type(self, ears: Ears, who: str, name: str, value: str, _metadata: str, _fields: Mapping[str, str]) -> list[Any]:
        command, word = name.split()
        body = {"command": command, "text": f"{word} {value}".strip(), "user_id": who, "channel_id": "C1", "trigger_id": f"t{self.turns}"}
        return self._heard(lambda ack: self.listeners.command(body, ears, ack))

    def _press(self, ears: Ears, who: str, name: str, value: str, metadata: str, fields: Mapping[str, str]) -> list[Any]:
        pressed = {"action_id": name, "block_id": "b", "value": value, "action_ts": f"{NOW.timestamp() + self.turns:.6f}"}
        body: dict[str, Any] = {"user": {"id": who}, "actions": [pressed], "trigger_id": f"t{self.turns}", "response_url": "https://reply"}
        body |= {"view": self._view("any", metadata, fields), "response_url": ""} if metadata else {"channel": {"id": "C1"}}
        return self._heard(lambda ack: self.listeners.press(body, ears, ack))

    def _submit(self, ears: Ears, who: str, name: str, _value: str, metadata: str, fields: Mapping[str, str]) -> list[Any]:
        body = {"user": {"id": who}, "view": self._view(name, metadata, fields), "trigger_id": f"t{self.turns}"}
        return self._heard(lambda ack: self.listeners.submit(body, ears, ack))

    def _home(self, ears: Ears, who: str, _name: str, _value: str, _metadata: str, _fields: Mapping[str, str]) -> list[Any]:
        body = {"event_id": f"E{self.turns}", "event": {"type": "app_home_opened", "user": who, "tab": "home"}}
        return self._heard(lambda ack: self.listeners.event(body, ears, ack))

    def _view(self, callback: str, metadata: str, fields: Mapping[str, str]) -> dict[str, Any]:
        state = {field: {field: {"type": "plain_text_input", "value": text}} for field, text in fields.items()}
        blocks = [{"type": "input", "block_id": field, "element": {"type": "plain_text_input"}} for field in fields]
        named = {"id": f"V{self.turns}", "type": "modal", "hash": "1", "callback_id": callback, "private_metadata": metadata}
        return {**named, "blocks": blocks, "state": {"values": state}}

    def _heard(self, act: Any) -> list[Any]:
        heard: list[Any] = []
        act(lambda **given: heard.append(given))
        return heard

    def outcome(self, acknowledged: list[Any], ears: Ears, who: str, last: int) -> Outcome:
        """Return what became of something."""
        self.seen.commit()
        said = self.seen.execute("SELECT key, target, message FROM outbox WHERE id > ? AND gone = 0", (last,)).fetchall()
        answers = [words(json.loads(message)) for key, target, message in said if is_answer(key) or target == who]
        spoken = [words(one) for one in acknowledged if one.get("response_action") != "update"]
        opened = [one["view"] for one in acknowledged if one.get("view")]
        opened += [seen(given["view"]) for call, given in ears.heard if call.startswith("views.")]
        answers += [words(view) for view in opened if view.get("callback_id") == PAGE]
        views = [words(view) for view in opened if view.get("callback_id") != PAGE]
        files = [str(given) for call, given in ears.heard if call == "file" or call.startswith(("files.", "chat."))]
        touched = [name for (name,) in self.seen.execute("SELECT DISTINCT name FROM touched")]
        before, self.stand = self.stand, self.books() if touched else self.stand
        changed = [table for table in touched if self.stand[table] != before[table]]
        changed += ["outbox" for key, _target, _message in said if not is_answer(key)]
        return Outcome("\n".join([*answers, *spoken]), tuple(views), tuple(files), tuple(dict.fromkeys(changed)))

    def books(self) -> dict[str, Any]:
        """Return the books that matter here, as they are."""
        self.seen.commit()
        return {table: self.seen.execute(f"SELECT * FROM {table} ORDER BY 1, 2, 3").fetchall() for table in TABLES}

    def watch(self) -> None:
        """Have the database note which table is written to: to compare all of them each time would take long."""
        self.seen.execute("CREATE TABLE touched (name TEXT)")
        for table in TABLES:
            for verb in ("INSERT", "UPDATE", "DELETE"):
                noted = f"INSERT INTO touched VALUES ('{table}')"
                self.seen.execute(f"CREATE TRIGGER {table}_{verb} AFTER {verb} ON {table} BEGIN {noted}; END")
        self.seen.commit()

    def last(self) -> int:
        """Return the number of the last message."""
        self.seen.commit()
        return int(self.seen.execute("SELECT coalesce(max(id), 0) FROM outbox").fetchone()[0])

    def again(self) -> None:
        """Take everything back that was done."""
        self.seen.commit()
        self.kept.backup(self.seen)
        self.stand = self.books()

    def close(self) -> None:
        """Let the file go."""
        self.seen.close()
        self.kept.close()
        self.store.close()


def is_answer(key: str) -> bool:
    """Say whether a message answers what somebody did."""
    return key.startswith(("reply:", "told:"))


def seen(view: Any) -> Any:
    """Return a view as data, which some calls carry written out."""
    return json.loads(view) if isinstance(view, str) else view


def words(node: Any) -> str:
    """Return all that can be read in a message, a view or an acknowledgement: its text, what is filled in, and its errors."""
    shown = "\n".join(text_of(block) for block in node.get("blocks", []))
    return f"{node.get('text', '')}\n{shown}\n{json.dumps(node, ensure_ascii=False)}"


def secrets_in(text: str) -> set[tuple[str, str, str]]:
    """Return which secrets stand in a text: what each is, of which stage, and about whom."""
    found = {(kind, stage, who) for kind, stage, who in re.findall(r"zz([a-z]+)-([a-z]+)-(U[A-Z]+)", text)}
    numbers = set(re.findall(r"(?<![0-9.,])[0-9]{2}[.][0-9](?![0-9])", text))
    found |= {("given", stage, who) for (stage, who), score in SCORES.items() if score in numbers}
    return found | {("merit", "", who) for who, mark in TEAMWORK.items() if mark in numbers}
