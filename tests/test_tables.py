"""Tables go into files and come out again as they were, and nothing in them acts."""

import csv
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import tables
from bot.tables import TableFault

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40)


def file_of(columns, *rows):
    return "".join(tables.csv_lines(columns, rows)).encode(tables.ENCODING)


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "'=1"])
def test_a_text_that_begins_like_a_formula_is_kept_from_acting(formula):
    assert tables.written(formula) == f"'{formula}"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Decimal("-5.50"), "-5.50"),
        (Decimal("1E+6"), "1000000"),
        (-3, "-3"),
        (True, "yes"),
        (None, ""),
        (date(2026, 11, 23), "2026-11-23"),
        (datetime(2026, 11, 23, 9, 30, 0, 5, tzinfo=UTC), "2026-11-23T09:30:00+00:00"),
        (("hr", "staff"), "hr; staff"),
        ("O'Neil = friend", "O'Neil = friend"),
    ],
)
def test_values_are_written_plainly(value, written):
    assert tables.written(value) == written


def test_chinese_and_line_breaks_survive_a_spreadsheet():
    content = file_of(["customer", "note"], ["北京银行", 'one\ntwo, "three"'])
    assert content.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(StringIO(content.decode("utf-8-sig"), newline=""))) == [["customer", "note"], ["北京银行", 'one\ntwo, "three"']]


@given(st.lists(TEXT.filter(str.strip), min_size=1, max_size=5))
def test_what_is_written_can_be_read_again(texts):
    columns = [f"c{place}" for place in range(len(texts))]
    [row] = tables.read(file_of(columns, texts)).rows
    assert list(row.cells.values()) == [text.strip() for text in texts]


@given(TEXT)
def test_no_cell_ever_begins_like_a_formula(text):
    assert not tables.written(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_a_row_knows_its_line_behind_cells_of_several_lines():
    rows = tables.read(b'a,b\n"one\ntwo",2\n\n3,4\n').rows
    assert [(row.line, row.cells) for row in rows] == [(2, {"a": "one\ntwo", "b": "2"}), (5, {"a": "3", "b": "4"})]


def test_other_delimiters_and_ways_to_write_a_column_are_understood():
    [row] = tables.read(b"Customer;Outcome Date\nACME, Inc.;2026-01-02\n").rows
    assert row.cells == {"customer": "ACME, Inc.", "outcome_date": "2026-01-02"}


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        ("客户\n北京".encode("gbk"), 1, "not text in UTF-8"),
        (b'a,b\n1,"2\n', 2, "quotation marks"),
        (b"a,b,A\n", 1, "Two columns"),
        (b"a,b\n1,2,3\n", 2, "without a column"),
    ],
)
def test_what_is_no_table_is_refused_with_its_line(content, line, words):
    with pytest.raises(TableFault) as caught:
        tables.read(content)
    assert caught.value.line == line and words in caught.value.reason


def cells_of(content):
    """Return the cells of a workbook's sheet as (kind, what is in it), and its shared texts."""
    with zipfile.ZipFile(BytesIO(content)) as book:
        sheet, shared = (ElementTree.fromstring(book.read(f"xl/{name}.xml")) for name in ("worksheets/sheet1", "sharedStrings"))
    texts = ["".join(node.itertext()) for node in shared]
    found = [
        (cell.get("t"), [node.tag.rpartition("}")[2] for node in cell], "".join(cell.itertext()))
        for cell in sheet.iter()
        if "r" in cell.attrib and cell.tag.endswith("}c")
    ]
    return [(parts, texts[int(value)] if kind == "s" else value) for kind, parts, value in found]


@pytest.mark.parametrize("text", ["=1+1", "=HYPERLINK(1)", "{=1}", "+1", "-1", "@SUM(A1)", "http://x.example", "mailto:a@b.c", "1", "北京"])
def test_text_in_a_workbook_is_text_and_never_a_formula_a_link_or_a_number(text):
    content = tables.xlsx_bytes([text], [[text]])
    assert [value for _parts, value in cells_of(content)] == [text, text]
    with zipfile.ZipFile(BytesIO(content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet and "hyperlink" not in sheet


def test_numbers_and_days_in_a_workbook_can_be_reckoned_with():
    rows = [[1, Decimal("1.50"), date(2026, 1, 2), True, None, ("a", "b")]]
    [first, second, day, flag, empty, many] = [value for _parts, value in cells_of(tables.xlsx_bytes(list("abcdef"), rows))][6:]
    assert (first, second, day, flag, empty, many) == ("1", "1.5", "46024", "yes", "", "a; b")


def test_a_text_too_long_for_excel_is_cut():
    [_name, cut] = [value for _parts, value in cells_of(tables.xlsx_bytes(["a"], [["x" * 40_000]]))]
    assert len(cut) == tables.LONGEST_CELL
