"""§4.4 and §5.1.1: how a bid goes from the books to its outcome."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from bot.handbook import load_handbook
from bot.policy import bids
from bot.policy.bids import Action, Bid, State
from bot.policy.calendar import Calendar
from bot.policy.money import Money
from bot.policy.people import Role
from bot.policy.record import Event
from bot.policy.refusal import Refusal

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
OWNER = frozenset({Role.OWNER})


def a_bid(**changes: object) -> Bid:
    facts = {"id": 42, "customer": "ACME", "customer_key": "acme", "owner": "U1", "currency": "CNY", "registered_at": NOW}
    return Bid.model_validate(facts | {"amount": Decimal(1_200_000)} | changes)


def test_a_deadline_that_has_passed_is_refused() -> None:
    with pytest.raises(Refusal, match="already passed") as refused:
        bids.check_new(a_bid(deadline=NOW), NOW)
    assert refused.value.field == "deadline"


def test_a_bid_is_won_only_after_it_was_submitted() -> None:
    with pytest.raises(bids.NotYet):
        bids.win(a_bid(), None, "U1", NOW)
    assert bids.win(a_bid(state=State.SUBMITTED), None, "U1", NOW).bid.state is State.WON


def test_a_win_is_worth_what_was_asked_unless_another_amount_is_told() -> None:
    submitted = a_bid(state=State.SUBMITTED)
    assert bids.win(submitted, None, "U1", NOW).bid.awarded == 1_200_000
    told = bids.win(submitted, Money(amount=Decimal(900), currency="USD"), "U1", NOW).bid
    assert told.award == Money(amount=Decimal(900), currency="USD")


def test_a_win_needs_an_amount_and_a_loss_a_reason() -> None:
    submitted = a_bid(state=State.SUBMITTED, amount=None)
    with pytest.raises(bids.AmountNeeded):
        bids.win(submitted, None, "U1", NOW)
    with pytest.raises(bids.ReasonNeeded):
        bids.lose(submitted, "", "", "U1", NOW)


def test_what_is_handed_in_after_the_deadline_is_late() -> None:
    bid = a_bid(deadline=NOW)
    assert not bids.submit(bid, "U1", NOW).bid.late
    assert bids.submit(bid, "U1", NOW + timedelta(seconds=1)).bid.late


def test_a_filled_gap_stays_on_the_record() -> None:
    filled = bids.fill_gap(a_bid(), Action.SUBMIT, "U1", NOW).bid
    assert filled.state is State.SUBMITTED
    assert filled.gaps == ("assessed", "decided", "prepared", "reviewed", "submitted")


def history(*steps: bids.Step) -> list[Event]:
    return [step.event.amended(id=number, request=f"r{number}") for number, step in enumerate(steps, start=1)]


def test_undo_brings_back_the_bid_as_it_was() -> None:
    submitted = bids.submit(a_bid(), "U1", NOW)
    undone = bids.undo(submitted.bid, history(submitted), None, "U1", NOW + timedelta(minutes=10), 10)
    assert undone.bid == a_bid()
    assert undone.event.action == Action.UNDO


def test_undo_of_a_press_that_recorded_two_steps_takes_both_back() -> None:
    filled = bids.fill_gap(a_bid(), Action.SUBMIT, "U1", NOW)
    won = bids.win(filled.bid, None, "U1", NOW)
    pressed = [event.amended(request="one press") for event in history(filled, won)]
    assert bids.undo(won.bid, pressed, 2, "U1", NOW, 10).bid == a_bid()


def test_undo_of_entering_a_bid_takes_it_out_of_the_books() -> None:
    entered = bids.registered(a_bid(), NOW)
    assert bids.undo(entered.bid, history(entered), 1, "U1", NOW, 10).bid.state is State.RETRACTED


@pytest.mark.parametrize(
    ("actor", "minutes", "change", "why"),
    [("U2", 0, 1, "Only the person"), ("U1", 11, 1, "minutes for undoing"), ("U1", 0, 7, "changed since")],
)
def test_undo_is_refused(actor: str, minutes: int, change: int, why: str) -> None:
    submitted = bids.submit(a_bid(), "U1", NOW)
    with pytest.raises(Refusal, match=why):
        bids.undo(submitted.bid, history(submitted), change, actor, NOW + timedelta(minutes=minutes), 10)


def test_a_submission_recorded_by_mistake_is_corrected_back_to_where_the_bid_stood() -> None:
    ready = a_bid(state=State.READY, deadline=NOW)
    late = bids.submit(ready, "U1", NOW + timedelta(hours=1), channel="portal", proof="No. 7")
    assert late.bid.late
    corrected = bids.correct(late.bid, "it was another bid", "M", NOW + timedelta(days=1), history(late))
    assert corrected.bid == ready
    assert (corrected.event.after, corrected.event.reason) == (State.READY, "it was another bid")
    assert Bid.model_validate(corrected.event.became) == ready


@pytest.mark.parametrize("state", [State.DEFENCE_SCHEDULED, State.DEFENDED, State.AWAITING_RESULT])
def test_a_bid_that_was_never_handed_in_has_no_defence_and_awaits_no_result(state: State) -> None:
    submitted = bids.submit(a_bid(), "U1", NOW)
    further = submitted.bid.amended(state=state, defence={"at": NOW})
    assert bids.correct(further, "a mix-up", "M", NOW, history(submitted)).bid == a_bid()


def test_a_missed_deadline_is_missed_again_when_the_submission_is_corrected() -> None:
    missed = bids.miss(a_bid(deadline=NOW), NOW + timedelta(hours=1))
    submitted = bids.submit(missed.bid, "U1", NOW + timedelta(days=1), at=NOW)
    assert bids.correct(submitted.bid, "the portal refused it", "M", NOW, history(missed, submitted)).bid == missed.bid


@pytest.mark.parametrize("end", [bids.withdraw, bids.cancel])
def test_a_bid_that_was_given_up_by_mistake_is_taken_up_where_it_stood(end: Callable[..., bids.Step]) -> None:
    gone = end(a_bid(state=State.READY), "no staff", "U1", NOW)
    assert bids.correct(gone.bid, "staff was found", "M", NOW, history(gone)).bid == a_bid(state=State.READY)


def test_a_won_bid_awaits_its_result_again_whoever_entered_it() -> None:
    won = bids.win(a_bid(state=State.SUBMITTED), None, "U1", NOW).bid
    assert bids.correct(won, "a typo", "M", NOW).bid.state is State.AWAITING_RESULT


def test_there_is_nothing_to_correct_on_a_bid_in_preparation_and_a_correction_needs_a_reason() -> None:
    with pytest.raises(Refusal, match="nothing to correct"):
        bids.correct(a_bid(), "why", "M", NOW)
    with pytest.raises(Refusal, match="What is wrong"):
        bids.correct(a_bid(state=State.SUBMITTED), "", "M", NOW)


def test_only_a_manager_or_whoever_decides_corrects() -> None:
    for state in (State.SUBMITTED, State.WITHDRAWN, State.WON):
        assert Action.CORRECT not in bids.steps_open(a_bid(state=state), OWNER | {Role.TEAM, Role.STAFF, Role.ADMIN})
        for role in (Role.MANAGER, Role.DECIDER):
            assert Action.CORRECT in bids.steps_open(a_bid(state=state), frozenset({role}))


def test_an_undo_is_not_undone() -> None:
    submitted = bids.submit(a_bid(), "U1", NOW)
    undone = bids.undo(submitted.bid, history(submitted), None, "U1", NOW, 10)
    with pytest.raises(Refusal, match="nothing to undo"):
        bids.undo(undone.bid, history(submitted, undone), None, "U1", NOW, 10)


def test_only_those_concerned_are_offered_steps() -> None:
    assert bids.steps_open(a_bid(), frozenset({Role.STAFF, Role.ADMIN, Role.HR})) == []
    assert bids.steps_open(a_bid(state=State.READY), OWNER) == [Action.SUBMIT, Action.CANCEL, Action.WITHDRAW]


CALENDAR = Calendar(load_handbook(None).company)
FRIDAY_5PM = datetime(2026, 11, 27, 9, tzinfo=UTC)  # 17:00 in Shanghai


@pytest.mark.parametrize(
    ("deadline", "before", "expected"),
    [
        (FRIDAY_5PM, timedelta(days=1), datetime(2026, 11, 26, 9, tzinfo=UTC)),
        # Monday 17:00: a day before is a Sunday, so Monday morning, eight hours ahead
        (datetime(2026, 11, 30, 9, tzinfo=UTC), timedelta(days=1), datetime(2026, 11, 30, 1, tzinfo=UTC)),
        # Monday 09:00: Monday morning is too late, so Friday, an hour before people leave
        (datetime(2026, 11, 30, 1, tzinfo=UTC), timedelta(days=1), datetime(2026, 11, 27, 9, tzinfo=UTC)),
        # the last hours are the last hours, at night too
        (datetime(2026, 11, 29, 20, tzinfo=UTC), timedelta(hours=4), datetime(2026, 11, 29, 16, tzinfo=UTC)),
    ],
)
def test_a_reminder_comes_in_working_hours_and_in_time(deadline: datetime, before: timedelta, expected: datetime) -> None:
    assert bids.remind_at(a_bid(deadline=deadline), before, CALENDAR, "Asia/Shanghai") == expected


def test_a_bid_entered_within_the_time_of_a_reminder_gets_none() -> None:
    bid = a_bid(deadline=NOW + timedelta(hours=20))
    assert bids.remind_at(bid, timedelta(days=1), CALENDAR, "Asia/Shanghai") is None
