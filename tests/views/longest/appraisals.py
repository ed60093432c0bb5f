"""The longest appraisals: what each part of the capability is given."""

from collections.abc import Mapping
from typing import Any

from tests.views.longest import cycles, dues, reasons, results, retold, scoring, self_review

CONTENT: Mapping[object, list[Any]] = {
    **reasons.CONTENT,
    **scoring.CONTENT,
    **cycles.CONTENT,
    **self_review.CONTENT,
    **results.CONTENT,
    **dues.CONTENT,
    **retold.CONTENT,
}
