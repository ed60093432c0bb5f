"""What hangs on a deal: the records of each capability, and the phase that they bring it to."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, NamedTuple

from bot.policy.bids import DECIDED, STATE_NAMES, State
from bot.policy.demos import STATE_NAMES as DEMO_STATES
from bot.policy.machine import Staged
from bot.policy.opportunities import OUTCOME_NAMES, Opportunity, Outcome, Phase, phase
from bot.policy.record import Event
from bot.policy.research import STATE_NAMES as RESEARCH_STATES
from bot.policy.solutions import STATE_NAMES as SOLUTION_STATES
from bot.policy.surveys import STATE_NAMES as SURVEY_STATES
from bot.policy.surveys import About
from storage.outbox import Said
from storage.store import Shelves

ASKED_IN = {About.GENERAL: Phase.NEED, About.DEMO: Phase.DEMO, About.SOLUTION: Phase.SOLUTION, About.OUTCOME: Phase.AWARD}
AT_ONCE = timedelta(seconds=5)  # what is said of a step is written in the same transaction
AWAITED = DECIDED | {State.DEFENDED, State.AWAITING_RESULT}


@dataclass(frozen=True)
class Hanging:
    """One kind of record that hangs on a deal: how to ask for those of a deal, which phase one means, and its states' names."""

    of: Callable[[Shelves, int], Sequence[Staged]]
    phase: Callable[[Any], Phase]
    names: Mapping[Any, str]


# One line for each capability whose records have an `opportunity`.
HANGING: tuple[Hanging, ...] = (
    Hanging(lambda shelves, deal: shelves.researches.of_opportunity(deal), lambda _research: Phase.RESEARCH, RESEARCH_STATES),
    Hanging(lambda shelves, deal: shelves.solutions.of_opportunity(deal), lambda _solution: Phase.SOLUTION, SOLUTION_STATES),
    Hanging(lambda shelves, deal: shelves.demos.of_opportunity(deal), lambda _demo: Phase.DEMO, DEMO_STATES),
    Hanging(lambda shelves, deal: shelves.surveys.of_opportunity(deal), lambda survey: ASKED_IN[survey.about], SURVEY_STATES),
    Hanging(
        lambda shelves, deal: shelves.bids.of_opportunity(deal), lambda bid: Phase.AWARD if bid.state in AWAITED else Phase.BID, STATE_NAMES
    ),
)


class Part(NamedTuple):
    """A record that hangs on a deal, and its kind."""

    record: Any
    kind: Hanging

    @property
    def state(self) -> str:
        """Return the name of the record's state."""
        return self.kind.names[self.record.state]


class Moment(NamedTuple):
    """A step on a deal's timeline: on which record, what became of it if its state changed, and where a channel was told of it."""

    event: Event
    number: str
    became: str
    link: str


def parts_of(shelves: Shelves, deal: Opportunity) -> list[Part]:
    """Return all that hangs on a deal, in the order of the capabilities."""
    return [Part(record, kind) for kind in HANGING for record in kind.of(shelves, deal.id)]


def phase_of(deal: Opportunity, parts: Sequence[Part]) -> Phase:
    """Return where the work on a deal is."""
    settled = [Phase.AWARD] if deal.state is Outcome.WON else []
    return phase([*settled, *(part.kind.phase(part.record) for part in parts)])


def timeline(shelves: Shelves, deal: Opportunity, parts: Sequence[Part], workspace: str) -> list[Moment]:
    """Return every step of a deal and of these parts of it, newest first; `workspace` is the address of Slack's workspace."""
    kinds = [(deal, OUTCOME_NAMES), *((part.record, part.kind.names) for part in parts)]
    moments = [moment for record, names in kinds for moment in moments_of(shelves, record, names, workspace)]
    return sorted(moments, key=lambda moment: (moment.event.at, moment.event.id or 0), reverse=True)


def moments_of(shelves: Shelves, record: Staged, names: Mapping[Any, str], workspace: str) -> Iterator[Moment]:
    """Yield the steps of one record, each with the link to what was said of it in a channel when it was taken."""
    said = [one for one in shelves.outbox.about(record.subject) if one.ts and not one.target.startswith(("U", "W"))]
    for event in shelves.audit.of(record.subject):
        near = next((one for one in said if abs(one.created - event.at) <= AT_ONCE), None)
        yield Moment(event, record.number, became(event, names), permalink(workspace, near) if near else "")


def permalink(workspace: str, said: Said) -> str:
    """Return the address of a message, or nothing where that of the workspace is not known."""
    return f"{workspace}archives/{said.channel}/p{said.ts.replace('.', '')}" if workspace else ""


def became(event: Event, names: Mapping[Any, str]) -> str:
    """Return the name of the state that an event led to, or nothing where the record stayed where it was."""
    return "" if event.before == event.after else next((name for state, name in names.items() if state == event.after), "")
