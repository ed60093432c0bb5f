"""Typed text: split into words, cleaned for storing, folded for comparing, and matched with the nearest names."""

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from rapidfuzz import fuzz, process
from rapidfuzz.distance import LCSseq

_DOUBLE = '"“”„‟″'
_SINGLE = "'‘’‚‛′`´ʼ"
_BRACKETS = "«»‹›「」『』"
_PLAIN_MARKS = dict.fromkeys(map(ord, _DOUBLE), '"') | dict.fromkeys(map(ord, _SINGLE), "'") | dict.fromkeys(map(ord, "‐‑‒–—―−⸺⸻"), "-")
_ENDS = _DOUBLE + _SINGLE + _BRACKETS + " "
# Letters that are drawn as nothing, though Unicode does not count them among the format characters.
_BLANKS = frozenset("\u034f\u115f\u1160\u2800\u3164\uffa0")
# Only the accents of Latin, Greek and Cyrillic (and the choice of a glyph): the marks of kana, Thai or Devanagari are letters.
_ACCENTS = re.compile("[\u0300-\u036f\ufe00-\ufe0f]")
_STROKES = str.maketrans("øłđı", "oldi")
_LINE_ENDS = re.compile("\r\n?|[\u0085\u2028\u2029]")
_ESCAPED = {"&amp;": "&", "&lt;": "<", "&gt;": ">"}
_ENTITY = re.compile("|".join(_ESCAPED))
_LINK = re.compile(r"<(?:mailto:)?((?:https?://)?[^<>|\s]+[.:][^<>|\s]+)(?:\|[^<>]*)?>")
_MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>")
_WORD = re.compile(
    rf"""(?P<reference> <[^<>|\s]+ (?:\|[^<>]*)? > )              # Slack's own mention or link, whose label may hold spaces
       | (?<!\S) [{_DOUBLE}＂] (?P<double>[^{_DOUBLE}＂]+) [{_DOUBLE}＂]
       | (?<!\S) [{_SINGLE}＇] (?P<single>.{{1,500}}?) [{_SINGLE}＇] (?!\S)  # an apostrophe inside does not close it
       | (?<!\S) (?: «(?P<guillemets>[^«»]+)» | ‹(?P<single_guillemets>[^‹›]+)› )
       | (?<!\S) (?: 「(?P<corner>[^「」]+)」 | 『(?P<white_corner>[^『』]+)』 )
       | (?P<bare> \S (?: (?! <[@#!] ) \S )* )""",
    re.VERBOSE | re.DOTALL,
)
_NEAR_ENOUGH = 65.0  # of 100: offers "Acme" for "Acne", and nothing for a name that shares a few letters


class Word(NamedTuple):
    """One word of a command: as the readers compare it, as it was typed, and whether quotes kept it together."""

    text: str
    typed: str
    quoted: bool = False


def fold(name: str) -> str:
    """Return the form in which names are compared: case, width, accents, quotes, dashes and white space do not count."""
    marks = _visible(name).replace("´", "'").casefold()
    letters = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", marks).casefold())
    bare = unicodedata.normalize("NFKC", _ACCENTS.sub("", letters)).casefold().translate(_PLAIN_MARKS).translate(_STROKES)
    return " ".join(bare.split()).strip(_ENDS)


def clean(text: str) -> str:
    """Return what is stored of typed text: unescaped, links as their addresses, without invisible characters, its lines kept."""
    lines = _LINE_ENDS.sub("\n", unescape(_LINK.sub(r"\1", text))).replace("\t", " ")
    return unicodedata.normalize("NFC", _visible(lines)).strip()


def unescape(text: str) -> str:
    """Undo Slack's escaping of `&`, `<` and `>`."""
    return _ENTITY.sub(lambda entity: _ESCAPED[entity[0]], text)


def plain(text: str) -> str:
    """Return text for the readers: usual width, one kind of quote and dash, nothing invisible, single spaces."""
    usual = unicodedata.normalize("NFKC", _visible(text).translate(_PLAIN_MARKS)).translate(_PLAIN_MARKS)
    return " ".join(usual.split())


def words(text: str) -> list[Word]:
    """Split the text of a command at white space; quotes of any kind keep words together, an unmatched one is a character."""
    found = (_word(match) for match in _WORD.finditer(_visible(text)))
    return [word for word in found if word.text]


def mention(word: Word) -> str | None:
    """Return the id of the user whom a word mentions (`<@U123|name>`), if it does."""
    match = _MENTION.fullmatch(word.text)
    return match[1] if match else None


def near(name: str, candidates: Iterable[str], limit: int = 3) -> list[str]:
    """Return the candidates that look like the name, best first, then those that it abbreviates; none when nothing does."""
    wanted, folded = fold(name), {candidate: fold(candidate) for candidate in candidates}
    alike = process.extract(wanted, folded, scorer=fuzz.WRatio, limit=limit, score_cutoff=_NEAR_ENOUGH)
    found = [candidate for _, _, candidate in alike]
    return [*found, *(c for c in folded if c not in found and _abbreviates(wanted, folded[c]))][:limit]


def _abbreviates(short: str, long: str) -> bool:
    """Say whether a Chinese short form (工行) takes its characters, in order, from the full name (中国工商银行)."""
    return len(short) > 1 and not short.isascii() and LCSseq.distance(short, long) == len(long) - len(short)


def _word(match: re.Match[str]) -> Word:
    kind = match.lastgroup
    typed = clean(match[kind]) if kind else ""
    return Word(plain(typed), typed, quoted=kind not in ("bare", "reference"))


def _visible(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    return "".join(character for character in text if character.isspace() or not _is_hidden(character))


def _is_hidden(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cf", "Cs") or character in _BLANKS
