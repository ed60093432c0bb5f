"""Which record is meant: the picker among several, and the names nearest to what was typed."""

from collections.abc import Sequence
from typing import NamedTuple

from bot.language import Translator
from bot.policy.machine import Staged
from bot.views.blocks import Block, Message, Sentence, bold, button, code, prose, says, section

MOST = 10
VALUE = 2000  # the longest value of a button


class Near(NamedTuple):
    """A record whose name comes near to what was typed, and what else was typed."""

    record: Staged
    rest: str


def picker(_: Translator, records: Sequence[Staged], goes_on: str, typed: str) -> Message:
    """Ask which of several records is meant; the button goes on with the chosen one and what else was typed."""
    return says(prose(_.template("Which one do you mean?")), also=[choice(_, record, goes_on, typed) for record in records[:MOST]])


def choice(_: Translator, record: Staged, goes_on: str, typed: str) -> Block:
    """Return one record to choose."""
    value = f"{record.subject.partition(':')[2]}:{typed}"[:VALUE]
    return section(f"{record.number} · {record.called}", button(_("This one"), goes_on, value))


def nearest(_: Translator, typed: str, near: Sequence[Near], goes_on: str, example: str) -> Message:
    """Say that nothing goes by that name, and offer what comes near, or how to enter one; without `goes_on` it is only named."""
    sorry = prose(_.template("There is nothing called {typed}."), typed=bold(typed or "–"))
    if near:
        also = [choice(_, each.record, goes_on, each.rest) for each in near[:MOST]] if goes_on else []
        return says(sorry, meant(_, near[:MOST]), also=also)
    return says(sorry, prose(_.template("{command} enters one."), command=code(example)))


def meant(_: Translator, near: Sequence[Near]) -> Sentence:
    """Ask whether one of these is meant."""
    names = list(dict.fromkeys(each.record.called for each in near))
    return prose(_.template("Did you mean {names}?"), names=bold(_.list(names)))
