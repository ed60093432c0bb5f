"""The program as it is started: told wrongly, told to stop, and started before there is anybody to talk to."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import app
from bot.clock import Clock
from sandbox.server import Sandbox
from tests.faults.branch import told
from tests.faults.deliveries import ANN, GENERAL
from tests.faults.process import Program, until
from tests.office import CHANNELS, MANIFEST, PEOPLE, free_port

BASE = {"PATH": os.environ["PATH"]}
GOOD = {"SLACK_BOT_TOKEN": "xoxb-sandbox", "SLACK_SIGNING_SECRET": "sandbox-secret"}


def run(*words: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run the program to its end."""
    return subprocess.run([sys.executable, "app.py", *words], env=BASE | environ, capture_output=True, text=True, timeout=20, check=False)


def workspace(port: int = 0) -> Sandbox:
    """Return a workspace on the computer's own time."""
    return Sandbox(Clock(), port, manifest=MANIFEST, people=PEOPLE, channels=CHANNELS, real_pace=False)


@contextmanager
def program(database: str, slack: str, way: str, log: Path) -> Iterator[Program]:
    """Start the program; kill it at the end unless it has ended."""
    port = free_port()
    running = Program(BASE | told(slack, database, way, port), port, log)
    running.start()
    try:
        yield running
    finally:
        running.kill()
        running.running.wait()


def one_sentence(text: str) -> bool:
    """Say whether this is one line that ends as a sentence does."""
    return text.count("\n") == 1 and text.endswith(".\n") and "Traceback" not in text


@pytest.mark.parametrize(
    ("environ", "named"),
    [
        ({}, "SLACK_BOT_TOKEN"),
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, "SLACK_SIGNING_SECRET"),
        ({"SLACK_APP_TOKEN": "xapp-1"}, "SLACK_BOT_TOKEN"),
        (GOOD | {"SLACK_BOT_TOKEN": "xapp-1"}, "SLACK_BOT_TOKEN"),
        (GOOD | {"SLACK_APP_TOKEN": "xoxb-1"}, "SLACK_APP_TOKEN"),
        (GOOD | {"PORT": "70000"}, "PORT"),
        (GOOD | {"PORT": "8", "METRICS_PORT": "8"}, "METRICS_PORT"),
        (GOOD | {"DATABASE_URL": "mysql://x"}, "DATABASE_URL"),
        (GOOD | {"HANDBOOK": "nowhere.yaml"}, "HANDBOOK"),
        (GOOD | {"ADMINS": "ann"}, "ADMINS"),
        (GOOD | {"LOG_LEVEL": "LOUD"}, "LOG_LEVEL"),
        (GOOD | {"SLACK_API_URL": "slack.example"}, "SLACK_API_URL"),
    ],
)
def test_an_environment_that_is_wrong_is_named_in_one_sentence(
    environ: dict[str, str], named: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert app.main([], environ) == 2
    said = capsys.readouterr()
    assert named in said.err and one_sentence(said.err) and said.out == ""


def test_the_program_itself_ends_with_that_sentence() -> None:
    ended = run()
    assert ended.returncode == 2 and one_sentence(ended.stderr) and ended.stdout == ""


def test_a_token_that_slack_does_not_know_is_named(tmp_path: Path) -> None:
    with workspace() as slack:
        environ = told(slack.url, f"sqlite:///{tmp_path}/b.db", "http", free_port()) | {"SLACK_BOT_TOKEN": "xoxb-another"}
        ended = run(**environ)
    assert ended.returncode == 2 and one_sentence(ended.stderr) and "SLACK_BOT_TOKEN" in ended.stderr


def test_a_database_that_is_not_there_is_named() -> None:
    ended = run(**GOOD, DATABASE_URL=f"postgresql+psycopg://127.0.0.1:{free_port()}/none", PORT=str(free_port()))
    assert ended.returncode == 2 and one_sentence(ended.stderr) and "DATABASE_URL" in ended.stderr


def test_a_port_that_is_taken_is_named(tmp_path: Path) -> None:
    with workspace() as slack:
        taken = slack.url.rpartition(":")[2]
        ended = run(**GOOD, DATABASE_URL=f"sqlite:///{tmp_path}/b.db", SLACK_API_URL=f"{slack.url}/api/", PORT=taken)
    assert ended.returncode == 2 and taken in ended.stderr and "Traceback" not in ended.stderr


@pytest.mark.parametrize("words", ["", "migrate", "doctor", "export", "import", "handbook", "handbook check"])
def test_every_word_explains_itself(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        app.main([*words.split(), "--help"], {})
    assert ended.value.code == 0
    assert "usage: python app.py" in capsys.readouterr().out


def test_help_needs_no_environment() -> None:
    assert run("--help").returncode == 0
    assert run("nonsense").returncode == 2


@pytest.mark.parametrize("way", ["socket", "http"])
def test_started_before_slack_is_there_and_stopped(sqlite_database: str, tmp_path: Path, way: str) -> None:
    slack = free_port()
    with program(sqlite_database, f"http://127.0.0.1:{slack}", way, tmp_path / "log") as bot:
        until(lambda: bot.get("/healthz") == (200, "ok"))
        assert bot.get("/readyz")[0] == 503 and '"slack":"not connected yet"' in bot.get("/readyz")[1]
        with workspace(slack):
            until(bot.ready)
            assert bot.stop() == 0


def test_stopped_before_slack_was_ever_there(sqlite_database: str, tmp_path: Path) -> None:
    with program(sqlite_database, f"http://127.0.0.1:{free_port()}", "http", tmp_path / "log") as bot:
        until(lambda: bot.get("/healthz") == (200, "ok"))
        assert bot.stop() == 0


def win(slack: Sandbox) -> None:
    """Win a bid, and so have something announced."""
    for typed in ("new ACME 1m", "submit ACME", "won ACME"):
        slack.control.command(ANN, GENERAL, f"/bid {typed}")


def called(slack: Sandbox, name: str) -> Callable[[], bool]:
    """Return the question whether the bot has called a method."""
    return lambda: any(call["name"] == name for call in slack.control.traffic())


@pytest.mark.parametrize("way", ["socket", "http"])
def test_what_is_in_hand_is_finished_when_the_bot_is_told_to_stop(sqlite_database: str, tmp_path: Path, way: str) -> None:
    with workspace() as slack, program(sqlite_database, slack.url, way, tmp_path / "log") as bot:
        slack.events_url = f"http://127.0.0.1:{bot.port}/slack/events" if way == "http" else None
        until(lambda: bot.ready() and (slack.events_url or slack.deliveries.sockets.connected))
        slack.control.fault(kind="delay", method="chat.postMessage", seconds=1)
        win(slack)
        until(called(slack, "chat.postMessage"))
        slack.control.fault(kind="delay", method="views.open", seconds=0.5)
        answers: list[int] = []
        typing = threading.Thread(target=lambda: answers.append(slack.control.command(ANN, GENERAL, "/bid new")["status"]))
        typing.start()
        until(called(slack, "views.open"))
        assert bot.stop() == 0
        typing.join()
        assert answers == [200]
        program_again = Program(bot.environ, bot.port, bot.log)
        program_again.start()
        until(program_again.ready)
        assert program_again.stop() == 0
        assert len([message for message in slack.control.messages(ANN, "C0WINS001") if message.get("bot_id")]) == 1


def test_it_stops_although_slack_hangs(sqlite_database: str, tmp_path: Path) -> None:
    with workspace() as slack:
        slack.control.fault(kind="delay", method="users.list", seconds=30, times=9)
        slack.control.fault(kind="delay", method="chat.postMessage", seconds=30, times=9)
        with program(sqlite_database, slack.url, "http", tmp_path / "log") as bot:
            slack.events_url = f"http://127.0.0.1:{bot.port}/slack/events"
            until(bot.ready)
            win(slack)
            until(called(slack, "chat.postMessage"))
            assert bot.stop() == 0
