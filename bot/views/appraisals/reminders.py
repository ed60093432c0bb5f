"""Reminders in a cycle (§5.3), and the question who scores on; each follows its matter."""

from collections.abc import Mapping, Sequence

from bot.language import Translator
from bot.policy.appraisals.cycle import Cycle, Phase
from bot.policy.appraisals.record import SELF_OWED, Appraisal, PeerRating, State
from bot.policy.appraisals.reminders import is_overdue
from bot.views.appraisals import peers
from bot.views.appraisals.self_review import START, standing
from bot.views.appraisals.team import TEAM
from bot.views.blocks import Message, Sentence, actions, bold, button, fallback, message, paragraph, prose, says, user

REMINDER, TEAM_REMINDER, PEER_REMINDER = "appraisals.reminder", "appraisals.team_reminder", "appraisals.peer_reminder"
HANDOVER, NEW_SCORES, OLD_SCORES = "appraisals.handover", "appraisals.new_scores", "appraisals.old_scores"

Names = Mapping[str, str]


def key_of(appraisal: Appraisal, slot: str) -> str:
    """Return the key under which a person is reminded of a self-review."""
    return f"{REMINDER}:{appraisal.id}:{slot}"


def team_key(cycle: int, manager: str, slot: str) -> str:
    """Return the key under which a manager is reminded of whom they have to score."""
    return f"{TEAM_REMINDER}:{cycle}:{manager}:{slot}"


def peer_key(cycle: int, rater: str, slot: str) -> str:
    """Return the key under which a colleague is reminded of what they were asked."""
    return f"{PEER_REMINDER}:{cycle}:{rater}:{slot}"


def reminder(_: Translator, cycle: Cycle, appraisal: Appraisal) -> Message:
    """Remind a person of their self-review; once it is not owed any more, say how it stands."""
    if not owes(cycle, appraisal):
        return says(standing(_, cycle, appraisal))
    day = bold(_.day(cycle.self_due))
    said = [prose(_.template("Your self-review of {period} is due {day}."), period=bold(cycle.period), day=day)]
    if appraisal.state is State.SELF_OVERDUE:
        late = _.template("Your self-review of {period} was due {day}. You can still hand it in until your manager begins.")
        said = [prose(late, period=bold(cycle.period), day=day)]
    return says(*said, also=[actions(button(_("Write it"), START, str(appraisal.id), "primary"))])


def owes(cycle: Cycle, appraisal: Appraisal) -> bool:
    """Tell whether a self-review is still waited for."""
    return cycle.state is not Phase.CANCELLED and appraisal.state in SELF_OWED | {State.SELF_OVERDUE}


def team_reminder(_: Translator, cycle: Cycle, manager: str, left: int, *, overdue: bool) -> Message:
    """Remind a manager of how many are still to be scored; say so once there are none."""
    if not left or cycle.state is not Phase.MANAGER_REVIEW:
        return says(prose(_.template("Nobody of your team waits for you in the appraisal of {period}."), period=bold(cycle.period)))
    waiting = _.plural("{n} person of your team waits to be scored.", "{n} people of your team wait to be scored.", left)
    day = bold(_.day(cycle.manager_due))
    until = prose(_.template("The appraisal of {period} is due {day}."), period=bold(cycle.period), day=day)
    if overdue:
        until = prose(_.template("The appraisal of {period} was due {day}."), period=bold(cycle.period), day=day)
    row = actions(button(_("Open my list"), TEAM, f"{cycle.id}:{manager}:0", "primary"))
    return says(until, prose("{waiting}", waiting=waiting), also=[row])


def peer_reminder(_: Translator, cycle: Cycle, ratings: Sequence[PeerRating], names: Names) -> Message:
    """Remind a colleague of those about whom they have said nothing yet."""
    told = prose(_.template("Only until {day}: what you think of working with these colleagues."), day=bold(_.day(cycle.self_due)))
    asked = peers.asked(_, ratings, names, period=cycle.period, until=cycle.self_due)
    return message(paragraph(told), *asked.blocks[1:], text=fallback(told))


def handover(_: Translator, cycle: Cycle, appraisal: Appraisal, new: str) -> Message:
    """Ask the HR department who scores on, now that a person has another manager; once that is decided, say it."""
    facts = {"person": user(appraisal.person), "period": bold(cycle.period)}
    if appraisal.asked != new:
        return says(scored_by(_, cycle, appraisal))
    told = _.template("{person} has another manager now: {new}. {old} has begun to score {person} for {period}. Who goes on?")
    value = f"{appraisal.id}:{new}"
    row = actions(button(_("The new manager"), NEW_SCORES, value), button(_("The one who began"), OLD_SCORES, value))
    kept = prose(_.template("If the new one scores, what was begun is kept beside it."))
    return says(prose(told, new=user(new), old=user(appraisal.manager), **facts), kept, also=[row])


def scored_by(_: Translator, cycle: Cycle, appraisal: Appraisal) -> Sentence:
    """Say who scores a person now, if anybody has to."""
    facts = {"person": user(appraisal.person), "period": bold(cycle.period)}
    if appraisal.state is State.EXCUSED:
        return prose(_.template("{person} is excused from the appraisal of {period}."), **facts)
    if not appraisal.manager:
        return prose(_.template("Nobody is named who scores {person} for {period}."), **facts)
    return prose(_.template("{manager} scores {person} for {period}."), manager=user(appraisal.manager), **facts)


def reminder_retold(_: Translator, cycle: Cycle, appraisal: Appraisal, key: str, sent: bool) -> Message:
    """Return what a reminder says now; one that was not sent yet and is not needed any more is not sent.

    Once the day has passed, the reminder of that says all; an earlier one only that the time is over.
    """
    earlier = not is_overdue(key.rpartition(":")[2])
    if earlier and appraisal.state is State.SELF_OVERDUE and owes(cycle, appraisal):
        over = prose(_.template("Your self-review of {period} is overdue now."), period=bold(cycle.period))
        return says(over) if sent else Message("")
    return reminder(_, cycle, appraisal) if sent or owes(cycle, appraisal) else Message("")


def handover_retold(_: Translator, cycle: Cycle, appraisal: Appraisal, key: str, sent: bool) -> Message:
    """Return what the question who scores on says now, by the key under which it was asked."""
    new = key.split(":")[2]
    return handover(_, cycle, appraisal, new) if sent or appraisal.asked == new else Message("")
