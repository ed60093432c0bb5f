"""All that the views can show, each built with the longest content."""

import importlib.util
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from typing import Any

import bot.views
from bot.language import translator
from bot.views.appraisals import retold as appraisals
from bot.views.bids import told as bids
from bot.views.blocks import Block, Message, Sentence, actions, paragraph
from handlers import CAPABILITIES
from tests.views.longest import calls

SHOWN = (Message, Message | None, Block, list[Block], Sentence, list[Sentence])
AGAIN = (bids.Told, appraisals.Told)
ELEMENTS = ("button", "overflow", "static_select")


def in_use(module: str) -> bool:
    """Say whether anything of a module can be seen: the views of a capability are, once its handlers are listed."""
    capability = module.removeprefix("bot.views.").partition(".")[0]
    listed = {each.__name__.rpartition(".")[2] for each in CAPABILITIES}
    return capability in listed or importlib.util.find_spec(f"bot.policy.{capability}") is None


def views() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Yield each function that returns something to be shown; those that tell a message again say what others of them say."""
    for module in filter(lambda module: in_use(module.name), pkgutil.walk_packages(bot.views.__path__, "bot.views.")):
        for name, function in inspect.getmembers(importlib.import_module(module.name), inspect.isfunction):
            signature = inspect.signature(function)
            again = any(parameter.annotation in AGAIN for parameter in signature.parameters.values())
            if function.__module__ == module.name != "bot.views.blocks" and signature.return_annotation in SHOWN and not again:
                yield f"{module.name.removeprefix('bot.views.')}.{name}", function


VIEWS = dict(views())


def surfaces(view: str, language: str = "en") -> Iterator[Block]:
    """Yield what a view shows as messages, forms and homes."""
    for shown in calls(view, VIEWS[view], translator(language)):
        yield from surfaces_of(shown)


def surfaces_of(shown: Any) -> Iterator[Block]:
    """Yield a message, a form or a home as it is, and any piece of one in a message of its own."""
    match shown:
        case Message():
            yield {"type": "message", "text": shown.text, "blocks": list(shown.blocks)}
        case {"blocks": _}:
            yield shown
        case {"type": kind}:
            yield {"type": "message", "text": "", "blocks": [actions(shown) if kind in ELEMENTS else shown]}
        case list():
            for piece in shown:
                yield from surfaces_of(piece)
        case (_, *_):
            yield {"type": "message", "text": "", "blocks": [paragraph(shown)]}


def nodes(node: Any) -> Iterator[Block]:
    """Yield every object inside an object, itself first."""
    if isinstance(node, dict):
        yield node
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list | tuple) else ():
        yield from nodes(child)
