"""Customers: enquiries that are chased, opinions that are answered, names that mean the same; over real sockets."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.office import Office, open_office


@pytest.fixture
def office(sqlite_database: str, tmp_path: Path) -> Iterator[Office]:
    """Return an office whose product channel is #general."""
    handbook = tmp_path / "handbook.yaml"
    handbook.write_text('channels: {product: "#general"}\n', encoding="utf-8")
    with open_office(sqlite_database, http=True, handbook=handbook) as office:
        office.places("ann", manager="may")
        office.places("bob", manager="may")
        office.ann.types("/opportunity new ACME 3m")
        yield office


def test_an_enquiry_is_chased_until_it_is_answered_and_every_message_says_so(office: Office) -> None:
    entered = office.ann.types("/customer enquiry ACME @bob does it run on ARM?")
    assert "<@U0BOB0001> answers ACME by Wed 25 Nov 2026, 09:30 CST: “does it run on ARM?”" in entered.words
    assert "<@U0ANN0001> asks you to answer ACME by Wed 25 Nov 2026, 09:30 CST." in office.bob.told[-1].words
    office.pass_time(days=1, hours=8)
    assert "ACME is to be answered by Wed 25 Nov" in office.bob.told[-1].words and office.may.told == []
    office.pass_time(days=1)
    assert "ACME waits for an answer, which was due" in office.bob.told[-1].words
    assert "<@U0BOB0001> answers." in office.may.told[-1].words and "waits for an answer" in office.ann.told[-1].words
    assert len(office.bob.told) == 3
    office.bob.told[-1].press("Answer")
    assert office.bob.fills(answer="Yes, since 4.2") == {}
    assert all("answered by <@U0BOB0001>" in seen.words and seen.buttons == [] for seen in office.bob.told[:3])
    assert "<@U0BOB0001> answered ACME.\ndoes it run on ARM?\nYes, since 4.2" in office.ann.told[-1].words
    office.pass_time(days=3)
    assert len(office.may.told) == 1
    assert "has no open enquiry" in office.ann.types("/customer answer ACME again").words


def test_an_enquiry_is_handed_over_and_taken_back(office: Office) -> None:
    office.ann.types("/customer enquiry ACME @bob when is 5.0 out? by Fri 5pm").press("Undo")
    assert "was taken back" in office.bob.told[-1].words
    office.ann.types("/customer enquiry ACME @bob price of support? by Fri 5pm")
    assert "Fri 27 Nov 2026, 17:00" in office.bob.told[-1].words
    office.bob.told[-1].press("Hand over")
    assert office.bob.fills(owner=office.lin.id) == {}
    assert "ACME" in office.lin.told[-1].words and "<@U0LIN0001> answers this enquiry of ACME now." in office.bob.told[1].words
    office.ann.types("/customer enquiry ACME a second one?")
    picker = office.ann.types("/customer answer ACME ten per cent")
    assert "Which one do you mean?" in picker.words
    answered = picker.press("This one")
    assert answered is not None and "The enquiry of ACME is answered: “ten per cent”" in answered.words


def test_an_opinion_goes_to_the_product_channel_and_its_answer_to_who_reported_it(office: Office) -> None:
    office.ann.types("/customer opinion ACME breaker “Data Hub” loses rows <!channel>")
    assert any("Noted on Data Hub (deal breaker): “loses rows <!channel>”" in words for words in office.ann.sees("C0GENERAL"))
    posted = next(seen for seen in office.bob.all_seen("C0GENERAL") if "reported by" in seen.words)
    assert "Data Hub: deal breaker for ACME" in posted.words and "Behind it: 1 deal, CNY 3M" in posted.words
    office.ann.types("/customer opinion ACME nice Portal dark mode")
    listed = office.may.types("/customer opinions").words
    assert "Data Hub · 1 opinion · CNY 3M" in listed and "nice to have · ACME" in listed
    posted.press("Answer")
    assert office.bob.fills(answer="Fixed in 4.3") == {}
    assert "what ACME thinks of Data Hub" in office.ann.told[-1].words and "Fixed in 4.3" in office.ann.told[-1].words
    answered = next(seen for seen in office.may.all_seen("C0GENERAL") if "reported by" in seen.words)
    assert "<@U0BOB0001> answered: “Fixed in 4.3”" in answered.words
    assert "Data Hub" not in office.may.types("/customer opinions").words


def test_a_confidential_customer_is_not_named_in_the_product_channel(office: Office) -> None:
    office.sandbox.control.command(office.ann.id, "C0GENERAL", "/opportunity new")
    assert office.ann.fills(customer="Zeta", amount="9m", secrecy=["confidential"]) == {}
    office.ann.types("/customer opinion Zeta breaker Hub too slow")
    posted = next(seen for seen in office.bob.all_seen("C0GENERAL") if "reported by" in seen.words)
    assert "Zeta" not in posted.words and "9M" not in posted.words and "a customer" in posted.words
    assert "Zeta" not in office.bob.types("/customer list").words
    assert "There is nothing called Zeta." in office.bob.types("/customer show Zeta").words
    assert "Zeta" in office.may.types("/customer list").words


def test_a_duplicate_is_merged_by_a_manager_and_comes_back_whole(office: Office) -> None:
    entered = office.bob.types("/opportunity new Acmee 1m")
    assert '/customer merge "Acmee" = "ACME"' in entered.words
    office.ann.types("/customer enquiry Acmee @bob when is 2.0 out?")
    assert "That is for an administrator" in office.bob.types("/customer merge Acmee = ACME").words
    merged = office.may.types('/customer merge "Acmee" = "ACME"')
    assert "Acmee is merged into ACME" in merged.words
    sheet = office.ann.types("/customer show Acmee").words
    assert all(said in sheet for said in ("ACME · C-1", "O-1", "O-2", "when is 2.0 out?"))
    assert "Which one do you mean?" in office.bob.types("/bid new Acmee 1m").words
    assert "moved" in office.bob.told[0].words and "when is 2.0 out?" in office.bob.told[1].words
    undone = merged.press("Undo")
    assert undone is not None and "ACME is as it was before" in undone.words
    assert "Acmee · C-2" in office.ann.types("/customer show Acmee").words
    assert "O-2" not in office.ann.types("/customer show ACME").words


def test_aliases_and_near_names(office: Office) -> None:
    office.ann.types("/customer alias ACME = 艾可美")
    assert "ACME · C-1" in office.lin.types("/customer 查看 艾可美").words
    assert "O-1" in office.ann.types("/bid new 艾可美 1m").words or "B-1" in office.ann.types("/bid list").words
    assert "B-1" in office.ann.types("/opportunity show ACME").words
    office.ann.types("/opportunity new Beta 1m")
    assert "Beta is a customer already" in office.ann.types("/customer alias ACME = Beta").words
    assert "Did you mean ACME?" in office.ann.types("/customer show Acne").words
    assert "Write it so:" in office.ann.types("/customer alias ACME").words


def test_people_there_and_what_they_are_to_the_deal(office: Office) -> None:
    office.sandbox.control.command(office.ann.id, "C0GENERAL", "/customer contact ACME")
    assert office.ann.fills(name="Jane Roe", title="CIO", stance="champion", reach="jane@acme.example") == {}
    assert "Jane Roe (champion) · CIO · jane@acme.example" in office.ann.told[-1].words
    assert "Jane Roe (champion)" in office.bob.types("/customer show ACME").words


def test_by_form_a_new_customer_is_entered_with_the_enquiry(office: Office) -> None:
    office.sandbox.control.command(office.lin.id, "C0GENERAL", "/customer 咨询")
    assert office.lin.fills(customer="招商银行", text="支持信创吗？", owner=office.lin.id) == {}
    assert "招商银行" in office.lin.told[-1].words
    answered = office.lin.types("/customer 答复 招商银行 支持")
    assert "支持" in answered.words
