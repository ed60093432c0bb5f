"""A handbook is read: a company's file laid over the defaults, every fault with its line and how to mend it."""

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.handbook.policy_file import Handbook
from bot.handbook.section import as_written
from bot.kinds import Wrong
from bot.located_yaml import EMPTY, Document, Fault, Location, read

DEFAULTS = Path(__file__).parent.with_suffix(".yaml")
# What the model says of a value's shape, in the words of whoever writes the file.
_WORDS = {
    "missing": ("is missing", "add it"),
    "string_type": ("has no value", "write one after the colon, in quotes if it begins with #, or null where the default may be null"),
    "dict_type": ("must be a group of settings", "write each on a line of its own below this one, indented"),
    "model_type": ("must be a group of settings", "write each on a line of its own below this one, indented"),
    "tuple_type": ("must be a list", "write [first, second], or one item to a line after '- '"),
    "greater_than_equal": ("is too small", "write at least {ge}"),
    "less_than_equal": ("is too large", "write at most {le}"),
}


class HandbookError(Exception):
    """Holds every fault found in a handbook; as text, one line for each."""

    def __init__(self, path: Path, faults: list[Fault]) -> None:
        self.path = path
        self.faults = sorted(faults, key=lambda fault: (fault.line, fault.column))
        super().__init__("\n".join(self.lines()))

    def lines(self) -> Iterator[str]:
        """Yield one line for each fault: where it is, what is wrong, how to mend it."""
        for fault in self.faults:
            subject = f"{fault.where}: " if fault.where else ""
            yield f"{self.path}:{fault.line}: {subject}{fault.problem}; mend: {fault.mend}"


def load_handbook(path: Path | None = None) -> Handbook:
    """Return the defaults with a company's file laid over them; raise HandbookError with all that is wrong in it."""
    written = _read(path or DEFAULTS)
    return _validated(written, _laid_over(_read(DEFAULTS).content, written.content), path or DEFAULTS)


def laid_over(handbook: Handbook, text: str) -> Handbook:
    """Return a handbook with settings laid over it that are written like a file; raise HandbookError with all that is wrong in them."""
    written = read(text)
    return _validated(written, _laid_over(as_written(handbook), written.content), Path("settings"))


def _validated(written: Document, content: Any, path: Path) -> Handbook:
    faults = list(written.faults)
    try:
        handbook = Handbook.model_validate(content)
    except ValidationError as error:
        faults += [_fault(written, detail) for detail in error.errors(include_url=False)]
    if faults:
        raise HandbookError(path, faults)
    return handbook


def check(path: Path) -> list[str]:
    """Return one line for each fault in a handbook file, none when it can be used."""
    try:
        load_handbook(path)
    except HandbookError as error:
        return list(error.lines())
    return []


def _read(path: Path) -> Document:
    try:
        return read(path.read_text("utf-8-sig"))
    except OSError as error:
        return Document(faults=[Fault(1, 1, "", f"cannot be read: {error.strerror}", "name a file that this process may read")])
    except UnicodeDecodeError:
        return Document(faults=[Fault(1, 1, "", "is not text in UTF-8", "save it again as UTF-8")])


def _laid_over(below: Any, above: Any) -> Any:
    """Merge two contents: groups setting by setting, an empty group not at all, everything else whole."""
    if isinstance(below, dict) and above is EMPTY:
        return below
    if not (isinstance(below, dict) and isinstance(above, dict)):
        return above
    return below | {name: _laid_over(below.get(name), value) for name, value in above.items()}


def _fault(document: Document, detail: ErrorDetails) -> Fault:
    location: Location = detail["loc"]
    context: dict[str, Any] = detail.get("ctx", {})
    if detail["type"] == "extra_forbidden":
        return document.fault(location, "there is no such setting", _nearest_setting(location))
    wrong = context.get("error")
    if isinstance(wrong, Wrong):
        return document.fault(location, wrong.problem, wrong.mend)
    problem, mend = _WORDS.get(detail["type"], (detail["msg"], "compare it with the default handbook"))
    return document.fault(location, problem, mend.format_map(context))


def _nearest_setting(location: Location) -> str:
    *groups, name = location
    known = list(_model_at(groups).model_fields)
    near = get_close_matches(str(name), known, n=1)
    return f"did you mean {near[0]}?" if near else f"remove it; known here are {', '.join(known)}"


def _model_at(groups: list[str | int]) -> type[BaseModel]:
    model: type[BaseModel] = Handbook
    for name in groups:
        if isinstance(name, str):
            model = next(_models(model.model_fields[name].annotation))
    return model


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models(argument)
