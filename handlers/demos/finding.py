"""Which demo is meant, who may change it, and how a step of it is kept."""

from collections.abc import Callable
from dataclasses import replace

from bot.language import Translator, translator
from bot.policy.demos import LIVE, Demo, State
from bot.policy.machine import Step
from bot.policy.people import Person, Role, require
from bot.views.blocks import Message, Sentence
from bot.views.demos import nudges, sheet
from bot.views.demos.steps import next_steps
from handlers.context import Answer, Desk, Say, Turn
from handlers.finding import Kind
from storage.counting import count_demo
from storage.following import goes_with
from storage.kept import keep, tongue
from storage.outbox import Said
from storage.retelling import Render, retell
from storage.store import Shelves

FIND: Kind[Demo] = Kind("D", lambda shelves: shelves.demos, LIVE, "demos.see", "/demo new ACME Fri 10am")
FIND_TO_RATE = replace(FIND, see="demos.feedback")


def roles(turn: Turn, shelves: Shelves, demo: Demo) -> frozenset[Role]:
    """Return what this person is to this demo; who owes an answer may know of it, but does not give it."""
    return turn.roles_for(shelves, demo.owner, demo.members)


def allow(turn: Turn, shelves: Shelves, demo: Demo) -> None:
    """Raise Forbidden unless this person may change this demo."""
    require("demos.change", roles(turn, shelves, demo))


def rendering(desk: Desk, shelves: Shelves, demo: Demo) -> Render:
    """Return how messages about a demo are told again."""
    company = translator(desk.handbook.company.language)

    def render(said: Said, person: Person | None) -> Message | None:
        if said.key.startswith(f"{sheet.SHEET}:"):
            return sheet.posted(company, demo, shelves.feedback.of_demo(demo.id))
        return nudges.retold(tongue(desk.handbook, person), said.key, demo, person.zone if person else demo.zone)

    return render


def restate(desk: Desk, shelves: Shelves, demo: Demo) -> None:
    """Bring every message about a demo up to date."""
    retell(shelves, shelves.outbox.about(demo.subject), rendering(desk, shelves, demo))


def keep_demo(turn: Turn, shelves: Shelves, step: Step[Demo]) -> int:
    """Remember a step with all that follows from it; return the id of its event."""
    change = keep(shelves, shelves.demos, step, rendering(turn.desk, shelves, step.record), turn.request)
    deal = shelves.opportunities.get(step.record.opportunity, lock=True) if step.record.state is State.RETRACTED else None
    if deal:
        goes_with(shelves, deal, step.event, turn.request)
    count_demo(shelves, step.record, turn.handbook)  # last: whoever counts keeps others waiting until the transaction ends
    return change


def receipt(
    turn: Turn, shelves: Shelves, step: Step[Demo], sentence: Callable[[Translator, Demo], Sentence], undoable: bool = True
) -> Answer:
    """Remember a step; answer with what was understood, what comes next, and the way back."""
    change = keep_demo(turn, shelves, step)
    steps = next_steps(step.record, roles(turn, shelves, step.record))
    said = sentence(turn._, step.record)
    return Say(sheet.receipt(turn._, step.record, said, steps, change if undoable else None, turn.person.zone))
