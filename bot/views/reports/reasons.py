"""Where a figure of a report comes from (§5.1): its formula, its clause, and the records of which it is made."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from bot.handbook import WinRate
from bot.language import N_, Translator
from bot.policy.bids import STATE_NAMES as BID_STATES
from bot.policy.bids import Bid
from bot.policy.bids.figures import Figure
from bot.policy.demos import STATE_NAMES as DEMO_STATES
from bot.policy.demos import Demo
from bot.policy.research import STATE_NAMES as RESEARCH_STATES
from bot.policy.research import Research
from bot.policy.solutions import STATE_NAMES as SOLUTION_STATES
from bot.policy.solutions import Solution
from bot.policy.surveys import ABOUT_NAMES, Survey
from bot.views.blocks import Block, Message, actions, bold, button, context, prose, says, section
from bot.views.reports.figures import BACK, BID, CUSTOMER, FORMULAS, NAMES, OF_HUNDRED, SHOW, WHY, Asked, Content, Whose, head, shown

PAGE = 10
CLAUSE = "§5.1.1"
WORK = frozenset({Figure.QUALITY, Figure.RESEARCH, Figure.SOLUTION})
CLAUSES = {**dict.fromkeys(WORK, "§5.1.2"), Figure.SATISFACTION: "§5.1.3"}
# By the kind in the subject of a record: how its states are called, and the button that opens it.
STATES: Mapping[str, Mapping[Any, str]] = {
    "bid": BID_STATES,
    "research": RESEARCH_STATES,
    "solution": SOLUTION_STATES,
    "demo": DEMO_STATES,
}
OPENS = {"bid": BID, "research": "research.show", "solution": "solutions.show", "demo": "demos.show"}
RATES = frozenset({Figure.OF_SUBMITTED, Figure.OF_DECIDED, Figure.VALUE_OF_SUBMITTED, Figure.VALUE_OF_DECIDED})


class Source(NamedTuple):
    """A record of which a figure is made; `customer` is the number of the sheet on which a survey stands, 0 for none."""

    record: Bid | Research | Solution | Demo | Survey
    customer: int = 0


def reasons(_: Translator, asked: Asked, whose: Whose, content: Content, made: Sequence[Source], total: int, hidden: int) -> Message:
    """Return where a figure comes from: formula, inputs, clause and version, and the records it is made of.

    `total` are those of which this person may know, page by page; `hidden` the others.
    """
    figure = Figure(asked.figure)
    value = prose("{name}: {value}", name=bold(_(NAMES[figure])), value=shown(_, figure, content, whose.currency))
    source = _("Clause {clause}, handbook {version}", clause=CLAUSES.get(figure, CLAUSE), version=content.version)
    rows = [row(_, source) for source in made]
    back = [button(_("Previous"), BACK, asked._replace(page=asked.page - 1).value())] if asked.page else []
    on = [button(_("Next"), WHY, asked._replace(page=asked.page + 1).value())] if (asked.page + 1) * PAGE < total else []
    way = actions(button(_("Back to the report"), SHOW, asked._replace(figure="", page=0).value()), *back, *on)
    secret = [_.plural("{n} of them is confidential.", "{n} of them are confidential.", hidden)] if hidden else []
    told = [*rules(_, figure, content.rules), " ".join([made_of(_, figure, total + hidden), *secret])]
    return says(head(_, whose), value, *(prose("{text}", text=text) for text in told), also=[*rows, way, context(source)])


def made_of(_: Translator, figure: Figure, n: int) -> str:
    """Say of how many records a figure is made."""
    if figure in OF_HUNDRED or figure is Figure.SATISFACTION:
        return _("Made of {records}.", records=_.plural("{n} record", "{n} records", n))
    return _("Made of {bids}.", bids=_.plural("{n} bid", "{n} bids", n))


def rules(_: Translator, figure: Figure, chosen: WinRate) -> list[str]:
    """Return the formula of a figure in words, with what the handbook decides about it."""
    if figure not in RATES:
        return [_(FORMULAS[figure])]
    missed = (
        N_("A missed deadline counts as a bid that was not won.") if chosen.missed_counts else N_("A missed deadline counts in no rate.")
    )
    few = _("Fewer than {n} bids make no rate.", n=_.number(chosen.too_few))
    return [_(FORMULAS[figure]), _("Withdrawn bids, and tenders that the buyer cancelled, count in no rate."), f"{_(missed)} {few}"]


def row(_: Translator, source: Source) -> Block:
    """Return one record of which a figure is made, with the button that opens it."""
    record = source.record
    if isinstance(record, Survey):
        opens = button(_("Open"), CUSTOMER, str(source.customer)) if source.customer else None
        return section(f"{record.number} · {record.customer_name}\n{answered(_, record)}", opens)
    kind = record.subject.partition(":")[0]
    head = f"{record.number} · {record.called} · {_(STATES[kind][record.state])}"
    text = f"{head}\n{worth(_, record)}" if isinstance(record, Bid) else head
    return section(text, button(_("Open"), OPENS[kind], str(record.id)))


def answered(_: Translator, survey: Survey) -> str:
    """Return what a survey was about, the mark, and whether the customer gave it themselves."""
    by = _("by the customer") if survey.verified else _("self-reported")
    about = " ".join(filter(None, (_(ABOUT_NAMES[survey.about]), survey.ref)))
    return f"{about} · {survey.score}/5 · {by}"


def worth(_: Translator, bid: Bid) -> str:
    """Return what a bid brought in or asks."""
    money = bid.award or bid.asked
    return _("amount not known yet") if money is None else _.amount(money.amount, money.currency)
