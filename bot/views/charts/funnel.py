"""The funnel (§5.1.1): how many bids came to each stage, and what they are worth."""

from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from typing import Any, NamedTuple

from bot.language import NO_DATA, Translator
from bot.views.charts import canvas
from bot.views.charts.canvas import COLUMN, INK, ROOM, SHADES, fitted, picture, room

NAMES, BARS = 1.8, 3.2


class Stage(NamedTuple):
    """One stage of the funnel: its name, how many bids came to it, and what they are worth in the company's currency."""

    name: str
    bids: int
    value: Decimal


def funnel(_: Translator, title: str, stages: Sequence[Stage], currency: str, note: str) -> bytes:
    """Return the picture of a funnel: a bar for each stage, its count and its value beside it."""
    labels = [label(_, stage, stages[0], currency) for stage in stages]
    return picture(_, title, note, partial(draw, stages=stages, labels=labels) if stages else None)


def told(_: Translator, title: str, stages: Sequence[Stage], currency: str) -> str:
    """Return the funnel in words, for those who cannot see it."""
    return canvas.told(_, title, [(stage.name, label(_, stage, stages[0], currency)) for stage in stages])


def draw(axes: Any, stages: Sequence[Stage], labels: Sequence[str]) -> None:
    """Draw the bars from the top down, centred, each as wide as its count."""
    widest, step = max([stage.bids for stage in stages] + [1]), room() / len(stages)
    for place, (stage, text) in enumerate(zip(stages, labels, strict=True)):
        width, middle = BARS * stage.bids / widest, room() - step * (place + 0.5)
        shade = SHADES[min(place, len(SHADES) - 1)]
        axes.barh(middle, width, left=NAMES + (BARS - width) / 2, height=0.72 * step, color=shade, edgecolor=INK, linewidth=0.6)
        axes.text(NAMES - 0.15, middle, fitted(stage.name, int((NAMES - 0.15) / COLUMN), 2), ha="right", va="center")
        axes.text(NAMES + BARS + 0.15, middle, fitted(text, int((ROOM - NAMES - BARS) / COLUMN), 2), va="center")


def label(_: Translator, stage: Stage, first: Stage, currency: str) -> str:
    """Return the words beside a bar: how many, which part of those at the top, and what they are worth."""
    part = _.percent(stage.bids, first.bids) if stage is not first else ""
    worth = _.short_amount(stage.value, currency) if stage.value else NO_DATA
    return " · ".join(word for word in (_.number(stage.bids), part, worth) if word)
