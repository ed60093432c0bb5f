"""What bids come to: lists, confidential ones, lessons, reports with their reasons, and the picture."""

import threading

import pytest

from bot.policy.people import Role
from tests.office import Office, Seen

UNKNOWN = "There is no bid called"


@pytest.fixture
def managed(office: Office) -> Office:
    """Return an office in which May manages Ann, and Chen is of the HR department."""
    office.places("ann", manager="may", team="North")
    office.places("may", team="North")
    with office.bot.store.change() as shelves:
        chen = shelves.people.get(office.chen.id)
        assert chen is not None
        shelves.people.put(chen.amended(roles=frozenset({Role.HR})))
    return office


def decided(office: Office, *outcomes: str) -> None:
    """Have Ann enter bids and hand them in, each with its outcome."""
    for number, outcome in enumerate(outcomes, start=1):
        name = f"Customer{number}"
        office.ann.types(f"/bid new {name} {number}00k")
        office.ann.types(f"/bid submit {name}")
        if outcome:
            office.ann.types(f"/bid {outcome.format(name)}")


def pressed(seen: Seen, label: str) -> Seen:
    answer = seen.press(label)
    assert answer is not None
    return answer


def test_a_list_turns_its_pages_in_place(office: Office) -> None:
    for number in range(1, 23):
        office.ann.types(f"/bid new Customer{number}")
    first = office.ann.types("/bid list")
    assert "Your open bids · 1–10 of 22 bids" in first.words and "Previous" not in first.buttons
    second = pressed(first, "Next")
    assert "11–20 of 22 bids" in second.words and "Next" in second.buttons
    assert "Your open bids · 11–20" in office.ann.sees("C0GENERAL")[-1]
    assert not any("1–10 of 22" in words for words in office.ann.sees("C0GENERAL"))
    assert "1–10 of 22 bids" in pressed(second, "Previous").words


def test_a_list_is_narrowed_by_words_period_and_outcome(office: Office) -> None:
    decided(office, "won {}", "lost {} price", "")
    assert "Bids won · 1 bid" in office.bob.types("/bid list won").words
    assert "B-2 · Customer2 · not won" in office.bob.types("/bid list lost 2026Q4").words
    assert "Nothing here" in office.bob.types("/bid list lost 2026Q3").words
    assert "B-3" in office.bob.types("/bid list customer3").words
    assert "All bids" in office.bob.types(f"/bid list <@{office.ann.id}>").words and "3 bids" in office.bob.types("/bid list all").words
    assert "0 bids" in office.bob.types("/bid list").words
    assert "B-1 · Customer1" in office.chen.types("/bid list 得標").words


def test_the_form_narrows_a_list_and_shows_it_in_its_place(office: Office) -> None:
    decided(office, "won {}", "", "")
    office.bob.types("/bid list all").press("Filter")
    assert office.bob.fills(scope="all", state="submitted", owner=office.ann.id, words="customer", period="2026Q4") == {}
    shown = str(office.bob.form()["blocks"])
    assert "Customer2" in shown and "Customer3" in shown and "Customer1" not in shown


def test_a_confidential_bid_is_there_for_nobody_else(managed: Office) -> None:
    managed.ann.types("/bid new Zephyrus 3m")
    assert "That is for" in managed.bob.types("/bid confidential Zephyrus").words
    hidden = managed.ann.types("/bid confidential Zephyrus")
    assert "Zephyrus is confidential now" in hidden.words
    for text in ("/bid show Zephyrus", "/bid show Zephyru", "/bid show B-1", "/bid won B-1"):
        answer = managed.bob.types(text).words
        assert UNKNOWN in answer and "Zephyrus." not in answer.replace(f"called {text.split()[-1]}.", "")
    for text in ("/bid list all", "/bid list open", "/bid list zephyrus", "/bid lessons"):
        assert "B-1" not in managed.bob.types(text).words
    assert "0 bids" in managed.bob.types("/bid list all").words
    assert "Confidential: for the owner" in managed.may.types("/bid show B-1").words
    assert "1 bid" in managed.may.types("/bid list all").words
    assert "Undone" in pressed(hidden, "Undo").words
    assert "B-1" in managed.bob.types("/bid list all").words


def test_lessons_are_found_by_their_words(office: Office) -> None:
    decided(office, "lost {} price")
    office.ann.types("/bid debrief Customer1")
    assert office.ann.fills(lessons="Offer support as a bundle. 及早拜访客户。", went_well="", to_improve="") == {}
    assert "Offer support as a bundle" in office.bob.types("/bid lessons SUPPORT bundle").words
    assert "Customer1" in office.lin.types("/bid lessons 拜访").words
    assert "No debrief speaks of" in office.bob.types("/bid lessons 100%").words


def test_a_report_shows_both_bases_and_an_undo_takes_back_what_it_caused(managed: Office) -> None:
    decided(managed, "won {}", "won {}", "lost {} price", "")
    report = managed.ann.types("/presales report").words
    assert "Ann Engineer · 2026Q4" in report
    assert "Win rate, of those submitted (this one counts)\n50.0%: 2 of 4 bids" in report
    assert "Win rate, of those decided\n66.7%: 2 of 3 bids" in report
    assert "Waiting for a result\n1 bid" in report and "Sales\nCNY 300,000 from 2 bids" in report and "Bid rate\nno data" in report
    won = managed.ann.types("/bid won Customer4 1m")
    assert "Sales\nCNY 1,300,000 from 3 bids" in managed.ann.types("/presales report year").words
    pressed(won, "Undo")
    assert "Sales\nCNY 300,000 from 2 bids" in managed.ann.types("/presales report 2026Q4").words
    assert "too few to tell: 2 of 2 bids" not in report and "Sales\nno data" in managed.ann.types("/presales report q1").words


def test_a_figure_says_where_it_comes_from_and_leads_to_its_bids(managed: Office) -> None:
    decided(managed, "won {}", "lost {} price")
    report = managed.may.types("/presales report Ann Engineer")
    assert "too few to tell: 1 of 2 bids" in report.words
    reasons = pressed(report, "Why?")
    for told in ("Won ÷ submitted", "Clause §5.1.1, handbook", "Made of 2 bids.", "B-1 · Customer1 · won", "count in no rate"):
        assert told in reasons.words
    assert "Ann Engineer · 2026Q4" in pressed(reasons, "Back to the report").words
    opened = managed.may.types("/presales report Ann Engineer")
    assert "Customer2 · not won" in pressed(pressed(opened, "Why?"), "Open").words


def test_the_reasons_do_not_name_confidential_bids(managed: Office) -> None:
    decided(managed, "won {}", "won {}")
    managed.ann.types("/bid confidential Customer2")
    report = managed.chen.types(f"/presales report <@{managed.ann.id}>")
    reasons = pressed(report, report.buttons[0])
    assert "Customer1" in reasons.words and "Customer2" not in reasons.words


def test_figures_are_for_the_person_the_managers_above_and_hr(managed: Office) -> None:
    decided(managed, "won {}")
    refused = managed.bob.types("/presales report Ann Engineer").words
    assert "The figures of Ann Engineer are for Ann Engineer / May Manager, and for the HR department." in refused
    assert "are for" in managed.ann.types("/presales report team").words
    assert "North · 2026Q4" in managed.may.types("/presales report team").words
    assert "Our company · 2026Q4" in managed.may.types("/presales report all").words
    assert "are for" in managed.bob.types("/presales report all").words
    assert "Our company · 2026Q4" in managed.chen.types("/presales report 全部 季度").words
    assert "Bob Engineer · 2026Q4" in managed.bob.types("/presales report").words
    near = managed.may.types("/presales report Ann Enginer").words
    assert "There is nobody, and no team, called Ann Enginer." in near and "Ann Engineer" in near
    assert "You belong to no team yet" in managed.bob.types("/presales report team").words


def test_the_picture_comes_as_a_direct_message(managed: Office) -> None:
    decided(managed, "won {}", "")
    shown = pressed(managed.ann.types("/presales report"), "Picture")
    assert "The picture comes as a direct message." in shown.words and "Win rate" in shown.words
    for thread in threading.enumerate():
        if thread.name == "picture":
            thread.join(20)
    [file] = managed.sandbox.workspace.contents.files.values()
    assert (file.name, (file.content or b"")[:4]) == ("funnel-2026Q4.png", b"\x89PNG")
    assert "submitted: 2 · 100.0% · CNY 300K; won: 1 · 50.0%" in managed.ann.told[-1].words


def test_a_report_that_was_open_is_closed_to_whoever_manages_no_more(managed: Office) -> None:
    decided(managed, "won {}")
    open_still = managed.may.types("/presales report Ann Engineer")
    managed.places("ann", manager="bob")
    assert "are for Ann Engineer / Bob Engineer" in pressed(open_still, "Why?").words
