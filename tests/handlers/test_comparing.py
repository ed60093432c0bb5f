"""Settings are tried before they are adopted: by the HR department and by administrators, each seeing what is theirs."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

import app
from bot.policy.appraisals.cycle import Cycle, Kind, Phase, kept_rules
from bot.policy.appraisals.record import Appraisal, Part, Scoring, State
from bot.policy.bids import Bid
from bot.policy.bids import State as BidState
from bot.policy.money import Money
from bot.policy.people import Role
from bot.views.comparing import TRY
from storage.counting import count_bid
from tests.appraising import DUE
from tests.office import MONDAY, Office, open_office

MARKS_ALONE = "appraisals:\n  formula: {measures: 0, manager: 100, own: 0}\n"
THIRD: dict[str, Any] = {"period": "2026Q3", "start": date(2026, 7, 1), "end": date(2026, 9, 30)}
STRICTER = "appraisals:\n  bands: {excellent: 99, good: 98, pass: 97}\n"


@pytest.fixture
def office(database: str) -> Iterator[Office]:
    """Return an office in which Ann won three bids last quarter."""
    with open_office(database) as office:
        office.places("ann", post="presales_engineer", roles=frozenset({Role.STAFF}))
        office.places("hana", roles=frozenset({Role.COLLEAGUE, Role.HR}))
        with office.bot.store.change() as shelves:
            for number in range(3):
                count_bid(shelves, shelves.bids.add(won(number)), office.bot.desk.handbook)
        yield office


def won(number: int) -> Bid:
    at = MONDAY - timedelta(days=90)
    return Bid(
        owner="U0ANN0001",
        customer=f"C{number}",
        customer_key=f"c{number}",
        currency="CNY",
        registered_at=at,
        submitted_at=at,
        decided_at=at,
        state=BidState.WON,
        awarded=Money(amount=1_000_000, currency="CNY").amount,
    )


def asks(office: Office, person: str) -> None:
    office.sandbox.control.command(person, "C0GENERAL", "/presales settings")
    office.settle()


def offers_to_try(office: Office, person: str, form: dict[str, Any]) -> None:
    block = next(block for block in form["blocks"] if block["type"] == "actions")
    office.sandbox.control.press(person, view=form["id"], block_id=block["block_id"], action_id=TRY, value="form")
    office.settle()


def tries(office: Office, name: str, settings: str) -> str:
    somebody = getattr(office, name)
    asks(office, somebody.id)
    form = somebody.form()
    offers_to_try(office, somebody.id, form)
    assert somebody.fills(settings=settings) == {}
    return somebody.told[-1].words


def test_the_hr_department_sees_whose_quarter_would_change(office: Office) -> None:
    said = tries(office, "hana", STRICTER)
    assert "People compared: 1. With another score or bonus in the last four quarters: 1. With another grade: 1." in said
    assert "Ann Engineer: 2026Q3 90 excellent ×1.2 → 90 fail ×0" in said


def test_an_administrator_sees_how_many_but_not_whose(office: Office) -> None:
    said = tries(office, "ada", STRICTER)
    assert "With another grade: 1." in said
    assert "Ann" not in said


def test_what_is_wrong_is_said_on_the_field(office: Office) -> None:
    asks(office, office.hana.id)
    offers_to_try(office, office.hana.id, office.hana.form())
    assert "fail has a bonus" in office.hana.fills(settings="bonus:\n  multipliers: {fail: 0.5}\n")["settings"]


@pytest.mark.parametrize("name", ["ann", "may"])
def test_others_are_not_offered_to_try(office: Office, name: str) -> None:
    somebody = getattr(office, name)
    asks(office, somebody.id)
    assert TRY not in str(somebody.form())


def test_the_terminal_prints_the_comparison(office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "stricter.yaml"
    file.write_text(STRICTER, encoding="utf-8")
    assert app.main(["handbook", "compare", str(file)], {"DATABASE_URL": office.bot.settings.database_url}) == 0
    printed = capsys.readouterr().out.splitlines()
    assert printed[0].startswith("People compared: 1.")
    assert "  appraisals.bands.excellent: 90 → 99" in printed


def appraised(office: Office, person: str, phase: Phase) -> None:
    """Put a scored quarter of somebody's into the books, told or not."""
    rules = {"handbook": "test", "rules": kept_rules(office.bot.desk.handbook), "opened_at": MONDAY, "state": phase}
    facts: dict[str, Any] = {"person": person, "manager": "U0MAY0001", "served": 92, "days": 92, "opened_at": MONDAY}
    given = Scoring(manager="U0MAY0001", marks=dict.fromkeys(Part, 2))
    told = {"state": State.PUBLISHED, "published_at": MONDAY} if phase is Phase.APPEAL_WINDOW else {"state": State.MANAGER_SUBMITTED}
    with office.bot.store.change() as shelves:
        cycle = shelves.cycles.add(Cycle(kind=Kind.QUARTER, slot="2026Q3", **THIRD, **DUE, **rules))
        shelves.appraisals.add(Appraisal(cycle=cycle.id, period="2026Q3", scoring=given, **facts, **told))


@pytest.mark.parametrize("phase", [Phase.CALIBRATION, Phase.APPEAL_WINDOW])
def test_marks_are_compared_only_once_the_result_is_told(office: Office, phase: Phase) -> None:
    appraised(office, office.ann.id, phase)
    said = tries(office, "hana", MARKS_ALONE)
    assert ("Ann Engineer: 2026Q3 90 excellent ×1.2 → 40" in said) is (phase is Phase.APPEAL_WINDOW)


def test_nobody_is_named_to_themselves(office: Office) -> None:
    office.places("ann", roles=frozenset({Role.STAFF, Role.HR}))
    said = tries(office, "ann", STRICTER)
    assert "With another grade: 1." in said and "Ann" not in said
