"""`help`: made from the routes, so that it lists just what there is."""

from bot.language import N_
from bot.views import help as views
from handlers.context import Answer, Say, Turn
from handlers.routes import Routes, Word
from storage.store import Shelves


def help_word(routes: Routes, command: str) -> Word:
    """Return the word `help` of a command."""

    def answer(turn: Turn, _shelves: Shelves) -> Answer:
        lines = [views.Line(f"{command} {turn._(word.usage)}", turn._(word.meaning)) for word in routes.commands[command].values()]
        return Say(views.listing(turn._, command, lines))

    return Word("help", answer, N_("help"), N_("see what it knows"), ("?", "帮助", "幫助", "說明"), reads=True)
