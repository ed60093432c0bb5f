"""The README says what is so: commands, words, files, variables and pictures that it names exist."""

import re
from pathlib import Path

import pytest

from bot.settings import Settings
from handlers import register_all

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
ROUTES = register_all()
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")), ROOT / "sandbox/README.md"]
SLACKS_OWN = "/invite"
MOST_LINES, MOST_BYTES = 150, 300_000


def test_it_can_be_read_in_one_go() -> None:
    assert len(README.splitlines()) <= MOST_LINES


def test_the_words_of_make_exist() -> None:
    named = set(re.findall(r"make ([a-z]+)\b(?=`|  )", README))
    assert {"try", "test"} <= named
    assert [word for word in named if not re.search(rf"^{word}:", MAKEFILE, re.MULTILINE)] == []


def test_the_guard_of_the_main_branch_calls_the_same_test_command() -> None:
    assert "make test" in (ROOT / ".ci/run").read_text("utf-8").splitlines()


def test_the_words_that_can_be_typed_are_known() -> None:
    typed = re.findall(r"`(/[a-z]+) ([^\s`]+)[^`]*`", README)
    assert ("/bid", "won") in typed
    assert [said for said in typed if said[0] != SLACKS_OWN and ROUTES.understood(*said).word is None] == []


def test_the_variables_are_those_of_the_settings() -> None:
    named = set(re.findall(r"`([A-Z][A-Z_]+)`", README)) - {"ACME"}
    assert named == {name.upper() for name in Settings.model_fields}


def test_the_folders_and_files_exist() -> None:
    named = re.findall(r"`([\w./-]+(?:/|\.py|\.yaml|\.json|\.txt))`", README)
    assert [name for name in named if not list(ROOT.rglob(name))] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_and_pictures_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text("utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_the_pictures_are_small_and_none_is_left_over() -> None:
    pictures = {path.name: path.stat().st_size for path in (ROOT / "docs/pictures").iterdir()}
    assert {name: size for name, size in pictures.items() if size >= MOST_BYTES} == {}
    assert set(pictures) == set(re.findall(r"docs/pictures/([\w.-]+)", README))
