"""A company with secrets: its people, by what they are to Ann's appraisal, its appraisals at every stage, and honours at every phase."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from bot.handbook import Handbook, as_written
from bot.policy.appraisals.cycle import Cycle, Kind, Phase, kept_rules
from bot.policy.appraisals.record import (
    Appeal,
    Appraisal,
    Calibration,
    Grade,
    Measure,
    Measured,
    Part,
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
from storage.store import Shelves

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
