"""The sender: takes due messages in hand, has them carried, and records what became of each."""

import logging
from collections.abc import Set
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import datetime, timedelta
from random import uniform
from threading import Event, Lock, Thread
from uuid import uuid4

from slack_sdk import WebClient

from bot.clock import Clock
from scheduler.outbox.courier import UNCONFIRMED, Courier, Errand, Receipt, is_person
from scheduler.outbox.pace import Pace
from scheduler.outbox.verdict import Doubt, Held, Never, Trouble, Unreached, Verdict, Wait, judge
from storage import Store
from storage.outbox import Kind, Said

log = logging.getLogger("bidwell.outbox")
LOOK_EVERY = 1.0  # seconds after which we look for messages that other processes have written
PAUSE = 60.0  # seconds until we try again after trouble with our account
LONGEST_BACKOFF = 300.0
MOST_ATTEMPTS = 300  # with those pauses about a day


class Sender:
    """Sends what the outbox holds; one per process, beside others."""

    def __init__(
        self,
        store: Store,
        client: WebClient,
        clock: Clock,
        *,
        senders: int = 8,
        lease: float = 15.0,
        pace: Pace | None = None,
    ) -> None:
        self.store = store
        self.clock = clock
        self.lease = lease
        self.senders = senders
        self.trouble = ""  # Slack's word for what is wrong with our account, while it is
        self._pace = pace or Pace()
        self._real = self._pace.clock  # leases and pauses run on it however the people's time is moved
        self._client = unrepeating(client, lease / 3)
        self._courier = Courier(self._client, self._pace, self._real)
        self._channels: dict[str, str] = {}
        self._paused_until = 0.0
        self._reading = True  # whether the outbox could be read the last time
        self._seen: tuple[int, datetime | None] = (-1, None)
        self._wake, self._stopping = Event(), Event()
        self._hands = ThreadPoolExecutor(senders, thread_name_prefix="sender")
        self._in_hand: set[Future[None]] = set()
        self._lock = Lock()
        self._thread: Thread | None = None

    def start(self) -> None:
        """Begin to send, in the background."""
        self.store.after_saying = self.heard
        self._thread = Thread(target=self._run, name="outbox", daemon=True)
        self._thread.start()

    def stop(self, timeout: float = 8.0) -> None:
        """Take no more messages in hand; wait that many seconds for those on their way."""
        self._stopping.set()
        self.nudge()
        if self._thread:
            self._thread.join(timeout)
        wait(self._on_the_way(), timeout)
        self._hands.shutdown(wait=False, cancel_futures=True)

    def heard(self, targets: Set[str]) -> None:
        """Take note of something said, unless it is to wait its turn in conversations that are busy."""
        if not targets <= set(self._pace.busy()):
            self.nudge()

    def nudge(self) -> None:
        """Say that there may be something to send."""
        self._wake.set()

    def deliver_due(self) -> int:
        """Send everything that is due now, on this thread, at any pace; return how many were tried."""
        if not self._any_due():
            return 0
        tried = 0
        while not self._paused():
            claimed, others = self._claim(1, ()), self._on_the_way()
            if claimed:
                self.deliver(claimed[0])
                tried += 1
            elif others:
                wait(others)
            else:
                break
        return tried

    def next_due(self) -> datetime | None:
        """Return when the next message is due in the people's time, or None; cheap while this process changes nothing."""
        return self._seen[1] if self._seen[0] == self.store.changes else self._look()

    def deliver(self, said: Said) -> None:
        """Have one claimed message carried, and record what became of it."""
        errand = Errand(said, until=self._real.elapsed() + self.lease - self._client.timeout - 1)
        began = said.tried or self.clock.now()
        try:
            receipt = self._courier.carry(errand, self._channel(said.target))
        except Held as held:
            self._put_back(errand, held.seconds, said.tried)
        except Exception as error:  # noqa: BLE001  one message that fails must not stop the others
            self._set_back(errand, judge(error), began)
        else:
            self._done(said, receipt)

    def _done(self, said: Said, receipt: Receipt) -> None:
        if said.kind is Kind.POST:
            self.trouble = ""
        with self.store.change() as shelves:
            kept = shelves.sending.sent(said, receipt.channel, receipt.ts)
        if not kept:
            log.warning("a message was carried by two senders", extra={"key": said.key})
        if receipt.channel not in ("", said.target):
            self._channels[said.target] = receipt.channel

    def _run(self) -> None:
        while not self._stopping.is_set():
            if not self._dispatched():
                self._wake.wait(min(LOOK_EVERY, self._pace.next_ready()))
                self._wake.clear()

    def _dispatched(self) -> bool:
        """Dispatch; when the database cannot be read, say so once, and look again later."""
        try:
            busy = self._dispatch()
        except Exception:
            if self._reading:
                log.exception("the outbox cannot be read")
            self._reading = busy = False
        else:
            self._reading = True
        return busy

    def _dispatch(self) -> bool:
        """Hand as many messages to the senders as are free and as the pace allows; say whether there was any."""
        free = self.senders - len(self._on_the_way())
        if free <= 0 or self._paused() or not self._pace.posts_ready():
            return False
        self._look()
        if not self._any_due():
            return False
        claimed = self._claim(free, self._pace.busy(), edits=self._pace.edits_ready())
        for said in claimed:
            self._pace.take(said.target, edit=bool(said.ts))
            self._hand_over(said)
        return bool(claimed)

    def _hand_over(self, said: Said) -> None:
        carried = self._hands.submit(self.deliver, said)
        with self._lock:
            self._in_hand.add(carried)
        carried.add_done_callback(self._let_go)

    def _let_go(self, carried: Future[None]) -> None:
        with self._lock:
            self._in_hand.discard(carried)
        if not carried.cancelled() and carried.exception():
            log.error("what became of a message could not be recorded", exc_info=carried.exception())
        self.nudge()

    def _on_the_way(self) -> set[Future[None]]:
        with self._lock:
            return set(self._in_hand)

    def _claim(self, limit: int, avoid: list[str] | tuple[str, ...], *, edits: bool = True) -> list[Said]:
        until = self._real.now() + timedelta(seconds=self.lease)
        with self.store.change() as shelves:
            return shelves.sending.claim(uuid4().hex, until, limit, avoid, edits=edits)

    def _look(self) -> datetime | None:
        changes = self.store.changes
        with self.store.look() as shelves:
            self._seen = (changes, shelves.sending.next_due())
        return self._seen[1]

    def _any_due(self) -> bool:
        soonest = self.next_due()
        return soonest is not None and soonest <= self.clock.now()

    def _paused(self) -> bool:
        return self._real.elapsed() < self._paused_until

    def _channel(self, target: str) -> str:
        """Return the conversation with a person if there was one before, or nothing."""
        if is_person(target) and target not in self._channels:
            with self.store.look() as shelves:
                self._channels[target] = shelves.sending.channel_of(target)
        return self._channels.get(target, "")

    def _set_back(self, errand: Errand, verdict: Verdict, began: datetime) -> None:
        """Record a failed attempt: when to try again and what to look for then, or why not to."""
        said = errand.said
        unsure = None if errand.posting else said.tried
        match verdict:
            case Wait(seconds):
                self._pace.refused(errand.method, said.target, seconds)
                self._put_back(errand, seconds, unsure)
            case Trouble(word):
                self._pause(word)
                self._put_back(errand, 0, unsure)
            case Never(word):
                self._fail(said, UNCONFIRMED if errand.looking else word)
            case Doubt(word) if errand.posting and said.kind is Kind.REPLY and not said.replace:
                self._fail(said, UNCONFIRMED)
            case Unreached(word) | Doubt(word) if said.attempts + 1 >= MOST_ATTEMPTS:
                self._fail(said, word)
            case Unreached(word):
                self._retry(errand, word, unsure)
            case Doubt(word):
                self._retry(errand, word, began if errand.posting else unsure)

    def _retry(self, errand: Errand, word: str, tried: datetime | None) -> None:
        attempts = errand.said.attempts + 1
        log.info("a message will be tried again", extra={"key": errand.said.key, "error": word, "attempts": attempts})
        self._put_back(errand, backoff(attempts), tried, attempts)

    def _put_back(self, errand: Errand, seconds: float, tried: datetime | None, attempts: int | None = None) -> None:
        said = errand.said
        retry_at = self._real.now() + timedelta(seconds=seconds)
        with self.store.change() as shelves:
            shelves.sending.put_back(said, retry_at, attempts=said.attempts if attempts is None else attempts, tried=tried)

    def _fail(self, said: Said, why: str) -> None:
        log.warning("a message could not be sent", extra={"key": said.key, "error": why})
        with self.store.change() as shelves:
            shelves.sending.fail(said, why)

    def _pause(self, word: str) -> None:
        if word != self.trouble:
            log.error("sending pauses: Slack refuses our account", extra={"error": word})
        self.trouble = word
        self._paused_until = self._real.elapsed() + PAUSE


def unrepeating(client: WebClient, timeout: float) -> WebClient:
    """Return a client that never repeats a call by itself: what it repeats after a broken connection may be said twice."""
    shortest = min(client.timeout, int(timeout))
    return WebClient(client.token, client.base_url, shortest, ssl=client.ssl, proxy=client.proxy, headers=client.headers, retry_handlers=[])


def backoff(attempts: int) -> float:
    """Return the seconds to wait after that many attempts, a little different each time."""
    return min(2.0**attempts, LONGEST_BACKOFF) * uniform(0.75, 1.25)  # noqa: S311  nothing secret
