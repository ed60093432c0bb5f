"""Slack fails: it limits, breaks down, hangs up, takes the token away, or is not there. What was to be said is said, once."""

from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from sandbox.workspace.people import Person
from tests.faults.branch import Branch, open_branch
from tests.faults.deliveries import ANN, GENERAL, command
from tests.faults.process import until

CUSTOMERS = (f"Customer{number}" for number in count(1))


def win(desk: Branch, customer: str) -> None:
    """Win a new bid."""
    desk.ann.types(f"/bid new {customer} 1m")
    desk.ann.types(f"/bid submit {customer}")
    desk.sandbox.control.command(ANN, GENERAL, f"/bid won {customer}")


@pytest.mark.parametrize(("kind", "seconds"), [("ratelimited", 1), ("server_error", 0), ("drop", 0), ("delay", 1.5)])
def test_an_announcement_that_fails_is_made_later_and_once(desk: Branch, kind: str, seconds: float) -> None:
    customer = next(CUSTOMERS)
    desk.sandbox.control.fault(kind=kind, method="chat.postMessage", seconds=seconds)
    win(desk, customer)
    desk.settle()
    assert [f"{customer} is won!" in seen.words for seen in desk.in_wins()].count(True) == 1


def test_a_limited_call_is_not_repeated_before_its_time(desk: Branch) -> None:
    desk.sandbox.control.fault(kind="ratelimited", method="chat.postMessage", seconds=1, times=2)
    began = len(desk.sandbox.control.traffic())
    win(desk, next(CUSTOMERS))
    desk.settle()
    calls = [call for call in desk.sandbox.control.traffic()[began:] if call["name"] == "chat.postMessage"]
    assert [call["status"] for call in calls][:3] == [429, 429, 200]
    first, second, third = (datetime.fromisoformat(call["at"]) for call in calls[:3])
    assert min(second - first, third - second) >= timedelta(seconds=0.95)


def test_a_form_that_can_no_longer_be_opened_is_said_to_be_too_late(desk: Branch) -> None:
    asked = command(desk.sandbox.workspace, "/bid new")
    desk.sandbox.workspace.contents.triggers[asked["trigger_id"]].issued -= 10
    answer = desk.sandbox.deliveries.ask("slash_commands", asked)
    assert answer.acknowledged and "too long" in str(answer.body)


@pytest.mark.parametrize("kind", ["ratelimited", "server_error", "drop", "delay", "revoked"])
@pytest.mark.parametrize(("call", "typed", "answered"), [("views.open", "/bid new", "too long"), ("users.info", "/bid list", "members of")])
def test_who_waits_is_answered_in_time_although_slack_is_not(desk: Branch, kind: str, call: str, typed: str, answered: str) -> None:
    if call == "views.open" and kind in ("drop", "delay"):
        pytest.skip("the form is open, only nobody knows")
    who = stranger(desk) if call == "users.info" else ANN
    desk.sandbox.control.fault(kind=kind, method=call, seconds=30, times=2)
    answer = desk.sandbox.deliveries.ask("slash_commands", command(desk.sandbox.workspace, typed, who))
    assert answer.acknowledged, answer.problem
    assert answered in str(answer.body)


def stranger(desk: Branch) -> str:
    """Return somebody new of whom the bot has not heard."""
    workspace = desk.sandbox.workspace
    with workspace.lock:
        person = Person(id=workspace.new_id("U"), name="nemo")
        workspace.people[person.id] = person
        workspace.channel(GENERAL).members.append(person.id)
    return person.id


def test_somebody_new_is_known_from_the_first_word(desk: Branch) -> None:
    answer = desk.sandbox.deliveries.ask("slash_commands", command(desk.sandbox.workspace, "/bid list", stranger(desk)))
    assert answer.acknowledged and "members of" not in str(answer.body)


def test_a_token_taken_away_is_told_and_nothing_is_lost(sqlite_database: str, tmp_path: Path) -> None:
    with open_branch(sqlite_database, tmp_path / "log") as branch:
        branch.sandbox.control.fault(kind="revoked", method="chat.postMessage")
        win(branch, "ACME")
        until(lambda: branch.bot.get("/readyz") == (503, '{"ready":false,"troubles":{"sender":"token_revoked"}}'))
        assert branch.bot.get("/healthz") == (200, "ok")
        assert "B-1" in branch.ann.all_seen(GENERAL)[0].words
        branch.sandbox.control.fault(clear=True)
        branch.crash()
        branch.settle()
        assert len(branch.in_wins()) == 1


def test_the_socket_is_renewed_when_slack_asks_for_it_or_hangs_up(sqlite_database: str, tmp_path: Path) -> None:
    with open_branch(sqlite_database, tmp_path / "log", way="socket") as branch:
        sockets = branch.sandbox.deliveries.sockets
        for _ in range(2):
            branch.sandbox.control.fault(kind="disconnect")
            until(lambda: sockets.connected)
            assert branch.ann.types("/bid list").words
