"""What is due in appraisals and honours stands on the desk of whoever owes it, and of nobody else, on both databases."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from bot.language import translator
from bot.policy.appraisals.cycle import Cycle, Kind, Phase
from bot.policy.appraisals.record import Appeal, Appraisal, Grade, PeerRating, Scoring, State
from bot.policy.honours.record import Phase as Stage
from bot.policy.honours.record import Round
from bot.policy.people import Role
from bot.views.home import summary
from handlers.owing import desktop
from tests.appraising import begin, change, enrolled
from tests.office import MONDAY, Office, open_office, pressables
from tests.views.longest.honours import ROUND

PAST, AHEAD = date(2026, 11, 20), date(2026, 12, 1)
NOTHING = "Nothing is due from you."


@pytest.fixture
def office(database: str) -> Iterator[Office]:
    """Return an office in which Ann and Bob are below May, and Hana is of the HR department."""
    with open_office(database) as office:
        for name in ("ann", "bob"):
            office.places(name, manager="may", post="presales_engineer")
        office.places("hana", roles=frozenset({Role.HR}))
        yield office


def home(office: Office, name: str) -> str:
    """Return what stands under "Due from you" in somebody's App Home."""
    words: str = getattr(office, name).home()
    return words.partition("Due from you")[2].partition("Your quarter so far")[0].partition("Your team")[0]


def leads(office: Office, name: str) -> list[tuple[str, str, str]]:
    """Return label, action and value of what can be pressed in somebody's App Home."""
    view = office.sandbox.control.home_view(getattr(office, name).id)
    return [(label, action, value) for label, _block, action, value in pressables(view or {})]


def rate(office: Office, cycle: Cycle, *people: str, **facts: Any) -> list[PeerRating]:
    """Have Dan asked about people."""
    with office.bot.store.change() as shelves:
        asked = [PeerRating(cycle=cycle.id, person=getattr(office, name).id, rater=office.dan.id, asked_at=MONDAY) for name in people]
        return [shelves.ratings.add(one.amended(**facts)) for one in asked]


def appealed(office: Office, one: Appraisal, state: State, **facts: Any) -> None:
    """Have the result of an appraisal, scored by May, appealed against."""
    appeal = Appeal(at=MONDAY, why="It was more", talk_due=AHEAD).amended(**facts)
    scoring = Scoring(manager=office.may.id, grade=Grade.GOOD)
    change(office, one.id, state=state, appeal=appeal, scoring=scoring, grade=Grade.GOOD, published_at=MONDAY)


def test_where_no_cycle_runs_nothing_is_due_and_little_is_asked(office: Office) -> None:
    assert all(NOTHING in home(office, name) for name in ("ann", "may", "hana"))
    begin(office, "ann", state=Phase.CLOSED)
    assert all(NOTHING in home(office, name) for name in ("ann", "may", "hana"))


def test_ones_own_self_review_is_due_with_its_day_and_its_button_until_it_is_handed_in(office: Office) -> None:
    _, [mine] = begin(office, "ann")
    assert "Your self-review of 2026Q4" in home(office, "ann") and "Due Tue 1 Dec 2026" in home(office, "ann")
    assert ("Write your self-review", "appraisals.start", str(mine.id)) in leads(office, "ann")
    assert "Your self-review of 2026Q4" in office.ann.types("/presales home").words
    assert all(NOTHING in home(office, name) for name in ("bob", "may", "hana"))
    change(office, mine.id, state=State.SELF_SUBMITTED, self_submitted_at=MONDAY)
    assert NOTHING in home(office, "ann")


def test_todo_says_what_is_due_in_appraisals(office: Office) -> None:
    begin(office, "ann")
    office.sandbox.control.say(office.ann.id, office.bot_user, "todo")
    office.settle()
    assert "Your self-review of 2026Q4" in office.ann.told[-1].words and NOTHING not in office.ann.told[-1].words


def test_a_self_review_that_is_overdue_says_so_and_the_older_one_comes_first(office: Office) -> None:
    cycle, [mine] = begin(office, "ann", self_due=PAST, state=Phase.MANAGER_REVIEW)
    change(office, mine.id, state=State.SELF_OVERDUE)
    with office.bot.store.change() as shelves:
        year = cycle.amended(id=0, period="2026", slot="2026", kind=Kind.YEAR, state=Phase.OPEN, self_due=AHEAD)
        enrolled(office, shelves, shelves.cycles.add(year), office.ann.id)
    lines = home(office, "ann").strip().splitlines()
    assert lines[0] == "Your self-review of 2026Q4" and "Overdue: it was due Fri 20 Nov 2026" in lines[1]
    assert "Your self-review of 2026" in lines[2] and "Due Tue 1 Dec 2026" in lines[3]


def test_colleagues_to_rate_are_counted_and_the_button_asks_about_the_first(office: Office) -> None:
    cycle, _ = begin(office)
    first, _ = rate(office, cycle, "ann", "bob")
    assert "2026Q4: say how working with 2 colleagues went" in home(office, "dan")
    assert ("Rate", "appraisals.rate", str(first.id)) in leads(office, "dan")
    view = office.sandbox.control.home_view(office.dan.id)
    assert view is not None
    block, action, value = next(rest for label, *rest in pressables(view) if label == "Rate")
    office.sandbox.control.press(office.dan.id, view=view["id"], block_id=block, action_id=action, value=value)
    office.settle()
    assert office.dan.fills(communication="4", problem_solving="5") == {}
    assert "say how working with 1 colleague went" in home(office, "dan")
    assert NOTHING in home(office, "ann") and NOTHING in home(office, "bob")


def test_a_manager_sees_how_many_wait_to_be_scored_once_self_reviews_are_in(office: Office) -> None:
    cycle, found = begin(office, "ann", "bob")
    for one, state in zip(found, (State.SELF_SUBMITTED, State.SELF_OVERDUE), strict=True):
        change(office, one.id, state=state)
    assert NOTHING in home(office, "may")
    with office.bot.store.change() as shelves:
        shelves.cycles.save(cycle.amended(state=Phase.MANAGER_REVIEW))
    assert "2 people of your team wait to be scored." in home(office, "may") and "Due Thu 10 Dec 2026" in home(office, "may")
    assert ("Open my list", "appraisals.team", f"{cycle.id}:{office.may.id}:0") in leads(office, "may")
    for one in found:
        change(office, one.id, state=State.MANAGER_SUBMITTED)
    assert NOTHING in home(office, "may")


def test_the_talk_about_an_appeal_is_due_from_the_manager_alone(office: Office) -> None:
    _, [one] = begin(office, "ann", state=Phase.APPEAL_WINDOW, published_at=MONDAY, appeal_until=AHEAD)
    appealed(office, one, State.APPEALED)
    assert "Ann Engineer appeals against the result of 2026Q4: talk with them" in home(office, "may")
    assert ("Open", "appraisals.result", str(one.id)) in leads(office, "may")
    assert NOTHING in home(office, "hana") and NOTHING in home(office, "ann")


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"accept_due": PAST}, "accept it or not\nOverdue: it was due Fri 20 Nov 2026"),
        ({"accepted": True, "accept_due": PAST, "decide_due": AHEAD}, "decide\nDue Tue 1 Dec 2026"),
    ],
)
def test_appeals_are_due_from_hr_but_from_nobody_about_themselves(office: Office, facts: dict[str, Any], words: str) -> None:
    office.places("ann", roles=frozenset({Role.HR}))
    office.places("may", roles=frozenset({Role.HR}))
    _, [one] = begin(office, "ann", state=Phase.APPEAL_WINDOW, published_at=MONDAY, appeal_until=AHEAD)
    appealed(office, one, State.HR_REVIEW, escalated_at=MONDAY, **facts)
    assert words in home(office, "hana") and ("Open", "appraisals.result", str(one.id)) in leads(office, "hana")
    assert all(NOTHING in home(office, name) for name in ("ann", "may", "dan"))


def test_a_cycle_that_should_have_gone_on_is_due_from_hr(office: Office) -> None:
    cycle, _ = begin(office, self_due=PAST, manager_due=PAST, state=Phase.MANAGER_REVIEW)
    assert "Appraisals that should have gone on: 2026Q4: with the managers" in home(office, "hana")
    assert ("Open", "appraisals.cycle", str(cycle.id)) in leads(office, "hana")
    assert NOTHING in home(office, "may")


def test_honours_to_be_decided_are_due_from_hr(office: Office) -> None:
    rounds: list[Round] = []
    for period, stage in (("2026Q2", Stage.ANNOUNCED), ("2026Q3", Stage.DECIDING)):
        with office.bot.store.change() as shelves:
            begun = shelves.rounds.begin(ROUND.amended(id=0, type="team_player", period=period, state=stage))
        assert begun
        rounds.append(begun)
    assert "1 honour waits to be decided" in home(office, "hana")
    assert ("Open", "honours.round", str(rounds[1].id)) in leads(office, "hana")
    assert NOTHING in home(office, "may")


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant"])
def test_the_desk_is_told_in_the_persons_language(office: Office, language: str) -> None:
    begin(office, "ann")
    with office.bot.store.look() as shelves:
        ann = shelves.people.get(office.ann.id)
        assert ann
        said = summary(translator(language), desktop(shelves, ann, MONDAY, office.bot.desk.handbook))
    assert "2026Q4" in str(said.blocks) and "1 Dec" not in str(said.blocks)
