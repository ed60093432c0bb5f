"""The desk as it serves in production, but on loopback only, with as many more words in `/bid` as are asked for."""

import argparse
import os
import sys
from dataclasses import dataclass

import app
import handlers
from bot import logs
from bot.clock import Clock
from bot.handbook import load_handbook
from bot.settings import read_settings
from bot.views.blocks import says
from handlers.context import Answer, Say, Turn
from handlers.routes import Routes, Word
from handlers.web import Server, web_app
from storage.store import Shelves


@dataclass(frozen=True)
class Crowd:
    """A capability of many words."""

    size: int

    def register(self, routes: Routes) -> None:
        """Register them."""
        names = [f"word{number:04}" for number in range(self.size)]
        routes.command("/bid", "new", *(Word(name, nothing, name, name, reads=True) for name in names))


def nothing(_turn: Turn, _shelves: Shelves) -> Answer:
    """Answer with nothing in particular."""
    return Say(says())


class Bot(app.Bot):
    """The bot, reached from this machine alone."""

    def serve_web(self) -> None:
        """Serve deliveries and health on PORT."""
        self.servers.append(Server(web_app(lambda: self.bolt, self.troubles), "127.0.0.1", self.settings.port))
        self.servers[0].start()


def main() -> int:
    """Serve until told to stop."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--names", type=int, default=0)
    crowd = Crowd(parser.parse_args().names)
    if crowd.size:
        handlers.CAPABILITIES = (*handlers.CAPABILITIES, crowd)  # type: ignore[assignment]
    settings = read_settings(os.environ)
    logs.set_up(settings.log_level)
    bot = Bot(settings, load_handbook(settings.handbook), Clock())
    return app.until_told(bot.start, bot.stop)


if __name__ == "__main__":
    sys.exit(main())
