"""Pictures (§5.1-5.3): drawn as PNG with words in the person's language, in colours that everybody can tell apart."""

from bot.views.charts.canvas import DPI, SHADES, WIDTH, speakable, typeface
from bot.views.charts.distribution import Bar, distribution, distribution_told
from bot.views.charts.funnel import Stage, funnel, told
from bot.views.charts.radar import Series, radar, radar_told
from bot.views.charts.trend import Point, trend, trend_told

__all__ = [
    "DPI",
    "SHADES",
    "WIDTH",
    "Bar",
    "Point",
    "Series",
    "Stage",
    "distribution",
    "distribution_told",
    "funnel",
    "radar",
    "radar_told",
    "speakable",
    "told",
    "trend",
    "trend_told",
    "typeface",
]
