"""The longest content that is allowed, for every kind of thing that views are given."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from inspect import signature
from typing import Any

from bot.handbook import Handbook, Reminders, load_handbook
from bot.language import Translator
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
from bot.policy.machine import Staged
from bot.policy.money import Money
from bot.policy.people import STANDING, Person
from bot.policy.record import Event
from bot.policy.shares import Share
from bot.views import doctor
from bot.views.bids import decision, outcome, reminders
from bot.views.bids.lists import Query, Scope
from bot.views.bids.preparation import Page
from bot.views.blocks import Block, Choice, Sentence, button, prose, section
from bot.views.help import Line as HelpLine

HANDBOOK = load_handbook(None)
NOW = datetime(2026, 12, 30, 23, 59, tzinfo=UTC)
DAY = date(2026, 12, 31)
CROWD = tuple(f"U0COLLEAGUE{n:02}" for n in range(20))
ME = CROWD[0]
ZONE = "America/Argentina/ComodRivadavia"
AMOUNT = Decimal("999999999999.99")


def text(length: int) -> str:
    """Return Chinese text of just this length, with what Slack must not read in it."""
    return ("华东区轨道交通数据中台二期建设工程<!channel>&`*_" * (length // 20 + 1))[:length]


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
PERSON = Person(
    id=ME, name=text(200), post="presales_consultant", manager=CROWD[1], team=text(100), roles=frozenset(STANDING), email=text(200)
)
EVENT = Event(at=NOW, actor=ME, subject=LONGEST.subject, action=Action.SUBMIT, after=State.SUBMITTED, reason=text(1000), request="0" * 12)
FOUND = [doctor.Finding(doctor.OUTBOX, ok, doctor.Phrase(text(300)), doctor.ELSE) for ok in (True, False, None)]
REASONS = {reason.id: text(200) for reason in HANDBOOK.bids.loss_reasons}
MILESTONES = {step.id: text(200) for step in HANDBOOK.bids.milestones}
CHECKLIST = {item.id: text(200) for item in HANDBOOK.bids.checklist}

# What views are given: by the view's and the parameter's name, else by type, else by the parameter's name alone.
CONTENT: Mapping[object, list[Any]] = {
    "bids.assessment.card_told(row)": [[button(text(75), f"bids.{n}", text(100)) for n in range(5)]],
    "bids.decision.condition_asked(bid)": [LONGEST],
    "bids.decision.condition_asked(index)": [0, 5],
    "bids.decision.conditions_told(bid)": [LONGEST],
    "bids.decision.conditions_form(count)": [1, 3, 5],
    "bids.decision.decision_asked(people)": [text(200)],
    "bids.decision.reason_form(action)": [*decision.FORMS],
    "bids.outcome.why_form(action)": [*outcome.WHY],
    "bids.reminders.defence_near(bid)": [LONGEST],
    "bids.reminders.done_button(kind)": [*PartKind],
    "bids.shares.form(names)": [{person: text(200) for person in CROWD}],
    Bid: BIDS,
    Sequence[Bid]: [BIDS[:10], []],
    Staged: BIDS,
    Sequence[Staged]: [BIDS],
    Person: [PERSON],
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
    Handbook: [HANDBOOK],
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
    Sequence[doctor.Finding]: [
        [doctor.Finding(doctor.OUTBOX, ok, doctor.Phrase(text(300)), doctor.ELSE) for ok in (True, False, None)] * 4
    ],
    doctor.Finding: [doctor.Finding(doctor.OUTBOX, False, doctor.Phrase(text(300)), doctor.ELSE)],
    Sequence[HelpLine]: [[HelpLine(text(60), text(200))] * 30],
    Sequence[Choice]: [[Choice(name, text(200)) for name in REASONS]],
    Sequence[Block]: [[section(text(3000))] * 45, []],
    Sentence: [prose("{text}", text=text(2000))],
    datetime: [NOW],
    bool: [True, False],
    int | None: [999_999_999, None],
    int: [999_999_999],
    "amount": ["exact", "rounded", "hidden"],
    "block_id": [text(255)],
    "by": [ME],
    "checklist": [CHECKLIST],
    "codes": [[f"7200@{n:010}" for n in range(99)]],
    "command": ["/opportunity"],
    "company": [text(200)],
    "currency": ["CNY"],
    "error": ["missing_scope"],
    "expert": [ME],
    "goes_on": ["bids.submit"],
    "items": [CHECKLIST],
    "kind": [reminders.DUE, reminders.ESCALATED],
    "language": ["", "en", "zh-Hans", "zh-Hant"],
    "likely": [CROWD],
    "manager": [text(200)],
    "milestones": [MILESTONES],
    "names": [[text(200)] * 3],
    "near": [[text(200)] * 3],
    "people": [CROWD],
    "periods": [[text(75)] * 100],
    "person": [ME, CROWD[1]],
    "_person": [ME],
    "posts": [REASONS],
    "reasons": [REASONS],
    "reviewer": [ME],
    "to_explain": [[criterion.id for criterion in HANDBOOK.bids.assessment.criteria]],
    "word": ["technical", text(200)],
    "zone": [ZONE],
    str: [text(2000)],
}


def values(view: str, name: str, kind: object) -> list[Any]:
    """Return what a view's parameter is tried with; fail where nobody has said it."""
    for key in (f"{view}({name})", None if kind is str else kind, name, kind):
        if key in CONTENT:
            return CONTENT[key]
    raise AssertionError(f"say in tests/views/longest.py what the longest {name!r} of {view} is: {kind}")


def calls(view: str, function: Callable[..., Any], translator: Translator) -> Iterator[Any]:
    """Yield what a view says, as often as its most varied parameter has values."""
    parameters = signature(function).parameters
    tried = {name: values(view, name, parameter.annotation) for name, parameter in parameters.items() if name != "_"}
    for n in range(max(map(len, tried.values()), default=1)):
        given = {name: choices[n % len(choices)] for name, choices in tried.items()}
        yield function(**given, **({"_": translator} if "_" in parameters else {}))
