"""`TEXT by WHEN`: what is wanted, and until when, as people type it behind a name."""

from zoneinfo import ZoneInfo

from bot.words import Unreadable
from bot.words.text import Word, clean, fold
from bot.words.times import When, read_when
from handlers.context import Turn

BY = frozenset(map(fold, ("by", "before", "until", "till", "due", "截止", "截至")))
BEFORE = ("之前", "以前", "前", "截止")  # behind a time
LONGEST_TIME = 6  # words


def split_time(turn: Turn, typed: list[Word]) -> tuple[str, When | None]:
    """Return the text, and the time behind its last "by" or before a last 前; words that are no time belong to the text."""
    for start in range(max(1, len(typed) - LONGEST_TIME), len(typed)):
        said = " ".join(word.text for word in typed[start:])
        if fold(typed[start - 1].text) in BY:
            text, until = typed[: start - 1], said
        elif ending := next((word for word in BEFORE if said.endswith(word)), ""):
            text, until = typed[:start], said.removesuffix(ending)
        else:
            continue
        try:
            when = read_when(until, turn.now, ZoneInfo(turn.person.zone))
        except Unreadable as unreadable:
            if unreadable.reason != "when_unknown":
                raise
            continue
        return text_of(text), when
    return text_of(typed), None


def text_of(typed: list[Word]) -> str:
    """Return words as one text."""
    return clean(" ".join(word.typed for word in typed))
