"""Scoring and calibration as Slack delivers them: who may, who may not, and that nothing is uncovered too early."""

from collections.abc import Iterator
from typing import Any

import pytest

from bot.policy.appraisals.cycle import Phase
from bot.policy.appraisals.record import Appraisal, Grade, Part, State
from bot.policy.people import Role
from bot.tables import ENCODING
from bot.views.appraisals import calibration, differences, grades_file, scoring_steps, team
from bot.views.appraisals.scoring_steps import DRAFT
from bot.views.blocks import actions, button, prose, says
from tests.appraising import appraisal_of, change
from tests.handlers.test_self_review import NUMBERS, deliver, pressing, submitting, typing
from tests.office import MONDAY, Office, open_office
from tests.stories.test_scoring import (
    MARKS,
    OWN,
    RATED,
    SECRET,
    calibrating,
    files_sent,
    goes_on,
    opened,
    opens_grid,
    presses,
    scored,
    words_of,
)

OTHERS = ("appraisals.result", "appraisals.whole", "appraisals.picture")
COVERED = "There is no such appraisal, or it is not for you."
EVERYBODY = ("ann", "bob", "chen", "hana", "ada", "lin", "dan", "gus")
PRESSED = (team.SCORE, team.SEE, team.DIFFERENCES, team.REOPEN, differences.RADAR, calibration.CHANGE)
GRIDDED = (team.CALIBRATION, calibration.AVERAGES, calibration.SHARES, calibration.TABLE)


@pytest.fixture
def desk(database: str) -> Iterator[Office]:
    """Return an office in which Ann's self-review waits for May, who is below Chen."""
    with open_office(database, http=True) as office:
        opened(office)
        yield office
        files_sent(office)


def shown(office: Office, name: str) -> str:
    """Return all that somebody was sent or shown: messages, forms and the home."""
    person = getattr(office, name)
    views = [words_of(view) + str(view) for view in office.sandbox.control.views(person.id)]
    return "\n".join([*views, *(str(seen.message) for seen in [*person.told, *person.all_seen("C0GENERAL")])])


def tries(office: Office, name: str, value: str, *wanted: str) -> str:
    """Have somebody press buttons that carry this value, as if they had been sent them; return all that they were ever shown."""
    person, seen = getattr(office, name), []
    key = f"tried:{next(NUMBERS)}"
    with office.bot.store.change() as shelves:
        row = [actions(button("Try", action, value)) for action in wanted]
        shelves.outbox.say(key, person.id, says(prose("Try"), also=row))
    office.settle()
    message = next(one.message for one in reversed(person.told) if one.buttons == ["Try"] * len(wanted))
    channel = person.told[-1].channel
    for block in message["blocks"][1:]:
        place = {"message": (channel, message["ts"]), "block_id": block["block_id"], "action_id": block["elements"][0]["action_id"]}
        office.sandbox.control.press(person.id, **place)
        office.settle()
        seen.append(shown(office, name))
    return "\n".join(seen)


def begins(office: Office) -> dict[str, Any]:
    """Have May begin with Ann; return the form of the marks."""
    office.may.told[0].press("Score")
    goes_on(office.may)
    return office.may.form()


def test_nothing_of_the_self_review_is_shown_before_the_blind_marks_are_fixed(desk: Office) -> None:
    views = []
    office = desk
    office.may.told[0].press("Score")
    views.append(office.may.form())
    for step in ({}, MARKS):
        goes_on(office.may, **step)
        views.append(office.may.form())
    for typed in (
        "/review team",
        "/review result of @may",
        "/review result of @ann",
        "/review why score @ann 2026Q4",
        "/review why @ann 2026Q4",
        "/review start",
    ):
        office.sandbox.control.command(office.may.id, "C0GENERAL", typed.replace("@ann", f"<@{office.ann.id}>"))
        office.settle()
    tried = tries(office, "may", "1", *(action for action in PRESSED if action != team.SCORE), *OTHERS)
    office.may.home()
    everything = tried + str(views) + str(office.sandbox.control.home_view(office.may.id))
    assert SECRET not in everything and "self 5" not in everything and "own marks come to" not in everything
    assert "own 5" not in everything
    assert "initial_option" not in str(views[0]) and all(view["private_metadata"] == "1" for view in views)
    office.may.told[0].press("Go on scoring")
    assert goes_on(office.may, **RATED, comment="Steady") == {}
    assert SECRET in words_of(office.may.form())


def test_a_reader_above_and_hr_see_nothing_before_it_is_scored(desk: Office) -> None:
    begins(desk)
    desk.chen.types("/review team")
    calibrating(desk)
    opens_grid(desk, desk.hana)
    assert "being scored" in words_of(desk.hana.form())
    for name in ("chen", "hana"):
        tried = tries(desk, name, "1", *PRESSED, *OTHERS, team.CALIBRATION)
        assert SECRET not in tried and "self 5" not in tried


def test_managers_above_read_what_was_scored_and_hr_compares_it_too(desk: Office) -> None:
    scored(desk)
    assert "Steady" in tries(desk, "chen", "1", team.SEE) and "Steady" in tries(desk, "hana", "1", team.SEE)
    assert SECRET not in tries(desk, "chen", "1", team.DIFFERENCES) and SECRET in tries(desk, "hana", "1", team.DIFFERENCES)
    calibrating(desk)
    assert "everybody (" in tries(desk, "hana", "1", calibration.AVERAGES)
    assert "everybody (" not in tries(desk, "chen", "1", calibration.AVERAGES, calibration.TABLE)


@pytest.mark.parametrize("name", EVERYBODY)
def test_nobody_but_the_manager_scores(desk: Office, name: str) -> None:
    person = getattr(desk, name)
    before = appraisal_of(desk)
    assert "step 1 of 4" not in tries(desk, name, "1", team.SCORE)
    form = begins(desk)
    after = appraisal_of(desk)
    deliver(desk, typing(form, "comment_part_quality", "Mine", at=99_999_999, who=person.id) | {"view": form})
    deliver(desk, submitting(form, MARKS, who=person.id))
    assert before.state is State.SELF_SUBMITTED and appraisal_of(desk) == after
    assert desk.sandbox.control.views(person.id) == []


@pytest.mark.parametrize("name", ["ann", "bob", "ada", "lin", "dan", "gus"])
def test_who_is_neither_above_nor_hr_sees_and_changes_nothing_of_what_was_scored(desk: Office, name: str) -> None:
    scored(desk)
    calibrating(desk)
    done = appraisal_of(desk)
    told = tries(desk, name, "1", *PRESSED, *OTHERS, *GRIDDED) + tries(desk, name, f"1:{desk.may.id}:0", team.BELOW, team.TEAM)
    assert appraisal_of(desk) == done
    assert "No deal was decided" not in told and "Steady" not in told and "(pass)" not in told and "manager pass" not in told


def test_the_person_does_nothing_about_their_own_scoring_even_as_hr_and_above(desk: Office) -> None:
    scored(desk)
    calibrating(desk)
    desk.places("ann", roles=frozenset({Role.STAFF, Role.HR, Role.ADMIN}))
    done = appraisal_of(desk)
    opens_grid(desk, desk.ann)
    assert "Ann Engineer" not in words_of(desk.ann.form()) and "Nobody has a grade yet." in words_of(desk.ann.form())
    tried = tries(desk, "ann", "1", *PRESSED, *OTHERS, *GRIDDED)
    form = calibration_form(desk)
    deliver(desk, submitting(form, {"grade": "excellent", "why": "I deserve it"}, who=desk.ann.id))
    assert appraisal_of(desk) == done and "manager pass" not in tried and "Steady" not in tried and "(1)" not in tried


def calibration_form(office: Office) -> dict[str, Any]:
    """Return the form in which Hana calibrates Ann."""
    opens_grid(office, office.hana)
    return presses(office.hana, "Calibrate")


@pytest.mark.parametrize("name", ["may", "bob", "ada", "dan", "gus", "ann"])
def test_a_forged_form_calibrates_nothing(desk: Office, name: str) -> None:
    scored(desk)
    calibrating(desk)
    form = calibration_form(desk)
    deliver(desk, submitting(form, {"grade": "excellent", "why": "Because"}, who=getattr(desk, name).id))
    assert appraisal_of(desk).calibrations == ()


def test_more_than_one_grade_is_forged_in_vain_by_a_manager_above(desk: Office) -> None:
    scored(desk)
    calibrating(desk)
    form = calibration_form(desk)
    status, body = deliver(desk, submitting(form, {"grade": "excellent", "why": "Because"}, who=desk.chen.id))
    assert status == 200 and "is for the HR department" in body and appraisal_of(desk).calibrated is None
    deliver(desk, submitting(form, {"grade": "good", "why": "Because"}, who=desk.chen.id))
    assert appraisal_of(desk).calibrated is Grade.GOOD


@pytest.mark.parametrize("value", ["", "0", "999", "9" * 40, "1:2:3", "ann", "-1", "1; drop table", "\u0661"])
def test_forged_numbers_lead_nowhere(desk: Office, value: str) -> None:
    scored(desk)
    calibrating(desk)
    done = appraisal_of(desk)
    for name in ("may", "hana", "chen"):
        person = getattr(desk, name)
        for action in (*PRESSED, *GRIDDED, team.TEAM, team.BELOW, scoring_steps.BACK, calibration.TEAM):
            assert deliver(desk, pressing(action, value, person.id))[0] == 200
    assert appraisal_of(desk) == done


def test_a_manager_is_not_shown_teams_beside_or_above(desk: Office) -> None:
    desk.places("dan", manager="chen")
    desk.settle()
    for who in ("dan", "chen", "may"):
        assert "The team of" not in tries(desk, "may", f"1:{getattr(desk, who).id}:0", team.BELOW)
        assert "Ann Engineer" not in tries(desk, "dan", f"1:{getattr(desk, who).id}:0", team.TEAM, team.BELOW)


def test_a_keystroke_that_comes_late_changes_nothing(desk: Office) -> None:
    form = begins(desk)
    at = int(MONDAY.timestamp()) - 1_700_000_000
    first = late(typing(form, "comment_part_quality", "Ne", at=at + 1, who=desk.may.id))
    second = late(typing(form, "comment_part_quality", "Neat", at=at + 2, who=desk.may.id))
    for payload in (second, first, second):
        assert deliver(desk, payload)[0] == 200
    kept = appraisal_of(desk).scoring
    assert kept is not None and kept.comments == {Part.QUALITY: "Neat"} and kept.version == 1


def late(payload: dict[str, Any]) -> dict[str, Any]:
    """Return a keystroke of this capability's form."""
    payload["actions"][0]["action_id"] = DRAFT
    return payload


def test_what_is_emptied_is_empty(desk: Office) -> None:
    form = begins(desk)
    at = int(MONDAY.timestamp()) - 1_700_000_000
    deliver(desk, late(typing(form, "comment_part_quality", "Neat", at=at + 1, who=desk.may.id)))
    deliver(desk, late(typing(form, "comment_part_quality", "", at=at + 2, who=desk.may.id)))
    kept = appraisal_of(desk).scoring
    assert kept is not None and kept.comments == {}


def test_a_form_of_somebody_else_s_scoring_is_refused(desk: Office) -> None:
    form = begins(desk)
    change(desk, 1, manager=desk.chen.id)
    status, body = deliver(desk, submitting(form, MARKS, who=desk.may.id))
    assert (status == 200 and COVERED in body) or "It is scored by" in body


def test_a_new_manager_sees_the_earlier_scoring_only_after_their_own(desk: Office) -> None:
    form = begins(desk)
    deliver(desk, submitting(form, MARKS | {"comment_part_results": "From her first manager"}, who=desk.may.id))
    change(desk, 1, manager=desk.chen.id)
    desk.settle()
    desk.chen.types("/review team").press("Go on scoring")
    assert "From her first manager" not in shown(desk, "chen")
    goes_on(desk.chen)
    assert goes_on(desk.chen, **MARKS) == {} and "From her first manager" not in shown(desk, "chen")
    assert goes_on(desk.chen, **RATED, comment="Mine") == {}
    assert "Entered by May Manager, the manager before" in words_of(desk.chen.form()) and "From her first manager" in shown(desk, "chen")


def test_the_file_holds_both_grades_and_is_noted(desk: Office) -> None:
    scored(desk)
    calibrating(desk)
    opens_grid(desk, desk.hana)
    presses(desk.hana, "As a file")
    with desk.bot.store.look() as shelves:
        noted = shelves.audit.of("cycle:1")
        rows = grades_file.table([appraisal_of(desk)], {desk.ann.id: "=Ann"})
    assert [(one.action, one.became) for one in noted] == [("export", {"file": "grades-2026Q4.csv", "people": 2})]
    assert rows[0][:2] == [desk.ann.id, "=Ann"] and "pass" in rows[0] and ENCODING


def test_a_year_is_scored_from_its_quarters(desk: Office) -> None:
    change(desk, 1, state=State.MANAGER_SUBMITTED, score=None, grade=None)
    with desk.bot.store.change() as shelves:
        quarter = shelves.cycles.get(1)
        assert quarter is not None
        year = shelves.cycles.add(quarter.amended(id=0, period="2026", slot="2026", kind="year", state=Phase.MANAGER_REVIEW))
        facts = {"cycle": year.id, "period": "2026", "state": State.SELF_SUBMITTED, "self_review": OWN, "self_submitted_at": MONDAY}
        shelves.appraisals.add(Appraisal(person=desk.ann.id, manager=desk.may.id, served=365, days=365, opened_at=MONDAY, **facts))
        for number, score in enumerate((96, 97, 98), start=1):
            told = {"state": State.FINAL, "score": score, "grade": Grade.EXCELLENT, "period": f"2026Q{number}", "cycle": 90 + number}
            shelves.appraisals.add(Appraisal(person=desk.ann.id, manager=desk.may.id, served=92, days=92, opened_at=MONDAY, **told))
    assert "The quarters" not in tries(desk, "may", "3", team.SCORE)
    goes_on(desk.may)
    comments = {f"comment_part_{part}": "Outstanding" for part in Part}
    goes_on(desk.may, **dict.fromkeys(MARKS, "5"), **comments)
    assert goes_on(desk.may, **RATED, comment="A year") == {}
    told = words_of(desk.may.form())
    assert "2026Q1: 96 of 100, excellent" in told and "Score: 98.2 of 100. Suggested grade: outstanding." in told
    assert goes_on(desk.may, grade="outstanding") == {}
    assert appraisal_of(desk, 3).grade is Grade.OUTSTANDING and len(appraisal_of(desk, 3).quarters) == 4
