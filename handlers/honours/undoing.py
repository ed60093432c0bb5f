"""The way back: `/honour undo`, for whoever made the change, within minutes."""

from bot.language import N_
from bot.policy.honours import deciding as policy
from bot.policy.honours.record import Nomination, Round
from bot.policy.undoing import undoable
from bot.views.blocks import says
from bot.views.honours import fame
from bot.views.honours import steps as ids
from bot.words.numbers import is_number
from handlers.context import Answer, Say, Turn
from handlers.honours import desk
from handlers.routes import Routes, Word
from storage.honouring import keep_nomination, keep_round
from storage.store import Shelves


def register(routes: Routes) -> None:
    """Register the word and the button."""
    usage, meaning = N_("undo N-5 or H-3"), N_("take your last change back")
    routes.command("/honour", "list", Word("undo", undo, usage, meaning, ("撤销", "撤銷")))
    routes.button(ids.UNDO, undo_pressed)


def undo(turn: Turn, shelves: Shelves) -> Answer:
    """Take back the person's last change of what was typed."""
    return take_back(turn, shelves, turn.text.strip(), None)


def undo_pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Take back the very change that the button belongs to."""
    number, _colon, change = turn.value.partition(":")
    return take_back(turn, shelves, number, int(change) if is_number(change) else None)


def take_back(turn: Turn, shelves: Shelves, number: str, change: int | None) -> Answer:
    """Take back the last change of a round or a nomination, which must be the one meant if one is."""
    if number[:1].upper() == "H":
        return undo_round(turn, shelves, desk.round_meant(turn, shelves, number), change)
    found, its_round = desk.nomination_meant(turn, shelves, number)
    return undo_nomination(turn, shelves, found, its_round, change)


def undo_nomination(turn: Turn, shelves: Shelves, nomination: Nomination, round: Round | None, change: int | None) -> Answer:
    """Take back the last change of a nomination."""
    minutes = turn.handbook.bids.undo_minutes
    undone = undoable(shelves.audit.of(nomination.subject), change, turn.person.id, turn.now, minutes, nomination.number)
    others = shelves.nominations.of(nomination.type, nomination.period)
    step = policy.undo_nomination(round, others, nomination, undone, turn.person.id, turn.now)
    keep_nomination(shelves, step, turn.handbook, turn.request)
    return Say(says(fame.undone(turn._, step.record)))


def undo_round(turn: Turn, shelves: Shelves, round: Round, change: int | None) -> Answer:
    """Take back the last change of a round, with what it did to the nominations in it."""
    nominations = desk.in_charge(turn, shelves, round)
    minutes = turn.handbook.bids.undo_minutes
    undone = undoable(shelves.audit.of(round.subject), change, turn.person.id, turn.now, minutes, round.number)
    step = policy.undo_round(round, undone, turn.person.id, turn.now)
    histories = [(one, shelves.audit.of(one.subject)) for one in nominations]
    others = [policy.undo_with_round(one, history, undone, turn.person.id, turn.now) for one, history in histories]
    keep_round(shelves, step, turn.handbook, turn.request)
    for each in filter(None, others):
        keep_nomination(shelves, each, turn.handbook, turn.request)
    return desk.stepped(turn, shelves, step.record, None)
