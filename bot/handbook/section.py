"""What all groups of settings are."""

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
    """Return a group of settings as plain data in the words of the file, from which `model_validate` builds it again.

    It holds for groups without lengths of time, which JSON spells in another way than the file.
    """
    written = _written(section.model_dump(mode="json"))
    assert isinstance(written, dict)
    return written


def _written(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _written(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_written(one) for one in value]
    return value if value is None else str(value).lower() if isinstance(value, bool) else str(value)
