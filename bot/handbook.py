"""Handbook: the numbers, names and choices of the company's policy, read from one YAML file over the defaults."""

import hashlib
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import ErrorDetails

from bot.kinds import (
    Amount,
    Channel,
    ClockTime,
    Currency,
    Days,
    Duration,
    Durations,
    Flag,
    InLanguages,
    Language,
    Name,
    PublicAddress,
    Region,
    Text,
    Weekday,
    Whole,
    Wrong,
    Zone,
    at_least_one,
    one_of,
    unique,
)
from bot.located_yaml import EMPTY, Document, Fault, Location, read

DEFAULTS = Path(__file__).with_suffix(".yaml")
# What the model says of a value's shape, in the words of whoever writes the file.
_WORDS = {
    "missing": ("is missing", "add it"),
    "string_type": ("has no value", "write one after the colon, in quotes if it begins with #, or null where the default may be null"),
    "dict_type": ("must be a group of settings", "write each on a line of its own below this one, indented"),
    "model_type": ("must be a group of settings", "write each on a line of its own below this one, indented"),
    "tuple_type": ("must be a list", "write [first, second], or one item to a line after '- '"),
    "greater_than_equal": ("is too small", "write at least {ge}"),
    "less_than_equal": ("is too large", "write at most {le}"),
}


class Section(BaseModel):
    """A group of settings: every one is needed, no other is allowed, none can be changed later."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class WorkingHours(Section):
    """From when until when people work, by the clock of their own zone."""

    start: ClockTime
    end: ClockTime

    @model_validator(mode="after")
    def _in_order(self) -> "WorkingHours":
        if self.start >= self.end:
            raise Wrong("the working day ends before it starts", "let end be later than start, on the same day")
        return self


class Company(Section):
    """The company as a whole: its name, money, language and calendar."""

    name: Text
    time_zone: Zone
    currency: Currency
    exchange_rates: dict[Currency, Amount]
    language: Language
    fiscal_year_start: Annotated[Whole, Field(ge=1, le=12)]
    holidays: Region | None
    extra_holidays: Days
    extra_workdays: Days
    working_week: Annotated[tuple[Weekday, ...], unique(), at_least_one]
    working_hours: WorkingHours

    @model_validator(mode="after")
    def _holiday_or_workday(self) -> "Company":
        both = set(self.extra_holidays) & set(self.extra_workdays)
        if both:
            raise Wrong(f"{min(both)} is both an extra holiday and an extra working day", "keep it in one of the two lists")
        return self


class People(Section):
    """What the workspace's members are until somebody says more about them (§1.2)."""

    newcomers: Annotated[str, one_of(("staff", "colleague"))]


class Named(Section):
    """Something the company may add to: an id that records keep, and its name in each language."""

    id: Name
    name: InLanguages


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
    undo_minutes: Annotated[Whole, Field(ge=0, le=1440)]
    loss_reasons: Annotated[tuple[Named, ...], unique(lambda reason: reason.id), at_least_one]
    amount_limit: Amount
    approval_above: Amount | None


class Opportunities(Section):
    """Deals (§2.1.5): after how many working days without activity the owner is asked what is next."""

    stale_after: Annotated[Whole, Field(ge=1, le=250)]


class Customers(Section):
    """Customer relations (§2.1.5): within how many working days enquiries are answered, and how long before that the owner is reminded."""

    answer_within: Annotated[Whole, Field(ge=1, le=60)]
    remind_before: Duration


class Surveys(Section):
    """Customers' opinions (§2.1.5, §5.1.3): how long a link is good for, and the address at which customers reach the bot's web server."""

    expires_after: Duration
    base_url: PublicAddress


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


class Demos(Section):
    """Demos (§4.3): when those who give one are reminded, and how far it may be moved before it has to be made ready again."""

    remind_before: Durations
    summary_after: Duration
    ready_holds: Duration
    answer_within: Annotated[Whole, Field(ge=1, le=60)]


class Channels(Section):
    """Where the bot speaks to more than one person; None for nowhere."""

    wins: Channel
    bids: Channel
    product: Channel
    demos: Channel


class Handbook(Section):
    """The whole policy file, checked."""

    company: Company
    people: People
    posts: Annotated[tuple[Named, ...], unique(lambda post: post.id), at_least_one]
    bids: Bids
    opportunities: Opportunities
    customers: Customers
    surveys: Surveys
    research: Research
    solutions: Solutions
    demos: Demos
    channels: Channels

    @cached_property
    def version(self) -> str:
        """Return a short name of exactly this content, the same wherever and however it is written."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:12]


class HandbookError(Exception):
    """Holds every fault found in a handbook; as text, one line for each."""

    def __init__(self, path: Path, faults: list[Fault]) -> None:
        self.path = path
        self.faults = sorted(faults, key=lambda fault: (fault.line, fault.column))
        super().__init__("\n".join(self.lines()))

    def lines(self) -> Iterator[str]:
        """Yield one line for each fault: where it is, what is wrong, how to mend it."""
        for fault in self.faults:
            subject = f"{fault.where}: " if fault.where else ""
            yield f"{self.path}:{fault.line}: {subject}{fault.problem}; mend: {fault.mend}"


def load_handbook(path: Path | None = None) -> Handbook:
    """Return the defaults with a company's file laid over them; raise HandbookError with all that is wrong in it."""
    written = _read(path or DEFAULTS)
    defaults = _read(DEFAULTS).content
    content = _laid_over(defaults, written.content)
    faults = list(written.faults)
    try:
        handbook = Handbook.model_validate(content)
    except ValidationError as error:
        faults += [_fault(written, detail) for detail in error.errors(include_url=False)]
    if faults:
        raise HandbookError(path or DEFAULTS, faults)
    return handbook


def check(path: Path) -> list[str]:
    """Return one line for each fault in a handbook file, none when it can be used."""
    try:
        load_handbook(path)
    except HandbookError as error:
        return list(error.lines())
    return []


def _read(path: Path) -> Document:
    try:
        return read(path.read_text("utf-8-sig"))
    except OSError as error:
        return Document(faults=[Fault(1, 1, "", f"cannot be read: {error.strerror}", "name a file that this process may read")])
    except UnicodeDecodeError:
        return Document(faults=[Fault(1, 1, "", "is not text in UTF-8", "save it again as UTF-8")])


def _laid_over(below: Any, above: Any) -> Any:
    """Merge two contents: groups setting by setting, an empty group not at all, everything else whole."""
    if isinstance(below, dict) and above is EMPTY:
        return below
    if not (isinstance(below, dict) and isinstance(above, dict)):
        return above
    return below | {name: _laid_over(below.get(name), value) for name, value in above.items()}


def _fault(document: Document, detail: ErrorDetails) -> Fault:
    location: Location = detail["loc"]
    context: dict[str, Any] = detail.get("ctx", {})
    if detail["type"] == "extra_forbidden":
        return document.fault(location, "there is no such setting", _nearest_setting(location))
    wrong = context.get("error")
    if isinstance(wrong, Wrong):
        return document.fault(location, wrong.problem, wrong.mend)
    problem, mend = _WORDS.get(detail["type"], (detail["msg"], "compare it with the default handbook"))
    return document.fault(location, problem, mend.format_map(context))


def _nearest_setting(location: Location) -> str:
    *groups, name = location
    known = list(_model_at(groups).model_fields)
    near = get_close_matches(str(name), known, n=1)
    return f"did you mean {near[0]}?" if near else f"remove it; known here are {', '.join(known)}"


def _model_at(groups: list[str | int]) -> type[BaseModel]:
    model: type[BaseModel] = Handbook
    for name in groups:
        if isinstance(name, str):
            model = next(_models(model.model_fields[name].annotation))
    return model


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models(argument)
