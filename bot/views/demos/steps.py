"""The buttons of the steps of a demo: under which id, with which words, and in which order."""

from collections.abc import Mapping, Sequence

from bot.language import N_, Translator
from bot.policy.demos import MACHINE, Action, Demo, Gap, State, gaps
from bot.policy.people import Role
from bot.views.blocks import Block, Choice, actions, button, overflow, select

NEW, ANOTHER, NEW_ON, LIST, SHOW = "demos.new", "demos.another", "demos.new_on", "demos.list", "demos.show"
PREPARE, REHEARSE, READY, RESCHEDULE = "demos.prepare", "demos.rehearse", "demos.ready", "demos.reschedule"
DELIVER, SUMMARY, QUESTION, ANSWER = "demos.deliver", "demos.summary", "demos.question", "demos.answer"
DECLINE, CANCEL, NO_SHOW, UNDO, SNOOZE = "demos.decline", "demos.cancel", "demos.no_show", "demos.undo", "demos.snooze"
FEEDBACK, LOG, EDIT, TAKE_BACK = "demos.feedback", "demos.log_feedback", "demos.edit_feedback", "demos.undo_feedback"
YES, NO = "demos.confirm_feedback", "demos.drop_feedback"
MENU = "menu"

BUTTONS: Mapping[Action, tuple[str, str]] = {
    Action.PREPARE: (PREPARE, N_("Prepare")),
    Action.REHEARSE: (REHEARSE, N_("Rehearsal")),
    Action.READY: (READY, N_("Ready")),
    Action.DELIVER: (DELIVER, N_("Delivered")),
    Action.SUMMARISE: (SUMMARY, N_("Sum it up")),
    Action.ASK: (QUESTION, N_("Open question")),
    Action.RESCHEDULE: (RESCHEDULE, N_("Move it")),
    Action.NO_SHOW: (NO_SHOW, N_("Nobody came")),
    Action.DECLINE: (DECLINE, N_("Decline it")),
    Action.CANCEL: (CANCEL, N_("Cancel it")),
}
MENDS: Mapping[Gap, Action] = dict.fromkeys((Gap.CONTENT, Gap.ENVIRONMENT, Gap.TOOLS), Action.PREPARE) | {Gap.REHEARSAL: Action.REHEARSE}
NATURAL: Mapping[State, Sequence[Action]] = {State.READY: (Action.DELIVER,), State.DELIVERED: (Action.SUMMARISE, Action.ASK)}


def next_steps(demo: Demo, roles: frozenset[Role]) -> list[Action]:
    """Return the steps that a person in these roles may take and that nothing stands in the way of, the most natural first."""
    lacking = gaps(demo)
    possible = [action for action in BUTTONS if action in MACHINE.steps_open(demo, roles) and not (action is Action.READY and lacking)]
    order = [*NATURAL.get(demo.state, ()), *(MENDS[gap] for gap in lacking), Action.READY, *possible]
    return [action for action in dict.fromkeys(order) if action in possible]


def step_row(_: Translator, demo: Demo, steps: Sequence[Action], undo: int | None) -> list[Block]:
    """Return the buttons: the natural next step first, undo, and the rest in a menu."""
    primary = [button(_(BUTTONS[step][1]), BUTTONS[step][0], str(demo.id), "primary") for step in steps[:1]]
    back = [] if undo is None else [button(_("Undo"), UNDO, f"{demo.id}:{undo}")]
    rest = [Choice(f"{BUTTONS[step][0]} {demo.id}", _(BUTTONS[step][1])) for step in steps[1:]]
    menu = [overflow(MENU, rest) if len(rest) <= 5 else select(MENU, rest, placeholder=_("More"))] if rest else []
    row = [*primary, *back, *menu]
    return [actions(*row)] if row else []
