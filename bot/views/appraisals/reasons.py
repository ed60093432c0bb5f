"""Why a measure is what it is (§5.1): its formula with this person's numbers, its weight, and the records it is made of."""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from bot.language import N_, Translator
from bot.policy.appraisals.measures import HUNDRED, target_of, too_few, win_rate
from bot.policy.appraisals.record import MEASURE_CLAUSES, MEASURE_NAMES, Measure, Measured
from bot.policy.appraisals.standing import Standing
from bot.policy.bids.figures import Figure
from bot.policy.bids.measures import Measure as Counted
from bot.policy.satisfaction import Answers
from bot.views.appraisals.sources import NAME, PAGE, Made, records_told, row
from bot.views.appraisals.standing import cases_of, exact, few, measure_line, none_counts, points, projected_lines, value_of
from bot.views.blocks import Block, Message, Sentence, Span, actions, bold, button, clip, context, prose, says, section
from bot.views.reports.figures import FORMULAS

WHY, PAGE_OF, ALL, EARLIER, SCORE = (
    "appraisals.why",
    "appraisals.why_page",
    "appraisals.why_all",
    "appraisals.why_earlier",
    "appraisals.why_score",
)
TOTAL = "score"  # asked about instead of a measure: how all of them come to a score, a grade and a bonus
MISSED = (N_("A missed deadline counts in no rate."), N_("A missed deadline counts as a bid that was not won."))
BASES = {"submitted": Figure.OF_SUBMITTED, "decided": Figure.OF_DECIDED}
WORDS: Mapping[Measure, str] = {
    Measure.SALES_AMOUNT: N_("What was awarded × the share of the credit, over the bids won in this period, ÷ the target."),
    Measure.RESEARCH_ACCURACY: FORMULAS[Figure.RESEARCH],
    Measure.SOLUTION_QUALITY: FORMULAS[Figure.SOLUTION],
    Measure.BID_DOCUMENT_QUALITY: FORMULAS[Figure.QUALITY],
    Measure.CUSTOMER_SATISFACTION: FORMULAS[Figure.SATISFACTION],
    Measure.TEAMWORK: N_("The mean of the marks, 1 to 5, that colleagues give for communication and for solving problems."),
}
BY_MARKS = frozenset({Measure.BID_DOCUMENT_QUALITY, Measure.TEAMWORK})


class Asked(NamedTuple):
    """What is asked about: a measure, the score, or for an empty topic all measures; whose, of when, and which page of records."""

    topic: str
    person: str
    period: str
    page: int = 0

    def value(self) -> str:
        """Return it as a button carries it."""
        return ":".join((self.topic, self.person, self.period, *([str(self.page)] if self.page else [])))


def read(value: str) -> Asked | None:
    """Return what a button carries, or None where it makes no sense."""
    topic, person, period, page = [*value.split(":"), *[""] * 4][:4]
    if topic not in {"", TOTAL, *Measure} or not period:
        return None
    return Asked(topic, person, period, int(page) if page.isdecimal() and len(page) < 6 else 0)


def head(_: Translator, name: str, standing: Standing) -> Sentence:
    """Return the headline: whose measures, and from which day to which."""
    days = _("{start} to {end}", start=_.day(standing.period.start), end=_.day(standing.period.end))
    return (bold(f"{clip(name, NAME)} · {standing.period.name}"), Span(f" · {days}"))


def small(_: Translator, clause: str, standing: Standing) -> Block:
    """Return the clause of the policy, and the version of the handbook by which it was reckoned."""
    return context(_("Clause {clause}, handbook {version}", clause=clause, version=standing.version))


def overview(_: Translator, asked: Asked, name: str, standing: Standing, earlier: str) -> Message:
    """Return all seven measures, each with the button that says why, unless all have too few cases; `earlier` is the period before."""
    few = none_counts(standing.measured)
    rows = [] if few else [section(measure_line(_, standing, one), why(_, asked, one.measure)) for one in standing.measured]
    told = outcome(_, standing) or ([prose("{text}", text=_("Every measure has too few cases, so none counts."))] if few else [])
    whole = button(_("How the score is made"), SCORE, asked._replace(topic=TOTAL, page=0).value())
    row = actions(whole, button(earlier, EARLIER, asked._replace(topic="", period=earlier, page=0).value()))
    return says(head(_, name, standing), *told, also=[*rows, row, small(_, "§5.1", standing)])


def why(_: Translator, asked: Asked, measure: Measure) -> Block:
    """Return the button that says why a measure is what it is."""
    return button(_("Why"), WHY, asked._replace(topic=measure.value, page=0).value())


def outcome(_: Translator, standing: Standing) -> list[Sentence]:
    """Say what the measures come to: the result that was told, or what it would be so far."""
    if standing.result or standing.is_year:
        return []
    return projected_lines(_, standing)


def reason(_: Translator, asked: Asked, name: str, standing: Standing, made: Made) -> Message:
    """Return why a measure is what it is, and the records of which it is made, those of which this person may know page by page."""
    one = next(each for each in standing.measured if each.measure == asked.topic)
    shown = value_of(_, one.measure, one.value) if one.value is not None else few(_, standing, one)
    named = prose("{name}: {value}", name=bold(_(MEASURE_NAMES[one.measure])), value=shown)
    lines = [*words_of(_, one.measure, standing), reckoned(_, one, standing), scored(_, one, standing), weighed(_, one)]
    told = [*lines, cases(_, one, standing), states(_, one, standing), records_told(_, made) if one.measure is not Measure.TEAMWORK else ""]
    rows = [row(_, one.measure, source, standing.rules.currency) for source in made.page]
    sentences = [prose("{text}", text=text) for text in told if text]
    return says(
        head(_, name, standing), named, *sentences, also=[*rows, ways(_, asked, made), small(_, MEASURE_CLAUSES[one.measure], standing)]
    )


def ways(_: Translator, asked: Asked, made: Made) -> Block:
    """Return the ways to the other measures, to the score, and to more records."""
    back = [button(_("Previous"), PAGE_OF, asked._replace(page=asked.page - 1).value())] if asked.page else []
    on = [button(_("Next"), WHY, asked._replace(page=asked.page + 1).value())] if (asked.page + 1) * PAGE < made.known else []
    whole = button(_("How the score is made"), SCORE, asked._replace(topic=TOTAL, page=0).value())
    return actions(button(_("All measures"), ALL, asked._replace(topic="", page=0).value()), whole, *back, *on)


def words_of(_: Translator, measure: Measure, standing: Standing) -> list[str]:
    """Return the formula of a measure in words, with what the handbook decides about it."""
    rules = standing.rules
    if measure is Measure.WIN_RATE:
        return [_(FORMULAS[BASES[rules.win_rate.basis]]), _(MISSED[rules.win_rate.missed_counts])]
    if measure is Measure.RESEARCH_ACCURACY:
        penalty = _.number(rules.appraisals.rework_penalty)
        return [_(WORDS[measure]), _("Each piece that had to be done again takes {points} points, divided by all pieces.", points=penalty)]
    if measure is Measure.TEAMWORK:
        later = _("Colleagues are asked when the period is over; what they say is told once all had their time to say it.")
        return [_(WORDS[measure]), _("Who gave which mark is never shown."), *([later] if is_asked_later(standing) else [])]
    return [_(WORDS[measure])]


def is_asked_later(standing: Standing) -> bool:
    """Say whether what colleagues say is still to come."""
    return standing.result is None and not standing.inputs.peers


def reckoned(_: Translator, one: Measured, standing: Standing) -> str:
    """Return the reckoning with this person's numbers, or nothing where there are too few cases."""
    if one.value is None:
        return ""
    numbers = {"part": exact(_, one.part), "whole": exact(_, one.whole), "value": value_of(_, one.measure, one.value)}
    if one.measure is Measure.SALES_AMOUNT:
        return sold(_, one, standing)
    if one.measure in BY_MARKS:
        return _("20 × {part} ÷ {whole} = {value}", **numbers)
    lost = one.part / one.whole - one.value if one.measure is Measure.RESEARCH_ACCURACY else Decimal()
    if lost:
        return _("{part} ÷ {whole} − {lost} = {value}", lost=exact(_, lost), **numbers)
    drawn = one.measure is Measure.CUSTOMER_SATISFACTION and is_drawn(standing)
    if drawn:
        pull = _.number(standing.rules.appraisals.satisfaction_pull)
        return _("{part} ÷ {whole} = {value}, with {pull} answers at the mean of the others counted in", pull=pull, **numbers)
    return _("{part} ÷ {whole} = {value}", **numbers)


def sold(_: Translator, one: Measured, standing: Standing) -> str:
    """Return sales against the target, and what the target is a part of where not all days count."""
    currency, whose = standing.rules.currency, standing.whose
    amounts = {"part": _.amount(one.part, currency), "whole": _.amount(one.whole, currency)}
    made = _("{part} ÷ {whole} = {value}", value=_.percent(one.part, one.whole), **amounts)
    if whose.served == whose.days:
        return made
    full = _.amount(target_of(whose._replace(served=1, days=1), standing.rules.appraisals), currency)
    days = {"served": _.number(whose.served), "days": _.number(whose.days)}
    part = _("The target is that part of {full} which falls to {served} of {days} days.", full=full, **days)
    return f"{made}. {part}"


def is_drawn(standing: Standing) -> bool:
    """Say whether few answers are drawn towards those of the others in the team."""
    mine, all_of_us = (sums.get(Answers.WEIGHT, Decimal()) for sums in (standing.inputs.sums, standing.inputs.team))
    return all_of_us > mine and standing.rules.appraisals.satisfaction_pull > 0


def scored(_: Translator, one: Measured, standing: Standing) -> str:
    """Return the score of a value, by the points of the scale."""
    if one.score is None:
        return ""
    scale = standing.rules.appraisals.measures[one.measure].scale
    line = ", ".join(f"{exact(_, value)} → {exact(_, score)}" for value, score in scale)
    return _("Score {score} of 100, by a scale that is straight between these points: {scale}.", score=points(_, one.score), scale=line)


def weighed(_: Translator, one: Measured) -> str:
    """Return what a measure weighs, and where the weight of those with too few cases went."""
    given = _.percent(one.given, HUNDRED)
    if not one.given:
        return _("It weighs nothing for this post.")
    if one.score is None:
        return _("Its weight of {given} is spread over the measures that have enough cases.", given=given)
    if one.weight == one.given:
        return _("It weighs {given} of the measures.", given=given)
    weight = _.percent(one.weight, HUNDRED)
    return _(
        "It weighs {weight}: {given} by the handbook, the rest because other measures have too few cases to count.",
        weight=weight,
        given=given,
    )


def states(_: Translator, one: Measured, standing: Standing) -> str:
    """Return how many of the bids in a win rate are won by now, decided, and waiting; nothing for another measure."""
    rules, sums = standing.rules.win_rate, standing.inputs.sums
    made = win_rate(sums, rules) if one.measure is Measure.WIN_RATE else None
    if made is None:
        return ""
    waiting = sums.get(Counted.PENDING, Decimal()) if rules.basis == "submitted" else Decimal()
    counts = {"won": made.part, "decided": made.whole - waiting, "waiting": waiting}
    return _("Won {won}, decided {decided}, waiting for the result {waiting}.", **{name: exact(_, n) for name, n in counts.items()})


def cases(_: Translator, one: Measured, standing: Standing) -> str:
    """Return of how many cases, or marks, a measure is made, and how many it needs."""
    least = _.number(too_few(one.measure, standing.rules.appraisals))
    return _("{cases}; {least} or more are needed.", cases=cases_of(_, one), least=least)
