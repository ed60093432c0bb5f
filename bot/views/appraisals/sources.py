"""The records of which a measure is made, each with what it adds, for those who may know of it."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from bot.language import N_, Translator
from bot.policy.appraisals.record import Measure
from bot.policy.bids import PENDING, Bid, State
from bot.policy.bids.measures import Measure as Counted
from bot.policy.demos import Demo
from bot.policy.quality import Quality
from bot.policy.research import Research
from bot.policy.satisfaction import Answers
from bot.policy.solutions import Solution
from bot.policy.surveys import Survey
from bot.views.appraisals.standing import exact
from bot.views.blocks import Block, button, clip, section
from bot.views.reports.figures import CUSTOMER
from bot.views.reports.reasons import OPENS

PAGE, NAME = 10, 200
# How a bid stands in the win rate, by its state.
RATED: Mapping[str, str] = {
    **dict.fromkeys(PENDING, N_("waiting for the result: until then it counts as not won")),
    State.WON: N_("won: counts as won"),
    State.LOST: N_("lost: counts as not won"),
    State.DISQUALIFIED: N_("rejected as invalid: counts as not won"),
    State.MISSED_DEADLINE: N_("deadline missed: counts as not won"),
}


class Source(NamedTuple):
    """A record of which a measure is made, and what it adds; `customer` is the number of the sheet on which a survey stands."""

    record: Bid | Research | Solution | Demo | Survey
    adds: Mapping[str, Decimal]
    customer: int = 0


class Made(NamedTuple):
    """A page of the records of which a measure is made, how many this person may know, and how many not."""

    page: Sequence[Source] = ()
    known: int = 0
    hidden: int = 0


def records_told(_: Translator, made: Made) -> str:
    """Say of how many records a measure is made, and how many of them are not for whoever asks."""
    told = _("Made of {records}.", records=_.plural("{n} record", "{n} records", made.known + made.hidden))
    secret = _.plural("{n} of them is not for you to see.", "{n} of them are not for you to see.", made.hidden) if made.hidden else ""
    return f"{told} {secret}".strip()


def row(_: Translator, measure: Measure, source: Source, currency: str) -> Block:
    """Return one record of which a measure is made, with what it adds and the button that opens it."""
    record, kind = source.record, source.record.subject.partition(":")[0]
    text = f"{record.number} · {clip(record.called, NAME)}\n{adds(_, measure, source, currency)}"
    if isinstance(record, Survey):
        return section(text, button(_("Open"), CUSTOMER, str(source.customer)) if source.customer else None)
    return section(text, button(_("Open"), OPENS[kind], str(record.id)))


def adds(_: Translator, measure: Measure, source: Source, currency: str) -> str:
    """Return what a record adds to a measure."""
    found = {name: exact(_, amount) for name, amount in source.adds.items()}
    nothing = exact(_, Decimal())
    match measure:
        case Measure.WIN_RATE:
            return _(RATED.get(source.record.state, RATED[State.LOST]))
        case Measure.SALES_AMOUNT:
            return _("adds {amount}", amount=_.amount(source.adds.get(Counted.SALES, Decimal()), currency))
        case Measure.BID_DOCUMENT_QUALITY:
            return _("{sum} in {n} marks", sum=found.get(Counted.MARKS_SUM, nothing), n=found.get(Counted.MARKS, nothing))
        case Measure.CUSTOMER_SATISFACTION:
            return _("{sum} with a weight of {weight}", sum=found.get(Answers.SUM, nothing), weight=found.get(Answers.WEIGHT, nothing))
    kind = Quality.RESEARCH if measure is Measure.RESEARCH_ACCURACY else Quality.SOLUTION
    return _("{value} of 100", value=found.get(f"{kind}_sum", nothing))
