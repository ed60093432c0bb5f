"""The steps of a demo until it was given: checklist, rehearsal, ready, another time, delivered, or its end with a reason."""

from datetime import datetime, timedelta
from functools import partial

from pydantic import Field

from bot.language import N_, Translator
from bot.policy import demos as policy
from bot.policy.demos import MACHINE, Action, Demo, NotReady, Rehearsal, State
from bot.views.blocks import Sentence
from bot.views.demos import forms, nudges, sheet
from bot.views.demos import steps as ids
from bot.words.text import clean, fold
from handlers.colleagues import colleague
from handlers.context import Answer, Instead, Open, Say, Turn
from handlers.demos.entry import moment
from handlers.demos.finding import FIND, allow, receipt
from handlers.forms import Form
from handlers.routes import Routes
from handlers.stepping import Stepping
from storage.store import Shelves

SNOOZE = timedelta(hours=1)
WAIVING = tuple(map(fold, ("waive", "waived", "waiver", "no", "not", "免", "免预演", "免預演", "不预演", "不預演", "无需", "無需")))
ENDS = {ids.DECLINE: Action.DECLINE, ids.CANCEL: Action.CANCEL, ids.NO_SHOW: Action.NO_SHOW}


def found(turn: Turn, shelves: Shelves, goes_on: str) -> tuple[Demo, str]:
    """Return the demo that was typed, and what else was."""
    demo = FIND.find(turn, shelves, goes_on)
    return demo.record, demo.more


step_word = Stepping(found, FIND.by_value).word


def register(routes: Routes) -> None:
    """Register a word and a button for each step, and their forms."""
    routes.command(
        "/demo",
        "new",
        step_word(routes, "prepare", ids.PREPARE, prepare, N_("prepare X"), N_("write down what is prepared"), ("准备", "準備", "筹备")),
        step_word(
            routes, "rehearse", ids.REHEARSE, rehearse, N_("rehearse X [waive WHY]"), N_("log the rehearsal, or why not"), ("预演", "預演")
        ),
        step_word(routes, "ready", ids.READY, ready, N_("ready X"), N_("say that all is prepared"), ("就绪", "就緒")),
        step_word(
            routes, "reschedule", ids.RESCHEDULE, reschedule, N_("reschedule X WHEN"), N_("move it"), ("move", "改期", "改时间", "改時間")
        ),
        step_word(routes, "deliver", ids.DELIVER, deliver, N_("deliver X"), N_("say that it was given"), ("delivered", "完成", "已演示")),
        *(step_word(routes, name, step, partial(end, step), usage, meaning, spelled) for name, step, usage, meaning, spelled in ENDINGS),
    )
    routes.button(ids.SNOOZE, snooze)
    routes.form(ids.PREPARE, Checklist, prepared)
    routes.form(ids.REHEARSE, Rehearsed, rehearsed)
    routes.form(ids.RESCHEDULE, Moved, moved)
    for step in ENDS:
        routes.form(step, Reason, partial(ended, step))


ENDINGS = (
    ("decline", ids.DECLINE, N_("decline X why"), N_("say that it will not be given"), ("谢绝", "謝絕", "拒绝", "拒絕")),
    ("cancel", ids.CANCEL, N_("cancel X why"), N_("call it off"), ("取消",)),
    ("noshow", ids.NO_SHOW, N_("noshow X why"), N_("say that nobody came"), ("no-show", "爽约", "爽約", "缺席")),
)


class Checklist(Form):
    """What is prepared; what is left empty is still to do."""

    content: str = Field(default="", max_length=2000)
    audience: str = Field(default="", max_length=500)
    environment: str = Field(default="", max_length=500)
    tools: str = Field(default="", max_length=500)
    evidence: str = Field(default="", max_length=1000)
    members: tuple[str, ...] = Field(default=(), max_length=20)


class Rehearsed(Form):
    """A rehearsal, or why it need not be."""

    at: datetime | None = None
    note: str = Field(default="", max_length=1000)
    waiver: str = Field(default="", max_length=500)


class Moved(Form):
    """Another time."""

    at: datetime


class Reason(Form):
    """Why a step is taken."""

    reason: str = Field(min_length=1, max_length=1000)


def meant_by_form(turn: Turn, shelves: Shelves) -> Demo:
    """Return the demo of a form, for one who may change it."""
    demo = FIND.by_id(turn, shelves, turn.metadata)
    allow(turn, shelves, demo)
    return demo


def prepare(turn: Turn, shelves: Shelves, demo: Demo, _typed: str) -> Answer:
    """Open the checklist of the preparation."""
    allow(turn, shelves, demo)
    MACHINE.check(demo, Action.PREPARE)
    return Open(forms.prepare_form(turn._, demo))


def prepared(turn: Turn, shelves: Shelves, form: Checklist) -> Answer:
    """Write down what is prepared."""
    demo = meant_by_form(turn, shelves)
    members = tuple(colleague(shelves, one, "members").id for one in dict.fromkeys(form.members) if one != demo.owner)
    texts = {name: clean(text) for name, text in form.model_dump(exclude={"members"}).items()}
    return receipt(turn, shelves, policy.prepare(demo, turn.person.id, turn.now, members=members, **texts), sheet.stepped)


def rehearse(turn: Turn, shelves: Shelves, demo: Demo, typed: str) -> Answer:
    """Log as typed why it need not be rehearsed, or open the form of the rehearsal."""
    allow(turn, shelves, demo)
    MACHINE.check(demo, Action.REHEARSE)
    first, _space, why = typed.partition(" ")
    if fold(first) in WAIVING and why.strip():
        waived = Rehearsal(waiver=clean(why)[:500], by=turn.person.id)
        return receipt(turn, shelves, policy.rehearse(demo, waived, turn.now), sheet.stepped)
    return Open(forms.rehearse_form(turn._, demo, turn.now))


def rehearsed(turn: Turn, shelves: Shelves, form: Rehearsed) -> Answer:
    """Log a rehearsal; a reason why it need not be counts before the time that the form proposed."""
    demo = meant_by_form(turn, shelves)
    at = None if form.waiver else form.at
    rehearsal = Rehearsal(at=at, note=clean(form.note), waiver=clean(form.waiver), by=turn.person.id)
    return receipt(turn, shelves, policy.rehearse(demo, rehearsal, turn.now), sheet.stepped)


def ready(turn: Turn, shelves: Shelves, demo: Demo, _typed: str) -> Answer:
    """Call a demo ready, or name each thing that is missing."""
    allow(turn, shelves, demo)
    try:
        step = policy.ready(demo, turn.person.id, turn.now)
    except NotReady as no:
        raise Instead(Say(sheet.not_ready(turn._, demo, no.missing, demo.owner))) from no
    return receipt(turn, shelves, step, sheet.stepped)


def reschedule(turn: Turn, shelves: Shelves, demo: Demo, typed: str) -> Answer:
    """Move a demo to the time typed, or ask for it."""
    allow(turn, shelves, demo)
    MACHINE.check(demo, Action.RESCHEDULE)
    return move(turn, shelves, demo, moment(turn, typed)) if typed else Open(forms.reschedule_form(turn._, demo))


def moved(turn: Turn, shelves: Shelves, form: Moved) -> Answer:
    """Move a demo to the time of the form."""
    return move(turn, shelves, meant_by_form(turn, shelves), form.at)


def move(turn: Turn, shelves: Shelves, demo: Demo, at: datetime) -> Answer:
    """Move a demo, and say if it has to be made ready again."""
    step = policy.reschedule(demo, at, turn.person.id, turn.now, turn.handbook.demos.ready_holds)
    again = demo.state is State.READY and step.record.state is not State.READY

    def sentence(_: Translator, now: Demo) -> Sentence:
        return sheet.moved(_, now, again)

    return receipt(turn, shelves, step, sentence)


def deliver(turn: Turn, shelves: Shelves, demo: Demo, _typed: str) -> Answer:
    """Record that a demo was given; one that is not ready yet is told what is missing."""
    allow(turn, shelves, demo)
    if demo.state in policy.AHEAD and (missing := policy.gaps(demo)):
        raise Instead(Say(sheet.not_ready(turn._, demo, missing, demo.owner)))
    return receipt(turn, shelves, policy.deliver(demo, turn.person.id, turn.now), sheet.stepped)


def end(id: str, turn: Turn, shelves: Shelves, demo: Demo, typed: str) -> Answer:
    """End a demo for the reason typed, or ask for it."""
    allow(turn, shelves, demo)
    MACHINE.check(demo, ENDS[id])
    return finish(turn, shelves, demo, id, typed) if typed else Open(forms.reason_form(turn._, id, demo))


def ended(id: str, turn: Turn, shelves: Shelves, form: Reason) -> Answer:
    """End a demo for the reason of the form."""
    return finish(turn, shelves, meant_by_form(turn, shelves), id, form.reason)


def finish(turn: Turn, shelves: Shelves, demo: Demo, id: str, reason: str) -> Answer:
    """End a demo."""
    return receipt(turn, shelves, policy.end(demo, ENDS[id], clean(reason), turn.person.id, turn.now), sheet.stepped)


def snooze(turn: Turn, shelves: Shelves) -> Answer:
    """Have a message come again in an hour."""
    kind, number, person, *_slot = [*turn.value.split(":"), "", "", ""]
    demo = FIND.by_id(turn, shelves, number)
    later = turn.now + SNOOZE
    own = person == turn.person.id and kind in nudges.KEYS.values()
    message = nudges.retold(turn._, turn.value, demo, turn.person.zone) if own else None
    if message:
        shelves.outbox.say(f"{turn.value}:{int(later.timestamp())}", person, message, not_before=later, subject=demo.subject)
    return Say(nudges.snoozed(turn._, turn._.clock(later, turn.person.zone)))
