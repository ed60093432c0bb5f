"""YAML whose every value remembers its line, so that what is wrong with it can be said where it stands."""

from dataclasses import dataclass, field
from typing import Any, TypeAlias

import yaml

Location: TypeAlias = tuple[str | int, ...]
# What stands where a value was not written at all; null is None.
EMPTY = ...
_UNQUOTED = {"": EMPTY, "~": None, "null": None}


@dataclass(frozen=True)
class Fault:
    """What is wrong in a file, where (line and column count from 1), and how to mend it."""

    line: int
    column: int
    where: str
    problem: str
    mend: str


@dataclass
class Document:
    """The content of a file as plain mappings, lists and texts; the place of each; and what could not be read."""

    content: Any = EMPTY
    places: dict[Location, tuple[int, int]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def fault(self, location: Location, problem: str, mend: str) -> Fault:
        """Return a fault placed at a location, or at what encloses it when it is not in this file itself."""
        known = next((location[:n] for n in range(len(location), -1, -1) if location[:n] in self.places), ())
        line, column = self.places.get(known, (1, 1))
        return Fault(line, column, ".".join(part for part in location if isinstance(part, str)), problem, mend)


class _Loader(yaml.SafeLoader):  # type: ignore[misc] # PyYAML has no types
    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        # An alias can make a small file endless, and a setting is clearer where it is written out.
        if self.check_event(yaml.AliasEvent):
            raise yaml.MarkedYAMLError(problem="an alias (*name) is not read here", problem_mark=self.peek_event().start_mark)
        return super().compose_node(parent, index)


def read(text: str) -> Document:
    """Return the document that a text holds; every value stays the text that was written, None for null, EMPTY for nothing."""
    document = Document()
    try:
        root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        document.faults.append(_syntax_fault(error))
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        document.faults.append(Fault(line, 1, "", "a character that YAML does not allow", "remove it"))
    else:
        document.content = EMPTY if root is None else _value(root, (), document)
    return document


def _syntax_fault(error: yaml.MarkedYAMLError) -> Fault:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    problem = f"this is not YAML: {error.problem or error.context}"
    return Fault(line, column, "", problem, "compare indentation, colons and quotes with the lines above it")


def _value(node: yaml.Node, location: Location, document: Document) -> Any:
    document.places.setdefault(location, (node.start_mark.line + 1, node.start_mark.column + 1))
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, location, document)
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, (*location, n), document) for n, item in enumerate(node.value)]
    # YAML's own guesses are not wanted: 17:00 is not 1020, and Norway (NO) is not false.
    return _UNQUOTED.get(node.value, node.value) if node.style is None else node.value


def _mapping(node: yaml.MappingNode, location: Location, document: Document) -> dict[str, Any]:
    content: dict[str, Any] = {}
    for key, value in node.value:
        name = str(key.value)
        place = key.start_mark.line + 1, key.start_mark.column + 1
        if name in content:
            first = document.places[*location, name][0]
            where = ".".join(part for part in (*location, name) if isinstance(part, str))
            document.faults.append(Fault(*place, where, f"is given twice, first on line {first}", "keep one of the two"))
            continue
        document.places[*location, name] = place
        content[name] = _value(value, (*location, name), document)
    return content
