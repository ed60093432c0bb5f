"""How the department's bids were prepared: the team, the parts, questions to experts, the milestones, and the review."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from bot.policy.bids import Aspect, Bid, Member, PartKind, Question, State, Step, preparation, questions
from bot.policy.bids import document_review as reviewing
from sandbox.department.assessing import decided_on, verdict
from sandbox.department.documents import COMMENTS, FINDINGS, QUESTIONS, Asked
from sandbox.department.people import DANIEL, JONAS, PEISHAN, PRIYA, WEI, XIAOTONG, ZHOULAN, ZONES
from sandbox.department.setting import Act, Setting

ROLES = {XIAOTONG: "commercial", JONAS: "commercial", WEI: "technical", PRIYA: "price", ZHOULAN: "price"}  # of who joins a team
READERS = {  # who reads a document, first of those who wrote nothing of it
    WEI: (XIAOTONG, PEISHAN),
    XIAOTONG: (PEISHAN,),
    PEISHAN: (XIAOTONG,),
    JONAS: (PRIYA,),
    PRIYA: (JONAS,),
    DANIEL: (PEISHAN,),
}
UNREVIEWED = frozenset({"Tannhöfer Werkzeugbau GmbH"})  # handed in without a review
# Working days before the bid is handed in.
WRITTEN = {PartKind.COMMERCIAL: 7, PartKind.TECHNICAL: 6, PartKind.PRICE: 5}
READ_FROM, READ, APPROVED = 5, 4, 1
REACHED = {5: 2, 3: 3, 1: 5}  # how many milestones were reached by then
MARKS = ((4, 5, 4), (5, 4, 4), (4, 4, 3), (5, 5, 4), (3, 4, 4))  # of accuracy, completeness and compliance


def prepared(setting: Setting) -> Iterator[Act]:
    """Yield all that happened between the decision to bid and the bid being ready."""
    deal, last = setting.deal, setting.handed_in
    if last is None or verdict(setting) is State.NO_GO:
        return
    named = decided_on(setting) + 1
    yield setting.act(named, deal.owner, partial(name_team, setting), hour=10)
    yield setting.act(named, deal.owner, partial(reach, 1), hour=17)
    yield from asked(setting)
    for kind, days in WRITTEN.items():
        writer = next((person for person in deal.team if ROLES[person] == kind), deal.owner)
        day = max(last - days, named + 1)
        yield setting.act(day, writer, partial(finish, kind, writer))
    for days, count in REACHED.items():
        yield setting.act(last - days, deal.owner, partial(reach, count), hour=10)
    if deal.customer not in UNREVIEWED:
        yield from reviewed(setting, last)


def name_team(setting: Setting, bid: Bid, at: datetime) -> Step:
    """Name the team and who writes what."""
    named = [Member(person=bid.owner, role="lead"), *(Member(person=person, role=ROLES[person]) for person in setting.deal.team)]
    return preparation.name_team(bid, named, setting.calendar, setting.handbook.bids.milestones, bid.owner, at)


def finish(kind: PartKind, writer: str, bid: Bid, at: datetime) -> Step:
    """Record that a part is written."""
    return preparation.finish(bid, kind, writer, at)


def reach(count: int, bid: Bid, at: datetime) -> Step:
    """Record the milestones that were reached, so many of them."""
    return preparation.set_parts(bid, {}, [milestone.name for milestone in bid.milestones[:count]], bid.owner, at)


def asked(setting: Setting) -> Iterator[Act]:
    """Yield the questions to experts, and their answers."""
    for number, one in enumerate(QUESTIONS.get(setting.deal.customer, ()), start=1):
        yield setting.act(one.day, one.asker, partial(ask, setting, one), hour=14)
        if one.answer:
            yield setting.act(
                one.answered,
                one.expert,
                partial(answer, number, one),
                hour=17,
            )


def ask(setting: Setting, asked: Asked, bid: Bid, at: datetime) -> Step:
    """Put a question to an expert."""
    zone = ZONES[asked.expert]
    due = questions.answer_due(bid, setting.calendar, zone, at)
    return questions.ask(bid, Question(id=0, asker=asked.asker, expert=asked.expert, text=asked.text, due=due, zone=zone), at)


def answer(number: int, asked: Asked, bid: Bid, at: datetime) -> Step:
    """Give the expert's answer."""
    return questions.answer(bid, number, asked.answer, asked.expert, at)


def reviewed(setting: Setting, last: int) -> Iterator[Act]:
    """Yield the review, what was put right, the checklist, and that the bid is ready."""
    deal = setting.deal
    reader = next(person for person in READERS[deal.owner] if person not in deal.team)
    yield setting.act(last - READ_FROM, deal.owner, lambda bid, at: reviewing.ask_review(bid, reader, bid.owner, at), hour=17)
    yield setting.act(last - READ, reader, partial(review, setting, reader))
    for number in range(1, 1 + len(findings(setting))):
        yield setting.act(last - READ + number, deal.owner, partial(close, number))
    checklist = [item.id for item in setting.handbook.bids.checklist]
    yield setting.act(last - APPROVED - 1, deal.owner, lambda bid, at: reviewing.tick(bid, checklist, checklist, bid.owner, at), hour=17)
    yield setting.act(last - APPROVED, deal.owner, lambda bid, at: reviewing.approve(bid, checklist, bid.owner, at), hour=17)


def review(setting: Setting, reader: str, bid: Bid, at: datetime) -> Step:
    """Record what a reader thought of the document."""
    marks = dict(zip(Aspect, MARKS[setting.place % len(MARKS)], strict=True))
    said = COMMENTS[reader]
    return reviewing.review(bid, marks, findings(setting), said[setting.place % len(said)], reader, at)


def close(number: int, bid: Bid, at: datetime) -> Step:
    """Record that a finding is put right."""
    return reviewing.close_finding(bid, number, bid.owner, at)


def findings(setting: Setting) -> tuple[reviewing.Found, ...]:
    """Return what was found in the document: up to two things, in the language of its owner."""
    found = FINDINGS[setting.deal.owner]
    first = setting.place % len(found)
    return tuple(dict.fromkeys([found[first], found[(first + 3) % len(found)]]))[: 1 + setting.place % 2]
