"""The radar (§2.2, §5.3): marks for several qualities, laid over each other."""

from collections.abc import Sequence
from functools import partial
from math import cos, nan, pi, sin
from typing import Any, NamedTuple

from bot.language import Translator
from bot.views.blocks import clip
from bot.views.charts import canvas
from bot.views.charts.canvas import (
    BLUE,
    COLUMN,
    FAINT,
    GREEN,
    LINE,
    LONGEST_NAME,
    NOTE_SIZE,
    PAPER,
    ROOM,
    UNDERLAY,
    VERMILION,
    Key,
    fitted,
    legend,
    picture,
    room,
    signs,
)

HEIGHT, HIGHEST = 6.4, 5
MIDDLE = ROOM / 2
# What the legend takes at the top with the name of the first axis, and the names of the lowest axes at the bottom.
ABOVE, BELOW = 0.85, 0.4


class Series(NamedTuple):
    """Who gave the marks, and the marks, 1 to 5, one for each axis; none is a gap."""

    name: str
    marks: Sequence[int | None]


class Look(NamedTuple):
    """How one series is told from the others, in black and white too."""

    colour: str
    line: str
    marker: str
    inside: str
    size: int


# The first is hollow and the largest, so that equal marks show all.
LOOKS = (Look(BLUE, "-", "o", PAPER, 14), Look(VERMILION, "--", "s", VERMILION, 8), Look(GREEN, ":", "^", GREEN, 5))


class Web(NamedTuple):
    """How large the web is, and how high its middle."""

    axes: int
    radius: float
    height: float

    def spot(self, place: float, mark: float) -> tuple[float, float]:
        """Return where a mark on an axis is; the first axis points up, the others follow clockwise."""
        angle, far = pi / 2 - 2 * pi * place / self.axes, self.radius * mark / HIGHEST
        return MIDDLE + far * cos(angle), self.height + far * sin(angle)


def radar(_: Translator, title: str, axes: Sequence[str], series: Sequence[Series], note: str) -> bytes:
    """Return the picture of a web with a spoke for each axis, and a line around it for each of at most three series."""
    if len(series) > len(LOOKS):
        raise ValueError("a radar shows at most three series")
    return picture(_, title, note, partial(draw, _, names=axes, series=series) if marked(axes, series) else None, HEIGHT)


def radar_told(_: Translator, title: str, axes: Sequence[str], series: Sequence[Series]) -> str:
    """Return the radar in words, axis by axis, for those who cannot see it."""
    facts = [(name, marks(_, place, series)) for place, name in enumerate(axes)]
    return canvas.told(_, title, facts if marked(axes, series) else [])


def marked(axes: Sequence[str], series: Sequence[Series]) -> bool:
    """Say whether there is any mark; each series has one place for each axis."""
    return any(mark is not None for one in series for _name, mark in zip(axes, one.marks, strict=True))


def marks(_: Translator, place: int, series: Sequence[Series]) -> str:
    """Return in words what each series says of one axis."""
    no_data = _("no data")
    given = [(clip(one.name, LONGEST_NAME), one.marks[place]) for one in series]
    return signs(_).comma.join(f"{name} {_.number(mark) if mark else no_data}" for name, mark in given)


def draw(_: Translator, area: Any, names: Sequence[str], series: Sequence[Series]) -> None:
    """Draw the web, the names of its spokes, and the lines around it."""
    looks = list(zip(series, LOOKS, strict=False))
    legend(area, room(HEIGHT), [Key(one.name, partial(sample, area, look)) for one, look in looks])
    web = spun(len(names))
    rings(_, area, web)
    for place, name in enumerate(names):
        label(area, web, place, name)
    for one, look in looks:
        around(area, web, one.marks, look)


def spun(count: int) -> Web:
    """Return the largest web that there is room for: one with an odd number of axes reaches less far down."""
    depth = max(-sin(pi / 2 - 2 * pi * (count // 2) / count), cos(pi / 3))
    radius = (room(HEIGHT) - ABOVE - BELOW) / (1 + depth)
    return Web(count, radius, BELOW + radius * depth)


def rings(_: Translator, area: Any, web: Web) -> None:
    """Draw a ring for each mark, numbered beside the first axis, and a spoke for each axis."""
    look = {"color": LINE, "linewidth": 0.9, "zorder": 1}
    flat = cos(pi / web.axes) if web.axes > 2 else 1
    for mark in range(1, HIGHEST + 1):
        area.plot(*zip(*(web.spot(place, mark) for place in range(web.axes + 1)), strict=True), **look)
        beside = web.spot(-0.5, mark * flat)
        area.text(*beside, _.number(mark), fontsize=NOTE_SIZE, color=FAINT, ha="center", va="center", bbox=UNDERLAY, zorder=4)
    for place in range(web.axes):
        area.plot(*zip(web.spot(place, 0), web.spot(place, HIGHEST), strict=True), **look)


def label(area: Any, web: Web, place: int, name: str) -> None:
    """Write the name of a spoke at its end, turned away from the web."""
    across, up = web.spot(place, HIGHEST * 1.12)
    sideways, upward = across - MIDDLE, up - web.height
    beside = abs(sideways) > web.radius / 20
    wide = int((ROOM / 2 - abs(sideways)) / COLUMN) if beside else int(ROOM / 2 / COLUMN)
    horizontal = ("left" if sideways > 0 else "right") if beside else "center"
    vertical = "center" if beside else "bottom" if upward > 0 else "top"
    area.text(across, up, fitted(name, wide, 2 if beside else 1), ha=horizontal, va=vertical, linespacing=1.1)


def around(area: Any, web: Web, given: Sequence[int | None], look: Look) -> None:
    """Draw the line of a series from mark to mark and back to the first, broken at gaps; a whole one is tinted inside."""
    spots = [web.spot(place, nan if mark is None else mark) for place, mark in enumerate(given)]
    across, up = zip(*spots, spots[0], strict=True)
    if None not in given:
        area.fill(across, up, color=look.colour, alpha=0.07, linewidth=0, zorder=2)
    stroke(area, across, up, look)


def sample(area: Any, look: Look, left: float, middle: float) -> None:
    """Draw a piece of a series' line for the legend, with one marker."""
    stroke(area, (left, left + 0.25, left + 0.5), (middle, middle, middle), look, markevery=[1])


def stroke(area: Any, across: Sequence[float], up: Sequence[float], look: Look, **more: Any) -> None:
    """Draw a line in the look of its series."""
    marker = {"marker": look.marker, "markersize": look.size, "markerfacecolor": look.inside, "markeredgewidth": 2}
    area.plot(across, up, color=look.colour, linestyle=look.line, linewidth=2.4, zorder=3, **marker, **more)
