"""What becomes of research: `/research version`, `cancel` and `undo`, their buttons and forms."""

from pydantic import Field

from bot.language import N_
from bot.policy import research as policy
from bot.policy.refusal import Refusal
from bot.policy.research import Action, Research, State
from bot.views.research import prepare, steps
from bot.views.research import review as views
from bot.views.research.sheet import sheet
from bot.words.text import clean
from handlers.context import Answer, Open, Say, Turn
from handlers.forms import Form
from handlers.research.keeping import allow, explaining, filled, keep, kept, meant, seen, tell
from handlers.routes import Routes, Word
from storage.following import goes_with
from storage.store import Shelves


def register(routes: Routes) -> None:
    """Register the words, buttons and forms of new versions, cancelling and undo."""
    routes.command(
        "/research",
        "new",
        Word("version", version, N_("version X [why]"), N_("change an approved document: a new version"), ("版本", "新版", "变更", "變更")),
        Word("cancel", cancel, N_("cancel X [why]"), N_("give the research up"), ("取消", "终止", "終止")),
        Word("undo", undo, N_("undo X"), N_("take your last change back"), ("撤销", "撤銷")),
    )
    routes.button(steps.VERSION, version)
    routes.button(steps.CANCEL, cancel)
    routes.button(steps.UNDO, undo)
    routes.form(steps.VERSION, Reason, version_filled)
    routes.form(steps.CANCEL, Reason, cancel_filled)


class Reason(Form):
    """Why a step is taken."""

    why: str = Field(min_length=1, max_length=1000)


def version(turn: Turn, shelves: Shelves) -> Answer:
    """Begin a new version for the typed reason, or ask for it."""
    found = meant(turn, shelves, steps.VERSION)
    allow(turn, shelves, found.record)
    with explaining(turn, shelves, found.record):
        policy.check(found.record, Action.SUPERSEDE)
    why = clean(found.more)
    return begin_version(turn, shelves, found.record, why) if why else Open(views.reason_form(turn._, found.record, steps.VERSION))


def version_filled(turn: Turn, shelves: Shelves, form: Reason) -> Answer:
    """Begin a new version for the reason on the form."""
    return begin_version(turn, shelves, filled(turn, shelves), clean(form.why))


def begin_version(turn: Turn, shelves: Shelves, research: Research, why: str) -> Answer:
    """Enter a new version, which takes the place of the approved one."""
    with explaining(turn, shelves, research):
        draft = policy.new_version(research, why, turn.now)
    newer = shelves.researches.add(draft)
    keep(turn, shelves, policy.supersede(research, newer, turn.person.id, turn.now))
    answer = kept(turn, shelves, policy.opened(newer, turn.person.id, turn.now, why), views.versioned(turn._, newer, research.number))
    tell(turn, shelves, newer, [one for one in newer.writers if one != turn.person.id], prepare.TASK)
    return answer


def cancel(turn: Turn, shelves: Shelves) -> Answer:
    """Give the research up for the typed reason, or ask for it."""
    found = meant(turn, shelves, steps.CANCEL)
    allow(turn, shelves, found.record)
    with explaining(turn, shelves, found.record):
        policy.check(found.record, Action.CANCEL)
    why = clean(found.more)
    return give_up(turn, shelves, found.record, why) if why else Open(views.reason_form(turn._, found.record, steps.CANCEL))


def cancel_filled(turn: Turn, shelves: Shelves, form: Reason) -> Answer:
    """Give the research up for the reason on the form."""
    return give_up(turn, shelves, filled(turn, shelves), clean(form.why))


def give_up(turn: Turn, shelves: Shelves, research: Research, why: str) -> Answer:
    """Keep that the research is given up."""
    with explaining(turn, shelves, research):
        step = policy.cancel(research, why, turn.person.id, turn.now)
    return kept(turn, shelves, step, views.cancelled(turn._, step.record))


def undo(turn: Turn, shelves: Shelves) -> Answer:
    """Take back the person's last change, or the very one that a button carries, with all that it caused."""
    found = meant(turn, shelves, steps.UNDO)
    research = found.record
    if research.state is State.SUPERSEDED:
        raise Refusal(N_("A newer version took its place: undo that one, {number}."), number=f"R-{research.superseded_by}")
    change = int(found.more) if turn.value and found.more.isdecimal() else None
    before = take_back(turn, shelves, research, change)
    earlier = shelves.researches.get(research.supersedes, lock=True) if before.state is State.RETRACTED and research.supersedes else None
    if earlier:
        take_back(turn, shelves, earlier, None)
    deal = shelves.opportunities.get(before.opportunity, lock=True)
    if deal and before.state is State.RETRACTED:
        goes_with(shelves, deal, shelves.audit.of(before.subject)[-1], turn.request)
    return Say(sheet(turn._, before, views.undone(turn._, before), seen(turn, shelves, before)))


def take_back(turn: Turn, shelves: Shelves, research: Research, change: int | None) -> Research:
    """Take back the last change of research; return it as it was before."""
    history = shelves.audit.of(research.subject)
    step = policy.undo(research, history, change, turn.person.id, turn.now, turn.handbook.bids.undo_minutes)
    keep(turn, shelves, step)
    return step.record
