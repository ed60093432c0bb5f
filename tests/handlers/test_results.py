"""Results, appeals, payroll and the year's lists: who sees and does what, and that nothing is seen before it is published."""

import threading
from collections.abc import Callable, Iterator

import pytest

from bot.clock import MovableClock
from bot.language import LANGUAGES
from bot.policy.appraisals.appeals import Way
from bot.policy.appraisals.cycle import Phase
from bot.policy.appraisals.record import Appraisal, Grade, State
from bot.policy.people import Role
from bot.views.appraisals import calibration, candidates, hearing, payroll, results, team
from bot.views.appraisals.appeals import action_of
from bot.views.appraisals.cycles import EXCUSE, PUBLISH
from bot.views.appraisals.progress import CYCLE
from handlers.context import Done, Open, Say
from storage import Store
from tests.results import (
    ADA,
    ANN,
    BOB,
    ENGINEER,
    FRIDAY,
    HANA,
    HUGO,
    LEE,
    MAY,
    SECRET,
    TOP,
    Bench,
    cycle,
    person,
    scored,
    words_of,
)

EVERYBODY = (ANN, BOB, MAY, TOP, HANA, HUGO, ADA, LEE)
NOT_PUBLISHED = "This result is not published yet."
NO_SUCH = "There is no such appraisal, or it is not for you."
ABOUT_ONE = (results.RESULT, results.SEEN, results.PICTURE, results.WHOLE, *map(action_of, Way))
WRITTEN = (Way.APPEAL, Way.TALK, Way.DECLINE, Way.UPHOLD)
TELLTALE = (SECRET, "Well done", "Learn to demo", "83.4", "excellent", "9,000", "10,800")


@pytest.fixture
def bench(database: str) -> Iterator[Bench]:
    """Return a desk on either database, with the people of one line."""
    clock = MovableClock(FRIDAY)
    store = Store(database, clock)
    yield Bench(store, clock)
    store.close()


def scored_quarter(bench: Bench, **facts: object) -> Appraisal:
    """Return Ann's scored quarter, the results of which are not told yet."""
    return bench.begins(cycle(bases={ENGINEER: 9000}), scored(ANN, Grade.EXCELLENT).amended(**facts))[0]


def published(bench: Bench, **facts: object) -> Appraisal:
    """Return Ann's quarter once it is published."""
    bench.publishes(scored_quarter(bench, **facts))
    return bench.appraisal()


def appeals(bench: Bench, until: Way = Way.APPEAL) -> Appraisal:
    """Bring Ann's quarter to an appeal, and that as far as this step."""
    steps: dict[Way, Callable[[], object]] = {
        Way.APPEAL: lambda: bench.fills(ANN, action_of(Way.APPEAL), 1, why="I won more"),
        Way.TALK: lambda: bench.fills(MAY, action_of(Way.TALK), 1, why="We talked"),
        Way.ESCALATE: lambda: bench.presses(ANN, action_of(Way.ESCALATE), 1),
        Way.ACCEPT: lambda: bench.presses(HANA, action_of(Way.ACCEPT), 1),
    }
    published(bench)
    for way, step in steps.items():
        assert isinstance(step(), Say), way
        if way is until:
            break
    return bench.appraisal()


def test_before_publication_nothing_of_a_result_comes_to_the_person_by_any_way(bench: Bench) -> None:
    scored_one = scored_quarter(bench)
    for state in (State.MANAGER_DRAFT, State.MANAGER_SUBMITTED, State.CALIBRATED):
        found = scored_one.amended(state=state)
        with bench.store.change() as shelves:
            shelves.appraisals.save(found)
        for words in everything(bench, ANN, found):
            assert not [telltale for telltale in TELLTALE if telltale in words], words
    assert not [text for text in bench.told(ANN).values() if any(telltale in text for telltale in TELLTALE)]
    assert bench.appraisal().state is State.CALIBRATED


def everything(bench: Bench, who: str, found: Appraisal) -> list[str]:
    """Return what every word and every button of appraisals, and App Home, answers somebody about an appraisal."""
    typed = [bench.types(who, word, text) for word in bench.routes.commands["/review"] for text in ("", "2026Q3", f"2026Q3 of <@{who}>")]
    values = [found.id, f"win_rate:{who}:2026Q3", found.cycle, f"{found.cycle}:{MAY}:0", f"{found.cycle}:training:0", "all"]
    actions = [action for action in bench.routes.buttons if action.startswith("appraisals.")]
    pressed = [tried(bench, who, action, value) for action in actions for value in values]
    filled = [bench.fills(who, action_of(way), found.id, why="why") for way in WRITTEN]
    return [words_of(answer) for answer in (*typed, *pressed, *filled)]


def tried(bench: Bench, who: str, action: str, value: object) -> object:
    """Return the answer to a button, also to one whose value makes no sense to it."""
    try:
        return bench.presses(who, action, value)
    except (ValueError, LookupError, TypeError) as error:
        return type(error).__name__


def test_the_person_reads_all_of_it_once_it_is_published_but_not_in_the_notification(bench: Bench) -> None:
    published(bench)
    answer = bench.types(ANN, "result")
    assert isinstance(answer, Say)
    for expected in ("excellent", "83.4", SECRET, "Well done", "Learn to demo", "CNY 9,000", "CNY 10,800", "win_rate:UANN:2026Q3"):
        assert expected in words_of(answer), expected
    assert "excellent" not in answer.message.text and "83" not in answer.message.text
    assert "too few cases" in words_of(answer) and "Fri 27 Nov 2026" in words_of(answer)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_notification_names_the_grade_in_any_language(bench: Bench, language: str) -> None:
    with bench.store.change() as shelves:
        shelves.people.put(person(ANN, manager=MAY, language=language))
    appeals(bench, Way.ACCEPT)
    bench.fills(HANA, action_of(Way.UPHOLD), 1, why="It is right")
    grades = ("excellent", "优秀", "優秀")
    with bench.store.look() as shelves:
        texts = [one.message["text"] for one in shelves.outbox.after(0, 1000) if one.target == ANN]
    assert texts and not [text for text in texts if any(grade in text for grade in grades)]


def test_whether_and_why_the_grade_was_calibrated_is_told(bench: Bench) -> None:
    change = {
        "at": bench.clock.now(),
        "by": HANA,
        "was": Grade.EXCELLENT,
        "became": Grade.GOOD,
        "why": "Two wins count for the next quarter",
    }
    published(bench, state=State.CALIBRATED, calibrated=Grade.GOOD, calibrations=(change,))
    words = words_of(bench.types(ANN, "result"))
    assert "changed in calibration, from excellent to good" in words and "Two wins count for the next quarter" in words


@pytest.mark.parametrize("who", EVERYBODY)
def test_only_the_person_those_above_and_hr_see_a_published_result(bench: Bench, who: str) -> None:
    published(bench)
    may = who in (ANN, MAY, TOP, HANA, HUGO)
    for answer in (
        bench.types(who, "result", "2026Q3 of <@UANN>"),
        bench.presses(who, results.RESULT, 1),
        bench.presses(who, results.WHOLE, 1),
    ):
        assert (SECRET in words_of(answer)) is may, who
    if not may:
        assert bench.presses(who, results.RESULT, 1) == NO_SUCH
        assert "That is for the person themselves, for" in words_of(bench.types(who, "result", "of <@UANN>"))


@pytest.mark.parametrize("who", EVERYBODY)
def test_before_publication_only_the_manager_who_scored_sees_it(bench: Bench, who: str) -> None:
    scored_quarter(bench)
    assert (SECRET in words_of(bench.types(who, "result", "2026Q3 of <@UANN>"))) is (who == MAY)
    assert (SECRET in words_of(bench.presses(who, results.RESULT, 1))) is (who == MAY)


@pytest.mark.parametrize("who", EVERYBODY)
def test_before_publication_comments_are_read_by_the_scorer_and_by_those_who_calibrate_only(bench: Bench, who: str) -> None:
    scored_quarter(bench)
    assert (SECRET in words_of(bench.presses(who, results.WHOLE, 1))) is (who in (MAY, TOP, HANA, HUGO))


def test_a_new_manager_sees_nothing_of_what_another_scored_before_it_is_published(bench: Bench) -> None:
    newly = scored_quarter(bench)
    with bench.store.change() as shelves:
        shelves.people.put(person("UNEW"))
        shelves.people.put(person(ANN, manager="UNEW"))
    for manager in (MAY, "UNEW"):
        with bench.store.change() as shelves:
            shelves.appraisals.save(newly.amended(manager=manager))
        shown = [bench.presses("UNEW", action, 1) for action in (results.RESULT, results.WHOLE, team.SEE, team.DIFFERENCES)]
        assert not [answer for answer in (*shown, bench.types("UNEW", "result", "2026Q3 of <@UANN>")) if SECRET in words_of(answer)]
    bench.publishes(newly)
    assert SECRET in words_of(bench.presses("UNEW", results.RESULT, 1))


def test_hr_sees_nothing_of_their_own_result_before_everybody_else_does(bench: Bench) -> None:
    bench.begins(cycle(), scored(HANA, manager=MAY))
    assert bench.presses(HANA, results.RESULT, 1) == NOT_PUBLISHED
    assert "You have no published result yet" in words_of(bench.types(HANA, "result", "2026Q3"))


@pytest.mark.parametrize("value", ["", "0", "2", "-1", "1 or 1=1", "१", "999999999", "1:1"])
def test_forged_numbers_are_refused(bench: Bench, value: str) -> None:
    published(bench)
    for action in ABOUT_ONE:
        assert bench.presses(ANN, action, value) == NO_SUCH
    for action in (payroll.SHOW, payroll.PREPARE, payroll.APPROVE, payroll.FILES):
        assert value.startswith("1:") or "no such" in words_of(bench.presses(HANA, action, value)).lower()


def test_seen_is_noted_with_a_remark_by_the_person_only(bench: Bench) -> None:
    published(bench)
    assert isinstance(bench.presses(ANN, results.SEEN, 1), Open)
    for who in (MAY, HANA, BOB):
        assert isinstance(bench.fills(who, results.SEEN, 1, remark="x"), str)
    assert bench.fills(ANN, results.SEEN, 1, remark="I see it otherwise") == Done()
    assert (bench.appraisal().state, bench.appraisal().remark) == (State.ACKNOWLEDGED, "I see it otherwise")
    told = bench.told(ANN)[f"{results.RESULT}:1"]
    assert "I see it otherwise" in told and results.SEEN not in told
    assert "I see it otherwise" in words_of(bench.types(MAY, "result", "of <@UANN>"))


STEP_OF = {
    Way.APPEAL: (None, {ANN}),
    Way.TALK: (Way.APPEAL, {MAY, TOP}),
    Way.SETTLE: (Way.TALK, {ANN}),
    Way.ESCALATE: (Way.TALK, {ANN}),
    Way.ACCEPT: (Way.ESCALATE, {HANA, HUGO}),
    Way.DECLINE: (Way.ESCALATE, {HANA, HUGO}),
    Way.UPHOLD: (Way.ACCEPT, {HANA, HUGO}),
    Way.REVISE: (Way.ACCEPT, {HANA, HUGO}),
}


@pytest.mark.parametrize("way", Way)
def test_each_step_of_an_appeal_is_for_those_whose_it_is(bench: Bench, way: Way) -> None:
    before, allowed = STEP_OF[way]
    found = appeals(bench, before) if before else published(bench)
    for who in EVERYBODY:
        if who in allowed:
            continue
        assert isinstance(bench.presses(who, action_of(way), 1), str), who
        if way in (*WRITTEN, Way.REVISE):
            assert isinstance(bench.fills(who, action_of(way), 1, why="why", grade="good"), str), who
    assert bench.appraisal() == found
    opened = bench.presses(min(allowed), action_of(way), 1)
    assert isinstance(opened, Open if way in (*WRITTEN, Way.REVISE) else Say)


def test_hr_who_scored_somebody_does_not_decide_about_the_appeal(bench: Bench) -> None:
    with bench.store.change() as shelves:
        shelves.people.put(person(MAY, Role.HR, manager=TOP))
    appeals(bench, Way.ESCALATE)
    assert "Somebody else" in words_of(bench.presses(MAY, action_of(Way.ACCEPT), 1))
    assert action_of(Way.ACCEPT) not in bench.told(MAY)[f"{hearing.HEARD}:1:{MAY}"]
    assert action_of(Way.ACCEPT) in bench.told(HANA)[f"{hearing.HEARD}:1:{HANA}"]


def test_all_are_told_of_an_appeal_and_their_messages_follow_it(bench: Bench) -> None:
    appeals(bench, Way.ACCEPT)
    assert action_of(Way.TALK) not in bench.told(MAY)[f"{hearing.MADE}:1:{MAY}"]
    assert "We talked" in bench.told(ANN)[f"{hearing.TALKED}:1:{ANN}"]
    assert action_of(Way.REVISE) in bench.told(HUGO)[f"{hearing.HEARD}:1:{HUGO}"]
    assert "Fri 4 Dec 2026" in bench.told(ANN)[f"{hearing.TAKEN}:1:{ANN}"]
    bench.fills(HUGO, action_of(Way.REVISE), 1, why="Two wins were missing", grade="pass")
    assert bench.appraisal().state is State.REVISED
    result = bench.told(ANN)[f"{results.RESULT}:1"]
    assert "revised the grade to pass" in result and "CNY 7,200" in result and "CNY 10,800" not in result
    assert "Two wins were missing" in bench.told(ANN)[f"{hearing.DECIDED}:1:{ANN}"]
    assert action_of(Way.REVISE) not in bench.told(HANA)[f"{hearing.HEARD}:1:{HANA}"]


@pytest.mark.parametrize(("state", "kept"), [(State.MANAGER_DRAFT, Grade.PASS), (State.MANAGER_SUBMITTED, Grade.EXCELLENT)])
def test_a_revised_quarter_counts_in_the_year_until_that_is_scored(bench: Bench, state: State, kept: Grade) -> None:
    appeals(bench, Way.ACCEPT)
    quarters = {"2026Q3": (83, Grade.EXCELLENT)}
    bench.begins(cycle("2026"), scored(ANN, state=state).amended(quarters=quarters))
    bench.fills(HUGO, action_of(Way.REVISE), 1, why="Less was won", grade="pass")
    assert bench.appraisal(2).quarters["2026Q3"][1] is kept


def test_an_appeal_after_its_last_day_is_refused_with_the_day(bench: Bench) -> None:
    published(bench)
    bench.clock.move_to(bench.clock.now().replace(day=28))
    with bench.store.change() as shelves, pytest.raises(Exception, match="Appeals were possible until") as late:
        bench.routes.buttons[action_of(Way.APPEAL)](bench.turn(ANN, value="1"), shelves)
    assert late.value.values == {"day": "Fri 27 Nov 2026"}  # type: ignore[attr-defined]


@pytest.mark.parametrize("who", EVERYBODY)
def test_the_list_for_payroll_is_for_hr_only(bench: Bench, who: str) -> None:
    published(bench)
    for action in (payroll.SHOW, payroll.PREPARE):
        assert isinstance(bench.presses(who, action, 1), Say) is (who in (HANA, HUGO))
    assert ("CNY 10,800" in words_of(bench.types(who, "payroll", "2026Q3"))) is (who in (HANA, HUGO))
    for action in (payroll.APPROVE, payroll.FILES):
        assert isinstance(bench.presses(who, action, 1), str)


def test_two_people_prepare_and_approve_and_a_revised_grade_makes_that_void(bench: Bench) -> None:
    appeals(bench, Way.ACCEPT)
    prepared = bench.presses(HANA, payroll.PREPARE, 1)
    assert "open" in words_of(bench.types(HUGO, "payroll", "2026Q3")) and payroll.APPROVE not in words_of(prepared)
    kept = bench.cycle().payroll
    assert kept is not None and f"{payroll.TOLD}:1:{HUGO}:{kept.checksum[:12]}" in bench.told(HUGO)
    value = f"1:{kept.checksum}"
    assert "second person" in words_of(bench.presses(HANA, payroll.APPROVE, value))
    assert "changed" in words_of(bench.presses(HUGO, payroll.APPROVE, "1:forged"))
    assert payroll.FILES in words_of(bench.presses(HUGO, payroll.APPROVE, value))
    assert f"<@{HUGO}>" in words_of(bench.presses(HANA, payroll.SHOW, 1)) or HUGO in words_of(bench.presses(HANA, payroll.SHOW, 1))
    bench.fills(HUGO, action_of(Way.REVISE), 1, why="Less was won", grade="pass")
    assert "prepare it again" in words_of(bench.presses(HANA, payroll.FILES, 1))
    assert payroll.PREPARE in words_of(bench.presses(HANA, payroll.SHOW, 1))


def test_a_year_is_told_with_its_quarters_and_its_rule_and_without_a_bonus(bench: Bench) -> None:
    quarters = {"2026Q1": (91, Grade.EXCELLENT), "2026Q2": (82, Grade.GOOD)}
    bench.publishes(bench.begins(cycle("2026"), scored(ANN, Grade.GOOD).amended(quarters=quarters))[0])
    words = words_of(bench.types(ANN, "result", "2026"))
    for expected in ("The quarters of 2026", "Mean of the quarters: 86.5", "outstanding from 95", "60% the mean"):
        assert expected in words, expected
    assert "Bonus" not in words and "weight" not in words


def test_where_marks_are_part_of_the_score_the_result_says_so(bench: Bench) -> None:
    of = cycle()
    formula = {"measures": "60", "manager": "30", "own": "10"}
    mixed = of.amended(rules={**of.rules, "appraisals": {**of.rules["appraisals"], "formula": formula}})
    bench.publishes(bench.begins(mixed, scored())[0])
    assert "The score is 60% the measures, 30% the manager" in words_of(bench.types(ANN, "result"))


def published_year(bench: Bench) -> None:
    """Publish a year of Ann's, excellent, and of Hugo's, outstanding."""
    of = cycle("2026", state=Phase.APPEAL_WINDOW)
    for one in bench.begins(of, scored(ANN, Grade.EXCELLENT), scored(HUGO, Grade.OUTSTANDING, manager=HANA)):
        bench.publishes(one)


@pytest.mark.parametrize("who", EVERYBODY)
def test_hr_sees_the_year_s_lists_and_managers_only_the_training_of_their_line(bench: Bench, who: str) -> None:
    published_year(bench)
    shown = {use: bench.presses(who, candidates.SHOW, f"1:{use}:0") for use in ("pay", "promotion", "training", "awards")}
    seen = {use for use, answer in shown.items() if isinstance(answer, Say)}
    assert seen == ({"pay", "promotion", "training", "awards"} if who in (HANA, HUGO) else {"training"} if who in (MAY, TOP) else set())
    assert isinstance(bench.types(who, "year", "2026"), Say) is bool(seen)
    if who in (MAY, TOP):
        assert "Ann" in words_of(shown["training"]) and "Hugo" not in words_of(shown["training"])
    if who not in (HANA, HUGO):
        assert isinstance(bench.presses(who, candidates.FILE, 1), str)


@pytest.mark.parametrize("value", ["", "1", "2:pay:0", "1:everything:0", "x:pay:0", "1:pay:-1", "1:pay:" + "9" * 40])
def test_a_forged_list_is_refused_or_shown_from_its_beginning(bench: Bench, value: str) -> None:
    published_year(bench)
    answer = bench.presses(HANA, candidates.SHOW, value)
    assert isinstance(answer, Say) if value.startswith("1:pay") else isinstance(answer, str)


def test_a_result_that_is_still_to_come_is_announced_with_how_far_the_cycle_is(bench: Bench) -> None:
    scored_quarter(bench)
    told = {
        Phase.CALIBRATION: "The appraisal of 2026Q3 is being calibrated: you get a message when your result is here.",
        Phase.PUBLISHED: "The results of 2026Q3 are being published now",
    }
    for phase, words in told.items():
        with bench.store.change() as shelves:
            kept = shelves.cycles.get(1)
            assert kept is not None
            shelves.cycles.save(kept.amended(state=phase))
        assert words in words_of(bench.types(ANN, "result")) and words in words_of(bench.types(ANN, "result", "2026Q3"))
    assert "You have no published result yet" in words_of(bench.types(ANN, "result", "2025Q3"))


def test_hr_who_scored_somebody_does_not_calibrate_them(bench: Bench) -> None:
    with bench.store.change() as shelves:
        shelves.people.put(person(MAY, Role.HR, manager=TOP))
    bench.begins(cycle(state=Phase.CALIBRATION), scored())
    assert "does not calibrate" in words_of(bench.presses(MAY, calibration.CHANGE, 1))
    assert "does not calibrate" in words_of(bench.fills(MAY, calibration.CHANGE, "1:1", grade="fail", why="just so"))
    assert bench.appraisal().final_grade is Grade.GOOD


def test_nobody_approves_a_list_with_their_own_bonus(bench: Bench) -> None:
    for one in bench.begins(cycle(bases={ENGINEER: 9000}), scored(), scored(HUGO)):
        bench.publishes(one)
    bench.presses(HANA, payroll.PREPARE, 1)
    kept = bench.cycle().payroll
    assert kept is not None and payroll.APPROVE not in words_of(bench.presses(HUGO, payroll.SHOW, 1))
    assert "Your own bonus is on this list" in words_of(bench.presses(HUGO, payroll.APPROVE, f"1:{kept.checksum}"))
    assert bench.cycle().payroll == kept


@pytest.mark.parametrize("number", ["9" * 30, "-1", "x"])
def test_a_forged_page_of_a_cycle_is_its_first(bench: Bench, number: str) -> None:
    bench.begins(cycle(state=Phase.CALIBRATION), scored(state=State.MANAGER_DRAFT))
    assert words_of(bench.presses(HANA, CYCLE, f"1:score:{number}")) == words_of(bench.presses(HANA, CYCLE, "1:score:0"))


def test_who_reopens_while_hr_publishes_waits_and_comes_too_late(bench: Bench) -> None:
    bench.begins(cycle(state=Phase.CALIBRATION, appeal_until=None), scored())
    answers: list[object] = []
    reopens = threading.Thread(target=lambda: answers.append(bench.fills(MAY, team.REOPEN, 1, why="A slip")))
    with bench.store.change() as shelves:
        bench.routes.buttons[PUBLISH](bench.turn(HANA, value="1"), shelves)
        reopens.start()
        reopens.join(0.5)
        assert answers == []
    reopens.join()
    assert ["its scores stay as they are" in str(answer) for answer in answers] == [True]
    assert (bench.cycle().state, bench.appraisal().state) == (Phase.PUBLISHED, State.MANAGER_SUBMITTED)


def test_who_publishes_while_a_scoring_is_reopened_waits_and_sees_it(bench: Bench) -> None:
    bench.begins(cycle(state=Phase.CALIBRATION, appeal_until=None), scored())
    publishes = threading.Thread(target=lambda: bench.presses(HANA, PUBLISH, 1))
    with bench.store.change() as shelves:
        form = bench.routes.forms[team.REOPEN]
        turn = bench.turn(MAY, metadata="1")
        form.handler(turn, shelves, form.model.model_validate({"why": "A slip"}))
        publishes.start()
        publishes.join(0.5)
    publishes.join()
    assert (bench.cycle().state, bench.appraisal().state) == (Phase.CALIBRATION, State.MANAGER_DRAFT)


def test_who_missed_publication_is_excused_by_hr_and_who_is_scored_is_not(bench: Bench) -> None:
    bench.begins(cycle(state=Phase.PUBLISHED), scored(state=State.MANAGER_DRAFT), scored(BOB))
    assert "before the results are published" in words_of(bench.fills(HANA, EXCUSE, 1, person=BOB, why="leave"))
    assert isinstance(bench.fills(HANA, EXCUSE, 1, person=ANN, why="leave"), Say)
    assert bench.appraisal().state is State.EXCUSED


def test_help_leaves_out_what_is_for_hr_only_and_hints_at_no_amounts(bench: Bench) -> None:
    told = words_of(bench.types(ANN, "help"))
    assert "/review result" in told and "/review payroll" not in told and "Amounts:" not in told
    assert "/review payroll" in words_of(bench.types(HANA, "help"))


def test_a_prepared_list_names_who_can_approve_it_or_says_that_nobody_can(bench: Bench) -> None:
    published(bench)
    assert "approves it: " in words_of(bench.presses(HANA, payroll.PREPARE, 1))
    with bench.store.change() as shelves:
        shelves.people.put(person(HUGO))
    assert "an administrator has to give somebody the role of HR first" in words_of(bench.types(HANA, "payroll", "2026Q3"))


def test_a_scorer_who_is_not_above_the_person_is_not_told_the_bonus(bench: Bench) -> None:
    published(bench)
    with bench.store.change() as shelves:
        found = shelves.people.get(ANN)
        assert found is not None
        shelves.people.put(found.amended(manager=TOP))
    assert "10,800" not in words_of(bench.presses(MAY, results.RESULT, 1))
    assert "10,800" in words_of(bench.presses(TOP, results.RESULT, 1))


def test_where_every_measure_has_too_few_cases_one_sentence_says_so(bench: Bench) -> None:
    few = [one.amended(value=None, score=None) for one in scored(ANN, Grade.EXCELLENT).measured]
    published(bench, measured=few)
    assert words_of(bench.types(ANN, "result")).count("too few cases") == 1
