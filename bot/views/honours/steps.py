"""The steps of honours as buttons: the ids under which they are pressed, and their labels."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bot.language import N_, Translator
from bot.policy.honours.record import Nomination, Round
from bot.policy.honours.steps import Action, Move
from bot.views.blocks import Block, Choice, actions, button, confirmation, overflow

NOMINATE, LIST, MINE, ROUNDS = "honours.nominate", "honours.list", "honours.mine", "honours.rounds"
ROUND, OPEN, SHOW, UNDO = "honours.round", "honours.open", "honours.show", "honours.undo"
CLOSE, DECIDE, ANNOUNCE, CANCEL = "honours.close", "honours.decide", "honours.announce", "honours.cancel"
SHORTLIST, AWARD, RECONSIDER, REVOKE = "honours.shortlist", "honours.award", "honours.reconsider", "honours.revoke"
MENU = "menu"

MOVES: Mapping[Move, tuple[str, str]] = {
    Move.CLOSE: (CLOSE, N_("Close nominations")),
    Move.DECIDE: (DECIDE, N_("Begin deciding")),
    Move.ANNOUNCE: (ANNOUNCE, N_("Announce")),
    Move.CANCEL: (CANCEL, N_("Cancel the round")),
}
ACTIONS: Mapping[Action, tuple[str, str]] = {
    Action.AWARD: (AWARD, N_("Award")),
    Action.SHORTLIST: (SHORTLIST, N_("Onto the shortlist")),
    Action.RECONSIDER: (RECONSIDER, N_("Reconsider")),
    Action.REVOKE: (REVOKE, N_("Revoke")),
}


class Shape(NamedTuple):
    """What a round holds, by which its buttons go: whether somebody is in it, and whether something is awarded."""

    anybody: bool = True
    awarded: bool = True


USUAL = Shape()


def moves(_: Translator, round: Round, open_moves: Sequence[Move], undo: int | None = None, shape: Shape = USUAL) -> list[Block]:
    """Return the buttons of a round: the natural next step, undo, and the rest in a menu; a round with nobody in it is not decided."""
    known = [move for move in MOVES if move in open_moves and (shape.anybody or move is not Move.DECIDE)]
    first = [pressed(_, move, round, shape) for move in known[:1]]
    back = [] if undo is None else [button(_("Undo"), UNDO, f"{round.number}:{undo}")]
    rest = [Choice(f"{MOVES[move][0]} {round.id}", _(MOVES[move][1])) for move in known[1:]]
    row = [*first, *back, *([overflow(MENU, rest)] if rest else [])]
    return [actions(*row)] if row else []


def pressed(_: Translator, move: Move, round: Round, shape: Shape) -> Block:
    """Return the button of a step of a round."""
    if move is Move.ANNOUNCE:
        return announcing(_, round, shape)
    action, label = MOVES[move]
    return button(_(label), action, str(round.id), None if move is Move.CANCEL else "primary")


def announcing(_: Translator, round: Round, shape: Shape) -> Block:
    """Return the button that announces, which asks first: everybody reads it, or nobody is honoured."""
    everybody, nobody = (
        N_("Everybody in the channel will read who is honoured, and why."),
        N_("Nobody is awarded yet: nobody would be honoured."),
    )
    asked = confirmation(_("Announce?"), _(everybody if shape.awarded else nobody), _("Announce"), _("Not yet"))
    return button(_("Announce"), ANNOUNCE, str(round.id), "primary" if shape.awarded else None, asked)


def decisions(_: Translator, nomination: Nomination, steps: Sequence[Action]) -> list[Block]:
    """Return the buttons of what may be decided about a nomination."""
    return [button(_(ACTIONS[step][1]), ACTIONS[step][0], str(nomination.id)) for step in steps if step in ACTIONS]
