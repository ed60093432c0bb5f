"""What the rows of every file have in common."""

from typing import ClassVar

from pydantic import BaseModel, ConfigDict


class Line(BaseModel):
    """A row of a file; its fields are the columns.

    `needed` are columns without which the file makes no sense, `passed_over` those that exports have besides.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")
    needed: ClassVar[tuple[str, ...]]
    passed_over: ClassVar[frozenset[str]]

    @classmethod
    def columns(cls) -> frozenset[str]:
        """Return the columns that a file may have."""
        return frozenset(cls.model_fields) | cls.passed_over
