"""What the views that belong to no capability are given: the directory, help, the self-check, home, what is found."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.policy.appraisals.lifting import Lift
from bot.policy.bids import Bid
from bot.policy.honours.record import Round
from bot.policy.machine import Staged
from bot.views import doctor
from bot.views.blocks import Choice
from bot.views.desk import Desktop, SoFar
from bot.views.finding import Near
from bot.views.help import Line
from tests.views.longest.bids import BIDS, MILESTONES
from tests.views.longest.demos import DEMOS
from tests.views.longest.dues import DUES
from tests.views.longest.honours import ROUNDS
from tests.views.longest.reasons import LIFTS, STANDINGS
from tests.views.longest.research import RESEARCHES
from tests.views.longest.shared import HANDBOOK, ME, NOW, ZONE, text
from tests.views.longest.solutions import SOLUTIONS

POSTS = {post.id: text(200) for post in HANDBOOK.posts}
FIXED: dict[str, Any] = {"person": ME, "now": NOW, "milestones": MILESTONES, "zone": ZONE}
STANDS: dict[str, Any] = {"so_far": SoFar(STANDINGS[0], LIFTS), "scores": 999_999_999, "dues": DUES[0], "rounds": ROUNDS[:3]}
WORKS: dict[str, Any] = {**STANDS, "research": RESEARCHES[:5], "solutions": SOLUTIONS[:5], "demos": DEMOS[:5]}
IDLE: dict[str, Any] = {"research": [], "solutions": [], "demos": [], "so_far": None, "scores": 0, "dues": DUES[1], "rounds": []}
MANY = [bid.amended(id=n) for n, bid in enumerate(BIDS)]
FOUND = [doctor.Finding(doctor.OUTBOX, ok, doctor.Phrase(text(300)), doctor.ELSE) for ok in (True, False, None)]

CONTENT: Mapping[object, list[Any]] = {
    "people.listing(page)": [0, 1],
    Sequence[Bid]: [BIDS[:10], []],
    Desktop: [Desktop(**{**dict.fromkeys(Desktop._fields, many), **FIXED, **works}) for many, works in ((MANY, WORKS), ([], IDLE))],
    Sequence[Lift]: [LIFTS, []],
    Sequence[Round]: [ROUNDS[:3], ROUNDS[:1], []],
    Staged: BIDS,
    Sequence[Staged]: [BIDS],
    Sequence[Near]: [[Near(bid, text(2000)) for bid in BIDS], []],
    Sequence[doctor.Finding]: [FOUND * 4],
    doctor.Finding: FOUND,
    Sequence[Line]: [[Line(text(60), text(200))] * 30],
    Sequence[Choice]: [[Choice(post, name) for post, name in POSTS.items()]],
    "manager": [text(200)],
    "scope": ["mine"],
    "posts": [POSTS],
}
