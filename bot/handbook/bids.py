"""Bid support in the handbook (§4.4): scorecard, milestones, reminders, win rate."""

from typing import Annotated

from pydantic import Field, model_validator

from bot.handbook.section import Named, Section
from bot.kinds import Amount, Duration, Durations, Flag, Whole, Wrong, at_least_one, one_of, unique


class Criterion(Named):
    """Something that a bid is judged by before we decide: its weight in per cent, and whether the lowest mark forbids a "go"."""

    weight: Annotated[Whole, Field(ge=1, le=100)]
    veto: Flag


class Bands(Section):
    """From which score, of 100, the scorecard advises what."""

    go: Annotated[Whole, Field(ge=1, le=100)]
    conditional: Annotated[Whole, Field(ge=0, le=99)]

    @model_validator(mode="after")
    def _in_order(self) -> "Bands":
        if self.conditional >= self.go:
            raise Wrong("conditional begins where go does, or above it", "let conditional be lower than go")
        return self


class Assessment(Section):
    """The scorecard by which it is decided whether we bid (§4.4.1)."""

    gates: Annotated[tuple[Named, ...], unique(lambda gate: gate.id)]
    criteria: Annotated[tuple[Criterion, ...], unique(lambda criterion: criterion.id), at_least_one]
    bands: Bands
    spread: Annotated[Whole, Field(ge=1, le=4)]

    @model_validator(mode="after")
    def _weights_sum(self) -> "Assessment":
        total = sum(criterion.weight for criterion in self.criteria)
        if total != 100:
            raise Wrong(f"the weights of the criteria sum to {total}", "change them so that they sum to 100")
        return self


class Planned(Named):
    """A step planned back from the deadline, by working days."""

    days_before: Annotated[Whole, Field(ge=0, le=365)]


class Reminders(Section):
    """When people are reminded of a submission deadline (§4.4.3)."""

    before: Durations
    escalate: Durations
    last_hours: Duration
    snoozes: Annotated[tuple[Annotated[Whole, Field(ge=5, le=10080)], ...], unique(), at_least_one]


class WinRate(Section):
    """How the win rate is reckoned (§5.1.1)."""

    basis: Annotated[str, one_of(("submitted", "decided"))]
    too_few: Annotated[Whole, Field(ge=1, le=1000)]
    missed_counts: Flag


class Bids(Section):
    """Bid support (§4.4) and what is counted from it (§5.1.1)."""

    assessment: Assessment
    milestones: Annotated[tuple[Planned, ...], unique(lambda step: step.id)]
    checklist: Annotated[tuple[Named, ...], unique(lambda item: item.id)]
    reminders: Reminders
    win_rate: WinRate
    announced_amount: Annotated[str, one_of(("exact", "rounded", "hidden"))]
    announce_confidential: Flag
    undo_minutes: Annotated[Whole, Field(ge=0, le=1440)]
    loss_reasons: Annotated[tuple[Named, ...], unique(lambda reason: reason.id), at_least_one]
    amount_limit: Amount
    approval_above: Amount | None
