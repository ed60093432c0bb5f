"""What a person still has to do on a bid (§4.4), and what of it is news for the digest of a working day."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.policy.bids.document_review import open_findings
from bot.policy.bids.preparation import late
from bot.policy.bids.questions import unanswered
from bot.policy.bids.record import OPEN, PREPARATION, UNSUBMITTED, Bid, State
from bot.policy.bids.reminders import AT_ONCE, Matter, Reminder, due, open_parts, speakers, start_of_work
from bot.policy.calendar import Calendar

TEACHES = frozenset({State.WON, State.LOST, State.DISQUALIFIED, State.MISSED_DEADLINE})  # outcomes that a debrief is asked for
DEBRIEF_AFTER = 2  # working days after the outcome
LOOK_BACK = timedelta(days=21)  # for how long what a digest told is remembered beyond the earliest reminder
MORNING = timedelta(hours=2)  # in which a digest is given; later it waits for the next working day


class Duty(StrEnum):
    """What can be left to do."""

    HAND_IN = "hand_in"
    WRITE = "write"
    REACH = "reach"
    MEET = "meet"
    CLOSE = "close"
    ANSWER = "answer"
    CHASE = "chase"
    AGREE = "agree"
    REHEARSE = "rehearse"
    DEBRIEF = "debrief"


class Owed(NamedTuple):
    """One thing that a person still has to do: `what` names it, as a part, a milestone or a text; it is due at a moment or on a day."""

    duty: Duty
    what: str = ""
    at: datetime | None = None
    day: date | None = None


def owed(bid: Bid, person: str, now: datetime) -> list[Owed]:
    """Return what this person still has to do on this bid, what is due first before the rest."""
    own = of_owner(bid, now) if person == bid.owner else ()
    return sorted([*own, *of_member(bid, person, now)], key=lambda one: (when(one) is None, when(one) or now))


def when(one: Owed) -> datetime | None:
    """Return the moment by which something is to be done, the end of its day if it has only a day."""
    return one.at or (datetime.combine(one.day + timedelta(days=1), datetime.min.time(), UTC) if one.day else None)


def of_owner(bid: Bid, now: datetime) -> Iterator[Owed]:
    """Yield what an owner still has to do: hand in, reach milestones, close findings, look back."""
    if bid.state in UNSUBMITTED and bid.deadline:
        yield Owed(Duty.HAND_IN, at=bid.deadline)
    if bid.state in PREPARATION:
        yield from (Owed(Duty.REACH, step.name, day=step.day) for step in late(bid, now))
        if findings := open_findings(bid):
            yield Owed(Duty.CLOSE, str(len(findings)))
    if bid.state in TEACHES and bid.debrief is None:
        yield Owed(Duty.DEBRIEF)


def of_member(bid: Bid, person: str, now: datetime) -> Iterator[Owed]:
    """Yield what anybody may have to do: write a part, meet a condition, answer, wait for an answer no longer, agree, rehearse."""
    if bid.state in PREPARATION:
        yield from (Owed(Duty.WRITE, part.kind, at=part.due or bid.deadline) for part in open_parts(bid, person))
    if bid.state in PREPARATION | {State.CONDITIONAL}:
        conditions = [condition for condition in bid.conditions if condition.owner == person and not condition.met]
        yield from (Owed(Duty.MEET, condition.text, day=condition.due) for condition in conditions)
    if bid.state in OPEN:
        waiting = [question for question in bid.questions if question.expert == person and question.answered_at is None]
        yield from (Owed(Duty.ANSWER, question.text, at=question.due) for question in waiting)
        yield from (Owed(Duty.CHASE, question.text, at=question.due) for question in unanswered(bid, now) if question.asker == person)
        yield from (Owed(Duty.AGREE) for share in bid.shares if share.person == person and not share.agreed)
    defence = bid.defence
    if bid.state is State.DEFENCE_SCHEDULED and defence and defence.at > now and not (defence.rehearsed_at or defence.waiver):
        yield from (Owed(Duty.REHEARSE, at=defence.at) for speaker in speakers(bid) if speaker == person)


def concerned(bid: Bid) -> list[str]:
    """Return the ids of all who can have something to do on a bid."""
    speaking = bid.defence.speakers if bid.defence else ()
    asked = [person for question in bid.questions for person in (question.expert, question.asker)]
    writing = [part.owner for part in bid.parts]
    named = [*(condition.owner for condition in bid.conditions), *(share.person for share in bid.shares)]
    return list(dict.fromkeys([bid.owner, *bid.team, *writing, *speaking, *asked, *named]))


def news(bid: Bid, person: str, planned: Iterable[Reminder], morning: datetime, calendar: Calendar, zone: str) -> list[str]:
    """Return a code for each thing about the bid of which the digest of this morning tells the person, so that it is told once.

    `planned` are the reminders about the bid, of whomever; the near ones come by themselves.
    """
    mine = [one for one in due(planned, morning) if one.person == person and one.matter is not Matter.DEFENCE]
    found = [f"{one.before // timedelta(minutes=1)}@{one.end:%y%m%d%H%M}" for one in mine if one.before > AT_ONCE]
    questions = unanswered(bid, morning)
    found += [f"answer@{question.id}" for question in questions if question.expert == person]
    found += [f"chase@{question.id}" for question in questions if question.asker == person]
    if person != bid.owner:
        return found
    if bid.state in PREPARATION:
        found += [f"{step.name[:20]}@{step.day:%y%m%d}" for step in late(bid, morning)]
    return found + (["debrief"] if wants_debrief(bid, morning, calendar, zone) else [])


def wants_debrief(bid: Bid, now: datetime, calendar: Calendar, zone: str) -> bool:
    """Say whether working days have passed since the outcome and nobody has said what it taught us."""
    if bid.state not in TEACHES or bid.debrief or bid.decided_at is None:
        return False
    day = calendar.add_working_days(bid.decided_at.astimezone(ZoneInfo(zone)).date(), DEBRIEF_AFTER)
    return start_of_work(calendar, day, zone) <= now < bid.decided_at + LOOK_BACK


def morning_of(now: datetime, calendar: Calendar, zone: str) -> datetime | None:
    """Return when the working day began if it did just now by the clock of the zone, else None."""
    day = now.astimezone(ZoneInfo(zone)).date()
    start = start_of_work(calendar, day, zone)
    return start if start <= now < start + MORNING and calendar.is_working_day(day) else None


def next_morning(now: datetime, calendar: Calendar, zone: str) -> datetime:
    """Return when the next working day begins by the clock of the zone."""
    day = now.astimezone(ZoneInfo(zone)).date()
    today = start_of_work(calendar, day, zone)
    return today if now < today and calendar.is_working_day(day) else start_of_work(calendar, calendar.add_working_days(day, 1), zone)
