"""What must be listed, registered or mirrored somewhere else is; whatever is forgotten is named here."""

import ast
import importlib
import json
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
from pydantic import BaseModel

import scheduler
from bot.views.blocks import Block
from bot.words.text import fold
from handlers import CAPABILITIES, register_all
from handlers.routes import CALLED, UMBRELLA
from tests.views.everything import VIEWS, nodes, surfaces
from tests.views.longest import Untold

ROOT = Path(__file__).parent.parent
ROUTES = register_all()
MANIFEST = json.loads((ROOT / "manifest.json").read_text("utf-8"))
SCOPES = set(MANIFEST["oauth_config"]["scopes"]["bot"])
# Slack's documentation of each event names the scope without which it is not sent; some need none.
SCOPE_OF_EVENT = {
    "team_join": "users:read",
    "user_change": "users:read",
    "app_mention": "app_mentions:read",
    "message.im": "im:history",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "reaction_added": "reactions:read",
    "reaction_removed": "reactions:read",
}
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
LAYERS = {contract["containers"][0]: contract["layers"] for contract in CONTRACTS if contract.get("exhaustive")}
# The fields of a form that stand for several of its view, whose names begin so.
GATHERED = {
    "answers": ("answers_",),
    "marks": ("mark_",),
    "comments": ("comment_",),
    "conditions": ("text_", "owner_", "due_"),
    "percents": ("percent_",),
    "duties": ("person_", "duty_"),
}
CLAUSES = """
    1.1 1.2 1.3 2.1.1 2.1.2 2.1.3 2.1.4 2.1.5 2.2 3.1.1 3.1.2 3.2.1 3.2.2 3.2.3 4.1.1 4.1.2 4.1.3 4.2.1 4.2.2 4.2.3 4.3.1 4.3.2 4.3.3
    4.4.1 4.4.2 4.4.3 5.1.1 5.1.2 5.1.3 5.1.4 5.2 5.3.1 5.3.2 5.4.1 5.4.2 5.4.3 5.4.4 6.1.1 6.1.2 6.2.1 6.2.2 7.1 7.2.1 7.2.2
""".split()


def source(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def functions(path: Path) -> set[str]:
    return {node.name for node in ast.walk(source(path)) if isinstance(node, ast.FunctionDef | ast.ClassDef)}


def files(folder: str) -> dict[str, Path]:
    """Return the file of each module in a folder, and of each package the one that stands for it."""
    modules = {path.stem: path for path in (ROOT / folder).glob("[a-z]*.py")}
    return modules | {path.parent.name: path for path in (ROOT / folder).glob("*/__init__.py")}


def short(module: ModuleType) -> str:
    return module.__name__.rpartition(".")[2]


def written_for(capability: ModuleType) -> list[Path]:
    """Return the files of a capability's handlers."""
    file = Path(str(capability.__file__))
    return sorted(file.parent.rglob("*.py")) if file.stem == "__init__" else [file]


def handed_on(path: Path) -> Iterator[str]:
    """Yield the ids that a file gives to a button of its own, or to a picker that goes on with them."""
    module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"))
    for call in ast.walk(source(path)):
        if isinstance(call, ast.Call) and not ast.unparse(call.func).startswith("routes."):
            for name in filter(re.compile(r"(\w+\.)?[A-Z][A-Z_]+").fullmatch, map(ast.unparse, call.args)):
                holder, _, constant = name.rpartition(".")
                value = getattr(getattr(module, holder, None) if holder else module, constant, "")
                if isinstance(value, str) and value in ROUTES.buttons:
                    yield value


@cache
def drawn() -> tuple[Block, ...]:
    """Return all that the views show; what cannot be tried yet is named by the test of the limits."""
    found: list[Block] = []
    for view in VIEWS:
        with suppress(Untold):
            found += surfaces(view)
    return tuple(found)


@cache
def shown_to_press() -> set[str]:
    """Return the ids of all that can be pressed: a menu's entries carry them in front of their values."""
    pressable = [node for surface in drawn() for node in nodes(surface) if "action_id" in node]
    ids = {node["action_id"] for node in pressable if "." in node["action_id"]}
    ids |= {option["value"].split()[0] for node in pressable if node["action_id"] == "menu" for option in node["options"]}
    return ids | {name for capability in CAPABILITIES for path in written_for(capability) for name in handed_on(path)}


@cache
def shown_to_fill() -> dict[str, set[str]]:
    """Return the fields of each form that is shown, by its callback id."""
    forms: dict[str, set[str]] = defaultdict(set)
    for surface in drawn():
        if surface["type"] == "modal" and "submit" in surface:
            forms[surface["callback_id"]] |= {block["block_id"] for block in surface["blocks"] if block["type"] == "input"}
    return forms


def stands_for(name: str, block: str) -> bool:
    """Say whether a block of a form's view goes into this field of its model."""
    return block == name or block.startswith(GATHERED.get(name, "-"))


def test_every_handler_with_routes_is_a_listed_capability() -> None:
    written = {name for name, path in files("handlers").items() if "register" in functions(path)}
    assert written == {short(capability) for capability in CAPABILITIES}


@pytest.mark.parametrize("capability", [each for each in CAPABILITIES if hasattr(each, "STAGES")], ids=short)
def test_every_stage_of_a_capability_is_listed(capability: ModuleType) -> None:
    written = {name for name, path in files(f"handlers/{short(capability)}").items() if "register" in functions(path)}
    assert written - {short(capability)} == {short(stage) for stage in capability.STAGES}


@pytest.mark.parametrize("folder", LAYERS)
def test_every_file_has_its_place_among_the_layers(folder: str) -> None:
    placed = {name.strip() for layer in LAYERS[folder] for name in layer.split("|")}
    written = set(files(folder.replace(".", "/")))
    assert written == placed


def test_every_job_is_in_the_timetable() -> None:
    modules = [importlib.import_module(f"scheduler.{name}") for name in files("scheduler")]
    written = [job.name for module in modules for job in getattr(module, "JOBS", ())]
    assert sorted(written) == sorted(job.name for job in scheduler.JOBS)
    assert len(set(written)) == len(written)


def test_every_command_is_in_the_manifest_and_the_other_way_round() -> None:
    promised = {command["command"] for command in MANIFEST["features"]["slash_commands"]}
    assert promised == set(ROUTES.commands)


def test_every_command_in_the_manifest_says_how_it_is_used() -> None:
    assert all(command["description"] and command["usage_hint"] for command in MANIFEST["features"]["slash_commands"])


def test_the_manifest_hints_at_words_that_there_are() -> None:
    for command in MANIFEST["features"]["slash_commands"]:
        hinted = [re.split(r"[ |]+", part.strip())[0] for part in command["usage_hint"].split(" | ")]
        assert [word for word in hinted if ROUTES.understood(command["command"], word).word is None] == []


def test_every_command_answers_help_and_an_empty_line() -> None:
    for command, words in ROUTES.commands.items():
        assert "help" in words, command
        assert ROUTES.understood(command, "").word is not None, command


def test_a_command_is_meant_by_each_of_its_names_behind_the_umbrella() -> None:
    for command, names in CALLED.items():
        assert command in ROUTES.commands
        assert {ROUTES.understood(UMBRELLA, f"{name} help ACME").command for name in names} == {command}
        assert {ROUTES.understood(UMBRELLA, f"{name} help ACME").word for name in names} == {ROUTES.commands[command]["help"]}
        assert [name for name in names if fold(name) in ROUTES.typed[UMBRELLA]] == []
    said = [name for names in CALLED.values() for name in names]
    assert sorted(said) == sorted(set(said))


def test_no_word_of_a_command_means_two_things() -> None:
    for command, words in ROUTES.commands.items():
        said = [fold(spelling) for word in words.values() for spelling in (word.name, *word.aliases)]
        assert sorted(said) == sorted(set(said)), command


def test_every_event_is_in_the_manifest_and_the_other_way_round() -> None:
    promised = {event.split(".")[0] for event in MANIFEST["settings"]["event_subscriptions"]["bot_events"]}
    assert promised == set(ROUTES.events)


def test_the_manifest_asks_for_the_scopes_that_its_events_need() -> None:
    events = MANIFEST["settings"]["event_subscriptions"]["bot_events"]
    assert {SCOPE_OF_EVENT[event] for event in events if event in SCOPE_OF_EVENT} <= SCOPES


def test_every_shortcut_is_in_the_manifest_and_the_other_way_round() -> None:
    promised = {shortcut["callback_id"] for shortcut in MANIFEST["features"].get("shortcuts", [])}
    assert promised == set(vars(ROUTES).get("shortcuts", {}))


def test_every_button_that_is_shown_does_something() -> None:
    assert shown_to_press() - set(ROUTES.buttons) == set()


def test_every_button_that_would_do_something_is_shown() -> None:
    assert set(ROUTES.buttons) - shown_to_press() == set()


def test_every_form_that_is_shown_is_read_and_the_other_way_round() -> None:
    assert set(shown_to_fill()) == set(ROUTES.forms)


@pytest.mark.parametrize("callback", sorted(ROUTES.forms))
def test_every_field_of_a_form_is_a_field_of_its_model(callback: str) -> None:
    known = ROUTES.forms[callback].model.model_fields
    assert [block for block in shown_to_fill()[callback] if not any(stands_for(name, block) for name in known)] == []


@pytest.mark.parametrize("model", dict.fromkeys(form.model for form in ROUTES.forms.values()), ids=lambda model: model.__qualname__)
def test_every_field_of_a_model_is_asked_for(model: type[BaseModel]) -> None:
    asked = {block for callback, form in ROUTES.forms.items() if form.model is model for block in shown_to_fill()[callback]}
    assert [name for name in model.model_fields if not any(stands_for(name, block) for block in asked)] == []


def test_every_name_begins_with_its_capability() -> None:
    listed = {short(capability) for capability in CAPABILITIES}
    names = [*ROUTES.buttons, *ROUTES.forms]
    assert [name for name in names if not re.fullmatch(rf"({'|'.join(listed)})\.[a-z_]+", name)] == []


def test_the_makefile_knows_five_words() -> None:
    phony = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert phony and phony[1].split() == ["try", "test", "check", "fix", "bench"]


def test_the_handbook_page_names_every_clause_of_the_policy_once() -> None:
    page = (ROOT / "docs/handbook.md").read_text("utf-8")
    assert sorted(re.findall(r"^\| §([\d.]+) ", page, re.MULTILINE)) == sorted(CLAUSES)


def test_the_handbook_page_names_what_there_is() -> None:
    page = (ROOT / "docs/handbook.md").read_text("utf-8")
    named = re.findall(r"`([\w/]+\.py)::(\w+)`", page)
    assert named
    assert [(path, name) for path, name in named if name not in functions(ROOT / path)] == []
