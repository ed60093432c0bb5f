"""A whole quarter, from the work that is done in it to the bonus that is paid (§5.1-5.4), only by what people do and by the clock."""

import csv
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from shutil import copy
from typing import Any

import pytest

from bot.policy.appraisals.cycle import Phase
from bot.policy.appraisals.record import Appraisal, Grade, Measure, Measured, State
from bot.policy.calendar import Calendar
from tests.office import Office, Seen
from tests.quarter import (
    RULES,
    TEAM,
    about,
    begins_to_score,
    closes,
    company,
    cycle_of,
    fills,
    keys,
    of,
    pressed,
    rates,
    restarts,
    reviews_themselves,
    scores,
    sleeps_until,
    turns_to,
    until,
    words_of,
)

Q4 = "2026Q4"
LONGER = "appraisals:\n  annual: false\n  phases: {self_review: 9, manager: 9, calibration: 5}\n"  # so that all reminders have their day
APPRAISED = (*TEAM, "may")
REMINDERS = ("appraisals.reminder", "appraisals.team_reminder", "appraisals.peer_reminder")


@dataclass
class Story:
    """What was seen on the way through the quarter."""

    office: Office
    cycles: list[int] = field(default_factory=list)
    invitations: dict[str, str] = field(default_factory=dict)
    lists: dict[str, list[str]] = field(default_factory=dict)
    compared: dict[str, str] = field(default_factory=dict)
    errors: dict[str, dict[str, str]] = field(default_factory=dict)
    early: dict[str, str] = field(default_factory=dict)
    results: dict[str, str] = field(default_factory=dict)
    scored: dict[str, Appraisal] = field(default_factory=dict)
    told: dict[str, Appraisal] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)
    reminders: dict[str, Any] = field(default_factory=dict)


@pytest.fixture(scope="module")
def story(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """Live through the quarter; return what was seen."""
    folder = tmp_path_factory.mktemp("quarter")
    with company(f"sqlite:///{copy(migrated_file, folder / 'bidwell.db')}", folder, RULES + LONGER) as office:
        story = Story(office)
        work_is_done(office)
        the_quarter_ends(story)
        people_review_themselves(story)
        colleagues_rate(story)
        the_phase_ends(story)
        managers_score(story)
        the_department_calibrates(story)
        results_are_told(story)
        people_appeal(story)
        bonuses_are_paid(story)
        yield story


def work_is_done(office: Office) -> None:
    """Have bids won and lost, a solution reviewed, a demo given, and customers say what they think."""
    for name, amount, outcome in (("Port", "3.2m", "won"), ("Mill", "400k", "won"), ("Dock", "500k", "lost")):
        office.ann.types(f"/bid new {name} {amount}")
        office.ann.types(f"/bid submit {name}")
        office.ann.types(f"/bid {outcome} {name}{' price' if outcome == 'lost' else ''}")
    office.ann.types("/solution new Port 3.2m").press("Plan it")
    assert office.ann.fills(goal="Half the waiting time", outline="Two modules") == {}
    for section, writer in (("modules", "bob"), ("technology", "lin"), ("architecture", "chen")):
        office.ann.types(f"/solution section Port {section} @{writer}")
    office.ann.types("/solution section Port all done")
    office.ann.types("/solution review Port @may @dan")
    for name in ("may", "dan"):
        about(getattr(office, name), "asks you to judge").press("Give my marks")
        assert getattr(office, name).fills(**dict.fromkeys(("feasibility", "soundness", "cost_benefit", "innovation"), "5")) == {}
    office.ann.types("/demo new Port tomorrow 14:00")
    office.ann.types("/demo feedback Port 5/5 great")
    office.ann.types("/customer answered Port 5/5 on the phone")


def the_quarter_ends(story: Story) -> None:
    """Let the quarter end, and the bot be stopped and started as its cycle begins."""
    office = story.office
    sleeps_until(office, 2026, 12, 31, 17, 30)
    until(office, 2027, 1, 4, 8, 40)
    story.cycles.append(cycles(office))
    until(office, 2027, 1, 4, 9, 5)
    restarts(office)
    until(office, 2027, 1, 4, 11, 5)
    story.cycles.append(cycles(office))
    story.invitations = {name: said_to(office, name, "appraisals.opened")[-1].words for name in APPRAISED}


def cycles(office: Office) -> int:
    """Return how many cycles there are."""
    with office.bot.store.look() as shelves:
        return len(shelves.cycles.latest())


def said_to(office: Office, name: str, kind: str) -> list[Seen]:
    """Return the messages of a kind as somebody sees them."""
    person = getattr(office, name)
    stamps = {one.ts for one in keys(office, kind).values() if one.target == person.id}
    return [seen for seen in person.told if seen.message["ts"] in stamps]


def people_review_themselves(story: Story) -> None:
    """Have Lin, Ann and Chen hand in, Chen take it back and hand it in again; May waits to be reminded, and Bob never does."""
    office = story.office
    for name in ("lin", "ann", "chen"):
        person = getattr(office, name)
        invitation = said_to(office, name, "appraisals.opened")[-1]
        invitation.press(invitation.buttons[0])
        reviews_themselves(person, f"{name} is content")
    invitation = said_to(office, "chen", "appraisals.opened")[-1]
    invitation.press(invitation.buttons[1])
    story.told["recalled"] = of(office, "chen", Q4)
    invitation = said_to(office, "chen", "appraisals.opened")[-1]
    invitation.press(invitation.buttons[0])
    turns_to(office.chen, "did")
    assert fills(office.chen, summary="chen thought again") == {}
    for _ in range(3):
        assert fills(office.chen) == {}
    until(office, 2027, 1, 7, 10, 0)
    office.may.types("/review start")
    reviews_themselves(office.may, "may is content")


def colleagues_rate(story: Story) -> None:
    """Have three colleagues rate Ann, and two Bob, of whom Chen cannot say anything; only Lin answers all that is asked."""
    office = story.office
    for name, mark in (("bob", "5"), ("lin", "4"), ("chen", "3")):
        rates(getattr(office, name), "Ann Engineer", mark)
    for name in ("ann", "lin"):
        rates(getattr(office, name), "Bob Engineer", "2")
    rates(office.chen, "Bob Engineer")
    rates(office.lin, "陳美玲", "4")


def the_phase_ends(story: Story) -> None:
    """Let the days of the self-reviews pass."""
    until(story.office, 2027, 1, 18, 10, 5)
    story.lists = {name: [seen.words for seen in said_to(story.office, name, "appraisals.team")] for name in ("may", "ada")}


def managers_score(story: Story) -> None:
    """Have Ada score May, and May the others: Chen with another grade than suggested, and Bob late, and for a reason."""
    office = story.office
    until(office, 2027, 1, 20, 10, 0)
    numbers = {name: of(office, name, Q4).id for name in APPRAISED}
    scores(office.ada, numbers["may"], "good", why="By what I saw")
    story.compared["blind"] = blind(office, numbers["ann"])
    suggested = of(office, "ann", Q4)
    story.compared["ann"] = scores(office.may, numbers["ann"], "good", why="The port was the team's")
    assert suggested.grade is None
    for name in ("lin", "chen"):
        story.compared[name] = scores(office.may, numbers[name], "pass", why="A quiet quarter")
    until(office, 2027, 1, 28, 10, 0)
    begins_to_score(office.may, numbers["bob"])
    story.errors["late"] = fills(office.may, late_why=" ")
    closes(office.may)
    scores(office.may, numbers["bob"], "pass", why="No bids", late_why="Bob is at sea")
    story.scored = {name: of(office, name, Q4) for name in APPRAISED}


def blind(office: Office, number: int) -> str:
    """Begin to score somebody; return all that is read before the marks are fixed."""
    begins_to_score(office.may, number)
    read = [words_of(office.may.form())]
    assert fills(office.may) == {}
    read.append(words_of(office.may.form()))
    closes(office.may)
    return "\n".join(read)


def the_department_calibrates(story: Story) -> None:
    """Have Hana lift Bob's grade for a reason; until then and until it is told, nobody sees any result."""
    office = story.office
    until(office, 2027, 1, 29, 10, 5)
    story.pages["calibrating"] = office.hana.types(f"/review cycle {Q4}").words
    office.hana.types(f"/review cycle {Q4}").press("Calibration")
    story.pages["grid"] = words_of(office.hana.form())
    number = of(office, "bob", Q4).id
    view = office.hana.form()
    press = {"block_id": block_of(view, number), "action_id": "menu", "value": f"appraisals.calibrate {number}"}
    office.sandbox.control.press(office.hana.id, view=view["id"], **press)
    office.settle()
    story.errors["calibrated without a reason"] = fills(office.hana, grade="good", why=" ")
    assert fills(office.hana, grade="good", why="The others count such a quarter as good") == {}
    closes(office.hana)
    story.early = {name: read_by(office, name) for name in TEAM}


def block_of(view: dict[str, Any], number: int) -> str:
    """Return the block of a person's row in the grid."""
    return str(next(block["block_id"] for block in view["blocks"] if f"'appraisals.calibrate {number}'" in str(block)))


def read_by(office: Office, name: str) -> str:
    """Return all that somebody can read of their appraisal: messages, their Home, and what they ask for."""
    person = getattr(office, name)
    asked = [person.types(f"/review {word}").words for word in (f"result {Q4}", f"why score {Q4}")]
    person.types("/review start")
    shown = words_of(person.form()) if office.sandbox.control.views(person.id) else ""
    closes(person)
    return "\n".join([*asked, shown, person.home(), *(seen.words for seen in person.told)])


def results_are_told(story: Story) -> None:
    """Have Hana publish the results, and people read them."""
    office = story.office
    until(office, 2027, 2, 1, 10, 0)
    story.reminders = keys(office, *REMINDERS)
    office.hana.types(f"/review cycle {Q4}").press("Publish")
    until(office, 2027, 2, 1, 11, 5)
    story.told |= {name: of(office, name, Q4) for name in APPRAISED}
    story.results = {name: said_to(office, name, "appraisals.result")[-1].words for name in APPRAISED}
    said_to(office, "bob", "appraisals.result")[-1].press("Seen")
    assert office.bob.fills(remark="I was at sea") == {}


def people_appeal(story: Story) -> None:
    """Have Lin appeal and settle it in the talk, and Ann appeal and go on to the HR department, which revises."""
    office = story.office
    appealed = said_to(office, "lin", "appraisals.result")[-1]
    appealed.press(appealed.buttons[-2])
    assert office.lin.fills(why="北京的项目没有算进去") == {}
    said_to(office, "ann", "appraisals.result")[-1].press("Appeal")
    assert office.ann.fills(why="The port was mine") == {}
    for name in ("林晓", "U0ANN0001"):
        talk = next(seen for seen in office.may.told if "Note the talk" in seen.buttons)
        talk.press("Note the talk")
        assert office.may.fills(why=f"We talked, {name}") == {}
    news = said_to(office, "lin", "appraisals.appeal_talked")[-1]
    news.press(news.buttons[0])
    said_to(office, "ann", "appraisals.appeal_talked")[-1].press("Go on to HR")
    said_to(office, "hana", "appraisals.appeal_heard")[-1].press("Accept the appeal")
    said_to(office, "hana", "appraisals.appeal_heard")[-1].press("Revise the grade")
    assert office.hana.fills(grade="excellent", why="The port was hers") == {}
    story.results["revised"] = said_to(office, "ann", "appraisals.result")[-1].words


def bonuses_are_paid(story: Story) -> None:
    """Let the time for appeals pass; have the list prepared by Hana and approved by Dan, who gets the files."""
    office = story.office
    story.pages["closed too early"] = pressed(office.hana.types(f"/review cycle {Q4}"), "Close").words
    until(office, 2027, 2, 19, 10, 0)
    pressed(office.hana.types(f"/review payroll {Q4}"), "Prepare the list")
    story.pages["approved by herself"] = office.hana.types(f"/review payroll {Q4}").words
    story.pages["approved"] = pressed(pressed(about(office.dan, "A second person"), "Look at the list"), "Approve the list").words
    pressed(office.dan.types(f"/review payroll {Q4}"), "Get the files")
    for thread in threading.enumerate():
        if thread.name == "payroll":
            thread.join(20)


def measured(appraisal: Appraisal, measure: Measure) -> Measured:
    """Return one measure as it was when the scoring was handed in."""
    return next(one for one in appraisal.measured if one.measure is measure)


def test_one_cycle_begins_by_itself_on_the_first_working_day_whatever_restarts(story: Story) -> None:
    assert story.cycles == [0, 1]
    assert len(keys(story.office, "appraisals.opened")) == len(APPRAISED)


def test_everybody_is_invited_in_their_own_language(story: Story) -> None:
    assert "please write your self-review by Fri 15 Jan 2027" in story.invitations["ann"]
    assert "自评" in story.invitations["lin"] and "2027年1月15日" in story.invitations["lin"]
    assert "自評" in story.invitations["chen"] and "2027年1月15日" in story.invitations["chen"]


def test_a_self_review_that_was_taken_back_is_what_was_handed_in_last(story: Story) -> None:
    assert story.told["recalled"].state is State.SELF_DRAFT
    assert story.scored["chen"].self_review.summary == "chen thought again"
    assert story.scored["chen"].self_review.words == {
        part: f"chen is content: comment_part_{part}" for part in story.scored["chen"].self_review.words
    }


def test_who_never_handed_in_is_scored_late_and_for_a_reason(story: Story) -> None:
    assert "late_why" in story.errors["late"]
    assert (story.scored["bob"].late_why, story.scored["bob"].self_submitted_at) == ("Bob is at sea", None)


def test_the_measures_come_from_the_work_of_the_quarter(story: Story) -> None:
    ann = story.scored["ann"]
    assert (measured(ann, Measure.WIN_RATE).part, measured(ann, Measure.WIN_RATE).whole) == (2, 3)
    assert measured(ann, Measure.SALES_AMOUNT).part == 3_600_000
    assert measured(ann, Measure.SOLUTION_QUALITY).value == 100
    assert measured(ann, Measure.CUSTOMER_SATISFACTION).value == 100
    assert ann.suggested is Grade.EXCELLENT and sum(one.weight for one in ann.measured) == 100


def test_three_ratings_are_shown_as_a_mean_and_two_are_not_shown_at_all(story: Story) -> None:
    ann, bob = (measured(story.scored[name], Measure.TEAMWORK) for name in ("ann", "bob"))
    assert (ann.n, ann.value) == (3, 80)
    assert (bob.n, bob.value, bob.part, bob.weight) == (2, None, 0, 0)
    assert "40" not in story.results["bob"].partition("teamwork (§5.1.4)")[2].partition("\n")[0]


def test_a_manager_gets_one_list_and_not_a_message_for_each(story: Story) -> None:
    assert [len(story.lists[name]) for name in ("may", "ada")] == [1, 1]
    for name in ("Ann Engineer", "Bob Engineer", "林晓", "陳美玲"):
        assert name in story.lists["may"][0]
    assert "May Manager" in story.lists["ada"][0] and "Ann" not in story.lists["ada"][0]


def test_marks_are_given_blind_and_compared_afterwards(story: Story) -> None:
    assert "ann is content" not in story.compared["blind"] and "too few" not in story.compared["blind"].partition("win rate")[2][:40]
    assert "ann is content" in story.compared["ann"] and "results: self 4, manager 4" in story.compared["ann"]


def test_another_grade_than_the_suggested_one_is_given_for_a_reason(story: Story) -> None:
    ann = story.scored["ann"]
    assert (ann.suggested, ann.grade) == (Grade.EXCELLENT, Grade.GOOD)
    assert ann.scoring is not None and ann.scoring.why == "The port was the team's"


def test_calibration_takes_a_reason_and_keeps_both_grades(story: Story) -> None:
    assert "being calibrated" in story.pages["calibrating"] and "Bob Engineer" in story.pages["grid"]
    assert "why" in story.errors["calibrated without a reason"]
    bob = story.told["bob"]
    assert (bob.grade, bob.calibrated, bob.calibrations[-1].why) == (Grade.PASS, Grade.GOOD, "The others count such a quarter as good")


def test_nothing_of_a_result_is_seen_before_it_is_told(story: Story) -> None:
    for name, read in story.early.items():
        for secret in ("Steady work", "Negotiation", "A quiet quarter", "The port was the team's", "The others count such", "No bids"):
            assert secret not in read, f"{name} reads {secret!r}"
        assert "Grade:" not in read and story.scored[name].published_at is None


def test_everybody_is_told_their_result_with_its_bonus(story: Story) -> None:
    assert "Grade: good" in story.results["ann"] and "= CNY 9,000" in story.results["ann"]
    assert "Grade: good" in story.results["bob"] and "changed in calibration, from pass to good" in story.results["bob"]
    assert "合格" in story.results["lin"] and "7,200" in story.results["lin"]
    assert "合格" in story.results["chen"] and story.told["may"].bonus is not None and story.told["may"].bonus.base is None


def test_an_appeal_is_settled_in_the_talk_or_revised_by_the_department(story: Story) -> None:
    lin, ann = (of(story.office, name, Q4) for name in ("lin", "ann"))
    assert (lin.state, lin.final_grade) == (State.FINAL, Grade.PASS)
    assert (ann.state, ann.grade, ann.final_grade) == (State.FINAL, Grade.GOOD, Grade.EXCELLENT)
    assert "Grade: excellent" in story.results["revised"] and "= CNY 10,800" in story.results["revised"]
    assert "The port was hers" in story.results["revised"]


def test_the_cycle_is_closed_once_all_has_ended_and_not_before(story: Story) -> None:
    assert "That has to wait: something is still open." in story.pages["closed too early"]
    assert cycle_of(story.office, Q4).state is Phase.CLOSED
    assert {of(story.office, name, Q4).state for name in APPRAISED} == {State.FINAL}


def test_bonuses_are_approved_by_a_second_person_and_handed_out_as_files(story: Story) -> None:
    assert "Approve the list" not in story.pages["approved by herself"] and "Get the files" in story.pages["approved"]
    files = {file.name: file.content or b"" for file in story.office.sandbox.workspace.contents.files.values()}
    rows = {row["name"]: row for row in csv.DictReader(StringIO(files[f"bonuses-{Q4}.csv"].decode("utf-8-sig")))}
    assert {name: row["amount"] for name, row in rows.items() if row["amount"]} == {
        "Ann Engineer": "10800.00",
        "Bob Engineer": "9000.00",
        "林晓": "7200.00",
        "陳美玲": "7200.00",
    }
    assert files[f"bonuses-{Q4}.xlsx"][:2] == b"PK"


def test_who_owes_something_is_reminded_once_at_each_time_and_nobody_else(story: Story) -> None:
    office = story.office
    names = {getattr(office, name).id: name for name in (*APPRAISED, "ada", "hana", "dan")}
    said = [(one.key.split(":")[0], one.key.rpartition(":")[2], names[one.target]) for one in story.reminders.values() if one.ts]
    assert sorted(each for each in said if each[0] == "appraisals.reminder") == [
        ("appraisals.reminder", "0-20270115", "bob"),
        ("appraisals.reminder", "1-20270115", "bob"),
        ("appraisals.reminder", "7-20270115", "bob"),
        ("appraisals.reminder", "7-20270115", "may"),
    ]
    assert sorted(each for each in said if each[0] == "appraisals.team_reminder") == [
        ("appraisals.team_reminder", "1-20270128", "may"),
        ("appraisals.team_reminder", "7-20270128", "ada"),
        ("appraisals.team_reminder", "7-20270128", "may"),
    ]
    assert sorted(name for kind, _slot, name in said if kind == "appraisals.peer_reminder") == ["ann", "bob", "chen", "dan"]


def test_nobody_is_reminded_outside_of_working_hours(story: Story) -> None:
    calendar = Calendar(story.office.bot.desk.handbook.company)
    kinds = (*REMINDERS, "appraisals.opened", "appraisals.peers", "appraisals.team", "appraisals.result")
    for one in keys(story.office, *kinds).values():
        moment = datetime.fromtimestamp(float(one.ts), UTC)
        with story.office.bot.store.look() as shelves:
            person = shelves.people.get(one.target)
        assert person is not None and calendar.within_hours(moment, person.zone), one.key
