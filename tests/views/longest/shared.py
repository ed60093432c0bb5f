"""What every capability has at its longest: texts, people, amounts, times."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from bot.handbook import Handbook, load_handbook
from bot.policy.people import STANDING, Person
from bot.views.blocks import Block, Sentence, prose, section

HANDBOOK = load_handbook(None)
NOW = datetime(2026, 12, 30, 23, 59, tzinfo=UTC)
DAY = date(2026, 12, 31)
CROWD = tuple(f"U0COLLEAGUE{n:02}" for n in range(20))
ME = CROWD[0]
ZONE = "America/Argentina/ComodRivadavia"
AMOUNT = Decimal("999999999999.99")


def text(length: int) -> str:
    """Return Chinese text of just this length, with what Slack must not read in it."""
    return ("华东区轨道交通数据中台二期建设工程<!channel>&`*_" * (length // 20 + 1))[:length]


PERSON = Person(
    id=ME, name=text(200), post="presales_consultant", manager=CROWD[1], team=text(100), roles=frozenset(STANDING), email=text(200)
)

CONTENT: Mapping[object, list[Any]] = {
    Person: [PERSON],
    Handbook: [HANDBOOK],
    Sequence[Block]: [[section(text(3000))] * 45, []],
    Sentence: [prose("{text}", text=text(2000))],
    datetime: [NOW, NOW - timedelta(days=6)],
    bool: [True, False],
    int | None: [999_999_999, None],
    int: [999_999_999],
    "command": ["/opportunity"],
    "company": [text(200)],
    "currency": ["CNY"],
    "error": ["missing_scope"],
    "goes_on": ["bids.submit"],
    "language": ["", "en", "zh-Hans", "zh-Hant"],
    "near": [[text(200)] * 3],
    "people": [CROWD],
    "person": [ME, CROWD[1]],
    "zone": [ZONE],
    "names": [[text(200)] * 3],
    str: [text(2000)],
}
