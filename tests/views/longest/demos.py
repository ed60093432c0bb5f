"""The longest demos with the longest feedback, and what their views are given besides."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.policy.demos import Action, Demo, Gap, Lesson, Question, Rehearsal, State, Summary
from bot.policy.demos.feedback import Feedback, Standing
from bot.policy.demos.nudges import Matter, Nudge
from bot.policy.people import Role
from bot.views.demos import lists, nudges, steps
from bot.views.follow_up import Offer
from tests.views.longest.shared import CROWD, DAY, ME, NOW, text

SUMMARY = Summary(feedback=text(3000), problems=(text(500),) * 20, improvements=(text(500),) * 20, by=ME, at=NOW)
QUESTION = Question(id=1, text=text(1000), owner=CROWD[1], due=DAY)
ANSWERED = QUESTION.amended(id=2, answer=text(2000), answered_at=NOW)
LONGEST = Demo(
    id=999_999_999,
    opportunity=999_999_999,
    customer_name=text(200),
    customer_key=text(200),
    owner=ME,
    members=CROWD[1:],
    zone="America/Argentina/ComodRivadavia",
    confidential=True,
    opened_at=NOW,
    at=NOW,
    content=text(2000),
    audience=text(500),
    environment=text(500),
    tools=text(500),
    evidence=text(1000),
    rehearsal=Rehearsal(at=NOW, note=text(1000), by=ME),
    delivered_at=NOW,
    summary=SUMMARY,
    questions=(*(QUESTION.amended(id=n) for n in range(10, 40)), QUESTION, ANSWERED),
    channel="C" + "0" * 20,
    why=text(1000),
)
SHORTEST = Demo(opportunity=1, customer_name="A", customer_key="a", owner=ME, opened_at=NOW)
DEMOS = [
    LONGEST,
    SHORTEST,
    *(LONGEST.amended(state=state) for state in State),
    *(SHORTEST.amended(state=state, rehearsal=Rehearsal(waiver=text(500), by=ME)) for state in State),
]
ENTRY = Feedback(
    id=999_999_999,
    demo=999_999_999,
    opportunity=999_999_999,
    customer_name=text(200),
    source="C1:1.000001",
    author=ME,
    text=text(3000),
    rating=5,
    at=NOW,
)
ENTRIES = [*(ENTRY.amended(state=standing) for standing in Standing), ENTRY.amended(text="", rating=None)]
LESSONS = [Lesson(LONGEST, text(500), improvement) for improvement in (True, False)]
SLOTS = {Matter.NEAR: f"60@{int(NOW.timestamp())}", Matter.SUMMARY: f"1@{int(NOW.timestamp())}", Matter.QUESTION: f"1:due@{DAY}"}
NUDGES = [Nudge(matter, ME, slot, NOW, NOW) for matter, slot in SLOTS.items()]
KEYS = [nudges.key_of(LONGEST, one) for one in NUDGES] + [f"{nudges.OWED}:1:{ME}:1", f"{nudges.OWED}:1:{ME}:2", f"{nudges.OWED}:1:{ME}:3"]
EVERY_ROLE = [frozenset(Role), frozenset[Role]()]

CONTENT: Mapping[object, list[Any]] = {
    Demo: DEMOS,
    Sequence[Demo]: [[LONGEST] * lists.PAGE, [SHORTEST], []],
    "lists.exists(demos)": [[LONGEST] * lists.PAGE],
    "feedback.log_form(demos)": [[LONGEST.amended(id=n) for n in range(1, 101)]],
    Feedback: ENTRIES,
    Sequence[Feedback]: [[ENTRY] * 50, [], [ENTRY.amended(rating=None)]],
    Offer | None: [*Offer, None],
    Action: [*Action],
    Sequence[Action]: [[action] for action in steps.BUTTONS] + [[*steps.BUTTONS], []],
    frozenset[Role]: EVERY_ROLE,
    Gap: [*Gap],
    Sequence[Gap]: [[*Gap]],
    Question: [QUESTION, ANSWERED],
    Lesson: LESSONS,
    Sequence[Lesson]: [LESSONS * 50, []],
    lists.Scope: [*lists.Scope],
    Nudge: NUDGES,
    Sequence[str]: [["1"], ["2"], ["3"]],
    date: [DAY],
    "forms.reason_form(step)": [steps.DECLINE, steps.CANCEL, steps.NO_SHOW],
    "nudges.retold(key)": KEYS,
    "nudges.question_now(key)": KEYS[-4:-1],
    "metadata": ["C" * 20 + ":1795672800.000001:U0COLLEAGUE00:1795672800.000001"],
    "place": ["C" * 20],
    "may": [ME],
    "rating": [5, None],
    "feedback.log_form(rating)": [5, None],
    "feedback.entry_fields(rating)": [5, None],
    "feedback.log_form(chosen)": [100],
}
