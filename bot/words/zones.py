"""Time zones as people name them: `Beijing time`, `UTC`, `GMT+8`, `+08:00`, `Asia/Shanghai`, `CST`."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.words import Unreadable

_PLACES = {
    "america/new_york": "new york|us eastern|eastern",
    "america/los_angeles": "los angeles|us pacific|pacific",
    "asia/hong_kong": "hong kong|hkt",
    "asia/seoul": "seoul|korea|kst",
    "asia/shanghai": "beijing|shanghai|china",
    "asia/singapore": "singapore|sgt",
    "asia/taipei": "taipei|taiwan",
    "asia/tokyo": "tokyo|japan|jst",
    "europe/berlin": "berlin|german",
    "europe/london": "london|uk",
    "europe/paris": "paris|french",
}
_NAMED = {name: zone for zone, names in _PLACES.items() for name in names.split("|")}
_ABBREVIATIONS = frozenset("hkt kst sgt jst".split())
# Each of these is the clock of several countries, or of half a year: it counts only where the speaker's own clock is called so.
_SHARED = (
    "acdt acst adt aedt aest akdt akst ast awst bst cat cdt cest cet cst eat edt eest eet est hdt hst ist "
    "mdt msk mst ndt nst nzdt nzst pdt pkt pst sast sst wat wet wib wita"
).split()
_UTC = re.compile(r"\b(?:utc|gmt)(?P<offset> ?[+-] ?\d{1,2}(?::?\d\d)?)?(?![\w+-])(?: time)?")
_ISO = re.compile(r"(?P<moment>\d{4}-\d\d-\d\d[t ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?) ?(?P<offset>z|[+-]\d\d(?::?\d\d)?)$")
_KEY = re.compile(r"\b[a-z]+/[a-z_]+(?:/[a-z_]+)?\b")
_NAME = re.compile(rf"\b(?:(?:{'|'.join(_NAMED)}) (?:local )?time|{'|'.join(_ABBREVIATIONS)})\b")
_SHARED_NAME = re.compile(rf"\b(?P<name>{'|'.join(_SHARED)})\b(?: time)?")
_FARTHEST = timedelta(hours=14)


class Place(NamedTuple):
    """Whose clock a time is told by: the rules, the zone's name, and the abbreviation that they must bear at that instant."""

    clock: tzinfo
    name: str
    called: str | None = None


def take_zone(text: str, own: ZoneInfo) -> tuple[Place, str]:
    """Split the zone off lower-case text; without one it is the speaker's own. Raises Unreadable for an impossible one."""
    home = Place(own, own.key)
    if match := _ISO.search(text):
        return _at_offset(match["offset"], home), match["moment"]
    for pattern, place in ((_UTC, _by_utc), (_KEY, _by_key), (_NAME, _by_name), (_SHARED_NAME, _by_shared_name)):
        if match := pattern.search(text):
            return place(match, home), text[: match.start()] + " " + text[match.end() :]
    return home, text


def _by_utc(match: re.Match[str], home: Place) -> Place:
    return _at_offset((match["offset"] or "z").replace(" ", ""), home)


def _by_key(match: re.Match[str], home: Place) -> Place:
    try:
        zone = ZoneInfo(match[0].title())
    except (LookupError, ValueError, OSError):
        raise Unreadable("when_unknown", match[0]) from None
    return Place(zone, zone.key)


def _by_name(match: re.Match[str], home: Place) -> Place:
    zone = ZoneInfo(_NAMED[match[0].removesuffix(" time").removesuffix(" local")].title())
    return Place(zone, zone.key)


def _by_shared_name(match: re.Match[str], home: Place) -> Place:
    return home._replace(called=match["name"].upper())


def _at_offset(typed: str, home: Place) -> Place:
    """Return the clock at an offset such as `+0800`; an offset is not a zone, so the speaker's name stays, except for UTC's."""
    hours, minutes = int(typed[1:3].rstrip(":") or 0), int(typed[-2:]) if len(typed) > 3 else 0
    offset = timedelta(hours=hours, minutes=minutes)
    if offset > _FARTHEST or minutes > 59:
        raise Unreadable("when_unknown", typed)
    if not offset:
        return Place(UTC, "UTC")
    return Place(timezone(-offset if typed.startswith("-") else offset), home.name)


def check_called(place: Place, local: datetime) -> None:
    """Refuse an abbreviation that is not what the speaker's clock is called at that time."""
    if place.called and local.tzname() != place.called:
        raise Unreadable("when_ambiguous", place.called)
