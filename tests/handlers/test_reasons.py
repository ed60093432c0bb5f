"""§1.1, §5.1: anybody sees their own measures at any time, and why each is what it is; others only those who may."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from bot.policy.appraisals.cycle import Cycle, Kind, Phase, kept_rules
from bot.policy.appraisals.record import Appraisal, Grade, Measure, Measured, Part, PeerRating, Scoring, State
from bot.policy.bids import Bid
from bot.policy.bids import State as BidState
from bot.policy.people import Role
from bot.policy.refusal import Refusal
from bot.policy.solutions import Score, Solution
from bot.policy.solutions import State as SolutionState
from bot.policy.surveys import State as Answered
from bot.policy.surveys import Survey
from handlers.appraisals.reasons import pressed
from handlers.context import Say, Turn
from storage.counting import count_bid, count_solution, count_survey
from tests.office import MONDAY, Office, open_office, pressables

ENGINEER = "presales_engineer"


@pytest.fixture
def office(database: str) -> Iterator[Office]:
    """Return an office in which Ann, whom May manages under Dan, won two bids of four this quarter."""
    with open_office(database) as office:
        office.places("ann", post=ENGINEER, roles=frozenset({Role.STAFF}), manager="may", team="North")
        office.places("bob", post=ENGINEER, roles=frozenset({Role.STAFF}), manager="may", team="North")
        office.places("may", roles=frozenset({Role.STAFF}), manager="dan")
        office.places("dan", roles=frozenset({Role.STAFF}))
        office.places("lin", post=ENGINEER, roles=frozenset({Role.STAFF}))
        office.places("hana", roles=frozenset({Role.COLLEAGUE, Role.HR}))
        office.places("chen", roles=frozenset({Role.COLLEAGUE}), manager="lin")
        for number, state in enumerate((BidState.WON, BidState.WON, BidState.LOST, BidState.LOST), start=1):
            keep(office, bid(number, state))
        yield office


def bid(number: int, state: BidState, **facts: Any) -> Bid:
    """Return a bid of Ann's that was decided today."""
    named = {"owner": "U0ANN0001", "customer": f"C{number}", "customer_key": f"c{number}", "currency": "CNY"}
    given = {"registered_at": MONDAY, "submitted_at": MONDAY, "decided_at": MONDAY, "state": state}
    awarded = {"awarded": Decimal(500_000)} if state is BidState.WON else {}
    return Bid(**{**named, **given, **awarded, **facts})


def keep(office: Office, *bids: Bid) -> None:
    with office.bot.store.change() as shelves:
        for one in bids:
            count_bid(shelves, shelves.bids.add(one), office.bot.desk.handbook)


def cycle(office: Office, period: str = "2026Q3", **facts: Any) -> Cycle:
    """Return the cycle of a quarter, kept."""
    day = MONDAY.date()
    kept = Cycle(
        **{
            "period": period,
            "slot": period,
            "kind": Kind.YEAR if "Q" not in period else Kind.QUARTER,
            "state": Phase.APPEAL_WINDOW,
            "start": day - timedelta(days=150),
            "end": day - timedelta(days=60),
            "handbook": "abc123",
            "rules": kept_rules(office.bot.desk.handbook),
            "opened_at": MONDAY,
            "self_due": day,
            "manager_due": day,
            "calibration_due": day,
            **facts,
        }
    )
    with office.bot.store.change() as shelves:
        return shelves.cycles.add(kept)


def appraisal(office: Office, of: Cycle, **facts: Any) -> Appraisal:
    """Return Ann's appraisal in a cycle, kept."""
    given = {"cycle": of.id, "period": of.period, "person": office.ann.id, "manager": office.may.id, "post": ENGINEER, "team": "North"}
    with office.bot.store.change() as shelves:
        return shelves.appraisals.add(Appraisal(**{**given, "served": 92, "days": 92, "opened_at": MONDAY, **facts}))


def test_without_a_measure_all_seven_are_listed_each_with_its_reasons(office: Office) -> None:
    seen = office.ann.types("/review why")
    assert "Ann Engineer · 2026Q4" in seen.words
    assert "win rate: 50.0%, 90 points · weight 50.0% · 4 cases" in seen.words
    assert "teamwork: too few (0 of 3)" in seen.words
    assert seen.buttons.count("Why") == 7 and "2026Q3" in seen.buttons
    assert "Measures with 40.0% of the weight have enough cases to count." in seen.words


def test_a_measure_is_explained_with_its_numbers_clause_version_and_records(office: Office) -> None:
    seen = office.ann.types("/review why win rate")
    for words in (
        "win rate: 50.0%",
        "Won ÷ submitted",
        "2 ÷ 4 = 50.0%",
        "Score 90 of 100",
        "0 → 40, 40 → 80, 60 → 100",
        "It weighs 50.0%: 20.0% by the handbook",
        "4 cases; 3 or more are needed.",
        "Made of 4 records.",
        "Won 2, decided 4, waiting for the result 0.",
        "B-1 · C1\nwon: counts as won",
        "B-4 · C4\nlost: counts as not won",
        f"Clause §5.1.1, handbook {office.bot.desk.handbook.version}",
    ):
        assert words in seen.words
    assert seen.buttons.count("Open") == 4


def test_sales_so_far_are_held_against_the_days_that_have_passed(office: Office) -> None:
    # The 23rd of November is day 54 of 92: 3,000,000 x 54 / 92 = 1,760,869.57; 1,000,000 of it are 56.8%, which scores 45.4.
    words = office.ann.types("/review why sales").words
    assert "CNY 1,000,000 ÷ CNY 1,760,869.57 = 56.8%" in words and "Score 45.4 of 100" in words
    assert "that part of CNY 3,000,000 which falls to 54 of 92 days" in words
    assert "adds CNY 500,000" in words and "adds CNY 0" in words


def test_too_few_are_told_with_how_many_are_needed(office: Office) -> None:
    words = office.ann.types("/review why solution").words
    assert "solution quality: too few (0 of 1)" in words and "0 cases; 1 or more are needed." in words
    assert "Its weight of 15.0% is spread over the measures that have enough cases." in words


TYPED = {
    "win rate": ("win rate", "WIN-RATE", "中标率", "中標率"),
    "sales amount": ("sales", "销售额", "銷售額"),
    "research accuracy": ("research", "需求调研", "需求調研準確性"),
    "solution quality": ("solution", "solution_quality", "解决方案质量", "方案"),
    "bid document quality": ("bid document", "投标文件", "標書"),
    "customer satisfaction": ("satisfaction", "满意度", "客戶滿意度"),
    "teamwork": ("teamwork", "团队协作", "團隊協作"),
    "Grades begin at": ("score", "grade", "bonus", "得分", "等級", "奖金"),
}


def test_a_measure_may_be_called_in_any_language(office: Office) -> None:
    for shown, typed in TYPED.items():
        for words in typed:
            assert f"{shown}: " in office.ann.types(f"/review why {words}").words
    assert "林晓 · 2026Q4" in office.lin.types("/review 为什么 中标率").words
    assert "Ann Engineer · 2026Q3" in office.may.types(f"/review why 銷售額 <@{office.ann.id}> 2026Q3").words
    assert "Ann Engineer · 2025" in office.may.types("/review why sales of Ann Engineer 2025").words


def test_what_is_no_measure_is_refused_with_those_that_are(office: Office) -> None:
    words = office.ann.types("/review why charm").words
    assert "“charm” is no measure" in words and "win rate" in words and "teamwork" in words


def test_the_buttons_lead_from_all_to_one_to_the_score_and_back(office: Office) -> None:
    one = office.ann.types("/review why").press("Why")
    assert one and "2 ÷ 4" in one.words
    whole = one.press("How the score is made")
    assert whole and "win rate: 90 × 50.0%" in whole.words and "Grades begin at: excellent 90, good 80 and pass 60" in whole.words
    assert "Bonus: base of the post × company 1" in whole.words
    back = whole.press("All measures")
    assert back and "teamwork: too few" in back.words
    earlier = back.press("2026Q3")
    assert earlier and "Ann Engineer · 2026Q3" in earlier.words and "No score yet" in earlier.words


def test_records_come_page_by_page(office: Office) -> None:
    keep(office, *(bid(number, BidState.LOST) for number in range(5, 18)))
    first = office.ann.types("/review why win")
    assert first.buttons.count("Open") == 10
    second = first.press("Next")
    assert second and second.buttons.count("Open") == 7
    again = second.press("Previous")
    assert again and again.buttons.count("Open") == 10


MAY, MAY_NOT = ("ann", "may", "dan", "hana"), ("bob", "lin", "ada", "chen")
REFUSED = "The figures of Ann Engineer are for May Manager / Dan Engineer, and for the HR department."


@pytest.mark.parametrize("way", ["/review why of Ann Engineer", "/review why win rate @U", "/review why grade of @U"])
def test_only_the_person_their_managers_and_hr_see_measures(office: Office, way: str) -> None:
    typed = way.replace("@U", f"<@{office.ann.id}>")
    assert all("50.0%" in getattr(office, name).types(typed).words for name in MAY)
    assert not any("50.0%" in getattr(office, name).types(typed).words for name in MAY_NOT)
    assert REFUSED in office.bob.types(typed).words and REFUSED in office.ada.types(typed).words


def test_a_forged_button_shows_no_more(office: Office) -> None:
    for value in ("win_rate:U0ANN0001:2026Q4", ":U0ANN0001:2026Q4", "score:U0ANN0001:2026Q4", "sales_amount:U0ANN0001:2026Q4:1"):
        assert all("2026Q4" in presses(office, name, value) for name in MAY)
        assert {presses(office, name, value) for name in MAY_NOT} == {""}
    for value in ("", "x", "win_rate", "charm:U0ANN0001:2026Q4", "win_rate:U0NOBODY1:2026Q4", "win_rate:U0ANN0001:yesterday"):
        assert presses(office, "ann", value) == ""
    assert "Ann Engineer" in presses(office, "ann", "win_rate::2026Q4") and "B-1" in presses(office, "ann", "win_rate:U0ANN0001:2026Q4:x")


def presses(office: Office, name: str, value: str) -> str:
    """Press a button with a value of one's own making; return what is answered, nothing where it is refused."""
    with office.bot.store.look() as shelves:
        person = shelves.people.get(getattr(office, name).id)
        assert person is not None
        turn = Turn(office.bot.desk, person, MONDAY, "R", office.bot.client, value=value)
        try:
            answer = pressed(turn, shelves)
        except Refusal:
            return ""
    assert isinstance(answer, Say)
    return str(answer.message.blocks)


def test_a_guest_is_told_nothing(office: Office) -> None:
    words = office.gus.types("/review why").words
    assert "win rate" not in words


def test_whoever_is_not_appraised_is_told_so(office: Office) -> None:
    assert "Hana HR is not appraised" in office.hana.types("/review why").words
    assert "May Manager is not appraised" in office.dan.types(f"/review why of <@{office.may.id}>").words


def test_what_may_not_be_known_is_counted_and_not_named(office: Office) -> None:
    keep(office, bid(5, BidState.LOST, customer="Zephyrus", confidential=True))
    own, managers = office.ann.types("/review why win").words, office.may.types(f"/review why win <@{office.ann.id}>").words
    assert "Zephyrus" in own and "Zephyrus" in managers and "Made of 5 records." in own
    words = office.hana.types(f"/review why win <@{office.ann.id}>").words
    assert "Zephyrus" not in words and "C1" not in words and "5 of them are not for you to see." in words
    office.places("hana", roles=frozenset({Role.STAFF, Role.HR}))
    words = office.hana.types(f"/review why win <@{office.ann.id}>").words
    assert "Zephyrus" not in words and "C1" in words and "1 of them is not for you to see." in words


def test_colleagues_are_never_listed_and_nothing_is_told_below_the_minimum(office: Office) -> None:
    done = cycle(office)
    appraisal(office, done)
    rate(office, done, "U0BOB0001", "U0DAN0001")
    few = office.ann.types("/review why teamwork 2026Q3").words
    assert "too few (2 of 3)" in few and "18" not in few and "90" not in few
    rate(office, done, "U0LIN0001")
    words = office.ann.types("/review why teamwork 2026Q3").words
    assert "20 × 27 ÷ 6 = 90 of 100" in words and "3 colleagues; 3 or more are needed." in words
    assert "Who gave which mark is never shown." in words
    assert not any(name in words for name in ("Bob", "Dan", "林晓", "U0BOB0001"))


def test_what_colleagues_say_is_not_told_while_they_still_answer(office: Office) -> None:
    still = cycle(office, state=Phase.OPEN)
    appraisal(office, still)
    rate(office, still, "U0BOB0001", "U0DAN0001", "U0LIN0001")
    words = office.ann.types("/review why teamwork 2026Q3").words
    assert "too few (0 of 3)" in words and "Colleagues are asked when the period is over" in words


def rate(office: Office, of: Cycle, *raters: str) -> None:
    with office.bot.store.change() as shelves:
        for rater in raters:
            given = {"communication": 4, "problem_solving": 5, "rated_at": MONDAY}
            shelves.ratings.add(PeerRating(cycle=of.id, person=office.ann.id, rater=rater, asked_at=MONDAY, **given))


def test_a_result_that_was_told_is_explained_as_it_was_handed_in(office: Office) -> None:
    facts = {"part": Decimal(3), "whole": Decimal(4), "n": 4, "value": Decimal(75), "score": Decimal(100), "weight": Decimal(100)}
    blank = {"part": Decimal(), "whole": Decimal(), "n": 0, "value": None, "score": None, "weight": Decimal()}
    measured = tuple(Measured(measure=one, given=Decimal(20), **(facts if one is Measure.WIN_RATE else blank)) for one in Measure)
    appraisal(
        office,
        cycle(office),
        state=State.PUBLISHED,
        published_at=MONDAY,
        measured=measured,
        score=Decimal("88.8"),
        suggested=Grade.GOOD,
        grade=Grade.GOOD,
        calibrated=Grade.EXCELLENT,
        scoring=Scoring(manager=office.may.id, marks=dict.fromkeys(Part, 4)),
    )
    words = office.ann.types("/review why grade 2026Q3").words
    assert "Score 88.8 of 100; grade: excellent." in words and "handbook abc123" in words
    assert "By the score good, by the manager good, in the end excellent." in words
    assert "3 ÷ 4 = 75.0%" in office.ann.types("/review why win rate 2026Q3").words


@pytest.mark.parametrize("name", ["ann", "may"])
def test_before_it_is_told_a_score_is_not_shown(office: Office, name: str) -> None:
    appraisal(office, cycle(office, state=Phase.CALIBRATION), state=State.MANAGER_SUBMITTED, score=Decimal("88.8"), grade=Grade.GOOD)
    assert "88.8" not in getattr(office, name).types(f"/review why grade 2026Q3 of <@{office.ann.id}>").words


def test_a_year_is_made_of_its_quarters(office: Office) -> None:
    done = cycle(office, "2025")
    appraisal(office, done, quarters={"2025Q1": (Decimal("82.5"), Grade.GOOD), "2025Q2": (None, None)})
    words = office.ann.types("/review why grade 2025").words
    assert "2025Q1: 82.5, good" in words and "2025Q2: no data, not graded" in words
    assert "the mean of its quarters 60.0%, the manager's marks for the year 40.0%" in words and "§5.3.2" in words


def test_solutions_and_answers_tell_what_they_add(office: Office) -> None:
    aspects = {"feasibility": 4, "soundness": 4, "cost_benefit": 1, "innovation": 4}
    scores = tuple(Score(expert=expert, sitting=1, comment="", at=MONDAY, **aspects) for expert in (office.bob.id, office.dan.id))
    made = Solution(
        opportunity=1,
        customer_name="ACME",
        customer_key="acme",
        owner=office.ann.id,
        opened_at=MONDAY,
        state=SolutionState.APPROVED,
        approved_at=MONDAY,
        scores=scores,
        sitting=1,
    )
    survey = Survey(
        customer_name="ACME",
        customer_key="acme",
        language="en",
        asked_by=office.ann.id,
        state=Answered.ANSWERED,
        created=MONDAY,
        answered_at=MONDAY,
        verified=True,
        score=4,
    )
    with office.bot.store.change() as shelves:
        count_solution(shelves, shelves.solutions.add(made), office.bot.desk.handbook)
        count_survey(shelves, shelves.surveys.add(survey), office.bot.desk.handbook)
    solution = office.ann.types("/review why solution").words
    assert "80 ÷ 1 = 80 of 100" in solution and "S-1 · ACME\n80 of 100" in solution
    answers = office.ann.types("/review why satisfaction").words
    assert "80 ÷ 1 = 80 of 100" in answers and "SV-1 · ACME\n4 with a weight of 1" in answers


def test_home_shows_the_quarter_so_far_to_those_who_are_appraised(office: Office) -> None:
    home = office.ann.home()
    for words in (
        "Your quarter so far: 2026Q4",
        "win rate: 50.0%, 90 points · weight 50.0% · 4 cases",
        "solution quality: too few (0 of 1)",
        "So far 67.7 of 100, which would be pass.",
        "12.3 more make good, which begins at 80.",
        "What would lift it:",
    ):
        assert words in home
    assert "Your quarter so far: 2026Q4" in office.ann.types("/presales home").words
    assert all("Your quarter so far: 2026Q4" not in getattr(office, name).home() for name in ("may", "hana", "chen", "ada"))


def test_home_leads_to_the_reasons_the_self_review_and_the_team(office: Office) -> None:
    running = cycle(office, state=Phase.OPEN)
    mine = appraisal(office, running)
    office.ann.home()
    found = offered(office, office.ann.id)
    assert ("Write your self-review", "appraisals.start", str(mine.id)) in found
    assert ("Why", "appraisals.why", "win_rate:U0ANN0001:2026Q4") in found
    office.may.home()
    assert ("Appraisals of your team", "appraisals.team", f"{running.id}:{office.may.id}:0") in offered(office, office.may.id)


def offered(office: Office, person: str) -> list[tuple[str, str, str]]:
    """Return label, action and value of what can be pressed in somebody's App Home."""
    view = office.sandbox.control.home_view(person)
    return [(label, action, value) for label, _block, action, value in pressables(view or {})]
