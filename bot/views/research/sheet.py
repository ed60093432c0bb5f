"""The sheet of research: what is known of each stage, and what can be done next."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.handbook import ResearchWeights
from bot.language import Translator
from bot.policy.research import (
    STATE_NAMES,
    Action,
    Contact,
    Member,
    Missing,
    Research,
    State,
    accuracy,
    overall,
    unmeasured,
    waiting,
)
from bot.policy.research.steps import Lack, OutOfTurn
from bot.views.blocks import (
    Block,
    Choice,
    Message,
    Sentence,
    Span,
    actions,
    bold,
    bullets,
    button,
    clip,
    overflow,
    prose,
    says,
    select,
    user,
)
from bot.views.research.steps import BUTTONS, DOCUMENT, TEMPLATE_NAMES, UNDO, VERDICT_NAMES, WAY_NAMES

MENU, SHORT = "menu", 5  # the entries of a menu carry the action as well as the value; an overflow has so many at most
SHOWN, LONG = 3, 300  # contacts and reviews on the sheet, and characters of each text


@dataclass(frozen=True)
class Seen:
    """What the sheet needs to know: the steps that its reader may take, and what the handbook says."""

    steps: Sequence[Action]
    weights: ResearchWeights
    priorities: Mapping[str, str] = field(default_factory=dict)


def name(research: Research) -> Span:
    """Return the research's customer, as the headline of a sentence."""
    return bold(research.customer_name)


def sheet(_: Translator, research: Research, head: Sentence, seen: Seen, undo: int | None = None) -> Message:
    """Return everything about research, below what was just said or done."""
    told = [*preparation(_, research), *contacts(_, research), *findings(_, research), *judged(_, research, seen.weights)]
    people = [bullets(*(member_line(_, member) for member in research.members[:20]))] if research.members else []
    return says(head, facts(_, research), *told, also=[*people, *buttons(_, research, seen, undo)])


def headline(_: Translator, research: Research) -> Sentence:
    """Return whose research it is and where it stands."""
    return prose(_.template("Requirement research {customer}: {state}"), customer=name(research), state=_(STATE_NAMES[research.state]))


def facts(_: Translator, research: Research) -> Sentence:
    """Return number, version and owner in one line."""
    versions = [_("version {n}", n=research.version)] if research.version > 1 else []
    hidden = [_("confidential")] if research.confidential else []
    return (Span(" · ".join([research.number, *versions, *hidden]) + " · "), user(research.owner))


def member_line(_: Translator, member: Member) -> Sentence:
    """Return what somebody does in the team."""
    said = _.list([*([_("lead")] if member.lead else []), *([member.duty] if member.duty else [])])
    return (user(member.person), Span(f": {said}")) if said else (user(member.person),)


def preparation(_: Translator, research: Research) -> list[Sentence]:
    """Return what sales told, and what the customer is asked by."""
    known = research.facts
    told = [prose(_.template("Background: {text}"), text=clip(known.background, LONG))] if known else []
    aims = [prose(_.template("Goals: {text}"), text=clip(known.goals, LONG))] if known and known.goals else []
    outlines = [
        prose(_.template("{kind}: by {person}"), kind=_(TEMPLATE_NAMES[outline.kind]), person=user(outline.by))
        for outline in research.outlines
    ]
    why = [prose("“{why}”", why=clip(research.why, LONG))] if research.why else []
    return [*why, *told, *aims, *outlines]


def contacts(_: Translator, research: Research) -> list[Sentence]:
    """Return the latest contacts, those still to come said to be planned."""
    latest = sorted(research.contacts, key=lambda contact: contact.at)[-SHOWN:]
    return [contact_line(_, research, contact) for contact in latest]


def contact_line(_: Translator, research: Research, contact: Contact) -> Sentence:
    """Return when and how somebody was talked to, and what pains came out."""
    when, way, who = _.moment(contact.at, research.zone), _(WAY_NAMES[contact.way]), clip(contact.who, 100)
    if not contact.held:
        return prose(_.template("{when} · {way} · {who} · planned"), when=when, way=way, who=who)
    if contact.pains:
        return prose(_.template("{when} · {way} · {who} · pains: {pains}"), when=when, way=way, who=who, pains=clip(contact.pains, LONG))
    return prose("{when} · {way} · {who}", when=when, way=way, who=who)


def findings(_: Translator, research: Research) -> list[Sentence]:
    """Return how many requirements there are, and which key ones cannot be measured."""
    if not research.items:
        return []
    keys = sum(item.key for item in research.items)
    counted = _.plural("{n} requirement", "{n} requirements", len(research.items))
    lacking = [str(item.id) for item in unmeasured(research)]
    gap = [prose(_.template("Key requirements that cannot be measured: {numbers}."), numbers=_.list(lacking))] if lacking else []
    return [prose(_.template("{counted}, of which key: {keys}"), counted=counted, keys=str(keys)), *gap]


def judged(_: Translator, research: Research, weights: ResearchWeights) -> list[Sentence]:
    """Return what reviewers and the customer think of it."""
    template = _.template("{person}: accuracy {accuracy}, completeness {completeness}, {verdict}. {comment}")
    reviews = [
        prose(
            template,
            person=user(review.reviewer),
            accuracy=str(review.accuracy),
            completeness=str(review.completeness),
            verdict=_(VERDICT_NAMES[review.verdict]),
            comment=clip(review.comment, LONG) if review.comment else "",
        )
        for review in research.reviews[-SHOWN:]
    ]
    waits = [prose(_.template("Waiting for the review by {person}."), person=user(asked.reviewer)) for asked in waiting(research)[:SHOWN]]
    return [*reviews, *waits, *confirmed(_, research), *accurate(_, research, weights)]


def confirmed(_: Translator, research: Research) -> list[Sentence]:
    """Return what the customer said of the document."""
    said = research.confirmation
    if said is None:
        return []
    when = _.moment(said.at, research.zone)
    return [prose(_.template("The customer's confirmation: {mark} of 5, {who}, {when}."), mark=str(said.mark), who=said.who, when=when)]


def accurate(_: Translator, research: Research, weights: ResearchWeights) -> list[Sentence]:
    """Return the accuracy of approved research, and both of its parts."""
    if research.state not in (State.APPROVED, State.SUPERSEDED):
        return []
    parts = accuracy(research)
    template = _.template("Accuracy: {overall} (customer {customer}, internal review {internal})")
    shown = {"overall": overall(parts, weights), "customer": parts.customer, "internal": parts.internal}
    return [prose(template, **{part: _.percent(value, 100) for part, value in shown.items()})]


def buttons(_: Translator, research: Research, seen: Seen, undo: int | None) -> list[Block]:
    """Return what can be done: the natural next step first, undo, the document, and the other steps in a menu."""
    steps = [step for step in seen.steps if step in BUTTONS and (step, Action.CONTACT in seen.steps) != (Action.PLAN, True)]
    primary = [button(_(BUTTONS[step][1]), BUTTONS[step][0], str(research.id), "primary") for step in steps[:1]]
    back = [] if undo is None else [button(_("Undo"), UNDO, f"{research.id}:{undo}")]
    document = [button(_("Requirement document"), DOCUMENT, f"{research.id}:0")] if research.items else []
    rest = [Choice(f"{BUTTONS[step][0]} {research.id}", _(BUTTONS[step][1])) for step in steps[1:]]
    menu = [overflow(MENU, rest) if len(rest) <= SHORT else select(MENU, rest, placeholder=_("More"))] if rest else []
    row = [*primary, *back, *document, *menu]
    return [actions(*row)] if row else []


def lacking(_: Translator, research: Research, missing: Iterable[Missing]) -> list[str]:
    """Return a line for each thing that is missing, with what is typed to put it right."""
    commands = {
        Lack.LEAD: (_("a lead of the team"), f"/research team {research.number} @… {_('lead')}"),
        Lack.DUTY: (_("what somebody in the team does"), f"/research team {research.number} @… …"),
        Lack.OUTLINE: (_("a questionnaire or an interview outline"), f"/research outline {research.number}"),
        Lack.ITEM: (_("a requirement"), f"/research item {research.number} …"),
    }
    return [unmeasurable(_, one) if one.item else "{}: {}".format(*commands[one.lack]) for one in missing]


def unmeasurable(_: Translator, one: Missing) -> str:
    """Return which key requirement cannot be measured."""
    assert one.item is not None
    return _("how requirement {n} is measured: “{requirement}”", n=one.item.id, requirement=clip(one.item.text, 100))


def possible(_: Translator, refusal: OutOfTurn) -> str:
    """Return the steps that come next, as a phrase."""
    return _.list(list(dict.fromkeys(_(BUTTONS[action][1]) for action in refusal.possible if action in BUTTONS)))
