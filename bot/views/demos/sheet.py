"""The sheet of a demo: as it is posted in a channel, where its thread takes feedback, and as one person sees it."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from bot.language import Translator
from bot.policy.demos import AHEAD, GAP_NAMES, GIVEN, STATE_NAMES, Action, Demo, Gap, Question, State, gaps, open_questions
from bot.policy.demos.feedback import Feedback, demo_satisfaction
from bot.policy.people import Role
from bot.views.blocks import Block, Message, Sentence, Span, actions, bold, button, emoji, paragraph, prose, quote, says, section, user
from bot.views.demos.steps import ANSWER, EDIT, FEEDBACK, MENDS, SHOW, next_steps, step_row
from bot.views.follow_up import Offer, follow_up

SHEET = "demos.sheet"
ENTRIES, QUESTIONS, LINE = 8, 8, 300


def sheet_key(demo: Demo, place: str) -> str:
    """Return the key of the sheet in a channel."""
    return f"{SHEET}:{demo.id}:{place}"


def named(demo: Demo) -> dict[str, str | Span]:
    """Return customer and number, as the placeholders of a sentence."""
    return {"customer": bold(demo.customer_name), "number": demo.number}


def head(_: Translator, demo: Demo) -> Sentence:
    """Return whose demo it is and where it stands."""
    state = _(STATE_NAMES[demo.state])
    return prose(_.template("Demo for {customer} ({number}): {state}"), **named(demo), state=bold(state))


def facts(_: Translator, demo: Demo, zone: str) -> Sentence:
    """Return when it is and who gives it, in one line."""
    when = _.moment(demo.at, zone) if demo.at else _("no time yet")
    others = [span for member in demo.members for span in (Span(", "), user(member))]
    return (*prose("{when} · ", when=when), user(demo.owner), *others)


def posted(_: Translator, demo: Demo, entries: Sequence[Feedback]) -> Message:
    """Return the sheet for a channel: five lines at most, and how to leave feedback."""
    focus = [prose(_.template("Focus: {content}"), content=clipped(demo.content))] if demo.content else []
    lines = [head(_, demo), facts(_, demo, demo.zone), *focus, *rated(_, entries)]
    if demo.state not in AHEAD | {State.DELIVERED, State.SUMMARISED}:
        return says(*lines)
    how = prose(
        _.template("Answer in this thread, or react with {one} to {five}, to leave feedback."), one=emoji("one"), five=emoji("five")
    )
    row = actions(button(_("Give feedback"), FEEDBACK, str(demo.id)), button(_("Open"), SHOW, str(demo.id)))
    return says(*lines, how, also=[row])


def clipped(text: str) -> str:
    """Return text as one line that is not too long."""
    line = " ".join(text.split())
    return line if len(line) <= LINE else line[: LINE - 1] + "…"


def rated(_: Translator, entries: Sequence[Feedback]) -> list[Sentence]:
    """Return how much feedback there is, and the mean of its ratings."""
    if not entries:
        return []
    count = _.plural("{n} entry", "{n} entries", len(entries))
    if (satisfied := demo_satisfaction(entries)) is None:
        return [prose(_.template("Feedback: {count}, none rated"), count=count)]
    template = _.template("Feedback: {count}; {mean} of 5 on average of {rated} rated by our own staff")
    mean = satisfied.mean.quantize(Decimal("0.1"), ROUND_HALF_UP)
    return [prose(template, count=count, mean=bold(_.number(mean)), rated=_.number(satisfied.rated))]


def sheet(_: Translator, demo: Demo, entries: Sequence[Feedback], roles: frozenset[Role], zone: str, offer: Offer | None = None) -> Message:
    """Return everything about one demo, with the steps that this person may take, and what follows one that was given."""
    lines = [head(_, demo), facts(_, demo, zone), *details(_, demo, zone), *summed(_, demo), *rated(_, entries)]
    rows = [*question_rows(_, demo), *(row for entry in entries[-ENTRIES:] for row in entry_rows(_, entry))]
    asks = follow_up(_, demo.number, offer) if demo.state in GIVEN else []
    leave = actions(button(_("Give feedback"), FEEDBACK, str(demo.id)), *asks)
    return says(*lines, also=[*rows, *step_row(_, demo, next_steps(demo, roles), None), leave])


def details(_: Translator, demo: Demo, zone: str) -> list[Sentence]:
    """Return what is written down, a line each, and what is still missing while the demo is to come."""
    written = [
        (demo.content, _("Content and focus: {words}", words=demo.content)),
        (demo.audience, _("Audience: {words}", words=demo.audience)),
        (demo.environment, _("Environment: {words}", words=demo.environment)),
        (demo.tools, _("Tools: {words}", words=demo.tools)),
        (demo.evidence, _("Cases and data comparisons: {words}", words=demo.evidence)),
        (demo.rehearsal, rehearsed(_, demo, zone)),
        (demo.why, _("Reason: {words}", words=demo.why)),
        (demo.confidential, _("Confidential: for the owner, the team and the managers above.")),
    ]
    lacking = [missing(_, gap) for gap in gaps(demo)] if demo.state in AHEAD else []
    return [*(prose("{text}", text=text) for there, text in written if there), *lacking]


def rehearsed(_: Translator, demo: Demo, zone: str) -> str:
    """Return when it was rehearsed, or why it need not be."""
    if demo.rehearsal is None:
        return ""
    if demo.rehearsal.at is None:
        return _("Not rehearsed, because: {why}", why=demo.rehearsal.waiver)
    note = f" – {demo.rehearsal.note}" if demo.rehearsal.note else ""
    return _("Rehearsed: {when}", when=_.moment(demo.rehearsal.at, zone)) + note


def missing(_: Translator, gap: Gap) -> Sentence:
    """Return one thing that is still missing."""
    return prose(_.template("Missing: {what}"), what=bold(_(GAP_NAMES[gap])))


def summed(_: Translator, demo: Demo) -> list[Sentence]:
    """Return the summary, a line each."""
    if demo.summary is None:
        return []
    said = demo.summary.feedback or _("none given")
    problems = [prose(_.template("Problem: {text}"), text=text) for text in demo.summary.problems]
    improved = [prose(_.template("Improvement: {text}"), text=text) for text in demo.summary.improvements]
    return [prose(_.template("The customer said: {text}"), text=said), *problems, *improved]


def question_rows(_: Translator, demo: Demo) -> list[Block]:
    """Return the questions that wait for an answer, each with the button that closes it."""
    return [row for question in open_questions(demo)[:QUESTIONS] for row in question_row(_, demo, question)]


def question_row(_: Translator, demo: Demo, question: Question) -> list[Block]:
    """Return one open question: what is asked, who owes the answer, until when."""
    owed = prose(_.template("Open question, {person} by {day}:"), person=user(question.owner), day=_.day(question.due))
    return [paragraph(owed), section(clipped(question.text), button(_("Answered"), ANSWER, f"{demo.id}:{question.id}"))]


def entry_rows(_: Translator, entry: Feedback) -> list[Block]:
    """Return one entry of feedback with its author."""
    rating = (Span(f" · {entry.rating}/5"),) if entry.rating else ()
    place = (Span(" · "), Span(entry.channel, kind="channel")) if entry.channel.startswith(("C", "G")) else ()
    line = paragraph((user(entry.author), *rating, *place))
    change = actions(button(_("Edit"), EDIT, str(entry.id)))
    return [line, *([quote(clipped(entry.text))] if entry.text else []), change]


def receipt(_: Translator, demo: Demo, sentence: Sentence, steps: Sequence[Action], undo: int | None, zone: str) -> Message:
    """Return what a change is answered with: what was understood, what is missing, the next step, and the way back."""
    lacking = [missing(_, gap) for gap in gaps(demo)] if demo.state in AHEAD else []
    return says(sentence, facts(_, demo, zone), *lacking, also=step_row(_, demo, steps, undo))


def entered(_: Translator, demo: Demo) -> Sentence:
    """Say that a demo was asked for."""
    return prose(
        _.template("A demo for {customer} is in the books as {number}."), customer=bold(demo.customer_name), number=bold(demo.number)
    )


def stepped(_: Translator, demo: Demo) -> Sentence:
    """Say where a demo stands now."""
    return prose(_.template("The demo for {customer} ({number}) is {state}."), **named(demo), state=bold(_(STATE_NAMES[demo.state])))


def moved(_: Translator, demo: Demo, again: bool) -> Sentence:
    """Say that a demo was moved, and whether it has to be made ready again."""
    said = prose(_.template("The demo for {customer} ({number}) was moved."), **named(demo))
    return (*said, Span(" "), *prose(_.template("It is so far off that it has to be made ready again."))) if again else said


def undone(_: Translator, demo: Demo) -> Sentence:
    """Say what an undo left behind."""
    if demo.state is State.RETRACTED:
        return prose(_.template("Undone. {customer} ({number}) is out of the books."), **named(demo))
    return prose(
        _.template("Undone. The demo for {customer} is {state} again."), customer=bold(demo.customer_name), state=_(STATE_NAMES[demo.state])
    )


def not_ready(_: Translator, demo: Demo, gaps: Sequence[Gap], may: str) -> Message:
    """Refuse to call a demo ready: each thing that is missing, who can put it right, and the buttons with which."""
    sorry = prose(_.template("The demo for {customer} ({number}) is not ready yet."), **named(demo))
    who = prose(_.template("{person} and those who give it with them can put that right."), person=user(may))
    return says(sorry, *(missing(_, gap) for gap in gaps), who, also=mending(_, demo, gaps))


def mending(_: Translator, demo: Demo, gaps: Sequence[Gap]) -> list[Block]:
    """Return the buttons that put right what is missing."""
    return step_row(_, demo, list(dict.fromkeys(MENDS[gap] for gap in gaps)), None)
