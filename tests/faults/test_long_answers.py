"""Answers longer than a frame of a socket may be: Slack closes the connection over one of more than 20,480 bytes."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest

import app
from bot.views.blocks import field_of, modal, paragraph, prose, says, text_input
from handlers import register_all
from handlers.context import Answer, Errors, Open, Say, Show, Turn
from handlers.forms import Form
from handlers.routes import Routes, Word
from sandbox.events.sockets import LONGEST
from storage.store import Shelves
from tests.faults.process import until
from tests.office import Office, open_office, text_of

CHAPTER = "漢" * 2900
PAGES = 22  # of some nine thousand bytes each


class Told(Form):
    """What the form of these tests asks for."""

    words: str


def ask(_turn: Turn, _shelves: Shelves) -> Answer:
    """Open a form of one field."""
    return Open(modal("tests.long", "Long", [field_of("Words", text_input("words"))], submit="Next", close="Close"))


def book() -> list[dict[str, Any]]:
    """Return many blocks of Chinese."""
    return [paragraph(prose("{text}", text=CHAPTER)) for _ in range(PAGES)]


def turn_over(_turn: Turn, _shelves: Shelves, form: Told) -> Answer:
    """Show a page of about two hundred thousand bytes, or say at great length what is wrong."""
    if form.words == "wrong":
        return Errors({"words": CHAPTER * 5})
    return Show(modal("tests.long", form.words, book(), submit="Next", close="Close"))


def recite(_turn: Turn, _shelves: Shelves) -> Answer:
    """Say more than a frame holds."""
    return Say(says(prose("Begin"), also=book()[:4]))


def with_long_answers() -> Routes:
    """Return all routes, and those of these tests."""
    routes = register_all()
    routes.command("/bid", "", Word("ask", ask, "", "", reads=True), Word("recite", recite, "", "", reads=True))
    routes.form("tests.long", Told, turn_over)
    return routes


@pytest.fixture(params=["socket", "http"])
def desk(request: pytest.FixtureRequest, sqlite_database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    monkeypatch.setattr(app, "register_all", with_long_answers)
    with open_office(sqlite_database, http=request.param == "http") as office:
        yield office


def test_a_long_page_comes_in_place_of_the_form(desk: Office) -> None:
    desk.sandbox.control.command("U0ANN0001", "C0GENERAL", "/bid ask")
    asked = desk.ann.form()["id"]
    assert desk.ann.fills(words="Page two") == {}
    until(lambda: len(desk.ann.form()["blocks"]) == PAGES)  # over a socket it comes just after the answer
    shown = desk.ann.form()
    assert shown["id"] == asked and shown["title"]["text"] == "Page two" and shown["submit"]["text"] == "Next"
    assert [text_of(block) for block in shown["blocks"]] == [CHAPTER] * PAGES
    assert len(str(shown["blocks"]).encode()) > 190_000


def test_errors_that_are_too_long_leave_the_form_open(desk: Office) -> None:
    desk.sandbox.control.command("U0ANN0001", "C0GENERAL", "/bid ask")
    assert desk.ann.fills(words="wrong")["words"] in CHAPTER * 5
    assert desk.ann.form()["submit"]["text"] == "Next"


def test_the_connection_stays_and_the_next_command_is_answered(desk: Office) -> None:
    desk.sandbox.control.command("U0ANN0001", "C0GENERAL", "/bid recite")
    until(lambda: [words.count(CHAPTER) for words in desk.ann.sees("C0GENERAL")] == [4])
    assert "ACME" in desk.ann.types("/bid new ACME 1.2m due Fri 5pm").words


def test_what_goes_over_the_socket_is_never_longer_than_a_frame_may_be(desk: Office) -> None:
    desk.sandbox.control.command("U0ANN0001", "C0GENERAL", "/bid ask")
    desk.ann.fills(words="Page two")
    desk.sandbox.control.command("U0ANN0001", "C0GENERAL", "/bid recite")
    until(lambda: desk.ann.sees("C0GENERAL") and len(desk.ann.form()["blocks"]) == PAGES)
    calls = desk.sandbox.control.traffic()
    by_itself = {"views.update", "response_url"} & {call["name"] for call in calls if call["direction"] == "in"}
    longest = max(len(json.dumps(call["response"], ensure_ascii=False).encode()) for call in calls if call["direction"] == "out")
    assert (len(by_itself), longest > LONGEST) == ((2, False) if desk.bot.socket else (0, True))


def test_an_answer_that_cannot_be_sent_is_logged_without_its_words(desk: Office, caplog: pytest.LogCaptureFixture) -> None:
    if desk.bot.socket is None:
        pytest.skip("over HTTP the answer is the response itself")
    desk.sandbox.control.command("U0ANN0001", "C0GENERAL", "/bid ask")
    desk.sandbox.control.fault(kind="revoked", method="views.update", times=1)
    with caplog.at_level(logging.ERROR):
        desk.ann.fills(words="Page two")
        until(lambda: "an answer could not be sent" in caplog.text)
    lines = [record for record in caplog.records if record.getMessage() == "an answer could not be sent"]
    assert [(line.route, line.error) for line in lines] == [("tests.long", "SlackApiError")]  # type: ignore[attr-defined]
    assert lines[0].bytes > LONGEST and "漢" not in caplog.text  # type: ignore[attr-defined]
