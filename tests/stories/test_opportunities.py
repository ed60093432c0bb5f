"""A deal from the first contact to what came of it: with a bid and without one, by type and by form, in each language."""

from tests.office import Office


def test_a_bid_makes_its_opportunity_and_the_outcome_follows_it_there_and_back(office: Office) -> None:
    office.ann.types("/bid new ACME 1.2m due Fri 5pm")
    assert "O-1 · ACME\nopen · bid · CNY 1.2M" in office.ann.types("/opportunity list").words
    assert "O-1 follows its bid B-1" in office.ann.types("/opportunity close ACME won 2m").words
    office.ann.types("/bid submit ACME")
    won = office.ann.types("/bid won ACME")
    sheet = office.ann.types("/opportunity show O-1").words
    assert "ACME · won · award" in sheet and "B-1 · won" in sheet
    assert sheet.index("O-1 · won") < sheet.index("B-1 · submitted") < sheet.index("B-1 · registered") < sheet.index("O-1 · open")
    won.press("Undo")
    assert "ACME · open · bid" in office.ann.types("/opportunity show O-1").words
    office.ann.types("/bid lost ACME price")
    assert "ACME · not won · award" in office.ann.types("/opportunity show O-1").words


def test_what_came_with_a_bid_goes_with_it(office: Office) -> None:
    office.ann.types("/bid new Zeta 1m").press("Undo")
    assert "Zeta · taken back" in office.ann.types("/opportunity show O-1").words
    assert "Zeta" not in office.ann.types("/customer list").words


def test_several_live_deals_make_a_picker_and_nothing_is_guessed(office: Office) -> None:
    office.ann.types("/opportunity new 北京银行 350万")
    offered = office.ann.types("/opportunity new 北京银行 450万")
    assert "北京银行 has an open opportunity already." in offered.words
    second = offered.press("Enter another one")
    assert second is not None and "北京银行 is in the books as O-2." in second.words and "CNY 4,500,000" in second.words
    picker = office.ann.types("/bid new 北京银行 300万 due Fri 5pm")
    assert "Which one do you mean?" in picker.words
    entered = picker.press("This one")
    assert entered is not None and "北京银行 is in the books as B-1." in entered.words and "Fri 27 Nov 2026, 17:00" in entered.words
    assert "B-1 · registered" in office.ann.types("/opportunity show O-2").words
    assert "B-1" not in office.ann.types("/opportunity show O-1").words
    assert "Did you mean" in office.ann.types("/opportunity show 北京银").words


def test_a_deal_without_a_tender_is_shared_agreed_and_won(office: Office) -> None:
    office.places("ann", manager="may")
    office.ann.types("/opportunity new ACME 3m")
    office.ann.types("/opportunity new Beta 1m")
    proposed = office.ann.types("/opportunity share ACME @bob 40 @ann 60")
    assert "<@U0BOB0001> 40%, <@U0ANN0001> 60% :white_check_mark:" in proposed.words
    asked = office.bob.told[-1]
    assert "Do you agree to your share of ACME (O-1)?" in asked.words
    asked.press("I agree")
    assert "You agreed to your share of ACME (O-1)." in office.bob.told[0].words
    refused = office.bob.types("/opportunity close Beta won 1m").words
    assert "the team" in refused and "the bid team" not in refused
    won = office.ann.types("/opportunity close ACME won 3.5m")
    assert "ACME (O-1) is won." in won.words and "CNY 3,500,000" in won.words
    assert "A manager can open it again, with a reason." in office.ann.types("/opportunity share O-1 @ann 100").words
    assert "That is for the owner's manager." in office.ann.types("/opportunity resume O-1 a slip").words
    assert "ACME (O-1) is open." in office.may.types("/opportunity resume O-1 entered on the wrong deal").words


def test_a_new_deal_by_form_and_its_facts_by_form(office: Office) -> None:
    office.sandbox.control.command(office.ann.id, "C0GENERAL", "/opportunity new")
    assert office.ann.fills(customer="Zeta", amount="a lot") == {
        "amount": "I could not read “a lot” as an amount. Write for example 350k, 1.2m or USD 80,000."
    }
    assert office.ann.fills(customer="Zeta", amount="USD 80,000", title="Data hub", source="fair", sales_owner=office.bob.id) == {}
    receipt = office.ann.told[-1]
    assert all(said in receipt.words for said in ("O-1 · USD 80,000", "Data hub", "Source: fair", "Sales: <@U0BOB0001>"))
    receipt.press("Change the facts")
    assert office.ann.fills(title="Data hub, phase 2", amount="USD 80,000", secrecy=["confidential"]) == {}
    assert "Confidential" in office.ann.told[-1].words
    assert "There is nothing called O-1" in office.may.types("/opportunity show O-1").words
    assert "O-1" not in office.may.types("/opportunity list all").words and "Zeta" not in office.may.types("/customer list").words


def test_a_deal_left_alone_is_asked_about_until_something_happens(office: Office) -> None:
    office.places("ann", manager="may")
    office.ann.types("/opportunity new ACME 3m")
    office.ann.types("/opportunity new Beta 1m")
    office.ann.types("/opportunity hold Beta budget is frozen")
    office.pass_time(days=13)
    assert office.ann.told == []
    office.pass_time(days=2)
    nudge = office.ann.told[-1]
    assert "Nothing has happened on ACME (O-1) for 10 working days. What is next?" in nudge.words and office.may.told == []
    office.ann.types("/bid new ACME 2m")
    assert len(office.ann.told) == 1 and "ACME (O-1): something has happened since. It is open." in office.ann.told[0].words
    office.pass_time(days=29)
    assert "for 20 working days" in office.may.told[-1].words and "Beta" not in "".join(seen.words for seen in office.ann.told)
    later = office.ann.told[-1].press("Ask me later")
    assert later is not None and "up to date" in later.words


def test_only_the_newest_change_is_taken_back_and_only_by_who_made_it(office: Office) -> None:
    entered = office.ann.types("/opportunity new ACME 3m")
    held = office.ann.types("/opportunity 暂停 ACME 等预算")
    refused = entered.press("Undo")
    assert refused is not None and "That was changed since" in refused.words
    assert "Only the person who made the change" in office.bob.types("/opportunity undo ACME").words
    undone = held.press("Undo")
    assert undone is not None and "Undone. ACME is open again." in undone.words


def test_in_chinese(office: Office) -> None:
    entered = office.lin.types("/opportunity 新建 北京银行 350万")
    assert "O-1" in entered.words and "CNY 3,500,000" in entered.words
    office.chen.types("/opportunity 新增 玉山銀行 NT$350萬")
    assert "O-2" in office.chen.types("/opportunity 列表 我的").words
    assert "O-2" in office.chen.types("/presales opportunity 查看 玉山銀行").words
    assert "O-2" in office.chen.types("/presales 商機 查看 玉山銀行").words
    assert "O-1" in office.lin.types("/presales 商机 查看 北京银行").words
    lost = office.lin.types("/opportunity 结案 北京银行 丢单 价格太高")
    assert "价格太高" in lost.words


def test_the_timeline_leads_to_what_a_channel_was_told(office: Office) -> None:
    office.ann.types("/bid new ACME 1.2m")
    office.ann.types("/bid submit ACME")
    office.ann.types("/bid won ACME")
    told = office.bob.all_seen("C0WINS001")[-1].message
    sheet = office.ann.types("/opportunity show ACME")
    assert f"/archives/C0WINS001/p{told['ts'].replace('.', '')}" in str(sheet.message["blocks"])
