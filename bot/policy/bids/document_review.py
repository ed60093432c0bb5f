"""Reviewing a bid document (§2.1.4, §4.4.2): marks and findings by somebody who did not write it, and what makes it ready."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from bot.language import N_
from bot.policy.bids.preparation import check_writable, roles_of
from bot.policy.bids.record import REVIEWER, Aspect, Bid, Finding, Member, PartKind, Review, State
from bot.policy.bids.steps import Action, Step, advance, change, check, steps_open
from bot.policy.people import OnlyFor, Role
from bot.policy.refusal import Refusal


class Lack(StrEnum):
    """What may be missing before a bid is ready."""

    PART = "part"
    TICK = "tick"
    REVIEW = "review"
    FINDING = "finding"


class Missing(NamedTuple):
    """One thing that is missing before a bid is ready: a part's kind, an item of the checklist or a finding's text, and who can do it."""

    lack: Lack
    name: str
    who: tuple[str, ...]


class Found(NamedTuple):
    """Something found by a reviewer, as written."""

    aspect: Aspect
    text: str
    part: PartKind | None = None


class NotReady(Refusal):
    """Refuse to call a bid ready; `missing` says what is lacking and who can do it."""

    def __init__(self, bid: Bid, missing: Sequence[Missing]) -> None:
        super().__init__(N_("{customer} ({number}) is not ready yet."), customer=bid.customer, number=bid.number)
        self.missing = missing


def authors(bid: Bid) -> tuple[str, ...]:
    """Return the ids of those whose own work the bid document is: its owner, and the owners of its parts."""
    return tuple(dict.fromkeys([bid.owner, *(part.owner for part in bid.parts)]))


def may_review(bid: Bid) -> list[str]:
    """Return the ids of those in the team who wrote nothing of the document."""
    return [person for person in bid.team if person not in authors(bid)]


def check_reviewer(bid: Bid, person: str) -> None:
    """Refuse a review by somebody whose own work it would be about; the refusal names who may."""
    if person in authors(bid):
        if others := may_review(bid):
            raise OnlyFor(others, N_("Nobody reviews their own work. This document may be reviewed by {people}."))
        reason = N_("Nobody reviews their own work. Anybody else of the pre-sales staff may review this document.")
        raise Refusal(reason, field="reviewer")


def ask_review(bid: Bid, reviewer: str, actor: str, now: datetime) -> Step:
    """Ask somebody for a review, who thereby joins the team; the first time, the preparation becomes a review."""
    if bid.state is not State.IN_REVIEW:
        check(bid, Action.REVIEW)
    check_reviewer(bid, reviewer)
    roles = [role for member in bid.members if member.person == reviewer for role in roles_of(member)]
    seated = Member(person=reviewer, role=", ".join(dict.fromkeys([*roles, REVIEWER])))
    members = (*(member for member in bid.members if member.person != reviewer), seated)
    if bid.state is State.IN_REVIEW:
        return change(bid, actor, now, members=members)
    return advance(bid, Action.REVIEW, actor, now, members=members)


def check_under_review(bid: Bid, person: str) -> None:
    """Refuse a review by somebody whose own work it would be, or of a document that nobody has submitted to a review."""
    check_reviewer(bid, person)
    if bid.state is State.PREPARING:
        raise OnlyFor([bid.owner], N_("This document is still being written; {people} can ask for its review."))
    if bid.state is not State.IN_REVIEW:
        check(bid, Action.SEND_BACK)


def review(bid: Bid, scores: Mapping[Aspect, int], found: Iterable[Found], comment: str, reviewer: str, now: datetime) -> Step:
    """Record a review: marks of 1 to 5, in place of the reviewer's earlier ones, and findings, which are added."""
    check_under_review(bid, reviewer)
    marks = Review(reviewer=reviewer, scores=dict(scores), comment=comment, at=now)
    first = max((finding.id for finding in bid.findings), default=0) + 1
    findings = [
        Finding(id=number, reviewer=reviewer, aspect=aspect, text=text, part=part)
        for number, (aspect, text, part) in enumerate(found, start=first)
    ]
    reviews = (*(earlier for earlier in bid.reviews if earlier.reviewer != reviewer), marks)
    return change(bid, reviewer, now, reviews=reviews, findings=(*bid.findings, *findings))


def open_findings(bid: Bid) -> list[Finding]:
    """Return the findings that are not put right yet."""
    return [finding for finding in bid.findings if finding.closed_at is None]


def closers(bid: Bid, finding: Finding) -> tuple[str, ...]:
    """Return who may close a finding: the owner of its part, or of any part when it is about the whole, and the bid's owner."""
    owners = [part.owner for part in bid.parts if finding.part in (None, part.kind)]
    return tuple(dict.fromkeys([*owners, bid.owner]))


def close_finding(bid: Bid, number: int, actor: str, now: datetime) -> Step:
    """Record that a finding is put right, by somebody whose work it is about."""
    check_writable(bid)
    finding = next((finding for finding in open_findings(bid) if finding.id == number), None)
    if finding is None:
        raise Refusal(N_("That finding is closed already."))
    if actor not in closers(bid, finding):
        raise OnlyFor(closers(bid, finding))
    closed = finding.amended(closed_by=actor, closed_at=now)
    return change(bid, actor, now, findings=tuple(closed if other is finding else other for other in bid.findings))


def tick(bid: Bid, ticks: Iterable[str], checklist: Sequence[str], actor: str, now: datetime) -> Step:
    """Record which items of the handbook's checklist are so; ticks of items that it no longer has are dropped."""
    check_writable(bid)
    chosen = set(ticks)
    return change(bid, actor, now, ticks=tuple(item for item in checklist if item in chosen))


def missing(bid: Bid, checklist: Iterable[str]) -> list[Missing]:
    """Return all that is missing before a bid is ready, with those who can do it."""
    written = {part.kind: part for part in bid.parts}
    parts = [Missing(Lack.PART, kind, (written[kind].owner if kind in written else bid.owner,)) for kind in PartKind if not_done(bid, kind)]
    concerned = tuple(dict.fromkeys([bid.owner, *bid.team]))
    ticks = [Missing(Lack.TICK, item, concerned) for item in checklist if item not in bid.ticks]
    seen = any(review.reviewer not in authors(bid) for review in bid.reviews)
    reviews = [] if seen else [Missing(Lack.REVIEW, "", tuple(may_review(bid)) or (bid.owner,))]
    return [*parts, *ticks, *reviews, *(Missing(Lack.FINDING, finding.text, closers(bid, finding)) for finding in open_findings(bid))]


def not_done(bid: Bid, kind: PartKind) -> bool:
    """Tell whether a part is still to be written."""
    return not any(part.kind == kind and part.done_at for part in bid.parts)


def steps_offered(bid: Bid, roles: frozenset[Role], checklist: Iterable[str]) -> list[Action]:
    """Return the steps that a person in these roles may take next and that nothing stands in the way of."""
    blocked = {Action.APPROVE} if missing(bid, checklist) else set()
    return [action for action in steps_open(bid, roles) if action not in blocked]


def approve(bid: Bid, checklist: Iterable[str], actor: str, now: datetime) -> Step:
    """Record that the bid is ready to hand in; refuse with all that is missing."""
    check(bid, Action.APPROVE)
    if lacking := missing(bid, checklist):
        raise NotReady(bid, lacking)
    return advance(bid, Action.APPROVE, actor, now)


def send_back(bid: Bid, reason: str, actor: str, now: datetime) -> Step:
    """Record that the document goes back to its authors."""
    return advance(bid, Action.SEND_BACK, actor, now, reason)


def document_quality(bid: Bid) -> tuple[int, int]:
    """Return the sum of the marks that reviewers gave the bid document, and their count (§5.1.2); (0, 0) without a review."""
    marks = [mark for review in bid.reviews for mark in review.scores.values()]
    return sum(marks), len(marks)
