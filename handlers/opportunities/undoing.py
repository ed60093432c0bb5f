"""`/opportunity undo`: the way back within minutes."""

from bot.language import N_
from bot.policy import opportunities as policy
from bot.policy.opportunities import Opportunity
from bot.policy.refusal import Refusal
from bot.views.opportunities import said as said_views
from bot.views.opportunities import sheet as sheet_views
from bot.words.numbers import number_in
from handlers.context import Answer, Say, Turn
from handlers.opportunities.keeping import FIND, steps
from handlers.routes import Routes, Word
from storage.following import keep_deal
from storage.phases import parts_of
from storage.store import Shelves


def register(routes: Routes) -> None:
    """Register the words, buttons and forms."""
    word = Word("undo", undo, N_("undo X"), N_("take your last change back"), ("撤销", "撤銷", "取消"))
    routes.command("/opportunity", "new", word)
    routes.button(sheet_views.UNDO, undo_pressed)


def undo(turn: Turn, shelves: Shelves) -> Answer:
    """Take back the person's last change of the opportunity."""
    return take_back(turn, shelves, FIND.find(turn, shelves, sheet_views.UNDO).record, None)


def undo_pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Take back the very change that the button belongs to."""
    change = turn.value.partition(":")[2]
    return take_back(turn, shelves, FIND.by_value(turn, shelves), number_in(change) or None)


def take_back(turn: Turn, shelves: Shelves, deal: Opportunity, change: int | None) -> Answer:
    """Take back the last change, which must be the one meant if one is."""
    history = shelves.audit.of(deal.subject)
    parts = parts_of(shelves, deal) if len(history) == 1 else []
    if parts:
        raise Refusal(N_("{other} hangs on {number}: take that back first."), other=parts[0].record.number, number=deal.number)
    step = policy.undo(deal, history, change, turn.person.id, turn.now, turn.handbook.bids.undo_minutes)
    keep_deal(shelves, step, turn.handbook, turn.request)
    return Say(sheet_views.receipt(turn._, step.record, said_views.undone(turn._, step.record), steps(turn, shelves, step.record), None))
