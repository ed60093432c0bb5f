"""The longest content that is allowed, for every kind of thing that views are given; a file for each capability."""

from collections.abc import Callable, Iterator, Mapping
from inspect import signature
from typing import Any

from bot.language import Translator
from tests.views.longest import (
    appraisals,
    bids,
    comparing,
    customers,
    demos,
    desk,
    honours,
    opportunities,
    reports,
    research,
    shared,
    solutions,
    surveys,
)

TABLES: Mapping[str, Mapping[object, list[Any]]] = {
    "appraisals": appraisals.CONTENT,
    "bids": bids.CONTENT,
    "comparing": comparing.CONTENT,
    "customers": customers.CONTENT,
    "demos": demos.CONTENT,
    "honours": honours.CONTENT,
    "opportunities": opportunities.CONTENT,
    "reports": reports.CONTENT,
    "surveys": surveys.CONTENT,
    "follow_up": surveys.CONTENT,
    "research": research.CONTENT,
    "solutions": solutions.CONTENT,
}


class Untold(LookupError):
    """Nobody has said what a parameter is at its longest."""


def values(view: str, name: str, kind: object) -> list[Any]:
    """Return what a view's parameter is tried with, told by view and name, by type, or by name alone; raise Untold."""
    capability, _, function = view.partition(".")
    for content in (TABLES.get(capability, desk.CONTENT), shared.CONTENT):
        for key in (f"{function}({name})", f"{view}({name})", None if kind is str else kind, name):
            if key in content:
                return content[key]
    if kind in shared.CONTENT:
        return shared.CONTENT[kind]
    raise Untold(f"say in tests/views/longest what the longest {name!r} of {view} is: {kind}")


def calls(view: str, function: Callable[..., Any], translator: Translator) -> Iterator[Any]:
    """Yield what a view says, as often as its most varied parameter has values."""
    parameters = signature(function).parameters
    tried = {name: values(view, name, parameter.annotation) for name, parameter in parameters.items() if name != "_"}
    for n in range(max(map(len, tried.values()), default=1)):
        given = {name: choices[n % len(choices)] for name, choices in tried.items()}
        yield function(**given, **({"_": translator} if "_" in parameters else {}))
