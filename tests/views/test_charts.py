"""The funnel is drawn in every language, with names of any length."""

from decimal import Decimal
from io import BytesIO
from itertools import pairwise

import pytest
from PIL import Image

from bot.language import LANGUAGES, translator
from bot.policy.bids.measures import STAGES, VALUES
from bot.views import charts, reports


def a_funnel(language: str, title: str, *counts: int) -> tuple[bytes, str]:
    _ = translator(language)
    tallied = {str(stage): Decimal(count) for stage, count in zip(STAGES, counts, strict=True)}
    values = {str(VALUES[stage]): Decimal(1_234_567) * count for stage, count in zip(STAGES, counts, strict=True)}
    stages = reports.stages(_, tallied | values)
    return charts.funnel(_, title, stages, "CNY", "note"), charts.told(_, title, stages, "CNY")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("title", ["Ann · 2026Q4", "$x^2$ & <b> " + "长" * 200])
def test_a_funnel_is_a_picture_that_is_not_blank(language: str, title: str) -> None:
    drawn, told = a_funnel(language, title, 42, 31, 24, 20, 9)
    picture = Image.open(BytesIO(drawn))
    assert picture.format == "PNG" and picture.width == charts.WIDTH * charts.DPI
    assert len(picture.convert("RGB").getcolors(1 << 20) or []) > len(charts.SHADES)
    assert told.startswith(title) and "42" in told and "73.8%" in told


def test_a_funnel_of_nothing_is_drawn_too() -> None:
    _drawn, told = a_funnel("en", "Nobody", 0, 0, 0, 0, 0)
    assert "won: 0" in told


def test_the_shades_differ_in_lightness_for_every_eye() -> None:
    lightness = [
        sum(int(shade[place : place + 2], 16) * weight for place, weight in ((1, 0.3), (3, 0.59), (5, 0.11))) for shade in charts.SHADES
    ]
    assert all(later - earlier > 25 for earlier, later in pairwise(lightness))


def test_without_letters_for_the_language_the_picture_speaks_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(charts, "typeface", lambda _language: None)
    assert charts.speakable(translator("en")) and not charts.speakable(translator("zh-Hant"))
