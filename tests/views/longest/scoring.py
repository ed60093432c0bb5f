"""The longest scorings, and what lists, forms, comparisons and the grid of calibration are given besides."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from bot.policy.appraisals.calibration import Average, Averages
from bot.policy.appraisals.cycle import Kind, Phase, rules_of
from bot.policy.appraisals.evidence import Done, Heap, Work
from bot.policy.appraisals.manager import Mine
from bot.policy.appraisals.marks import Difference
from bot.policy.appraisals.record import (
    LONG,
    Appraisal,
    Calibration,
    Grade,
    Measure,
    Measured,
    Part,
    Scoring,
    SelfReview,
    State,
)
from bot.policy.appraisals.scoring import Gate
from bot.policy.appraisals.suggesting import Suggestion
from bot.views.appraisals.calibration import PAGE, Grid, Place, Row
from bot.views.appraisals.scoring_steps import GRADE, Page, Shown
from bot.views.appraisals.team import Below
from bot.views.blocks import Message, divider
from tests.views.longest.cycles import APPRAISAL, CYCLE
from tests.views.longest.shared import AMOUNT, CROWD, ME, NOW, text

HUNDRED = Decimal("100.0")
QUARTER = CYCLE.amended(state=Phase.CALIBRATION)
YEAR = QUARTER.amended(kind=Kind.YEAR, period="2026")
SKILLS = [one.id for one in rules_of(CYCLE).appraisals.competencies]
FACTS: dict[str, Any] = {"part": AMOUNT, "whole": AMOUNT, "n": 99_999, "value": AMOUNT, "score": HUNDRED, "given": HUNDRED}
MEASURED = tuple(Measured(measure=one, weight=HUNDRED, **FACTS) for one in Measure)
FEW = MEASURED[0].amended(value=None, score=None)
OWN = SelfReview(
    summary=text(LONG),
    words=dict.fromkeys(Part, text(LONG)),
    marks=dict.fromkeys(Part, 5),
    competencies=dict.fromkeys(SKILLS, 5),
    evidence=dict.fromkeys(SKILLS, text(LONG)),
)
SCORING = Scoring(
    manager=CROWD[2],
    marks=dict.fromkeys(Part, 1),
    comments=dict.fromkeys(Part, text(LONG)),
    competencies=dict.fromkeys(SKILLS, 1),
    comment=text(LONG),
    development=text(LONG),
    grade=Grade.EXCELLENT,
    why=text(1000),
    version=99,
)
SEEN = SCORING.amended(blind=dict.fromkeys(Part, 2), blind_competencies=SCORING.competencies)
CHANGES = tuple(Calibration(at=NOW, by=ME, was=Grade.OUTSTANDING, became=Grade.FAIL, why=text(1000)) for _ in range(12))
BLIND = APPRAISAL.amended(state=State.MANAGER_DRAFT, self_review=OWN, self_submitted_at=NOW, scoring=SCORING, period="2026")
QUARTERS = {f"2026Q{n}": (HUNDRED, Grade.EXCELLENT) for n in range(1, 5)}
COMPARED = BLIND.amended(scoring=SEEN, earlier=(SEEN,) * 5, quarters=QUARTERS)
LATE = COMPARED.amended(self_review=SelfReview(), self_submitted_at=None, late_why=text(1000))
GRADED: dict[str, Any] = {"score": HUNDRED, "suggested": Grade.GOOD, "grade": Grade.OUTSTANDING, "calibrated": Grade.EXCELLENT}
DONE = COMPARED.amended(state=State.CALIBRATED, measured=MEASURED, calibrations=CHANGES, **GRADED)
BEGUN = APPRAISAL.amended(state=State.SELF_SUBMITTED)
APPRAISALS = [BLIND, COMPARED, LATE, DONE, BEGUN]
TEAM = [one.amended(person=person) for one in (*APPRAISALS, *(DONE.amended(state=state) for state in State)) for person in CROWD[1:4]]
PIECE = Done("D-999999999", text(200), text(75), link="https://a.example/" + "a" * 90)
WORK = {kind: Heap(9999, (PIECE,) * 10) for kind in Work}
SUGGESTED = [Suggestion(HUNDRED, Grade.OUTSTANDING), Suggestion(None, None, (Gate.TOO_SHORT,))]
SHOWN = [Shown(MEASURED, SUGGESTED[0], {}, WORK, text(200)), Shown((FEW,) * 7, SUGGESTED[1], {}, {}, text(200))]
PLACE = Place(999_999_999, 0, text(100))
ROWS = [Row(DONE, True, [Mine.SEE, Mine.DIFFERENCES, Mine.REOPEN]), Row(BEGUN, False), Row(BLIND, False)]
TEAMS = [text(99) + str(n) for n in range(10)] + [text(90) + str(n) for n in range(90)]
GRIDS = [
    Grid(PLACE._replace(team=""), (ROWS * PAGE)[:PAGE], [DONE] * 60, TEAMS, {one: text(200) for one in CROWD}, True),
    Grid(PLACE, [], [], [], {}, False),
]
SPREAD = dict.fromkeys(Grade, 9999)
AVERAGE = [
    Average(text(200), 9999, HUNDRED, HUNDRED, SPREAD),
    Average(text(200), 9999, HUNDRED, None, SPREAD),
    Average(text(200), 3, None, None, {}),
]
AVERAGES = [Averages(AVERAGE[1], AVERAGE * 40, AVERAGE * 40)]

CONTENT: Mapping[object, list[Any]] = {
    **{f"{view}(appraisals)": [TEAM, TEAM[:3], []] for view in ("team.listed", "team.further", "team.page_of", "team.standing")},
    **{f"team.{view}(page)": [0, 1, 2] for view in ("listed", "further", "page_of", "turning")},
    "team.turning(ordered)": [TEAM, TEAM[:1]],
    "team.row(appraisal)": TEAM,
    "team.row(name)": [text(200)],
    "team.page_of(top)": [()],
    "team.with_teams(chosen)": [CROWD[1], ""],
    "team.with_cycles(cycles)": [[QUARTER, YEAR], []],
    "team.with_cycles(manager)": [ME],
    **{f"{view}(appraisal)": [COMPARED, BLIND, LATE, DONE] for view in ("scoring.form", "differences.sheet", "differences.compared")},
    **{f"scoring.{view}(appraisal)": [BLIND, COMPARED] for view in ("evidence", "marks", "rest", "late", "measure")},
    **{f"scoring_steps.{view}(appraisal)": [BLIND, COMPARED] for view in ("about", "step_of")},
    **{f"grading.{view}(appraisal)": [COMPARED, LATE] for view in ("grading", "suggesting")},
    **{f"{view}(cycle)": [QUARTER, YEAR] for view in ("scoring.form", "grading.suggesting", "grading.choosing")},
    "grading.grading(cycle)": [QUARTER, YEAR, QUARTER.amended(state=Phase.OPEN)],
    "scoring.measure(cycle)": [QUARTER, QUARTER.amended(state=Phase.OPEN)],
    **{f"scored.{view}(appraisal)": [DONE, BLIND] for view in ("reopening", "handed_in", "reopened")},
    **{f"differences.{view}(appraisal)": [COMPARED, LATE] for view in ("own_words", "earlier")},
    "differences.difference(one)": [Difference("results", 1, 5), Difference("results", 3, 3), Difference("results", None, 5)],
    **{f"differences.{view}(limit)": [LONG] for view in ("compared", "own_words")},
    "differences.difference(name)": [text(75)],
    "scoring_steps.step_of(callback)": [GRADE],
    "scoring_steps.step_of(blocks)": [(divider(),)],
    "scoring_steps.step_of(submit)": ["Next"],
    "scoring_steps.step_of(back)": [Page.REST, None],
    "scoring_steps.marking(action)": ["appraisals.score_weigh"],
    "scoring.rating(competency)": SKILLS,
    "scoring.rating(name)": [text(75)],
    "scored.reopened(by)": [ME],
    "scored.reopened(why)": [text(1000)],
    "calibration.form(appraisal)": [DONE],
    "calibration.row(one)": ROWS,
    "calibration.change(one)": CHANGES[:1],
    "averages.average(one)": AVERAGE,
    "calibration.grid(note)": [text(200), ""],
    **{f"{view}(note)": [text(200), ""] for view in ("differences.sheet", "differences.compared")},
    "calibration.spread(appraisals)": [TEAM, []],
    "team.with_teams(shown)": [Message("", (divider(),))],
    "team.with_cycles(shown)": [Message("", (divider(),))],
    Sequence[Below]: [[Below(one, text(200), 9999) for one in CROWD], []],
    Sequence[Grade]: [[*Grade]],
    Shown: SHOWN,
    Page: [*Page],
    Part: [*Part],
    Measured: [*MEASURED, FEW],
    Scoring: [SEEN, SCORING, Scoring(manager=ME)],
    Suggestion: SUGGESTED,
    Grid: GRIDS,
    Place: [PLACE],
    Averages: AVERAGES,
    Sequence[Appraisal]: [TEAM, []],
}
