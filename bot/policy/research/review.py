"""The review of a requirement document (§4.1.3) by people who wrote nothing of it, the customer's confirmation, and new versions."""

from collections.abc import Sequence
from datetime import datetime

from bot.language import N_
from bot.policy.machine import Step, event
from bot.policy.people import OnlyFor
from bot.policy.record import Event
from bot.policy.refusal import Refusal
from bot.policy.research.record import Asked, Confirmation, Research, Review, State, Verdict
from bot.policy.research.steps import Action, NotReady, advance, check, check_ready, missing
from bot.policy.undoing import undoable


def authors(research: Research) -> tuple[str, ...]:
    """Return the ids of those whose own work it is: the owner, and whoever wrote facts, an outline, notes or a requirement."""
    facts = [research.facts.by] if research.facts else []
    others = [*(outline.by for outline in research.outlines), *(contact.by for contact in research.contacts)]
    items = [author for item in research.items for author in item.authors]
    return tuple(dict.fromkeys([research.owner, *facts, *others, *items]))


def check_reviewer(research: Research, person: str) -> None:
    """Refuse a review by somebody whose own work it would be about; the refusal names who may, where the team has such people."""
    written = authors(research)
    if person not in written:
        return
    if others := [member for member in research.team if member not in written]:
        raise OnlyFor(others, N_("Nobody reviews their own work. {people} wrote nothing of it and may review it."))
    reason = N_("Nobody reviews their own work. Anybody else of the pre-sales staff may review it.")
    raise Refusal(reason, field="reviewer")


def ask_review(research: Research, reviewer: str, actor: str, now: datetime) -> Step[Research]:
    """Ask somebody for a review; the first time, the analysis becomes a review."""
    check_ready(research, Action.REVIEW)
    check_reviewer(research, reviewer)
    if any(one.reviewer == reviewer for one in waiting(research)):
        raise Refusal(N_("That review is asked for already."), field="reviewer")
    others = [one for one in research.asked if one.reviewer != reviewer]
    asked = (*others, Asked(reviewer=reviewer, by=actor, at=now))
    since = research.review_since if research.state is State.IN_REVIEW else now
    return advance(research, Action.REVIEW, actor, now, asked=asked, review_since=since)


def this_round(research: Research) -> list[Review]:
    """Return the reviews given since the document was last submitted to one."""
    return [one for one in research.reviews if research.review_since and one.at >= research.review_since]


def waiting(research: Research) -> list[Asked]:
    """Return who was asked for a review and has not given it; nobody while none is wanted."""
    if research.state is not State.IN_REVIEW:
        return []
    given = {one.reviewer: one.at for one in research.reviews}
    return [one for one in research.asked if one.reviewer not in given or given[one.reviewer] < one.at]


def review(research: Research, given: Review, enough: int) -> Step[Research]:
    """Record a review, in place of the reviewer's earlier one; `enough` approvals of one round approve the document."""
    check(research, Action.JUDGE)
    check_reviewer(research, given.reviewer)
    reviews = (*(one for one in research.reviews if one.reviewer != given.reviewer), given)
    judged = research.amended(reviews=reviews)
    if given.verdict is Verdict.SEND_BACK:
        return advance(research, Action.SEND_BACK, given.reviewer, given.at, given.comment, reviews=reviews, asked=())
    if sum(one.verdict is Verdict.APPROVE for one in this_round(judged)) < enough:
        return advance(research, Action.JUDGE, given.reviewer, given.at, reviews=reviews)
    if lacking := missing(research):
        raise NotReady(research, lacking)
    return advance(research, Action.APPROVE, given.reviewer, given.at, reviews=reviews, approved_at=given.at)


def confirm(research: Research, confirmation: Confirmation, now: datetime) -> Step[Research]:
    """Record how well the customer finds their needs understood, in place of what they said before."""
    check(research, Action.CONFIRM)
    if confirmation.at > now:
        raise Refusal(N_("That time is still to come."), field="at")
    return advance(research, Action.CONFIRM, confirmation.by, now, confirmation=confirmation)


def new_version(research: Research, why: str, now: datetime) -> Research:
    """Return the draft of the version that takes the place of approved research, which goes on from its analysis."""
    check(research, Action.SUPERSEDE)
    if not why:
        raise Refusal(N_("Say why the approved document changes."), field="why")
    fresh = {"asked": (), "reviews": (), "review_since": None, "approved_at": None, "confirmation": None}
    state = {"id": 0, "state": State.ANALYSING, "version": research.version + 1, "supersedes": research.id, "opened_at": now, "why": why}
    return research.amended(**fresh, **state)


def supersede(research: Research, newer: Research, actor: str, now: datetime) -> Step[Research]:
    """Record that a new version takes the place of approved research."""
    return advance(research, Action.SUPERSEDE, actor, now, newer.why, superseded_by=newer.id)


def cancel(research: Research, why: str, actor: str, now: datetime) -> Step[Research]:
    """Record that the research is given up, and why."""
    check(research, Action.CANCEL)
    if not why:
        raise Refusal(N_("Say why it is cancelled."), field="why")
    return advance(research, Action.CANCEL, actor, now, why, why=why)


def undo(research: Research, history: Sequence[Event], change: int | None, actor: str, now: datetime, minutes: int) -> Step[Research]:
    """Take back the last change; entering the research is taken back by taking it out of the books."""
    first = undoable(history, change, actor, now, minutes, research.number)
    before = research.amended(state=State.RETRACTED) if first.was is None else Research.model_validate(first.was)
    return Step(before, event(before, research, Action.UNDO, actor, now))
