"""Files come in whole or not at all, twice is once, and every fault is named with its line."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from bot.handbook import load_handbook
from bot.language import translator
from bot.policy.bids import Bid, State
from bot.policy.people import Person, Role
from handlers.exports import export_all
from handlers.imports import import_file
from storage import Store
from tests.office import MONDAY

HANDBOOK = load_handbook()
ANN, BOB, MAY = (Person(id=f"U0{name.upper()}0001", name=name, email=f"{name}@example.com") for name in ("ann", "bob", "may"))
BIDS = """customer,owner,amount,currency,registered,deadline,submitted,outcome,outcome date,reason,note
北京银行,ann@example.com,350万,,2025/3/1,2025-04-01 17:00,2025-03-31,won,2025-05-06,,well done
ACME,U0BOB0001,80000.50,USD,2025-03-01,,2025-03-20,未中标,2025-04-02,价格,
Beta,bob@example.com,,,2026-11-02T09:00+08:00,2026-12-24,,,,,
"""


@pytest.fixture
def desk(store: Store) -> Store:
    """Return a store that knows three people."""
    with store.change() as shelves:
        for person in (ANN, BOB, MAY):
            shelves.people.put(person)
    return store


def brought(desk: Store, folder: Path, text: str, *, dry: bool = False) -> tuple[list[str], int]:
    file = folder / "file.csv"
    file.write_text(text, "utf-8")
    said, code = import_file(desk, HANDBOOK, file, MONDAY, translator("en"), dry=dry)
    return [line.removeprefix(f"{file}: ") for line in said], code


def bids(desk: Store) -> list[Bid]:
    with desk.look() as shelves:
        return sorted(shelves.bids.listed(), key=lambda bid: bid.id)


def person(desk: Store, id: str) -> Person:
    with desk.look() as shelves:
        found = shelves.people.get(id)
    assert found is not None
    return found


def test_past_bids_come_in_with_their_outcomes(desk: Store, tmp_path: Path) -> None:
    said, code = brought(desk, tmp_path, BIDS)
    assert (said[-1], code) == ("3 lines changed something, 0 did not.", 0)
    won, lost, under_way = bids(desk)
    assert (won.customer, won.owner, won.state, won.awarded, won.currency) == ("北京银行", ANN.id, State.WON, Decimal(3500000), "CNY")
    assert won.registered_at == datetime(2025, 2, 28, 16, tzinfo=UTC) and won.deadline == datetime(2025, 4, 1, 9, tzinfo=UTC)
    assert (lost.state, lost.loss_reason, lost.amount, lost.currency) == (State.LOST, "price", Decimal("80000.5"), "USD")
    assert under_way.state is State.REGISTERED and under_way.deadline == datetime(2026, 12, 24, 10, tzinfo=UTC)


def test_every_bid_leaves_an_event_that_says_where_it_came_from(desk: Store, tmp_path: Path) -> None:
    brought(desk, tmp_path, BIDS)
    with desk.look() as shelves:
        [event] = shelves.audit.of("bid:2")
    assert (event.actor, event.action, event.after, event.reason) == ("import", "import", "lost", "file.csv:3")
    assert Bid.model_validate(event.became) == bids(desk)[1]


PASSED = """customer,owner,registered,deadline,submitted,outcome
ACME,ann@example.com,2025-03-01,2025-04-01,,
Beta,ann@example.com,2025-03-01,2025-04-01,2025-03-31,
Zeta,bob@example.com,2025-03-02,2025-04-02,,withdrawn
Eta,bob@example.com,2025-03-02,2025-04-02,,
"""


@pytest.mark.parametrize(("dry", "hint"), [(True, "fill in submitted or outcome first"), (False, "record it with /bid submit")])
def test_bids_that_will_count_as_missed_are_told_with_their_lines(desk: Store, tmp_path: Path, dry: bool, hint: str) -> None:
    said, code = brought(desk, tmp_path, PASSED, dry=dry)
    assert said[-2].startswith("2 bids without an outcome have a deadline that has passed and will be counted as missed: lines 2 and 5.")
    assert hint in said[-2] and said[-1].startswith("4 lines") and code == 0


def test_nothing_is_said_of_missed_deadlines_where_there_is_none(desk: Store, tmp_path: Path) -> None:
    assert not any("missed" in line for line in brought(desk, tmp_path, BIDS)[0])
    brought(desk, tmp_path, PASSED)
    assert not any("missed" in line for line in brought(desk, tmp_path, PASSED)[0])


def test_a_dry_run_says_the_same_and_changes_nothing(desk: Store, tmp_path: Path) -> None:
    said, code = brought(desk, tmp_path, BIDS, dry=True)
    assert said[0] == "line 2: 北京银行, CNY 3,500,000, won, ann" and code == 0
    assert said[-1] == "3 lines would change something, 0 would not. Nothing was changed."
    assert bids(desk) == []


def test_the_same_file_twice_changes_nothing_more(desk: Store, tmp_path: Path) -> None:
    brought(desk, tmp_path, BIDS)
    assert brought(desk, tmp_path, BIDS) == (["0 lines changed something, 3 did not."], 0)
    assert len(bids(desk)) == 3


def test_an_outcome_without_a_submission_is_a_gap_on_the_record(desk: Store, tmp_path: Path) -> None:
    brought(desk, tmp_path, "customer,owner,awarded,registered,outcome,outcome_date\nACME,U0ANN0001,1m,2025-01-01,won,2025-02-01\n")
    [won] = bids(desk)
    assert won.gaps == ("submitted",) and won.submitted_at == won.decided_at and won.amount is None and won.awarded == Decimal(1000000)


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("ACME,nobody@example.com,1m,,2025-01-01,,,,,,", "line 2, owner: nobody@example.com is not in the directory."),
        (",U0ANN0001,1m,,2025-01-01,,,,,,", "line 2, customer: Please fill this in."),
        ("ACME,U0ANN0001,lots,,2025-01-01,,,,,,", "line 2, amount: I could not read “lots” as an amount."),
        ("ACME,U0ANN0001,12.345,,2025-01-01,,,,,,", "line 2, amount: “12.345” has more decimals than its currency."),
        ("ACME,U0ANN0001,1m,XYZ,2025-01-01,,,,,,", "line 2, currency: “XYZ” is no currency."),
        ("ACME,U0ANN0001,USD 1m,CNY,2025-01-01,,,,,,", "line 2, amount: “USD 1m” is not in CNY, as the column currency says."),
        ("ACME,U0ANN0001,1m,,01/02/2025,,,,,,", "line 2, registered: I could not read “01/02/2025” as a date."),
        ("ACME,U0ANN0001,1m,,2025-02-31,,,,,,", "line 2, registered: There is no such day as “2025-02-31”."),
        ("ACME,U0ANN0001,1m,,2025-02-03 25:00,,,,,,", "line 2, registered: There is no such day as “2025-02-03 25:00”."),
        ("ACME,U0ANN0001,1m,,2027-01-01,,,,,,", "line 2, registered: 2027-01-01 is still ahead;"),
        ("ACME,U0ANN0001,1m,,2025-01-01,,,perhaps,,,", "line 2, outcome: “perhaps” is no outcome."),
        ("ACME,U0ANN0001,1m,,2025-01-01,,,won,,,", "line 2, outcome_date: When was it decided?"),
        ("ACME,U0ANN0001,,,2025-01-01,,,won,2025-02-01,,", "line 2, amount: How much was awarded?"),
        ("ACME,U0ANN0001,,,2025-01-01,,,lost,2025-02-01,,", "line 2, reason: Why was it not won?"),
        ("ACME,U0ANN0001,,,2025-01-01,,,lost,2025-02-01,luck,", "line 2, reason: The handbook knows no “luck”."),
        ("ACME,U0ANN0001,,,2025-01-01,,,,2025-02-01,,", "line 2, outcome: There is a date but no outcome."),
        ("ACME,U0ANN0001,1m,,2025-03-01,,2025-02-01,,,,", "line 2, submitted: submitted lies before registered;"),
    ],
)
def test_each_fault_of_a_bid_is_named(desk: Store, tmp_path: Path, row: str, fault: str) -> None:
    said, code = brought(desk, tmp_path, f"{BIDS.splitlines()[0]}\n{row}\n")
    assert said[0].startswith(fault)
    assert (said[-1], code) == ("1 fault; nothing was changed.", 1)


def test_one_fault_keeps_the_whole_file_out(desk: Store, tmp_path: Path) -> None:
    said, code = brought(desk, tmp_path, f"{BIDS}Gamma,who,x,,2025-01-01,,,,,,\n")
    assert [line[:14] for line in said[:2]] == ["line 5, owner:", "line 5, amount"] and code == 1
    assert said[-1] == "2 faults; nothing was changed." and bids(desk) == []


def test_a_bid_that_comes_twice_in_a_file(desk: Store, tmp_path: Path) -> None:
    said, _code = brought(desk, tmp_path, BIDS + BIDS.splitlines()[1] + "\n")
    assert said[0].startswith("line 5: This is on line 2 already;")


def test_people_are_placed_by_id_or_address(desk: Store, tmp_path: Path) -> None:
    text = (
        "email,post,manager,team,roles,started\nANN@example.com,售前顾问,U0MAY0001,North,staff; hr,2024-05-06\nmay@example.com,,,North,,\n"
    )
    said, code = brought(desk, tmp_path, text)
    assert (said[-1], code) == ("2 lines changed something, 0 did not.", 0)
    placed = person(desk, ANN.id)
    assert (placed.post, placed.manager, placed.team, placed.roles) == ("presales_consultant", MAY.id, "North", {Role.STAFF, Role.HR})
    assert placed.started == date(2024, 5, 6) and placed.name == "ann"
    assert brought(desk, tmp_path, text)[0] == ["0 lines changed something, 2 did not."]


def test_an_empty_cell_leaves_what_a_dash_takes_away(desk: Store, tmp_path: Path) -> None:
    brought(desk, tmp_path, "id,manager,team\nU0ANN0001,U0MAY0001,North\n")
    brought(desk, tmp_path, "id,manager,team\nU0ANN0001,-,\n")
    assert (person(desk, ANN.id).manager, person(desk, ANN.id).team) == ("", "North")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("name\nann\n", "line 1: The first line must name the columns"),
        ("id,pots\nU0ANN0001,x\n", "line 1: The column pots is not known. Take it out, or did you mean post"),
        ("customer,owner\nACME,U0ANN0001\n", "line 1: The column registered is missing"),
        ("id,post\nU0ANN0001,boss\n", "line 2, post: The handbook knows no “boss”."),
        ("id,roles\nU0ANN0001,king\n", "line 2, roles: There is no role “king”."),
        ("id,manager\nU0ANN0001,U0ANN0001\n", "line 2, manager: Nobody can be their own manager"),
        ("id,manager\nU0ANN0001,U0BOB0001\nU0BOB0001,U0ANN0001\n", "line 2, manager: Nobody can be their own manager"),
        ("id,team\nU0ANN0001,A\nU0ANN0001,B\n", "line 3: This is on line 2 already"),
        ("id,email,team\nU0ANN0001,bob@example.com,A\n", "line 2, email: Id and address belong to different people"),
        ("id,email,team\n,,A\n", "line 2, id: Say who it is"),
    ],
)
def test_each_fault_of_a_person_is_named(desk: Store, tmp_path: Path, text: str, fault: str) -> None:
    said, code = brought(desk, tmp_path, text)
    assert said[0].startswith(fault) and code == 1


def test_a_file_that_is_not_there(desk: Store, tmp_path: Path) -> None:
    said, code = import_file(desk, HANDBOOK, tmp_path / "none.csv", MONDAY, translator("en"), dry=False)
    assert "No such file" in said[0] and code == 1


def test_what_was_exported_is_known_when_it_comes_back(desk: Store, tmp_path: Path) -> None:
    brought(desk, tmp_path, BIDS)
    for file in export_all(desk, tmp_path)[:2]:
        said, code = import_file(desk, HANDBOOK, file, MONDAY, translator("en"), dry=False)
        assert (said, code) == (["0 lines changed something, 3 did not."], 0)
