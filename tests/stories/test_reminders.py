"""The clock on the way to a deadline: reminded in time, put off, moved, settled by somebody else, or missed."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.policy.bids import Member, Part, PartKind, State
from tests.office import Office, Seen, Somebody, open_office

BOB = "U0BOB0001"


@pytest.fixture
def desk(office: Office) -> Office:
    """Return an office in which May manages Ann, whose bid is due on Friday at five."""
    office.places("ann", manager="may")
    office.ann.types("/bid new ACME 1.2m due Fri 5pm")
    return office


def stands(office: Office, state: State, **facts: Any) -> None:
    """Put the bid where earlier stages, which have stories of their own, would have brought it."""
    with office.bot.store.change() as shelves:
        bid = shelves.bids.get(1)
        assert bid is not None
        shelves.bids.save(bid.amended(state=state, **facts))


def until(office: Office, *moment: int) -> None:
    """Let time pass until a moment in Shanghai: month, day, hour, minute."""
    month, day, hour, minute = moment
    there = datetime(2026, month, day, hour, minute, tzinfo=ZoneInfo("Asia/Shanghai"))
    office.pass_time(seconds=(there - office.clock.now()).total_seconds())


def reminders(person: Somebody) -> list[Seen]:
    """Return the reminders that still ask for something."""
    return [seen for seen in person.told if "is due" in seen.words]


def test_owner_writer_and_manager_are_reminded_until_it_is_handed_in(desk: Office) -> None:
    stands(desk, State.PREPARING, members=(Member(person=BOB),), parts=(Part(kind=PartKind.TECHNICAL, owner=BOB),))
    until(desk, 11, 25, 9, 10)
    assert "ACME (B-1) · due Fri 27 Nov 2026, 17:00 CST" in desk.ann.told[-1].words
    assert "technical part: yours to write, by Fri 27 Nov 2026, 17:00 CST" in desk.bob.told[-1].words
    assert desk.may.told == [] and desk.bob.told[-1].buttons == ["Open"]

    until(desk, 11, 26, 17, 10)
    assert [len(reminders(person)) for person in (desk.ann, desk.bob, desk.may)] == [1, 1, 1]
    assert f"Parts still open: technical part: <@{BOB}>" in desk.ann.told[-1].words
    assert desk.ann.told[-1].buttons == ["Submitted", "Remind me in 30 minutes", "Remind me in 1 hour"]
    assert "<@U0ANN0001>'s bid for ACME (B-1) is due" in desk.may.told[-1].words
    desk.bob.told[-1].press("My part is done")
    assert "ACME (B-1): nothing is open with you any more. Thank you!" in desk.bob.told[-1].words
    assert "technical part: yours" not in desk.bob.told[0].words and "Parts still open" not in desk.ann.told[-1].words

    until(desk, 11, 27, 13, 10)
    until(desk, 11, 27, 16, 10)
    assert [len(reminders(person)) for person in (desk.ann, desk.bob, desk.may)] == [3, 0, 3]
    assert desk.ann.told[-1].buttons == ["Submitted"]

    desk.may.told[-1].press("Submitted")
    for person in (desk.ann, desk.may):
        settled = [seen.words for seen in person.told if "ACME (B-1): submitted. Recorded by <@U0MAY0001>" in seen.words]
        assert len(settled) == 3 and reminders(person) == []
    assert "ACME (B-1) · submitted" in desk.ann.told[0].words
    told = len(desk.ann.told)
    until(desk, 11, 27, 18, 0)
    assert len(desk.ann.told) == told


def test_an_undone_submission_asks_again_where_it_asked(desk: Office) -> None:
    until(desk, 11, 26, 17, 5)
    handed_in = desk.ann.types("/bid submit ACME")
    assert reminders(desk.ann) == []
    handed_in.press("Undo")
    assert len(reminders(desk.ann)) == 1 and "Submitted" in desk.ann.told[-1].buttons


def test_a_snooze_ends_where_the_last_hours_begin(desk: Office) -> None:
    until(desk, 11, 26, 17, 5)
    first = desk.ann.told[-1]
    until(desk, 11, 27, 12, 40)
    first.press("Remind me in 1 hour")
    assert "I shall ask again on Fri 27 Nov 2026, 13:00 CST." in desk.ann.told[-1].words
    until(desk, 11, 27, 13, 10)
    assert len(reminders(desk.ann)) == 1
    assert desk.ann.told[-1].buttons == ["Submitted"]


def test_a_button_from_before_the_last_hours_puts_nothing_off_in_them(desk: Office) -> None:
    until(desk, 11, 26, 17, 5)
    until(desk, 11, 27, 14, 0)
    before = [seen.words for seen in desk.may.told]
    refused = desk.may.told[0].press("Remind me in 30 minutes")
    assert refused is not None and "This close to the deadline reminders cannot be put off." in refused.words
    assert [seen.words for seen in desk.may.told][: len(before)] == before


def test_after_downtime_over_three_offsets_one_message_is_enough(desk: Office) -> None:
    desk.clock.move_to(datetime(2026, 11, 27, 8, 5, tzinfo=UTC))  # five past four, an hour before
    desk.pass_time(minutes=15)
    assert [len(person.told) for person in (desk.ann, desk.may)] == [1, 1]


def test_a_moved_deadline_moves_the_reminders(desk: Office) -> None:
    until(desk, 11, 26, 17, 5)
    desk.ann.told[-1].press("Remind me in 30 minutes")
    desk.ann.types("/bid deadline ACME 3 Dec 10:00")
    moved = "The deadline of ACME (B-1) moved to Thu 3 Dec 2026, 10:00 CST."
    assert moved in desk.ann.told[1].words and moved in desk.may.told[0].words
    assert "due Thu 3 Dec 2026, 10:00 CST" in desk.ann.told[0].words
    until(desk, 12, 2, 9, 50)
    assert reminders(desk.ann) == [] and reminders(desk.may) == []
    until(desk, 12, 2, 10, 10)
    assert len(reminders(desk.ann)) == len(reminders(desk.may)) == 1


def test_a_weekend_and_a_holiday_are_kept_free_but_not_the_last_hours(sqlite_database: str, tmp_path: Path) -> None:
    handbook = tmp_path / "handbook.yaml"
    handbook.write_text("company:\n  extra_holidays: [2026-11-30]\n")
    with open_office(sqlite_database, http=True, handbook=handbook) as office:
        office.places("ann", manager="may")
        office.ann.types("/bid new ACME due 1 Dec 10:00")
        until(office, 11, 27, 16, 50)
        assert [seen.words.startswith("Good morning") for seen in office.ann.told] == [True, True]  # seven and three days before
        until(office, 11, 27, 17, 10)  # a day before, which is a holiday after a weekend
        assert len(reminders(office.ann)) == len(reminders(office.may)) == 1
        until(office, 12, 1, 5, 50)
        assert len(reminders(office.ann)) == len(reminders(office.may)) == 1
        until(office, 12, 1, 6, 10)
        assert len(reminders(office.ann)) == len(reminders(office.may)) == 2


def test_a_missed_deadline_is_told_and_can_be_put_right(desk: Office) -> None:
    until(desk, 11, 27, 17, 20)
    for person in (desk.ann, desk.may):
        assert "The deadline of ACME (B-1) has passed: due Fri 27 Nov 2026, 17:00 CST." in person.told[-1].words
        assert reminders(person) == [] or "has passed" in reminders(person)[-1].words
    assert "deadline missed" in desk.ann.types("/bid show ACME").words
    desk.may.told[-1].press("It was handed in in time")
    at = int(datetime(2026, 11, 27, 8, 30, tzinfo=UTC).timestamp())
    assert desk.may.fills(submitted_at=at, channel="", proof="") == {}
    assert any("ACME (B-1): submitted. Recorded by <@U0MAY0001>" in seen.words for seen in desk.ann.told)
    assert not any("has passed" in seen.words for seen in [*desk.ann.told, *desk.may.told])


def test_speakers_are_reminded_of_the_defence_and_of_the_rehearsal_that_is_missing(desk: Office) -> None:
    desk.ann.types("/bid submit ACME")
    desk.ann.types("/bid defence ACME Wed 15:00")
    until(desk, 11, 24, 15, 10)
    near = desk.ann.told[-1]
    assert "The defence of ACME (B-1) is on Wed 25 Nov 2026, 15:00 CST." in near.words
    assert "No rehearsal is recorded yet." in near.words
    near.press("Rehearsal")
    assert desk.ann.fills() == {}
    assert "No rehearsal" not in desk.ann.told[0].words
    until(desk, 11, 25, 14, 10)
    assert len([seen for seen in desk.ann.told if "The defence of ACME (B-1) is on" in seen.words]) == 2
    desk.ann.types("/bid defence ACME Thu 15:00")
    assert "moved to Thu 26 Nov 2026, 15:00 CST" in desk.ann.told[0].words


def test_each_is_reminded_in_their_own_language_and_zone(office: Office) -> None:
    office.lin.types("/bid 新建 北京银行 350万 截止 周五 10:00")
    until(office, 11, 26, 9, 30)
    office.places("lin", zone="Europe/Berlin")
    told = len(office.lin.told)
    until(office, 11, 26, 15, 50)
    assert len(office.lin.told) == told
    until(office, 11, 26, 16, 10)  # ten past nine in Berlin
    assert len(office.lin.told) == told + 1
    assert "北京银行" in office.lin.told[-1].words and "2026年11月27日 周五 10:00 CST" in office.lin.told[-1].words
