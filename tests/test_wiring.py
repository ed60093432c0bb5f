"""What must be listed, registered or mirrored somewhere else is; whatever is forgotten is named here."""

import ast
import importlib
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import scheduler
from bot.words.text import fold
from handlers import CAPABILITIES, register_all

ROOT = Path(__file__).parent.parent
ROUTES = register_all()
MANIFEST = json.loads((ROOT / "manifest.json").read_text("utf-8"))
SCOPES = set(MANIFEST["oauth_config"]["scopes"]["bot"])
# Slack's documentation of each event names the scope without which it is not sent; some need none.
SCOPE_OF_EVENT = {"team_join": "users:read", "user_change": "users:read", "app_mention": "app_mentions:read", "message.im": "im:history"}
VIEWS = sorted(path.stem for path in (ROOT / "bot/views").glob("[a-z]*.py") if path.stem != "blocks")


def source(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def defines(path: Path, function: str) -> bool:
    return any(isinstance(node, ast.FunctionDef) and node.name == function for node in source(path).body)


def named(view: str, maker: str, position: int) -> Iterator[str]:
    """Yield the ids that a view gives to a button or a form, where it names them by a constant."""
    module = importlib.import_module(f"bot.views.{view}")
    for call in ast.walk(source(ROOT / f"bot/views/{view}.py")):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == maker:
            name = ast.unparse(call.args[position])
            if re.fullmatch(r"(\w+\.)?[A-Z_]+", name):
                holder, _, constant = name.rpartition(".")
                yield getattr(getattr(module, holder) if holder else module, constant)


def test_every_handler_with_routes_is_a_listed_capability():
    written = {path.stem for path in (ROOT / "handlers").glob("*.py") if defines(path, "register")}
    listed = {capability.__name__.removeprefix("handlers.") for capability in CAPABILITIES}
    assert written == listed


def test_every_job_is_in_the_timetable():
    files = sorted((ROOT / "scheduler").glob("*.py")) + sorted((ROOT / "scheduler").glob("*/__init__.py"))
    modules = {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in files} - {"scheduler"}
    written = [job.name for module in modules for job in getattr(importlib.import_module(module), "JOBS", ())]
    assert sorted(written) == sorted(job.name for job in scheduler.JOBS)
    assert len(set(written)) == len(written)


def test_every_command_is_in_the_manifest_and_the_other_way_round():
    promised = {command["command"] for command in MANIFEST["features"]["slash_commands"]}
    assert promised == set(ROUTES.commands)


def test_every_command_in_the_manifest_says_how_it_is_used():
    assert all(command["description"] and command["usage_hint"] for command in MANIFEST["features"]["slash_commands"])


def test_every_command_answers_help_and_an_empty_line():
    for command, words in ROUTES.commands.items():
        assert "help" in words, command
        assert ROUTES.understood(command, "").word is not None, command


def test_no_word_of_a_command_means_two_things():
    for command, words in ROUTES.commands.items():
        said = [fold(spelling) for word in words.values() for spelling in (word.name, *word.aliases)]
        assert sorted(said) == sorted(set(said)), command


def test_every_event_is_in_the_manifest_and_the_other_way_round():
    promised = {event.split(".")[0] for event in MANIFEST["settings"]["event_subscriptions"]["bot_events"]}
    assert promised == set(ROUTES.events)


def test_the_manifest_asks_for_the_scopes_that_its_events_need():
    events = MANIFEST["settings"]["event_subscriptions"]["bot_events"]
    assert {SCOPE_OF_EVENT[event] for event in events if event in SCOPE_OF_EVENT} <= SCOPES


@pytest.mark.parametrize("view", VIEWS)
def test_every_button_that_is_shown_does_something(view):
    assert set(named(view, "button", 1)) <= set(ROUTES.buttons)


@pytest.mark.parametrize("view", VIEWS)
def test_every_form_that_is_shown_is_read(view):
    assert set(named(view, "modal", 0)) <= set(ROUTES.forms)


def test_every_name_begins_with_its_capability():
    listed = {capability.__name__.removeprefix("handlers.") for capability in CAPABILITIES}
    names = [*ROUTES.buttons, *ROUTES.forms]
    assert [name for name in names if not re.fullmatch(rf"({'|'.join(listed)})\.[a-z_]+", name)] == []


def test_the_makefile_knows_five_words():
    phony = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert phony and phony[1].split() == ["try", "test", "check", "fix", "bench"]
