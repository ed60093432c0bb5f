"""What all groups of settings are."""

from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

from pydantic import BaseModel, ConfigDict

from bot.kinds import InLanguages, Name


class Section(BaseModel):
    """A group of settings: every one is needed, no other is allowed, none can be changed later."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Named(Section):
    """Something the company may add to: an id that records keep, and its name in each language."""

    id: Name
    name: InLanguages


def as_written(section: Section) -> dict[str, Any]:
    """Return a group of settings as plain data in the words of the file, from which `model_validate` builds it again."""
    written = _written(section.model_dump())
    assert isinstance(written, dict)
    return written


def _written(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _written(one) for name, one in value.items()}
    if isinstance(value, tuple):
        return [_written(one) for one in value]
    if value is None or isinstance(value, str):
        return value
    return _word(value)


def _word(value: bool | int | Decimal | timedelta | time | date) -> str:
    match value:
        case bool():
            return str(value).lower()
        case timedelta():
            return f"{int(value.total_seconds()) // 60}m"
        case time():
            return f"{value:%H:%M}"
        case Decimal():
            return f"{value:f}"
        case _:
            return str(value)
