"""What is asked about demos by itself (§4.3): before them what is missing, after them the summary, then the open questions."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.handbook import Demos
from bot.policy.calendar import Calendar
from bot.policy.demos.record import AHEAD, LIVE, Demo, Question, State
from bot.policy.demos.summing import open_questions

SOON = timedelta(hours=4)  # what comes so shortly before a demo comes at any hour
STALE = timedelta(days=14)  # after which nobody is asked any more


class Matter(StrEnum):
    """What a nudge is about."""

    NEAR = "near"
    SUMMARY = "summary"
    QUESTION = "question"


class Nudge(NamedTuple):
    """One thing that is asked of a person once, from `at` until `ends`; `slot` tells it from others of its kind."""

    matter: Matter
    person: str
    slot: str
    at: datetime
    ends: datetime


def nudges(demo: Demo, now: datetime, rules: Demos, calendar: Calendar, zones: Mapping[str, str]) -> Iterator[Nudge]:
    """Yield what is to be asked by now; `zones` are those of the people who work here."""
    planned = [
        *before_demo(demo, rules, calendar, zones),
        *after_demo(demo, rules, calendar, zones),
        *about_questions(demo, calendar, zones),
    ]
    yield from (nudge for nudge in planned if nudge.at <= now < nudge.ends)


def before_demo(demo: Demo, rules: Demos, calendar: Calendar, zones: Mapping[str, str]) -> Iterator[Nudge]:
    """Yield the reminders of a demo to those who give it, each until the next one takes its place."""
    if demo.at is None or demo.state not in AHEAD:
        return
    for number, before in enumerate(rules.remind_before):
        ends = demo.at - rules.remind_before[number + 1] if number + 1 < len(rules.remind_before) else demo.at
        slot = f"{before // timedelta(minutes=1)}@{int(demo.at.timestamp())}"
        for person in (demo.owner, *demo.members):
            if person in zones:
                planned = demo.at - before
                at = planned if before <= SOON else calendar.last_working_moment(planned, zones[person])
                yield Nudge(Matter.NEAR, person, slot, at, ends)


def after_demo(demo: Demo, rules: Demos, calendar: Calendar, zones: Mapping[str, str]) -> Iterator[Nudge]:
    """Yield the request for the summary: the same day, and again when the next working day begins."""
    if demo.at is None or demo.state not in (State.READY, State.DELIVERED) or demo.owner not in zones:
        return
    zone, slot, stale = zones[demo.owner], f"{int(demo.at.timestamp())}", demo.at + STALE
    first = same_day(demo.at + rules.summary_after, demo.at, calendar, zone)
    day = calendar.add_working_days(demo.at.astimezone(ZoneInfo(zone)).date(), 1)
    again = start_of(calendar, day, zone)
    yield Nudge(Matter.SUMMARY, demo.owner, f"1@{slot}", first, max(again, first + timedelta(hours=1)))
    yield Nudge(Matter.SUMMARY, demo.owner, f"2@{slot}", max(again, first + timedelta(hours=1)), stale)


def same_day(moment: datetime, given: datetime, calendar: Calendar, zone: str) -> datetime:
    """Return a moment moved into working hours: back within the day if the demo was over by then, else forward."""
    if calendar.within_hours(moment, zone):
        return moment
    earlier = calendar.last_working_moment(moment, zone, timedelta(minutes=15))
    return earlier if earlier > given else calendar.next_working_moment(moment, zone)


def about_questions(demo: Demo, calendar: Calendar, zones: Mapping[str, str]) -> Iterator[Nudge]:
    """Yield what is asked about open questions: of who owes the answer when it is due, a working day later of the owner too."""
    if demo.state not in LIVE | {State.SUMMARISED}:
        return
    for question in open_questions(demo):
        yield from about_question(demo, question, calendar, zones)


def about_question(demo: Demo, question: Question, calendar: Calendar, zones: Mapping[str, str]) -> Iterator[Nudge]:
    """Yield what is asked about one open question."""
    late = calendar.add_working_days(question.due, 1)
    for slot, day, people in (("due", question.due, [question.owner]), ("late", late, [question.owner, demo.owner])):
        for person in dict.fromkeys(people):
            if person in zones:
                at = start_of(calendar, calendar.add_working_days(day, 0), zones[person])
                yield Nudge(Matter.QUESTION, person, f"{question.id}:{slot}@{question.due}", at, at + STALE)


def start_of(calendar: Calendar, day: date, zone: str) -> datetime:
    """Return when work begins on a day."""
    return datetime.combine(day, calendar.company.working_hours.start, ZoneInfo(zone)).astimezone(UTC)
