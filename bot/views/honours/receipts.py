"""What a step of an honour is answered with, above the page of its round."""

from collections.abc import Sequence

from bot.language import Translator
from bot.policy.honours.record import PHASE_NAMES, STATE_NAMES, Nomination, Round
from bot.policy.honours.steps import Move
from bot.views.blocks import Message, Sentence, Span, actions, bold, button, prose, says
from bot.views.honours.steps import ROUND, UNDO, USUAL, Shape, moves
from bot.views.honours.words import titled, who


def began(_: Translator, round: Round) -> Sentence:
    """Say that a round has begun."""
    return prose(_.template("The round has begun: {honour}, {period}."), **titled(_, round))


def there(_: Translator, round: Round) -> Sentence:
    """Say that there is such a round already."""
    return prose(_.template("There is a round already: {honour}, {period}."), **titled(_, round))


def stands(_: Translator, round: Round) -> Sentence:
    """Say where a round stands now."""
    return prose(_.template("{honour}, {period}, is {state}."), **titled(_, round), state=bold(_(PHASE_NAMES[round.state])))


def stepped(_: Translator, round: Round, open_moves: Sequence[Move], undo: int | None, shape: Shape = USUAL) -> Message:
    """Say where a round stands now, with what comes next and the way back."""
    return says(stands(_, round), also=[actions(button(_("Open"), ROUND, str(round.id))), *moves(_, round, open_moves, undo, shape)])


def decided(_: Translator, nomination: Nomination, round: Round, left: int, undo: int | None) -> Message:
    """Say what was decided about a nominee, how many may still be awarded, and the way back."""
    said = (*who(nomination), Span(" · "), bold(_(STATE_NAMES[nomination.state])))
    rest = [prose(_.template("Still to award: {n}."), n=str(left))]
    back = [] if undo is None else [button(_("Undo"), UNDO, f"{nomination.number}:{undo}")]
    return says(
        prose(_.template("{honour}, {period}"), **titled(_, round)),
        said,
        *rest,
        also=[actions(button(_("Open"), ROUND, str(round.id), "primary"), *back)],
    )
