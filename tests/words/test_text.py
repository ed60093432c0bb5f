"""Words, stored text, folded names and nearest names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.words.text import clean, fold, mention, near, plain, words

CUSTOMERS = ["ACME Corporation", "Acorn Systems", "北京银行", "中国工商银行", "上海浦东发展银行", "O'Neil & Sons"]


def texts(text: str) -> list[str]:
    return [word.text for word in words(text)]


@pytest.mark.parametrize(
    "typed",
    [
        "ACME",
        "acme",
        "“ACME”",
        "ＡＣＭＥ",
        " Acmé ",
        "'acme'",
        "「ACME」",
        "«acme»",
        "„ACME“",
        "A\u200bCME",
        "\u202eACME\u202c",
        "\u3000acme\u00a0",
        "\ufeffacme",
    ],
)
def test_case_width_accents_and_quotes_do_not_count_in_a_name(typed: str) -> None:
    assert fold(typed) == "acme"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("O’Neil", "O'Neil"),
        ("O´Neil", "O'Neil"),
        ("Coca–Cola", "coca-cola"),
        ("Coca－Cola", "Coca‑Cola"),
        ("Acme\u3000Inc", "acme  inc"),
        ("Acme\u00a0Inc", "acme\ninc"),
        ("Straße", "STRASSE"),
        ("Łódź", "lodz"),
        ("Ørsted", "orsted"),
        ("İstanbul", "istanbul"),
        ("e\u0301cole", "ÉCOLE"),
        ("华为（北京）", "华为(北京)"),
        ("２１世纪", "21世纪"),
        ("ｱｸﾒ", "アクメ"),
    ],
)
def test_names_that_are_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"), [("北京银行", "南京银行"), ("が", "か"), ("กา", "กี"), ("ACME 1", "ACME 2"), ("7-Eleven", "7 Eleven")]
)
def test_names_that_are_two(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text())
def test_folding_again_changes_nothing(name: str) -> None:
    assert fold(fold(name)) == fold(name)


@given(st.text())
def test_quotes_and_space_around_a_name_never_count(name: str) -> None:
    assert fold(f" “{name}” ") == fold(name)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("a &amp; b &lt;3 &gt;", "a & b <3 >"),
        ("&amp;lt;", "&lt;"),
        ("  two\r\nlines \n", "two\nlines"),
        ("one\u2028two", "one\ntwo"),
        ("ta\tb", "ta b"),
        ("nul\x00 bell\x07", "nul bell"),
        ("\u202eevil\u202c", "evil"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("half \ud800", "half"),
        ("\u3164", ""),
        ("e\u0301", "é"),
        ("ＡＣＭＥ（北京）", "ＡＣＭＥ（北京）"),
        ("\u3000北京\u00a0", "北京"),
    ],
)
def test_what_is_stored_of_typed_text(typed: str, stored: str) -> None:
    assert clean(typed) == stored


@given(st.text())
def test_stored_text_can_always_be_written(text: str) -> None:
    assert "\x00" not in clean(text).encode().decode()


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", []),
        ("   ", []),
        ("won ACME", ["won", "ACME"]),
        ("  won \u3000 ACME\u00a01.2m\n", ["won", "ACME", "1.2m"]),
        ('won "ACME Inc" 2m', ["won", "ACME Inc", "2m"]),
        ("won “ACME Inc” ‘x y’", ["won", "ACME Inc", "x y"]),
        ("won ＂ACME Inc＂", ["won", "ACME Inc"]),
        ("„ACME Inc“ «Le Monde» ‹a b›", ["ACME Inc", "Le Monde", "a b"]),
        ("「北京 银行」350万 『甲 乙』", ["北京 银行", "350万", "甲 乙"]),
        ("O'Neil O’Neil", ["O'Neil", "O'Neil"]),
        ("‘O’Neil Ltd’ won", ["O'Neil Ltd", "won"]),
        ("'O'Neil Ltd' won", ["O'Neil Ltd", "won"]),
        ('19" rack', ['19"', "rack"]),
        ('the "rest of it', ["the", '"rest', "of", "it"]),
        ("rock ' roll", ["rock", "'", "roll"]),
        ('""', ['""']),
        ("２０２６－１２－２４：１７：００", ["2026-12-24:17:00"]),
        ("2026–12–24", ["2026-12-24"]),
        ("A &amp; B", ["A", "&", "B"]),
        ("\u200b\u202eACME", ["ACME"]),
        ("<@U1|Jane Doe> lead", ["<@U1|Jane Doe>", "lead"]),
        ("<https://a.example/x|a b> c", ["https://a.example/x", "c"]),
        ("a<@U1>", ["a", "<@U1>"]),
        ("<@U1 b", ["<@U1", "b"]),
    ],
)
def test_a_command_is_split_into_words(typed: str, expected: list[str]) -> None:
    assert texts(typed) == expected


def test_a_word_remembers_how_it_was_typed_and_that_it_was_quoted() -> None:
    assert [(word.typed, word.quoted) for word in words("“华为（北京）” ＡＣＭＥ")] == [("华为（北京）", True), ("ＡＣＭＥ", False)]


@given(st.text() | st.text(alphabet="\"'“”‘’「」«»<>@|U \n"))
def test_any_text_can_be_split(text: str) -> None:
    assert all(word.text and word.typed for word in words(text))


@given(st.text())
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert plain(text) == plain(plain(text))


@pytest.mark.parametrize(
    ("typed", "user"),
    [
        ("<@U123|jane>", "U123"),
        ("<@U123>", "U123"),
        ("<@W1>", "W1"),
        ("<@U1|Jane Doe>", "U1"),
        ("@jane", None),
        ("<#C1|x>", None),
        ("<@u1>", None),
        ("<@U1", None),
    ],
)
def test_a_mention_names_a_user(typed: str, user: str | None) -> None:
    assert mention(words(typed)[0]) == user


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("acme", "ACME Corporation"),
        ("Akme Corporation", "ACME Corporation"),
        ("oneil and sons", "O'Neil & Sons"),
        ("北京行", "北京银行"),
        ("南京银行", "北京银行"),
        ("工行", "中国工商银行"),
        ("浦发", "上海浦东发展银行"),
    ],
)
def test_the_nearest_name_comes_first(name: str, first: str) -> None:
    assert near(name, CUSTOMERS)[0] == first


@pytest.mark.parametrize("name", ["", "zzz", "腾讯", "x"])
def test_nothing_is_near_a_name_of_its_own(name: str) -> None:
    assert near(name, CUSTOMERS) == []


def test_no_more_names_are_offered_than_asked_for() -> None:
    assert len(near("bank", [f"bank {number}" for number in range(9)], limit=2)) == 2


@given(st.text(), st.lists(st.text(), max_size=5))
def test_only_candidates_are_offered(name: str, candidates: list[str]) -> None:
    assert set(near(name, candidates)) <= set(candidates)
