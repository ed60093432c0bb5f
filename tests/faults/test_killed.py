"""The bot is killed: between two steps, and in the middle of one. Nothing is lost, and nothing is said twice."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from tests.faults.branch import Branch, in_vain, open_branch
from tests.faults.process import until
from tests.office import Seen

ANN, GENERAL = "U0ANN0001", "C0GENERAL"
NEW = "/bid new ACME 1.2m due Fri 5pm"


@pytest.fixture
def branch(sqlite_database: str, tmp_path: Path) -> Iterator[Branch]:
    with open_branch(sqlite_database, tmp_path / "log") as branch:
        yield branch


@pytest.fixture
def any_branch(database: str, tmp_path: Path) -> Iterator[Branch]:
    with open_branch(database, tmp_path / "log") as branch:
        yield branch


def type_in_vain(branch: Branch, text: str) -> None:
    """Have Ann type a command that the bot dies over."""
    in_vain(lambda: branch.sandbox.control.command(ANN, GENERAL, text))


def only(seen: list[Seen]) -> Seen:
    """Return the only message."""
    assert len(seen) == 1, [one.words for one in seen]
    return seen[0]


@pytest.mark.parametrize("way", ["socket", "http"])
def test_the_main_story_with_a_kill_between_any_two_steps(database: str, tmp_path: Path, way: str) -> None:
    with open_branch(database, tmp_path / "log", way=way) as branch:
        entered = branch.ann.types(NEW)
        branch.ann.types("/bid new Beta 2m due Fri 5pm")
        branch.crash()
        entered.press("Submitted")
        branch.crash()
        won = branch.ann.types("/bid won ACME")
        branch.crash()
        assert "(B-1) is won" in branch.ann.types("/bid won ACME").words
        assert "ACME is won!" in only(branch.in_wins()).words
        won.press("Undo")
        branch.crash()
        assert only(branch.in_wins()).words.startswith("Correction: ACME (B-1)")
        assert branch.history() == ["register", "submit", "win", "undo"]
        assert branch.ann.told == []
        branch.clock.move_to(branch.clock.now() + timedelta(days=3, hours=8))
        branch.crash()
        until(lambda: branch.ann.told)
        branch.crash()
        branch.let_jobs_run()
        branch.settle()
        assert "Beta (B-2) is due" in only(branch.ann.told).words
        assert len(branch.in_wins()) == 1 and len(branch.bids()) == 2


def test_killed_between_remembering_and_answering(any_branch: Branch) -> None:
    branch = any_branch
    branch.crash(dies_after="command /bid new")
    type_in_vain(branch, NEW)
    branch.rise(dies_after="command /bid submit")
    assert "B-1" in branch.ann.types("/bid list").words
    type_in_vain(branch, "/bid submit ACME")
    branch.rise(dies_after="command /bid won")
    assert "(B-1) is submitted" in branch.ann.types("/bid submit ACME").words
    type_in_vain(branch, "/bid won ACME")
    branch.rise(dies_after="command /bid undo")
    assert "(B-1) is won" in branch.ann.types("/bid won ACME").words
    type_in_vain(branch, "/bid undo ACME")
    branch.rise()
    assert "nothing to undo" in branch.ann.types("/bid undo ACME").words
    assert branch.history() == ["register", "submit", "win", "undo"]
    assert only(branch.in_wins()).words.startswith("Correction: ACME (B-1)")


def test_killed_before_a_form_is_answered_it_can_be_sent_again(branch: Branch) -> None:
    branch.crash(dies_after="form bids.new")
    branch.sandbox.control.command(ANN, GENERAL, "/bid new")
    view = branch.ann.form()["id"]
    filled = {"customer": {"customer": "ACME"}, "amount": {"amount": "1.2m"}}
    in_vain(lambda: branch.sandbox.control.submit(ANN, view, filled))
    branch.rise()
    assert branch.sandbox.control.submit(ANN, view, filled)["response_action"] is None
    branch.settle()
    assert branch.history() == ["register"] and len(branch.bids()) == 1
    assert "B-1" in only(branch.ann.told).words


def test_killed_before_a_form_is_answered_what_is_changed_then_is_not_lost_silently(branch: Branch) -> None:
    branch.crash(dies_after="form bids.new")
    branch.sandbox.control.command(ANN, GENERAL, "/bid new")
    view = branch.ann.form()["id"]
    in_vain(lambda: branch.ann.fills(customer="ACME", amount="1.2m"))
    branch.rise()
    assert branch.ann.fills(customer="ACME", amount="2.5m")["customer"].startswith("This form was already taken as you sent it first")
    assert branch.ann.form()["id"] == view and branch.history() == ["register"] and "CNY 1,200,000" in only(branch.ann.told).words
    assert branch.ann.fills(customer="ACME", amount="1.2m") == {}
    assert branch.history() == ["register"] and len(branch.bids()) == 1


def test_killed_before_a_press_is_acknowledged_its_answer_still_comes(branch: Branch) -> None:
    entered = branch.ann.types(NEW)
    branch.crash(dies_after="press bids.submit")
    in_vain(lambda: entered.press("Submitted"))
    branch.rise()
    branch.settle()
    assert branch.history() == ["register", "submit"]
    assert "recorded as submitted" in only(branch.ann.all_seen(GENERAL)).words


def test_killed_while_announcements_are_on_their_way(any_branch: Branch) -> None:
    branch = any_branch
    for customer in ("ACME", "Beta"):
        branch.ann.types(f"/bid new {customer} 1.2m")
        branch.ann.types(f"/bid submit {customer}")
    branch.kill_when_called("conversations.list")  # the announcement is claimed
    branch.types("/bid won ACME")
    branch.rise()
    branch.settle()
    assert "ACME is won!" in only(branch.in_wins()).words
    branch.kill_when_called("chat.postMessage")  # the announcement is there, and only the workspace knows
    branch.types("/bid won Beta")
    branch.rise()
    branch.settle()
    assert ["Beta is won!" in seen.words for seen in branch.in_wins()] == [False, True]
    branch.kill_when_called("chat.update")
    branch.types("/bid undo Beta")
    branch.rise()
    branch.settle()
    assert [seen.words.startswith("Correction") for seen in branch.in_wins()] == [False, True]
    assert branch.history() == ["register", "submit", "win"]


def test_killed_while_a_reminder_and_the_answer_to_it_are_on_their_way(branch: Branch) -> None:
    branch.ann.types(NEW)
    branch.clock.move_to(branch.clock.now() + timedelta(days=3, hours=8))
    branch.bot.kill()
    for call in ("conversations.open", "chat.postMessage"):
        branch.kill_when_called(call)
        branch.rise(ready=False)
    branch.rise()
    branch.settle()
    reminder = only(branch.ann.told)
    branch.kill_when_called("response_url")
    branch.presses(reminder, "Submitted")
    branch.rise()
    branch.settle()
    assert branch.history() == ["register", "submit"]
    answers = [seen.words for seen in branch.ann.all_seen(reminder.channel) if seen.message.get("is_ephemeral")]
    assert len(answers) == 1 and "recorded as submitted" in answers[0]
    assert "submitted" in only(branch.ann.told[:1]).words


def test_killed_in_the_middle_of_a_transaction_nothing_has_happened(database: str, any_branch: Branch) -> None:
    if not database.startswith("postgresql"):
        pytest.skip("only PostgreSQL says who waits for whom")
    branch = any_branch
    branch.ann.types(NEW)
    with psycopg.connect(database.replace("+psycopg", "")) as other:
        other.execute("SELECT * FROM bids FOR UPDATE")
        typing = threading.Thread(target=type_in_vain, args=(branch, "/bid submit ACME"))
        typing.start()
        waits = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
        with psycopg.connect(database.replace("+psycopg", ""), autocommit=True) as watch:
            until(lambda: watch.execute(waits).fetchone() == (1,))
        branch.bot.kill()
        typing.join()
    branch.rise()
    assert branch.history() == ["register"]
    assert "recorded as submitted" in branch.ann.types("/bid submit ACME").words
