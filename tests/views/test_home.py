"""App Home at its fullest: nothing of it is left out."""

import pytest

from bot.language import translator
from bot.views.home import MOST, footer, page, summary
from tests.views.longest.desk import CONTENT, Desktop

FULLEST = CONTENT[Desktop][0]


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
def test_the_fullest_home_is_shown_whole(language: str) -> None:
    _ = translator(language)
    shown = page(_, FULLEST)["blocks"]
    assert len(shown) < 100 and shown[-1] == footer(_)


def test_the_short_form_keeps_the_quarter_so_far() -> None:
    shown = summary(translator("en"), FULLEST)
    assert len(shown.blocks) <= MOST + 1
    assert "Your quarter so far: 2026Q4" in str(shown.blocks) and "What would lift it:" in str(shown.blocks)
