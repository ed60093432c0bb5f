"""The list of bonuses as files (§5.4.1): one CSV, whose checksum is what is approved, and the same as a workbook."""

from collections.abc import Sequence
from hashlib import sha256

from bot.policy.appraisals.payroll import Line
from bot.tables import ENCODING, Cell, csv_lines, xlsx_bytes

COLUMNS = (
    *("person", "email", "name", "post", "period", "grade", "multiplier", "company_factor", "base"),
    *("served", "days", "coefficient", "amount", "currency", "appeal"),
)
OPEN_APPEAL = "open: provisional"


def cells(line: Line) -> list[Cell]:
    """Return a line as the cells of COLUMNS; what an appeal may still change is paid by the grade as it is."""
    who: list[Cell] = [line.person, line.email, line.name, line.post, line.period, line.grade.value]
    rates: list[Cell] = [line.multiplier, line.company_factor, line.base, line.served, line.days]
    return [*who, *rates, line.coefficient, line.amount, line.currency, OPEN_APPEAL if line.appealing else ""]


def rows(lines: Sequence[Line]) -> list[list[Cell]]:
    """Return all lines in their one order, that of the people's ids."""
    return [cells(line) for line in sorted(lines, key=lambda line: line.person)]


def csv_file(lines: Sequence[Line]) -> bytes:
    """Return the list as CSV, the same bytes for the same bonuses."""
    return "".join(csv_lines(COLUMNS, rows(lines))).encode(ENCODING)


def xlsx_file(lines: Sequence[Line]) -> bytes:
    """Return the list as a workbook."""
    return xlsx_bytes(COLUMNS, rows(lines))


def checksum(lines: Sequence[Line]) -> str:
    """Return the SHA-256 of the CSV file, by which anybody can check that it is the one that was approved."""
    return sha256(csv_file(lines)).hexdigest()
