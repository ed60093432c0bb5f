"""Feedback on a demo as people write it: `feedback ACME 4/5 liked it`, `演示反馈 ACME 4分 很好`; read without guessing.

A message is surely meant as feedback when it begins with the word itself. It only looks like it when it begins with a near miss of
the word, when its rating is none of 1 to 5, or when it has a rating and speaks of a demo or answers in a thread: then its author is asked.
"""

import re
from typing import NamedTuple

from rapidfuzz.distance import DamerauLevenshtein

from bot.words.text import Word, plain, words

_USUAL = str.maketrans("０１２３４５６７８９／：", "0123456789/:")  # a character each, so that places stay the same
_ASKED = re.compile(r"\A(?:\s*<@[UW][A-Z0-9]+(?:\|[^<>]*)?>[\s,:]*)+")
_WORD = re.compile(
    r"\A\s*(?:demo[\s-]+feedback|feedback)(?![A-Za-z'-])[\s:,-]*|\A\s*(?:产品|產品)?(?:演示|展示)?(?:反馈|反饋|回馈|回饋)(?:意见|意見)?[\s:,，、]*",
    re.IGNORECASE,
)
_NEAR_WORD = re.compile(
    r"\A\s*(?P<english>[A-Za-z]{6,11})(?![A-Za-z'-])[\s:]*|\A\s*(?:产品|產品)?(?:演示|展示)?[反返凡][馈饋匮溃愧愦][\s:,，]*"
)
_APART = re.compile(r"\A\s*feed[\s-]+back(?![A-Za-z'])[\s:]*", re.IGNORECASE)
_COUNTED = "一二三四五"
_RATING = re.compile(
    r"(?<![\d/.,])(?P<of>[1-5])\s?(?:/|out\sof)\s?5(?![\d/.]|\s?/)"
    rf"|(?<![\d第十百./])(?P<points>[1-5{_COUNTED}])\s?(?:分(?![钟鐘之析开開数數])|星(?!期|座)|(?:stars?|points?)\b)"
    r"|(?<![★⭐])(?P<stars>[★⭐]{1,5})(?![★⭐])☆*"
    r"|(?P<codes>(?::star:\s?){1,5})(?!:star:)",
    re.IGNORECASE,
)
_STRANGE = re.compile(r"(?<![\d/.])(?:\d{1,3}\s?/\s?(?:5|10|100)(?![\d/.])|(?:\d\d|[06-9])\s?[分星](?![钟鐘之析期]))|[★⭐]{6,}")
_DEMO = re.compile(r"\bdemos?\b|演示|展示", re.IGNORECASE)
_PAUSES = re.compile(r"[:,，;；、]+")
_ENDS = " \t\n,，;；:、-–—"


class Rated(NamedTuple):
    """A text without its rating, and the rating of 1 to 5; `strange` when there is one that cannot be told, or several."""

    text: str
    rating: int | None = None
    strange: bool = False


class Reading(NamedTuple):
    """What may be feedback: whether it surely is, and what follows the word (all of it where there is none)."""

    sure: bool
    rest: str


def read_feedback(text: str, *, in_thread: bool = False) -> Reading | None:
    """Return what a message says if it is or looks like feedback, else None, which costs next to nothing."""
    said = _ASKED.sub("", text) if text.startswith("<@") else text
    if match := _WORD.match(said.translate(_USUAL)):
        rest = said[match.end() :]
        return Reading(not take_rating(rest).strange, rest) if rest.strip() else None
    if (near := _near_miss(said)) is not None:
        return Reading(False, said[near:])
    if in_thread or _DEMO.search(said):
        rated = take_rating(said)
        return Reading(False, said) if rated.rating is not None or rated.strange else None
    return None


def _near_miss(said: str) -> int | None:
    """Return where a misspelt word for feedback ends, if the text begins with one."""
    apart = _APART.match(said)
    match = apart or _NEAR_WORD.match(said)
    if match is None:
        return None
    english = "" if apart else match["english"] or ""
    near = not english or DamerauLevenshtein.distance(english.casefold(), "feedback", score_cutoff=2) <= 2
    return match.end() if near and said[match.end() :].strip() else None


def take_rating(text: str) -> Rated:
    """Return a text and the one rating in it; two that differ, or one of no scale of five, are strange and stay where they are."""
    usual = text.translate(_USUAL)
    found = list(_RATING.finditer(usual))
    ratings = {_value(match) for match in found}
    if len(ratings) > 1 or _STRANGE.search(_RATING.sub(" ", usual)):
        return Rated(text.strip(), None, True)
    if not found:
        return Rated(text.strip())
    first = found[0]
    parts = (text[: first.start()].rstrip(_ENDS), text[first.end() :].lstrip(_ENDS))
    return Rated(" ".join(filter(None, parts)).strip(), ratings.pop())


def _value(match: re.Match[str]) -> int:
    if match["of"]:
        return int(match["of"])
    if match["points"]:
        return _COUNTED.index(match["points"]) + 1 if match["points"] in _COUNTED else int(match["points"])
    return len(match["stars"]) if match["stars"] else match["codes"].count("star")


def names_in(rest: str) -> list[tuple[str, str]]:
    """Return how the customer's name and what was said may be told apart, the longest name first."""
    found: list[tuple[str, str]] = []
    for typed in (words(rest), [part for word in words(rest) for part in _at_pauses(word)]):
        for length in range(min(len(typed), 8), 0, -1):
            parts = (" ".join(word.typed for word in typed[:length]), " ".join(word.typed for word in typed[length:]))
            if parts not in found:
                found.append(parts)
    return found


def _at_pauses(word: Word) -> list[Word]:
    if word.quoted:
        return [word]
    return [Word(plain(part), part) for part in _PAUSES.split(word.typed) if part]
