"""`/review cycle` as the HR department uses it, and as nobody else can."""

from collections.abc import Iterator
from datetime import date
from json import dumps
from typing import Any
from urllib.parse import urlencode

import pytest

from bot.policy.appraisals.cycle import Cycle, Phase
from bot.policy.appraisals.record import Appraisal, Grade, Scoring, State
from bot.policy.people import Role
from bot.views.appraisals import cycles as views
from bot.views.appraisals.reminders import NEW_SCORES, OLD_SCORES
from scheduler.appraisals import opening, phases, reminding
from scheduler.job import Occasion
from tests.faults.deliveries import FORM, post, press, signed, submission
from tests.office import Office, Seen, Somebody, open_office

ENGINEER = "presales_engineer"


@pytest.fixture
def desk(database: str) -> Iterator[Office]:
    """Return an office with two engineers, their manager, an HR department of two, one of whom is appraised, and an administrator."""
    with open_office(database, http=True) as office:
        office.places("may", post="department_manager")
        for name in ("ann", "bob"):
            office.places(name, post=ENGINEER, manager="may")
        office.places("hana", post=ENGINEER, manager="may", roles=frozenset({Role.HR}))  # type: ignore[arg-type]
        office.places("dan", roles=frozenset({Role.HR}))  # type: ignore[arg-type]
        yield office


@pytest.fixture
def opened(desk: Office) -> Office:
    """Return the office with the cycle of the third quarter open."""
    desk.hana.types("/review cycle open 2026Q3")
    work(desk)
    return desk


def work(office: Office) -> None:
    """Let the jobs of appraisals run once."""
    for job in (*opening.JOBS, *phases.JOBS, *reminding.JOBS):
        job.run(Occasion(office.clock.now(), office.bot.store, office.bot.desk.handbook))
    office.settle()


def the_cycle(office: Office) -> Cycle:
    """Return the latest cycle."""
    with office.bot.store.look() as shelves:
        return shelves.cycles.latest()[0]


def of(office: Office, name: str) -> Appraisal:
    """Return somebody's appraisal."""
    with office.bot.store.look() as shelves:
        found = shelves.appraisals.of(the_cycle(office).id, getattr(office, name).id)
    assert found is not None
    return found


def put(office: Office, name: str, **changes: Any) -> None:
    """Change somebody's appraisal as if its people had done so."""
    one = of(office, name)
    with office.bot.store.change() as shelves:
        shelves.appraisals.save(one.amended(**changes))


def moved(office: Office, phase: Phase, state: State) -> None:
    """Put the cycle into a phase, and everybody into a state."""
    cycle = the_cycle(office)
    with office.bot.store.change() as shelves:
        shelves.cycles.save(cycle.amended(state=phase))
    for name in ("ann", "bob", "may", "hana"):
        put(office, name, state=state, grade=Grade.GOOD, scoring=Scoring(manager="U0MAY0001"))


def page(office: Office, who: str = "hana") -> Seen:
    """Return the page of the cycle as somebody sees it."""
    person: Somebody = getattr(office, who)
    return person.types(f"/review cycle {the_cycle(office).period}")


def test_a_cycle_is_begun_by_hand_and_its_people_are_invited(desk: Office) -> None:
    answer = desk.hana.types("/review cycle open 2026Q3")
    assert "is being prepared" in answer.words and "4 people" in answer.words
    work(desk)
    assert (the_cycle(desk).state, the_cycle(desk).opened_by) == (Phase.OPEN, desk.hana.id)
    assert "self-review" in desk.ann.told[-1].words
    assert "open for self-reviews" in desk.dan.told[-1].words
    assert "There is a cycle for 2026Q3 already." in desk.hana.types("/review cycle open 2026Q3").words


def test_a_cycle_is_begun_by_form(desk: Office) -> None:
    desk.hana.types("/review cycle").press("Begin a cycle")
    assert desk.hana.fills(period="2026Q2") == {}
    assert the_cycle(desk).period == "2026Q2"


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("open 2026Q4", "is not over yet"),
        ("open soon", "is no quarter"),
        ("2025Q1", "There is no cycle for 2025Q1"),
    ],
)
def test_what_cannot_be_is_refused(desk: Office, typed: str, answer: str) -> None:
    assert answer in desk.hana.types(f"/review cycle {typed}").words


def test_a_cycle_in_which_nobody_would_be_is_refused(desk: Office) -> None:
    for name in ("ann", "bob", "may", "hana"):
        desk.places(name, post="sales")
    assert "Nobody would be in it" in desk.hana.types("/review cycle open 2026Q3").words


@pytest.mark.parametrize("who", ["ann", "may", "ada"])
@pytest.mark.parametrize("typed", ["/review cycle", "/review cycle 2026Q3", "/review cycle open 2026Q3"])
def test_cycles_are_for_the_hr_department_alone(opened: Office, who: str, typed: str) -> None:
    person: Somebody = getattr(opened, who)
    assert "the HR department" in person.types(typed).words
    assert len([cycle for cycle in [the_cycle(opened)] if cycle.period == "2026Q3"]) == 1


@pytest.mark.parametrize("who", ["U0ANN0001", "U0MAY0001", "U0ADA0001", "U0GUS0001"])
def test_no_button_and_no_form_of_a_cycle_works_for_others(opened: Office, who: str) -> None:
    cycle, before = the_cycle(opened), of(opened, "bob")
    workspace = opened.sandbox.control.workspace
    for action in (views.NEXT, views.PUBLISH, views.CLOSE, NEW_SCORES, OLD_SCORES):
        deliver(opened, press(workspace, action, str(cycle.id), who))
    given = {"person": opened.bob.id, "why": "because", "served": "10", "scorer": who, "period": "2026Q2", "self_due": "2026-12-31"}
    for form in (views.OPEN, views.POSTPONE, views.BACK, views.CANCEL, *views.PEOPLE):
        filled = submission(form, given, str(cycle.id), who)
        deliver(opened, filled | {"view": filled["view"] | {"id": f"V{form}"}})
    assert (the_cycle(opened), of(opened, "bob")) == (cycle, before)


def deliver(office: Office, payload: dict[str, Any]) -> None:
    """Deliver an interaction as Slack does, of something that this person was never shown."""
    body = urlencode({"payload": dumps(payload)}).encode()
    assert post(office.bot.settings.port, body, signed(body, FORM))[0] == 200


def test_the_page_says_what_is_open_for_whom(opened: Office) -> None:
    seen = page(opened)
    assert "open for self-reviews" in seen.words and "nobody to score them: 1" in seen.words
    names = seen.press("Names")
    assert names is not None and "May Manager: self-review not begun, scored by nobody yet" in names.words
    row = next(block for block in names.message["blocks"] if "May Manager:" in str(block))
    assert row["type"] == "section" and row["accessory"]["type"] == "overflow"


def test_the_cycle_goes_on_by_hand_only_when_nothing_is_open(opened: Office) -> None:
    answer = page(opened).press("On to the managers")
    assert answer is not None and "has to wait" in answer.words and "self-review not handed in: 4" in answer.words
    for name in ("ann", "bob", "may", "hana"):
        put(opened, name, state=State.SELF_SUBMITTED)
    page(opened).press("On to the managers")
    assert the_cycle(opened).state is Phase.MANAGER_REVIEW
    answer = page(opened).press("On to calibration")
    assert answer is not None and "not scored: 4" in answer.words
    moved(opened, Phase.MANAGER_REVIEW, State.MANAGER_SUBMITTED)
    page(opened).press("On to calibration")
    assert the_cycle(opened).state is Phase.CALIBRATION


def test_results_are_published_after_a_question_and_then_told(opened: Office) -> None:
    moved(opened, Phase.CALIBRATION, State.MANAGER_SUBMITTED)
    seen = page(opened)
    [button] = [
        one for block in seen.message["blocks"] for one in block.get("elements", []) if one.get("action_id", "").endswith("publish")
    ]
    assert "4 people are told their results. It cannot be taken back." in str(button["confirm"])
    seen.press("Publish")
    assert the_cycle(opened).state is Phase.PUBLISHED and the_cycle(opened).appeal_until is not None
    work(opened)
    assert the_cycle(opened).state is Phase.APPEAL_WINDOW and of(opened, "ann").state is State.PUBLISHED
    assert "Your appraisal of 2026Q3" in opened.ann.told[-1].words


def test_nothing_is_published_while_somebody_is_unscored(opened: Office) -> None:
    moved(opened, Phase.CALIBRATION, State.MANAGER_SUBMITTED)
    seen = page(opened)
    put(opened, "bob", state=State.MANAGER_DRAFT)
    answer = seen.press("Publish")
    assert answer is not None and "has to wait" in answer.words and the_cycle(opened).state is Phase.CALIBRATION


def test_a_cycle_is_closed_only_when_everything_has_ended(opened: Office) -> None:
    moved(opened, Phase.APPEAL_WINDOW, State.FINAL)
    put(opened, "bob", state=State.HR_REVIEW)
    answer = page(opened).press("Close")
    assert answer is not None and "appeal not settled: 1" in answer.words
    put(opened, "bob", state=State.FINAL)
    page(opened).press("Close")
    assert the_cycle(opened).state is Phase.CLOSED


def test_phases_are_postponed_by_form(opened: Office) -> None:
    page(opened).press("Postpone")
    assert "before today" in opened.hana.fills(self_due="2026-01-01", manager_due="2026-12-20", calibration_due="2026-12-30")["self_due"]
    assert "before today" in opened.hana.fills(self_due="2026-12-25", manager_due="2026-12-20", calibration_due="2026-12-30")["manager_due"]
    assert opened.hana.fills(self_due="2026-12-10", manager_due="2026-12-20", calibration_due="2026-12-30") == {}
    assert (the_cycle(opened).self_due, the_cycle(opened).calibration_due) == (date(2026, 12, 10), date(2026, 12, 30))


def test_a_cycle_is_cancelled_with_a_reason_and_its_period_is_free(opened: Office) -> None:
    page(opened).press("Cancel the cycle")
    assert opened.hana.fills(why="wrong quarter") == {}
    assert (the_cycle(opened).state, the_cycle(opened).slot) == (Phase.CANCELLED, None)
    work(opened)
    assert of(opened, "ann").state is State.EXCUSED
    assert "is being prepared" in opened.hana.types("/review cycle open 2026Q3").words


def test_calibration_goes_back_to_the_managers_with_a_reason(opened: Office) -> None:
    moved(opened, Phase.CALIBRATION, State.MANAGER_SUBMITTED)
    page(opened).press("Back to the managers")
    assert opened.hana.fills(why="two teams were mixed up") == {}
    assert the_cycle(opened).state is Phase.MANAGER_REVIEW
    with opened.bot.store.look() as shelves:
        last = shelves.audit.last(the_cycle(opened).subject)
    assert last is not None and last.reason == "two teams were mixed up"


def test_somebody_is_excused_and_readmitted_with_reasons(opened: Office) -> None:
    page(opened).press("Excuse somebody")
    assert opened.hana.fills(person=opened.bob.id, why="parental leave") == {}
    assert (of(opened, "bob").state, of(opened, "bob").excused_why) == (State.EXCUSED, "parental leave")
    assert "excused" in opened.bob.told[-1].words
    page(opened).press("Readmit somebody")
    assert opened.hana.fills(person=opened.bob.id, why="came back early") == {}
    assert of(opened, "bob").state is State.NOT_STARTED


def test_days_served_are_set(opened: Office) -> None:
    page(opened).press("Set days served")
    assert "whole number" in opened.hana.fills(person=opened.bob.id, served="ten", why="leave")["served"]
    assert "from 1 to 92" in opened.hana.fills(person=opened.bob.id, served="93", why="leave")["served"]
    assert opened.hana.fills(person=opened.bob.id, served="40", why="leave") == {}
    assert of(opened, "bob").served == 40


def test_who_scores_is_named_and_stays_so(opened: Office) -> None:
    page(opened).press("Name who scores")
    assert "their own" in opened.hana.fills(person=opened.may.id, scorer=opened.may.id)["scorer"]
    assert opened.hana.fills(person=opened.may.id, scorer=opened.lin.id) == {}
    page(opened).press("Name who scores")
    assert opened.hana.fills(person=opened.ann.id, scorer=opened.lin.id) == {}
    work(opened)
    assert (of(opened, "may").manager, of(opened, "ann").manager) == (opened.lin.id, opened.lin.id)


@pytest.mark.parametrize(
    ("label", "given"),
    [
        ("Excuse somebody", {"why": "me"}),
        ("Set days served", {"served": "10", "why": "me"}),
        ("Name who scores", {"scorer": "U0LIN0001"}),
    ],
)
def test_nobody_of_the_hr_department_decides_about_themselves(opened: Office, label: str, given: dict[str, str]) -> None:
    before = of(opened, "hana")
    page(opened).press(label)
    assert "about their own appraisal" in opened.hana.fills(person=opened.hana.id, **given)["person"]
    assert of(opened, "hana") == before
    page(opened, "dan").press(label)
    assert opened.dan.fills(person=opened.hana.id, **given) == {}
    assert of(opened, "hana") != before


def test_who_is_not_in_the_cycle_cannot_be_changed(opened: Office) -> None:
    page(opened).press("Excuse somebody")
    assert "not in this cycle" in opened.hana.fills(person=opened.lin.id, why="leave")["person"]


@pytest.mark.parametrize(("label", "scorer"), [("The new manager", "U0LIN0001"), ("The one who began", "U0MAY0001")])
def test_the_department_decides_who_scores_on(opened: Office, label: str, scorer: str) -> None:
    put(opened, "ann", state=State.MANAGER_DRAFT, scoring=Scoring(manager="U0MAY0001", comment="so far"))
    opened.places("ann", manager="lin")
    work(opened)
    [asked] = [seen for seen in opened.hana.told if "has another manager now" in seen.words]
    asked.press(label)
    one = of(opened, "ann")
    assert (one.manager, one.asked) == (scorer, "")
    assert [kept.comment for kept in one.earlier] == (["so far"] if scorer == "U0LIN0001" else [])
    [told] = [seen for seen in opened.dan.told if "scores" in seen.words]
    assert told.buttons == []
    work(opened)
    assert of(opened, "ann").manager == scorer


def test_the_department_sees_how_far_the_cycle_is(opened: Office) -> None:
    put(opened, "ann", state=State.SELF_SUBMITTED, self_submitted_at=opened.clock.now())
    work(opened)
    [told] = [seen for seen in opened.dan.told if "The appraisal of 2026Q3" in seen.words]
    assert "People: 4. Self-reviews handed in: 1. Scored: 0." in told.words and "Bob Engineer" in told.words
    answer = told.press("Open")
    assert answer is not None and "open for self-reviews" in answer.words


def test_a_self_review_that_is_overdue_counts_as_none_handed_in(opened: Office) -> None:
    put(opened, "ann", state=State.MANAGER_DRAFT, self_submitted_at=opened.clock.now())
    put(opened, "bob", state=State.SELF_OVERDUE)
    put(opened, "hana", state=State.MANAGER_SUBMITTED)
    assert "People: 4. Self-reviews handed in: 1; overdue: 2. Scored: 1." in page(opened, "dan").words


def test_the_department_is_called_once_when_scores_are_late_and_when_calibration_begins(opened: Office) -> None:
    moved(opened, Phase.MANAGER_REVIEW, State.MANAGER_DRAFT)
    opened.pass_time(days=60)
    work(opened)
    work(opened)
    assert len([seen for seen in opened.dan.told if "should be scored by now" in seen.words]) == 1
    moved(opened, Phase.MANAGER_REVIEW, State.MANAGER_SUBMITTED)
    page(opened).press("On to calibration")
    opened.settle()
    assert len([seen for seen in opened.dan.told if "calibration begins" in seen.words]) == 1
    assert [seen for seen in opened.hana.told if "calibration begins" in seen.words] == []
    styles = {button["text"]["text"]: button.get("style") for button in buttons_of(page(opened))}
    assert (styles["Calibration"], styles["Publish"]) == ("primary", "danger")


def buttons_of(seen: Seen) -> list[dict[str, Any]]:
    """Return the buttons of a message, as Slack got them."""
    rows = [block["elements"] for block in seen.message["blocks"] if block["type"] == "actions"]
    return [element for row in rows for element in row if element["type"] == "button"]
