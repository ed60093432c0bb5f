"""The answer to `help`: each word of a command, how it is typed and what it does."""

from collections.abc import Sequence
from typing import NamedTuple

from bot.language import Translator
from bot.views.blocks import Message, Span, bullets, code, context, message, paragraph, prose


class Line(NamedTuple):
    """One word: how it is typed, and what it does."""

    usage: str
    meaning: str


def listing(_: Translator, command: str, lines: Sequence[Line]) -> Message:
    """Return the words of a command as a list."""
    head = prose(_.template("This is what {command} knows:"), command=code(command))
    rows = [(code(line.usage), Span(f"  {line.meaning}")) for line in lines]
    times = _("Amounts: 350k, 1.2m, USD 80,000. Times: Fri 5pm, in 3 days, 2026-11-27 17:00.")
    text = "\n".join([_("This is what {command} knows:", command=command), *(f"{line.usage}: {line.meaning}" for line in lines)])
    return message(paragraph(head), bullets(*rows), context(times), text=text)
