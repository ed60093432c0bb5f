"""Bolt and nothing else: one listener that acknowledges with the text it was sent, in the middle of as many as are asked for."""

import argparse
import os
import signal
from collections.abc import Mapping
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

from slack_bolt import Ack, App
from slack_sdk import WebClient

ECHO = "/echo"
WEB = Path(__file__).parents[2] / "handlers" / "web.py"


def web() -> ModuleType:
    """Return the desk's web server, loaded without its package, whose memory and start-up would count as Bolt's."""
    spec = spec_from_file_location("web", WEB)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def echo(ack: Ack, command: dict[str, str]) -> None:
    """Acknowledge with the text."""
    ack(command["text"])


def bolt(names: int, told: Mapping[str, str]) -> App:
    """Return an app with that many commands: Bolt tries them in turn, so an average one has half of them before it."""
    client = WebClient(told["SLACK_BOT_TOKEN"], base_url=told["SLACK_API_URL"])
    app = App(client=client, signing_secret=told["SLACK_SIGNING_SECRET"], process_before_response=True)
    commands = [f"/word{number:04}" for number in range(names - 1)]
    commands.insert(len(commands) // 2, ECHO)
    for command in commands:
        app.command(command)(echo)
    return app


def main() -> None:
    """Serve until told to stop."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--names", type=int, default=1)
    app, served = bolt(parser.parse_args().names, os.environ), web()
    server = served.Server(served.web_app(lambda: app, dict), "127.0.0.1", int(os.environ["PORT"]))
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    server.start()
    signal.sigwait({signal.SIGTERM})
    server.stop()


if __name__ == "__main__":
    main()
