"""What every step of research shares: which is meant, who may take it, how it is kept, answered and told."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from bot.language import N_
from bot.policy.machine import Step
from bot.policy.people import Person, Role, require
from bot.policy.refusal import Refusal
from bot.policy.research import CURRENT, NotReady, OutOfTurn, Research, next_steps
from bot.views.blocks import Message, Sentence
from bot.views.research import sheet as views
from bot.views.research.conduct import is_put_off
from bot.views.research.retold import key_of, retold
from bot.words.text import words
from handlers.colleagues import naming
from handlers.context import Answer, Say, Turn
from handlers.finding import Found, Kind
from storage.counting import count_research
from storage.kept import keep as keep_step
from storage.kept import tongue
from storage.outbox import Said
from storage.store import Shelves

RESEARCH: Kind[Research] = Kind("R", lambda shelves: shelves.researches, CURRENT, "research.see", "/research new ACME")


def meant(turn: Turn, shelves: Shelves, goes_on: str) -> Found[Research]:
    """Return the research that was typed, or that a button carries, with the words that follow; a picker goes on with `goes_on`."""
    if turn.value:
        return Found(RESEARCH.by_value(turn, shelves), words(turn.value.partition(":")[2]))
    found = RESEARCH.find(turn, shelves, goes_on)
    return Found(RESEARCH.by_id(turn, shelves, str(found.record.id)), found.rest)  # held until this transaction ends


def filled(turn: Turn, shelves: Shelves) -> Research:
    """Return the research that a submitted form is about, if this person may still change it."""
    research = RESEARCH.by_id(turn, shelves, turn.metadata.partition(":")[0])
    allow(turn, shelves, research)
    return research


def roles(turn: Turn, shelves: Shelves, research: Research) -> frozenset[Role]:
    """Return what this person is to the research; those asked for a review are not of the team that writes it."""
    return turn.roles_for(shelves, research.owner, research.writers)


def allow(turn: Turn, shelves: Shelves, research: Research) -> None:
    """Raise Forbidden unless this person may change the research."""
    require("research.change", roles(turn, shelves, research))


@contextmanager
def explaining(turn: Turn, shelves: Shelves, research: Research) -> Iterator[None]:
    """Have a refusal name what is missing and who can add it, what comes next instead, or who could do it."""
    _ = turn._
    try:
        with naming(turn, shelves):
            yield
    except NotReady as no:
        people = [shelves.people.get(one) for one in dict.fromkeys([research.owner, *research.writers])]
        reason = N_("{called} ({number}) is not ready for that yet. Missing: {missing} That is for {people}.")
        missing = "".join(f"\n\N{BULLET} {line}" for line in views.lacking(_, research, no.missing)) + "\n"
        names = _.list([person.name for person in people if person])
        raise Refusal(reason, called=research.called, number=research.number, missing=missing, people=names) from no
    except OutOfTurn as no:
        steps = views.possible(_, no)
        if not steps:
            raise
        raise Refusal(N_("{called} ({number}) is {state}. What can come next: {steps}."), **no.values, steps=steps) from no


def keep(turn: Turn, shelves: Shelves, step: Step[Research]) -> int:
    """Remember a step with all that follows from it; return the id of its event."""

    def render(said: Said, person: Person | None) -> Message | None:
        if person is None or is_put_off(said.message):
            return None
        return retold(tongue(turn.handbook, person), said.key, person.id, step.record)

    change = keep_step(shelves, shelves.researches, step, render, turn.request)
    count_research(shelves, step.record, turn.handbook)
    return change


def kept(turn: Turn, shelves: Shelves, step: Step[Research], sentence: Sentence) -> Answer:
    """Remember a step; answer with what was understood, the sheet as it is now, and the way back."""
    change = keep(turn, shelves, step)
    return Say(views.sheet(turn._, step.record, sentence, seen(turn, shelves, step.record), change))


def seen(turn: Turn, shelves: Shelves, research: Research) -> views.Seen:
    """Return what the sheet needs to know of its reader and of the handbook."""
    rules = turn.handbook.research
    priorities = {priority.id: priority.name[turn.person.speaks] for priority in rules.priorities}
    return views.Seen(next_steps(research, roles(turn, shelves, research)), rules.weights, priorities)


def tell(turn: Turn, shelves: Shelves, research: Research, people: Iterable[str], kind: str, slot: str = "") -> None:
    """Tell people something about research, each in their language, once for each slot."""
    for person in filter(None, map(shelves.people.get, dict.fromkeys(people))):
        key = key_of(kind, research, person.id, slot)
        message = retold(tongue(turn.handbook, person), key, person.id, research)
        if message:
            shelves.outbox.say(key, person.id, message, subject=research.subject)
