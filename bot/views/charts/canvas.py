"""What all pictures share: typefaces, colours, the frame with its title and its note, and the way to PNG and to words."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from io import BytesIO
from itertools import chain, groupby
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple
from unicodedata import east_asian_width

from bot.language import Translator
from bot.views.blocks import clip

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# One hue from dark to light: the order is seen by lightness alone, whatever colours an eye can tell apart.
SHADES = ("#08306b", "#1c5d9f", "#3f8fc5", "#7ab6dc", "#b3d3e9")
# Okabe and Ito's colours for what has no order.
BLUE, VERMILION, GREEN = "#0072b2", "#d55e00", "#009e73"
INK, PAPER, FAINT, LINE, MIST = "#1f2933", "#ffffff", "#5f6b76", "#d5dbe1", "#f1f4f7"
# Typefaces with Chinese characters that computers commonly have; the first one found is used.
TYPEFACES = {
    "zh-Hans": ("Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", "WenQuanYi Micro Hei", "SimHei"),
    "zh-Hant": ("Noto Sans CJK TC", "Source Han Sans TC", "PingFang TC", "Microsoft JhengHei", "WenQuanYi Micro Hei", "SimHei"),
}
ANY_CHINESE = ("Noto Sans CJK JP", "Noto Sans CJK HK", "Noto Sans CJK KR", "Noto Serif CJK JP", "Arial Unicode MS", "Droid Sans Fallback")
LATIN = "DejaVu Sans"
# What is laid under a number that lines pass by.
UNDERLAY = {"facecolor": PAPER, "edgecolor": "none", "alpha": 0.8, "pad": 1}

# Inches, as all that is drawn: the picture, what is left free around its middle, and half a Chinese character of normal size.
WIDTH, HEIGHT, DPI = 9.0, 5.2, 160
SIDE, TOP, BOTTOM = 0.35, 0.85, 0.75
ROOM = WIDTH - 2 * SIDE
COLUMN = 0.1
TITLE_SIZE, SIZE, NOTE_SIZE = 17, 13, 11
LONGEST_ALT, LONGEST_NAME = 2000, 60

WORD = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\uffef]|[^\s\u2e80-\u9fff\uac00-\ud7af\uf900-\uffef]+\s?|\s")
# The settings of matplotlib are one for the whole process: one picture at a time.
DRAWING = Lock()


class Signs(NamedTuple):
    """How a language ends a sentence, parts its members, lists, and names a value."""

    stop: str
    pause: str
    comma: str
    colon: str
    end: str


ENGLISH, CHINESE = Signs(". ", "; ", ", ", ": ", "."), Signs("。", "；", "，", "：", "。")


class Key(NamedTuple):
    """One entry of the legend: what it is called, and how its sample is drawn at a place."""

    name: str
    sample: Callable[[float, float], object]


def signs(_: Translator) -> Signs:
    """Return the punctuation of the language."""
    return ENGLISH if _.language == "en" else CHINESE


def speakable(_: Translator) -> bool:
    """Say whether this computer can draw the letters of the language."""
    return _.language == "en" or typeface(_.language) is not None


@cache
def typeface(language: str) -> str | None:
    """Return the name of a typeface for the language, if this computer has one; for English, one for Chinese names."""
    from matplotlib import font_manager

    known = {entry.name for entry in font_manager.fontManager.ttflist}
    wanted = chain(TYPEFACES.get(language, ()), ANY_CHINESE, *TYPEFACES.values())
    return next((name for name in wanted if name in known), None)


def picture(_: Translator, title: str, note: str, draw: Callable[[Any], None] | None, height: float = HEIGHT) -> bytes:
    """Return a PNG with a title, what is drawn below it in inches, and a note; without anything to draw, it says so."""
    import matplotlib as mpl
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    families = [name for name in (typeface(_.language), LATIN) if name]
    # Names are text: a dollar sign in one does not begin a formula.
    with DRAWING, mpl.rc_context({"font.family": families, "font.size": SIZE, "text.color": INK, "text.parse_math": False}):
        figure = Figure(figsize=(WIDTH, height), facecolor=PAPER)
        axes = framed(figure, title, note, height)
        if draw is None:
            blank(_, axes, height)
        else:
            draw(axes)
        keep_to_letters(figure, families)
        out = BytesIO()
        FigureCanvasAgg(figure).print_figure(out, format="png", dpi=DPI)
    return out.getvalue()


def framed(figure: "Figure", title: str, note: str, height: float) -> Any:
    """Write the title and the note, and return the room between them, measured in inches."""
    heading = fitted(title, int(ROOM / COLUMN * SIZE / TITLE_SIZE))
    figure.text(SIDE / WIDTH, 1 - 0.32 / height, heading, fontsize=TITLE_SIZE, va="top")
    small = fitted(note, int(ROOM / COLUMN * SIZE / NOTE_SIZE), 2) if note else ""
    figure.text(SIDE / WIDTH, 0.2 / height, small, fontsize=NOTE_SIZE, color=FAINT, va="bottom", linespacing=1.3)
    axes = figure.add_axes((SIDE / WIDTH, BOTTOM / height, ROOM / WIDTH, room(height) / height))
    axes.set(xlim=(0, ROOM), ylim=(0, room(height)))
    axes.set_axis_off()
    return axes


def room(height: float = HEIGHT) -> float:
    """Return how many inches there are between the title and the note."""
    return height - TOP - BOTTOM


def blank(_: Translator, axes: Any, height: float) -> None:
    """Say that there is nothing to draw."""
    axes.text(ROOM / 2, room(height) / 2, nothing(_), color=FAINT, fontsize=15, ha="center", va="center")


def legend(axes: Any, top: float, keys: Sequence[Key]) -> None:
    """Name what is drawn, in a row from the left."""
    place, longest = 0.0, int((ROOM / len(keys) - 1) / COLUMN)
    for key in keys:
        name = fitted(key.name, longest)
        key.sample(place, top - 0.13)
        axes.text(place + 0.62, top - 0.13, name, va="center_baseline")
        place += 0.62 + columns(name) * COLUMN + 0.38


def below(axes: Any, across: float, up: float, text: str) -> None:
    """Write a text of one or more lines below a height, so that the first lines of neighbours are level."""
    for place, row in enumerate(text.split("\n")):
        axes.text(across, up - 0.26 - 0.22 * place, row, ha="center", va="baseline")


def keep_to_letters(figure: "Figure", families: Sequence[str]) -> None:
    """Put an ellipsis where no typeface has the letters of a text: boxes say less, and look broken."""
    from matplotlib import font_manager
    from matplotlib.text import Text

    fonts = [font_manager.get_font(font_manager.findfont(family)) for family in families]
    for text in figure.findobj(Text):
        assert isinstance(text, Text)
        runs = groupby(text.get_text(), key=lambda letter: letter.isspace() or drawable(letter, fonts))
        text.set_text("".join("".join(run) if known else "…" for known, run in runs))


def drawable(letter: str, fonts: Sequence[Any]) -> bool:
    """Say whether any of the typefaces has a letter; what only joins others has no shape of its own."""
    return letter.isprintable() and any(font.get_char_index(ord(letter)) for font in fonts)


def columns(text: str) -> int:
    """Return how wide a text is: a Chinese character is as wide as two Latin letters."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def fitted(text: str, width: int, lines: int = 1) -> str:
    """Return a text broken into at most `lines` lines, none wider than `width` columns, with an ellipsis where something was cut."""
    rows = list(broken(" ".join(text.split()) or "–", width))
    if len(rows) > lines:
        rest = "".join(rows[lines - 1 :])
        kept = next(size for size in range(len(rest), -1, -1) if columns(rest[:size]) < width)
        rows = [*rows[: lines - 1], rest[:kept].rstrip() + "…"]
    return "\n".join(row.strip() for row in rows)


def broken(text: str, width: int) -> Iterator[str]:
    """Yield the lines of a text, broken between words, at any Chinese character, and inside a word that is too long for a line."""
    line = ""
    for word in WORD.findall(text):
        for piece in [word] if columns(word.rstrip()) <= width else word:
            if line and columns((line + piece).rstrip()) > width:
                yield line
                line = ""
            line += piece
    yield line


def told(_: Translator, title: str, facts: Sequence[tuple[str, str]]) -> str:
    """Return the picture in words, for those who cannot see it; without any fact, it says so."""
    sign = signs(_)
    said = sign.pause.join(f"{clip(name, LONGEST_NAME)}{sign.colon}{value}" for name, value in facts) + sign.end
    return clip(title + sign.stop + (said if facts else nothing(_)), LONGEST_ALT)


def nothing(_: Translator) -> str:
    """Return the sentence for a picture without data."""
    return _("There is nothing to show here yet.")
