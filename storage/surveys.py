"""Surveys, the questions that are asked about them, and the key with which their links are signed."""

import secrets
from collections.abc import Collection
from datetime import datetime
from decimal import Decimal

from sqlalchemy import ColumnElement, Index, LargeBinary, case, func, select
from sqlalchemy.orm import Mapped, mapped_column

from bot.policy.satisfaction import Thing
from bot.policy.surveys import About, State, Survey
from storage.base import Base, Choice, Shelf, inserting, table_of


class SurveyRow(Base):
    """One survey."""

    __tablename__ = "surveys"

    id: Mapped[int] = mapped_column(primary_key=True)
    opportunity: Mapped[int]
    customer_name: Mapped[str]
    customer_key: Mapped[str]
    about: Mapped[About] = mapped_column(Choice)
    ref: Mapped[str]
    language: Mapped[str]
    asked_by: Mapped[str]
    members: Mapped[tuple[str, ...]]
    confidential: Mapped[bool]
    state: Mapped[State] = mapped_column(Choice)
    created: Mapped[datetime]
    expires: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    verified: Mapped[bool]
    score: Mapped[int | None]
    understood: Mapped[int | None]
    responsive: Mapped[int | None]
    again: Mapped[int | None]
    comment: Mapped[str]
    respondent: Mapped[str]

    __table_args__ = (Index(None, "customer_key"), Index(None, "opportunity"))


class SigningKeyRow(Base):
    """A random key, by what it signs."""

    __tablename__ = "signing_keys"

    name: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[bytes] = mapped_column(LargeBinary)


SURVEYS, KEYS = table_of(SurveyRow), table_of(SigningKeyRow)
LINKS = "surveys"
KEY_BYTES = 32


class Surveys(Shelf[Survey]):
    """The surveys, within one transaction."""

    row = SurveyRow
    record = Survey
    generated = True

    def of_customer(self, keys: Collection[str]) -> list[Survey]:
        """Return the surveys of a customer, by all its folded names, latest first, without those taken back."""
        wanted = (SURVEYS.c.customer_key.in_(keys), SURVEYS.c.state != State.WITHDRAWN)
        return self.all_of(select(SURVEYS).where(*wanted).order_by(SURVEYS.c.id.desc()))

    def of_opportunity(self, number: int) -> list[Survey]:
        """Return the surveys about a deal, latest first, without those taken back."""
        wanted = (SURVEYS.c.opportunity == number, SURVEYS.c.state != State.WITHDRAWN)
        return self.all_of(select(SURVEYS).where(*wanted).order_by(SURVEYS.c.id.desc()))

    def self_reported(self, thing: Thing) -> list[Survey]:
        """Return the answers about one thing that colleagues wrote down, by number."""
        return self.all_of(select(SURVEYS).where(*answered(thing), ~SURVEYS.c.verified).order_by(SURVEYS.c.id))

    def verified_at(self, thing: Thing) -> datetime | None:
        """Return when the customer last answered about one thing themselves, or None."""
        question = select(func.max(SURVEYS.c.answered_at)).where(*answered(thing), SURVEYS.c.verified)
        at: datetime | None = self.connection.execute(question).scalar_one()
        return at

    def mean(self) -> Decimal | None:
        """Return the mean mark of all answers, each by its weight, or None while there are none."""
        # As in the policy, an answer that is not verified weighs half.
        half = case((SURVEYS.c.verified, 2), else_=1)
        question = select(func.sum(SURVEYS.c.score * half), func.sum(half)).where(SURVEYS.c.state == State.ANSWERED)
        total, weight = self.connection.execute(question).one()
        return Decimal(total) / Decimal(weight) if weight else None

    def key(self) -> bytes:
        """Return the key that signs the links, made now if there was none; processes that ask at once get the same."""
        made = inserting(self.connection, KEYS).values(name=LINKS, key=secrets.token_bytes(KEY_BYTES))
        self.connection.execute(made.on_conflict_do_nothing())
        key: bytes = self.connection.execute(select(KEYS.c.key).where(KEYS.c.name == LINKS)).scalar_one()
        return key


def answered(thing: Thing) -> list[ColumnElement[bool]]:
    """Return the conditions for the surveys about one thing that were answered."""
    whose = [SURVEYS.c.customer_key == thing.customer_key] if thing.customer_key else []
    about = (SURVEYS.c.opportunity == thing.opportunity, SURVEYS.c.about == thing.about, SURVEYS.c.ref == thing.ref)
    return [*about, *whose, SURVEYS.c.state == State.ANSWERED]
