"""What the views that belong to no capability are given: the directory, help, the self-check, home, what is found."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.policy.bids import Bid
from bot.policy.machine import Staged
from bot.views import doctor
from bot.views.blocks import Choice
from bot.views.desk import Desktop
from bot.views.help import Line
from tests.views.longest.bids import BIDS, MILESTONES
from tests.views.longest.demos import DEMOS
from tests.views.longest.research import RESEARCHES
from tests.views.longest.shared import HANDBOOK, ME, NOW, ZONE, text
from tests.views.longest.solutions import SOLUTIONS

POSTS = {post.id: text(200) for post in HANDBOOK.posts}
FIXED: dict[str, Any] = {"person": ME, "now": NOW, "milestones": MILESTONES, "zone": ZONE}
WORKS: dict[str, Any] = {"research": RESEARCHES[:5], "solutions": SOLUTIONS[:5], "demos": DEMOS[:5]}
IDLE: dict[str, Any] = {key: [] for key in WORKS}
MANY = [bid.amended(id=n) for n, bid in enumerate(BIDS)]
FOUND = [doctor.Finding(doctor.OUTBOX, ok, doctor.Phrase(text(300)), doctor.ELSE) for ok in (True, False, None)]

CONTENT: Mapping[object, list[Any]] = {
    "people.listing(page)": [0, 1],
    Sequence[Bid]: [BIDS[:10], []],
    Desktop: [Desktop(**{**dict.fromkeys(Desktop._fields, many), **FIXED, **works}) for many, works in ((MANY, WORKS), ([], IDLE))],
    Staged: BIDS,
    Sequence[Staged]: [BIDS],
    Sequence[doctor.Finding]: [FOUND * 4],
    doctor.Finding: FOUND,
    Sequence[Line]: [[Line(text(60), text(200))] * 30],
    Sequence[Choice]: [[Choice(post, name) for post, name in POSTS.items()]],
    "manager": [text(200)],
    "scope": ["mine"],
    "posts": [POSTS],
}
