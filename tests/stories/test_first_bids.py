"""The first bids: entered, handed in, won or not, and taken back; over real sockets, in each language."""

from collections.abc import Iterator

import pytest

from tests.office import Office, open_office


@pytest.fixture(params=["socket", "http"])
def any_office(request: pytest.FixtureRequest, database: str) -> Iterator[Office]:
    """Return an office reached either way, on either database."""
    with open_office(database, http=request.param == "http") as office:
        yield office


def test_a_bid_goes_from_the_books_to_a_win_that_everybody_hears_of(any_office: Office) -> None:
    entered = any_office.ann.types("/bid new ACME 1.2m due Fri 5pm")
    assert "ACME is in the books as B-1." in entered.words
    assert "CNY 1,200,000 · due Fri 27 Nov 2026, 17:00 CST" in entered.words
    assert "B-1 · ACME · registered" in any_office.ann.types("/bid list").words

    handed_in = entered.press("Submitted")
    assert handed_in is not None and "ACME is recorded as submitted" in handed_in.words

    won = any_office.ann.types("/bid won ACME")
    assert "ACME is won: CNY 1,200,000. Well done!" in won.words
    assert any_office.bob.sees("C0WINS001")[-1].startswith(":tada: ACME is won!")

    undone = won.press("Undo")
    assert undone is not None and "Undone. ACME is submitted again." in undone.words
    assert any_office.bob.sees("C0WINS001")[-1] == "Correction: ACME (B-1) is not recorded as won."
    assert len([seen for seen in any_office.bob.all_seen("C0WINS001") if seen.message.get("bot_id")]) == 1


def test_a_win_before_its_submission_is_recorded_offers_to_record_both(any_office: Office) -> None:
    any_office.ann.types("/bid new ACME 1.2m")
    offered = any_office.ann.types("/bid won ACME 1.3m")
    assert "has not been submitted yet" in offered.words
    won = offered.press("Record both: that and won")
    assert won is not None and "ACME is won: CNY 1,300,000" in won.words
    assert "Not recorded at its time: assessment, go/no-go decision, preparation, review and submission." in won.words
    undone = won.press("Undo")
    assert undone is not None and "ACME is registered again" in undone.words


def test_in_simplified_chinese(any_office: Office) -> None:
    entered = any_office.lin.types("/bid 新建 北京银行 350万 截止 下周五 17:00")
    assert "B-1" in entered.words and "CNY 3,500,000" in entered.words and "2026年12月4日" in entered.words
    handed_in = any_office.lin.types("/bid 提交 北京银行")
    won = any_office.lin.types("/bid 中标 北京银行")
    assert "中标" in won.words and "Undo" not in won.buttons
    assert handed_in.words != won.words


def test_in_traditional_chinese(any_office: Office) -> None:
    entered = any_office.chen.types("/bid 新增 玉山銀行 NT$350萬 截止 下週五 17:00")
    assert "TWD 3,500,000" in entered.words
    any_office.chen.types("/bid 遞交 玉山銀行")
    lost = any_office.chen.types("/bid 未得標 玉山銀行 價格 差了一成")
    assert "價格" in lost.words and "差了一成" in lost.words


def test_by_form(office: Office) -> None:
    office.sandbox.control.command("U0ANN0001", "C0GENERAL", "/bid new")
    errors = office.ann.fills(customer="ACME", amount="a lot")
    assert errors == {"amount": "I could not read “a lot” as an amount. Write for example 350k, 1.2m or USD 80,000."}
    assert office.ann.fills(customer="ACME", amount="USD 80,000") == {}
    assert "ACME is in the books as B-1." in office.ann.told[-1].words and "USD 80,000" in office.ann.told[-1].words


def test_a_reminder_comes_a_day_before_and_settles_itself(any_office: Office) -> None:
    any_office.ann.types("/bid new ACME 1.2m due Fri 5pm")
    any_office.pass_time(days=1, hours=23)
    assert any_office.ann.told == []
    any_office.pass_time(hours=1)
    assert "ACME (B-1) · due Fri 27 Nov 2026, 17:00 CST" in any_office.ann.told[-1].words
    any_office.pass_time(days=1, hours=7)
    assert len(any_office.ann.told) == 1
    any_office.pass_time(hours=1)
    reminder = any_office.ann.told[-1]
    assert "ACME (B-1) is due Fri 27 Nov 2026, 17:00 CST." in reminder.words
    any_office.pass_time(hours=2)
    assert len(any_office.ann.told) == 2
    reminder.press("Submitted")
    digest, reminder = any_office.ann.told[:2]
    assert "ACME (B-1): submitted. Recorded by <@U0ANN0001>" in reminder.words and "ACME (B-1) · submitted" in digest.words


def test_a_snoozed_reminder_comes_back_unless_the_matter_is_settled(office: Office) -> None:
    office.ann.types("/bid new ACME due Fri 5pm")
    office.ann.types("/bid new Beta due Fri 5pm")
    office.pass_time(days=3, hours=8)
    for reminder in office.ann.told[1:]:
        reminder.press("Remind me in 1 hour")
    assert all("I shall ask again on Fri 27 Nov 2026, 09:00" in seen.words for seen in office.ann.told[1:])
    office.ann.types("/bid submit Beta")
    office.pass_time(hours=17)
    asked = [seen.words for seen in office.ann.told if "Has it been handed in?" in seen.words]
    assert len(asked) == 1 and asked[0].startswith(":alarm_clock: ACME (B-1) is due Fri 27 Nov 2026, 17:00 CST.")


def test_others_are_refused_and_told_who_could(office: Office) -> None:
    entered = office.ann.types("/bid new ACME 1.2m")
    refused = office.bob.types("/bid submit ACME")
    assert "That is for" in refused.words and "the owner" in refused.words
    assert entered.press("Undo") is not None
    assert "members of Our company only" in office.gus.types("/bid list").words


def test_unclear_names_are_never_guessed(office: Office) -> None:
    office.ann.types("/bid new “ＡＣＭＥ” 1.2m")
    office.ann.types("/bid new Acmé 2m")
    picker = office.ann.types("/bid submit acme")
    assert "Which one do you mean?" in picker.words
    chosen = picker.press("This one")
    assert chosen is not None and "recorded as submitted" in chosen.words
    assert (
        "Did you mean ＡＣＭＥ?" in office.ann.types("/bid show Acne").words or "Did you mean" in office.ann.types("/bid show Acne").words
    )


@pytest.mark.parametrize(
    ("typed", "answered"),
    [
        ("/bid new ACME 1.2m due yesterday", "already passed"),
        ("/bid new ACME due 31 Feb", "31 Feb"),
        ("/bid new ACME 99999999999999m", "too large"),
        ("/bid wno ACME", "Did you mean won"),
        ("/bid new <!channel> 1.2m", "is in the books"),
        ("/bid show B-99", "There is no bid called B-99"),
        ("/presales bid list", "Your open bids"),
        ("/bid help", "/bid new CUSTOMER [amount] [due WHEN]"),
        ("/presales help", "/review help"),
        ("/presales help", "/presales settings"),
    ],
)
def test_bad_and_odd_input_gets_a_clear_answer(office: Office, typed: str, answered: str) -> None:
    assert answered in office.ann.types(typed).words


def test_a_button_pressed_twice_or_by_another_does_nothing_more(office: Office) -> None:
    entered = office.ann.types("/bid new ACME 1.2m")
    entered.press("Submitted")
    again = office.ann.types("/bid submit ACME")
    assert "is submitted already" in again.words


def test_app_home_shows_what_is_open(office: Office) -> None:
    office.ann.types("/bid new ACME 1.2m due Fri 5pm")
    assert "ACME (B-1) · due Fri 27 Nov 2026, 17:00 CST" in office.ann.home()
    assert "members of Our company only" in office.gus.home()
