"""`/presales report` (§5.1): figures with what they are made of, for those whom they concern."""

from bot.language import N_
from bot.views.reports import figures
from handlers.reports.reasons import why
from handlers.reports.report import picture, report, shown
from handlers.routes import UMBRELLA, Routes, Word


def register(routes: Routes) -> None:
    """Register the report and its buttons."""
    usage = N_("report [me|team|NAME|all] [quarter|year|2026Q3]")
    word = Word("report", report, usage, N_("see win rate, bid rate and sales"), ("报告", "報告", "报表", "報表"), reads=True)
    routes.command(UMBRELLA, "home", word)
    for action in (figures.SHOW, figures.EARLIER, figures.YEAR):
        routes.button(action, shown)
    for action in (figures.WHY, figures.BACK):
        routes.button(action, why)
    routes.button(figures.PICTURE, picture)
