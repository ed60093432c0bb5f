"""Preparing a bid (§4.4.2): the team, the parts of the bid document, and the milestones planned back from the deadline."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from bot.handbook import Planned
from bot.language import N_
from bot.policy.bids.record import PREPARATION, STATE_NAMES, UNDECIDED, UNSUBMITTED, Bid, Member, Milestone, Part, PartKind, State
from bot.policy.bids.steps import Action, Step, advance, change, check
from bot.policy.calendar import Calendar
from bot.policy.people import OnlyFor
from bot.policy.refusal import Refusal

LEAD = "lead"  # roles beside those of the parts; any other role is what people call it
REVIEW = "review"  # the milestone before which the parts are to be written
WRITABLE = frozenset({State.PREPARING, State.IN_REVIEW})  # the states in which the bid document may still change


def planned(bid: Bid, calendar: Calendar, steps: Iterable[Planned]) -> tuple[Milestone, ...]:
    """Return the milestones of a bid, the earliest first: so many working days before its deadline's day, where the buyer is."""
    if bid.deadline is None:
        return ()
    last = day_of(bid.deadline, bid.zone)
    ahead = sorted(steps, key=lambda step: -step.days_before)
    return tuple(
        Milestone(name=step.id, day=working_day_before(last, step.days_before, calendar), days_before=step.days_before) for step in ahead
    )


def replanned(bid: Bid, calendar: Calendar) -> Bid:
    """Return a bid whose deadline has moved with its milestones planned anew, and with them the open parts that hang on them."""
    if bid.deadline is None:
        return bid
    last = day_of(bid.deadline, bid.zone)
    moved = tuple(step.amended(day=working_day_before(last, step.days_before, calendar)) for step in bid.milestones)
    ends = {
        end_of_work(before.day, bid.zone, calendar): end_of_work(after.day, bid.zone, calendar)
        for before, after in zip(bid.milestones, moved, strict=True)
    }
    return bid.amended(milestones=moved, parts=tuple(hung(part, ends, bid.deadline) for part in bid.parts))


def hung(part: Part, ends: Mapping[datetime, datetime], deadline: datetime) -> Part:
    """Return a part due with its milestone; one with a date of its own keeps it while that is not after the deadline."""
    if part.done_at or part.due is None:
        return part
    return part.amended(due=min(ends.get(part.due, part.due), deadline))


def working_day_before(day: date, count: int, calendar: Calendar) -> date:
    """Return the working day that many before a day; for 0 the day itself or, when nobody works on it, the last before it."""
    return day if count == 0 and calendar.is_working_day(day) else calendar.add_working_days(day, -max(count, 1))


def late(bid: Bid, now: datetime) -> list[Milestone]:
    """Return the milestones that are past and were not reached."""
    return [step for step in bid.milestones if not step.done and step.day < day_of(now, bid.zone)]


def part_due(bid: Bid, calendar: Calendar, now: datetime) -> datetime | None:
    """Return until when a part is to be written: the last milestone before the review that is still ahead, or else a later one."""
    if bid.deadline is None:
        return None
    names = [step.name for step in bid.milestones]
    first = max(names.index(REVIEW) - 1, 0) if REVIEW in names else len(names) - 1
    ends = [end_of_work(step.day, bid.zone, calendar) for step in bid.milestones[max(first, 0) :]]
    return min([*[end for end in ends if end > now][:1], bid.deadline])


def day_of(moment: datetime, zone: str) -> date:
    """Return the day that a moment falls on by the clock of a zone."""
    return moment.astimezone(ZoneInfo(zone)).date()


def end_of_work(day: date, zone: str, calendar: Calendar) -> datetime:
    """Return when the working hours of a day end by the clock of a zone, in UTC."""
    return datetime.combine(day, calendar.company.working_hours.end, ZoneInfo(zone)).astimezone(UTC)


def name_team(
    bid: Bid,
    named: Sequence[Member],
    calendar: Calendar,
    steps: Iterable[Planned],
    actor: str,
    now: datetime,
    leaving: Iterable[str] = (),
) -> Step:
    """Name members of the team and what they do; the first naming begins the preparation and plans the milestones.

    Those named before stay, unless they are `leaving`. A part that nobody has is the bid owner's.
    """
    check_team(bid)
    gone = set(leaving) | {member.person for member in named}
    members = (*(member for member in bid.members if member.person not in gone), *named)
    plan = bid.milestones or planned(bid, calendar, steps)
    drafted = bid.amended(members=members, milestones=plan)
    parts = shared_out(drafted, named, part_due(drafted, calendar, now))
    if bid.state is State.GO_DECIDED:
        return advance(bid, Action.PREPARE, actor, now, members=members, milestones=plan, parts=parts)
    return change(bid, actor, now, members=members, milestones=plan, parts=parts)


def check_team(bid: Bid) -> None:
    """Refuse to name a team before it is decided to bid, or when the bid has been handed in."""
    if bid.state in UNDECIDED:
        reason = N_("{customer} ({number}) is {state}. The team is named once the owner's manager has decided to bid.")
        raise Refusal(reason, customer=bid.customer, number=bid.number, state=STATE_NAMES[bid.state])
    if bid.state not in PREPARATION:
        check(bid, Action.PREPARE)


def shared_out(bid: Bid, named: Iterable[Member], due: datetime | None) -> tuple[Part, ...]:
    """Return the three parts: those that somebody is newly named for go to them, others stay where they are."""
    given = {kind: [member.person for member in named if kind in roles_of(member)] for kind in PartKind}
    if any(len(people) > 1 for people in given.values()):
        raise Refusal(N_("Each part has one owner. Name one person each for the commercial, technical and price parts."))
    has = {part.kind: part for part in bid.parts}
    fresh = {kind: Part(kind=kind, owner=bid.owner, due=due) for kind in PartKind}
    parts = {kind: has.get(kind, fresh[kind]) for kind in PartKind}
    kept = {kind: part.owner if part.owner in {*bid.team, bid.owner} else bid.owner for kind, part in parts.items()}
    return tuple(part.amended(owner=next(iter(given[kind]), kept[kind])) for kind, part in parts.items())


def roles_of(member: Member) -> list[str]:
    """Return what a member does in the team, one word each."""
    return [role for role in member.role.split(", ") if role]


def duties(bid: Bid, person: str) -> list[str]:
    """Return what a person does for a bid, one word each: the parts that are theirs, then their other roles."""
    others = [role for member in bid.members if member.person == person for role in roles_of(member) if role not in set(PartKind)]
    return [*(part.kind for part in bid.parts if part.owner == person), *others]


def set_parts(bid: Bid, dues: Mapping[PartKind, datetime | None], reached: Iterable[str], actor: str, now: datetime) -> Step:
    """Set until when each part is to be written, not after the deadline, and which milestones are reached."""
    check_writable(bid)
    for kind, due in dues.items():
        if due and bid.deadline and due > bid.deadline:
            raise Refusal(N_("That is after the deadline."), field=f"{kind}_due")
    done = set(reached)
    parts = tuple(part.amended(due=dues.get(part.kind, part.due)) for part in bid.parts)
    milestones = tuple(step.amended(done=step.name in done) for step in bid.milestones)
    return change(bid, actor, now, parts=parts, milestones=milestones)


def finish(bid: Bid, kind: str, actor: str, now: datetime, done: bool = True) -> Step:
    """Record that a part is written, or that it is not after all; its owner or the bid's owner can."""
    check_writable(bid)
    part = next((part for part in bid.parts if part.kind == kind), None)
    if part is None:
        raise Refusal(N_("There is no such part."))
    if actor not in (part.owner, bid.owner):
        raise OnlyFor((part.owner, bid.owner))
    changed = part.amended(done_at=(part.done_at or now) if done else None)
    return change(bid, actor, now, parts=tuple(changed if other is part else other for other in bid.parts))


def check_writable(bid: Bid) -> None:
    """Refuse to work on a bid document that is not being prepared."""
    if bid.state not in WRITABLE:
        reason = N_("{customer} ({number}) is {state}: its document is not being prepared.")
        raise Refusal(reason, customer=bid.customer, number=bid.number, state=STATE_NAMES[bid.state])


def move_deadline(bid: Bid, deadline: datetime, zone: str, calendar: Calendar, steps: Iterable[Planned], actor: str, now: datetime) -> Step:
    """Move the deadline, which must lie ahead, of a bid that is not handed in; milestones and open parts move with it."""
    if bid.state not in UNSUBMITTED:
        reason = N_("{customer} ({number}) is {state}: its deadline cannot move any more.")
        raise Refusal(reason, customer=bid.customer, number=bid.number, state=STATE_NAMES[bid.state])
    if deadline <= now:
        raise Refusal(N_("That deadline has already passed."), field="deadline")
    parts = tuple(part.amended(due=deadline) if part.due == bid.deadline and not part.done_at else part for part in bid.parts)
    moved = bid.amended(deadline=deadline, zone=zone, parts=parts)
    if bid.milestones or bid.state in UNDECIDED | {State.GO_DECIDED}:
        after = replanned(moved, calendar)
    else:
        after = moved.amended(milestones=planned(moved, calendar, steps))
    return change(bid, actor, now, deadline=deadline, zone=zone, milestones=after.milestones, parts=after.parts)


def told_of(bid: Bid) -> list[str]:
    """Return the ids of those who have something to do in preparing a bid: the team and the owners of parts."""
    return list(dict.fromkeys([*bid.team, *(part.owner for part in bid.parts)]))
