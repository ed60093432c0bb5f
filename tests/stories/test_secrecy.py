"""A deal has one class: what hangs on it is confidential when the deal is, as soon as that changes and as long as it is so."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.policy.surveys import About, Survey
from tests.office import Office, open_office

KINDS = ("bids", "demos", "researches", "solutions", "surveys")
WINS = "C0WINS001"


@pytest.fixture
def busy(office: Office) -> Office:
    """Return an office in which everything hangs on a deal of Ann's, whose manager is May."""
    office.places("ann", manager="may")
    for text in ("/opportunity new ACME 1.2m", "/research new ACME", "/solution new ACME", "/bid new ACME 1.2m due Fri 5pm"):
        office.ann.types(text)
    office.ann.types("/demo new ACME 27 Nov 10:00", WINS)
    office.ann.types("/solution consult ACME @chen Can it run on site?")
    with office.bot.store.change() as shelves:
        facts = {"customer_name": "ACME", "customer_key": "acme", "about": About.GENERAL, "asked_by": office.ann.id}
        shelves.surveys.add(Survey(opportunity=1, created=office.clock.now(), language="en", **facts))
    return office


def secret(office: Office) -> set[bool]:
    """Return whether a deal and all that hangs on it is confidential: one value when they agree."""
    with office.bot.store.look() as shelves:
        hanging = [record for kind in KINDS for record in getattr(shelves, kind).of_opportunity(1)]
        deal = shelves.opportunities.get(1)
    assert deal is not None and len(hanging) >= len(KINDS)
    return {record.confidential for record in (deal, *hanging)}


def reclassified(office: Office, *choices: str) -> dict[str, str]:
    """Have Ann change the deal's class by its form; return the errors."""
    office.ann.types("/opportunity show O-1").press("Change the facts")
    return office.ann.fills(secrecy=list(choices))


def test_all_that_hangs_on_a_deal_follows_its_bid_there_and_back(busy: Office) -> None:
    hidden = busy.ann.types("/bid confidential ACME")
    assert "with all that hangs on the deal" in hidden.words and secret(busy) == {True}
    for text in ("/solution show S-1", "/demo show D-1", "/research show R-1", "/opportunity show O-1"):
        assert "There is nothing called" in busy.bob.types(text).words
    assert "0 bids" in busy.bob.types("/bid list all").words
    undone = hidden.press("Undo")
    assert undone is not None and secret(busy) == {False}
    assert "S-1" in busy.bob.types("/solution show S-1").words


def test_all_that_hangs_on_a_deal_follows_the_class_of_the_deal(busy: Office) -> None:
    assert reclassified(busy, "confidential") == {} and secret(busy) == {True}
    assert reclassified(busy) == {} and secret(busy) == {False}


def test_a_bid_that_is_opened_again_opens_the_deal_unless_another_bid_is_confidential(busy: Office) -> None:
    busy.ann.types("/bid new ACME 3m")
    busy.ann.types("/bid confidential B-1")
    assert secret(busy) == {True}
    busy.ann.types("/bid confidential B-1")
    with busy.bot.store.look() as shelves:
        assert [bid.confidential for bid in shelves.bids.of_opportunity(1)] == [True, False]
    assert "There is nothing called" in busy.bob.types("/solution show S-1").words
    busy.ann.types("/bid confidential B-2")
    assert secret(busy) == {False}


def test_a_bid_for_a_confidential_deal_is_confidential_from_the_start(office: Office) -> None:
    office.ann.types("/opportunity new Zephyrus 1.2m").press("Change the facts")
    assert office.ann.fills(secrecy=["confidential"]) == {}
    office.ann.types("/bid new Zephyrus 1m")
    assert "There is no bid called" in office.bob.types("/bid show B-1").words
    assert "Zephyrus" not in office.bob.types("/bid list all").words


def test_what_was_said_follows_the_class(busy: Office) -> None:
    busy.ann.types("/customer opinion ACME breaker Portal too slow")
    assert "ACME" in busy.bob.sees("C0PRODUCT")[-1]
    busy.ann.types("/bid submit ACME")
    busy.ann.types("/bid won ACME")
    sheets = [seen for seen in busy.bob.all_seen(WINS) if "D-1" in seen.words]
    assert sheets and "1,200,000" in busy.bob.sees(WINS)[-1] and "S-1" in busy.chen.told[-1].words
    busy.ann.types("/bid confidential ACME")
    told = busy.bob.all_seen(WINS)
    assert not any("D-1" in seen.words for seen in told)
    assert not any("1,200,000" in seen.words for seen in told) and "ACME" not in busy.chen.told[-1].words
    assert "too slow" in busy.bob.sees("C0PRODUCT")[-1] and "ACME" not in busy.bob.sees("C0PRODUCT")[-1]


def test_only_the_owner_and_the_managers_change_the_class_of_a_deal_and_nobody_undoes_it_in_parts(busy: Office) -> None:
    busy.ann.types("/opportunity show O-1").press("Change the facts")
    assert busy.ann.fills(sales_owner=busy.bob.id) == {}
    busy.bob.types("/opportunity show O-1").press("Change the facts")
    busy.bob.fills(secrecy=["confidential"])
    assert secret(busy) == {False}
    busy.ann.types("/bid confidential ACME")
    assert "Only the person who made the change" in busy.ann.types("/solution undo S-1").words
    assert secret(busy) == {True}


def test_only_those_who_may_know_of_a_confidential_bid_are_named_on_it(office: Office) -> None:
    office.places("ann", manager="may")
    office.ann.types("/bid new Zephyrus 1.2m due Fri 5pm")
    office.ann.types("/bid confidential Zephyrus")
    assert "Zephyrus is confidential, so only its team may know of it." in office.ann.types("/bid assess Zephyrus @bob").words
    assert "First name for the team: Bob Engineer." in office.ann.types("/bid assess Zephyrus @bob @may").words
    office.ann.types("/bid submit Zephyrus")
    office.sandbox.control.command(office.ann.id, "C0GENERAL", "/bid defence Zephyrus")
    at = int(office.clock.now().timestamp()) + 3 * 86400
    assert "First name for the team: Bob Engineer." in office.ann.fills(at=at, speakers=[office.bob.id])["speakers"]
    assert office.ann.fills(at=at, speakers=[office.ann.id]) == {}
    office.pass_time(days=3)
    assert office.bob.told == [] and "Zephyrus" in office.ann.told[-1].words


def test_who_spoke_before_a_bid_was_confidential_is_not_reminded_of_it_any_more(office: Office) -> None:
    office.ann.types("/bid new Zephyrus 1.2m due Fri 5pm")
    office.ann.types("/bid submit Zephyrus")
    office.sandbox.control.command(office.ann.id, "C0GENERAL", "/bid defence Zephyrus")
    at = int(office.clock.now().timestamp()) + 3 * 86400
    assert office.ann.fills(at=at, speakers=[office.bob.id]) == {}
    office.ann.types("/bid confidential Zephyrus")
    office.pass_time(days=3)
    assert not any("Zephyrus" in seen.words for seen in office.bob.told) and "Zephyrus" in office.ann.told[-1].words


@pytest.fixture
def discreet(sqlite_database: str, tmp_path: Path) -> Iterator[Office]:
    """Return an office whose handbook says that confidential wins are not announced."""
    handbook = tmp_path / "handbook.yaml"
    handbook.write_text("bids:\n  announce_confidential: false\n", "utf-8")
    with open_office(sqlite_database, http=True, handbook=handbook) as office:
        yield office


def wins(office: Office, *typed: str) -> list[str]:
    """Win a bid of Ann's for Zephyrus, after these commands; return what #wins hears."""
    for text in ("/bid new Zephyrus 1.2m", "/bid submit Zephyrus", *typed, "/bid won Zephyrus"):
        office.ann.types(text)
    return heard(office)


def heard(office: Office) -> list[str]:
    """Return what the bot says in #wins to everybody."""
    return [seen.words for seen in office.bob.all_seen(WINS)]


def test_a_confidential_win_is_announced_without_its_amount(office: Office) -> None:
    assert any("Zephyrus is won!" in text for text in wins(office, "/bid confidential Zephyrus"))
    assert not any("1,200,000" in text for text in heard(office))


def test_a_confidential_win_is_not_announced_where_the_handbook_says_so(discreet: Office) -> None:
    assert not any("Zephyrus" in text for text in wins(discreet, "/bid confidential Zephyrus"))


def test_a_win_that_becomes_confidential_is_not_told_any_more_where_the_handbook_says_so(discreet: Office) -> None:
    assert any("Zephyrus is won!" in text for text in wins(discreet))
    discreet.ann.types("/bid confidential Zephyrus")
    assert not any("Zephyrus" in text for text in heard(discreet)) and "This win is confidential now." in heard(discreet)
    discreet.ann.types("/bid confidential Zephyrus")
    assert any("Zephyrus is won!" in text for text in heard(discreet))
