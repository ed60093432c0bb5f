"""Solutions in the handbook (§4.2)."""

from itertools import pairwise
from typing import Annotated

from pydantic import Field, model_validator

from bot.handbook.section import Named, Section
from bot.kinds import Amount, Duration, Flag, Whole, Wrong, at_least_one, unique


class SolutionSection(Named):
    """A section of a solution, and whether it must be done before experts are asked."""

    required: Flag


class Quorum(Section):
    """How many experts a deal above this amount takes."""

    above: Amount
    experts: Annotated[Whole, Field(ge=1, le=20)]


class Solutions(Section):
    """Solutions (§4.2): their sections, who reviews them, and how soon answers are expected."""

    sections: Annotated[tuple[SolutionSection, ...], unique(lambda section: section.id), at_least_one]
    expert_floor: Annotated[Amount, Field(ge=1, le=5)]
    experts: Annotated[Whole, Field(ge=1, le=20)]
    more_experts: tuple[Quorum, ...]
    answer_within: Annotated[Whole, Field(ge=1, le=60)]
    score_within: Annotated[Whole, Field(ge=1, le=60)]
    remind_before: Duration

    @model_validator(mode="after")
    def _in_order(self) -> "Solutions":
        if len(self.sections) > 10:
            raise Wrong("there are more than ten sections", "put some together: a form shows ten boxes at most")
        steps = self.more_experts
        if any(later.above <= earlier.above or later.experts <= earlier.experts for earlier, later in pairwise(steps)):
            raise Wrong("the steps of more_experts are not in order", "let both above and experts grow from one to the next")
        if steps and steps[0].experts <= self.experts:
            raise Wrong("more_experts begins with no more experts than any deal takes", "let it be more than experts")
        return self
