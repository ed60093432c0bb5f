"""The digest of a working day: what a person owes on each bid of which there is news, a row a bid."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from bot.language import N_, Translator
from bot.policy.bids import OPEN, STATE_NAMES, Bid
from bot.policy.bids.owed import Duty, Owed, owed
from bot.policy.bids.questions import sees_bid
from bot.views.bids.lists import SHOW
from bot.views.bids.progress import role
from bot.views.bids.sheet import due
from bot.views.bids.told import Told
from bot.views.blocks import Block, Message, button, clip, context, prose, says, section

DIGEST, ROW = "digest", "owed"
ROWS, DUTIES, BLOCK_ID = 40, 8, 255
SHORT = 200  # characters of what people wrote

WORDS = {
    Duty.WRITE: N_("{what}: yours to write, by {when}"),
    Duty.REACH: N_("{what} was planned for {when} and is not reached"),
    Duty.MEET: N_("condition to be met by {when}: {what}"),
    Duty.CLOSE: N_("open findings of the review: {what}"),
    Duty.ANSWER: N_("a colleague waits for your answer: “{what}”"),
    Duty.CHASE: N_("your question is not answered: “{what}”"),
    Duty.AGREE: N_("your share of the credit waits for your agreement"),
    Duty.REHEARSE: N_("no rehearsal is recorded for the defence on {when}"),
    Duty.DEBRIEF: N_("the debrief is missing: what did it teach us?"),
}


def key_of(person: str, day: date) -> str:
    """Return the key of a person's digest of a day."""
    return f"{DIGEST}:{person}:{day}"


def digest(_: Translator, rows: Sequence[Block]) -> Message:
    """Tell a person what is due from them."""
    said = says(prose(_.template("Good morning! This waits for you:")))
    more = [context(_("And {n} more: /bid list due", n=len(rows) - ROWS))] if len(rows) > ROWS else []
    return Message(said.text, (*said.blocks, *rows[:ROWS], *more))


def row(_: Translator, bid: Bid, person: str, now: datetime, codes: Iterable[str], milestones: Mapping[str, str]) -> Block:
    """Return a bid's row: what the person owes on it, and the button that opens it; `codes` say what the row is news of."""
    return drawn(_, bid, person, now, marked(bid, codes), milestones)


def drawn(_: Translator, bid: Bid, person: str, now: datetime, block_id: str, milestones: Mapping[str, str]) -> Block:
    """Return a row under its block_id."""
    left = [one for one in owed(bid, person, now) if one.duty in WORDS][:DUTIES]
    lines = [headline(_, bid, person), *(f"\N{BULLET} {words(_, bid, one, milestones)}" for one in left)]
    opens = button(_("Open"), SHOW, str(bid.id)) if sees_bid(bid, person) else None
    return section("\n".join(lines), opens) | {"block_id": block_id}


def headline(_: Translator, bid: Bid, person: str) -> str:
    """Return which bid it is and how it stands; of a confidential one, outsiders read no more than that it is one."""
    if not sees_bid(bid, person):
        return _("A confidential bid")
    standing = due(_, bid) if bid.state in OPEN and bid.submitted_at is None else _(STATE_NAMES[bid.state])
    return f"{bid.customer} ({bid.number}) · {standing}"


def words(_: Translator, bid: Bid, one: Owed, milestones: Mapping[str, str]) -> str:
    """Return one thing that is owed in words."""
    what = role(_, one.what) if one.duty is Duty.WRITE else milestones.get(one.what, one.what) if one.duty is Duty.REACH else one.what
    when = _.moment(one.at, bid.zone) if one.at else _.day(one.day) if one.day else "–"
    return _(WORDS[one.duty], what=clip(what, SHORT), when=when)


def marked(bid: Bid, codes: Iterable[str]) -> str:
    """Return the block_id of a row, which keeps what the row is news of, as far as there is room."""
    block_id = f"{ROW}:{bid.id}:"
    for code in codes:
        if len(block_id) + len(code) >= BLOCK_ID:
            break
        block_id += f"{code} "
    return block_id.rstrip()


def told_in(shown: Mapping[str, Sequence[Block]]) -> set[tuple[str, str]]:
    """Return what a digest was news of: the bid's id, and the code of each thing."""
    marks = [block.get("block_id", "").split(":", 2) for block in shown["blocks"]]
    return {(mark[1], code) for mark in marks if mark[0] == ROW and len(mark) == 3 for code in mark[2].split()}


def redrawn(_: Translator, told: Told, bid: Bid, milestones: Mapping[str, str]) -> Message | None:
    """Return a digest with the row of this bid drawn anew, or None when it has none."""
    mark = f"{ROW}:{bid.id}:"
    blocks = [
        drawn(_, bid, told.to, told.after.at, block["block_id"], milestones) if block.get("block_id", "").startswith(mark) else block
        for block in told.shown["blocks"]
    ]
    return Message(told.shown["text"], tuple(blocks)) if blocks != told.shown["blocks"] else None
