"""Records: what the store remembers, frozen and validated, and the event that every change of one leaves behind."""

from datetime import datetime
from typing import Any, Self

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """A frozen, validated fact."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def amended(self, **changes: Any) -> Self:
        """Return a validated copy with these fields changed; `model_copy` would not validate them."""
        return type(self).model_validate({**vars(self), **changes})

    def snapshot(self) -> dict[str, Any]:
        """Return the record as plain JSON data, from which `model_validate` builds it again."""
        return self.model_dump(mode="json")


class Event(Record):
    """One change: who did what to which subject, when and why, with the record as it was and as it became."""

    at: datetime
    actor: str
    subject: str
    action: str
    before: str = ""
    after: str = ""
    reason: str = ""
    request: str = ""
    was: dict[str, Any] | None = None
    became: dict[str, Any] | None = None
    id: int | None = None
    link: str = ""
