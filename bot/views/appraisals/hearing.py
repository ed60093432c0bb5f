"""What those concerned are told of an appeal (§5.3), and how these messages follow it."""

from collections.abc import Callable, Mapping, Sequence

from bot.language import N_, Translator
from bot.policy.appraisals.appeals import Way, may_decide, ways_open
from bot.policy.appraisals.clocks import Due, Owed, due_of
from bot.policy.appraisals.cycle import Cycle, rules_of
from bot.policy.appraisals.record import APPEALING, Appraisal, State
from bot.policy.appraisals.steps import HR, MANAGER, SELF
from bot.views.appraisals import appeals
from bot.views.appraisals.results import RESULT
from bot.views.blocks import Message, Sentence, Span, actions, bold, button, fallback, message, paragraph, prose, user

# The first words of the keys under which something is told.
MADE, TALKED, HEARD, DECIDED = "appraisals.appeal_made", "appraisals.appeal_talked", "appraisals.appeal_heard", "appraisals.appeal_decided"
TAKEN, DUE, LATE, OPEN = "appraisals.appeal_taken", "appraisals.appeal_due", "appraisals.appeal_late", "appraisals.appeal_open"
KINDS = (MADE, TALKED, HEARD, DECIDED, TAKEN, DUE, LATE, OPEN)

APPEALED = N_("{person} appealed against the result of {period}.")
DUE_TODAY: Mapping[Owed, str] = {
    Owed.TALK: N_("Today is the last day to talk with {person} about the appeal against the result of {period}."),
    Owed.ANSWER: N_("Today is the last day to go on to HR with the appeal of {person} against the result of {period}."),
    Owed.ACCEPT: N_("Today is the last day to accept the appeal of {person} against the result of {period}, or not."),
    Owed.DECIDE: N_("Today is the last day to decide about the appeal of {person} against the result of {period}."),
}
OVERDUE: Mapping[Owed, str] = {
    Owed.TALK: N_("The talk with {person} about the appeal against the result of {period} was due on {day}, and is not noted."),
    Owed.ANSWER: N_("The appeal of {person} against the result of {period} could have gone on to HR by {day}."),
    Owed.ACCEPT: N_("Whether the appeal of {person} against the result of {period} is accepted should have been said by {day}."),
    Owed.DECIDE: N_("The appeal of {person} against the result of {period} should have been decided by {day}."),
}


def made(_: Translator, cycle: Cycle, appraisal: Appraisal) -> Message:
    """Tell the manager that somebody appeals, with the day by which to talk."""
    news = N_("{person} appeals against the result of {period}.")
    lead = prose(_.template(news if appraisal.state in APPEALING else APPEALED), **about(appraisal))
    why = [(_("An appeal was made:"), appraisal.appeal.why)] if appraisal.appeal else []
    waits = [(line, "") for line in appeals.expected(_, appraisal, appraisal.manager)] if appraisal.state is State.APPEALED else []
    return short(_, appraisal, lead, [*why, *waits], ways_open(appraisal, cycle, MANAGER))


def talked(_: Translator, cycle: Cycle, appraisal: Appraisal) -> Message:
    """Tell the person what the manager noted of the talk; they settle it or go on as long as nothing else came of it."""
    lead = prose(_.template("Your manager noted the talk about your appeal against the result of {period}."), period=bold(appraisal.period))
    noted = [(_("The manager noted of the talk:"), appraisal.appeal.talk)] if appraisal.appeal else []
    waits = appraisal.state is State.MANAGER_TALK
    until = [(line, "") for line in appeals.expected(_, appraisal, appraisal.person)] if waits else []
    return short(_, appraisal, lead, [*noted, *until], ways_open(appraisal, cycle, SELF) if waits else [])


def taken(_: Translator, appraisal: Appraisal) -> Message:
    """Tell the person that the HR department took the appeal up, and by when it decides."""
    lead = prose(_.template("The HR department accepted your appeal against the result of {period}."), period=bold(appraisal.period))
    return short(_, appraisal, lead, [(line, "") for line in appeals.expected(_, appraisal, appraisal.person)], [])


def decided(_: Translator, appraisal: Appraisal, target: str) -> Message:
    """Tell the person or the manager how an appeal ended."""
    settled = N_("The appeal of {person} against the result of {period} is settled.")
    over = settled if appraisal.state is State.RESOLVED else N_("The appeal of {person} against the result of {period} is decided.")
    mine = N_("Your appeal against the result of {period} is decided.")
    lead = (
        prose(_.template(mine), period=bold(appraisal.period))
        if target == appraisal.person
        else prose(_.template(over), **about(appraisal))
    )
    appeal = appraisal.appeal
    stands = [(_(appeal.stands), "")] if appeal and appeal.stands else []
    return short(_, appraisal, lead, [*stands, *(appeals.decision(_, appraisal, appeal) if appeal else [])], [])


def opened(_: Translator, cycle: Cycle, appraisal: Appraisal) -> Message:
    """Tell the person that the manager's day is over, and that they can go on at once."""
    now = N_("Your manager did not talk with you in time about your appeal against the result of {period}: you can go on to HR now.")
    past = N_("Your manager did not talk with you in time about your appeal against the result of {period}.")
    is_open = appraisal.state is State.APPEALED
    lead = prose(_.template(now if is_open else past), period=bold(appraisal.period))
    return short(_, appraisal, lead, [], ways_open(appraisal, cycle, SELF, late=True) if is_open else [])


def to_hr(_: Translator, cycle: Cycle, appraisal: Appraisal, reader: str) -> Message:
    """Tell the HR department of an appeal that came to it; whoever scored the person only reads."""
    with_hr = N_("The appeal of {person} against the result of {period} is with the HR department.")
    news = with_hr if appraisal.state is State.HR_REVIEW else APPEALED
    return told(_, cycle, appraisal, prose(_.template(news), **about(appraisal)), hr_ways(appraisal, cycle, reader))


def short(_: Translator, appraisal: Appraisal, lead: Sentence, lines: Sequence[tuple[str, str]], ways: Sequence[Way]) -> Message:
    """Return one piece of news, with what can be done now; the notification names no grade."""
    row = [*appeals.buttons(_, appraisal, ways), button(_("See the result"), RESULT, str(appraisal.id))]
    below = [block for line, text in lines for block in appeals.said(line, text)]
    return message(paragraph(lead), *below, actions(*row), text=fallback(lead))


def told(_: Translator, cycle: Cycle, appraisal: Appraisal, lead: Sentence, ways: Sequence[Way]) -> Message:
    """Return how an appeal stands, with what can be done next; the notification names no grade."""
    row = [*appeals.buttons(_, appraisal, ways), button(_("See the result"), RESULT, str(appraisal.id))]
    stands = appeals.told(_, cycle, appraisal, rules_of(cycle).appraisals.appeal)
    return message(paragraph(lead), *stands, actions(*row), text=fallback(lead))


def due_today(_: Translator, cycle: Cycle, appraisal: Appraisal, due: Due, reader: str) -> Message:
    """Remind whoever an appeal waits for on its last day."""
    lead = prose(_.template(DUE_TODAY[due.owed]), **about(appraisal))
    roles = {Owed.TALK: MANAGER, Owed.ANSWER: SELF}.get(due.owed)
    if roles:
        return told(_, cycle, appraisal, lead, ways_open(appraisal, cycle, roles))
    return told(_, cycle, appraisal, lead, hr_ways(appraisal, cycle, reader))


def overdue(_: Translator, cycle: Cycle, appraisal: Appraisal, due: Due, reader: str) -> Message:
    """Tell the HR department that the last day of what an appeal waits for is over."""
    lead = prose(_.template(OVERDUE[due.owed]), day=_.day(due.day), **about(appraisal))
    return told(_, cycle, appraisal, lead, hr_ways(appraisal, cycle, reader))


def hr_ways(appraisal: Appraisal, cycle: Cycle, reader: str) -> list[Way]:
    """Return what somebody of the HR department can do: whoever scored the person can only read."""
    return ways_open(appraisal, cycle, HR) if may_decide(appraisal, reader) else []


def about(appraisal: Appraisal) -> dict[str, Span]:
    """Return who appeals, and against what."""
    return {"person": user(appraisal.person), "period": bold(appraisal.period)}


def retold(_: Translator, key: str, target: str, cycle: Cycle, appraisal: Appraisal, *, sent: bool) -> Message:
    """Return what a message about an appeal says now; a reminder that was not sent yet is taken back once it is done."""
    kind, _number, owed = [*key.split(":"), "", ""][:3]
    due = due_of(appraisal)
    if kind not in (DUE, LATE):
        return current(_, kind, target, cycle, appraisal)
    if due and due.owed == owed:
        return (due_today if kind == DUE else overdue)(_, cycle, appraisal, due, target)
    return short(_, appraisal, prose(_.template(APPEALED), **about(appraisal)), [], []) if sent else Message("")


def current(_: Translator, kind: str, target: str, cycle: Cycle, appraisal: Appraisal) -> Message:
    """Return what a piece of news says now: it stays what it was, and what can be done goes on to the next one."""
    news: Mapping[str, Callable[[], Message]] = {
        MADE: lambda: made(_, cycle, appraisal),
        TALKED: lambda: talked(_, cycle, appraisal) if target == appraisal.person else to_hr(_, cycle, appraisal, target),
        TAKEN: lambda: taken(_, appraisal),
        DECIDED: lambda: decided(_, appraisal, target),
        OPEN: lambda: opened(_, cycle, appraisal),
        HEARD: lambda: to_hr(_, cycle, appraisal, target),
    }
    return news[kind]()
