"""The trend (§5.2): a person's scores, quarter by quarter."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from itertools import groupby
from typing import Any, NamedTuple

from bot.language import Translator
from bot.views.charts import canvas
from bot.views.charts.canvas import BLUE, COLUMN, FAINT, LINE, MIST, NOTE_SIZE, ROOM, UNDERLAY, below, columns, fitted, picture, room

HIGHEST, STEP = 100, 20
LEFT, FLOOR, HEADROOM = 0.5, 0.55, 0.4
MOST_NAMES = 12


class Point(NamedTuple):
    """A quarter and its score, 0 to 100; none is a gap."""

    name: str
    score: Decimal | None


class Spot(NamedTuple):
    """A point where it is drawn: how far to the right, and how high, if it has a score."""

    right: float
    up: float | None


def trend(_: Translator, title: str, points: Sequence[Point], note: str) -> bytes:
    """Return the picture of a line from quarter to quarter, broken where there is no score."""
    return picture(_, title, note, partial(draw, _, points=points) if scored(points) else None)


def trend_told(_: Translator, title: str, points: Sequence[Point]) -> str:
    """Return the trend in words, for those who cannot see it."""
    return canvas.told(_, title, [(point.name, score(_, point)) for point in points] if scored(points) else [])


def scored(points: Sequence[Point]) -> bool:
    """Say whether there is any score."""
    return any(point.score is not None for point in points)


def score(_: Translator, point: Point) -> str:
    """Return a score to one decimal, or that there is no data."""
    if point.score is None:
        return _("no data")
    return _.number(point.score.quantize(Decimal("0.1"), ROUND_HALF_UP).normalize() + 0)


def draw(_: Translator, axes: Any, points: Sequence[Point]) -> None:
    """Draw the scale, the gaps, the line in its pieces, and the words."""
    slot = (ROOM - LEFT) / len(points)
    spots = [
        Spot(LEFT + slot * (place + 0.5), None if point.score is None else height(float(point.score))) for place, point in enumerate(points)
    ]
    for spot in spots:
        if spot.up is None:
            gap(_, axes, spot.right, slot)
    scale(_, axes)
    for known, run in groupby(spots, key=lambda spot: spot.up is not None):
        if known:
            line(axes, list(run))
    words(_, axes, points, spots)


def height(value: float) -> float:
    """Return how high a score is drawn."""
    return FLOOR + (room() - FLOOR - HEADROOM) * value / HIGHEST


def gap(_: Translator, axes: Any, right: float, slot: float) -> None:
    """Shade the place of a quarter without a score, and say so there, upright where it is narrow."""
    text = _("no data")
    axes.bar(right, height(HIGHEST) - FLOOR, slot, FLOOR, color=MIST, linewidth=0, zorder=0)
    turned = 90 if columns(text) * COLUMN > slot else 0
    axes.text(right, height(HIGHEST / 2), text, color=FAINT, ha="center", va="center", rotation=turned, zorder=2)


def scale(_: Translator, axes: Any) -> None:
    """Draw the lines that scores are read by."""
    for value in range(0, HIGHEST + 1, STEP):
        axes.plot([LEFT, ROOM], [height(value)] * 2, color=LINE, linewidth=0.8, zorder=1)
        axes.text(LEFT - 0.1, height(value), _.number(value), fontsize=NOTE_SIZE, color=FAINT, ha="right", va="center")


def line(axes: Any, run: Sequence[Spot]) -> None:
    """Draw the line through scores that follow each other, its ground tinted."""
    across, up = [spot.right for spot in run], [spot.up for spot in run]
    axes.fill_between(across, height(0), up, color=BLUE, alpha=0.1, linewidth=0, zorder=2)
    axes.plot(across, up, color=BLUE, linewidth=2.6, marker="o", markersize=8, markeredgecolor="white", markeredgewidth=1.2, zorder=3)


def words(_: Translator, axes: Any, points: Sequence[Point], spots: Sequence[Spot]) -> None:
    """Write each quarter below and its score above the line; of very many, the last one and every so many before it."""
    every = -(-len(points) // MOST_NAMES)
    wide = max(int((ROOM - LEFT) / len(points) * every / COLUMN) - 1, 4)
    for place in range(len(points) - 1, -1, -every):
        point, spot = points[place], spots[place]
        below(axes, spot.right, FLOOR, fitted(point.name, wide, 2))
        if spot.up is not None:
            axes.text(spot.right, spot.up + 0.14, score(_, point), ha="center", va="bottom", bbox=UNDERLAY)
