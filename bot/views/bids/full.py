"""The whole sheet of a bid: its facts, and what each stage has to say."""

from collections.abc import Mapping, Sequence

from bot.language import Translator
from bot.policy.bids import STATE_NAMES, Action, Bid
from bot.views.bids import decision, outcome, progress, secrecy, shares, submission
from bot.views.bids.sheet import facts, name, next_steps, notes
from bot.views.blocks import Message, prose, says


def sheet(_: Translator, bid: Bid, steps: Sequence[Action], reasons: Mapping[str, str]) -> Message:
    """Return everything about one bid, with the steps that this person may take; `reasons` are the handbook's loss reasons."""
    head = prose("{customer} · {state}", customer=name(bid), state=_(STATE_NAMES[bid.state]))
    title = [prose("{title}", title=bid.title)] if bid.title else []
    told = [
        *decision.on_sheet(_, bid),
        *shares.on_sheet(_, bid),
        *progress.on_sheet(_, bid),
        *submission.on_sheet(_, bid),
        *outcome.on_sheet(_, bid, reasons),
    ]
    return says(
        head,
        *title,
        facts(_, bid),
        *secrecy.marked(_, bid),
        *notes(_, bid),
        *told,
        also=[*next_steps(_, bid, steps, None), *progress.below(_, bid, concerned=bool(steps))],
    )
