"""Four quarters and the year that they make (§5.3.2, §5.4): its rule and gates, its lists, and the honour of the year."""

import csv
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from io import StringIO
from pathlib import Path
from shutil import copy
from zoneinfo import ZoneInfo

import pytest

from bot.policy.appraisals.cycle import Phase
from bot.policy.appraisals.record import Appraisal, Grade, State
from bot.policy.calendar import Calendar
from tests.office import SHANGHAI, Office
from tests.quarter import PARTS, about, company, cycle_of, of, pressed, scores, sleeps_until, until

YEAR, QUARTERS = "2027", ("2027Q1", "2027Q2", "2027Q3", "2027Q4")
WINS = "C0WINS001"
SHORT = (
    "appraisals:\n  posts: [presales_engineer]\n  phases: {self_review: 1, manager: 1, calibration: 1}\n"
    "  appeal: {within: 1, talk: 1, accept: 1, decide: 1}\n"
)
TOP = {f"mark_part_{part}": "5" for part in PARTS} | {f"comment_part_{part}": "All through the year" for part in PARTS}
# Bob's grades in the quarters: two of them lower than his figures suggest, so that his year is not outstanding.
GRADES = {"ann": ("excellent",) * 4, "bob": ("good", "good", "excellent", "excellent")}


@dataclass
class Story:
    """What was seen on the way through the year."""

    office: Office
    results: dict[str, str] = field(default_factory=dict)
    compared: dict[str, str] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    years: dict[str, Appraisal] = field(default_factory=dict)
    waits: str = ""
    fame: dict[str, str] = field(default_factory=dict)


@pytest.fixture(scope="module")
def story(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """Live through the year; return what was seen."""
    folder = tmp_path_factory.mktemp("year")
    with company(f"sqlite:///{copy(migrated_file, folder / 'bidwell.db')}", folder, SHORT) as office:
        for name in ("lin", "chen"):
            office.places(name, post="sales", manager="ada")
        office.places("may", post="sales")
        story = Story(office)
        for number, period in enumerate(QUARTERS):
            a_quarter_passes(office, period, {name: grades[number] for name, grades in GRADES.items()})
        the_year_is_judged(story)
        the_lists_are_read(story)
        somebody_is_honoured(story)
        yield story


def a_quarter_passes(office: Office, period: str, grades: dict[str, str]) -> None:
    """Have everybody win three bids, and their quarter scored and told; nobody writes a self-review."""
    month = 3 * int(period[-1]) - 1
    sleeps_until(office, 2027, month, 17, 10, 0)
    for name in grades:
        for number in range(3):
            office_bid(office, name, f"{period}{name}{number}")
    if period == QUARTERS[-1]:
        office.bob.types("/honour list").press("Nominate")
        assert office.bob.fills(honour=f"best_presales:{YEAR}", person=office.ann.id, why="She carried us all") == {}
    after(office, Calendar(office.bot.desk.handbook.company).quarter(2027, int(period[-1])).end)
    is_scored_and_told(office, period, grades)


def office_bid(office: Office, name: str, customer: str) -> None:
    """Have somebody win a bid."""
    person = getattr(office, name)
    person.types(f"/bid new {customer} 1.2m")
    person.types(f"/bid submit {customer}")
    person.types(f"/bid won {customer}")


def after(office: Office, day: date) -> None:
    """Let the first hours of work pass on the working day after a day; what is between is slept through."""
    reached = Calendar(office.bot.desk.handbook.company).add_working_days(day, 1)
    sleeps_until(office, reached.year, reached.month, reached.day, 8, 50)
    until(office, reached.year, reached.month, reached.day, 11, 20)


def is_scored_and_told(office: Office, period: str, grades: dict[str, str]) -> None:
    """Have a quarter scored without self-reviews, and told."""
    after(office, cycle_of(office, period).self_due)
    for name, grade in grades.items():
        why = {} if grade == "excellent" else {"why": "It was the team's work"}
        scores(office.may, of(office, name, period).id, grade, late_why="There was no time", **why)
    after(office, cycle_of(office, period).manager_due)
    is_told(office, period)


def is_told(office: Office, period: str) -> None:
    """Have Hana publish the results of a period, and let the time for appeals pass."""
    office.hana.types(f"/review cycle {period}").press("Publish")
    now = office.clock.now().astimezone(ZoneInfo(SHANGHAI))
    until(office, now.year, now.month, now.day, now.hour + 2, 0)
    told = cycle_of(office, period)
    assert told.state is Phase.APPEAL_WINDOW and told.appeal_until is not None
    after(office, told.appeal_until)


def the_year_is_judged(story: Story) -> None:
    """Have the year scored once the last quarter is told: both with the best marks."""
    office = story.office
    for name in GRADES:
        number = of(office, name, YEAR).id
        grade = "outstanding" if name == "ann" else "excellent"
        story.compared[name] = scores(office.may, number, grade, late_why="There was no time", marks=TOP)
    after(office, cycle_of(office, YEAR).manager_due)
    story.waits = office.hana.types("/review year 2027").words
    is_told(office, YEAR)
    story.years = {name: of(office, name, YEAR) for name in GRADES}
    story.results = {name: about(getattr(office, name), "The quarters of 2027").words for name in GRADES}


def the_lists_are_read(story: Story) -> None:
    """Have Hana read all lists of the year and fetch them, and May the one that is for managers."""
    office = story.office
    page = office.hana.types("/review year 2027")
    for label in ("Pay", "Promotion", "Training", "Awards"):
        page = pressed(page, label)
        story.lists[label] = page.words
    pressed(page, "CSV")
    for thread in threading.enumerate():
        if thread.name == "year":
            thread.join(20)
    story.lists["may"] = office.may.types("/review year 2027").words
    story.lists["bob"] = office.bob.types("/review year 2027").words


def somebody_is_honoured(story: Story) -> None:
    """Have the honour of the year decided and announced."""
    office = story.office
    with office.bot.store.look() as shelves:
        found = shelves.rounds.of("best_presales", YEAR)
        [nominated] = shelves.nominations.of("best_presales", YEAR)
    assert found is not None
    after(office, found.closes)
    page = office.hana.types(f"/honour round {found.number}")
    story.fame["page"] = page.words
    page.press("Begin deciding")
    office.hana.types(f"/honour award {nominated.number}")
    assert office.hana.fills(citation="The best year that we have seen", reason="Four excellent quarters") == {}
    story.fame["before"] = "\n".join(office.lin.sees(WINS))
    office.hana.types(f"/honour announce {found.number}")
    story.fame["announced"] = "\n".join(office.lin.sees(WINS))
    story.fame["told"] = office.ann.told[-1].words
    story.fame["hall"] = office.dan.types("/honour list 2027").words


def test_each_quarter_and_the_year_has_its_one_cycle_and_all_are_closed(story: Story) -> None:
    with story.office.bot.store.look() as shelves:
        found = {cycle.period: cycle.state for cycle in shelves.cycles.latest()}
    assert found == dict.fromkeys((*QUARTERS, YEAR), Phase.CLOSED)


def test_the_year_is_made_of_its_quarters_side_by_side(story: Story) -> None:
    bob = story.years["bob"]
    assert sorted(bob.quarters) == [*QUARTERS] and {score for score, _grade in bob.quarters.values()} == {100}
    assert [str(grade) for _period, (_score, grade) in sorted(bob.quarters.items())] == [*GRADES["bob"]]
    for text in (
        "2027Q1: 100 of 100, good",
        "2027Q4: 100 of 100, excellent",
        "Mean of the quarters: 100. The manager's view of the year: 100",
    ):
        assert text in story.results["bob"]


def test_the_rule_of_the_year_is_told_with_it(story: Story) -> None:
    for read in story.results.values():
        assert "The score is 60% the mean of the quarters and 40% the manager's view." in read
        assert "Outstanding also takes 3 excellent quarters, and none failed." in read


def test_outstanding_is_given_for_a_year_and_refused_by_the_gate(story: Story) -> None:
    ann, bob = story.years["ann"], story.years["bob"]
    assert (ann.score, ann.suggested, ann.grade) == (100, Grade.OUTSTANDING, Grade.OUTSTANDING)
    assert (bob.score, bob.suggested, bob.grade) == (100, Grade.EXCELLENT, Grade.EXCELLENT)
    gate = "Its score is that of outstanding, but its quarters are not: the grade is excellent."
    assert gate in story.results["bob"] and gate not in story.results["ann"]
    assert "outstanding" in story.compared["ann"]


def test_a_year_has_no_bonus_and_ends_as_final(story: Story) -> None:
    assert [(one.bonus, one.state) for one in story.years.values()] == [(None, State.FINAL)] * 2


def test_the_lists_are_empty_until_the_year_is_told_and_then_the_best_come_first(story: Story) -> None:
    assert "Ann" not in story.waits and "0 people" in story.waits
    for label in ("Pay", "Promotion", "Training", "Awards"):
        read = story.lists[label]
        assert read.index("Ann Engineer: outstanding, 100 of 100") < read.index("Bob Engineer: excellent, 100 of 100")
        assert "2027Q1 good · 2027Q2 good · 2027Q3 excellent · 2027Q4 excellent" in read


def test_managers_read_the_list_of_training_and_others_none(story: Story) -> None:
    assert "Suggested for more training, 2027" in story.lists["may"] and "Ann Engineer" in story.lists["may"]
    assert "That is for" in story.lists["bob"] and "Ann Engineer" not in story.lists["bob"]


def test_the_lists_come_as_a_file(story: Story) -> None:
    files = {file.name: file.content or b"" for file in story.office.sandbox.workspace.contents.files.values()}
    rows = [*csv.DictReader(StringIO(files["year-2027.csv"].decode("utf-8-sig")))]
    assert {(row["list"], row["name"]) for row in rows} == {
        (use, name) for use in ("pay", "promotion", "training", "awards") for name in ("Ann Engineer", "Bob Engineer")
    }


def test_the_honour_of_the_year_is_decided_by_what_the_year_was_and_announced(story: Story) -> None:
    assert story.office.ann.id in story.fame["page"] and "She carried us all" in story.fame["page"]
    assert "Best Pre-sales, 2027" not in story.fame["before"] and "Congratulations!" not in story.fame["before"]
    head = story.fame["announced"].partition("Best Pre-sales, 2027")[2]
    assert story.office.ann.id in head and "Congratulations!" in head
    assert "You are honoured: Best Pre-sales, 2027." in story.fame["told"] and "The best year that we have seen" in story.fame["told"]
    assert "The best year that we have seen" in story.fame["hall"]
    assert "Four excellent quarters" not in story.fame["announced"] + story.fame["hall"]
