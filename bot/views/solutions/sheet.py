"""The sheet of a solution and its parts, and the receipt that answers a change."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from bot.language import N_, Translator
from bot.policy.solutions import (
    STATE_NAMES,
    Action,
    Aspect,
    Consultation,
    Lack,
    Link,
    Missing,
    NotReady,
    Score,
    Secrecy,
    Solution,
    State,
    Verdict,
    Way,
    latest,
    marks,
    scores_of,
    solution_quality,
    waiting,
)
from bot.views.blocks import Message, Sentence, Span, actions, bold, bullets, button, clip, paragraph, prose, says, user
from bot.views.follow_up import follow_up
from bot.views.solutions.steps import SHOW, Page, next_steps

LONG, SHORT, MOST = 1500, 300, 10
SECRECY_NAMES: Mapping[Secrecy, str] = {Secrecy.INTERNAL: N_("internal"), Secrecy.CONFIDENTIAL: N_("confidential")}
ASPECT_NAMES: Mapping[Aspect, str] = {
    Aspect.FEASIBILITY: N_("technical feasibility"),
    Aspect.SOUNDNESS: N_("business soundness"),
    Aspect.COST_BENEFIT: N_("cost-benefit"),
    Aspect.INNOVATION: N_("innovation"),
}
VERDICT_NAMES: Mapping[Verdict, str] = {
    Verdict.FEASIBLE: N_("feasible"),
    Verdict.CONDITIONAL: N_("feasible on conditions"),
    Verdict.NOT_FEASIBLE: N_("not feasible"),
}
WAY_NAMES: Mapping[Way, str] = {Way.MEETING: N_("at a meeting"), Way.MAIL: N_("by mail"), Way.PHONE: N_("by phone")}


def named(solution: Solution) -> dict[str, str | Span]:
    """Return customer and number, as the placeholders of a sentence."""
    return {"customer": bold(solution.customer_name), "number": solution.number}


def facts(_: Translator, solution: Solution) -> Sentence:
    """Return number, title and owner in one line."""
    title = (Span(f" · {solution.title}"),) if solution.title else ()
    return (Span(solution.number), *title, Span(" · "), user(solution.owner))


def link_told(_: Translator, link: Link, inner: bool) -> Sentence:
    """Return a document as a link with its class; a confidential one only to those whom it concerns."""
    secrecy = _(SECRECY_NAMES[link.secrecy])
    if link.secrecy is Secrecy.CONFIDENTIAL and not inner:
        return (Span(_("document for those concerned ({secrecy})", secrecy=secrecy)),)
    return (Span(_("document"), kind="link", url=link.url), Span(f" ({secrecy})"))


def section_line(_: Translator, solution: Solution, id: str, page: Page) -> Sentence:
    """Return one section: who writes it, whether it is done, and its document."""
    section = solution.section(id)
    name = bold(page.sections.get(id, id))
    if section is None:
        free = _("still to be given to somebody") if id in page.required else _("not required")
        return (name, Span(f": {free}"))
    state = _("done") if section.done_at else _("not done yet")
    linked = (Span(" · "), *link_told(_, section.link, page.inner)) if section.link else ()
    return (name, Span(": "), user(section.owner), Span(f" · {state}"), *linked)


def section_lines(_: Translator, solution: Solution, page: Page) -> list[Sentence]:
    """Return every section of the handbook, and those that it had once."""
    ids = dict.fromkeys([*page.sections, *(section.id for section in solution.sections)])
    return [section_line(_, solution, name, page) for name in ids]


def consulted_line(_: Translator, one: Consultation) -> Sentence:
    """Return one question to another department with its answer."""
    said = _(VERDICT_NAMES[one.verdict]) if one.verdict else _("no answer yet")
    answer = (Span(f" – {clip(one.answer, SHORT)}"),) if one.answer else ()
    return (user(one.person), Span(f": “{clip(one.text, SHORT)}” · "), bold(said), *answer)


def value_line(_: Translator, solution: Solution) -> list[Sentence]:
    """Return cost, benefit and payback."""
    value = solution.value
    if value is None:
        return []
    amounts = {"cost": _.amount(value.cost, value.currency), "benefit": _.amount(value.benefit, value.currency)}
    months = _.plural("{n} month", "{n} months", value.payback)
    line = prose(_.template("Cost {cost}, benefit {benefit} a year, paid back in {months}."), **amounts, months=months)
    return [(*line, Span(f" {clip(value.note, SHORT)}"))] if value.note else [line]


def mean(_: Translator, scores: Sequence[Score], aspects: Sequence[Aspect]) -> str:
    """Return the mean of some marks, to two places."""
    total, count = marks(scores, aspects)
    return _.number((Decimal(total) / count).quantize(Decimal("0.01"), ROUND_HALF_UP)) if count else "–"


def scores_told(_: Translator, scores: Sequence[Score]) -> list[Sentence]:
    """Return the means of marks that may be seen, and what the experts remarked."""
    if not scores:
        return []
    each = [f"{_(name)} {mean(_, scores, [aspect])}" for aspect, name in ASPECT_NAMES.items()]
    head = prose(_.template("The experts' mean is {mean} of 5: {each}."), mean=bold(mean(_, scores, tuple(Aspect))), each=_.list(each))
    remarks = [(user(score.expert), Span(f": “{clip(score.comment, SHORT)}”")) for score in scores[:MOST] if score.comment]
    return [head, *remarks]


def review_told(_: Translator, solution: Solution, experts: int) -> list[Sentence]:
    """Return how far the review is, without any mark before all are in, and what the latest review said."""
    told = scores_told(_, latest(solution))
    if solution.state is not State.INTERNAL_REVIEW:
        return told
    given, all_asked = str(len(scores_of(solution))), str(max(len(solution.asked), experts))
    line = prose(
        _.template("{given} of {all} experts have given their marks; nobody sees them until all are in."), given=given, all=all_asked
    )
    late = [(Span(_("Waiting for:")), Span(" "), *people(one.expert for one in waiting(solution)))] if waiting(solution) else []
    few = experts - len(solution.asked)
    more = [(Span(_.plural("{n} more expert is needed.", "{n} more experts are needed.", few)),)] if few > 0 else []
    return [line, *late, *more, *told]


def people(ids: Iterable[str]) -> Sentence:
    """Return mentions of people, with commas between."""
    found = [span for one in ids for span in (Span(", "), user(one))]
    return tuple(found[1:])


def history(_: Translator, solution: Solution, page: Page) -> list[Sentence]:
    """Return the rounds of optimisation, and what the customer said."""
    rounds = [
        prose(_.template("Round {round}: {text}"), round=str(change.round), text=clip(change.text, SHORT))
        for change in solution.changes[-MOST:]
    ]
    wishes = [prose(_.template("The customer asks: “{text}”"), text=clip(wish.text, SHORT)) for wish in solution.wishes[-MOST:]]
    sent = [
        prose(_.template("Sent on {when}{to}."), when=_.moment(one.at, page.zone), to=f" → {one.to}" if one.to else "")
        for one in solution.sent[-1:]
    ]
    why = [prose("“{why}”", why=clip(solution.why, LONG))] if solution.why else []
    return [*rounds, *wishes, *sent, *confirmed_line(_, solution, page), *why]


def confirmed_line(_: Translator, solution: Solution, page: Page) -> list[Sentence]:
    """Return who confirmed for the customer, on which day, how, and where that is written."""
    given = solution.confirmation
    if given is None:
        return []
    line = prose(_.template("{who} confirmed it on {day}."), who=bold(given.who), day=_.day(given.day))
    how = (Span(f" ({_(WAY_NAMES[given.way])})"),) if given.way else ()
    return [(*line, *how, *((Span(" "), *link_told(_, given.link, page.inner)) if given.link else ()))]


def sheet(_: Translator, solution: Solution, page: Page) -> Message:
    """Return everything about one solution that this person may see."""
    head = prose("{customer} · {state}", customer=bold(solution.customer_name), state=_(STATE_NAMES[solution.state]))
    secret = [prose(_.template("Confidential: for the owner, the team and the managers above."))] if solution.confidential else []
    quality, count = solution_quality(solution)
    good = [prose(_.template("Quality {quality} of 100."), quality=_.number(quality))] if count else []
    above = [*secret, *plan_lines(_, solution), *value_line(_, solution), *review_told(_, solution, page.experts), *good]
    asked = [bullets(*(consulted_line(_, one) for one in solution.consultations[-MOST:]))] if solution.consultations else []
    below = history(_, solution, page)
    also = [bullets(*section_lines(_, solution, page)), *asked, *([paragraph(*below)] if below else [])]
    asks = follow_up(_, solution.number, page.offer) if solution.state is State.CONFIRMED else []
    rows = [*next_steps(_, solution, page.steps, None), *([actions(*asks)] if asks else [])]
    return says(head, facts(_, solution), *above, also=[*also, *rows])


def plan_lines(_: Translator, solution: Solution) -> list[Sentence]:
    """Return goal and outline."""
    if solution.plan is None:
        return []
    lines: list[Sentence] = [(bold(_("Goal")), Span(f": {clip(solution.plan.goal, LONG)}"))]
    return [*lines, (bold(_("Outline")), Span(f": {clip(solution.plan.outline, LONG)}"))] if solution.plan.outline else lines


def receipt(_: Translator, solution: Solution, sentence: Sentence, steps: Sequence[Action], undo: int | None) -> Message:
    """Return what a change is answered with: what was understood, where it stands, the next step, and the way back."""
    state = prose(_.template("It is {state}."), state=_(STATE_NAMES[solution.state]))
    return says(sentence, facts(_, solution), state, also=next_steps(_, solution, steps, undo))


def lacking(_: Translator, one: Missing, names: Mapping[str, str]) -> Sentence:
    """Return one thing that is missing, and who can do it."""
    who = people(one.who)
    if one.lack is Lack.SECTION:
        return (*prose(_.template("The section {section} is not done:"), section=bold(names.get(one.name, one.name))), Span(" "), *who)
    if one.lack is Lack.EXPERT:
        return (Span(_.plural("{n} more expert is to be asked:", "{n} more experts are to be asked:", int(one.name))), Span(" "), *who)
    words = {
        Lack.CHANGE: _("It is not said what was changed in this round:"),
        Lack.SCORE: _("The marks are awaited of:"),
        Lack.VALUE: _("The cost-benefit analysis is missing:"),
        Lack.FIXED: _("The experts approved these figures; to change them, optimise it first:"),
    }
    return (Span(words[one.lack]), Span(" "), *who)


def not_ready(_: Translator, refusal: NotReady, page: Page) -> Message:
    """Name each thing that is missing before a step, and what can be done about it."""
    solution = refusal.solution
    head = prose(_.template("{customer} ({number}) is not ready for that yet."), **named(solution))
    lines = [lacking(_, one, page.sections) for one in refusal.missing]
    return says(head, also=[bullets(*lines), *next_steps(_, solution, page.steps, None)])


def out_of_turn(_: Translator, solution: Solution, steps: Sequence[Action]) -> Message:
    """Say where a solution stands, and offer what this person may do next."""
    head = prose(_.template("{customer} ({number}) is {state}."), **named(solution), state=bold(_(STATE_NAMES[solution.state])))
    hint = [prose(_.template("These steps come next:"))] if steps else []
    return says(head, *hint, also=next_steps(_, solution, steps, None) or [actions(button(_("Open"), SHOW, str(solution.id)))])
