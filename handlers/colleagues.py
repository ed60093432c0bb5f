"""Which colleagues are meant by what was typed or chosen, and their names where a refusal tells who could."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from bot.language import N_
from bot.policy.people import OnlyFor, Person, is_outsider
from bot.policy.refusal import Refusal
from bot.words.text import Word, fold, mention, near
from handlers.context import Turn
from storage.store import Shelves


class Seat(NamedTuple):
    """Somebody as typed, and the words that stand with them."""

    person: Word
    words: list[Word]


def is_person(word: Word) -> bool:
    """Tell whether a word names somebody: a mention, or a name behind an at sign."""
    return mention(word) is not None or (word.text.startswith("@") and len(word.text) > 1)


def seats(typed: Iterable[Word]) -> list[Seat]:
    """Return the people named and the words of each: those that follow, or, when words come first, those that stand before."""
    found: list[Seat] = []
    ahead: list[Word] = []
    words_first = False
    for word in typed:
        if is_person(word):
            words_first = words_first or bool(ahead)
            found.append(Seat(word, ahead))
            ahead = []
        elif words_first or not found:
            ahead.append(word)
        else:
            found[-1].words.append(word)
    if found:
        found[-1].words.extend(ahead)
    return found


def meant(shelves: Shelves, word: Word) -> Person:
    """Return the colleague whom a typed word means; refuse a name that is nobody's, or several people's."""
    if mentioned := mention(word):
        return colleague(shelves, mentioned)
    typed = word.typed.lstrip("@＠")
    found = shelves.people.find(fold(typed))
    if len(found) == 1:
        return found[0]
    names = near(typed, [person.name for person in shelves.people.active()])
    known = names if not found else [person.name for person in found]
    if known:
        raise Refusal(
            N_("Who is “{name}”? Choose the person from the list that opens after @: {names}?"), name=typed, names=", ".join(known)
        )
    raise Refusal(N_("Who is “{name}”? Choose the person from the list that opens after @."), name=typed)


def colleague(shelves: Shelves, id: str, field: str | None = None) -> Person:
    """Return a member of the company; refuse guests, bots and people whom the directory does not know."""
    person = shelves.people.get(id)
    if person is None or is_outsider(person):
        raise Refusal(N_("{name} cannot take part: only members of the company can."), field=field, name=person.name if person else id)
    return person


@contextmanager
def naming(turn: Turn, shelves: Shelves) -> Iterator[None]:
    """Have a refusal that knows who could say their names."""
    try:
        yield
    except OnlyFor as no:
        known = {one: shelves.people.get(one) for one in no.may}
        names = turn._.list([person.name if person else one for one, person in known.items()])
        raise Refusal(no.reason, people=names) from no
