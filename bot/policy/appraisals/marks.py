"""The marks of a scoring (§5.3.1): their fields, what is missing in them, and how they compare with the self-review's once uncovered."""

from typing import NamedTuple

from bot.language import N_
from bot.policy.appraisals.cycle import Cycle, rules_of
from bot.policy.appraisals.record import SELF_OWED, Appraisal, Part, Scoring, SelfReview, State
from bot.policy.appraisals.self_review import MARK, WORDS
from bot.policy.refusal import Refusal

UNREAD = SELF_OWED | {State.SELF_OVERDUE}  # in which a self-review is being written, or written late
EXTREMES = frozenset({1, 5})  # the marks that take a comment


class Difference(NamedTuple):
    """A mark that the person gave and the one that the manager gave, None where there is none, for a part or for a competency."""

    name: str
    own: int | None
    given: int | None
    competency: bool = False

    @property
    def size(self) -> int:
        """Return how far apart they are; 0 where there is nothing to compare."""
        return 0 if self.own is None or self.given is None else abs(self.own - self.given)


def part_mark(part: Part) -> str:
    """Return the field of the mark for a part; the self-review's form calls it the same."""
    return f"{MARK}part_{part}"


def part_comment(part: Part) -> str:
    """Return the field of the comment on a part."""
    return f"{WORDS}part_{part}"


def skill_mark(competency: str) -> str:
    """Return the field of the mark for a competency."""
    return f"{MARK}skill_{competency}"


def own_review(appraisal: Appraisal) -> SelfReview | None:
    """Return the self-review if it was handed in; a draft is nobody else's to read."""
    handed_in = appraisal.self_submitted_at is not None and appraisal.state not in UNREAD
    return appraisal.self_review if handed_in else None


def uncovered(appraisal: Appraisal) -> bool:
    """Say whether whoever scores has fixed their blind marks, so that the self-review may be shown to them."""
    return appraisal.scoring is not None and appraisal.scoring.blind is not None


def differences(appraisal: Appraisal) -> list[Difference]:
    """Return own and given marks side by side, the largest differences first; nothing before they are uncovered."""
    scoring = appraisal.scoring
    if scoring is None or scoring.blind is None:
        return []
    own = own_review(appraisal) or SelfReview()
    parts = [Difference(part, own.marks.get(part), scoring.marks.get(part)) for part in Part]
    rated = [Difference(name, own.competencies.get(name), mark, competency=True) for name, mark in scoring.competencies.items()]
    return sorted([*parts, *rated], key=lambda one: -one.size)


def changed(scoring: Scoring) -> list[Part]:
    """Return the parts whose marks were changed after the self-review was uncovered."""
    return [part for part in Part if scoring.blind is not None and scoring.marks.get(part) != scoring.blind.get(part)]


def check_marks(scoring: Scoring) -> None:
    """Refuse marks that are not all there, and a mark of 1 or 5 without a comment."""
    for part in Part:
        if part not in scoring.marks:
            raise Refusal(N_("Please give a mark for each part."), field=part_mark(part))
        if scoring.marks[part] in EXTREMES and not scoring.comments.get(part):
            raise Refusal(N_("A mark of 1 or 5 takes a comment: what did you see?"), field=part_comment(part))


def check_competencies(scoring: Scoring, cycle: Cycle) -> None:
    """Refuse competencies that are not all rated, and a scoring without a comment on the whole."""
    for competency in rules_of(cycle).appraisals.competencies:
        if competency.id not in scoring.competencies:
            raise Refusal(N_("Please rate each competency."), field=skill_mark(competency.id))
    if not scoring.comment:
        raise Refusal(N_("Please write a comment on the whole period."), field="comment")
