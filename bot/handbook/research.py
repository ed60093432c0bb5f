"""Requirement research in the handbook (§4.1)."""

from typing import Annotated

from pydantic import Field, model_validator

from bot.handbook.section import Named, Section
from bot.kinds import Duration, InLanguages, Whole, Wrong, at_least_one, one_of, unique


class ResearchTemplate(Named):
    """A questionnaire or an interview outline to begin with: its lines, in each language."""

    kind: Annotated[str, one_of(("questionnaire", "interview"))]
    lines: Annotated[tuple[InLanguages, ...], at_least_one]


class ResearchWeights(Section):
    """What the customer's confirmation and the internal reviews weigh in the accuracy of research, in per cent (§5.1.2)."""

    customer: Annotated[Whole, Field(ge=0, le=100)]
    internal: Annotated[Whole, Field(ge=0, le=100)]

    @model_validator(mode="after")
    def _weights_sum(self) -> "ResearchWeights":
        total = self.customer + self.internal
        if total != 100:
            raise Wrong(f"the two weights sum to {total}", "change them so that they sum to 100")
        return self


class ResearchNudges(Section):
    """When people are asked about research that rests (§4.1)."""

    contact_before: Duration
    notes_after: Duration
    review_after: Annotated[Whole, Field(ge=1, le=60)]


class Research(Section):
    """Requirement research (§4.1)."""

    templates: Annotated[tuple[ResearchTemplate, ...], unique(lambda template: template.id)]
    priorities: Annotated[tuple[Named, ...], unique(lambda priority: priority.id), at_least_one]
    reviewers: Annotated[Whole, Field(ge=1, le=9)]
    weights: ResearchWeights
    nudges: ResearchNudges
