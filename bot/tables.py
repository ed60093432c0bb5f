"""Tables as files: rows become CSV or XLSX that a spreadsheet opens without running anything in them, and CSV becomes rows again."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

from xlsxwriter import Workbook  # type: ignore[import-untyped]

from bot.language import N_
from bot.policy.refusal import Refusal

ENCODING = "utf-8-sig"  # with the mark without which Excel shows Chinese as gibberish
LARGEST = 20_000_000  # bytes of a file that is read
DELIMITERS = ",;\t"
LONGEST_CELL = 32_767  # characters that Excel takes in one cell
WIDTH = 16  # characters that a column shows
# What a spreadsheet takes for the beginning of a formula, in either width, also behind our own apostrophes.
_LIVE = re.compile("'*[=+@\t\r\n\uff1d\uff0b\uff0d\uff20-]")
_GUARDED = re.compile("'+[=+@\t\r\n\uff1d\uff0b\uff0d\uff20-]")

Cell = str | int | bool | Decimal | date | datetime | Sequence[str] | None


@dataclass(frozen=True)
class Row:
    """One row of a file: the line on which it begins, and its cells by column, empty ones left out."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Table:
    """A file's columns and rows."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


class TableFault(Refusal):
    """Refuse a file that is not a table; `line` is where it goes wrong."""

    def __init__(self, line: int, reason: str, **values: Any) -> None:
        super().__init__(reason, **values)
        self.line = line


def csv_lines(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """Yield a table as CSV, a row at a time, the names of its columns first."""
    yield one_line(columns)
    for cells in rows:
        yield one_line([written(cell) for cell in cells])


def one_line(cells: Sequence[str]) -> str:
    """Return one row of CSV with its line end."""
    line = StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()


def written(cell: Cell) -> str:
    """Return a cell as it stands in the file: instants with their zone, numbers as numbers, text that cannot act."""
    if isinstance(cell, datetime):
        return cell.isoformat(timespec="seconds")
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, int | date):
        return str(cell)
    text = cell if isinstance(cell, str) else "; ".join(cell or ())
    return f"'{text}" if _LIVE.match(text) else text


def xlsx_bytes(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a table as a workbook of one sheet, the names of its columns first; text is never a formula or a link there."""
    content = BytesIO()
    book = Workbook(content, {"in_memory": True})
    sheet, bold, day = book.add_worksheet(), book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, max(len(columns) - 1, 0), WIDTH)
    for place, name in enumerate(columns):
        sheet.write_string(0, place, name, bold)
    for number, cells in enumerate(rows, start=1):
        for place, cell in enumerate(cells):
            put(sheet, number, place, cell, day)
    book.close()
    return content.getvalue()


def put(sheet: Any, row: int, column: int, cell: Cell, day: Any) -> None:
    """Write one cell: numbers and days as such, so that they can be reckoned with, all else as text."""
    if isinstance(cell, bool | datetime):
        sheet.write_string(row, column, written(cell))
    elif isinstance(cell, int | Decimal):
        sheet.write_number(row, column, float(cell))
    elif isinstance(cell, date):
        sheet.write_datetime(row, column, datetime(cell.year, cell.month, cell.day), day)  # noqa: DTZ001 - Excel knows no zones
    else:
        text = cell if isinstance(cell, str) else "; ".join(cell or ())
        sheet.write_string(row, column, text[:LONGEST_CELL])


def read(content: bytes) -> Table:
    """Return the table in a CSV file; raise TableFault when there is none."""
    text = decoded(content)
    # Excel writes what the computer's region uses between cells.
    delimiter = max(DELIMITERS, key=text.partition("\n")[0].count)
    lines = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        columns = names(next(lines, []))
        return Table(tuple(filter(None, columns)), tuple(rows_of(lines, columns)))
    except csv.Error:
        raise TableFault(lines.line_num, N_("The quotation marks do not match; write one inside a cell twice.")) from None


def decoded(content: bytes) -> str:
    """Return a file's text; refuse other encodings than UTF-8 instead of guessing one."""
    if len(content) > LARGEST:
        raise TableFault(1, N_("The file is too large; split it."))
    try:
        return content.decode(ENCODING)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise TableFault(line, N_("This is not text in UTF-8; save the file again as “CSV UTF-8”.")) from None


def names(header: Sequence[str]) -> list[str]:
    """Return the names of the columns: small letters, with underscores between words."""
    folded = ["_".join(re.split(r"[\s_-]+", name.strip().lower())) for name in header]
    twice = next((name for name in folded if name and folded.count(name) > 1), None)
    if twice:
        raise TableFault(1, N_("Two columns are called {name}; keep one of them."), name=twice)
    return folded


def rows_of(lines: Iterator[list[str]], columns: Sequence[str]) -> Iterator[Row]:
    """Yield the rows below the header, empty ones left out; `lines` is a reader that counts its lines."""
    begins = 2
    for cells in lines:
        filled = {place: bare(cell) for place, cell in enumerate(cells) if cell.strip()}
        beyond = [place for place in filled if place >= len(columns) or not columns[place]]
        if beyond:
            raise TableFault(begins, N_("There is a cell without a column: {cell}. Quote cells that hold commas."), cell=filled[beyond[0]])
        if filled:
            yield Row(begins, {columns[place]: cell for place, cell in filled.items()})
        begins = getattr(lines, "line_num", begins) + 1


def bare(cell: str) -> str:
    """Return a cell's text without the apostrophe that kept it from acting."""
    return (cell[1:] if _GUARDED.match(cell) else cell).strip()
