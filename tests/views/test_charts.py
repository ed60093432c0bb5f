"""The pictures are drawn in every language, with names of any length, and told in words."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from io import BytesIO
from itertools import pairwise

import pytest
from matplotlib import font_manager
from PIL import Image

from bot.language import LANGUAGES, translator
from bot.policy.bids.measures import STAGES, VALUES
from bot.views import charts
from bot.views.charts import canvas
from bot.views.reports import picture

LONG = ["An extraordinarily long name, " * 10, "很长的名字" * 60, "x" * 300, "$x^2$ & <b> \N{GRINNING FACE}"]


def looked_at(drawn: bytes) -> Image.Image:
    """Return a picture that is a PNG of the width of all pictures, and not blank."""
    assert drawn.startswith(b"\x89PNG\r\n\x1a\n")
    picture = Image.open(BytesIO(drawn)).convert("RGB")
    assert picture.width == charts.WIDTH * charts.DPI == 1440
    assert len(picture.getcolors(1 << 20) or []) > 5
    return picture


def has(picture: Image.Image, colour: str) -> bool:
    wanted = tuple(int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return any(found == wanted for _count, found in picture.getcolors(1 << 20) or [])


def a_funnel(language: str, title: str, *counts: int) -> tuple[bytes, str]:
    _ = translator(language)
    tallied = {str(stage): Decimal(count) for stage, count in zip(STAGES, counts, strict=True)}
    values = {str(VALUES[stage]): Decimal(1_234_567) * count for stage, count in zip(STAGES, counts, strict=True)}
    stages = picture.stages(_, tallied | values)
    return charts.funnel(_, title, stages, "CNY", "note"), charts.told(_, title, stages, "CNY")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("title", ["Ann · 2026Q4", "$x^2$ & <b> " + "长" * 200])
def test_a_funnel_is_a_picture_that_is_not_blank(language: str, title: str) -> None:
    drawn, told = a_funnel(language, title, 42, 31, 24, 20, 9)
    assert all(has(looked_at(drawn), shade) for shade in charts.SHADES)
    assert told.startswith(title) and "42" in told and "73.8%" in told


def test_a_funnel_of_nothing_is_drawn_too() -> None:
    drawn, told = a_funnel("en", "Nobody", 0, 0, 0, 0, 0)
    assert looked_at(drawn).height == 832 and "won: 0" in told


def test_the_shades_differ_in_lightness_for_every_eye() -> None:
    lightness = [
        sum(int(shade[place : place + 2], 16) * weight for place, weight in ((1, 0.3), (3, 0.59), (5, 0.11))) for shade in charts.SHADES
    ]
    assert all(later - earlier > 25 for earlier, later in pairwise(lightness))


@pytest.fixture
def no_chinese(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Give the computer no typeface with Chinese characters."""
    bare = [entry for entry in font_manager.fontManager.ttflist if entry.name.startswith("DejaVu")]
    monkeypatch.setattr(font_manager.fontManager, "ttflist", bare)
    charts.typeface.cache_clear()
    yield
    charts.typeface.cache_clear()


@pytest.mark.usefixtures("no_chinese")
def test_without_letters_for_the_language_the_picture_speaks_english() -> None:
    assert charts.speakable(translator("en")) and not charts.speakable(translator("zh-Hant"))


@pytest.mark.usefixtures("no_chinese")
def test_a_name_without_letters_is_an_ellipsis_and_never_boxes() -> None:
    points = [charts.Point("2026Q1", Decimal(80))]
    assert charts.trend(translator("en"), "Score · 王偉", points, "") == charts.trend(translator("en"), "Score · …", points, "")


@pytest.mark.parametrize(
    ("text", "width", "lines", "rows"),
    [
        ("Professional knowledge", 22, 1, ["Professional knowledge"]),
        ("Professional knowledge", 13, 2, ["Professional", "knowledge"]),
        ("Professional knowledge", 13, 1, ["Professional…"]),
        ("需求调研准确性", 8, 2, ["需求调研", "准确性"]),
        ("需求调研准确性", 8, 1, ["需求调…"]),
        ("abcdefghij", 4, 2, ["abcd", "efg…"]),
        ("  two\nlines ", 20, 1, ["two lines"]),
        ("", 5, 1, ["–"]),
    ],
)
def test_a_text_is_broken_and_cut_to_its_place(text: str, width: int, lines: int, rows: Sequence[str]) -> None:
    assert canvas.fitted(text, width, lines).split("\n") == rows


def test_the_words_for_a_picture_are_never_longer_than_slack_takes() -> None:
    for name in LONG:
        told = [
            charts.trend_told(translator("en"), name, [charts.Point(name, Decimal(1))] * 99),
            charts.distribution_told(translator("en"), name, [charts.Bar(name, 1, 1)] * 99),
            charts.radar_told(translator("en"), name, [name] * 9, [charts.Series(name, [1] * 9)] * 3),
            charts.told(translator("en"), name, [charts.Stage(name, 1, Decimal(1))] * 99, "CNY"),
        ]
        assert all(len(text) <= 2000 for text in told) and len(told[1]) == 2000
