"""The answer to `help`: each word of a command, how it is typed and what it does."""

from collections.abc import Sequence
from typing import NamedTuple

from bot.language import Translator
from bot.views.blocks import Block, Message, Span, bullets, code, context, message, paragraph, prose


class Line(NamedTuple):
    """One word: how it is typed, and what it does."""

    usage: str
    meaning: str


def listing(_: Translator, command: str, lines: Sequence[Line], others: Sequence[Line] = (), *, hinted: bool = True) -> Message:
    """Return the words of a command as a list, below the other commands; `hinted` says how amounts and times are typed."""
    head = prose(_.template("This is what {command} knows:"), command=code(command))
    more = [paragraph(prose(_.template("Every other command, and what it is for:"))), rows(others)] if others else []
    times = _("Amounts: 350k, 1.2m, USD 80,000. Times: Fri 5pm, in 3 days, 2026-11-27 17:00.")
    told = [*others, *lines]
    text = "\n".join([_("This is what {command} knows:", command=command), *(f"{line.usage}: {line.meaning}" for line in told)])
    return message(*more, paragraph(head), rows(lines), *([context(times)] if hinted else []), text=text)


def rows(lines: Sequence[Line]) -> Block:
    """Return how each is typed, and what it does."""
    return bullets(*((code(line.usage), Span(f"  {line.meaning}")) for line in lines))
