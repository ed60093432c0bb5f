"""The figures of a report (§5.1): what they are called, how each is shown, and what one asks about."""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from bot.handbook import WinRate
from bot.language import N_, Translator
from bot.policy.bids.figures import Figure, amount
from bot.policy.satisfaction import Answers
from bot.policy.tallies import Party, Period, Reading, Scope
from bot.views.blocks import Sentence, Span, bold

SHOW, EARLIER, YEAR, PICTURE = "reports.show", "reports.earlier", "reports.year", "reports.picture"
WHY, BACK, BID, CUSTOMER = "reports.why", "reports.back", "bids.show", "customers.show"
OF_HUNDRED = frozenset({Figure.RESEARCH, Figure.SOLUTION})

NAMES = {
    Figure.OF_SUBMITTED: N_("Win rate, of those submitted"),
    Figure.OF_DECIDED: N_("Win rate, of those decided"),
    Figure.VALUE_OF_SUBMITTED: N_("Win rate by value, of those submitted"),
    Figure.VALUE_OF_DECIDED: N_("Win rate by value, of those decided"),
    Figure.BID_RATE: N_("Bid rate"),
    Figure.PENDING: N_("Waiting for a result"),
    Figure.SALES: N_("Sales"),
    Figure.QUALITY: N_("Bid documents"),
    Figure.RESEARCH: N_("Accuracy of requirement research"),
    Figure.SOLUTION: N_("Quality of solutions"),
    Figure.SATISFACTION: N_("Customer satisfaction"),
}
BASES = {Figure.OF_SUBMITTED: "submitted", Figure.OF_DECIDED: "decided"}
MONEY = frozenset({Figure.VALUE_OF_SUBMITTED, Figure.VALUE_OF_DECIDED, Figure.SALES})

FORMULAS = {
    Figure.OF_SUBMITTED: N_("Won ÷ submitted: of the bids handed in in this period, those won by now, whenever the result came."),
    Figure.OF_DECIDED: N_("Won ÷ (won + lost + rejected): of the results that came in this period, those that are wins."),
    Figure.VALUE_OF_SUBMITTED: N_("As by count, in money: what was awarded where a bid was won, our price where it was not."),
    Figure.VALUE_OF_DECIDED: N_("As by count, in money: what was awarded where a bid was won, our price where it was not."),
    Figure.BID_RATE: N_("Go ÷ (go + no-go), of what was decided in this period."),
    Figure.PENDING: N_("Bids handed in in this period that have no result yet."),
    Figure.SALES: N_(
        "What was awarded × the share of the credit, over the bids won in this period; without agreed shares, in equal parts."
    ),
    Figure.QUALITY: N_("The mean of the marks, 1 to 5, that reviewers gave for accuracy, completeness and compliance in this period."),
    Figure.RESEARCH: N_("The mean accuracy of the requirement research that was approved in this period."),
    Figure.SOLUTION: N_("The mean quality of the solutions that were approved in this period, from the marks of the experts."),
    Figure.SATISFACTION: N_(
        "The mean mark of customers × 20. What colleagues noted counts half, and not at all once the customer answered about the same. "
        "So that few answers neither make nor break anybody, the mean is drawn towards that of the team's or the company's other answers."
    ),
}


class Asked(NamedTuple):
    """Which report, of which period; for the reasons also of which figure, and which page of its bids."""

    party: Party
    period: str
    figure: str = ""
    page: int = 0

    def value(self) -> str:
        """Return it as a button carries it; a team's name comes last, for it may hold anything."""
        return f"{self.party.scope}:{self.period}:{self.figure}:{self.page}:{self.party.who}"


def read(value: str) -> Asked | None:
    """Return what a button carries, or None where it makes no sense."""
    scope, period, figure, page, who = [*value.split(":", 4), *[""] * 5][:5]
    if scope not in set(Scope):
        return None
    number = int(page) if page.isdecimal() and len(page) < 6 else 0
    return Asked(Party(Scope(scope), who), period, figure if figure in set(Figure) else "", number)


class Whose(NamedTuple):
    """What a report is about, in words."""

    name: str
    period: Period
    currency: str


def title(_: Translator, whose: Whose) -> str:
    """Return whose figures of when."""
    return f"{whose.name} · {whose.period.name}"


def head(_: Translator, whose: Whose) -> Sentence:
    """Return the headline: whose figures, and from which day to which."""
    days = _("{start} to {end}", start=_.day(whose.period.start), end=_.day(whose.period.end))
    return (bold(title(_, whose)), Span(f" · {days}"))


class Content(NamedTuple):
    """The figures, the tallies they are made of, and by which rules."""

    readings: Mapping[Figure, Reading | None]
    tallied: Mapping[str, Decimal]
    rules: WinRate
    version: str


def shown(_: Translator, figure: Figure, content: Content, currency: str) -> str:
    """Return a figure as it is shown: nothing is not 0, and a share of too few bids is none."""
    reading = content.readings[figure]
    if reading is None:
        return _("no data")
    if figure is Figure.PENDING:
        return _.plural("{n} bid", "{n} bids", reading.n)
    if figure is Figure.SALES:
        return _("{amount} from {bids}", amount=_.amount(reading.part, currency), bids=_.plural("{n} bid", "{n} bids", reading.n))
    if figure is Figure.QUALITY:
        mean = _.number(round(reading.part / reading.whole, 1))
        return _("{mean} of 5, from {marks}", mean=mean, marks=_.plural("{n} mark", "{n} marks", reading.n))
    if figure in OF_HUNDRED:
        works = _.plural("{n} approved piece of work", "{n} approved pieces of work", reading.n)
        return _("{value} of 100, from {works}", value=_.number(round(reading.part / reading.whole, 1)), works=works)
    if figure is Figure.SATISFACTION:
        return satisfied(_, reading, content.tallied)
    made = pair(_, figure, reading, currency)
    if not reading.enough:
        return _("too few to tell: {made}", made=made)
    return _("{percent}: {made}", percent=_.percent(reading.part, reading.whole), made=made)


def satisfied(_: Translator, reading: Reading, tallied: Mapping[str, Decimal]) -> str:
    """Return how satisfied customers are, with how many answers there were and how many of them are verified."""
    return _(
        "{value} of 100, from {answers}, {verified} of them by the customer; {share} gave 4 or 5",
        value=_.number(round(reading.part / reading.whole, 1)),
        answers=_.plural("{n} answer", "{n} answers", reading.n),
        verified=_.number(amount(tallied, Answers.VERIFIED)),
        share=_.percent(amount(tallied, Answers.SATISFIED), Decimal(reading.n)),
    )


def pair(_: Translator, figure: Figure, reading: Reading, currency: str) -> str:
    """Return what a share is made of."""
    if figure in MONEY:
        part, whole = _.short_amount(reading.part, currency), _.short_amount(reading.whole, currency)
        return _("{part} of {whole}, from {bids}", part=part, whole=whole, bids=_.plural("{n} bid", "{n} bids", reading.n))
    return _("{part} of {whole}", part=_.number(reading.part), whole=_.plural("{n} bid", "{n} bids", reading.n))
