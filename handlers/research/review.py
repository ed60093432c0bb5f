"""The review of a requirement document (§4.1.3) and the customer's word on it: `/research review` and `confirm`."""

import re
from datetime import datetime
from typing import Annotated

from pydantic import Field

from bot.language import N_
from bot.policy import research as policy
from bot.policy.people import require
from bot.policy.refusal import Refusal
from bot.policy.research import Action, Confirmation, Research, Review, State, Verdict
from bot.views.research import review as views
from bot.views.research import steps
from bot.words.text import clean
from handlers.colleagues import colleague, is_person
from handlers.colleagues import meant as person_meant
from handlers.context import Answer, Open, Turn
from handlers.forms import Form
from handlers.research.keeping import RESEARCH, allow, explaining, filled, kept, meant, tell
from handlers.routes import Routes, Word
from storage.store import Shelves

MARK = re.compile(r"([1-5])(?:/5|分)?")

Mark = Annotated[int, Field(ge=1, le=5)]


def register(routes: Routes) -> None:
    """Register the words, buttons and forms of the review and the confirmation."""
    routes.command(
        "/research",
        "new",
        Word("review", review, N_("review X [@reviewer]"), N_("review the document, or ask somebody to"), ("评审", "評審", "审核", "審核")),
        Word(
            "confirm",
            confirm,
            N_("confirm X [4/5 WHO]"),
            N_("record what the customer says of it"),
            ("确认", "確認", "客户确认", "客戶確認"),
        ),
    )
    routes.button(steps.REVIEW, review)
    routes.button(steps.REVIEWING, reviewing)
    routes.button(steps.CONFIRM, confirm)
    routes.form(steps.REVIEW, ReviewAsked, review_asked)
    routes.form(steps.REVIEWING, Reviewed, reviewed)
    routes.form(steps.CONFIRM, Confirmed, confirmed)


class ReviewAsked(Form):
    """Who is asked for a review."""

    reviewer: str


class Reviewed(Form):
    """A reviewer's marks and decision."""

    accuracy: Mark
    completeness: Mark
    verdict: Verdict
    comment: str = Field(default="", max_length=2000)


class Confirmed(Form):
    """What the customer says of the document."""

    mark: Mark
    who: str = Field(min_length=1, max_length=200)
    at: datetime
    note: str = Field(default="", max_length=2000)


def review(turn: Turn, shelves: Shelves) -> Answer:
    """Ask the person who was typed for a review; otherwise authors choose whom to ask, and others review."""
    found = meant(turn, shelves, steps.REVIEW)
    people = [word for word in found.rest if is_person(word)]
    if found.rest and not people:
        raise Refusal(N_("Name the reviewer with @."))
    if people:
        return ask(turn, shelves, found.record, person_meant(shelves, people[0]).id)
    if found.record.state is State.IN_REVIEW and turn.person.id not in policy.authors(found.record):
        return open_review(turn, shelves, found.record)
    allow(turn, shelves, found.record)
    with explaining(turn, shelves, found.record):
        policy.check_ready(found.record, Action.REVIEW)
    likely = [one for one in found.record.writers if one not in policy.authors(found.record)]
    return Open(views.ask_form(turn._, found.record, likely))


def review_asked(turn: Turn, shelves: Shelves, form: ReviewAsked) -> Answer:
    """Ask the person chosen on the form for a review."""
    return ask(turn, shelves, filled(turn, shelves), colleague(shelves, form.reviewer, "reviewer").id)


def ask(turn: Turn, shelves: Shelves, research: Research, reviewer: str) -> Answer:
    """Ask somebody for a review, by direct message."""
    allow(turn, shelves, research)
    with explaining(turn, shelves, research):
        step = policy.ask_review(research, reviewer, turn.person.id, turn.now)
    answer = kept(turn, shelves, step, views.asked_of(turn._, step.record, reviewer))
    tell(turn, shelves, step.record, [reviewer], views.ASKED, str(turn.now.timestamp()))
    return answer


def reviewing(turn: Turn, shelves: Shelves) -> Answer:
    """Open the form of a review."""
    return open_review(turn, shelves, RESEARCH.by_value(turn, shelves))


def open_review(turn: Turn, shelves: Shelves, research: Research) -> Answer:
    """Open the form of a review for somebody who wrote nothing of the document."""
    check_reviewer(turn, shelves, research)
    earlier = next((one for one in research.reviews if one.reviewer == turn.person.id), None)
    return Open(views.review_form(turn._, research, earlier))


def check_reviewer(turn: Turn, shelves: Shelves, research: Research) -> None:
    """Refuse a review by this person unless they may give one now."""
    require("research.review", turn.roles_for(shelves, research.owner, research.team))
    with explaining(turn, shelves, research):
        policy.check(research, Action.JUDGE)
        policy.check_reviewer(research, turn.person.id)


def reviewed(turn: Turn, shelves: Shelves, form: Reviewed) -> Answer:
    """Keep a review, and tell those who wrote the document."""
    research = RESEARCH.by_id(turn, shelves, turn.metadata)
    check_reviewer(turn, shelves, research)
    comment = clean(form.comment)
    if form.verdict is Verdict.SEND_BACK and not comment:
        raise Refusal(N_("Say what has to be mended."), field="comment")
    marks = {"accuracy": form.accuracy, "completeness": form.completeness, "verdict": form.verdict}
    given = Review(reviewer=turn.person.id, comment=comment, at=turn.now, **marks)
    with explaining(turn, shelves, research):
        step = policy.review(research, given, turn.handbook.research.reviewers)
    answer = kept(turn, shelves, step, views.recorded(turn._, step.record))
    tell(turn, shelves, step.record, policy.authors(step.record), views.TOLD, f"{turn.person.id}:{turn.now.timestamp()}")
    return answer


def confirm(turn: Turn, shelves: Shelves) -> Answer:
    """Record what the customer says, as typed, or ask by form."""
    found = meant(turn, shelves, steps.CONFIRM)
    allow(turn, shelves, found.record)
    with explaining(turn, shelves, found.record):
        policy.check(found.record, Action.CONFIRM)
    mark = MARK.fullmatch(found.rest[0].text) if found.rest else None
    who = " ".join(word.typed for word in found.rest[1:])
    if mark is None or not who:
        return Open(views.confirm_form(turn._, found.record, turn.now))
    return record(turn, shelves, found.record, Confirmed(mark=int(mark[1]), who=who[:200], at=turn.now))


def confirmed(turn: Turn, shelves: Shelves, form: Confirmed) -> Answer:
    """Record what the customer says, from the form."""
    return record(turn, shelves, filled(turn, shelves), form)


def record(turn: Turn, shelves: Shelves, research: Research, form: Confirmed) -> Answer:
    """Keep what the customer says."""
    said = Confirmation(mark=form.mark, who=clean(form.who), at=form.at, note=clean(form.note), by=turn.person.id)
    with explaining(turn, shelves, research):
        step = policy.confirm(research, said, turn.now)
    return kept(turn, shelves, step, views.confirmed(turn._, step.record))
