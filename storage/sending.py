"""The outbox as the sender sees it: which messages it may take in hand now, and what became of each."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Integer, and_, bindparam, exists, func, or_, select, update
from sqlalchemy.sql.expression import FromClause

from storage.base import Instant, Shelf
from storage.outbox import NO_THREAD, OUTBOX, UNFINISHED, Said, SaidRow, orphan, unfinished

EXPIRED = "expired"
YIELDS_AFTER = 4  # attempts after which a message no longer holds up those behind it
NOW, REAL = bindparam("now", type_=Instant), bindparam("real", type_=Instant)


def unsent(row: FromClause) -> ColumnElement[bool]:
    """Return the condition for a message whose time has come but which Slack has not got yet."""
    return and_(row.c.ts == "", row.c.not_before <= NOW, or_(row.c.expires.is_(None), row.c.expires > NOW))


def held_up() -> ColumnElement[bool]:
    """Return the condition for a message behind another that is due in the same conversation."""
    before = OUTBOX.alias("before")
    ahead = and_(before.c.target == OUTBOX.c.target, before.c.id < OUTBOX.c.id, before.c.attempts < YIELDS_AFTER)
    return exists(select(1).where(ahead, unfinished(before), unsent(before)).correlate(OUTBOX))


FREE = or_(OUTBOX.c.lease_until.is_(None), OUTBOX.c.lease_until <= REAL)
RESTED = or_(OUTBOX.c.retry_at.is_(None), OUTBOX.c.retry_at <= REAL)
PLACED = or_(OUTBOX.c.thread_key == "", OUTBOX.c.thread_ts != "")
POST = and_(unsent(OUTBOX), PLACED, ~held_up())
EDIT = and_(OUTBOX.c.ts != "", bindparam("edits"))
ELSEWHERE = OUTBOX.c.target.not_in(bindparam("avoid", expanding=True))
READY = and_(UNFINISHED, FREE, RESTED, or_(POST, EDIT), ELSEWHERE)
DUE = select(OUTBOX).where(READY).order_by(OUTBOX.c.id).limit(bindparam("limit", type_=Integer))
MINE = OUTBOX.c.id.in_(bindparam("mine", expanding=True))
TAKE = update(OUTBOX).where(MINE).values(tried=func.coalesce(OUTBOX.c.tried, bindparam("since", type_=Instant)))
NEXT = select(func.min(OUTBOX.c.not_before)).where(UNFINISHED)
LATE = select(OUTBOX).where(UNFINISHED, OUTBOX.c.ts == "", OUTBOX.c.expires <= NOW, FREE).with_for_update()


class Sending(Shelf[Said]):
    """The unfinished messages, within one transaction; `now` is the people's time, `real` the computer's."""

    row = SaidRow
    record = Said

    def __init__(self, connection: Connection, now: datetime, real: datetime) -> None:
        super().__init__(connection)
        self.now = now
        self.real = real

    def due(self, limit: int = 1, avoid: Collection[str] = (), *, edits: bool = True) -> list[Said]:
        """Return messages to be sent now, the next one of each conversation only, so that they keep their order there.

        `avoid` are conversations that must wait; without `edits` messages that are in Slack already stay as they are.
        """
        return self.all_of(DUE, self.moment(limit=limit, avoid=list(avoid), edits=edits))

    def claim(self, holder: str, until: datetime, limit: int, avoid: Collection[str] = (), *, edits: bool = True) -> list[Said]:
        """Take due messages in hand until then; return them with `tried` as it was: set when an earlier attempt ended in the dark."""
        claimed = self.all_of(DUE.with_for_update(skip_locked=True), self.moment(limit=limit, avoid=list(avoid), edits=edits))
        if claimed:
            holding = {"claimed_by": holder, "lease_until": until, "since": self.now, "mine": [said.id for said in claimed]}
            self.connection.execute(TAKE, holding)
        return [said.amended(claimed_by=holder, lease_until=until) for said in claimed]

    def next_due(self) -> datetime | None:
        """Return when the next message is due, in the people's time, or None when nothing is planned."""
        soonest: datetime | None = self.connection.execute(NEXT).scalar_one()
        return soonest

    def channel_of(self, person: str) -> str:
        """Return the direct-message channel in which this person was written to before, or nothing."""
        known = select(OUTBOX.c.channel).where(OUTBOX.c.target == person, OUTBOX.c.channel != "")
        return self.connection.execute(known.order_by(OUTBOX.c.id.desc()).limit(1)).scalar_one_or_none() or ""

    def sent(self, said: Said, channel: str = "", ts: str = "") -> bool:
        """Record that Slack shows this version, as `ts` in `channel`; say False when another sender has taken over."""
        done = {"sent_version": said.version, "sent": self.now, "attempts": 0, "retry_at": None, "tried": None}
        kept = self.settle(said, **done, channel=channel or said.channel, ts=ts or said.ts)
        if kept and ts:
            below = and_(OUTBOX.c.thread_key == said.key, OUTBOX.c.thread_ts == "", OUTBOX.c.failed.in_(["", NO_THREAD]))
            self.connection.execute(update(OUTBOX).where(below), {"thread_ts": ts, "channel": channel, "failed": ""})
        return kept

    def put_back(self, said: Said, retry_at: datetime, *, attempts: int, tried: datetime | None) -> bool:
        """Have it tried again later; `tried` says since when it may be in Slack already, None that it is certainly not."""
        return self.settle(said, retry_at=retry_at, attempts=attempts, tried=tried)

    def fail(self, said: Said, why: str) -> bool:
        """Give up on it, and on what was to be said below it."""
        kept = self.settle(said, failed=why)
        if kept and not said.ts:
            orphan(self.connection, said.key)
        return kept

    def expire(self) -> int:
        """Give up on messages whose time has passed; return how many there were."""
        return sum(self.fail(said, EXPIRED) for said in self.all_of(LATE, self.moment()))

    def settle(self, said: Said, **changes: Any) -> bool:
        """Let go of a message, with what became of it; say False, and change nothing, when another sender has taken over."""
        letting_go = {"claimed_by": "", "lease_until": None, **changes}
        return self.connection.execute(update(OUTBOX).where(held(said)), letting_go).rowcount > 0

    def moment(self, **more: Any) -> dict[str, Any]:
        """Return the parameters of a question."""
        return {"now": self.now, "real": self.real, **more}


def held(said: Said) -> ColumnElement[bool]:
    """Return the condition for a message that is still in the same hands."""
    return and_(OUTBOX.c.id == said.id, OUTBOX.c.claimed_by == said.claimed_by)
