"""Appraisal cycles, appraisals and peer ratings, and the questions that are asked about them."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Index, func, select
from sqlalchemy.orm import Mapped, mapped_column

from bot.policy.appraisals.cycle import RUNNING, Cycle, Kind, Phase
from bot.policy.appraisals.peers import RATING
from bot.policy.appraisals.record import SELF_OWED, Appraisal, Grade, PeerRating, State
from storage.base import Base, Choice, Shelf, Words, table_of


class CycleRow(Base):
    """One cycle."""

    __tablename__ = "cycles"

    id: Mapped[int] = mapped_column(primary_key=True)
    period: Mapped[str]
    slot: Mapped[str | None] = mapped_column(unique=True)
    kind: Mapped[Kind] = mapped_column(Choice)
    state: Mapped[Phase] = mapped_column(Choice)
    start: Mapped[date]
    end: Mapped[date]
    handbook: Mapped[str]
    rules: Mapped[dict[str, Any]]
    opened_by: Mapped[str]
    opened_at: Mapped[datetime]
    self_due: Mapped[date]
    manager_due: Mapped[date]
    calibration_due: Mapped[date]
    published_at: Mapped[datetime | None]
    appeal_until: Mapped[date | None]
    done: Mapped[str]
    total: Mapped[int]
    payroll: Mapped[dict[str, Any] | None]


class AppraisalRow(Base):
    """One person's appraisal in a cycle."""

    __tablename__ = "appraisals"

    id: Mapped[int] = mapped_column(primary_key=True)
    cycle: Mapped[int]
    period: Mapped[str]
    person: Mapped[str]
    manager: Mapped[str]
    asked: Mapped[str]
    team: Mapped[str]
    post: Mapped[str]
    state: Mapped[State] = mapped_column(Choice)
    served: Mapped[int]
    days: Mapped[int]
    opened_at: Mapped[datetime]
    self_review: Mapped[dict[str, Any]]
    self_submitted_at: Mapped[datetime | None]
    late_why: Mapped[str]
    scoring: Mapped[dict[str, Any] | None]
    earlier: Mapped[tuple[Any, ...]] = mapped_column(Words)
    measured: Mapped[tuple[Any, ...]] = mapped_column(Words)
    quarters: Mapped[dict[str, Any]]
    score: Mapped[Decimal | None]
    suggested: Mapped[Grade | None] = mapped_column(Choice)
    grade: Mapped[Grade | None] = mapped_column(Choice)
    handed_in_at: Mapped[datetime | None]
    calibrated: Mapped[Grade | None] = mapped_column(Choice)
    calibrations: Mapped[tuple[Any, ...]] = mapped_column(Words)
    published_at: Mapped[datetime | None]
    acknowledged_at: Mapped[datetime | None]
    remark: Mapped[str]
    appeal: Mapped[dict[str, Any] | None]
    bonus: Mapped[dict[str, Any] | None]
    excused_why: Mapped[str]

    __table_args__ = (
        Index(None, "cycle", "person", unique=True),
        Index(None, "person"),
        Index(None, "manager", "state"),
        Index(None, "cycle", "state"),
    )


class PeerRatingRow(Base):
    """What one colleague says of another."""

    __tablename__ = "peer_ratings"

    id: Mapped[int] = mapped_column(primary_key=True)
    cycle: Mapped[int]
    person: Mapped[str]
    rater: Mapped[str]
    opportunity: Mapped[int]
    asked_at: Mapped[datetime]
    communication: Mapped[int | None]
    problem_solving: Mapped[int | None]
    rated_at: Mapped[datetime | None]
    declined: Mapped[bool]

    __table_args__ = (Index(None, "cycle", "person", "rater", unique=True), Index(None, "rater"))


CYCLES, APPRAISALS, RATINGS = table_of(CycleRow), table_of(AppraisalRow), table_of(PeerRatingRow)
NOT_IN = SELF_OWED | {State.EXCUSED}  # in which a self-review is not handed in, whatever was handed in before


class Cycles(Shelf[Cycle]):
    """The cycles, within one transaction."""

    row = CycleRow
    record = Cycle
    generated = True

    def steady(self, id: int) -> Cycle | None:
        """Return the cycle or None; it stays in its phase until this transaction ends, and others may rely on that as well."""
        return self.one(select(CYCLES).where(CYCLES.c.id == id).with_for_update(read=True))

    def of_period(self, period: str, lock: bool = False) -> Cycle | None:
        """Return the cycle of a period, unless it was cancelled, or None."""
        question = select(CYCLES).where(CYCLES.c.slot == period)
        return self.one(question.with_for_update() if lock else question)

    def running(self) -> list[Cycle]:
        """Return the cycles that are neither closed nor cancelled, oldest first."""
        return self.all_of(select(CYCLES).where(CYCLES.c.state.in_(RUNNING)).order_by(CYCLES.c.id))

    def latest(self, limit: int = 8) -> list[Cycle]:
        """Return the latest cycles, cancelled ones too, latest first."""
        return self.all_of(select(CYCLES).order_by(CYCLES.c.id.desc()).limit(limit))


class Appraisals(Shelf[Appraisal]):
    """The appraisals, within one transaction."""

    row = AppraisalRow
    record = Appraisal
    generated = True

    def of(self, cycle: int, person: str, lock: bool = False) -> Appraisal | None:
        """Return a person's appraisal in a cycle, or None."""
        question = select(APPRAISALS).where(APPRAISALS.c.cycle == cycle, APPRAISALS.c.person == person)
        return self.one(question.with_for_update() if lock else question)

    def of_person(self, person: str, limit: int = 12) -> list[Appraisal]:
        """Return a person's appraisals, latest first."""
        return self.all_of(select(APPRAISALS).where(APPRAISALS.c.person == person).order_by(APPRAISALS.c.id.desc()).limit(limit))

    def of_people(self, people: Collection[str], periods: Collection[str]) -> list[Appraisal]:
        """Return the appraisals of some people for some periods, by number."""
        wanted = (APPRAISALS.c.person.in_(people), APPRAISALS.c.period.in_(periods))
        return self.all_of(select(APPRAISALS).where(*wanted).order_by(APPRAISALS.c.id))

    def of_manager(self, manager: str, cycles: Collection[int]) -> list[Appraisal]:
        """Return those whom a manager scores in some cycles, by number."""
        wanted = (APPRAISALS.c.manager == manager, APPRAISALS.c.cycle.in_(cycles))
        return self.all_of(select(APPRAISALS).where(*wanted).order_by(APPRAISALS.c.id))

    def held(self, number: int) -> Appraisal | None:
        """Return the appraisal or None, held until this transaction ends; its cycle, which comes first, stays in its phase as long.

        Whoever holds both takes the cycle first, so that nobody waits for each other.
        """
        cycle = self.connection.execute(select(APPRAISALS.c.cycle).where(APPRAISALS.c.id == number)).scalar_one_or_none()
        if cycle is None:
            return None
        Cycles(self.connection).steady(cycle)
        return self.get(number, lock=True)

    def waiting(self, cycles: Collection[int], states: Collection[State], limit: int = 100) -> list[Appraisal]:
        """Return the appraisals of some cycles in some states, by number."""
        wanted = (APPRAISALS.c.cycle.in_(cycles), APPRAISALS.c.state.in_(states))
        return self.all_of(select(APPRAISALS).where(*wanted).order_by(APPRAISALS.c.id).limit(limit))

    def in_cycle(
        self, cycle: int, states: Collection[State] = (), people: Collection[str] | None = None, limit: int = 100_000, offset: int = 0
    ) -> list[Appraisal]:
        """Return the appraisals of a cycle by person, those in some states or of some people only if any are given."""
        wanted = [APPRAISALS.c.cycle == cycle]
        wanted += [APPRAISALS.c.state.in_(states)] if states else []
        wanted += [APPRAISALS.c.person.in_(people)] if people is not None else []
        return self.all_of(select(APPRAISALS).where(*wanted).order_by(APPRAISALS.c.person).limit(limit).offset(offset))

    def behind(self, cycle: int, states: Collection[State], last: str, limit: int) -> list[Appraisal]:
        """Return the appraisals of a cycle in some states whose person's id comes after one, by that id: the next page of many."""
        wanted = (APPRAISALS.c.cycle == cycle, APPRAISALS.c.state.in_(states), APPRAISALS.c.person > last)
        return self.all_of(select(APPRAISALS).where(*wanted).order_by(APPRAISALS.c.person).limit(limit))

    def handed_in(self, cycle: int) -> int:
        """Return how many self-reviews of a cycle are handed in, of those who are not excused."""
        wanted = (APPRAISALS.c.cycle == cycle, APPRAISALS.c.self_submitted_at.is_not(None), APPRAISALS.c.state.not_in(NOT_IN))
        return int(self.connection.execute(select(func.count()).select_from(APPRAISALS).where(*wanted)).scalar_one())

    def counts(self, cycle: int) -> Mapping[State, int]:
        """Return how many appraisals of a cycle are in each state."""
        question = select(APPRAISALS.c.state, func.count()).where(APPRAISALS.c.cycle == cycle).group_by(APPRAISALS.c.state)
        return {State(state): n for state, n in self.connection.execute(question)}


class PeerRatings(Shelf[PeerRating]):
    """The peer ratings, within one transaction."""

    row = PeerRatingRow
    record = PeerRating
    generated = True

    def about(self, cycle: int, person: str) -> list[PeerRating]:
        """Return the ratings of a person in a cycle, those not given yet too."""
        return self.all_of(select(RATINGS).where(RATINGS.c.cycle == cycle, RATINGS.c.person == person).order_by(RATINGS.c.id))

    def fixed(self, cycle: int, person: str) -> list[PeerRating]:
        """Return the ratings of a person in a cycle once none of them can change any more, and before that none."""
        over = select(CYCLES.c.id).where(CYCLES.c.id == cycle, CYCLES.c.state.not_in(RATING)).exists()
        return self.all_of(select(RATINGS).where(RATINGS.c.cycle == cycle, RATINGS.c.person == person, over).order_by(RATINGS.c.id))

    def owed_by(self, rater: str, cycles: Collection[int]) -> list[PeerRating]:
        """Return what a person was asked in some cycles and has neither answered nor declined."""
        wanted = (RATINGS.c.rater == rater, RATINGS.c.cycle.in_(cycles), RATINGS.c.rated_at.is_(None), ~RATINGS.c.declined)
        return self.all_of(select(RATINGS).where(*wanted).order_by(RATINGS.c.id))
