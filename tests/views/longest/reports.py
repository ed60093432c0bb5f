"""The fullest reports, and what their views are given besides."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.policy.bids import Bid
from bot.policy.bids.figures import Figure
from bot.policy.bids.measures import Measure
from bot.policy.calendar import Calendar
from bot.policy.surveys import Survey
from bot.policy.tallies import Party, Reading, Scope, period
from bot.views.reports import figures, reasons
from tests.views.longest.bids import BIDS
from tests.views.longest.demos import LONGEST as DEMO
from tests.views.longest.research import RESEARCHES
from tests.views.longest.shared import AMOUNT, HANDBOOK, text
from tests.views.longest.solutions import SOLUTIONS
from tests.views.longest.surveys import ANSWERED

YEAR = period(2026, None, Calendar(HANDBOOK.company))
QUARTER = period(2026, 4, Calendar(HANDBOOK.company))
ASKED = [figures.Asked(Party(scope, text(100)), YEAR.name, figure, page) for scope in Scope for figure in Figure for page in (0, 1)]
READINGS = [Reading(AMOUNT, AMOUNT, 999_999, enough) for enough in (True, False)]
CONTENTS = [
    figures.Content(dict.fromkeys(Figure, reading), dict.fromkeys(Measure, AMOUNT), HANDBOOK.bids.win_rate, "f" * 12)
    for reading in (*READINGS, None)
]
RECORDS = [*BIDS, DEMO, *RESEARCHES, *SOLUTIONS]
SOURCES = [reasons.Source(ANSWERED, 999_999_999), reasons.Source(ANSWERED), *(reasons.Source(record) for record in RECORDS)]

CONTENT: Mapping[object, list[Any]] = {
    Bid: BIDS,
    reasons.Source: SOURCES,
    Sequence[reasons.Source]: [*(SOURCES[start : start + reasons.PAGE] for start in range(0, len(SOURCES), reasons.PAGE)), []],
    Survey: [ANSWERED, ANSWERED.amended(verified=False)],
    Figure: [*Figure],
    "earlier": ["2025Q4"],
    figures.Asked: ASKED,
    figures.Whose: [figures.Whose(text(200), span, "CNY") for span in (YEAR, QUARTER)],
    figures.Content: CONTENTS,
    Sequence[tuple[str, figures.Asked]]: [[(text(100), asked) for asked in ASKED[:4]]],
}
