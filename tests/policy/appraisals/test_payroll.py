"""The list for payroll (§5.4.1): one person prepares it, another approves it, and any change makes that void."""

import csv
from decimal import Decimal
from hashlib import sha256
from io import StringIO
from random import Random

import pytest

from bot.policy.appraisals import payroll
from bot.policy.appraisals.cycle import Cycle, Phase
from bot.policy.appraisals.payroll import Line, lines_of, totals
from bot.policy.appraisals.record import Appraisal, Grade, State
from bot.policy.appraisals.results import publish
from bot.policy.people import OnlyFor
from bot.policy.refusal import Refusal
from bot.views.appraisals.payroll_file import checksum, csv_file, xlsx_file
from tests.results import ANN, BOB, ENGINEER, FRIDAY, HANA, HUGO, LEE, PEOPLE, cycle, person, scored

QUARTER = cycle(bases={ENGINEER: 9000}, id=1)
KNOWN = {one.id: one for one in PEOPLE}


def told(who: str = ANN, grade: Grade = Grade.GOOD, **facts: object) -> Appraisal:
    return publish(scored(who, grade), QUARTER, FRIDAY).record.amended(**facts)


def lines(*appraisals: Appraisal) -> list[Line]:
    return lines_of(appraisals or (told(), told(BOB, Grade.FAIL)), KNOWN)


def prepared(of: list[Line] | None = None) -> Cycle:
    found = of or lines()
    return payroll.prepare(QUARTER, found, checksum(found), HANA, FRIDAY).record


def test_the_list_has_one_line_for_everybody_whose_bonus_was_told() -> None:
    rows = list(csv.DictReader(StringIO(csv_file(lines()).decode("utf-8-sig"))))
    assert [(row["person"], row["email"], row["grade"], row["amount"], row["currency"]) for row in rows] == [
        (ANN, "uann@example.com", "good", "9000.00", "CNY"),
        (BOB, "ubob@example.com", "fail", "0.00", "CNY"),
    ]
    assert totals(lines()) == {"CNY": Decimal("9000.00")}


@pytest.mark.parametrize("state", [State.MANAGER_SUBMITTED, State.CALIBRATED, State.EXCUSED])
def test_nobody_is_on_it_before_they_were_told(state: State) -> None:
    assert lines_of([told(state=state)], KNOWN) == []


def test_an_open_appeal_is_marked_as_provisional_and_paid_by_the_grade_as_it_is() -> None:
    [line] = lines(told(state=State.HR_REVIEW))
    assert line.appealing and line.amount == Decimal("9000.00")
    assert "open: provisional" in csv_file([line]).decode()


def test_the_checksum_is_that_of_the_file_and_no_order_changes_it() -> None:
    found = lines(*(told(f"U{number:03}", Grade.GOOD) for number in range(20)))
    for seed in range(5):
        mixed = list(found)
        Random(seed).shuffle(mixed)
        assert checksum(mixed) == checksum(found) == sha256(csv_file(mixed)).hexdigest()


@pytest.mark.parametrize("change", [{"amount": Decimal("9000.01")}, {"grade": Grade.PASS}, {"appealing": True}, {"served": 91}])
def test_any_change_of_a_line_changes_the_checksum(change: dict[str, object]) -> None:
    first, *rest = lines()
    assert checksum([first._replace(**change), *rest]) != checksum([first, *rest])  # type: ignore[arg-type]


def test_a_second_person_approves_and_never_the_one_who_prepared() -> None:
    with pytest.raises(Refusal):
        payroll.approve(prepared(), checksum(lines()), HANA, FRIDAY)
    approved = payroll.approve(prepared(), checksum(lines()), HUGO, FRIDAY).record
    assert approved.payroll is not None
    assert (approved.payroll.prepared_by, approved.payroll.approved_by, approved.payroll.people) == (HANA, HUGO, 2)
    payroll.check_approved(approved, checksum(lines()))
    with pytest.raises(Refusal):
        payroll.approve(approved, checksum(lines()), HUGO, FRIDAY)


def test_nobody_approves_their_own_bonus_and_the_refusal_names_who_could() -> None:
    found = lines(told(), told(HUGO))
    able = payroll.approvers(prepared(found), found, [KNOWN[HANA], KNOWN[HUGO], KNOWN[LEE]])
    assert able == [LEE]
    payroll.check_approver(found, able, LEE)
    with pytest.raises(OnlyFor) as no:
        payroll.check_approver(found, able, HUGO)
    assert no.value.may == (LEE,)
    with pytest.raises(Refusal, match="somebody of the HR department who is not on it"):
        payroll.check_approver(found, [], HUGO)


def test_a_change_after_the_approval_makes_it_void_and_preparing_again_too() -> None:
    approved = payroll.approve(prepared(), checksum(lines()), HUGO, FRIDAY).record
    changed = checksum(lines(told(), told(BOB, Grade.PASS)))
    with pytest.raises(Refusal):
        payroll.check_approved(approved, changed)
    again = payroll.prepare(approved, lines(), checksum(lines()), HUGO, FRIDAY).record
    with pytest.raises(Refusal):
        payroll.check_approved(again, checksum(lines()))


def test_there_is_no_list_before_publication_for_a_year_or_without_bonuses() -> None:
    for of, found in (
        (QUARTER.amended(state=Phase.CALIBRATION), lines()),
        (cycle("2026"), lines()),
        (QUARTER, []),
    ):
        with pytest.raises(Refusal):
            payroll.prepare(of, found, "sum", HANA, FRIDAY)
    with pytest.raises(Refusal):
        payroll.check_approved(QUARTER, checksum(lines()))


def test_somebody_whose_name_is_a_formula_does_not_act_in_either_file() -> None:
    found = lines_of([told()], {ANN: person(ANN, name="=HYPERLINK(1)")})
    assert ",'=HYPERLINK(1)," in csv_file(found).decode()
    assert xlsx_file(found).startswith(b"PK")
