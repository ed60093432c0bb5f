"""What comes of a bid: handed in late, defended, rejected, called off, corrected; what it teaches; and what the channel hears."""

import pytest

from tests.office import Office


@pytest.fixture
def managed(office: Office) -> Office:
    """Return an office in which May is Ann's manager."""
    office.places("ann", manager="may")
    return office


def test_a_defence_is_planned_rehearsed_and_held(managed: Office) -> None:
    managed.ann.types("/bid new ACME 1.2m due Fri 5pm")
    managed.ann.types("/bid submit ACME https://portal.example/receipt/7")
    planned = managed.ann.types("/bid defence ACME 2 Dec 10:00")
    assert "The defence of ACME is planned for Wed 2 Dec 2026, 10:00 CST." in planned.words
    planned.press("Rehearsal")
    assert managed.ann.fills() == {}
    managed.ann.told[-1].press("Defence held")
    assert managed.ann.fills(questions="How long does it run?\nWho maintains it?", result="They liked it.") == {}
    sheet = managed.ann.types("/bid show ACME")
    assert "ACME · defended" in sheet.words
    assert "Questions asked: How long does it run?; Who maintains it?" in sheet.words
    assert "Channel and proof: https://portal.example/receipt/7" in sheet.words


def test_a_win_in_the_middle_of_a_planned_defence_offers_to_fill_the_gap(managed: Office) -> None:
    managed.ann.types("/bid new ACME 1.2m")
    managed.ann.types("/bid submit ACME")
    managed.ann.types("/bid defence ACME in 3 days")
    offered = managed.ann.types("/bid won ACME")
    assert "The defence of ACME (B-1) is not recorded yet." in offered.words
    won = offered.press("Record both: that and won")
    assert won is not None and "ACME is won" in won.words and "defence" in won.words


def test_what_is_handed_in_after_the_deadline_is_said_to_be_late(managed: Office) -> None:
    managed.ann.types("/bid new ACME 1.2m due tomorrow 10:00")
    managed.ann.types("/bid submit ACME").press("Add proof")
    late = int((managed.clock.now()).timestamp())
    assert managed.ann.fills(submitted_at=late + 3600) == {"submitted_at": "That time has not come yet."}
    managed.pass_time(days=2)
    assert managed.ann.fills(submitted_at=late + 2 * 86400 - 60, channel="portal", proof="No. 77") == {}
    assert "handed in after the deadline" in managed.ann.told[-1].words


@pytest.mark.parametrize(
    ("typed", "state"),
    [
        ("/bid rejected ACME no seal on page 3", "rejected as invalid"),
        ("/bid cancelled ACME", "tender cancelled"),
    ],
)
def test_other_ends_of_a_bid(managed: Office, typed: str, state: str) -> None:
    managed.ann.types("/bid new ACME 1.2m")
    managed.ann.types("/bid submit ACME")
    assert f"ACME is recorded: {state}." in managed.ann.types(typed).words


def test_withdrawing_needs_a_reason(managed: Office) -> None:
    managed.ann.types("/bid new ACME 1.2m").press("Withdraw")
    assert managed.ann.fills(note="No staff free in December") == {}
    assert "ACME is recorded: withdrawn." in managed.ann.told[-1].words
    assert "ACME (B-1) is withdrawn." in managed.ann.types("/bid submit ACME").words


def test_a_loss_is_told_with_reason_winner_and_gap_and_debriefed(managed: Office) -> None:
    managed.ann.types("/bid new ACME 1.2m")
    managed.ann.types("/bid submit ACME").press("Not won")
    assert "per cent" in managed.ann.fills(loss_reason="price", winner="Umber Ltd", price_gap="much")["price_gap"]
    assert managed.ann.fills(loss_reason="price", winner="Umber Ltd", price_gap="12.5 %", note="They bundled support.") == {}
    managed.ann.told[-1].press("Debrief")
    assert managed.ann.fills(lessons="Offer support as a bundle.") == {}
    sheet = managed.ann.types("/bid show ACME").words
    for told in ("Main reason: price", "Won by: Umber Ltd", "Our price above theirs: 12.5 %", "Lessons: Offer support as a bundle."):
        assert told in sheet


def test_after_the_minutes_of_undo_only_a_manager_corrects_with_a_reason(managed: Office) -> None:
    managed.ann.types("/bid new ACME 1.2m")
    managed.ann.types("/bid submit ACME")
    won = managed.ann.types("/bid won ACME")
    managed.pass_time(minutes=11)
    refused = won.press("Undo")
    assert refused is not None and "10 minutes for undoing have passed" in refused.words
    assert "That is for" in managed.ann.types("/bid correct ACME typo").words
    corrected = managed.may.types("/bid correct ACME it was a letter of intent only")
    assert "Corrected. ACME awaits its result again." in corrected.words
    assert managed.bob.sees("C0WINS001")[-1].startswith("Correction: ACME (B-1) is not recorded as won.")


def test_a_submission_that_was_a_mistake_is_corrected_by_a_manager_after_the_minutes_of_undo(managed: Office) -> None:
    managed.ann.types("/bid new ACME 1.2m due Fri 5pm")
    submitted = managed.ann.types("/bid submit ACME")
    managed.pass_time(minutes=11)
    refused = submitted.press("Undo")
    assert refused is not None and "A manager can correct it, with a reason." in refused.words
    assert "That is for" in managed.ann.types("/bid correct ACME wrong bid").words
    managed.may.types("/bid show ACME").press("Correct")
    assert "goes back to where it stood" in str(managed.may.form())
    assert managed.may.fills(reason="It was another tender") == {}
    corrected = managed.may.told[-1]
    assert "Corrected. ACME is registered again." in corrected.words and "Not recorded at its time" not in corrected.words
    assert "Submitted: 1" not in managed.may.types("/bid report company").words
    managed.pass_time(days=3)
    assert any("ACME" in seen.words and "due" in seen.words for seen in managed.ann.told)


def test_a_withdrawal_that_was_a_mistake_is_corrected_by_who_decides_where_there_is_no_manager(office: Office) -> None:
    office.ann.types("/bid new ACME 1.2m due Fri 5pm")
    office.ann.types("/bid withdraw ACME wrong one")
    office.pass_time(minutes=11)
    assert "That is for" in office.bob.types("/bid correct ACME it was Zeta").words
    corrected = office.ada.types("/bid correct ACME it was Zeta")
    assert "Corrected. ACME is registered again." in corrected.words
    undone = corrected.press("Undo")
    assert undone is not None and "ACME is withdrawn again." in undone.words


def test_an_announcement_is_short_and_its_detail_is_in_the_thread(managed: Office) -> None:
    managed.ann.types("/bid new ACME 1.2m")
    managed.ann.types("/bid submit ACME")
    managed.ann.types("/bid won ACME")
    said = [seen for seen in managed.bob.all_seen("C0WINS001") if seen.message.get("bot_id")]
    assert len(said) == 1 and len(said[0].words.splitlines()) <= 5
    thread = managed.sandbox.control.messages("U0BOB0001", "C0WINS001", said[0].message["ts"])
    assert "B-1, handed in on Mon 23 Nov 2026" in thread[-1]["text"]
