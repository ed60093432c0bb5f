"""Honours: who may be nominated, how the shortlist is computed, who decides, and never more than the quota."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.handbook import as_written, load_handbook
from bot.policy.calendar import Calendar
from bot.policy.honours import deciding, merits, nominating
from bot.policy.honours.deciding import Reasons
from bot.policy.honours.nominating import Words, for_person
from bot.policy.honours.record import Bar, Merit, Nomination, Phase, Round, State
from bot.policy.honours.rounds import cancel, chances, close, ended, is_over, moves_open, opened, opens, period_of
from bot.policy.honours.steps import ALLOWED, NOMINATIONS, ROUND_ALLOWED, ROUNDS, TRANSITIONS, Action, Move
from bot.policy.opportunities import Opportunity, Outcome
from bot.policy.people import Person, Role
from bot.policy.record import Event
from bot.policy.refusal import Refusal
from bot.policy.solutions import Confirmation, Score, Solution
from bot.policy.solutions import State as Written

HANDBOOK = load_handbook(None)
CALENDAR = Calendar(HANDBOOK.company)
BEST, SOLUTION, TEAM = HANDBOOK.honours.types
NOW = datetime(2026, 10, 12, 2, 0, tzinfo=UTC)
QUARTER = ended(TEAM, NOW, CALENDAR)
HR = frozenset({Role.HR})
MARKS = {"feasibility": 5, "soundness": 4, "cost_benefit": 4, "innovation": 3}


def a_round(state: Phase = Phase.DECIDING, quota: int = 2) -> Round:
    facts: dict[str, Any] = {"id": 1, "type": TEAM.id, "period": "2026Q3", "start": QUARTER.start, "end": QUARTER.end, "opened_at": NOW}
    return Round(**facts, rules=as_written(TEAM) | {"quota": str(quota)}, closes=date(2026, 10, 20), state=state)


def a_nomination(number: int = 1, state: State = State.SHORTLISTED, **facts: Any) -> Nomination:
    person = f"U{number}"
    return for_person(TEAM.id, "2026Q3", person, "U9", Words("Good"), NOW).amended(id=number, state=state, **facts)


def a_solution(**facts: Any) -> Solution:
    basic: dict[str, Any] = {
        "id": 12,
        "opportunity": 1,
        "customer_name": "ACME",
        "customer_key": "acme",
        "owner": "U1",
        "members": ("U2",),
        "opened_at": NOW,
        "state": Written.CONFIRMED,
        "sitting": 1,
        "scores": (Score(expert="U4", sitting=1, at=NOW, **MARKS),),
        "approved_at": datetime(2026, 9, 1, tzinfo=UTC),
    }
    return Solution.model_validate(basic | facts)


def refusal(call: Any, *args: Any) -> Refusal:
    with pytest.raises(Refusal) as caught:
        call(*args)
    return caught.value


def test_a_round_begins_when_its_period_has_ended_and_takes_nominations_for_some_working_days() -> None:
    assert opens(TEAM, datetime(2026, 10, 8, 2, 0, tzinfo=UTC), 10, CALENDAR) == QUARTER
    assert opens(TEAM, datetime(2026, 11, 23, 2, 0, tzinfo=UTC), 10, CALENDAR) is None
    begun = opened(TEAM, QUARTER, "", NOW, 10, CALENDAR)
    assert begun.period == "2026Q3" and begun.closes == CALENDAR.add_working_days(QUARTER.end, 10)
    assert period_of(begun, CALENDAR) == QUARTER and begun.honour == TEAM


def test_a_round_that_begins_late_takes_nominations_as_many_days_from_then_on() -> None:
    later = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
    assert opened(TEAM, QUARTER, "U1", later, 10, CALENDAR).closes == CALENDAR.add_working_days(date(2026, 11, 23), 10)


def test_a_period_that_runs_has_no_round_yet_but_nominations_for_it_wait() -> None:
    running = chances(HANDBOOK, [], NOW, CALENDAR)
    assert {one.period.name for one in running} == {"2026", "2026Q4"} and not any(one.closes for one in running)
    assert "has not ended yet" in refusal(opened, TEAM, running[1].period, "U1", NOW, 10, CALENDAR).reason
    assert chances(HANDBOOK, [a_round(Phase.OPEN)], NOW, CALENDAR)[0].period.name == "2026Q3"


def test_nominations_close_after_the_whole_last_day_and_only_once() -> None:
    one = a_round(Phase.OPEN)
    assert not is_over(one, datetime(2026, 10, 20, 15, 59, tzinfo=UTC), CALENDAR)  # a minute to midnight in Shanghai
    assert is_over(one, datetime(2026, 10, 20, 16, 0, tzinfo=UTC), CALENDAR)
    refusal(close, close(one, "", NOW).record, "", NOW)


def test_nobody_nominates_themselves_unless_the_handbook_allows_it() -> None:
    ann = Person(id="U1", name="Ann")
    staff = frozenset({Role.STAFF})
    assert refusal(nominating.check_person, TEAM, ann, staff, "U1", False).field == "person"
    nominating.check_person(TEAM, ann, staff, "U1", True)
    nominating.check_person(TEAM, ann, staff, "U2", False)


@pytest.mark.parametrize("facts", [{"deleted": True}, {"guest": True}, {"bot": True}, {"stranger": True}])
def test_outsiders_and_leavers_are_not_nominated(facts: dict[str, bool]) -> None:
    person = Person(id="U1", name="Gus", **facts)
    assert refusal(nominating.check_person, TEAM, person, frozenset({Role.STAFF}), "U2", False).field == "person"


def test_colleagues_of_other_departments_are_not_nominated_and_an_honour_of_solutions_is_not_for_people() -> None:
    ann = Person(id="U1", name="Ann")
    refusal(nominating.check_person, TEAM, ann, frozenset({Role.COLLEAGUE}), "U2", False)
    assert refusal(nominating.check_person, SOLUTION, ann, frozenset({Role.STAFF}), "U2", False).field == "solution"


@pytest.mark.parametrize("nominator", ["U1", "U2"])
def test_nobody_nominates_a_solution_that_they_wrote(nominator: str) -> None:
    assert "yourself" in refusal(nominating.check_solution, SOLUTION, a_solution(), nominator).reason


@pytest.mark.parametrize("facts", [{"confidential": True}, {"state": Written.WITHDRAWN}, {"state": Written.RETRACTED}])
def test_a_solution_that_could_not_be_announced_is_not_nominated(facts: dict[str, Any]) -> None:
    refusal(nominating.check_solution, SOLUTION, a_solution(**facts), "U7")


def test_a_second_nomination_joins_the_first_and_nobody_speaks_twice() -> None:
    joined = nominating.support(a_nomination(state=State.SUBMITTED), "U3", Words("Helped me"), NOW).record
    assert joined.speakers == ("U9", "U3") and joined.state is State.SUBMITTED
    for person in ("U3", "U9"):
        refusal(nominating.support, joined, person, Words("Again"), NOW)


@pytest.mark.parametrize("words", [Words(""), Words("x" * 1501), Words("x", ("B-1",) * 21)])
def test_a_nomination_says_why_in_a_length_that_is_read(words: Words) -> None:
    refusal(nominating.check_words, words)


@pytest.mark.parametrize(
    ("person", "managers", "may"), [("U1", (), False), ("U9", (), False), ("U8", ("U8",), False), ("U8", ("U7",), True)]
)
def test_nobody_decides_about_themselves_their_nominee_or_their_report(person: str, managers: tuple[str, ...], may: bool) -> None:
    assert (nominating.biased(a_nomination(), person, managers) == "") is may


def test_to_ones_own_nomination_one_is_nothing_but_oneself() -> None:
    assert nominating.roles_to("U1", HR, a_nomination(), ("U1",)) == {Role.SELF}
    assert nominating.roles_to("U8", HR, a_nomination(), ()) == HR
    assert nominating.roles_to("U8", frozenset(), a_nomination(), ("U8",)) == {Role.MANAGER}


def judged(number: int, **facts: Any) -> Nomination:
    return a_nomination(number, State.SUBMITTED, merit=Merit(**facts))


def test_the_shortlist_goes_by_what_the_honour_is_about() -> None:
    score, team = {"score": Decimal(95), "rank": 4, "n": 1}, {"teamwork": Decimal(90)}
    found = [judged(1, **score), judged(2, **team), judged(3, score=Decimal(99), rank=3)]
    assert [one.id for one in merits.ranked(found)] == [2, 1, 3]  # teamwork first; then the grade before the score
    by_score = [one.amended(type=BEST.id) for one in found]
    assert [one.id for one in merits.ranked(by_score)] == [1, 3, 2]


def test_those_whom_only_the_measures_know_are_put_forward_if_these_speak_for_them() -> None:
    unnamed = [judged(number, won=3).amended(nominator="") for number in (1, 2)]
    worthy = judged(3, teamwork=Decimal(80)).amended(nominator="")
    named = judged(4)
    assert [one.id for one in merits.shortlist([*unnamed, worthy, named], 5)] == [3, 4]
    assert [one.id for one in merits.shortlist([worthy, named], 1)] == [3]


def test_whoever_left_or_failed_is_not_eligible_and_the_reason_is_kept() -> None:
    found = [judged(1, bar=Bar.FAILED, score=Decimal(99)), judged(2, bar=Bar.LEFT), judged(3)]
    steps = deciding.examined(found, 5, "U8", NOW)
    ended_in = {step.record.id: step.record.state for step in steps}
    assert ended_in == {1: State.INELIGIBLE, 2: State.INELIGIBLE, 3: State.SHORTLISTED}
    assert steps[0].event.reason == "the appraisal for the period failed"


def test_a_mean_of_nothing_is_no_data_and_never_zero() -> None:
    assert merits.mean_score([None, None]) is None
    assert merits.mean_score([Decimal("80.5"), None, Decimal(90)]) == Decimal("85.3")


def test_what_speaks_for_a_solution_are_marks_confirmation_and_result() -> None:
    deal = Opportunity(customer=1, customer_name="A", customer_key="a", currency="CNY", owner="U1", opened_at=NOW, touched_at=NOW)
    plain = merits.solution_merit(a_solution(), deal, QUARTER, "UTC")
    assert (plain.mean, plain.n, plain.confirmed, plain.result, plain.bar) == (Decimal(4), 4, False, "open", None)
    given_word = Confirmation(who="Li", day=date(2026, 9, 30), by="U1", at=NOW)
    won = merits.solution_merit(a_solution(confirmation=given_word, scores=()), deal.amended(state=Outcome.WON), QUARTER, "UTC")
    assert (won.mean, won.confirmed, won.gained) == (None, True, True)
    assert merits.solution_rank(won) > merits.solution_rank(plain)


@pytest.mark.parametrize(
    ("facts", "bar"),
    [
        ({"state": Written.WITHDRAWN}, Bar.GIVEN_UP),
        ({"confidential": True}, Bar.CONFIDENTIAL),
        ({"approved_at": datetime(2026, 10, 1, tzinfo=UTC)}, Bar.OTHER_PERIOD),
        ({"approved_at": None}, Bar.OTHER_PERIOD),
        ({"approved_at": datetime(2026, 9, 30, 15, 59, tzinfo=UTC)}, None),
    ],
)
def test_a_solution_stands_in_the_period_in_which_it_was_approved_or_confirmed(facts: dict[str, Any], bar: Bar | None) -> None:
    assert merits.solution_bar(a_solution(**facts), QUARTER, "Asia/Shanghai") == bar


def test_an_award_needs_a_reason_and_words_for_all_to_read() -> None:
    one = a_nomination()
    for words in (Reasons("", "x"), Reasons("x", ""), Reasons("x", "y" * 1501)):
        refusal(deciding.award, a_round(), [one], one, words, "U8", NOW)
    awarded = deciding.award(a_round(), [one], one, Reasons("best", "Thank you"), "U8", NOW).record
    assert (awarded.state, awarded.citation, awarded.grounds, awarded.decided_by) == (State.AWARDED, "Thank you", "best", "U8")


@pytest.mark.parametrize("state", sorted(set(Phase) - {Phase.DECIDING}))
def test_nothing_is_awarded_but_while_the_round_is_decided(state: Phase) -> None:
    one = a_nomination()
    refusal(deciding.award, a_round(state), [one], one, Reasons("a", "b"), "U8", NOW)


def test_an_announcement_needs_somebody_and_passes_over_the_rest() -> None:
    refusal(deciding.announce, a_round(), [a_nomination()], "U8", NOW)
    chosen = a_nomination(1, State.AWARDED)
    step, others = deciding.announce(a_round(), [chosen, a_nomination(2), a_nomination(3, State.INELIGIBLE)], "U8", NOW)
    assert step.record.state is Phase.ANNOUNCED
    assert {one.record.id: one.record.state for one in others} == {1: State.AWARDED, 2: State.NOT_AWARDED}
    assert others[0].record.announced_at == NOW


def test_a_round_with_an_award_is_not_cancelled_and_never_without_a_reason() -> None:
    refusal(cancel, a_round(), [a_nomination(1, State.AWARDED)], "why", "U8", NOW)
    refusal(cancel, a_round(), [], "", "U8", NOW)
    assert cancel(a_round(), [], "nobody", "U8", NOW).record.why == "nobody"


def test_only_what_was_announced_is_revoked_and_only_with_a_reason() -> None:
    one = a_nomination(1, State.AWARDED)
    refusal(deciding.revoke, one, "why", "U8", NOW)
    refusal(deciding.revoke, one.amended(announced_at=NOW), "", "U8", NOW)
    assert deciding.revoke(one.amended(announced_at=NOW), "false", "U8", NOW).record.state is State.REVOKED


def test_whoever_stands_in_a_round_takes_no_step_with_it() -> None:
    assert moves_open(a_round(), HR, concerned=True) == []
    assert moves_open(a_round(), HR, concerned=False) == [Move.ANNOUNCE, Move.CANCEL]
    assert moves_open(a_round(), frozenset({Role.MANAGER, Role.STAFF}), concerned=False) == []


def test_what_a_whole_round_did_is_not_taken_back_for_one() -> None:
    for action in deciding.OF_ROUNDS:
        undone = Event(at=NOW, actor="U8", subject="nomination:1", action=action)
        refusal(deciding.undo_nomination, a_round(), [], a_nomination(), undone, "U8", NOW)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("action", Action)
def test_the_table_says_which_steps_a_nomination_takes(state: State, action: Action) -> None:
    one = a_nomination(state=state)
    if (state, action) in TRANSITIONS:
        assert NOMINATIONS.check(one, action) is TRANSITIONS[state, action]
    else:
        refusal(NOMINATIONS.check, one, action)


@given(st.sampled_from(Phase), st.sampled_from(State), st.sets(st.sampled_from(Role)), st.booleans())
def test_no_step_is_offered_that_would_be_refused(phase: Phase, state: State, roles: set[Role], told: bool) -> None:
    held, found = frozenset(roles), a_round(phase)
    one = a_nomination(state=state, announced_at=NOW if told and state is State.AWARDED else None)
    acts = {
        Action.SHORTLIST: lambda: deciding.add_to_shortlist(found, one, "why", "U8", NOW),
        Action.AWARD: lambda: deciding.award(found, [one], one, Reasons("a", "b"), "U8", NOW),
        Action.RECONSIDER: lambda: deciding.reconsider(found, one, "U8", NOW),
        Action.REVOKE: lambda: deciding.revoke(one, "why", "U8", NOW),
    }
    for action in deciding.steps_open(found, one, [one], held):
        assert held & ALLOWED[action]
        acts[action]()
    for move in moves_open(found, held, concerned=False):
        assert held & ROUND_ALLOWED[move]
        ROUNDS.check(found, move)


WISHES = st.lists(st.tuples(st.sampled_from(["award", "reconsider", "undo"]), st.integers(1, 6)), max_size=40)


@given(st.integers(1, 4), WISHES)
def test_never_more_are_awarded_than_the_quota_says(quota: int, wishes: list[tuple[str, int]]) -> None:
    found, round_of_them = {number: a_nomination(number) for number in range(1, 7)}, a_round(quota=quota)
    history: dict[int, Event] = {}
    for moment, (wish, number) in enumerate(wishes):
        one, others, now = found[number], list(found.values()), NOW + timedelta(seconds=moment)
        try:
            if wish == "award":
                step = deciding.award(round_of_them, others, one, Reasons("a", "b"), "U8", now)
            elif wish == "reconsider":
                step = deciding.reconsider(round_of_them, one, "U8", now)
            elif number in history:
                step = deciding.undo_nomination(round_of_them, others, one, history.pop(number), "U8", now)
            else:
                continue
        except Refusal:
            continue
        found[number] = step.record
        if wish != "undo":
            history[number] = step.event
        assert sum(each.state is State.AWARDED for each in found.values()) <= quota
