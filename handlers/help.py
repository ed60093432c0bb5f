"""`help`: made from the routes, so that it lists just what there is and what the person may."""

from collections.abc import Mapping

from bot.language import N_
from bot.policy.people import may
from bot.views import help as views
from handlers.context import Answer, Say, Turn
from handlers.routes import UMBRELLA, Routes, Word
from storage.store import Shelves

ABOUT: Mapping[str, str] = {
    "/opportunity": N_("the deal on which research, solution, demos and bid hang"),
    "/customer": N_("customers: people, enquiries, opinions and surveys"),
    "/research": N_("what a customer requires, asked, confirmed and written down"),
    "/solution": N_("solutions: planned, written, judged and confirmed"),
    "/demo": N_("demos: prepared, given, and what customers thought of them"),
    "/bid": N_("bids: assessed, written, submitted, won or lost"),
    "/review": N_("appraisals: your self-review, your team, your results"),
    "/honour": N_("honours: nominate somebody, and see who was honoured"),
}
MEASURED = ("WHEN", "amount", "AMOUNT", "cost")  # what stands in the usage of a word that takes an amount or a time


def help_word(routes: Routes, command: str) -> Word:
    """Return the word `help` of a command; that of the umbrella lists the other commands too."""

    def answer(turn: Turn, _shelves: Shelves) -> Answer:
        words = [word for word in routes.commands[command].values() if not word.needs or may(word.needs, turn.roles)]
        lines = [views.Line(f"{command} {turn._(word.usage)}", turn._(word.meaning)) for word in words]
        known = [name for name in ABOUT if name in routes.commands] if command == UMBRELLA else []
        others = [views.Line(f"{name} help", turn._(ABOUT[name])) for name in known]
        hinted = any(sign in word.usage for word in words for sign in MEASURED)
        return Say(views.listing(turn._, command, lines, others, hinted=hinted))

    return Word("help", answer, N_("help"), N_("see what it knows"), ("?", "帮助", "幫助", "說明"), reads=True)
