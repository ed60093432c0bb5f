"""Appraisals and bonus in the handbook (§5.1-5.4): measures, weights, grades, phases, and what a grade is worth."""

from decimal import Decimal
from itertools import pairwise
from typing import Annotated

from pydantic import Field, model_validator

from bot.handbook.section import Named, Section
from bot.kinds import Amount, Factor, Flag, Name, Whole, Wrong, at_least_one, unique

MEASURES = (
    "win_rate",
    "sales_amount",
    "research_accuracy",
    "solution_quality",
    "bid_document_quality",
    "customer_satisfaction",
    "teamwork",
)
GRADES = ("outstanding", "excellent", "good", "pass", "fail")  # the best first; the first is given for a year only
QUARTERLY = GRADES[1:]
WHOLE = 100

Percent = Annotated[Whole, Field(ge=0, le=WHOLE)]
WorkingDays = Annotated[Whole, Field(ge=1, le=60)]


def _only(names: tuple[str, ...], given: dict[str, object]) -> None:
    unknown = next((name for name in given if name not in names), None)
    if unknown is not None:
        raise Wrong(f'"{unknown}" is not known here', f"keep only {', '.join(names)}")


def _every(names: tuple[str, ...], given: dict[str, object]) -> None:
    _only(names, given)
    missing = [name for name in names if name not in given]
    if missing:
        raise Wrong(f"has nothing for {', '.join(missing)}", f"give one line for each of {', '.join(names)}")


def _falling(names: tuple[str, ...], given: dict[str, Decimal], what: str) -> None:
    """Refuse numbers that are not strictly smaller from one name to the next."""
    for better, worse in pairwise(names):
        if given[better] <= given[worse]:
            raise Wrong(f"{what} of {better} is not above that of {worse}", f"let {better} be more than {worse}")


class Yardstick(Section):
    """How one measure becomes a score: fewer cases than `too_few` are none; `scale` is points (value, score) on a line."""

    too_few: Annotated[Whole, Field(ge=1, le=1000)]
    scale: Annotated[tuple[tuple[Factor, Factor], ...], at_least_one]

    @model_validator(mode="after")
    def _rising(self) -> "Yardstick":
        for (value, score), (next_value, next_score) in pairwise(self.scale):
            if next_value <= value or next_score < score:
                raise Wrong("the points of the scale are not in order", "let values grow from point to point, and scores never fall")
        if any(score > WHOLE for _value, score in self.scale):
            raise Wrong("a score on the scale is above 100", "let no score be more than 100")
        return self


class Phases(Section):
    """How many working days each phase of an appraisal lasts (§5.3)."""

    self_review: WorkingDays
    manager: WorkingDays
    calibration: WorkingDays


class Appeal(Section):
    """Within how many working days one may appeal, the manager talks, HR accepts or not, and HR decides."""

    within: WorkingDays
    talk: WorkingDays
    accept: WorkingDays
    decide: WorkingDays


class Formula(Section):
    """What the measures, the manager's marks and the person's own marks weigh in a quarter's score, in per cent."""

    measures: Percent
    manager: Percent
    own: Percent

    @model_validator(mode="after")
    def _weights_sum(self) -> "Formula":
        total = self.measures + self.manager + self.own
        if total != WHOLE:
            raise Wrong(f"the weights of the formula sum to {total}", "change them so that they sum to 100")
        return self


class Year(Section):
    """How a year is graded from its quarters and the manager's view of the whole (§5.3.2)."""

    quarters: Percent
    manager: Percent
    least_quarters: Annotated[Whole, Field(ge=1, le=4)]
    excellent_for_outstanding: Annotated[Whole, Field(ge=0, le=4)]
    bands: dict[Name, Amount]
    pay: tuple[Name, ...]
    promotion: tuple[Name, ...]
    training: tuple[Name, ...]
    awards: tuple[Name, ...]

    @model_validator(mode="after")
    def _in_order(self) -> "Year":
        if self.quarters + self.manager != WHOLE:
            raise Wrong(f"the two weights sum to {self.quarters + self.manager}", "let quarters and manager sum to 100")
        _every(GRADES[:-1], dict(self.bands))
        _falling(GRADES[:-1], self.bands, "the band")
        for names in (self.pay, self.promotion, self.training, self.awards):
            _only(GRADES, dict.fromkeys(names))
        return self


class Peers(Section):
    """Who rates cooperation (§5.1.4): how many ratings are needed to show any, and how many colleagues are asked at most."""

    least: Annotated[Whole, Field(ge=3, le=20)]
    most: Annotated[Whole, Field(ge=3, le=50)]

    @model_validator(mode="after")
    def _in_order(self) -> "Peers":
        if self.most < self.least:
            raise Wrong("fewer colleagues are asked than are needed", "let most be at least as large as least")
        return self


class Appraisals(Section):
    """Appraisals (§5.1-5.3)."""

    quarterly: Flag
    annual: Flag
    posts: Annotated[tuple[Name, ...], unique()]
    least_days: Annotated[Whole, Field(ge=1, le=90)]
    measures: dict[Name, Yardstick]
    weights: dict[Name, Percent]
    post_weights: dict[Name, dict[Name, Percent]]
    sales_target: Amount
    post_sales_targets: dict[Name, Amount]
    satisfaction_pull: Annotated[Whole, Field(ge=0, le=100)]
    rework_penalty: Percent
    formula: Formula
    bands: dict[Name, Amount]
    year: Year
    competencies: Annotated[tuple[Named, ...], unique(lambda one: one.id), at_least_one]
    peers: Peers
    phases: Phases
    remind_before: Annotated[tuple[WorkingDays, ...], unique()]
    appeal: Appeal | None
    hidden_below: Annotated[Whole, Field(ge=2, le=50)]

    @model_validator(mode="after")
    def _whole(self) -> "Appraisals":
        _every(MEASURES, dict(self.measures))
        for weights in (self.weights, *self.post_weights.values()):
            _every(MEASURES, dict(weights))
            total = sum(weights.values())
            if total != WHOLE:
                raise Wrong(f"the weights of the measures sum to {total}", "change them so that they sum to 100")
        _every(QUARTERLY[:-1], dict(self.bands))
        _falling(QUARTERLY[:-1], self.bands, "the band")
        if len(self.competencies) > 8:
            raise Wrong("there are more than eight competencies", "put some together: a form shows eight at most")
        return self


class Bonus(Section):
    """The performance bonus (§5.4.1): what a quarter's grade multiplies the base by, and the base of each post in a quarter."""

    multipliers: dict[Name, Factor]
    company_factor: Factor
    bases: dict[Name, Amount]

    @model_validator(mode="after")
    def _in_order(self) -> "Bonus":
        _every(QUARTERLY, dict(self.multipliers))
        _falling(QUARTERLY, self.multipliers, "the multiplier")
        if self.multipliers["fail"] != 0:
            raise Wrong("fail has a bonus", "let fail be 0: the policy gives none (§5.4.1)")
        return self
