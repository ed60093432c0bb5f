"""The longest bids, and what the views of bids are given besides."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from bot.handbook import Reminders
from bot.policy.bids import Action, Bid, NotYet, Scorecard, State, scorecard
from bot.policy.bids.assessment import Line
from bot.policy.bids.document_review import Lack, Missing, NotReady
from bot.policy.bids.record import (
    Aspect,
    Condition,
    Debrief,
    Decision,
    Defence,
    Finding,
    Member,
    Milestone,
    Part,
    PartKind,
    Question,
    Rating,
    Review,
)
from bot.policy.money import Money
from bot.policy.record import Event
from bot.policy.shares import Share
from bot.views.bids import decision, reminders
from bot.views.bids.lists import Query, Scope
from bot.views.bids.preparation import Page
from bot.views.bids.steps import DISQUALIFIED, WITHDRAW
from bot.views.blocks import Choice, button
from tests.views.longest.shared import AMOUNT, CROWD, DAY, HANDBOOK, ME, NOW, ZONE, text

RATINGS = tuple(
    Rating(
        rater=person,
        scores={criterion.id: 1 + n % 5 for criterion in HANDBOOK.bids.assessment.criteria},
        comments={criterion.id: text(500) for criterion in HANDBOOK.bids.assessment.criteria},
        at=NOW,
        gates=tuple(gate.id for gate in HANDBOOK.bids.assessment.gates[n % 2 :]),
    )
    for n, person in enumerate(CROWD[:5])
)
CARD = scorecard(RATINGS, HANDBOOK.bids.assessment)
QUESTION = Question(id=1, asker=ME, expert=CROWD[1], text=text(2000), form=text(200), due=NOW, answer=text(3000), answered_at=NOW)
PARTS = tuple(Part(kind=kind, owner=ME, due=NOW) for kind in PartKind)
FINDING = Finding(id=1, reviewer=ME, aspect=Aspect.COMPLIANCE, text=text(2000), part=PartKind.TECHNICAL)
CONDITION = Condition(text=text(500), owner=ME, due=DAY)
SHARE = Share(person=ME, percent=Decimal("5.55"))
LONGEST = Bid(
    id=999_999_999,
    customer=text(200),
    customer_key=text(200),
    title=text(200),
    owner=ME,
    amount=AMOUNT,
    awarded=AMOUNT,
    awarded_currency="CNY",
    currency="USD",
    deadline=NOW,
    zone=ZONE,
    tender_number=text(100),
    source=text(100),
    registered_at=NOW,
    ratings=RATINGS,
    decision=Decision(verdict=State.NO_GO, by=ME, at=NOW, score=Decimal("66.66"), band=State.CONDITIONAL, reason=text(500), overrides=True),
    conditions=(CONDITION,) * 6,
    shares=tuple(SHARE.amended(person=person) for person in CROWD),
    members=tuple(Member(person=person, role="technical") for person in CROWD),
    parts=PARTS,
    milestones=tuple(Milestone(name=step.id, day=DAY, days_before=step.days_before) for step in HANDBOOK.bids.milestones),
    reviews=tuple(Review(reviewer=person, scores=dict.fromkeys(Aspect, 5), comment=text(2000), at=NOW) for person in CROWD[:5]),
    findings=tuple(FINDING.amended(id=n, aspect=aspect) for n, aspect in enumerate([*Aspect] * 5)),
    questions=tuple(QUESTION.amended(id=n) for n in range(12)),
    submitted_at=NOW,
    channel="courier",
    proof=text(500),
    late=True,
    defence=Defence(at=NOW, speakers=CROWD, waiver=text(500), questions=(text(299),) * 10, result=text(1000)),
    decided_at=NOW,
    decided_by=ME,
    loss_reason="competitor_relationship",
    winner=text(200),
    price_gap=Decimal("-999.99"),
    note=text(2000),
    debrief=Debrief(by=ME, at=NOW, went_well=text(2000), to_improve=text(2000), lessons=text(2000)),
    gaps=("assessed", "decided", "prepared", "reviewed", "submitted", "defended"),
)
SHORTEST = Bid(customer="A", customer_key="a", owner=ME, currency="CNY", registered_at=NOW)
BIDS = [LONGEST, SHORTEST, *(LONGEST.amended(state=state) for state in State)]
REASONS = {reason.id: text(200) for reason in HANDBOOK.bids.loss_reasons}
MILESTONES = {step.id: text(200) for step in HANDBOOK.bids.milestones}
CHECKLIST = {item.id: text(200) for item in HANDBOOK.bids.checklist}
EVENT = Event(at=NOW, actor=ME, subject=LONGEST.subject, action=Action.SUBMIT, after=State.SUBMITTED, reason=text(1000), request="0" * 12)

CONTENT: Mapping[object, list[Any]] = {
    "assessment.card_told(row)": [[button(text(75), f"{step}", text(100)) for step in ("go", "nogo", "condition", "scorecard")]],
    "lists.body(page)": [0, 1],
    "lists.listing(page)": [0, 1],
    "lists.listing_view(page)": [0, 1],
    "decision.condition_asked(bid)": [LONGEST.amended(state=State.CONDITIONAL)],
    "decision.condition_asked(index)": [0, 5],
    "decision.conditions_told(bid)": [LONGEST],
    "decision.conditions_form(count)": [1, 3, 5],
    "decision.decision_asked(people)": [text(200)],
    "decision.reason_form(action)": [*decision.FORMS],
    "outcome.why_form(action)": [DISQUALIFIED, WITHDRAW],
    "reminders.defence_near(bid)": [LONGEST],
    "reminders.done_button(kind)": [*PartKind],
    "shares.form(names)": [{person: text(200) for person in CROWD}],
    Bid: BIDS,
    Sequence[Bid]: [BIDS[:10], []],
    Sequence[tuple[Bid, str]]: [[(bid, text(2000)) for bid in BIDS[:10]], []],
    Event: [EVENT],
    Money | None: [Money(amount=AMOUNT, currency="USD"), None],
    Share: [SHARE],
    Question: [QUESTION, QUESTION.amended(answer="", answered_at=None)],
    Question | None: [QUESTION, None],
    Part: [*PARTS],
    Finding: [FINDING],
    list[Finding]: [list(LONGEST.findings)],
    Condition: [CONDITION],
    Rating | None: [RATINGS[0], None],
    Scorecard: [CARD, scorecard((), HANDBOOK.bids.assessment)],
    Line: [*CARD.lines],
    Sequence[Line]: [CARD.lines],
    Reminders: [HANDBOOK.bids.reminders],
    NotYet: [NotYet(LONGEST, Action.SUBMIT), NotYet(LONGEST, Action.DEFEND)],
    Missing: [Missing(lack, text(2000), CROWD) for lack in Lack],
    NotReady: [NotReady(LONGEST, [Missing(lack, text(2000), CROWD) for lack in [*Lack] * 10])],
    Action: [Action.WIN, Action.LOSE],
    Sequence[Action]: [[action] for action in Action] + [[*Action]],
    PartKind: [*PartKind],
    Mapping[Aspect, int]: [dict.fromkeys(Aspect, 5), {}],
    Query: [Query(scope, state, ME, "2026 Q4", text(200)) for scope, state in zip(Scope, State, strict=False)],
    Page: [Page(person, NOW, [*Action], MILESTONES, CHECKLIST) for person in CROWD[:2]],
    "sheet.menu(entries)": [[Choice(f"bids.won {number}", text(75)) for number in range(many)] for many in (0, 5, 20)],
    Sequence[Choice]: [[Choice(name, text(200)) for name in REASONS]],
    "amount": ["exact", "rounded", "hidden"],
    "block_id": [text(255)],
    "by": [ME],
    "checklist": [CHECKLIST],
    "codes": [[f"7200@{n:010}" for n in range(99)]],
    "expert": [ME],
    "items": [CHECKLIST],
    "kind": [reminders.DUE, reminders.ESCALATED],
    "likely": [CROWD],
    "milestones": [MILESTONES],
    "names": [[text(200)] * 3],
    "periods": [[text(75)] * 100],
    "_person": [ME],
    "reasons": [REASONS],
    "reviewer": [ME],
    "to_explain": [[criterion.id for criterion in HANDBOOK.bids.assessment.criteria]],
    "word": ["technical", text(200)],
}
