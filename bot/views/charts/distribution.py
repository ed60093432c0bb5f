"""The distribution (§5.3): how many got each grade, by their managers and after calibration."""

from collections.abc import Sequence
from functools import partial
from typing import Any, NamedTuple

from bot.language import Translator
from bot.views.charts import canvas
from bot.views.charts.canvas import COLUMN, FAINT, INK, ROOM, SHADES, Key, below, fitted, legend, picture, room

FLOOR, HEADROOM = 0.6, 0.8
WIDEST_BAR = 0.7


class Bar(NamedTuple):
    """A grade: its name, how many got it from the managers, and how many have it after calibration."""

    name: str
    raw: int
    calibrated: int


def distribution(_: Translator, title: str, bars: Sequence[Bar], note: str) -> bytes:
    """Return the picture of two bars for each grade: pale and hatched by the managers, dark after calibration."""
    return picture(_, title, note, partial(draw, _, bars=bars) if graded(bars) else None)


def distribution_told(_: Translator, title: str, bars: Sequence[Bar]) -> str:
    """Return the distribution in words, for those who cannot see it."""
    return canvas.told(_, title, [(bar.name, counts(_, bar)) for bar in bars] if graded(bars) else [])


def graded(bars: Sequence[Bar]) -> bool:
    """Say whether anybody has a grade."""
    return any(bar.raw or bar.calibrated for bar in bars)


def counts(_: Translator, bar: Bar) -> str:
    """Return both counts of a grade in words."""
    raw, calibrated = _.number(bar.raw), _.number(bar.calibrated)
    return _("{raw} by the managers, {calibrated} after calibration", raw=raw, calibrated=calibrated)


def draw(_: Translator, axes: Any, bars: Sequence[Bar]) -> None:
    """Draw the legend, and for each grade its two bars with their counts, and its name below."""
    keys = [Key(_("By the managers"), partial(sample, axes, 0)), Key(_("After calibration"), partial(sample, axes, 1))]
    legend(axes, room(), keys)
    highest, slot = max(max(bar.raw, bar.calibrated) for bar in bars), ROOM / len(bars)
    wide = min(slot * 0.36, WIDEST_BAR)
    axes.plot([0, ROOM], [FLOOR, FLOOR], color=FAINT, linewidth=1)
    for place, bar in enumerate(bars):
        middle = slot * (place + 0.5)
        for side, count in enumerate((bar.raw, bar.calibrated)):
            left, tall = middle + (side - 1) * wide, (room() - FLOOR - HEADROOM) * count / highest
            block(axes, side, left, FLOOR, wide, tall)
            axes.text(left + wide / 2, FLOOR + tall + 0.05, _.number(count), ha="center", va="bottom")
        below(axes, middle, FLOOR, fitted(bar.name, max(int(slot / COLUMN) - 1, 4), 2))


def sample(axes: Any, side: int, left: float, middle: float) -> None:
    """Draw a small bar for the legend."""
    block(axes, side, left, middle - 0.11, 0.45, 0.22)


def block(axes: Any, side: int, left: float, bottom: float, wide: float, tall: float) -> None:
    """Draw one bar; the two sides differ in lightness, and one of them is hatched."""
    look = {"color": SHADES[1]} if side else {"facecolor": SHADES[4], "hatch": "///"}
    axes.bar(left, tall, wide, bottom, align="edge", edgecolor=INK, linewidth=0.7, **look)
