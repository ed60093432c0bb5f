"""The steps of a solution as buttons: the ids under which they are pressed, and their labels."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.language import N_, Translator
from bot.policy.solutions import Action, Solution
from bot.views.blocks import Block, Choice, actions, button, overflow, select
from bot.views.follow_up import Offer

NEW, ANOTHER, LIST, SHOW, UNDO = "solutions.new", "solutions.another", "solutions.list", "solutions.show", "solutions.undo"
PLAN, SECTION, SECTION_FORM, DONE = "solutions.plan", "solutions.section", "solutions.section_form", "solutions.section_done"
VALUE, COVERAGE, COVER = "solutions.value", "solutions.coverage", "solutions.cover"
CONSULT, ANSWER, REVIEW, ANYWAY, SCORE = (
    "solutions.consult",
    "solutions.answer",
    "solutions.review",
    "solutions.review_anyway",
    "solutions.score",
)
APPROVE, OPTIMISE, SEND = "solutions.approve", "solutions.optimise", "solutions.send"
CONFIRM, CHANGES, WITHDRAW = "solutions.confirm", "solutions.changes", "solutions.withdraw"
MENU = "menu"

BUTTONS: Mapping[Action, tuple[str, str]] = {
    Action.PLAN: (PLAN, N_("Plan it")),
    Action.SECTION: (SECTION, N_("Sections")),
    Action.VALUE: (VALUE, N_("Cost and benefit")),
    Action.COVER: (COVERAGE, N_("Coverage")),
    Action.REVIEW: (REVIEW, N_("Ask the experts")),
    Action.APPROVE: (APPROVE, N_("Settle the review")),
    Action.SEND: (SEND, N_("Sent to the customer")),
    Action.CONFIRM: (CONFIRM, N_("Customer confirmed")),
    Action.CHANGES: (CHANGES, N_("Changes asked")),
    Action.OPTIMISE: (OPTIMISE, N_("Optimise")),
    Action.CONSULT: (CONSULT, N_("Ask about feasibility")),
    Action.WITHDRAW: (WITHDRAW, N_("Withdraw it")),
}


@dataclass(frozen=True)
class Page:
    """What a sheet needs beside its solution: the steps of this person, the handbook's sections, and how many experts it takes.

    `inner` says whether the person is one of those whom confidential documents concern, `offer` what may follow once the
    customer confirmed it.
    """

    steps: Sequence[Action] = ()
    sections: Mapping[str, str] = field(default_factory=dict)
    required: Sequence[str] = ()
    experts: int = 1
    inner: bool = False
    zone: str = "UTC"
    offer: Offer | None = None


def next_steps(_: Translator, solution: Solution, steps: Sequence[Action], undo: int | None) -> list[Block]:
    """Return the buttons: the natural next step first, undo, and the rest in a menu."""
    known = [step for step in steps if step in BUTTONS]
    primary = [button(_(BUTTONS[step][1]), BUTTONS[step][0], str(solution.id), "primary") for step in known[:1]]
    back = [] if undo is None else [button(_("Undo"), UNDO, f"{solution.id}:{undo}")]
    rest = [Choice(f"{BUTTONS[step][0]} {solution.id}", _(BUTTONS[step][1])) for step in known[1:]]
    menu = [overflow(MENU, rest) if len(rest) <= 5 else select(MENU, rest, placeholder=_("More"))] if rest else []
    row = [*primary, *back, *menu]
    return [actions(*row)] if row else []
