"""The words in which the shapes of blocks are written down, and what Slack says of what does not fit."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from sandbox.refusal import JSON

Rule = Callable[[JSON, str], Iterator[str]]


def problem(what: str, at: str) -> str:
    """Return a complaint in Slack's style, with the place it is about."""
    return f"{what} [json-pointer:{at or '/'}]"


class Shape(Protocol):
    """Something that a value can be checked against."""

    def check(self, value: Any, at: str) -> Iterator[str]:
        """Yield what is wrong with the value that stands at this place."""
        ...


@dataclass(frozen=True)
class Text:
    """A string of so many characters, one of a few words, or of some pattern."""

    most: int | None = None
    least: int = 1
    among: tuple[str, ...] = ()
    pattern: str = ""

    def check(self, value: Any, at: str) -> Iterator[str]:
        """Yield what is wrong with a string."""
        if not isinstance(value, str):
            yield problem("must provide a string", at)
        elif len(value) < self.least:
            yield problem(f"must be more than {self.least - 1} characters", at)
        elif self.most is not None and len(value) > self.most:
            yield problem(f"must be less than {self.most + 1} characters", at)
        elif self.among and value not in self.among:
            yield problem("must be a valid enum value", at)
        elif self.pattern and not re.fullmatch(self.pattern, value):
            yield problem("must match the expected format", at)


@dataclass(frozen=True)
class Whole:
    """A whole number within bounds."""

    least: int
    most: int

    def check(self, value: Any, at: str) -> Iterator[str]:
        """Yield what is wrong with a number."""
        if not isinstance(value, int) or isinstance(value, bool):
            yield problem("must provide an integer", at)
        elif not self.least <= value <= self.most:
            yield problem(f"must be between {self.least} and {self.most}", at)


@dataclass(frozen=True)
class Flag:
    """True or false."""

    def check(self, value: Any, at: str) -> Iterator[str]:
        """Yield what is wrong with a truth value."""
        if not isinstance(value, bool):
            yield problem("must provide a boolean", at)


@dataclass(frozen=True)
class Each:
    """A list of so many items of one shape."""

    item: Shape
    most: int
    least: int = 1

    def check(self, value: Any, at: str) -> Iterator[str]:
        """Yield what is wrong with a list and its items."""
        if not isinstance(value, list):
            yield problem("must provide an array", at)
            return
        if len(value) > self.most:
            yield problem(f"no more than {self.most} items allowed", at)
        if len(value) < self.least:
            yield problem(f"no fewer than {self.least} items allowed", at)
        for index, item in enumerate(value):
            yield from self.item.check(item, f"{at}/{index}")


@dataclass(frozen=True)
class Object:
    """An object of these fields and no others, and rules over several of them."""

    required: Mapping[str, Shape] = field(default_factory=dict)
    optional: Mapping[str, Shape] = field(default_factory=dict)
    rules: Sequence[Rule] = ()

    def check(self, value: Any, at: str) -> Iterator[str]:
        """Yield what is wrong with an object; its rules count only when its fields are right."""
        if not isinstance(value, dict):
            yield problem("must provide an object", at)
            return
        found = [*self._fields(value, at)]
        yield from found
        if not found:
            for rule in self.rules:
                yield from rule(value, at)

    def _fields(self, value: JSON, at: str) -> Iterator[str]:
        for name in self.required:
            if name not in value:
                yield problem(f"missing required field: {name}", at)
        for name, inner in value.items():
            shape = self.required.get(name) or self.optional.get(name)
            if shape is not None:
                yield from shape.check(inner, f"{at}/{name}")
            else:
                yield problem(f"invalid additional property: {name}", at)

    def with_fields(self, **optional: Shape) -> "Object":
        """Return the same object with more optional fields."""
        return Object(self.required, {**self.optional, **optional}, self.rules)


@dataclass(frozen=True)
class Kinds:
    """An object whose `type` says which of several shapes it has."""

    shapes: Mapping[str, Shape]

    def check(self, value: Any, at: str) -> Iterator[str]:
        """Yield what is wrong with an object of one of these types."""
        if not isinstance(value, dict):
            yield problem("must provide an object", at)
        elif "type" not in value:
            yield problem("missing required field: type", at)
        elif not isinstance(value["type"], str) or value["type"] not in self.shapes:
            yield problem(f"unsupported type: {value['type']}", f"{at}/type")
        else:
            yield from self.shapes[value["type"]].check({name: inner for name, inner in value.items() if name != "type"}, at)

    def only(self, *kinds: str) -> "Kinds":
        """Return the same with these types alone."""
        return Kinds({kind: self.shapes[kind] for kind in kinds})
