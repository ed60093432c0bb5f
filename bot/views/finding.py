"""Which record is meant: the picker among several, and the names nearest to what was typed."""

from collections.abc import Sequence

from bot.language import Translator
from bot.policy.machine import Staged
from bot.views.blocks import Block, Message, bold, button, code, prose, says, section

MOST = 10
VALUE = 2000  # the longest value of a button


def picker(_: Translator, records: Sequence[Staged], goes_on: str, typed: str) -> Message:
    """Ask which of several records is meant; the button goes on with the chosen one and what else was typed."""
    return says(prose(_.template("Which one do you mean?")), also=[choice(_, record, goes_on, typed) for record in records[:MOST]])


def choice(_: Translator, record: Staged, goes_on: str, typed: str) -> Block:
    """Return one record to choose."""
    value = f"{record.subject.partition(':')[2]}:{typed}"[:VALUE]
    return section(f"{record.number} · {record.called}", button(_("This one"), goes_on, value))


def nearest(_: Translator, typed: str, names: Sequence[str], example: str) -> Message:
    """Say that nothing goes by that name, and name what comes near, or how to enter one."""
    sorry = prose(_.template("There is nothing called {typed}."), typed=bold(typed or "–"))
    if names:
        return says(sorry, prose(_.template("Did you mean {names}?"), names=bold(_.list(list(names)))))
    return says(sorry, prose(_.template("{command} enters one."), command=code(example)))
