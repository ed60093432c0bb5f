"""Reviewing a bid document (§2.1.4, §4.4.2): `/bid review`, `checklist`, `approve` and `sendback`, their buttons and forms."""

import re
from functools import partial
from typing import Annotated, Any

from pydantic import Field, model_validator

from bot.language import N_, Translator
from bot.policy.bids import Aspect, Bid, PartKind
from bot.policy.bids import document_review as policy
from bot.policy.bids.preparation import check_writable
from bot.policy.people import require
from bot.policy.refusal import Refusal
from bot.views.bids import document_review as views
from bot.views.bids.preparation import APPROVE, CHECKLIST, REVIEWING, SEND_BACK
from bot.views.bids.progress import CLOSE_FINDING
from bot.views.bids.steps import REVIEW
from bot.views.blocks import Message
from bot.words.numbers import number_in
from bot.words.text import Word as Typed
from bot.words.text import clean, fold
from handlers.bids.finding import bid_by_id, bid_by_value, find_bid
from handlers.bids.keeping import allow, roles
from handlers.bids.preparation import ROLE, page_for, prepared, tell, typed_in
from handlers.colleagues import colleague, is_person, meant, naming
from handlers.context import Answer, Open, Say, Turn
from handlers.forms import Form
from handlers.routes import Routes, Word
from storage.store import Shelves

ABOUT = re.compile(r"(?P<part>[^:：]{1,30}?)(?: part)?\s*[:：]\s*(?P<text>.+)", re.IGNORECASE)
BULLET = re.compile(r"^[\s\-*•·]+")
MOST_FINDINGS = 20  # of one aspect in one review

Mark = Annotated[int, Field(ge=1, le=5)]


def register(routes: Routes) -> None:
    """Register the words, buttons and forms of the review of a bid document."""
    routes.command(
        "/bid",
        "new",
        Word("review", review, N_("review X [@reviewer]"), N_("review the document, or ask somebody to"), ("审核", "審核")),
        Word("checklist", checklist, N_("checklist X"), N_("tick what must not be missing"), ("check", "检查", "檢查")),
        Word("approve", approve, N_("approve X"), N_("say that it is ready to hand in"), ("ready", "定稿", "通过", "通過")),
        Word("sendback", send_back, N_("sendback X [why]"), N_("give the document back to its authors"), ("退回", "打回")),
    )
    routes.button(REVIEW, review_pressed)
    routes.button(REVIEWING, reviewing)
    routes.button(CHECKLIST, checklist_pressed)
    routes.button(APPROVE, approve_pressed)
    routes.button(SEND_BACK, send_back_pressed)
    routes.button(CLOSE_FINDING, close_finding)
    routes.form(REVIEW, ReviewAsked, review_asked)
    routes.form(REVIEWING, Reviewed, reviewed)
    routes.form(CHECKLIST, Ticks, ticked)


class ReviewAsked(Form):
    """Who is asked for a review."""

    reviewer: str


class Reviewed(Form):
    """A reviewer's marks and findings."""

    accuracy: Mark
    accuracy_findings: str = Field(default="", max_length=2000)
    completeness: Mark
    completeness_findings: str = Field(default="", max_length=2000)
    compliance: Mark
    compliance_findings: str = Field(default="", max_length=2000)
    comment: str = Field(default="", max_length=2000)


class Ticks(Form):
    """The items of the checklist that are so."""

    ticks: tuple[str, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def gather(cls, given: dict[str, Any]) -> dict[str, Any]:
        """Return the ticks of all groups of boxes as one list."""
        return {"ticks": [item for boxes in given.values() if isinstance(boxes, list) for item in boxes]}


def review(turn: Turn, shelves: Shelves) -> Answer:
    """Ask the person who was typed for a review, or go on with the person's own."""
    found = find_bid(turn, shelves, REVIEW)
    return ask_or_review(turn, shelves, found.bid, found.rest)


def review_pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Go on with the bid of the button, and with what was typed before it was picked."""
    bid = bid_by_value(turn, shelves)
    return ask_or_review(turn, shelves, bid, typed_in(turn))


def ask_or_review(turn: Turn, shelves: Shelves, bid: Bid, typed: list[Typed]) -> Answer:
    """Ask somebody named; otherwise an owner chooses whom to ask, and everybody else reviews."""
    people = [word for word in typed if is_person(word)]
    if typed and not people:
        raise Refusal(N_("Name the reviewer with @."))
    if people:
        return ask(turn, shelves, bid, meant(shelves, people[0]).id)
    if turn.person.id != bid.owner:
        return open_review(turn, shelves, bid)
    allow(turn, shelves, bid)
    return Open(views.ask_form(turn._, bid, policy.may_review(bid)))


def review_asked(turn: Turn, shelves: Shelves, form: ReviewAsked) -> Answer:
    """Ask the person chosen on the form for a review."""
    return ask(turn, shelves, bid_by_id(turn, shelves, turn.metadata), colleague(shelves, form.reviewer, "reviewer").id)


def ask(turn: Turn, shelves: Shelves, bid: Bid, reviewer: str) -> Answer:
    """Ask somebody for a review, by direct message."""
    allow(turn, shelves, bid)
    with naming(turn, shelves):
        step = policy.ask_review(bid, reviewer, turn.person.id, turn.now)
    answer = prepared(turn, shelves, step, views.asked_of(turn._, step.bid, reviewer))

    def message(_: Translator, bid: Bid, person: str) -> Message:
        return views.asked(_, bid, person, turn.now)

    tell(shelves, step.bid, [reviewer], message, REVIEWING, str(turn.now.timestamp()))
    return answer


def reviewing(turn: Turn, shelves: Shelves) -> Answer:
    """Open the form of a review."""
    return open_review(turn, shelves, bid_by_value(turn, shelves))


def open_review(turn: Turn, shelves: Shelves, bid: Bid) -> Answer:
    """Open the form of a review for somebody who wrote nothing of the document."""
    may_review(turn, shelves, bid)
    earlier = next((review for review in bid.reviews if review.reviewer == turn.person.id), None)
    return Open(views.review_form(turn._, bid, earlier.scores if earlier else {}, earlier.comment if earlier else ""))


def may_review(turn: Turn, shelves: Shelves, bid: Bid) -> None:
    """Refuse a review by this person unless they may, and say who may."""
    require("bids.review", roles(turn, shelves, bid))
    with naming(turn, shelves):
        policy.check_under_review(bid, turn.person.id)


def reviewed(turn: Turn, shelves: Shelves, form: Reviewed) -> Answer:
    """Keep a review, and tell the authors what was found."""
    bid = bid_by_id(turn, shelves, turn.metadata)
    may_review(turn, shelves, bid)
    scores = {aspect: getattr(form, aspect) for aspect in Aspect}
    found = [finding for aspect in Aspect for finding in findings(aspect, getattr(form, aspect + views.FOUND))]
    step = policy.review(bid, scores, found, clean(form.comment), turn.person.id, turn.now)
    answer = prepared(turn, shelves, step, views.recorded(turn._, step.bid))
    message = partial(views.reviewed, reviewer=turn.person.id)
    tell(shelves, step.bid, policy.authors(step.bid), message, views.REVIEWED, f"{turn.person.id}:{turn.now.timestamp()}")
    return answer


def findings(aspect: Aspect, typed: str) -> list[policy.Found]:
    """Return the findings of one aspect, one to a line; a part named at the beginning of a line is the part it is about."""
    lines = [line for line in (BULLET.sub("", line).strip() for line in clean(typed).split("\n")) if line]
    if len(lines) > MOST_FINDINGS:
        raise Refusal(N_("Those are more than {most} findings; please put some together."), field=aspect + views.FOUND, most=MOST_FINDINGS)
    return [finding(aspect, line) for line in lines]


def finding(aspect: Aspect, line: str) -> policy.Found:
    """Return one finding."""
    about = ABOUT.fullmatch(line)
    part = ROLE.get(fold(about["part"])) if about else None
    if about and part in set(PartKind):
        return policy.Found(aspect, about["text"], PartKind(part))
    return policy.Found(aspect, line)


def close_finding(turn: Turn, shelves: Shelves) -> Answer:
    """Record that a finding is put right."""
    bid = bid_by_value(turn, shelves)
    number = turn.value.partition(":")[2]
    with naming(turn, shelves):
        step = policy.close_finding(bid, number_in(number), turn.person.id, turn.now)
    return prepared(turn, shelves, step, views.closed(turn._, step.bid))


def checklist(turn: Turn, shelves: Shelves) -> Answer:
    """Open the checklist of the bid that was typed."""
    return open_checklist(turn, shelves, find_bid(turn, shelves, CHECKLIST).bid)


def checklist_pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Open the checklist."""
    return open_checklist(turn, shelves, bid_by_value(turn, shelves))


def open_checklist(turn: Turn, shelves: Shelves, bid: Bid) -> Answer:
    """Open the checklist as it is ticked so far."""
    allow(turn, shelves, bid)
    check_writable(bid)
    if not items(turn):
        raise Refusal(N_("The handbook names nothing to check."))
    return Open(views.checklist_form(turn._, bid, page_for(turn, shelves, bid).checklist))


def ticked(turn: Turn, shelves: Shelves, form: Ticks) -> Answer:
    """Keep the ticks."""
    bid = bid_by_id(turn, shelves, turn.metadata)
    allow(turn, shelves, bid)
    step = policy.tick(bid, form.ticks, items(turn), turn.person.id, turn.now)
    return prepared(turn, shelves, step, views.ticked(turn._, step.bid))


def items(turn: Turn) -> list[str]:
    """Return the ids of the handbook's checklist."""
    return [item.id for item in turn.handbook.bids.checklist]


def approve(turn: Turn, shelves: Shelves) -> Answer:
    """Record that the bid that was typed is ready."""
    return make_ready(turn, shelves, find_bid(turn, shelves, APPROVE).bid)


def approve_pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Record that the bid of this button is ready."""
    return make_ready(turn, shelves, bid_by_value(turn, shelves))


def make_ready(turn: Turn, shelves: Shelves, bid: Bid) -> Answer:
    """Record that a bid is ready, or name each thing that is missing and who can do it."""
    allow(turn, shelves, bid)
    try:
        step = policy.approve(bid, items(turn), turn.person.id, turn.now)
    except policy.NotReady as refusal:
        return Say(views.not_ready(turn._, bid, refusal, page_for(turn, shelves, bid).checklist))
    return prepared(turn, shelves, step, views.approved(turn._, step.bid))


def send_back(turn: Turn, shelves: Shelves) -> Answer:
    """Give the document back to its authors, for the reason that was typed."""
    found = find_bid(turn, shelves, SEND_BACK)
    return return_to_authors(turn, shelves, found.bid, " ".join(word.typed for word in found.rest))


def send_back_pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Give the document back to its authors."""
    bid = bid_by_value(turn, shelves)
    return return_to_authors(turn, shelves, bid, turn.value.partition(":")[2])


def return_to_authors(turn: Turn, shelves: Shelves, bid: Bid, why: str) -> Answer:
    """Record that the document goes back, and tell its other authors."""
    allow(turn, shelves, bid)
    step = policy.send_back(bid, clean(why), turn.person.id, turn.now)
    answer = prepared(turn, shelves, step, views.sent_back(turn._, step.bid))
    message = partial(views.returned, by=turn.person.id, why=clean(why))
    others = [person for person in policy.authors(step.bid) if person != turn.person.id]
    tell(shelves, step.bid, others, message, views.RETURNED, str(turn.now.timestamp()))
    return answer
