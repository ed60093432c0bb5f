"""The page of a bid's preparation, its forms, and what each member of the team is told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.language import Translator
from bot.policy.bids import PREPARATION, STATE_NAMES, UNSUBMITTED, Action, Bid, PartKind
from bot.policy.bids.document_review import authors, closers, open_findings
from bot.policy.bids.preparation import LEAD, WRITABLE, duties, late
from bot.policy.bids.record import REVIEWER
from bot.views.bids.progress import PREPARATION_PAGE, findings, part_line, question_line, role
from bot.views.bids.sheet import MENU, due, facts, name
from bot.views.bids.steps import REVIEW, TEAM, UNDO
from bot.views.bids.told import Told
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
    choices_input,
    field_of,
    modal,
    moment_input,
    overflow,
    paragraph,
    people_input,
    person_input,
    prose,
    says,
    user,
)

PARTS, DONE, UNDONE, DEADLINE = "bids.parts", "bids.part_done", "bids.part_undone", "bids.deadline"
CHECKLIST, ASK, APPROVE, SEND_BACK, REVIEWING = "bids.checklist", "bids.ask", "bids.approve", "bids.send_back", "bids.reviewing"
TASKS, MOVED = "bids.tasks", "bids.moved"
RETOLD = frozenset({TASKS, MOVED})
SHOWN = 10  # questions on the page

ROLES = {
    PartKind.COMMERCIAL: ("commercial", "business", "terms", "商务", "商務", "商务部分", "商務部分", "商务标", "商務標"),
    PartKind.TECHNICAL: ("technical", "tech", "technology", "engineering", "技术", "技術", "技术部分", "技術部分", "技术标", "技術標"),
    PartKind.PRICE: ("price", "pricing", "quote", "quotation", "价格", "價格", "报价", "報價", "价格部分", "價格部分", "价格标", "價格標"),
    LEAD: ("lead", "leader", "负责人", "負責人", "组长", "組長", "牵头", "牽頭"),
    REVIEWER: ("reviewer", "审核", "審核", "审核人", "審核人"),
}


@dataclass(frozen=True)
class Page:
    """For whom the page is, on which day, what they may do, and what the handbook calls milestones and items of the checklist."""

    person: str
    now: datetime
    steps: Sequence[Action]
    milestones: Mapping[str, str] = field(default_factory=dict)
    checklist: Mapping[str, str] = field(default_factory=dict)


def page(_: Translator, bid: Bid, head: Sentence, seen: Page, undo: int | None = None) -> Message:
    """Return all about a bid's preparation: team, parts, milestones, checklist, reviews, findings and questions, and what can be done."""
    told = says(head, facts(_, bid), *people(_, bid), *reviews(_, bid), *counted(_, bid, seen))
    parts = [bullets(*(part_line(_, bid, part) for part in bid.parts))] if bid.parts else []
    asked = [bullets(*(question_line(_, question) for question in bid.questions[-SHOWN:]))] if bid.questions else []
    closable = [finding for finding in open_findings(bid) if bid.state in WRITABLE and seen.person in closers(bid, finding)]
    below = [*parts, *planned(_, bid, seen), *asked, *findings(_, bid, closable), *buttons(_, bid, seen, undo)]
    return Message(told.text, (*told.blocks, *below))


def headline(_: Translator, bid: Bid) -> Sentence:
    """Return where the bid's preparation stands."""
    return prose(_.template("Preparation of {customer}: {state}"), customer=name(bid), state=_(STATE_NAMES[bid.state]))


def people(_: Translator, bid: Bid) -> list[Sentence]:
    """Return the team and what each of them does."""
    return [(user(person), *duties_of(_, bid, person)) for person in bid.team]


def duties_of(_: Translator, bid: Bid, person: str) -> Sentence:
    """Return what somebody does for the bid, behind a colon."""
    said = [role(_, duty) for duty in duties(bid, person)]
    return (Span(": "), Span(_.list(said))) if said else ()


def reviews(_: Translator, bid: Bid) -> list[Sentence]:
    """Return the marks of each reviewer, and what they said of the whole."""
    template = _.template("{person} reviewed it: accuracy {accuracy}, completeness {completeness}, compliance {compliance}. {comment}")
    return [
        prose(template, person=user(review.reviewer), comment=review.comment, **{key: str(mark) for key, mark in review.scores.items()})
        for review in bid.reviews
    ]


def counted(_: Translator, bid: Bid, seen: Page) -> list[Sentence]:
    """Return how much of the checklist is ticked, and how many findings are open."""
    ticked = len([item for item in seen.checklist if item in bid.ticks])
    share = prose(_.template("Checklist: {ticked} of {total}"), ticked=str(ticked), total=str(len(seen.checklist)))
    number = len(open_findings(bid))
    return [share, (Span(_.plural("{n} open finding", "{n} open findings", number)),)] if number else [share]


def planned(_: Translator, bid: Bid, seen: Page) -> list[Block]:
    """Return the milestones, those that are past and not reached said to be late."""
    if not bid.milestones:
        return []
    overdue = late(bid, seen.now)
    rows = []
    for step in bid.milestones:
        template = _.template("{step}: {day}")
        template = _.template("{step}: {day}, reached") if step.done else _.template("{step}: {day}, late") if step in overdue else template
        rows.append(prose(template, step=seen.milestones.get(step.name, step.name), day=_.day(step.day)))
    return [bullets(*rows)]


def buttons(_: Translator, bid: Bid, seen: Page, undo: int | None) -> list[Block]:
    """Return what this person can do next: the natural step first, undo, and the forms in a menu."""
    pressed = [
        button(words, action, value, "primary" if place == 0 else None) for place, (action, value, words) in enumerate(steps(_, bid, seen))
    ]
    back = [] if undo is None else [button(_("Undo"), UNDO, f"{bid.id}:{undo}")]
    menu = [overflow(MENU, forms(_, bid))] if seen.steps and bid.state in PREPARATION else []
    row = [*pressed, *back, *menu]
    return [actions(*row)] if row else []


def steps(_: Translator, bid: Bid, seen: Page) -> list[tuple[str, str, str]]:
    """Return the action, value and words of the steps that this person may take, the most natural first."""
    own = [part for part in bid.parts if part.owner == seen.person and not part.done_at and bid.state in WRITABLE]
    done = [(DONE, f"{bid.id}:{part.kind}:page", _("Done: {part}", part=role(_, part.kind))) for part in own[:1]]
    known = [
        (Action.PREPARE, TEAM, _("Name the team")),
        (Action.APPROVE, APPROVE, _("Ready to hand in")),
        (Action.REVIEW, REVIEW, _("Ask for a review")),
        (Action.SEND_BACK, SEND_BACK, _("Send back")),
    ]
    taken = [(button_id, str(bid.id), words) for action, button_id, words in known if action in seen.steps]
    independent = Action.SEND_BACK in seen.steps and seen.person not in authors(bid)
    return [*done, *([(REVIEWING, str(bid.id), _("Review it"))] if independent else []), *taken]


def forms(_: Translator, bid: Bid) -> list[Choice]:
    """Return the forms of a bid's preparation."""
    written = [(PARTS, _("Parts and milestones")), (CHECKLIST, _("Checklist"))] if bid.state in WRITABLE else []
    known = [(TEAM, _("Team")), *written, (ASK, _("Ask an expert")), (DEADLINE, _("Move the deadline"))]
    return [Choice(f"{action} {bid.id}", text) for action, text in known]


def retold(_: Translator, told: Told, bid: Bid) -> Message | None:
    """Return what a message to a member of the team says now, or None when it stays as it was told."""
    if told.kind == TASKS:
        return tasks(_, bid, told.to)
    return moved(_, bid, told.to) if bid.state in UNSUBMITTED else None


def tasks(_: Translator, bid: Bid, person: str) -> Message:
    """Tell a member of the team what is theirs and until when, with the buttons that say it is done."""
    named: dict[str, str | Span] = {"customer": name(bid), "number": bid.number}
    if bid.state not in PREPARATION:
        return says(prose(_.template("{customer} ({number}): {state}."), **named, state=_(STATE_NAMES[bid.state])))
    own = [part for part in bid.parts if part.owner == person]
    if not own and person not in bid.team:
        return says(prose(_.template("You have no part in preparing {customer} ({number}) any more."), **named))
    head = prose(_.template("You are in the team that prepares {customer} ({number}), {due}"), **named, due=due(_, bid))
    row = [done_button(_, bid, part.kind, len(own), done=part.done_at is not None) for part in own] if bid.state in WRITABLE else []
    page = button(_("Preparation"), PREPARATION_PAGE, str(bid.id))
    lines = [part_line(_, bid, part) for part in own]
    return says((*head, *duties_of(_, bid, person)), *lines, also=[*(actions(one) for one in row), actions(page)])


def done_button(_: Translator, bid: Bid, kind: PartKind, of: int, *, done: bool) -> Block:
    """Return the button that says a part is written, or takes that back; it names the part where somebody has several."""
    part = role(_, kind)
    words = _("Done") if of == 1 else _("Done: {part}", part=part)
    if done:
        words = _("Not done yet") if of == 1 else _("Not done yet: {part}", part=part)
    return button(words, UNDONE if done else DONE, f"{bid.id}:{kind}")


def moved(_: Translator, bid: Bid, person: str) -> Message:
    """Tell a member of the team that the deadline is another now, and until when their parts are to be written."""
    head = prose(
        _.template("The deadline of {customer} ({number}) has moved: it is {due}."), customer=name(bid), number=bid.number, due=due(_, bid)
    )
    return says(head, *(part_line(_, bid, part) for part in bid.parts if part.owner == person))


def deadline_moved(_: Translator, bid: Bid) -> Sentence:
    """Say what the deadline is now."""
    return prose(_.template("{customer} is now {due}."), customer=name(bid), due=bold(due(_, bid)))


def team_form(_: Translator, bid: Bid) -> Block:
    """Return the form that names the team: a person for each part, who leads, and who else takes part."""
    owners = {part.kind: part.owner for part in bid.parts}
    lead = next((member.person for member in bid.members if LEAD in duties(bid, member.person)), "")
    others = [person for person in bid.team if person not in owners.values() and person != lead]
    return modal(
        TEAM,
        _("Bid team"),
        [
            paragraph(facts(_, bid)),
            field_of(_("Commercial part"), person_input("commercial", owners.get(PartKind.COMMERCIAL, "")), optional=True),
            field_of(_("Technical part"), person_input("technical", owners.get(PartKind.TECHNICAL, "")), optional=True),
            field_of(_("Price part"), person_input("price", owners.get(PartKind.PRICE, "")), optional=True),
            field_of(_("Lead"), person_input("lead", lead), optional=True),
            field_of(
                _("Others"), people_input("others", others), optional=True, hint=_("A part that nobody has stays with the bid's owner.")
            ),
        ],
        submit=_("Save"),
        close=_("Cancel"),
        metadata=str(bid.id),
    )


def parts_form(_: Translator, bid: Bid, milestones: Mapping[str, str]) -> Block:
    """Return the form that says until when each part is to be written, and which milestones are reached."""
    dues = {part.kind: part.due for part in bid.parts}
    fields = [field_of(when_due(_, kind), moment_input(f"{kind}_due", dues.get(kind)), optional=True) for kind in PartKind]
    steps = [Choice(step.name, milestones.get(step.name, step.name), _.day(step.day)) for step in bid.milestones]
    reached = [step.name for step in bid.milestones if step.done]
    boxes = [field_of(_("Milestones reached"), choices_input("reached", steps, reached), optional=True)] if steps else []
    return modal(
        PARTS,
        _("Parts and milestones"),
        [paragraph(facts(_, bid)), *fields, *boxes],
        submit=_("Save"),
        close=_("Cancel"),
        metadata=str(bid.id),
    )


def when_due(_: Translator, kind: PartKind) -> str:
    """Return the label of a part's date."""
    labels = {
        PartKind.COMMERCIAL: _("Commercial part due"),
        PartKind.TECHNICAL: _("Technical part due"),
        PartKind.PRICE: _("Price part due"),
    }
    return labels[kind]


def deadline_form(_: Translator, bid: Bid) -> Block:
    """Return the form that moves the deadline."""
    return modal(
        DEADLINE,
        _("Deadline"),
        [paragraph(facts(_, bid)), field_of(_("Deadline"), moment_input("deadline", bid.deadline))],
        submit=_("Save"),
        close=_("Cancel"),
        metadata=str(bid.id),
    )
