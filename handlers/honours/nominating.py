"""`/honour nominate`: the form, with what was typed filled in; a second nomination for the same nominee joins the first."""

import re
from typing import NamedTuple

from pydantic import Field

from bot.handbook import HonourType
from bot.language import N_
from bot.policy.honours import nominating as policy
from bot.policy.honours.nominating import Words
from bot.policy.honours.record import LONG, Nomination, Phase, slot_of
from bot.policy.honours.rounds import Chance, chances
from bot.policy.people import Role, require, standing
from bot.policy.refusal import Refusal
from bot.policy.solutions import LIVE, Solution, checked_url
from bot.views.honours import fame, forms
from bot.views.honours import steps as ids
from bot.words.text import Word as Typed
from bot.words.text import clean, fold, words
from handlers.colleagues import colleague, is_person, meant
from handlers.context import Answer, Open, Say, Turn
from handlers.finding import Kind, known
from handlers.forms import Form
from handlers.honours import desk
from handlers.honours.fame import state_told, type_meant
from handlers.routes import Routes, Word
from storage.honouring import keep_nomination
from storage.store import Shelves

FIND: Kind[Solution] = Kind("S", lambda shelves: shelves.solutions, LIVE, "solutions.see", "/solution new ACME")
RECORD = re.compile(r"([BRSD])-?([0-9]{1,9})", re.IGNORECASE)
SOLUTION = re.compile(r"S-?[0-9]{1,9}", re.IGNORECASE)


def register(routes: Routes) -> None:
    """Register the word, its button and the form."""
    usage = N_("nominate [@person|S-12] [honour]")
    routes.command("/honour", "list", Word("nominate", nominate, usage, N_("nominate somebody, or a solution"), ("提名",)))
    routes.button(ids.NOMINATE, nominate_pressed)
    routes.form(ids.NOMINATE, Entry, nominated)


class Entry(Form):
    """A nomination to be entered."""

    honour: str = Field(max_length=200)
    person: str = ""
    solution: str = Field(default="", max_length=200)
    why: str = Field(min_length=1, max_length=LONG)
    evidence: str = Field(default="", max_length=1000)


class Typing(NamedTuple):
    """What was typed: somebody, or a solution, and an honour."""

    person: str = ""
    solution: str = ""
    honour: str = ""


def nominate(turn: Turn, shelves: Shelves) -> Answer:
    """Open the form, filled with what was typed."""
    require("honours.nominate", turn.roles)
    typed = read(turn, shelves, words(turn.text))
    return opened(turn, shelves, typed, "")


def read(turn: Turn, shelves: Shelves, typed: list[Typed]) -> Typing:
    """Return whom and for what was typed; refuse names that are nobody's and honours that there are not."""
    people = [word for word in typed if is_person(word)]
    numbers = [word for word in typed if SOLUTION.fullmatch(word.text)]
    rest = " ".join(word.typed for word in typed if word not in people and word not in numbers)
    return Typing(
        person=meant(shelves, people[0]).id if people else "",
        solution=numbers[0].text.upper() if numbers else "",
        honour=type_meant(turn, rest) if rest else "",
    )


def nominate_pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Open the form for the honour that a button stands for."""
    require("honours.nominate", turn.roles)
    return opened(turn, shelves, Typing(), turn.value)


def opened(turn: Turn, shelves: Shelves, typed: Typing, chosen: str) -> Answer:
    """Open the form, with the honour chosen that was typed, or that suits who was."""
    offered = {key_of(one): one for one in possible(turn, shelves)}
    kind = "solution" if typed.solution else "person" if typed.person else ""
    fits = [key for key, one in offered.items() if typed.honour in ("", one.honour.id) and kind in ("", one.honour.given_to)]
    if typed.honour and kind and not fits:
        raise wrong_kind(next(one.honour for one in offered.values() if one.honour.id == typed.honour))
    first = chosen if chosen in offered else next(iter(fits), "") if typed.honour or kind else ""
    labels = {key: label(turn, one) for key, one in offered.items()}
    return Open(forms.nominate_form(turn._, labels, first, typed.person, typed.solution))


def wrong_kind(honour: HonourType) -> Refusal:
    """Return the refusal of a person for an honour of solutions, or the other way round."""
    if honour.given_to == "person":
        return Refusal(N_("This honour is given to a person. Choose one."), field="person")
    return Refusal(N_("This honour is given to a solution. Name one, such as S-12."), field="solution")


def possible(turn: Turn, shelves: Shelves) -> list[Chance]:
    """Return for what somebody may be nominated now."""
    return chances(turn.handbook, shelves.rounds.in_phases([Phase.OPEN]), turn.now, desk.calendar(turn))


def key_of(chance: Chance) -> str:
    """Return honour and period as a form carries them."""
    return f"{chance.honour.id}:{chance.period.name}"


def label(turn: Turn, chance: Chance) -> str:
    """Return honour and period in words, with the last day where there is one."""
    until = turn._("until {day}", day=turn._.day(chance.closes)) if chance.closes else turn._("still running")
    return f"{chance.honour.name[turn._.language]} · {chance.period.name} · {until}"


def nominated(turn: Turn, shelves: Shelves, form: Entry) -> Answer:
    """Enter the nomination of the form, or join it to the one that there is."""
    require("honours.nominate", turn.roles)
    chance = next((one for one in possible(turn, shelves) if key_of(one) == form.honour), None)
    if chance is None:
        raise Refusal(N_("Nominations for that are not taken any more."), field="honour")
    said = Words(clean(form.why), evidence(turn, shelves, form.evidence))
    policy.check_words(said)
    draft = drafted(turn, shelves, chance, form, said)
    fresh = shelves.nominations.enter(draft)
    if fresh:
        change = keep_nomination(shelves, policy.nominated(fresh), turn.handbook, turn.request)
        return receipt(turn, shelves, fresh, change, joined=False, waits=chance.closes is None)
    there = shelves.nominations.in_slot(slot_of(draft.type, draft.period, draft.nominee))
    if there is None:
        raise Refusal(N_("That nomination was taken back just now. Please try again."))
    step = policy.support(there, turn.person.id, said, turn.now)
    change = keep_nomination(shelves, step, turn.handbook, turn.request)
    return receipt(turn, shelves, step.record, change, joined=True, waits=False)


def drafted(turn: Turn, shelves: Shelves, chance: Chance, form: Entry, said: Words) -> Nomination:
    """Return the nomination of the form; refuse a nominee who cannot be honoured so."""
    honour, facts = chance.honour, (chance.honour.id, chance.period.name)
    if honour.given_to == "solution":
        if not form.solution:
            raise wrong_kind(honour)
        solution = solution_meant(turn, shelves, form.solution)
        policy.check_solution(honour, solution, turn.person.id)
        return policy.for_solution(*facts, solution, turn.person.id, said, turn.now)
    if not form.person:
        raise wrong_kind(honour)
    person = colleague(shelves, form.person, "person")
    held = standing(person, Role(turn.handbook.people.newcomers))
    policy.check_person(honour, person, held, turn.person.id, turn.handbook.honours.self_nomination)
    return policy.for_person(*facts, person.id, turn.person.id, said, turn.now)


def solution_meant(turn: Turn, shelves: Shelves, typed: str) -> Solution:
    """Return the solution of a number or a customer, of which this person may know; never a guess among several."""
    found = [one for one in FIND.matching(shelves, words(typed)) if FIND.visible(turn, shelves, one)]
    if len(found) > 1:
        numbers = turn._.list([one.number for one in found[:10]])
        raise Refusal(N_("There are several: {numbers}. Which one do you mean?"), field="solution", numbers=numbers)
    if not found:
        raise Refusal(N_("There is no solution called {typed}."), field="solution", typed=typed[:200])
    return found[0]


def evidence(turn: Turn, shelves: Shelves, typed: str) -> tuple[str, ...]:
    """Return records and links as they were given; refuse what is neither, and records that this person may not see."""
    pieces = [piece for piece in re.split(r"[\s,，、;；]+", clean(typed)) if piece]
    return tuple(dict.fromkeys(piece_of(turn, shelves, piece) for piece in pieces))


def piece_of(turn: Turn, shelves: Shelves, piece: str) -> str:
    """Return one record's number, or one link."""
    if fold(piece).startswith("http"):
        return checked_url(piece, "evidence")
    found = RECORD.fullmatch(piece)
    if found is None:
        raise Refusal(N_("{piece} is neither a record, such as B-3, nor a link."), field="evidence", piece=piece[:100])
    letter, number = found[1].upper(), int(found[2])
    shelf = {"B": shelves.bids, "R": shelves.researches, "S": shelves.solutions, "D": shelves.demos}[letter]
    record = shelf.get(number)  # type: ignore[attr-defined]
    if record is None or not known(turn, shelves, record):
        raise Refusal(N_("There is no {number}, or it is not for you."), field="evidence", number=f"{letter}-{number}")
    return f"{letter}-{number}"


def receipt(turn: Turn, shelves: Shelves, nomination: Nomination, change: int, *, joined: bool, waits: bool) -> Answer:
    """Answer with what was understood, and the way back."""
    called = desk.names(turn, shelves, [nomination])
    said = fame.nominated(turn._, nomination, called, joined, waits)
    state = state_told(shelves, nomination)
    own = nomination if not joined else only_own(nomination, turn.person.id)
    return Say(fame.sheet(turn._, own, called, state, inner=False, steps=[], undo=change, lead=said))


def only_own(nomination: Nomination, person: str) -> Nomination:
    """Return a nomination as one of those who spoke for it may read it: with their own words alone."""
    if nomination.nominator == person:
        return nomination.amended(supports=())
    own = tuple(support for support in nomination.supports if support.person == person)
    return nomination.amended(nominator="", why="", evidence=(), supports=own)
