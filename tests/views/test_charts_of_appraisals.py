"""Scores, grades and marks are drawn and told, with and without data."""

from decimal import Decimal

import pytest

from bot.language import LANGUAGES, translator
from bot.views import charts
from bot.views.charts import canvas
from bot.views.charts.radar import LOOKS
from tests.views.test_charts import LONG, has, looked_at

SCORES = [Decimal("78.5"), Decimal("82.25"), None, Decimal(90), Decimal("88.449")]
POINTS = [charts.Point(f"2026Q{place}", score) for place, score in enumerate(SCORES, 1)]
BARS = [charts.Bar("A", 2, 1), charts.Bar("B", 1200, 1201)]
AXES = ["Talk", "Team", "Learn"]
SERIES = [charts.Series("I", [4, 5, 3]), charts.Series("Boss", [3, 3, 3]), charts.Series("Then", [2, None, 1])]

TREND = {
    "en": "Ann. 2026Q1: 78.5; 2026Q2: 82.3; 2026Q3: no data; 2026Q4: 90; 2026Q5: 88.4.",
    "zh-Hans": "Ann。2026Q1：78.5；2026Q2：82.3；2026Q3：暂无数据；2026Q4：90；2026Q5：88.4。",
    "zh-Hant": "Ann。2026Q1：78.5；2026Q2：82.3；2026Q3：暫無資料；2026Q4：90；2026Q5：88.4。",
}
DISTRIBUTION = {
    "en": "Ann. A: 2 by the managers, 1 after calibration; B: 1,200 by the managers, 1,201 after calibration.",
    "zh-Hans": "Ann。A：上级主管评定 2 人，绩效校准后 1 人；B：上级主管评定 1,200 人，绩效校准后 1,201 人。",
    "zh-Hant": "Ann。A：上級主管評定 2 人，績效校準後 1 人；B：上級主管評定 1,200 人，績效校準後 1,201 人。",
}
RADAR = {
    "en": "Ann. Talk: I 4, Boss 3, Then 2; Team: I 5, Boss 3, Then no data; Learn: I 3, Boss 3, Then 1.",
    "zh-Hans": "Ann。Talk：I 4，Boss 3，Then 2；Team：I 5，Boss 3，Then 暂无数据；Learn：I 3，Boss 3，Then 1。",
    "zh-Hant": "Ann。Talk：I 4，Boss 3，Then 2；Team：I 5，Boss 3，Then 暫無資料；Learn：I 3，Boss 3，Then 1。",
}
NOTHING = {
    "en": "Ann. There is nothing to show here yet.",
    "zh-Hans": "Ann。这里还没有可显示的内容。",
    "zh-Hant": "Ann。這裡還沒有可顯示的內容。",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_trend_is_drawn_with_its_gap_and_told(language: str) -> None:
    _ = translator(language)
    picture = looked_at(charts.trend(_, "Ann", POINTS, "note"))
    assert picture.height == 832 and has(picture, canvas.BLUE) and has(picture, canvas.MIST)
    assert charts.trend_told(_, "Ann", POINTS) == TREND[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_distribution_is_drawn_in_two_shades_and_told(language: str) -> None:
    _ = translator(language)
    picture = looked_at(charts.distribution(_, "Ann", BARS, "note"))
    assert picture.height == 832 and has(picture, charts.SHADES[1]) and has(picture, charts.SHADES[4])
    assert charts.distribution_told(_, "Ann", BARS) == DISTRIBUTION[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_radar_is_drawn_with_a_look_for_each_series_and_told(language: str) -> None:
    _ = translator(language)
    picture = looked_at(charts.radar(_, "Ann", AXES, SERIES, "note"))
    assert picture.height == 1024 and all(has(picture, look.colour) for look in LOOKS)
    assert charts.radar_told(_, "Ann", AXES, SERIES) == RADAR[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_there_is_nothing_the_picture_and_its_words_say_so(language: str) -> None:
    _ = translator(language)
    gaps, nobody = [charts.Point("2026Q1", None)], [charts.Bar("A", 0, 0)]
    unmarked = [charts.Series("I", [None, None, None])]
    told = {charts.trend_told(_, "Ann", points) for points in ([], gaps)}
    told |= {charts.distribution_told(_, "Ann", bars) for bars in ([], nobody)}
    told |= {charts.radar_told(_, "Ann", AXES, []), charts.radar_told(_, "Ann", AXES, unmarked), charts.radar_told(_, "Ann", [], [])}
    assert told == {NOTHING[language]}
    empty = {charts.trend(_, "Ann", points, "") for points in ([], gaps)} | {charts.distribution(_, "Ann", nobody, "")}
    assert len(empty) == 1 and looked_at(empty.pop())
    assert looked_at(charts.radar(_, "Ann", AXES, unmarked, ""))


def test_a_trend_without_gaps_has_none_and_a_gap_is_no_zero() -> None:
    _ = translator("en")
    whole = [point for point in POINTS if point.score is not None]
    assert not has(looked_at(charts.trend(_, "Ann", whole, "")), canvas.MIST)
    zeros = [charts.Point(point.name, point.score or Decimal(0)) for point in POINTS]
    assert charts.trend(_, "Ann", zeros, "") != charts.trend(_, "Ann", POINTS, "")


@pytest.mark.parametrize("count", [1, 2, 12, 40])
def test_a_trend_has_room_for_many_quarters(count: int) -> None:
    points = [charts.Point(f"{2000 + place // 4}Q{place % 4 + 1}", Decimal(place) if place % 9 else None) for place in range(1, count + 1)]
    looked_at(charts.trend(translator("zh-Hans"), "Ann", points, ""))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", LONG)
def test_the_longest_names_are_cut_to_their_place(language: str, name: str) -> None:
    _ = translator(language)
    looked_at(charts.trend(_, name, [charts.Point(name, Decimal(100))] * 5, name))
    looked_at(charts.distribution(_, name, [charts.Bar(name, 999_999, 0)] * 5, name))
    looked_at(charts.radar(_, name, [name] * 8, [charts.Series(name, [5] * 8)] * 3, name))
    looked_at(charts.funnel(_, name, [charts.Stage(name, 10**7, Decimal(10) ** 14)] * 6, "CNY", name))


@pytest.mark.parametrize("count", [1, 2, 3, 4, 7])
def test_a_radar_has_any_number_of_axes(count: int) -> None:
    looked_at(charts.radar(translator("en"), "Ann", ["Quality"] * count, [charts.Series("I", [3] * count)], ""))


def test_the_series_of_a_radar_differ_in_line_and_marker_too() -> None:
    assert len({look.line for look in LOOKS}) == len({look.marker for look in LOOKS}) == len({look.size for look in LOOKS}) == 3


def test_a_radar_shows_three_series_at_most() -> None:
    with pytest.raises(ValueError, match="three"):
        charts.radar(translator("en"), "Ann", AXES, [SERIES[0]] * 4, "")
