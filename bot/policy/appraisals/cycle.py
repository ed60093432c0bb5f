"""An appraisal cycle (§5.2): one quarter or year in which everybody is appraised, its phases, and the rules that it began with."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Any

from bot.handbook import Appraisals, Bonus, Handbook, WinRate, as_written
from bot.language import N_
from bot.policy.machine import Machine
from bot.policy.people import Role
from bot.policy.record import Record


class Kind(StrEnum):
    """What a cycle is about."""

    QUARTER = "quarter"
    YEAR = "year"


class Phase(StrEnum):
    """Where a cycle stands."""

    DRAFT = "draft"  # its appraisals are being made
    OPEN = "open"
    MANAGER_REVIEW = "manager_review"
    CALIBRATION = "calibration"
    PUBLISHED = "published"  # results are being told
    APPEAL_WINDOW = "appeal_window"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Move(StrEnum):
    """A step that is taken with a cycle."""

    PREPARE = "prepare"
    OPEN = "open"
    REVIEW = "review"
    CALIBRATE = "calibrate"
    BACK = "back"
    PUBLISH = "publish"
    PROLONG = "prolong"
    HEAR = "hear"
    CLOSE = "close"
    CANCEL = "cancel"
    POSTPONE = "postpone"
    PAY = "pay"


PHASE_NAMES: Mapping[Phase, str] = {
    Phase.DRAFT: N_("being prepared"),
    Phase.OPEN: N_("open for self-reviews"),
    Phase.MANAGER_REVIEW: N_("with the managers"),
    Phase.CALIBRATION: N_("being calibrated"),
    Phase.PUBLISHED: N_("being published"),
    Phase.APPEAL_WINDOW: N_("published"),
    Phase.CLOSED: N_("closed"),
    Phase.CANCELLED: N_("cancelled"),
}
TRANSITIONS: Mapping[tuple[Phase, Move], Phase] = {
    (Phase.DRAFT, Move.OPEN): Phase.OPEN,
    (Phase.OPEN, Move.REVIEW): Phase.MANAGER_REVIEW,
    (Phase.MANAGER_REVIEW, Move.CALIBRATE): Phase.CALIBRATION,
    (Phase.CALIBRATION, Move.BACK): Phase.MANAGER_REVIEW,
    (Phase.CALIBRATION, Move.PUBLISH): Phase.PUBLISHED,
    (Phase.PUBLISHED, Move.PROLONG): Phase.PUBLISHED,
    (Phase.PUBLISHED, Move.HEAR): Phase.APPEAL_WINDOW,
    (Phase.APPEAL_WINDOW, Move.CLOSE): Phase.CLOSED,
    **{(phase, Move.CANCEL): Phase.CANCELLED for phase in (Phase.DRAFT, Phase.OPEN)},
    **{(phase, Move.POSTPONE): phase for phase in (Phase.OPEN, Phase.MANAGER_REVIEW, Phase.CALIBRATION)},
    **{(phase, Move.PAY): phase for phase in (Phase.APPEAL_WINDOW, Phase.CLOSED)},
}
BY_HR = (Move.REVIEW, Move.CALIBRATE, Move.BACK, Move.PUBLISH, Move.CLOSE, Move.CANCEL, Move.POSTPONE, Move.PAY)
# What is not listed here is the calendar's alone.
ALLOWED: Mapping[Move, frozenset[Role]] = {move: frozenset({Role.HR}) for move in BY_HR}
RUNNING = frozenset(Phase) - {Phase.CLOSED, Phase.CANCELLED}


class Payroll(Record):
    """The list of bonuses as it was handed to payroll: who prepared it, its checksum, and the second person who approved it."""

    prepared_by: str
    prepared_at: datetime
    checksum: str
    people: int
    approved_by: str = ""
    approved_at: datetime | None = None


class Cycle(Record):
    """One cycle.

    `period` is "2026Q3" or "2026"; `slot` is the same while the cycle is not cancelled, so that there are never two; `rules` are the
    handbook's sections as the file would write them, kept from the beginning; `done` is the last person, by id, whom the phase has
    reached while it goes through all of them, and `total` how many they are. Days are working days, and their whole day counts.
    """

    id: int = 0
    period: str
    slot: str | None
    kind: Kind
    state: Phase = Phase.DRAFT
    start: date
    end: date
    handbook: str
    rules: dict[str, Any]
    opened_by: str = ""
    opened_at: datetime
    self_due: date
    manager_due: date
    calibration_due: date
    published_at: datetime | None = None
    appeal_until: date | None = None
    done: str = ""
    total: int = 0
    payroll: Payroll | None = None

    @property
    def number(self) -> str:
        """Return the number by which people call the cycle."""
        return self.period

    @property
    def subject(self) -> str:
        """Return the name under which the audit log and the outbox keep what concerns the cycle."""
        return f"cycle:{self.id}"

    @property
    def called(self) -> str:
        """Return the words by which people know the cycle."""
        return self.period


MACHINE: Machine[Cycle] = Machine(TRANSITIONS, ALLOWED, PHASE_NAMES)


class Rules(Record):
    """The parts of the handbook that a cycle keeps."""

    appraisals: Appraisals
    bonus: Bonus
    win_rate: WinRate
    currency: str


def kept_rules(handbook: Handbook) -> dict[str, Any]:
    """Return what a cycle that begins now keeps of the handbook, as the file would write it."""
    sections = {"appraisals": handbook.appraisals, "bonus": handbook.bonus, "win_rate": handbook.bids.win_rate}
    return {name: as_written(section) for name, section in sections.items()} | {"currency": handbook.company.currency}


def rules_of(cycle: Cycle) -> Rules:
    """Return the rules that a cycle began with."""
    return _read(json.dumps(cycle.rules))


def rules_now(handbook: Handbook) -> Rules:
    """Return the rules of the handbook as it is now."""
    return Rules(appraisals=handbook.appraisals, bonus=handbook.bonus, win_rate=handbook.bids.win_rate, currency=handbook.company.currency)


@cache
def _read(written: str) -> Rules:
    return Rules.model_validate(json.loads(written))
