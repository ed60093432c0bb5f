"""The fullest reports, and what their views are given besides."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.policy.bids import Bid
from bot.policy.bids.figures import Figure
from bot.policy.bids.measures import Measure
from bot.policy.calendar import Calendar
from bot.policy.surveys import Survey
from bot.policy.tallies import Party, Reading, Scope, period
from bot.views import reports as views
from tests.views.longest.bids import BIDS
from tests.views.longest.demos import LONGEST as DEMO
from tests.views.longest.research import RESEARCHES
from tests.views.longest.shared import AMOUNT, HANDBOOK, text
from tests.views.longest.solutions import SOLUTIONS
from tests.views.longest.surveys import ANSWERED

YEAR = period(2026, None, Calendar(HANDBOOK.company))
QUARTER = period(2026, 4, Calendar(HANDBOOK.company))
ASKED = [views.Asked(Party(scope, text(100)), YEAR.name, figure, page) for scope in Scope for figure in Figure for page in (0, 1)]
READINGS = [Reading(AMOUNT, AMOUNT, 999_999, enough) for enough in (True, False)]
CONTENTS = [
    views.Content(dict.fromkeys(Figure, reading), dict.fromkeys(Measure, AMOUNT), HANDBOOK.bids.win_rate, "f" * 12)
    for reading in (*READINGS, None)
]
RECORDS = [*BIDS, DEMO, *RESEARCHES, *SOLUTIONS]
SOURCES = [views.Source(ANSWERED, 999_999_999), views.Source(ANSWERED), *(views.Source(record) for record in RECORDS)]

CONTENT: Mapping[object, list[Any]] = {
    Bid: BIDS,
    views.Source: SOURCES,
    Sequence[views.Source]: [*(SOURCES[start : start + views.PAGE] for start in range(0, len(SOURCES), views.PAGE)), []],
    Survey: [ANSWERED, ANSWERED.amended(verified=False)],
    Figure: [*Figure],
    "earlier": ["2025Q4"],
    views.Asked: ASKED,
    views.Whose: [views.Whose(text(200), span, "CNY") for span in (YEAR, QUARTER)],
    views.Content: CONTENTS,
    Sequence[tuple[str, views.Asked]]: [[(text(100), asked) for asked in ASKED[:4]]],
}
