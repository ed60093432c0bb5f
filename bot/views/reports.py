"""Reports (§5.1): the figures of a person, a team or the company, each with what it is made of, and where it comes from."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from bot.handbook import WinRate
from bot.language import N_, Translator
from bot.policy.bids import STATE_NAMES as BID_STATES
from bot.policy.bids import Bid
from bot.policy.bids.figures import Figure, amount
from bot.policy.bids.measures import STAGES, VALUES, Measure
from bot.policy.demos import STATE_NAMES as DEMO_STATES
from bot.policy.demos import Demo
from bot.policy.research import STATE_NAMES as RESEARCH_STATES
from bot.policy.research import Research
from bot.policy.satisfaction import Answers
from bot.policy.solutions import STATE_NAMES as SOLUTION_STATES
from bot.policy.solutions import Solution
from bot.policy.surveys import ABOUT_NAMES, Survey
from bot.policy.tallies import Party, Period, Reading, Scope
from bot.views.blocks import (
    Block,
    Message,
    Sentence,
    Span,
    actions,
    bold,
    button,
    code,
    context,
    prose,
    says,
    section,
)
from bot.views.charts import Stage

SHOW, EARLIER, YEAR, PICTURE = "reports.show", "reports.earlier", "reports.year", "reports.picture"
WHY, BACK, BID, CUSTOMER = "reports.why", "reports.back", "bids.show", "customers.show"
PAGE = 10
CLAUSE = "§5.1.1"
WORK = frozenset({Figure.QUALITY, Figure.RESEARCH, Figure.SOLUTION})
CLAUSES = {**dict.fromkeys(WORK, "§5.1.2"), Figure.SATISFACTION: "§5.1.3"}
OF_HUNDRED = frozenset({Figure.RESEARCH, Figure.SOLUTION})
# By the kind in the subject of a record: how its states are called, and the button that opens it.
STATES: Mapping[str, Mapping[Any, str]] = {
    "bid": BID_STATES,
    "research": RESEARCH_STATES,
    "solution": SOLUTION_STATES,
    "demo": DEMO_STATES,
}
OPENS = {"bid": BID, "research": "research.show", "solution": "solutions.show", "demo": "demos.show"}

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
RATES = frozenset({Figure.OF_SUBMITTED, Figure.OF_DECIDED, Figure.VALUE_OF_SUBMITTED, Figure.VALUE_OF_DECIDED})
STAGE_NAMES = dict(zip(STAGES, (N_("registered"), N_("assessed"), N_("go"), N_("submitted"), N_("won")), strict=True))


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


class Source(NamedTuple):
    """A record of which a figure is made; `customer` is the number of the sheet on which a survey stands, 0 for none."""

    record: Bid | Research | Solution | Demo | Survey
    customer: int = 0


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


def report(_: Translator, asked: Asked, whose: Whose, content: Content, earlier: str, note: str = "") -> Message:
    """Return the figures, each with the button that says where it comes from; `earlier` is the period before."""
    lines = [section(line(_, figure, content, whose.currency), why(_, asked, figure)) for figure in Figure]
    year = str(whose.period.quarters[0].year)
    whole = [button(year, YEAR, asked._replace(period=year).value())] if year != whose.period.name else []
    before = button(earlier, EARLIER, asked._replace(period=earlier).value())
    row = actions(button(_("Picture"), PICTURE, asked.value()), before, *whole)
    said = [prose("{note}", note=note)] if note else []
    small = [*missing(_, content.tallied), _("Handbook {version}", version=content.version)]
    return says(head(_, whose), *said, also=[*lines, row, context(" · ".join(small))])


def why(_: Translator, asked: Asked, figure: Figure) -> Block:
    """Return the button that says where a figure comes from."""
    return button(_("Why?"), WHY, asked._replace(figure=figure, page=0).value())


def line(_: Translator, figure: Figure, content: Content, currency: str) -> str:
    """Return a figure by name, with the bids it is made of."""
    counts = f" ({_('this one counts')})" if BASES.get(figure) == content.rules.basis else ""
    return f"{_(NAMES[figure])}{counts}\n{shown(_, figure, content, currency)}"


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


def missing(_: Translator, tallied: Mapping[str, Decimal]) -> list[str]:
    """Return what totals in money leave out."""
    left_out = int(amount(tallied, Measure.UNPRICED) + amount(tallied, Measure.SUBMITTED_UNPRICED))
    if not left_out:
        return []
    return [_("Left out where money is reckoned, for want of an amount or a rate: {n}", n=_.number(left_out))]


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


def stages(_: Translator, tallied: Mapping[str, Decimal]) -> list[Stage]:
    """Return the stages of the funnel of what was tallied."""
    return [Stage(_(name), int(amount(tallied, stage)), amount(tallied, VALUES[stage])) for stage, name in STAGE_NAMES.items()]


def figures_of(whose: Whose) -> str:
    """Return what the file of a picture is called."""
    return f"funnel-{whose.period.name}.png"


def picture_title(_: Translator, whose: Whose) -> str:
    """Return the title of the picture."""
    return _("{whose}: how far the bids came", whose=title(_, whose))


def picture_note(_: Translator, whose: Whose) -> str:
    """Return the small print of the picture."""
    days = _("{start} to {end}", start=_.day(whose.period.start), end=_.day(whose.period.end))
    return _("Bids registered from {days}, as they stand now.", days=days)


def coming(_: Translator) -> str:
    """Say that a picture is being drawn."""
    return _("The picture comes as a direct message.")


def unsent(_: Translator, error: str) -> Message:
    """Say that the picture could not be sent, in Slack's word."""
    return says(prose(_.template("I could not send the picture; Slack says {error}."), error=code(error)))


def unknown(_: Translator, typed: str, near: Sequence[str]) -> Message:
    """Say that nobody and no team goes by that name, and who comes near."""
    sorry = prose(_.template("There is nobody, and no team, called {typed}."), typed=bold(typed))
    return says(sorry, prose(_.template("Did you mean {names}?"), names=_.list(list(near)))) if near else says(sorry)


def teamless(_: Translator) -> Message:
    """Say that the person belongs to no team that could be reported on."""
    return says(prose(_.template("You belong to no team yet. Name one, as in {command}."), command=code("/presales report team North")))
