"""The translation catalogues: find every message in the source, and bring the .po files up to it."""

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import SEEK_END, BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from bot.language import LANGUAGES, SOURCE, catalogue_path

ROOT = Path(__file__).parent.parent
SPEAKING = ("app.py", "bot", "handlers", "scheduler")
TRANSLATED = tuple(language for language in LANGUAGES if language != SOURCE)
HEADER = r"""# Bidwell in {language}. `make fix` adds and drops messages as the source does; the words are written by hand.
msgid ""
msgstr ""
"Language: {locale}\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=1; plural=0;\n"

"""

Id = str | tuple[str, str]


@dataclass(frozen=True)
class Message:
    """A text in the source that people will read, and the values given for its placeholders (None: not known here)."""

    id: Id
    place: str
    values: frozenset[str] | None = None

    @property
    def misfit(self) -> frozenset[str]:
        """Return the placeholders that get no value, and the values that no placeholder shows."""
        if self.values is None:
            return frozenset()
        counted = {"n"} if isinstance(self.id, tuple) else set()
        return (placeholders(self.id) | counted) ^ (self.values | counted)


def placeholders(text: str | Iterable[str]) -> frozenset[str]:
    """Return the names in braces of a text, or of all the forms of one."""
    forms = [text] if isinstance(text, str) else text
    return frozenset(name for form in forms for name in re.findall(r"\{(\w+)\}", form))


def messages() -> list[Message]:
    """Return every message in the source, in the order of files and lines."""
    files = [file for name in SPEAKING for file in ([ROOT / name] if name.endswith(".py") else sorted((ROOT / name).rglob("*.py")))]
    return [message for file in files if file.exists() for message in _messages_in(file)]


def read_catalogue(language: str) -> Catalog:
    """Return the catalogue of a language as it is kept."""
    with catalogue_path(language).open("rb") as file:
        return read_po(file, locale=language.replace("-", "_"))


def renewed(language: str) -> Catalog:
    """Return the catalogue of a language as the source now needs it, with the translations there are."""
    kept = read_catalogue(language)
    fresh = Catalog(locale=language.replace("-", "_"))
    for message in messages():
        old = kept.get(_first(message.id))
        fresh.add(message.id, old.string if old and old.id == message.id else None, flags=old.flags if old else ())
    return fresh


def as_file(language: str, catalogue: Catalog) -> bytes:
    """Return a catalogue as it is kept: sorted, without dates and places, so that only changed words change a line."""
    file = BytesIO(HEADER.format(language=language, locale=language.replace("-", "_")).encode())
    file.seek(0, SEEK_END)
    write_po(file, catalogue, width=0, no_location=True, omit_header=True, sort_output=True)
    return file.getvalue()


def _first(forms: str | Sequence[str]) -> str:
    return forms if isinstance(forms, str) else forms[0]


def is_translated(translation: str | Iterable[str] | None) -> bool:
    """Tell whether a translation has words in every form."""
    return all(translation) if isinstance(translation, tuple | list) else bool(translation)


def _messages_in(file: Path) -> Iterator[Message]:
    calls = [node for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
        texts = _texts(call)
        if texts:
            yield Message(texts[0] if len(texts) == 1 else (texts[0], texts[1]), f"{file.relative_to(ROOT)}:{call.lineno}", _values(call))


def _texts(call: ast.Call) -> list[str]:
    """Return the literal texts that a call translates or marks: one, two of a plural, or none if it is another call."""
    name = _name(call.func)
    wanted = 2 if name == "_.plural" else 1 if name in ("_", "N_", "_.template") else 0
    literals = [argument.value for argument in call.args[:wanted] if isinstance(argument, ast.Constant)]
    return [text for text in literals if isinstance(text, str)] if len(literals) == wanted else []


def _name(func: ast.expr) -> str:
    """Return how a translator is called, whether it is held as `_` or as an attribute of that name."""
    if isinstance(func, ast.Name):
        return func.id
    if not isinstance(func, ast.Attribute):
        return ""
    return "_" if func.attr == "_" else f"{_name(func.value)}.{func.attr}"


def _values(call: ast.Call) -> frozenset[str] | None:
    names = [keyword.arg for keyword in call.keywords]
    filled_here = _name(call.func) in ("_", "_.plural") and None not in names
    return frozenset(name for name in names if name) if filled_here else None


def main() -> None:
    """Update every catalogue and say what is left to translate."""
    for language in TRANSLATED:
        catalogue = renewed(language)
        catalogue_path(language).write_bytes(as_file(language, catalogue))
        missing = [_first(entry.id) for entry in catalogue if entry.id and not is_translated(entry.string)]
        print("\n    ".join([f"{language}: {len(missing)} to translate", *missing]))


if __name__ == "__main__":
    main()
