"""The review of a bid document: the forms, what reviewers and authors are told, and what is still missing."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from bot.language import N_, Translator
from bot.policy.bids import STATE_NAMES, Aspect, Bid, State
from bot.policy.bids.document_review import Lack, Missing, NotReady, closers, open_findings
from bot.policy.bids.preparation import WRITABLE
from bot.views.bids.preparation import CHECKLIST, REVIEWING
from bot.views.bids.progress import LONG, PREPARATION_PAGE, findings, role
from bot.views.bids.sheet import due, facts, name
from bot.views.bids.steps import REVIEW
from bot.views.bids.told import Told
from bot.views.blocks import (
    Block,
    Choice,
    Message,
    Sentence,
    Span,
    actions,
    bullets,
    button,
    choices_input,
    clip,
    code,
    field_of,
    modal,
    paragraph,
    person_input,
    prose,
    quote,
    says,
    select,
    text_input,
    user,
)

REVIEWED, RETURNED = "bids.reviewed", "bids.returned"
RETOLD = frozenset({REVIEWING, REVIEWED})
TICKS = 10  # boxes in one group
FOUND = "_findings"  # behind an aspect, the field for what was found

ASPECT_NAMES = {
    Aspect.ACCURACY: N_("Accuracy"),
    Aspect.COMPLETENESS: N_("Completeness"),
    Aspect.COMPLIANCE: N_("Compliance"),
}
MARKS = {5: N_("5 – faultless"), 4: N_("4 – good"), 3: N_("3 – acceptable"), 2: N_("2 – weak"), 1: N_("1 – unusable")}


def retold(_: Translator, told: Told, bid: Bid) -> Message:
    """Return what a message about a review says now."""
    if told.kind == REVIEWING:
        return asked(_, bid, told.to, datetime.fromtimestamp(float(told.key.rpartition(":")[2]), UTC))
    return reviewed(_, bid, told.to, told.key.split(":")[3])


def asked(_: Translator, bid: Bid, person: str, since: datetime) -> Message:
    """Ask somebody for a review, with the button that opens its form; once it is done or not wanted any more, say so."""
    named: dict[str, str | Span] = {"customer": name(bid), "number": bid.number}
    if any(review.reviewer == person and review.at >= since for review in bid.reviews):
        return says(prose(_.template("Your review of {customer} ({number}) is recorded. Thank you!"), **named))
    if bid.state is not State.IN_REVIEW or person not in bid.team:
        template = _.template("{customer} ({number}): {state}. Your review is not needed any more.")
        return says(prose(template, **named, state=_(STATE_NAMES[bid.state])))
    ask = prose(_.template("Please review the bid document of {customer} ({number}), {due}."), **named, due=due(_, bid))
    row = [button(_("Review it"), REVIEWING, str(bid.id), "primary"), button(_("Preparation"), PREPARATION_PAGE, str(bid.id))]
    return says(ask, also=[actions(*row)])


def reviewed(_: Translator, bid: Bid, person: str, reviewer: str) -> Message:
    """Tell an author what a reviewer thinks of the document, with the findings that the author can close."""
    marks = next((review for review in bid.reviews if review.reviewer == reviewer), None)
    named: dict[str, str | Span] = {"customer": name(bid), "number": bid.number}
    if marks is None:
        return says(prose(_.template("The review of {customer} ({number}) was taken back."), **named))
    template = _.template(
        "{person} reviewed {customer} ({number}): accuracy {accuracy}, completeness {completeness}, compliance {compliance}."
    )
    head = prose(template, **named, person=user(reviewer), **{aspect: str(mark) for aspect, mark in marks.scores.items()})
    said = [prose("“{comment}”", comment=marks.comment)] if marks.comment else []
    mine = [finding for finding in open_findings(bid) if bid.state in WRITABLE and person in closers(bid, finding)]
    row = actions(button(_("Preparation"), PREPARATION_PAGE, str(bid.id)))
    return says(head, *said, also=[*findings(_, bid, mine), row])


def returned(_: Translator, bid: Bid, _person: str, by: str, why: str) -> Message:
    """Tell an author that the document comes back, and why."""
    head = prose(
        _.template("{person} gives the document of {customer} ({number}) back."), person=user(by), customer=name(bid), number=bid.number
    )
    row = actions(button(_("Preparation"), PREPARATION_PAGE, str(bid.id)))
    return says(head, also=[*([quote(why)] if why else []), row])


def asked_of(_: Translator, bid: Bid, reviewer: str) -> Sentence:
    """Say that somebody is asked for a review."""
    return prose(_.template("{person} is asked to review {customer}."), person=user(reviewer), customer=name(bid))


def recorded(_: Translator, bid: Bid) -> Sentence:
    """Say that a review is recorded."""
    return prose(_.template("Your review of {customer} is recorded. Thank you!"), customer=name(bid))


def ticked(_: Translator, bid: Bid) -> Sentence:
    """Say that the ticks of the checklist are kept."""
    return prose(_.template("The checklist of {customer} is kept."), customer=name(bid))


def closed(_: Translator, bid: Bid) -> Sentence:
    """Say that a finding is closed."""
    return prose(_.template("Closed. Open findings of {customer}: {number}."), customer=name(bid), number=str(len(open_findings(bid))))


def sent_back(_: Translator, bid: Bid) -> Sentence:
    """Say that the document goes back to its authors."""
    return prose(_.template("The document of {customer} goes back to its authors."), customer=name(bid))


def approved(_: Translator, bid: Bid) -> Sentence:
    """Say that the bid is ready."""
    return prose(_.template("{customer} is ready to hand in."), customer=name(bid))


def not_ready(_: Translator, bid: Bid, refusal: NotReady, checklist: Mapping[str, str]) -> Message:
    """Name each thing that is missing before a bid is ready, and who can do it."""
    rows = [lacking(_, bid, one, checklist) for one in refusal.missing]
    row = [button(_("Preparation"), PREPARATION_PAGE, str(bid.id)), button(_("Checklist"), CHECKLIST, str(bid.id))]
    return says(prose("{reason}", reason=_(refusal.reason, **refusal.values)), also=[bullets(*rows[:20]), actions(*row)])


def lacking(_: Translator, bid: Bid, one: Missing, checklist: Mapping[str, str]) -> Sentence:
    """Return one thing that is missing, and who can do it."""
    sentences = {
        Lack.PART: prose(_.template("The {part} is not done"), part=role(_, one.name)),
        Lack.TICK: prose(_.template("Not ticked: {item}"), item=checklist.get(one.name, one.name)),
        Lack.REVIEW: prose(
            _.template("Nobody who did not write it has reviewed it ({command})"), command=code(f"/bid review {bid.number} @…")
        ),
        Lack.FINDING: prose(_.template("Open finding: {text}"), text=clip(one.name, LONG)),
    }
    return (*sentences[one.lack], Span(" – "), *joined(one.who))


def joined(people: Sequence[str]) -> Sentence:
    """Return mentions of people with commas between them."""
    return tuple(span for person in people for span in (Span(", "), user(person)))[1:]


def ask_form(_: Translator, bid: Bid, likely: Sequence[str]) -> Block:
    """Return the form that asks somebody for a review; the first of those in the team who may is chosen."""
    return modal(
        REVIEW,
        _("Ask for a review"),
        [
            paragraph(facts(_, bid)),
            field_of(
                _("Reviewer"), person_input("reviewer", next(iter(likely), "")), hint=_("Somebody who wrote no part of the document.")
            ),
        ],
        submit=_("Ask"),
        close=_("Cancel"),
        metadata=str(bid.id),
    )


def review_form(_: Translator, bid: Bid, earlier: Mapping[Aspect, int], comment: str) -> Block:
    """Return the form of a review: a mark for each aspect, and what was found, one finding to a line."""
    hint = _("One finding to a line; begin with “technical:”, “commercial:” or “price:” where it is about one part.")
    marks = [Choice(str(mark), _(words)) for mark, words in MARKS.items()]
    fields = []
    for aspect, words in ASPECT_NAMES.items():
        fields.append(field_of(_(words), select(aspect, marks, str(earlier.get(aspect, "")))))
        found = text_input(f"{aspect}{FOUND}", lines=True, limit=2000)
        fields.append(field_of(_("{aspect}: findings", aspect=_(words)), found, optional=True, hint=hint))
    overall = field_of(_("Of the whole"), text_input("comment", comment, lines=True, limit=2000), optional=True)
    return modal(
        REVIEWING,
        _("Review the document"),
        [paragraph(facts(_, bid)), *fields, overall],
        submit=_("Record"),
        close=_("Cancel"),
        metadata=str(bid.id),
    )


def checklist_form(_: Translator, bid: Bid, items: Mapping[str, str]) -> Block:
    """Return the checklist of what makes a bid invalid when it is missing."""
    known = [Choice(item, clip(words, 75)) for item, words in items.items()]
    groups = [known[start : start + TICKS] for start in range(0, len(known), TICKS)]
    fields = [
        field_of(_("Each of these is so"), choices_input(f"ticks{number or ''}", group, bid.ticks), optional=True)
        for number, group in enumerate(groups)
    ]
    return modal(
        CHECKLIST,
        _("Checklist"),
        [paragraph(facts(_, bid)), *fields],
        submit=_("Save"),
        close=_("Cancel"),
        metadata=str(bid.id),
    )
