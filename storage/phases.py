"""What hangs on a deal: the records of each capability, and the phase that they bring it to."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from bot.policy.bids import DECIDED, STATE_NAMES, State
from bot.policy.machine import Staged
from bot.policy.opportunities import OUTCOME_NAMES, Opportunity, Outcome, Phase, phase
from bot.policy.record import Event
from storage.store import Shelves

AWAITED = DECIDED | {State.DEFENDED, State.AWAITING_RESULT}


@dataclass(frozen=True)
class Hanging:
    """One kind of record that hangs on a deal: how to ask for those of a deal, which phase one means, and its states' names.

    `link` is where the message stands from which an event came, if that is known.
    """

    of: Callable[[Shelves, int], Sequence[Staged]]
    phase: Callable[[Any], Phase]
    names: Mapping[Any, str]
    link: Callable[[Event], str] = lambda _event: ""


# One line for each capability whose records have an `opportunity`.
HANGING: tuple[Hanging, ...] = (
    Hanging(
        lambda shelves, deal: shelves.bids.of_opportunity(deal), lambda bid: Phase.AWARD if bid.state in AWAITED else Phase.BID, STATE_NAMES
    ),
)


class Part(NamedTuple):
    """A record that hangs on a deal, the phase it means, and the name of its state."""

    record: Staged
    phase: Phase
    state: str


class Moment(NamedTuple):
    """A step on the timeline of a deal: on which record, what became of it (nothing where only a fact changed), and its source."""

    event: Event
    number: str
    became: str
    link: str


def parts_of(shelves: Shelves, deal: Opportunity) -> list[Part]:
    """Return all that hangs on a deal, in the order of the phases."""
    found = [(kind, record) for kind in HANGING for record in kind.of(shelves, deal.id)]
    return [Part(record, kind.phase(record), kind.names[record.state]) for kind, record in found]


def phase_of(deal: Opportunity, parts: Sequence[Part]) -> Phase:
    """Return where the work on a deal is."""
    settled = [Phase.AWARD] if deal.state is Outcome.WON else []
    return phase([*settled, *(part.phase for part in parts)])


def timeline(shelves: Shelves, deal: Opportunity) -> list[Moment]:
    """Return every step of everything on a deal, newest first."""
    own = [Moment(event, deal.number, became(event, OUTCOME_NAMES), "") for event in shelves.audit.of(deal.subject)]
    others = [
        Moment(event, record.number, became(event, kind.names), kind.link(event))
        for kind in HANGING
        for record in kind.of(shelves, deal.id)
        for event in shelves.audit.of(record.subject)
    ]
    return sorted([*own, *others], key=lambda moment: (moment.event.at, moment.event.id or 0), reverse=True)


def became(event: Event, names: Mapping[Any, str]) -> str:
    """Return the name of the state that an event led to, or nothing where the record stayed where it was."""
    return "" if event.before == event.after else next((name for state, name in names.items() if state == event.after), "")
