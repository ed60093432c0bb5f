"""A refusal: the policy's "no", with its reason in words that can be translated and the field that it belongs to."""

from typing import Any


class Refusal(ValueError):
    """Say no for a reason; `reason` is a source text marked with `N_`, filled with `values` once translated."""

    def __init__(self, reason: str, *, field: str | None = None, **values: Any) -> None:
        super().__init__(reason)
        self.reason = reason
        self.field = field
        self.values = values
