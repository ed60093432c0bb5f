"""What every step of a solution shares: which is meant, who may take it, how it is kept, and how it is answered."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bot.language import Translator
from bot.policy import solutions as policy
from bot.policy.machine import Step
from bot.policy.people import Person, Role, require
from bot.policy.solutions import LIVE, Needs, NotReady, OutOfTurn, Solution
from bot.views.blocks import Message, Sentence
from bot.views.follow_up import offered
from bot.views.solutions import sheet as views
from bot.views.solutions.steps import Page
from bot.words.text import Word as Typed
from bot.words.text import clean, words
from handlers.colleagues import naming
from handlers.context import Answer, Instead, Say, Turn
from handlers.finding import Kind
from handlers.routes import Handler
from storage.counting import count_solution
from storage.following import solution_rendering
from storage.kept import keep, tongue
from storage.store import Shelves

FIND: Kind[Solution] = Kind("S", lambda shelves: shelves.solutions, LIVE, "solutions.see", "/solution new ACME")

Do = Callable[[Turn, Shelves, Solution, list[Typed]], Answer]
Says = Callable[[Translator, Solution], Sentence]
Tells = Callable[[Translator, Person], Message]


def said(goes_on: str, do: Do) -> Handler:
    """Return the handler of a word: it does this with the solution that was typed, and the words behind its name."""

    def handler(turn: Turn, shelves: Shelves) -> Answer:
        found = FIND.find(turn, shelves, goes_on)
        return do(turn, shelves, found.record, found.rest)

    return handler


def pressed(do: Do) -> Handler:
    """Return the handler of a button: it does this with the button's solution, and what was typed before that was picked."""

    def handler(turn: Turn, shelves: Shelves) -> Answer:
        return do(turn, shelves, FIND.by_value(turn, shelves), words(turn.value.partition(":")[2]))

    return handler


def text_of(typed: list[Typed]) -> str:
    """Return typed words as one text."""
    return clean(" ".join(word.typed for word in typed))


def allow(turn: Turn, shelves: Shelves, solution: Solution) -> None:
    """Raise Forbidden unless this person may change this solution."""
    require("solutions.change", roles(turn, shelves, solution))


def roles(turn: Turn, shelves: Shelves, solution: Solution) -> frozenset[Role]:
    """Return what this person is to this solution; an expert is not of those who write it."""
    return turn.roles_for(shelves, solution.owner, solution.writers)


def meant_by_form(turn: Turn, shelves: Shelves) -> Solution:
    """Return the solution of a form, for one who may change it."""
    solution = FIND.by_id(turn, shelves, turn.metadata.partition(":")[0])
    allow(turn, shelves, solution)
    return solution


def needs(turn: Turn, shelves: Shelves, solution: Solution) -> Needs:
    """Return what the handbook asks of a solution for a deal of this size."""
    deal = shelves.opportunities.get(solution.opportunity)
    return policy.needs_of(deal.worth if deal else None, turn.handbook.solutions, turn.handbook.company)


def called(turn: Turn, _: Translator) -> dict[str, str]:
    """Return what the handbook calls the sections in a language."""
    return {section.id: section.name[_.language] for section in turn.handbook.solutions.sections}


def names(turn: Turn) -> dict[str, str]:
    """Return what the handbook calls the sections, in this person's language."""
    return called(turn, turn._)


def page(turn: Turn, shelves: Shelves, solution: Solution) -> Page:
    """Return what a sheet for this person needs."""
    wanted = needs(turn, shelves, solution)
    steps = policy.next_steps(solution, roles(turn, shelves, solution), wanted)
    inner = bool(turn.roles_for(shelves, solution.owner, solution.team) - turn.roles)
    return Page(
        steps, names(turn), wanted.sections, wanted.experts, inner, turn.person.zone, offered(turn.roles, turn.handbook.surveys.base_url)
    )


@contextmanager
def guided(turn: Turn, shelves: Shelves) -> Iterator[None]:
    """Have a refusal say all that is missing, who can do it, and what this person may do next."""
    try:
        with naming(turn, shelves):
            yield
    except OutOfTurn as no:
        steps = page(turn, shelves, no.solution).steps
        raise Instead(Say(views.out_of_turn(turn._, no.solution, steps))) from no
    except NotReady as no:
        raise Instead(Say(views.not_ready(turn._, no, page(turn, shelves, no.solution)))) from no


def keep_step(turn: Turn, shelves: Shelves, step: Step[Solution]) -> int:
    """Remember a step with all that follows from it; return the id of its event."""
    change = keep(shelves, shelves.solutions, step, solution_rendering(turn.handbook, step.record), turn.request)
    count_solution(shelves, step.record, turn.handbook)
    return change


def receipt(turn: Turn, shelves: Shelves, step: Step[Solution], sentence: Says) -> Answer:
    """Remember a step; answer with what was understood, where it stands, what comes next, and the way back."""
    change = keep_step(turn, shelves, step)
    steps = page(turn, shelves, step.record).steps
    return Say(views.receipt(turn._, step.record, sentence(turn._, step.record), steps, change))


def tell(turn: Turn, shelves: Shelves, solution: Solution, key: str, person: str, message: Tells) -> None:
    """Have something about a solution told to a person directly, in their language."""
    known = shelves.people.get(person)
    if known:
        shelves.outbox.say(key, person, message(tongue(turn.handbook, known), known), subject=solution.subject)
