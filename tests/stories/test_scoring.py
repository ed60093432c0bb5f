"""A quarter is scored: blind, compared, handed in, reopened, and calibrated (§5.3.1), over sockets."""

import threading
from typing import Any

from bot.policy.appraisals.cycle import Cycle, Phase
from bot.policy.appraisals.record import Appraisal, Grade, Part, SelfReview, State
from bot.policy.people import Role
from bot.views.appraisals import team
from bot.views.appraisals.scoring_steps import DRAFT, WEIGH
from bot.views.blocks import actions, button, prose, says
from storage.appraising import tell_team
from tests.appraising import appraisal_of, begin, change
from tests.office import MONDAY, Office, Somebody, pressables, text_of

SKILLS = ["professional_knowledge", "communication", "analysis", "teamwork", "learning"]
SECRET = "I carried the tender of the port"
OWN = SelfReview(
    summary=SECRET,
    words={Part.QUALITY: f"{SECRET} twice"},
    marks=dict.fromkeys(Part, 5),
    competencies=dict.fromkeys(SKILLS, 5),
    evidence={"learning": f"{SECRET} again"},
    version=4,
)
MARKS = {f"mark_part_{part}": "3" for part in Part}
RATED = {f"mark_skill_{skill}": "3" for skill in SKILLS}


def words_of(view: dict[str, Any]) -> str:
    """Return the words of a form."""
    return "\n".join(text_of(block) for block in view["blocks"])


def goes_on(person: Somebody, **fields: str) -> dict[str, str]:
    """Fill a step and submit it; return the errors."""
    view = person.form()
    heard = {block["block_id"]: block["element"]["action_id"] for block in view["blocks"] if block["type"] == "input"}
    values = {name: {heard[name]: value} for name, value in fields.items()}
    result = person.office.sandbox.control.submit(person.id, view["id"], values)
    person.office.settle()
    return result["errors"] or {}


def presses(person: Somebody, label: str) -> dict[str, Any]:
    """Press what bears this label in the form on top; return the form that is open then."""
    view = person.form()
    for block in view["blocks"]:
        for said, block_id, action, value in pressables({"blocks": [block]}):
            if said == label:
                person.office.sandbox.control.press(person.id, view=view["id"], block_id=block_id, action_id=action, value=value)
                person.office.settle()
                return person.form()
    raise AssertionError(f"there is no {label!r} in {words_of(view)!r}")


def files_sent(office: Office) -> list[str]:
    """Wait for the files that are on their way; return the names of those that were sent."""
    for thread in threading.enumerate():
        if thread.name in {"picture", "export"}:
            thread.join(20)
    with office.sandbox.workspace.lock:
        return [one.name for one in office.sandbox.workspace.contents.files.values()]


def opened(office: Office, phase: Phase = Phase.MANAGER_REVIEW) -> Cycle:
    """Have Ann and Bob, whose manager is May below Chen, in a quarter; Ann has handed her self-review in."""
    office.places("ann", manager="may", team="North", post="presales_engineer")
    office.places("bob", manager="may", team="North", post="presales_engineer")
    office.places("may", manager="chen", team="North")
    office.places("chen", language="en")
    office.places("hana", roles=frozenset({Role.HR}))
    cycle, _appraisals = begin(office, "ann", "bob", state=phase)
    change(office, 1, state=State.SELF_SUBMITTED, self_review=OWN, self_submitted_at=MONDAY, team="North")
    change(office, 2, team="North")
    with office.bot.store.change() as shelves:
        tell_team(shelves, cycle, office.may.id, office.bot.desk.handbook)
    office.settle()
    return cycle


def calibrating(office: Office) -> None:
    """Have the cycle calibrated."""
    with office.bot.store.change() as shelves:
        cycle = shelves.cycles.get(1)
        assert cycle is not None
        shelves.cycles.save(cycle.amended(state=Phase.CALIBRATION))


def scored(office: Office, **grade: str) -> Appraisal:
    """Have May score Ann through all steps."""
    office.may.told[0].press("Score")
    goes_on(office.may)
    assert goes_on(office.may, **MARKS) == {}
    assert goes_on(office.may, **RATED, comment="Steady") == {}
    assert goes_on(office.may, **{"grade": "pass", "why": "No deal was decided"} | grade) == {}
    return appraisal_of(office)


def test_a_manager_scores_blind_sees_the_difference_and_hands_in(office: Office) -> None:
    opened(office)
    told = office.may.told[0]
    assert "Your team in the appraisal of 2026Q4" in told.words and "To be scored now: 1. Self-reviews not in yet: 1." in told.words
    assert "Ann Engineer: self-review handed in\nScore due: Thu 10 Dec 2026" in told.words and told.buttons == ["Score"]
    told.press("Score")
    first = words_of(office.may.form())
    assert "Ann Engineer, 2026Q4: step 1 of 4" in first and "win rate (§5.1.1): too few cases (0; it takes 3)" in first
    assert "Ann Engineer: being scored" in office.may.told[0].words and office.may.told[0].buttons == ["Go on scoring"]

    assert "Clause §5.1.1, handbook" in words_of(presses(office.may, "Why"))
    office.sandbox.control.close(office.may.id, office.may.form()["id"])
    goes_on(office.may)
    assert "A mark of 1 or 5 takes a comment: what did you see?" in str(goes_on(office.may, **MARKS | {"mark_part_quality": "5"}))
    assert goes_on(office.may, **MARKS | {"mark_part_quality": "5"}, comment_part_quality="Flawless bids") == {}
    assert goes_on(office.may, **RATED, comment="Steady", development="Negotiation") == {}

    compared = words_of(office.may.form())
    assert "results: self 5, manager 3, apart by 2" in compared and SECRET in compared
    assert compared.index("results: self 5") < compared.index("quality of work: self 5, manager 5")
    assert "No grade can be suggested" in compared
    assert goes_on(office.may, grade="good") == {"why": "No grade could be suggested. Please say why you give this one."}
    assert goes_on(office.may, grade="good", why="As I saw it") == {}
    assert "You scored Ann Engineer for 2026Q4: good." in office.may.told[-1].words
    assert "Ann Engineer: scored (good)" in office.may.told[0].words and "Scored: 1 of 2." in office.may.told[0].words
    assert office.may.told[0].buttons == ["See", "Differences", "Reopen"]
    done = appraisal_of(office)
    assert (done.state, done.grade, len(done.measured)) == (State.MANAGER_SUBMITTED, Grade.GOOD, 7)


def test_what_is_entered_is_kept_at_once_and_found_again(office: Office) -> None:
    opened(office)
    office.may.told[0].press("Score")
    goes_on(office.may)
    control = office.sandbox.control
    control.press(office.may.id, view=office.may.form()["id"], block_id="comment_part_quality", action_id=DRAFT, value="Neat")
    control.press(office.may.id, view=office.may.form()["id"], block_id="mark_part_results", action_id=DRAFT, value="4")
    office.settle()
    control.close(office.may.id, office.may.form()["id"])
    office.may.told[0].press("Go on scoring")
    form = office.may.form()
    assert "step 2 of 4" in words_of(form) and "Neat" in str(form["blocks"])
    kept = appraisal_of(office).scoring
    assert kept is not None and kept.marks == {Part.RESULTS: 4} and kept.comments == {Part.QUALITY: "Neat"}
    with office.bot.store.look() as shelves:
        assert [one.action for one in shelves.audit.of("appraisal:1")] == ["score"]


def test_a_mark_that_changes_once_uncovered_takes_a_comment(office: Office) -> None:
    opened(office)
    office.may.told[0].press("Score")
    goes_on(office.may)
    goes_on(office.may, **MARKS)
    goes_on(office.may, **RATED, comment="Steady")
    office.sandbox.control.press(office.may.id, view=office.may.form()["id"], block_id="mark_part_results", action_id=WEIGH, value="4")
    office.settle()
    assert "Changed since you uncovered it: results" in words_of(office.may.form())
    assert "The picture comes as a direct message." in words_of(presses(office.may, "Picture of the competencies"))
    assert files_sent(office) == ["competencies.png"]
    refused = goes_on(office.may, grade="good", why="As I saw it")
    assert refused == {"comment_part_results": "You changed this mark after you saw the self-review: please say why."}
    assert goes_on(office.may, grade="good", why="As I saw it", comment_part_results="I had forgotten the port") == {}
    done = appraisal_of(office).scoring
    assert done is not None and done.blind == dict.fromkeys(Part, 3) and done.marks[Part.RESULTS] == 4


def test_an_overdue_self_review_is_scored_without_for_a_reason(office: Office) -> None:
    opened(office)
    change(office, 2, state=State.SELF_OVERDUE)
    office.may.types("/review team").press("Score")
    form = office.may.form()
    if "is not in" not in words_of(form):  # the first row may be Ann's
        office.sandbox.control.close(office.may.id, form["id"])
    office.sandbox.control.press(office.may.id, **place_of(office, "2"))
    office.settle()
    assert "The self-review of Bob Engineer was due Tue 1 Dec 2026 and is not in." in words_of(office.may.form())
    assert goes_on(office.may, late_why="Bob is at sea") == {}
    assert "step 1 of 4" in words_of(office.may.form())
    assert (appraisal_of(office, 2).state, appraisal_of(office, 2).late_why) == (State.MANAGER_DRAFT, "Bob is at sea")


def place_of(office: Office, number: str) -> dict[str, Any]:
    """Return where the button stands that scores an appraisal, in the list that May typed for last."""
    seen = office.may.all_seen("C0GENERAL")[-1]
    block = next(block for block in seen.message["blocks"] if block.get("accessory", {}).get("value") == number)
    return {"message": (seen.channel, seen.message["ts"]), "block_id": block["block_id"], "action_id": team.SCORE}


def test_a_scoring_is_reopened_by_its_manager_or_by_hr(office: Office) -> None:
    opened(office)
    scored(office)
    office.may.told[0].press("Reopen")
    assert goes_on(office.may, why="I forgot a bid") == {}
    assert appraisal_of(office).state is State.MANAGER_DRAFT and "being scored" in office.may.told[0].words
    office.may.told[0].press("Go on scoring")
    assert "step 4 of 4" in words_of(office.may.form())
    assert goes_on(office.may, grade="good", why="With the bid") == {}

    calibrating(office)
    opens_grid(office, office.hana)
    presses(office.hana, "Reopen")
    assert goes_on(office.hana, why="The figures were wrong") == {}
    assert "Hana HR reopened your scoring of Ann Engineer for 2026Q4:" in office.may.told[-1].words
    assert "The figures were wrong" in office.may.told[-1].words


def opens_grid(office: Office, person: Somebody) -> dict[str, Any]:
    """Open the grid by a button as the cycle's page has it."""
    with office.bot.store.change() as shelves:
        shelves.outbox.say(
            f"grid:{person.id}", person.id, says(prose("Grid"), also=[actions(button("Calibration", team.CALIBRATION, "1"))])
        )
    office.settle()
    next(seen for seen in person.told if seen.buttons == ["Calibration"]).press("Calibration")
    return person.form()


def test_hr_calibrates_and_both_grades_are_kept(office: Office) -> None:
    opened(office)
    scored(office)
    calibrating(office)
    grid = words_of(opens_grid(office, office.hana))
    assert "Ann Engineer · North · scored by May Manager\nscore – · suggested – · manager pass *" in grid
    form = presses(office.hana, "Calibrate")
    assert "No deal was decided" in words_of(form)
    assert goes_on(office.hana, grade="excellent", why="The port counts for more") == {}
    assert "manager pass * · calibrated excellent" in words_of(office.hana.form())
    done = appraisal_of(office)
    assert (done.grade, done.calibrated, done.state) == (Grade.PASS, Grade.EXCELLENT, State.CALIBRATED)
    assert "Ann Engineer: calibrated (excellent)" in office.may.told[0].words
    averages = presses(office.hana, "Averages")
    assert "everybody (0): too few people to show" in words_of(averages)
    presses(office.hana, "Back")
    assert "The file comes as a direct message" in words_of(presses(office.hana, "As a file"))
    assert "The picture comes as a direct message." in words_of(presses(office.hana, "Picture"))
    assert sorted(files_sent(office)) == ["grades-2026Q4.csv", "grades.png"]


def test_a_manager_above_reads_the_teams_below_and_moves_a_grade_by_one(office: Office) -> None:
    opened(office)
    scored(office)
    calibrating(office)
    shown = office.chen.types("/review team")
    assert "Nobody is to be scored here." in shown.words
    below = shown.press("May Manager (2)")
    assert below is not None and "Ann Engineer: scored (pass)" in below.words and "See" in below.buttons and "Score" not in below.buttons
    below.press("Calibration")
    form = presses(office.chen, "Calibrate")
    offered = next(block["element"] for block in form["blocks"] if block["type"] == "input")
    assert [option["value"] for option in offered["options"]] == ["good", "fail"]
    assert goes_on(office.chen, grade="good", why="Next to the others") == {}
    assert appraisal_of(office).calibrated is Grade.GOOD


def test_a_manager_may_begin_early_but_hands_in_when_the_self_reviews_are_over(office: Office) -> None:
    opened(office, Phase.OPEN)
    office.may.told[0].press("Score")
    assert "teamwork (§5.1.4): colleagues are asked until Tue 1 Dec 2026" in words_of(office.may.form())
    goes_on(office.may)
    goes_on(office.may, **MARKS)
    assert "those for the competencies are final" in words_of(office.may.form())
    goes_on(office.may, **RATED, comment="Steady")
    assert "You can hand in once that is over" in words_of(office.may.form())
    told = goes_on(office.may, grade="pass", why="No deal was decided")
    assert "until Tue 1 Dec 2026" in str(told) and appraisal_of(office).state is State.MANAGER_DRAFT
    with office.bot.store.change() as shelves:
        cycle = shelves.cycles.get(1)
        assert cycle is not None
        shelves.cycles.save(cycle.amended(state=Phase.MANAGER_REVIEW))
    assert goes_on(office.may, grade="pass", why="No deal was decided") == {}
    assert appraisal_of(office).state is State.MANAGER_SUBMITTED
