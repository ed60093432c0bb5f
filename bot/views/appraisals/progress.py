"""How far a cycle is (§5.2): the message that each of the HR department has of it, and that brings itself up to date."""

from collections.abc import Mapping
from typing import NamedTuple

from bot.language import Translator
from bot.policy.appraisals.cycle import PHASE_NAMES, Cycle, Phase
from bot.policy.appraisals.phases import ITEM_NAMES, UNSCORED, Counts, Item, due_of
from bot.policy.appraisals.record import SELF_OWED, STATE_NAMES, State
from bot.views.blocks import Message, Sentence, Span, actions, bold, bullets, button, prose, says

CYCLE, PROGRESS = "appraisals.cycle", "appraisals.progress"
FIRST = 5  # names of each kind of open item


class Open(NamedTuple):
    """An open item: how many it concerns, and the names of the first of them."""

    n: int
    names: tuple[str, ...]


Items = Mapping[Item, Open]


def key_of(cycle: int, reader: str) -> str:
    """Return the key under which somebody is told how far a cycle is."""
    return f"{PROGRESS}:{cycle}:{reader}"


def progress(_: Translator, cycle: Cycle, counts: Counts, handed_in: int, items: Items, overdue: bool) -> Message:
    """Say how far a cycle is, and what is open for whom; `handed_in` is how many self-reviews are in."""
    if cycle.state in (Phase.CLOSED, Phase.CANCELLED):
        return ended(_, cycle)
    lines = [item_line(_, item, found) for item, found in items.items()]
    row = actions(button(_("Open"), CYCLE, str(cycle.id), "primary"))
    return says(
        head(_, cycle), *dated(_, cycle, overdue), far(_, cycle, counts, handed_in), also=[*([bullets(*lines)] if lines else []), row]
    )


def retold(_: Translator, cycle: Cycle) -> Message | None:
    """Return what the message says once the cycle has ended; until then it is brought up to date now and then, not at every step."""
    return ended(_, cycle) if cycle.state in (Phase.CLOSED, Phase.CANCELLED) else None


def ended(_: Translator, cycle: Cycle) -> Message:
    """Say that a cycle has ended."""
    return says(head(_, cycle), also=[actions(button(_("Open"), CYCLE, str(cycle.id)))])


def head(_: Translator, cycle: Cycle) -> Sentence:
    """Return which cycle it is and where it stands."""
    told = _.template("The appraisal of {period} is {phase}.")
    return prose(told, period=bold(cycle.period), phase=bold(_(PHASE_NAMES[cycle.state])))


def dated(_: Translator, cycle: Cycle, overdue: bool) -> list[Sentence]:
    """Return until when the present phase lasts, or that it should be over."""
    day = due_of(cycle)
    if day is None:
        return []
    told = _.template("This phase should have ended on {day}.") if overdue else _.template("This phase lasts until {day}.")
    return [prose(told, day=bold(_.day(day)))]


def far(_: Translator, cycle: Cycle, counts: Counts, handed_in: int) -> Sentence:
    """Return how many have come how far; a self-review that is overdue and was never handed in is no progress."""
    made = sum(counts.values())
    if cycle.state is Phase.DRAFT:
        told = _.template("{made} of {all} appraisals are made.")
        return prose(told, made=_.number(made), all=_.number(max(cycle.total, made)))
    within = made - counts.get(State.EXCUSED, 0)
    unwritten, unscored = (sum(counts.get(state, 0) for state in states) for states in (SELF_OWED, UNSCORED))
    late = max(within - unwritten - handed_in, 0)
    numbers = {"all": _.number(within), "written": _.number(handed_in), "late": _.number(late), "scored": _.number(within - unscored)}
    if late:
        return prose(_.template("People: {all}. Self-reviews handed in: {written}; overdue: {late}. Scored: {scored}."), **numbers)
    return prose(_.template("People: {all}. Self-reviews handed in: {written}. Scored: {scored}."), **numbers)


def states_told(_: Translator, counts: Counts) -> Sentence:
    """Return how many are in which state."""
    told = [_("{state}: {n}", state=_(STATE_NAMES[state]), n=_.number(counts[state])) for state in State if counts.get(state)]
    return (Span(" · ".join(told)),) if told else prose(_.template("Nobody is in it yet."))


def item_line(_: Translator, item: Item, found: Open) -> Sentence:
    """Return one kind of open item with the first names."""
    more = found.n - len(found.names)
    names = ", ".join(found.names) + (f" +{_.number(more)}" if more > 0 else "")
    return prose(_.template("{item}: {names}"), item=bold(_(ITEM_NAMES[item])), names=names)
