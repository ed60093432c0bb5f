"""The longest cycles, and what their pages, forms, reminders and progress are given besides."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.handbook import load_handbook
from bot.policy.appraisals.cycle import Cycle, Kind, Move, Phase, kept_rules
from bot.policy.appraisals.phases import ITEMS, Counts, Item
from bot.policy.appraisals.record import Appraisal, PeerRating, State
from bot.views.appraisals import cycle_forms, cycles
from bot.views.appraisals.cycles import Shown
from bot.views.appraisals.department import News
from bot.views.appraisals.progress import Items, Open
from tests.views.longest.shared import CROWD, DAY, ME, NOW, text

CYCLE = Cycle(
    id=999_999_999,
    period="2026Q3",
    slot="2026Q3",
    kind=Kind.QUARTER,
    start=DAY,
    end=DAY,
    handbook="0123456789ab",
    rules=kept_rules(load_handbook(None)),
    opened_at=NOW,
    self_due=DAY,
    manager_due=DAY,
    calibration_due=DAY,
    published_at=NOW,
    total=10_000,
)
CYCLES = [CYCLE.amended(state=phase, appeal_until=until) for phase in Phase for until in (None, DAY)]
APPRAISAL = Appraisal(
    id=999_999_999,
    cycle=999_999_999,
    period="2026Q3",
    person=CROWD[1],
    manager=CROWD[2],
    asked=CROWD[3],
    team=text(100),
    post="presales_consultant",
    served=92,
    days=92,
    opened_at=NOW,
    excused_why=text(500),
)
PEOPLE = [APPRAISAL.amended(person=person, manager=manager) for person, manager in zip(CROWD[:10], ("", *CROWD), strict=False)]
COUNTS = dict.fromkeys(State, 10000)
OPEN_ITEMS = {item: Open(10_000, (text(200),) * 5) for item in Item}
MOVES = ((Move.BACK, Move.PUBLISH, Move.POSTPONE), (Move.REVIEW, Move.CANCEL, Move.POSTPONE), (Move.CLOSE, Move.PAY), (Move.CALIBRATE,))
NAMES = {person: text(200) for person in CROWD}
SHOWN = [
    Shown(COUNTS, 5000, dict.fromkeys(Item, 10_000), moves, True, True, ME, item, PEOPLE, NAMES, page=3)
    for moves in MOVES
    for item in (*ITEMS[Phase.MANAGER_REVIEW], None)
]

CONTENT: Mapping[object, list[Any]] = {
    "cycles.person_row(appraisal)": PEOPLE,
    "cycle_forms.why_form(step)": [*cycle_forms.TITLES],
    "cycle_forms.person_form(step)": [*cycles.PEOPLE],
    "cycle_forms.open_form(periods)": [["2026Q3", "2026"] * 3],
    "cycle_forms.day_of(name)": ["self_due"],
    "reminders.reminder(appraisal)": [APPRAISAL.amended(state=state) for state in State],
    "reminders.reminder_retold(appraisal)": [APPRAISAL.amended(state=state) for state in State],
    "reminders.reminder_retold(key)": [f"appraisals.reminder:999999999:{slot}-20261231" for slot in (0, 3)],
    "reminders.team_reminder(cycle)": [CYCLE.amended(state=Phase.MANAGER_REVIEW)],
    "reminders.team_reminder(overdue)": [False, True],
    "reminders.team_reminder(left)": [10_000, 0],
    "reminders.peer_reminder(ratings)": [[PeerRating(id=n, cycle=1, person=one, rater=ME, asked_at=NOW) for n, one in enumerate(CROWD)]],
    "reminders.handover(new)": [CROWD[3], CROWD[4]],
    "reminders.handover(appraisal)": [APPRAISAL, APPRAISAL.amended(manager=""), APPRAISAL.amended(state=State.EXCUSED)],
    "reminders.handover_retold(key)": [f"appraisals.handover:999999999:{new}:{ME}" for new in (CROWD[3], CROWD[4])],
    "scored.handed_in(following)": [APPRAISAL, None],
    "cycles.page(lead)": [()],
    "cycles.page(cycle)": CYCLES,
    "cycles.buttons(cycle)": CYCLES,
    "cycles.step_button(move)": [Move.REVIEW, Move.CALIBRATE, Move.PUBLISH, Move.CLOSE],
    "manager": [CROWD[2]],
    Cycle: CYCLES,
    Sequence[Cycle]: [CYCLES[:8], []],
    Appraisal: [APPRAISAL, APPRAISAL.amended(manager="", asked="")],
    Shown: SHOWN,
    News: [*News],
    Counts: [COUNTS, {}],
    Item: [*Item],
    Items: [OPEN_ITEMS, {}],
    Open: [OPEN_ITEMS[Item.SELF]],
    Move: [*Move],
    date: [DAY],
    date | None: [DAY, None],
    Mapping[str, str]: [{one: text(200) for one in CROWD}],
    "n": [10_000],
    "handed_in": [5000, 0],
}
