"""Pictures (§5.1): drawn as PNG with words in the person's language, in colours that everybody can tell apart."""

from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

from bot.language import NO_DATA, Translator
from bot.views.blocks import clip

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# One hue from dark to light: the order is seen by lightness alone, whatever colours an eye can tell apart.
SHADES = ("#08306b", "#1c5d9f", "#3f8fc5", "#7ab6dc", "#b3d3e9")
INK, PAPER, FAINT = "#1f2933", "#ffffff", "#7b8794"
# Typefaces with Chinese characters that computers commonly have; the first one found is used.
TYPEFACES = {
    "zh-Hans": ("Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", "WenQuanYi Micro Hei", "SimHei"),
    "zh-Hant": ("Noto Sans CJK TC", "Source Han Sans TC", "PingFang TC", "Microsoft JhengHei", "WenQuanYi Micro Hei", "SimHei"),
}
ANY_CHINESE = ("Noto Sans CJK JP", "Noto Sans CJK HK", "Noto Sans CJK KR", "Noto Serif CJK JP", "Arial Unicode MS", "Droid Sans Fallback")
WIDTH, HEIGHT, DPI = 9.0, 5.2, 160
LONGEST = 60  # characters of a title


class Stage(NamedTuple):
    """One stage of the funnel: its name, how many bids came to it, and what they are worth in the company's currency."""

    name: str
    bids: int
    value: Decimal


def speakable(_: Translator) -> bool:
    """Say whether this computer can draw the letters of the language."""
    return _.language == "en" or typeface(_.language) is not None


@cache
def typeface(language: str) -> str | None:
    """Return the name of a typeface for the language, if this computer has one."""
    from matplotlib import font_manager

    known = {entry.name for entry in font_manager.fontManager.ttflist}
    return next((name for name in (*TYPEFACES.get(language, ()), *ANY_CHINESE) if name in known), None)


def funnel(_: Translator, title: str, stages: Sequence[Stage], currency: str, note: str) -> bytes:
    """Return the picture of a funnel: a bar for each stage, its count and its value beside it."""
    import matplotlib as mpl
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    families = [name for name in (typeface(_.language), "DejaVu Sans") if name]
    # Names are text: a dollar sign in one does not begin a formula.
    with mpl.rc_context({"font.family": families, "text.color": INK, "text.parse_math": False}):
        figure = Figure(figsize=(WIDTH, HEIGHT), facecolor=PAPER, layout="constrained")
        canvas = FigureCanvasAgg(figure)
        draw(figure, title, stages, [label(_, stage, stages[0], currency) for stage in stages], note)
        out = BytesIO()
        canvas.print_figure(out, format="png", dpi=DPI)
    return out.getvalue()


def draw(figure: "Figure", title: str, stages: Sequence[Stage], labels: Sequence[str], note: str) -> None:
    """Draw the bars from the top down, centred, each as wide as its count."""
    axes: Any = figure.subplots()
    widest = max([stage.bids for stage in stages] + [1])
    for place, (stage, text) in enumerate(zip(stages, labels, strict=True)):
        width = stage.bids / widest
        axes.barh(place, width, left=(1 - width) / 2, height=0.72, color=SHADES[place], edgecolor=INK, linewidth=0.6)
        axes.text(-0.03, place, stage.name, ha="right", va="center", fontsize=13)
        axes.text(1.03, place, text, ha="left", va="center", fontsize=12)
    axes.set_xlim(-0.42, 1.62)
    axes.set_ylim(len(stages) - 0.4, -0.6)
    axes.set_axis_off()
    axes.set_title(clip(title, LONGEST), fontsize=15, loc="left", pad=14, color=INK)
    figure.supxlabel(note, fontsize=9, color=FAINT, x=0.01, ha="left")


def label(_: Translator, stage: Stage, first: Stage, currency: str) -> str:
    """Return the words beside a bar: how many, which part of those at the top, and what they are worth."""
    part = _.percent(stage.bids, first.bids) if stage is not first else ""
    worth = _.short_amount(stage.value, currency) if stage.value else NO_DATA
    return " · ".join(word for word in (_.number(stage.bids), part, worth) if word)


def told(_: Translator, title: str, stages: Sequence[Stage], currency: str) -> str:
    """Return the picture in words, for those who cannot see it."""
    parts = [f"{stage.name}: {label(_, stage, stages[0], currency)}" for stage in stages]
    return f"{title}. {'; '.join(parts)}."
