"""Rounds of honours and nominations, and the questions that are asked about them."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, Text, cast, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from bot.policy.honours.record import Nomination, Phase, Round, State
from storage.base import Base, Choice, Shelf, Words, inserting, table_of


class RoundRow(Base):
    """One honour in one period."""

    __tablename__ = "honour_rounds"

    id: Mapped[int] = mapped_column(primary_key=True)
    type: Mapped[str]
    period: Mapped[str]
    start: Mapped[date]
    end: Mapped[date]
    rules: Mapped[dict[str, Any]]
    state: Mapped[Phase] = mapped_column(Choice)
    closes: Mapped[date]
    opened_by: Mapped[str]
    opened_at: Mapped[datetime]
    decided_by: Mapped[str]
    announced_at: Mapped[datetime | None]
    why: Mapped[str]

    __table_args__ = (Index(None, "type", "period", unique=True), Index(None, "state"))


class NominationRow(Base):
    """One nominee."""

    __tablename__ = "nominations"

    id: Mapped[int] = mapped_column(primary_key=True)
    type: Mapped[str]
    period: Mapped[str]
    slot: Mapped[str | None] = mapped_column(unique=True)
    person: Mapped[str]
    solution: Mapped[int]
    title: Mapped[str]
    people: Mapped[tuple[str, ...]]
    nominator: Mapped[str]
    why: Mapped[str]
    evidence: Mapped[tuple[str, ...]]
    supports: Mapped[tuple[Any, ...]] = mapped_column(Words)
    state: Mapped[State] = mapped_column(Choice)
    at: Mapped[datetime]
    merit: Mapped[dict[str, Any] | None]
    citation: Mapped[str]
    grounds: Mapped[str]
    decided_by: Mapped[str]
    announced_at: Mapped[datetime | None]
    revoked_why: Mapped[str]

    __table_args__ = (Index(None, "type", "period"), Index(None, "nominator"), Index(None, "state", "announced_at"))


ROUNDS, NOMINATIONS = table_of(RoundRow), table_of(NominationRow)
HONOURED = (NOMINATIONS.c.state == State.AWARDED, NOMINATIONS.c.announced_at.is_not(None))


class Rounds(Shelf[Round]):
    """The rounds, within one transaction."""

    row = RoundRow
    record = Round
    generated = True

    def of(self, type: str, period: str, lock: bool = False) -> Round | None:
        """Return the round of an honour and a period, cancelled or not, or None."""
        question = select(ROUNDS).where(ROUNDS.c.type == type, ROUNDS.c.period == period)
        return self.one(question.with_for_update() if lock else question)

    def begin(self, round: Round) -> Round | None:
        """Remember a new round; return it with its id, or None when there is one for this honour and period."""
        values = {name: value for name, value in dict(round).items() if name != "id"}
        statement = inserting(self.connection, ROUNDS).on_conflict_do_nothing().returning(ROUNDS.c.id)
        key = self.connection.execute(statement, values).scalar_one_or_none()
        return None if key is None else round.amended(id=key)

    def in_phases(self, phases: Collection[Phase]) -> list[Round]:
        """Return the rounds that stand there, oldest first."""
        return self.all_of(select(ROUNDS).where(ROUNDS.c.state.in_(phases)).order_by(ROUNDS.c.id))

    def latest(self, limit: int, offset: int = 0) -> list[Round]:
        """Return a page of all rounds, latest first."""
        return self.all_of(select(ROUNDS).order_by(ROUNDS.c.id.desc()).limit(limit).offset(offset))


class Nominations(Shelf[Nomination]):
    """The nominations, within one transaction."""

    row = NominationRow
    record = Nomination
    generated = True

    def enter(self, nomination: Nomination) -> Nomination | None:
        """Remember a new nomination; return it with its id, or None when its slot is taken."""
        values = {name: value for name, value in dict(nomination).items() if name != "id"}
        statement = inserting(self.connection, NOMINATIONS).on_conflict_do_nothing().returning(NOMINATIONS.c.id)
        key = self.connection.execute(statement, values).scalar_one_or_none()
        return None if key is None else nomination.amended(id=key)

    def in_slot(self, slot: str) -> Nomination | None:
        """Return the nomination of a slot, held until this transaction ends, or None."""
        return self.one(select(NOMINATIONS).where(NOMINATIONS.c.slot == slot).with_for_update())

    def of(self, type: str, period: str) -> list[Nomination]:
        """Return the nominations for an honour in a period, by number, without those taken back."""
        wanted = (NOMINATIONS.c.type == type, NOMINATIONS.c.period == period, NOMINATIONS.c.state != State.RETRACTED)
        return self.all_of(select(NOMINATIONS).where(*wanted).order_by(NOMINATIONS.c.id))

    def waiting(self) -> list[Nomination]:
        """Return the nominations that nobody has looked at yet, by number."""
        return self.all_of(select(NOMINATIONS).where(NOMINATIONS.c.state == State.SUBMITTED).order_by(NOMINATIONS.c.id))

    def said_by(self, person: str, limit: int, offset: int = 0) -> list[Nomination]:
        """Return a page of what a person nominated or joined, latest first, without what was taken back."""
        # Kept as JSON, in which a quote inside a text is escaped: what is sought cannot be part of a text.
        joined = cast(NOMINATIONS.c.supports, Text).contains(f'"person": "{person}"', autoescape=True)
        wanted = (or_(NOMINATIONS.c.nominator == person, joined), NOMINATIONS.c.state != State.RETRACTED)
        return self.all_of(select(NOMINATIONS).where(*wanted).order_by(NOMINATIONS.c.id.desc()).limit(limit).offset(offset))

    def honoured(
        self, person: str = "", type: str = "", periods: Collection[str] = (), limit: int = 1000, offset: int = 0
    ) -> list[Nomination]:
        """Return a page of the honours that were announced and not revoked, latest first: somebody's, of a type, of periods, or all."""
        wanted = [*HONOURED]
        wanted += [cast(NOMINATIONS.c.people, Text).contains(f'"{person}"', autoescape=True)] if person else []
        wanted += [NOMINATIONS.c.type == type] if type else []
        wanted += [NOMINATIONS.c.period.in_(periods)] if periods else []
        latest = (NOMINATIONS.c.announced_at.desc(), NOMINATIONS.c.id.desc())
        return self.all_of(select(NOMINATIONS).where(*wanted).order_by(*latest).limit(limit).offset(offset))
