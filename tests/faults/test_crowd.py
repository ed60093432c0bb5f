"""Many at once: fifty people at one button, one delivery over two connections, two bots on one database."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.policy.people import Person
from sandbox.events.answer import Answer
from sandbox.workspace import people as workspace_people
from tests.faults.branch import Branch, open_branch
from tests.faults.deliveries import GENERAL, command, press, submission
from tests.faults.process import Process, until
from tests.office import free_port

CROWD = [f"U0MGR{number:05}" for number in range(50)]


def together(branch: Branch, kind: Any, payloads: list[dict[str, Any]]) -> list[Answer]:
    """Deliver all of these at once; return what they are answered."""
    with ThreadPoolExecutor(len(payloads)) as hands:
        answers = list(hands.map(lambda payload: branch.sandbox.deliveries.ask(kind, payload), payloads))
    assert all(answer.acknowledged for answer in answers), [answer.problem for answer in answers]
    return answers


def appoint(branch: Branch) -> None:
    """Make fifty people the managers of Ann, each the next one's report: all of them may change her bids."""
    with branch.sandbox.workspace.lock:
        for person in CROWD:
            branch.sandbox.workspace.people[person] = workspace_people.Person(id=person, name=person.lower())
            branch.sandbox.workspace.channel(GENERAL).members.append(person)
    with branch.store.change() as shelves:
        ann = shelves.people.get("U0ANN0001")
        assert ann is not None
        shelves.people.put(ann.amended(manager=CROWD[0]))
        for person, manager in zip(CROWD, [*CROWD[1:], ""], strict=True):
            shelves.people.put(Person(id=person, name=person.lower(), manager=manager))


@pytest.mark.parametrize("way", ["socket", "http"])
def test_fifty_people_press_the_same_button_at_once(database: str, tmp_path: Path, way: str) -> None:
    with open_branch(database, tmp_path / "log", way=way) as branch:
        branch.ann.types("/bid new ACME 1.2m")
        appoint(branch)
        together(branch, "interactive", [press(branch.sandbox.workspace, "bids.submit", "1", person) for person in CROWD])
        branch.settle()
        assert branch.history() == ["register", "submit"]
        told = [seen["text"] for person in CROWD for seen in branch.sandbox.control.messages(person, GENERAL)]
        assert len(told) == 50 and ["recorded as submitted" in text for text in told].count(True) == 1
        assert ["(B-1) is submitted" in text for text in told].count(True) == 49


@contextmanager
def with_a_twin(branch: Branch, log: Path) -> Iterator[Process]:
    """Run a second bot on the same database, connected as well."""
    port = free_port()
    twin = Process({**branch.bot.environ, "METRICS_PORT": str(port)}, port, log)
    twin.start(branch.clock.now())
    until(lambda: twin.ready() and branch.connections() == 2)
    yield twin
    if twin.running.is_alive():
        assert twin.stop() == 0


def test_two_bots_on_one_database_do_everything_once(postgres_database: str, tmp_path: Path) -> None:
    with open_branch(postgres_database, tmp_path / "log", way="socket") as branch:
        for customer in ("ACME", "Beta"):
            branch.ann.types(f"/bid new {customer} 1.2m due Fri 5pm")
        branch.bot.kill()
        branch.clock.move_to(branch.clock.now() + timedelta(days=3, hours=8))
        branch.rise()
        with with_a_twin(branch, tmp_path / "twin") as twin:
            until(lambda: len(branch.ann.told) >= 2)
            branch.ann.types("/bid submit ACME")
            branch.ann.types("/bid won ACME")
            repeated = command(branch.sandbox.workspace, "/bid new Gamma 1m")
            answers = together(branch, "slash_commands", [repeated] * 4)
            assert len({str(answer.body) for answer in answers}) == 1
            together(branch, "interactive", [submission("bids.new", {"customer": "Delta", "amount": "1m"})] * 4)
            together(branch, "interactive", [press(branch.sandbox.workspace, "bids.submit", "2")] * 4)
            branch.settle()
            twin.kill()
            assert twin.killed()
            until(lambda: branch.connections() == 1)
            branch.ann.types("/bid won Beta")
            branch.let_jobs_run()
            branch.settle()
        assert [bid.customer for bid in branch.bids()] == ["ACME", "Beta", "Gamma", "Delta"]
        assert branch.history("bid:2") == ["register", "submit", "win"]
        assert [seen.words.split(" is won")[0] for seen in branch.in_wins()] == [":tada: ACME", ":tada: Beta"]
        assert len(branch.ann.told) == 3 and "B-4" in branch.ann.told[-1].words


def test_events_that_come_twice_or_in_another_order_do_no_harm(desk: Branch) -> None:
    for fault in ("repeat", "reorder"):
        desk.sandbox.control.fault(kind=fault)
        desk.sandbox.control.people(id="U0BOB0001", display_name=f"Bob {fault}")
        desk.settle()
    assert desk.bob.home()
