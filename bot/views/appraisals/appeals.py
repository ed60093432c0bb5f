"""Appeals (§5.3) in words: how one stands, what can be done with it, and its forms."""

from collections.abc import Mapping, Sequence

from bot.handbook import Appeal as Days
from bot.language import N_, Translator
from bot.policy.appraisals.appeals import Way, grades_of
from bot.policy.appraisals.clocks import Owed, due_of
from bot.policy.appraisals.cycle import Cycle
from bot.policy.appraisals.record import GRADE_NAMES, STATE_NAMES, Appeal, Appraisal, State
from bot.views.blocks import Block, Choice, Message, Style, button, clip, field_of, modal, paragraph, prose, quote, says, select, text_input

SHORT, LONGEST = 900, 2900  # characters: of what a message quotes, and of what a form takes

BUTTONS: Mapping[Way, tuple[str, Style | None]] = {
    Way.APPEAL: (N_("Appeal"), None),
    Way.TALK: (N_("Note the talk"), "primary"),
    Way.SETTLE: (N_("We settled it"), "primary"),
    Way.ESCALATE: (N_("Go on to HR"), None),
    Way.ACCEPT: (N_("Accept the appeal"), "primary"),
    Way.DECLINE: (N_("Do not accept it"), None),
    Way.UPHOLD: (N_("Uphold the result"), None),
    Way.REVISE: (N_("Revise the grade"), None),
}
DUE = {
    Owed.TALK: N_("The manager talks with the person by {day}."),
    Owed.ANSWER: N_("The appeal can go on to HR by {day}. After that day the result stands."),
    Owed.ACCEPT: N_("The HR department says by {day} whether it accepts the appeal."),
    Owed.DECIDE: N_("The HR department decides by {day}."),
}
ANSWER = N_("You can go on to HR by {day}. After that day the result stands.")
TALK_WITH_YOU, TALK_WITH_THEM = N_("Your manager talks with you by {day}."), N_("Please talk with them by {day}, and note the talk.")
NOTED: Mapping[State, str] = {
    State.APPEALED: N_("Your appeal is made."),
    State.MANAGER_TALK: N_("The talk is noted."),
    State.RESOLVED: N_("The appeal is settled."),
    State.HR_REVIEW: N_("The appeal is with the HR department."),
    State.UPHELD: N_("The result stays as it is."),
    State.REVISED: N_("The grade is revised."),
}
# By what the form is for: its title, what is written in it, and its button.
FORMS: Mapping[Way, tuple[str, str, str]] = {
    Way.APPEAL: (N_("Appeal"), N_("Why you do not agree"), N_("Appeal")),
    Way.TALK: (N_("The talk"), N_("What you talked about, and what came of it"), N_("Keep")),
    Way.DECLINE: (N_("Do not accept it"), N_("Why, as the person will read it"), N_("Do not accept")),
    Way.UPHOLD: (N_("Uphold the result"), N_("Why, as the person will read it"), N_("Uphold")),
    Way.REVISE: (N_("Revise the grade"), N_("Why, as the person will read it"), N_("Revise")),
}


def action_of(way: Way) -> str:
    """Return the id under which something is pressed, or its form handed in."""
    return f"appraisals.{way}"


def buttons(_: Translator, appraisal: Appraisal, ways: Sequence[Way]) -> list[Block]:
    """Return the buttons for what can be done next."""
    return [button(_(BUTTONS[way][0]), action_of(way), str(appraisal.id), BUTTONS[way][1]) for way in ways]


def told(_: Translator, cycle: Cycle, appraisal: Appraisal, days: Days | None, reader: str = "") -> list[Block]:
    """Return how to appeal and until when, or how the appeal stands."""
    if appraisal.appeal:
        return [block for line, text in standing(_, appraisal, appraisal.appeal, reader) for block in said(line, text)]
    if days is None or appraisal.state not in {State.PUBLISHED, State.ACKNOWLEDGED}:
        return []
    within = _.plural("within {n} working day", "within {n} working days", days.within)
    until = _("until {day}", day=_.day(cycle.appeal_until)) if cycle.appeal_until else within
    return [paragraph(prose("{text}", text=_("An appeal is possible {until}. {course}", until=until, course=course(_, days))))]


def course(_: Translator, days: Days) -> str:
    """Return what becomes of an appeal, with the days that each part takes."""
    talk, accept, decide = (_.plural("{n} working day", "{n} working days", n) for n in (days.talk, days.accept, days.decide))
    return _(
        "The manager talks it over within {talk}; the HR department accepts it or not within {accept}, and decides within {decide}.",
        talk=talk,
        accept=accept,
        decide=decide,
    )


def standing(_: Translator, appraisal: Appraisal, appeal: Appeal, reader: str = "") -> list[tuple[str, str]]:
    """Return what happened in an appeal and what comes next, each as a line and what was written."""
    talked = [(_("The manager noted of the talk:"), appeal.talk)] if appeal.talk_at else []
    settled = [(line, "") for line in settlement(_, appraisal, appeal)]
    taken = [(_("The HR department accepted the appeal."), "")] if appeal.accepted else []
    next_due = [(line, "") for line in expected(_, appraisal, reader)]
    return [(_("An appeal was made:"), appeal.why), *talked, *settled, *taken, *next_due, *decision(_, appraisal, appeal)]


def expected(_: Translator, appraisal: Appraisal, reader: str) -> list[str]:
    """Return what an appeal waits for and until when, in the second person where it is the reader's part."""
    due = due_of(appraisal)
    if due is None:
        return []
    own: Mapping[Owed, Mapping[str, str]] = {
        Owed.TALK: {appraisal.person: TALK_WITH_YOU, appraisal.manager: TALK_WITH_THEM},
        Owed.ANSWER: {appraisal.person: ANSWER},
    }
    talks = own.get(due.owed, {})
    return [_(talks.get(reader, DUE[due.owed]), day=_.day(due.day))]


def settlement(_: Translator, appraisal: Appraisal, appeal: Appeal) -> list[str]:
    """Return how an appeal ended before it came to the HR department, if it did."""
    if appeal.stands:
        return [_(appeal.stands)]
    return [_("It was settled in the talk.")] if appraisal.state is State.RESOLVED else []


def decision(_: Translator, appraisal: Appraisal, appeal: Appeal) -> list[tuple[str, str]]:
    """Return what was decided, once it was."""
    if appeal.decided_at is None:
        return []
    last = appraisal.calibrations[-1] if appraisal.calibrations else None
    if last and last.at == appeal.decided_at:
        became = _(GRADE_NAMES[last.became])
        return [(_("The HR department revised the grade to {grade}:", grade=became), appeal.decision)]
    upheld = N_("The HR department did not accept the appeal:") if appeal.accepted is False else N_("The result was upheld:")
    return [(_(upheld), appeal.decision)]


def said(line: str, text: str) -> list[Block]:
    """Return a line, and what somebody wrote below it."""
    return [paragraph(prose("{line}", line=line)), *([quote(clip(text, SHORT))] if text else [])]


def texts(appraisal: Appraisal) -> list[str]:
    """Return all that was written in an appeal."""
    appeal = appraisal.appeal
    return [appeal.why, appeal.talk, appeal.decision] if appeal else []


def form(_: Translator, way: Way, appraisal: Appraisal, cycle: Cycle) -> Block:
    """Return the form in which an appeal is made, talked over or decided."""
    title, label, submit = FORMS[way]
    grades = [Choice(grade, _(GRADE_NAMES[grade])) for grade in grades_of(cycle) if grade != appraisal.final_grade]
    chosen = [field_of(_("New grade"), select("grade", grades))] if way is Way.REVISE else []
    why = field_of(_(label), text_input("why", lines=True, limit=LONGEST))
    return modal(action_of(way), _(title), [*chosen, why], submit=_(submit), close=_("Cancel"), metadata=str(appraisal.id))


def receipt(_: Translator, appraisal: Appraisal, reader: str = "") -> Message:
    """Say how an appeal stands after a step, and what comes next."""
    noted = _(NOTED.get(appraisal.state, STATE_NAMES[appraisal.state]))
    return says(*(prose("{line}", line=line) for line in (noted, *expected(_, appraisal, reader))))
