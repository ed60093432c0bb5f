"""What a message about a bid says now that the bid has changed."""

from bot.handbook import Handbook
from bot.language import Translator
from bot.policy.bids import Bid
from bot.views.bids import announcement, assessment, decision, digest, document_review, preparation, questions, reminders, shares
from bot.views.bids.told import Told
from bot.views.blocks import Message


def retold(_: Translator, told: Told, bid: Bid, handbook: Handbook) -> Message | None:
    """Return what a message says for the bid as it is: None to leave it, no words when it need not be said any more."""
    kind = told.kind
    if kind in (announcement.ANNOUNCED, announcement.DETAIL):
        return announcement.retold(_, told, bid, handbook.bids)
    if kind == assessment.ASKED:
        return assessment.rating_asked(_, bid, told.to)
    if kind == shares.ASKED:
        return shares.asked(_, bid, told.to)
    if kind in decision.RETOLD:
        return decision.retold(_, told, bid, handbook)
    if kind in preparation.RETOLD:
        return preparation.retold(_, told, bid)
    if kind in document_review.RETOLD:
        return document_review.retold(_, told, bid)
    if kind in questions.RETOLD:
        return questions.retold(_, told, bid)
    if kind == digest.DIGEST:
        return digest.redrawn(_, told, bid, {step.id: step.name[_.language] for step in handbook.bids.milestones})
    return reminders.retold(_, told, bid, handbook.bids.reminders) if kind in reminders.RETOLD else None
