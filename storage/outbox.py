"""The outbox: a message is a row whose content may change; the sender brings Slack into line with the row."""

import re
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Index,
    and_,
    bindparam,
    func,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.sql.expression import FromClause

from bot.policy.record import Record
from bot.views.blocks import Message
from storage.base import Base, Choice, Shelf, once, table_of

TIMESTAMP = re.compile(r"\d+\.\d{6}")  # how Slack names a message within its channel
NO_THREAD = "no_thread"  # why a reply failed whose thread never came to be


class Kind(StrEnum):
    """By which way a message leaves."""

    POST = "post"
    REPLY = "reply"
    MARK = "mark"  # a reaction to the message `thread_ts` of the channel; its text is the emoji's name


class Said(Record):
    """A message: what it should say (`version`), what Slack shows of it (`sent_version`), and how sending it goes.

    `tried` is since when the message may be in Slack without our knowing its `ts`. `retry_at` and `lease_until` are the computer's time,
    the other moments the people's, which may be moved.
    """

    id: int
    key: str
    kind: Kind
    target: str
    message: dict[str, Any]
    replace: bool
    subject: str
    thread_key: str
    thread_ts: str
    not_before: datetime
    expires: datetime | None
    version: int
    sent_version: int
    gone: bool
    channel: str
    ts: str
    failed: str
    attempts: int
    retry_at: datetime | None
    tried: datetime | None
    claimed_by: str
    lease_until: datetime | None
    created: datetime
    sent: datetime | None


class Waiting(NamedTuple):
    """How the outbox stands: messages due, planned and failed, and since when the oldest due one waits."""

    due: int
    planned: int
    failed: int
    oldest: datetime | None


class SaidRow(Base):
    """One message."""

    __tablename__ = "outbox"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[Kind] = mapped_column(Choice)
    target: Mapped[str]
    message: Mapped[dict[str, Any]]
    replace: Mapped[bool]
    subject: Mapped[str] = mapped_column(index=True)
    thread_key: Mapped[str] = mapped_column(index=True)
    thread_ts: Mapped[str]
    not_before: Mapped[datetime]
    expires: Mapped[datetime | None]
    version: Mapped[int]
    sent_version: Mapped[int]
    gone: Mapped[bool]
    channel: Mapped[str]
    ts: Mapped[str]
    failed: Mapped[str]
    attempts: Mapped[int]
    retry_at: Mapped[datetime | None]
    tried: Mapped[datetime | None]
    claimed_by: Mapped[str]
    lease_until: Mapped[datetime | None]
    created: Mapped[datetime]
    sent: Mapped[datetime | None]

    __table_args__ = (Index(None, "target", "id"), Index(None, "ts"))


OUTBOX = table_of(SaidRow)
NOTHING: ColumnElement[str] = literal_column("''")  # spelled out: a partial index is not used where its condition is a parameter


def unfinished(row: FromClause) -> ColumnElement[bool]:
    """Return the condition for a message that Slack does not show as it should be."""
    return and_(row.c.sent_version < row.c.version, row.c.failed == NOTHING)


UNFINISHED = unfinished(OUTBOX)
FAILED = OUTBOX.c.failed != NOTHING
NEW = {"version": 1, "sent_version": 0, "gone": False, "channel": "", "ts": "", "failed": "", "attempts": 0, "claimed_by": ""}
Index("ix_outbox_unfinished", OUTBOX.c.id, sqlite_where=UNFINISHED, postgresql_where=UNFINISHED)
Index("ix_outbox_queue", OUTBOX.c.target, OUTBOX.c.id, sqlite_where=UNFINISHED, postgresql_where=UNFINISHED)
Index("ix_outbox_failed", OUTBOX.c.id, sqlite_where=FAILED, postgresql_where=FAILED)

ABOUT = select(OUTBOX).where(OUTBOX.c.subject == bindparam("subject")).order_by(OUTBOX.c.id)
OF_KEY = select(OUTBOX).where(OUTBOX.c.key == bindparam("key"))
HELD = OF_KEY.with_for_update()
HERE = (OUTBOX.c.ts == bindparam("ts"), OUTBOX.c.channel == bindparam("channel"), OUTBOX.c.kind == Kind.POST)
STANDING = select(OUTBOX).where(*HERE).limit(1)


class Outbox(Shelf[Said]):
    """The messages, as those see them who have something to say, within one transaction."""

    row = SaidRow
    record = Said

    def __init__(self, connection: Connection, now: datetime) -> None:
        super().__init__(connection)
        self.now = now
        self.spoken: set[str] = set()  # to whom this transaction gave the sender something to say
        self.fresh: set[str] = set()  # the keys under which this transaction said something of its own, not yet changed

    def say(
        self,
        key: str,
        to: str,
        message: Message,
        *,
        thread: str | None = None,
        not_before: datetime | None = None,
        expires: datetime | None = None,
        subject: str | None = None,
    ) -> bool:
        """Have something said to a channel or a person, once: say False, and change nothing, when `key` was said before.

        `thread` is the key of the message to answer below, or the `ts` of anybody's message in that channel.
        """
        place = self.thread(thread) if thread else {}
        return self.enter(key, Kind.POST, to, message, not_before=not_before, expires=expires, subject=subject or "", **place)

    def reply(self, key: str, response_url: str, message: Message, *, replace: bool, expires: datetime) -> bool:
        """Have something said by a `response_url`, to the person who acted only; `replace` puts it in place of what they pressed."""
        return self.enter(key, Kind.REPLY, response_url, message, replace=replace, expires=expires)

    def mark(self, key: str, channel: str, ts: str, emoji: str) -> bool:
        """Have the bot react to a message, once; taken back, the reaction goes away."""
        return self.enter(key, Kind.MARK, channel, Message(emoji), thread_ts=ts)

    def amend(self, key: str, message: Message) -> bool:
        """Change what a message says, whether it was sent yet or not; say False when there is none to change."""
        said = self.find(key, lock=True)
        if said is None or said.gone or (said.kind is Kind.REPLY and said.sent_version):
            return False
        content = as_json(message)
        if content != said.message:
            self.alter(said, message=content, version=said.version + 1, failed="", attempts=0)
        return True

    def withdraw(self, key: str) -> bool:
        """Take a message back: delete it if it was sent, else never send it; say False when there is none."""
        said = self.find(key, lock=True)
        if said is None or said.gone:
            return False
        untold = not said.ts and said.tried is None
        self.alter(said, gone=True, version=said.version + 1, sent_version=said.version + 1 if untold else said.sent_version)
        if untold:
            orphan(self.connection, key)
        return True

    def find(self, key: str, lock: bool = False) -> Said | None:
        """Return the message with this key, or None; `lock` holds it until this transaction ends."""
        return self.one(HELD if lock else OF_KEY, {"key": key})

    def standing_at(self, channel: str, ts: str) -> Said | None:
        """Return the message of ours that stands there, or None."""
        return self.one(STANDING, {"ts": ts, "channel": channel})

    def about(self, subject: str) -> list[Said]:
        """Return what was said about a subject, oldest first."""
        return self.all_of(ABOUT, {"subject": subject})

    def failed(self, limit: int = 50) -> list[Said]:
        """Return the messages that could not be sent, latest first; `failed` says why, in Slack's word."""
        return self.all_of(select(OUTBOX).where(FAILED).order_by(OUTBOX.c.id.desc()).limit(limit))

    def waiting(self) -> Waiting:
        """Return how many messages are due, planned and failed, and since when the oldest waits."""
        due = or_(OUTBOX.c.ts != "", OUTBOX.c.not_before <= self.now)
        counts = select(func.count().filter(due), func.count().filter(~due), func.min(OUTBOX.c.not_before).filter(due)).where(UNFINISHED)
        now_due, planned, oldest = self.connection.execute(counts).one()
        failed = self.connection.execute(select(func.count()).select_from(OUTBOX).where(FAILED)).scalar_one()
        return Waiting(now_due, planned, failed, oldest)

    def enter(self, key: str, kind: Kind, target: str, message: Message, **more: Any) -> bool:
        """Add the row unless its key is there already."""
        blank = {**NEW, "replace": False, "subject": "", "thread_key": "", "thread_ts": "", "created": self.now}
        given = {name: value for name, value in more.items() if value is not None}
        values = {"not_before": self.now, **blank, **given, "key": key, "kind": kind, "target": target, "message": as_json(message)}
        added = self.connection.execute(once(self.connection.dialect.name, OUTBOX), values).first() is not None
        if added:
            self.spoken.add(target)
            self.fresh |= set() if "thread_key" in given else {key}
        return added

    def thread(self, thread: str) -> dict[str, str]:
        """Return the columns that place a message below another; raise LookupError for a key that was never said."""
        if TIMESTAMP.fullmatch(thread):
            return {"thread_ts": thread}
        if thread in self.fresh:
            return {"thread_key": thread}
        parent = self.find(thread, lock=True)
        if parent is None:
            raise LookupError(f"no message {thread} to answer")
        lost = parent.ts == "" and (parent.gone or parent.failed != "")
        return {"thread_key": thread, "thread_ts": parent.ts, "channel": parent.channel, "failed": NO_THREAD if lost else ""}

    def alter(self, said: Said, **changes: Any) -> None:
        """Change a row and have the sender look at it."""
        self.connection.execute(update(OUTBOX).where(OUTBOX.c.id == said.id), changes)
        self.spoken.add(said.target)
        self.fresh.discard(said.key)


def orphan(connection: Connection, key: str) -> None:
    """Give up on what was to be said below a message that will not be sent."""
    below = and_(OUTBOX.c.thread_key == key, OUTBOX.c.thread_ts == "", OUTBOX.c.failed == "")
    connection.execute(update(OUTBOX).where(below), {"failed": NO_THREAD})


def as_json(message: Message) -> dict[str, Any]:
    """Return a message as it is kept."""
    return {"text": message.text, "blocks": list(message.blocks)}
