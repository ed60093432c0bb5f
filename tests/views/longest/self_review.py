"""The longest self-review, what stands beside it, and what colleagues are asked."""

from collections.abc import Mapping
from decimal import Decimal
from itertools import product
from typing import Any

from bot.handbook import load_handbook
from bot.policy.appraisals.cycle import Cycle, Kind, Phase, kept_rules
from bot.policy.appraisals.evidence import Done, Heap, Work
from bot.policy.appraisals.record import LONG, Appraisal, Measure, Measured, PeerRating, SelfReview, State
from bot.policy.appraisals.self_review import Page, all_fields, written
from bot.policy.bids import STATE_NAMES
from bot.views.appraisals.reasons import Asked
from bot.views.appraisals.self_form import Place
from tests.views.longest.shared import CROWD, DAY, ME, NOW, text

SKILLS = {f"skill{n}": text(75) for n in range(8)}
FIELDS = all_fields(list(SKILLS))
FULL = {name: "5" if name.startswith("mark_") else text(LONG) for name in FIELDS}
REVIEW = written(SelfReview(version=999_999), FULL)
CYCLE = Cycle(
    id=999_999_999,
    period="2026Q3",
    slot="2026Q3",
    kind=Kind.QUARTER,
    state=Phase.OPEN,
    start=DAY,
    end=DAY,
    handbook="1",
    rules=kept_rules(load_handbook(None)),
    opened_at=NOW,
    self_due=DAY,
    manager_due=DAY,
    calibration_due=DAY,
)
WHOSE = {"cycle": 999_999_999, "period": "2026Q3", "person": ME, "manager": CROWD[1], "served": 92, "days": 92, "opened_at": NOW}
WRITTEN = Appraisal(id=999_999_999, self_review=REVIEW, self_submitted_at=NOW, **WHOSE)
EMPTY = Appraisal(id=1, **WHOSE)
APPRAISALS = [*(WRITTEN.amended(state=state) for state in State), *(EMPTY.amended(state=state) for state in State)]
CYCLES = [*([CYCLE] * len(APPRAISALS)), *(CYCLE.amended(state=phase) for phase in Phase)]
PLACES = [Place(999_999_999, page, 999_999_999, asking) for page, asking in product(Page, (True, False))]
DONE = [Done("B-999999999", text(200), state, link="https://desk.example/" + "a" * 400) for state in STATE_NAMES.values()]
RATED = [Done("SV-999999999", text(200), mark=5), Done("D-1", "", "registered")]
HEAPS = [Heap(99_999, tuple((DONE * 2)[:20]), 99_999), Heap(2, tuple(RATED)), Heap(0, ()), Heap(0, (), 1)]
MEASURES = [
    Measured(
        measure=measure, part=Decimal(1), whole=Decimal(3), n=3, value=Decimal(33), score=score, given=Decimal(20), weight=Decimal("14.3")
    )
    for measure in Measure
    for score in (Decimal("66.66666"), None)
]
ASKED = [PeerRating(id=999_999_999, cycle=1, person=person, rater=ME, asked_at=NOW) for person in CROWD[:10]]
ANSWERED = [one.amended(communication=5, problem_solving=1, rated_at=NOW) for one in ASKED]
DECLINED = [one.amended(declined=True) for one in ASKED]


def told(views: str, **choices: list[Any]) -> dict[object, list[Any]]:
    """Return what some views of a file take, by view and parameter."""
    file, _dot, names = views.partition(".")
    return {f"{file}.{view}({name})": values for view in names.split() for name, values in choices.items()}


CONTENT: Mapping[object, list[Any]] = {
    **told("evidence.work_told heap_told work_page measures_told", appraisal=[WRITTEN]),
    **told("evidence.work_told", work=[dict.fromkeys(Work, heap) for heap in HEAPS]),
    **told("evidence.heap_told work_page", kind=[*Work], heap=HEAPS[:2], offset=[0, 99_900]),
    **told("evidence.work_page", heap=HEAPS),
    **told("evidence.rest", left=[1, 99_999], value=["999999999:opinions:0"]),
    **told("evidence.line", done=[*DONE, *RATED]),
    **told("evidence.measures_told", measures=[MEASURES[:7], MEASURES, []]),
    **told("evidence.measure_line", one=MEASURES),
    **told("peers.asked", ratings=[ASKED, ANSWERED, DECLINED], names=[{one: text(200) for one in CROWD}, {}], period=["2026Q3"]),
    **told("peers.asked", closed=[False, False, True]),
    **told("peers.row rating_form", rating=[ASKED[0], ANSWERED[0], DECLINED[0]], name=[text(200)]),
    **told("self_review.invited standing hints buttons handed_in taken_back recall_button", appraisal=APPRAISALS, cycle=CYCLES),
    **told("evidence.secret", heap=HEAPS),
    **told("self_review.none_open", begins=[DAY, None], asked=[Asked("", ME, "2026Q4"), None]),
    **told("self_review.handed_in counted", version=[999_999, 1]),
    **told("self_form.fields step_form asked_for reading_blocks reading", appraisal=APPRAISALS, cycle=CYCLES),
    **told("self_form.set_aside", cycle=[CYCLE], name=FIELDS, text=[text(LONG)]),
    **told("self_form.field entry_told", name=FIELDS, entered=[*FULL.values(), *[""] * (len(FIELDS) - 1)], lacking=[True, False]),
    **told("self_form.whereabouts", cycle=[CYCLE], number=[4]),
    **told("self_form.set_aside step_form asked_for fields field reading_blocks entry_told reading", skills=[SKILLS], place=PLACES),
    **told("self_form.reading_blocks", place=[PLACES[0], None]),
    **told("self_form.step_form", above=[()]),
}
