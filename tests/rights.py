"""A company with secrets, at every stage of appraisals and honours; what anybody presses, types and fills in goes to its listeners."""

import json
import re
import sqlite3
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from slack_sdk import WebClient

from bot.clock import MovableClock
from bot.handbook import Handbook, as_written, load_handbook
from bot.policy.appraisals.cycle import Cycle, Kind, Phase, kept_rules
from bot.policy.appraisals.record import (
    Appeal,
    Appraisal,
    Calibration,
    Grade,
    Measure,
    Measured,
    Part,
    PeerRating,
    Scoring,
    SelfReview,
    State,
)
from bot.policy.appraisals.results import earned
from bot.policy.honours import record as honours
from bot.policy.honours.nominating import nominated
from bot.policy.honours.record import Merit, Nomination, Round, Support, slot_of
from bot.policy.honours.rounds import honour_of
from bot.policy.honours.steps import Action
from bot.policy.machine import event
from bot.policy.people import Person, Role
from handlers import register_all
from handlers.context import Desk
from handlers.listeners import Listeners
from handlers.replies import PAGE
from storage import Store
from storage.store import Shelves
from tests.office import text_of

NOW = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)  # a Friday noon in Shanghai
ENGINEER, SKILLS = "presales_engineer", ("professional_knowledge", "communication", "analysis", "teamwork", "learning")
# Who they are to the appraisal of Ann; "own" is Hela of the HR department, with her own.
ROLES: Mapping[str, Person] = {
    role: Person(id=f"U{name.upper()}", name=name.title(), zone="Asia/Shanghai", locale="en-US", updated=1, **facts)  # type: ignore[arg-type]
    for role, name, facts in (
        ("self", "ann", {"manager": "UMAY", "post": ENGINEER, "team": "North"}),
        ("peer", "bob", {"manager": "UMAY", "post": ENGINEER, "team": "North"}),
        ("manager", "may", {"manager": "UTOP", "post": "department_manager", "team": "North"}),
        ("above", "top", {"post": "department_manager"}),
        ("other", "olga", {"manager": "", "post": "department_manager", "team": "South"}),
        ("hr", "hana", {"roles": {Role.HR, Role.COLLEAGUE}}),
        ("second", "hugo", {"roles": {Role.HR, Role.COLLEAGUE}}),
        ("own", "hela", {"manager": "UMAY", "roles": {Role.HR, Role.STAFF}, "post": ENGINEER, "team": "North"}),
        ("admin", "ada", {"roles": {Role.ADMIN, Role.COLLEAGUE}}),
        ("sales", "lee", {"roles": {Role.COLLEAGUE}}),
        ("guest", "gus", {"guest": True}),
        ("gone", "dee", {"deleted": True, "manager": "UMAY", "post": ENGINEER}),
    )
}
CARL = Person(id="UCARL", name="Carl", manager="UOLGA", post=ENGINEER, team="South", updated=1)
INSIDE = tuple(role for role in ROLES if role not in ("guest", "gone"))
ANN, BOB, MAY, LEE, HELA = (ROLES[role].id for role in ("self", "peer", "manager", "sales", "own"))


@dataclass(frozen=True)
class Stage:
    """Where an appraisal stands, and its cycle; `asked` is a new manager about whom HR has to decide."""

    period: str
    phase: Phase
    state: State
    scored: bool = False  # blind marks are fixed, and all is handed in
    begun: bool = False
    compared: bool = False
    told: bool = False
    appeal: Mapping[str, Any] | None = None
    asked: str = ""


TALK_DUE = date(2026, 11, 19)
MADE = {"talk_due": TALK_DUE}
TALKED = MADE | {"talk_at": NOW}
WITH_HR = TALKED | {"escalated_at": NOW, "accept_due": date(2026, 11, 24)}
ACCEPTED = WITH_HR | {"accepted": True, "accepted_at": NOW, "accepted_by": "UHANA", "decide_due": date(2026, 12, 4)}
STAGES: Mapping[str, Stage] = {
    "written": Stage("2026Q3", Phase.OPEN, State.SELF_DRAFT),
    "handed": Stage("2026Q2", Phase.MANAGER_REVIEW, State.SELF_SUBMITTED),
    "late": Stage("2026Q1", Phase.MANAGER_REVIEW, State.SELF_OVERDUE),
    "begun": Stage("2025Q4", Phase.MANAGER_REVIEW, State.MANAGER_DRAFT, begun=True, asked="UOLGA"),
    "compared": Stage("2023Q3", Phase.MANAGER_REVIEW, State.MANAGER_DRAFT, begun=True, compared=True),
    "excused": Stage("2023Q2", Phase.MANAGER_REVIEW, State.EXCUSED),
    "scored": Stage("2025Q3", Phase.CALIBRATION, State.MANAGER_SUBMITTED, scored=True),
    "calibrated": Stage("2025Q2", Phase.CALIBRATION, State.CALIBRATED, scored=True),
    "published": Stage("2025Q1", Phase.APPEAL_WINDOW, State.PUBLISHED, scored=True, told=True),
    "appealed": Stage("2024Q4", Phase.APPEAL_WINDOW, State.APPEALED, scored=True, told=True, appeal=MADE),
    "talked": Stage("2024Q3", Phase.APPEAL_WINDOW, State.MANAGER_TALK, scored=True, told=True, appeal=TALKED),
    "heard": Stage("2024Q2", Phase.APPEAL_WINDOW, State.HR_REVIEW, scored=True, told=True, appeal=WITH_HR),
    "accepted": Stage("2024Q1", Phase.APPEAL_WINDOW, State.HR_REVIEW, scored=True, told=True, appeal=ACCEPTED),
    "year": Stage("2025", Phase.APPEAL_WINDOW, State.ACKNOWLEDGED, scored=True, told=True),
    "over": Stage("2023Q4", Phase.APPEAL_WINDOW, State.FINAL, scored=True, told=True),
}
SCORED = tuple(name for name, stage in STAGES.items() if stage.scored)
TOLD = tuple(name for name, stage in STAGES.items() if stage.told)
APPRAISED = (ROLES["self"], ROLES["own"], ROLES["peer"], CARL)
# Every score is somebody's at one stage, and no other number looks like it.
SCORES = {(name, one.id): f"{61 + at}.{7 - 2 * n}" for at, name in enumerate(SCORED) for n, one in enumerate(APPRAISED)}


def secret(kind: str, stage: str, who: str) -> str:
    """Return a text in which one can read what it is, of which stage, and about whom."""
    return f"zz{kind}-{stage}-{who}"


def cycle_at(stage: Stage, handbook: Handbook) -> Cycle:
    """Return the cycle of a stage."""
    rules = kept_rules(handbook)
    rules["bonus"]["bases"] = {ENGINEER: "4321"}
    day, year = date(2026, 11, 27), int(stage.period[:4])
    return Cycle(
        period=stage.period,
        slot=stage.period,
        kind=Kind.QUARTER if "Q" in stage.period else Kind.YEAR,
        state=stage.phase,
        start=date(year, 1, 1),
        end=date(year, 3, 31),
        handbook="test",
        rules=rules,
        opened_at=NOW - timedelta(days=9),
        self_due=day,
        manager_due=day,
        calibration_due=day,
        published_at=NOW if stage.told else None,
        appeal_until=day if stage.told else None,
    )


def own_words(text: str) -> SelfReview:
    """Return a self-review full of secrets."""
    words, rated = dict.fromkeys(Part, text), dict.fromkeys(SKILLS, text)
    marks, skills = dict.fromkeys(Part, 2), dict.fromkeys(SKILLS, 2)
    return SelfReview(summary=text, words=words, marks=marks, competencies=skills, evidence=rated, version=1)


def given(who: str, text: str, *, fixed: bool) -> Scoring:
    """Return a scoring full of secrets."""
    marks, rated = dict.fromkeys(Part, 4), dict.fromkeys(SKILLS, 4)
    blind: dict[str, Any] = {"blind": marks, "blind_competencies": rated} if fixed else {}
    said: dict[str, Any] = {"comment": text if fixed else "", "development": text, "why": text}
    return Scoring(
        manager=ROLES["manager"].id if who != CARL.id else "UOLGA",
        marks=marks,
        comments=dict.fromkeys(Part, text),
        competencies=rated,
        grade=Grade.EXCELLENT if fixed else None,
        version=1,
        **said,
        **blind,
    )


def appraisal_at(name: str, cycle: Cycle, who: Person) -> Appraisal:
    """Return somebody's appraisal at a stage."""
    stage, text = STAGES[name], secret("given", name, who.id)
    facts: dict[str, Any] = {"self_review": own_words(secret("own", name, who.id)), "asked": stage.asked}
    if stage.state not in (State.SELF_DRAFT, State.SELF_OVERDUE):
        facts["self_submitted_at"] = NOW
    if stage.begun or stage.scored:
        facts["scoring"] = given(who.id, text, fixed=stage.scored or stage.compared)
    if stage.scored:
        score, case = Decimal(SCORES[name, who.id]), {"part": Decimal(3), "whole": Decimal(5), "n": 5, "value": Decimal(60)}
        one = Measured(measure=Measure.WIN_RATE, **case, score=score, given=Decimal(20), weight=Decimal(100))  # type: ignore[arg-type]
        facts |= {"measured": (one,), "score": score, "suggested": Grade.GOOD, "grade": Grade.EXCELLENT, "handed_in_at": NOW}
        facts["quarters"] = {"2025Q1": (Decimal(SCORES["published", who.id]), Grade.EXCELLENT)} if cycle.kind is Kind.YEAR else {}
    if stage.state is State.CALIBRATED:
        change = Calibration(at=NOW, by="UHUGO", was=Grade.EXCELLENT, became=Grade.GOOD, why=text)
        facts |= {"calibrated": Grade.GOOD, "calibrations": (change,)}
    if stage.told:
        facts |= {"published_at": NOW, "remark": secret("remark", name, who.id), "acknowledged_at": NOW}
    if stage.appeal:
        said = {field: secret("appeal", name, who.id) for field in ("why", "talk")}
        facts["appeal"] = Appeal(at=NOW - timedelta(days=2), **stage.appeal | said)
    made = Appraisal(
        cycle=cycle.id,
        period=cycle.period,
        person=who.id,
        manager=who.manager,
        team=who.team,
        post=who.post,
        state=stage.state,
        served=92,
        days=92,
        opened_at=NOW,
        **facts,
    )
    return made.amended(bonus=earned(made, cycle)) if stage.told else made


PHASES: Mapping[str, tuple[str, honours.Phase, honours.State]] = {
    "open": ("2026Q3", honours.Phase.OPEN, honours.State.SUBMITTED),
    "closed": ("2026Q2", honours.Phase.NOMINATIONS_CLOSED, honours.State.SUBMITTED),
    "eligible": ("2026Q1", honours.Phase.DECIDING, honours.State.ELIGIBLE),
    "shortlisted": ("2025Q4", honours.Phase.DECIDING, honours.State.SHORTLISTED),
    "awarded": ("2025Q3", honours.Phase.DECIDING, honours.State.AWARDED),
    "passed": ("2025Q2", honours.Phase.ANNOUNCED, honours.State.NOT_AWARDED),
    "announced": ("2025Q1", honours.Phase.ANNOUNCED, honours.State.AWARDED),
}
HONOUR = "team_player"
TEAMWORK = {ANN: "97.3", HELA: "96.3"}


def add_honours(shelves: Shelves, handbook: Handbook) -> dict[str, dict[str, int]]:
    """Put rounds and nominations at every phase into the books; return their numbers by phase and by whom they are about."""
    found: dict[str, dict[str, int]] = {}
    honour = honour_of(handbook, HONOUR)
    assert honour is not None
    for name, (period, phase, state) in PHASES.items():
        facts: dict[str, Any] = {"type": HONOUR, "period": period, "start": date(2025, 1, 1), "end": date(2025, 3, 31), "state": phase}
        told = NOW if phase is honours.Phase.ANNOUNCED else None
        kept = Round(**facts, rules=as_written(honour), closes=date(2026, 11, 27), opened_at=NOW, announced_at=told)
        found[name] = {"round": shelves.rounds.add(kept).id}
        for who in (ANN, HELA):
            made = nomination_at(name, who, told if state is honours.State.AWARDED else None)
            added = shelves.nominations.add(made)
            shelves.audit.note(nominated(added).event)
            if phase is not honours.Phase.OPEN:
                shelves.audit.note(event(added, added, Action.ADMIT, "", NOW))
            found[name][who] = added.id
    return found


def nomination_at(name: str, who: str, told: datetime | None) -> Nomination:
    """Return somebody's nomination, for which Bob and Lee spoke."""
    period, _phase, state = PHASES[name]
    awarded, decided = state is honours.State.AWARDED, state in (honours.State.AWARDED, honours.State.NOT_AWARDED)
    return Nomination(
        type=HONOUR,
        period=period,
        slot=slot_of(HONOUR, period, who),
        person=who,
        people=(who,),
        nominator=BOB,
        why=secret("why", name, who),
        supports=(Support(person=LEE, why=secret("support", name, who), at=NOW),),
        state=state,
        at=NOW,
        merit=Merit(n=4, grade="excellent", teamwork=Decimal(TEAMWORK[who]), won=6),
        citation=secret("citation", name, who) if awarded else "",
        grounds=secret("grounds", name, who) if decided else "",
        decided_by="UHANA" if decided else "",
        announced_at=told,
    )


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
