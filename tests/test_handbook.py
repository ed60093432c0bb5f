"""The handbook: what its defaults say, how a company's file is laid over them, and how a wrong one is answered."""

from datetime import time, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.handbook import DEFAULTS, Handbook, HandbookError, check, load_handbook
from bot.language import LANGUAGES


@pytest.fixture
def written(tmp_path: Path):
    """Write a company's file and return its path."""

    def write(text: str) -> Path:
        path = tmp_path / "company.yaml"
        path.write_text(text, "utf-8")
        return path

    return write


@pytest.fixture
def faults(written):
    """Return what is said about a company's file."""
    return lambda text: check(written(text))


def test_the_defaults_are_a_whole_handbook():
    handbook = load_handbook()
    assert check(DEFAULTS) == []
    assert handbook.company.working_hours.start == time(9)
    assert handbook.bids.reminders.last_hours == timedelta(hours=4)
    assert handbook.people.newcomers == "staff"
    assert (handbook.channels.wins, handbook.channels.bids) == ("#wins", None)
    assert (len(handbook.bids.loss_reasons), handbook.bids.undo_minutes) == (11, 10)


def test_every_name_is_given_in_every_language():
    handbook = load_handbook()
    assert all(set(item.name) == set(LANGUAGES) for item in (*handbook.posts, *handbook.bids.loss_reasons))


def test_a_company_writes_only_what_differs(written):
    handbook = load_handbook(
        written("company:\n  currency: USD\nbids:\n  reminders:\n    before: [7d, 4h, 30m]\n  approval_above: 5000000\n")
    )
    assert (handbook.company.currency, handbook.company.time_zone) == ("USD", "Asia/Shanghai")
    assert handbook.bids.reminders.before == (timedelta(days=7), timedelta(hours=4), timedelta(minutes=30))
    assert handbook.bids.approval_above == Decimal(5_000_000)


@pytest.mark.parametrize(
    "text", ["", "# nothing yet\n", "company:\n", "bids:\n  # reminders: [7d]\n", "\ufeffpeople:\n  newcomers: staff\n"]
)
def test_what_is_left_empty_leaves_the_defaults(written, text):
    assert load_handbook(written(text)) == load_handbook()


def test_null_and_nothing_in_quotes_both_mean_no_channel(written):
    handbook = load_handbook(written('channels:\n  wins: null\n  bids: ""\n'))
    assert (handbook.channels.wins, handbook.channels.bids) == (None, None)


def test_the_version_names_the_content_and_not_its_spelling(written):
    default = load_handbook().version
    assert load_handbook(written("bids: {undo_minutes: 10}  # as ever\n")).version == default
    assert load_handbook(written("bids: {undo_minutes: 11}\n")).version != default
    assert len(default) == 12


def test_a_handbook_cannot_be_changed_in_place():
    with pytest.raises(ValidationError):
        load_handbook().bids.undo_minutes = 5


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("company:\n  curency: USD\n", ":2: company.curency: there is no such setting; mend: did you mean currency?"),
        ("bidz:\n  reminders: [1d]\n", ":1: bidz: there is no such setting; mend: did you mean bids?"),
        ("company:\n  working_hours:\n    begin: 09:00\n", "known here are start, end"),
        ("company:\n  currency: USD\n  currency: CNY\n", ":3: company.currency: is given twice, first on line 2"),
        ("people: {}\npeople: {}\n", ":2: people: is given twice, first on line 1"),
        ("company:\n  time_zone: Asia/Shanghi\n", "did you mean Asia/Shanghai?"),
        ("company:\n  time_zone: /etc/passwd\n", ":2: company.time_zone:"),
        ("company:\n  currency: usd\n", '"usd" is not a currency'),
        ("company:\n  language: zh-Hansi\n", "did you mean zh-Hans?"),
        ("company:\n  language: klingon\n", "write one of en, zh-Hans, zh-Hant"),
        ("company:\n  fiscal_year_start: 13\n", "is too large; mend: write at most 12"),
        ("company:\n  fiscal_year_start: April\n", '"April" is not a whole number'),
        ("company:\n  holidays: Atlantis\n", 'no holidays are known for "Atlantis"'),
        ("company:\n  holidays: US-XX\n", 'no holidays are known for "US-XX"'),
        ("company:\n  extra_holidays: [2026-02-30]\n", '"2026-02-30" is not a day'),
        ("company:\n  extra_holidays: [2026-12-24, 2026-12-24]\n", "is listed twice"),
        ("company:\n  extra_holidays: [2026-12-24]\n  extra_workdays: [2026-12-24]\n", ":1: company: 2026-12-24 is both"),
        ("company:\n  working_week: []\n", "is an empty list"),
        ("company:\n  working_week: [mon, tues]\n", "did you mean tue?"),
        ("company:\n  working_hours:\n    start: 9am\n", ':3: company.working_hours.start: "9am" is not a time of day'),
        ("company:\n  working_hours:\n    start: 25:00\n", '"25:00" is not a time of day'),
        ("company:\n  working_hours:\n    start: 20:00\n", ":2: company.working_hours: the working day ends before it starts"),
        ("company:\n  name: ''\n", ":2: company.name:"),
        ("company: null\n", ":1: company: must be a group of settings"),
        ("people:\n  newcomers: guest\n", "write one of staff, colleague"),
        ("posts: []\n", ":1: posts: is an empty list"),
        ("posts:\n  - id: Sales\n    name: {en: a, zh-Hans: b, zh-Hant: c}\n", ':2: posts.id: "Sales" cannot be used here'),
        ("posts:\n  - id: sales\n    name: {en: a, zh-Hans: b}\n", ":3: posts.name: has no words in zh-Hant"),
        ("posts:\n  - id: sales\n    nmae: x\n", ":3: posts.nmae: there is no such setting; mend: did you mean name?"),
        ("posts:\n  - id: sales\n    nmae: x\n", ":2: posts.name: is missing"),
        ("bids:\n  loss_reasons: price\n", "must be a list"),
        ("bids:\n  reminders:\n    before: [1d, 7d]\n", "not in order"),
        ("bids:\n  reminders:\n    before:\n      - 7d\n      - 0d\n", ':5: bids.reminders.before: "0d" is not a length of time'),
        ("bids:\n  undo_minutes: -1\n", "is too small; mend: write at least 0"),
        ("bids:\n  amount_limit: 1,000\n", '"1,000" is not an amount above zero'),
        ("bids:\n  approval_above: 0\n", "is not an amount above zero"),
        ("bids:\n  win_rate:\n    basis:\n", "has no value"),
        ("channels:\n  wins: wins\n", "write its name as #name"),
        ("channels:\n  wins: #deals\n", ":2: channels.wins: has no value; mend: write one after the colon, in quotes if it begins with #"),
        ("- company\n", ":1: must be a group of settings"),
        ("company: {name: A\nbids: 1\n", "this is not YAML"),
        ("company:\n\tname: A\n", ":2: this is not YAML"),
        ("company: &c {}\npeople: *c\n", ":2: this is not YAML: an alias"),
        ("company: \x01\n", "a character that YAML does not allow"),
    ],
)
def test_a_fault_is_told_with_its_line_and_how_to_mend_it(faults, text, words):
    said = faults(text)
    assert any(words in each for each in said), said
    assert all("; mend: " in each for each in said)


def test_all_faults_are_told_at_once_in_the_order_of_their_lines(faults):
    said = faults("company:\n  currency: x\n  currency: y\npeople:\n  newcomers: x\nnonsense: 1\n")
    assert [each.split(":")[1] for each in said] == ["2", "3", "5", "6"]


def test_a_fault_in_one_item_is_no_fault_of_the_list(faults):
    assert len(faults("bids:\n  reminders: [soon]\n")) == 1
    assert len(faults("posts:\n  - id: sales\n")) == 1


def test_what_yaml_would_guess_is_read_as_written(written):
    text = 'company:\n  name: NO\n  working_hours: {start: 08:30, end: "17:30"}\n'
    company = load_handbook(written(text)).company
    assert (company.name, company.working_hours.start, company.working_hours.end) == ("NO", time(8, 30), time(17, 30))


def test_a_file_that_cannot_be_read_is_a_fault_too(tmp_path: Path):
    (tmp_path / "latin.yaml").write_bytes(b"company: {name: \xe9}")
    assert "UTF-8" in check(tmp_path / "latin.yaml")[0]
    assert "cannot be read" in check(tmp_path / "absent.yaml")[0]


def test_the_error_holds_every_fault_and_reads_as_their_lines(written):
    with pytest.raises(HandbookError) as caught:
        load_handbook(written("people:\n  newcomers: x\n"))
    fault = caught.value.faults[0]
    assert (fault.line, fault.column, fault.where) == (2, 3, "people.newcomers")
    assert str(caught.value) == f"{caught.value.path}:2: people.newcomers: {fault.problem}; mend: {fault.mend}"


def test_the_default_file_explains_every_setting():
    lines = DEFAULTS.read_text("utf-8").splitlines()
    settings = {name for section in Handbook.model_fields.values() for name in getattr(section.annotation, "model_fields", {})}
    explained = {line.split(":")[0].strip() for before, line in pairwise(lines) if before.lstrip().startswith("#")}
    shares_its_neighbours_comment = {"extra_workdays", "working_hours", "bids"}
    assert settings - explained <= shares_its_neighbours_comment
