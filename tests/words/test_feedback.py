"""Feedback as people write it, and what only looks like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.words.feedback import names_in, read_feedback, take_rating


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("feedback ACME 4/5 liked it", "ACME 4/5 liked it"),
        ("Feedback: ACME 4/5", "ACME 4/5"),
        ("FEEDBACK ACME", "ACME"),
        ("demo feedback ACME good", "ACME good"),
        ("<@U0BOT0001> feedback ACME 3/5", "ACME 3/5"),
        ("演示反馈 ACME 4分 很好", "ACME 4分 很好"),
        ("演示反馈：华东银行 4分", "华东银行 4分"),
        ("演示反饋 ACME 5分", "ACME 5分"),
        ("反馈 ACME 不错", "ACME 不错"),
        ("回饋 ACME 不錯", "ACME 不錯"),
    ],
)
def test_what_begins_with_the_word_is_surely_feedback(text: str, rest: str) -> None:
    reading = read_feedback(text)
    assert reading is not None and reading.sure and reading.rest == rest


@pytest.mark.parametrize(
    "text",
    ["feedbak ACME 4/5", "Feedbacks ACME good", "feed back ACME 5/5", "演示返馈 ACME 4分", "feedback ACME 7/5", "feedback ACME 8/10 nice"],
)
def test_a_near_miss_only_looks_like_feedback(text: str) -> None:
    reading = read_feedback(text)
    assert reading is not None and not reading.sure


@pytest.mark.parametrize(
    "text",
    [
        "hello",
        "",
        "feedback",
        "反馈",
        "any feedback on ACME?",
        "the feeder is back",
        "ACME 4/5",
        "lunch at 12/5",
        "feedback-loop ACME",
        "Feedback's in",
        "设备返修了",
    ],
)
def test_the_rest_is_none(text: str) -> None:
    assert read_feedback(text) is None


def test_a_rating_looks_like_feedback_in_a_thread_or_beside_a_demo() -> None:
    for text, in_thread in (("ACME 4/5 I think", True), ("the ACME demo was 4/5", False), ("ACME 演示 4分", False)):
        reading = read_feedback(text, in_thread=in_thread)
        assert reading is not None and not reading.sure
    assert read_feedback("the ACME demo is tomorrow") is None and read_feedback("see you", in_thread=True) is None


@pytest.mark.parametrize(
    ("text", "rating", "rest"),
    [
        ("4/5 liked it", 4, "liked it"),
        ("liked it, 4 / 5", 4, "liked it"),
        ("liked it 4 out of 5", 4, "liked it"),
        ("４／５ 很好", 4, "很好"),
        ("4分，很好", 4, "很好"),
        ("四分 很好", 4, "很好"),
        ("5星", 5, ""),
        ("3 stars for speed", 3, "for speed"),
        ("★★★☆☆ slow", 3, "slow"),
        (":star::star::star::star: good", 4, "good"),
        ("4/5 and again 4/5", 4, "and again 4/5"),
        ("took 4分钟", None, "took 4分钟"),
        ("on 4/5/2026", None, "on 4/5/2026"),
        ("第4分公司", None, "第4分公司"),
        ("四星期后", None, "四星期后"),
        ("version 1.4/5", None, "version 1.4/5"),
    ],
)
def test_a_rating_is_told_from_the_words(text: str, rating: int | None, rest: str) -> None:
    rated = take_rating(text)
    assert (rated.rating, rated.text, rated.strange) == (rating, rest, False)


@pytest.mark.parametrize("text", ["7/5", "0/5", "8/10", "10分", "4/5 or 3/5", "★★★★★★", "90/100"])
def test_a_rating_that_cannot_be_told_is_strange(text: str) -> None:
    assert take_rating(text) == (text, None, True)


def test_the_longest_name_comes_first_and_quotes_and_pauses_are_kept_apart() -> None:
    assert names_in('"Acme Group" 4/5')[:2] == [("Acme Group 4/5", ""), ("Acme Group", "4/5")]
    assert ("ACME", "4分 很好") in names_in("ACME，4分，很好")


@given(st.text(max_size=200), st.booleans())
def test_any_text_is_read_without_fault(text: str, in_thread: bool) -> None:
    reading = read_feedback(text, in_thread=in_thread)
    rated = take_rating(text)
    assert rated.rating is None or 1 <= rated.rating <= 5
    assert reading is None or reading.rest.strip()
