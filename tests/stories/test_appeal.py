"""A result is told, appealed against, talked over, revised by the HR department, and paid: each told to those whom it concerns."""

import csv
import threading
from hashlib import sha256
from io import StringIO

import pytest

from bot.language import translator
from bot.policy.appraisals.record import Grade
from bot.policy.appraisals.results import publish
from bot.policy.people import Role
from bot.views.appraisals.results import RESULT, result
from storage.appraising import keep_appraisal
from tests.office import Office, Seen, Somebody
from tests.results import ENGINEER, SECRET, cycle, scored

ANN, MAY, HANA, ADA = "U0ANN0001", "U0MAY0001", "U0HAN0001", "U0ADA0001"


@pytest.fixture
def quarter(office: Office) -> Office:
    """Return an office in which Ann's quarter is scored as good, and not published yet."""
    office.places("ann", manager="may", post=ENGINEER)
    with office.bot.store.change() as shelves:
        for one in (HANA, ADA):
            person = shelves.people.get(one)
            assert person is not None
            shelves.people.put(person.amended(roles=frozenset({Role.HR, Role.COLLEAGUE})))
        added = shelves.cycles.add(cycle(bases={ENGINEER: 9000}))
        given = scored(ANN, Grade.GOOD, manager=MAY, cycle=added.id)
        assert given.scoring is not None
        shelves.appraisals.add(given.amended(scoring=given.scoring.amended(manager=MAY)))
    return office


def published(office: Office) -> None:
    """Publish Ann's result, as the calendar does."""
    with office.bot.store.change() as shelves:
        of, appraisal = shelves.cycles.get(1), shelves.appraisals.get(1)
        assert of is not None and appraisal is not None
        step = publish(appraisal, of, office.clock.now())
        keep_appraisal(shelves, step, office.bot.desk.handbook)
        shelves.outbox.say(f"{RESULT}:1", ANN, result(translator("en"), of, step.record), subject=appraisal.subject)
    office.settle()


def about(person: Somebody, words: str) -> Seen:
    """Return the last message to somebody in which these words stand."""
    return [seen for seen in person.told if words in seen.words][-1]


def sent(office: Office, kind: str) -> dict[str, bytes]:
    """Return the files that Slack got, once those of a kind are sent."""
    for thread in threading.enumerate():
        if thread.name == kind:
            thread.join(20)
    return {file.name: file.content for file in office.sandbox.workspace.contents.files.values()}


def test_a_result_is_appealed_against_revised_and_paid(quarter: Office) -> None:
    office = quarter
    assert "You have no published result yet" in office.ann.types("/review result").words and SECRET not in office.ann.home()
    published(office)
    told = about(office.ann, "Your appraisal of 2026Q3")
    assert "Grade: good" in told.words and "= CNY 9,000" in told.words and "good" not in told.message["text"]
    told.press("Seen")
    assert office.ann.fills(remark="I see it otherwise") == {}
    about(office.ann, "Grade: good").press("Appeal")
    assert office.ann.fills(why="A win of September is missing") == {}
    talk = about(office.may, "appeals against the result")
    assert "A win of September is missing" in talk.words and "Tue 24 Nov 2026" in talk.words
    talk.press("Note the talk")
    assert office.may.fills(why="We looked at it together") == {}
    about(office.ann, "noted the talk").press("Go on to HR")
    about(office.hana, "is with the HR department").press("Accept the appeal")
    about(office.hana, "accepted the appeal").press("Revise the grade")
    assert office.hana.fills(grade="excellent", why="The win counts") == {}
    final = about(office.ann, "Your appraisal of 2026Q3")
    assert "Grade: excellent" in final.words and "= CNY 10,800" in final.words and "The win counts" in final.words
    assert not {"Seen", "Appeal"} & set(final.buttons)
    assert "revised the grade to excellent" in about(office.may, "is decided").words
    for who in (office.ann, office.may):
        news = [seen.message["text"] for seen in who.told]
        assert len(set(news)) == len(news)
    assert "revised the grade" not in about(office.ann, "noted the talk").words


def test_the_bonus_is_paid_once_two_people_agree(quarter: Office) -> None:
    office = quarter
    published(office)
    prepared = office.hana.types("/review payroll 2026Q3").press("Prepare the list")
    assert prepared is not None and "Approve the list" not in prepared.buttons
    shown = about(office.ada, "A second person of the HR department approves it").press("Look at the list")
    assert shown is not None and "Ann Engineer: good" in shown.words
    approved = shown.press("Approve the list")
    assert approved is not None
    approved.press("Get the files")
    files = sent(office, "payroll")
    assert set(files) == {"bonuses-2026Q3.csv", "bonuses-2026Q3.xlsx"}
    [row] = csv.DictReader(StringIO(files["bonuses-2026Q3.csv"].decode("utf-8-sig")))
    assert (row["name"], row["grade"], row["amount"]) == ("Ann Engineer", "good", "9000.00")
    with office.bot.store.look() as shelves:
        fetched = [event for event in shelves.audit.of("cycle:1") if event.action == "fetch"]
    assert [(one.actor, one.became) for one in fetched] == [
        (ADA, {"checksum": sha256(files["bonuses-2026Q3.csv"]).hexdigest(), "people": 1})
    ]


def test_the_picture_and_the_whole_comments_come_on_a_press(quarter: Office) -> None:
    office = quarter
    published(office)
    told = about(office.ann, "Your appraisal of 2026Q3")
    told.press("Picture")
    assert any(name.endswith(".png") for name in sent(office, "picture"))
    assert any(text.startswith("Ann Engineer: scores by quarter") for text in office.ann.sees(office.bot_user))
