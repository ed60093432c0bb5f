"""How a person stands in a period (§1.1): their measures so far, or, once a result is told, as they were when it was handed in."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from bot.policy.appraisals.cycle import Cycle, Rules
from bot.policy.appraisals.lifting import Lift, lifts, next_grade, projected
from bot.policy.appraisals.measures import Inputs, Whose
from bot.policy.appraisals.record import Appraisal, Grade, Measured
from bot.policy.appraisals.results import is_told
from bot.policy.appraisals.scoring import quarter_grade
from bot.policy.people import Person, Role
from bot.policy.people import standing as roles_of
from bot.policy.tallies import Period


class Projected(NamedTuple):
    """What the measures of a quarter come to so far, and of how much of their weight that is known; `above` is the next grade."""

    score: Decimal
    grade: Grade
    known: int
    above: tuple[Grade, Decimal] | None


class Standing(NamedTuple):
    """How a person stands in a period, by the rules of its cycle or, before there is one, of the handbook of this version.

    `whose` has the days that count: those that have passed so far, without those before the person came. `appraisal` is theirs in the
    cycle, if there is one. `ahead` says that the period is not over.
    """

    person: Person
    period: Period
    rules: Rules
    version: str
    cycle: Cycle | None
    appraisal: Appraisal | None
    inputs: Inputs
    whose: Whose
    measured: tuple[Measured, ...]
    ahead: bool

    @property
    def is_year(self) -> bool:
        """Tell a year, which is graded from its quarters, from a quarter."""
        return len(self.period.quarters) > 1

    @property
    def result(self) -> Appraisal | None:
        """Return the appraisal once its result is told; its measures are those that were handed in."""
        return self.appraisal if self.appraisal and is_told(self.appraisal) else None

    @property
    def projected(self) -> Projected | None:
        """Return what the measures come to so far; None while none has enough cases."""
        score, rules = projected(self.measured), self.rules
        grade = quarter_grade(score, rules.appraisals)
        known = sum(int(one.given) for one in self.measured if one.score is not None)
        return None if score is None or grade is None else Projected(score, grade, known, next_grade(score, rules))

    def lifts(self) -> tuple[Lift, ...]:
        """Return what would lift the score, as long as the quarter lasts."""
        return lifts(self.inputs, self.whose, self.rules) if self.ahead and not self.is_year else ()


def is_appraised(person: Person, rules: Rules, newcomers: Role) -> bool:
    """Say whether somebody is of the pre-sales staff, with a post that is appraised."""
    return Role.STAFF in roles_of(person, newcomers) and person.post in rules.appraisals.posts


def so_far(person: Person, period: Period, today: date) -> Whose:
    """Return whose measures they are for the days of a period on which the person has worked here until today.

    So the target of a quarter that is running is held against them in part only: by the days that have passed.
    """
    first, last = max(period.start, person.started or period.start), min(period.end, max(today, period.start))
    served, days = max(0, (last - first).days + 1), (period.end - period.start).days + 1
    return Whose(person.post, len(period.quarters), served, days)
