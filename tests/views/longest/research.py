"""The longest research, and what its views are given besides."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.handbook import ResearchWeights
from bot.policy.research.record import (
    Asked,
    Confirmation,
    Contact,
    Facts,
    Item,
    Member,
    Need,
    Outline,
    Research,
    Review,
    State,
    Template,
    Verdict,
    Way,
)
from bot.policy.research.steps import Action
from bot.views.blocks import Block, field_of, text_input
from bot.views.research import conduct, lists, prepare, retold, review, sheet
from tests.views.longest.shared import CROWD, HANDBOOK, ME, NOW, text

PRIORITIES = {priority: text(50) for priority in ("must", "should", "could", "wont")}
FACTS = Facts(background=text(2000), about=text(2000), current=text(2000), goals=text(2000), told_by=CROWD[1], by=ME, at=NOW)
OUTLINES = tuple(Outline(kind=kind, template=text(100), text=text(3000), by=ME, at=NOW) for kind in Template)
CONTACT = Contact(id=1, way=Way.FACE_TO_FACE, at=NOW, who=text(200), notes=text(3000), pains=text(2000), latent=text(2000), by=ME)
PLANNED = CONTACT.amended(id=2, notes="", pains="", latent="")
ITEM = Item(id=1, text=text(1000), need=Need.PERFORMANCE, priority="must", key=True, acceptance=text(500), authors=CROWD)
REVIEW = Review(reviewer=CROWD[2], accuracy=5, completeness=1, comment=text(2000), verdict=Verdict.SEND_BACK, at=NOW)
LONGEST = Research(
    id=999_999_999,
    opportunity=999_999_999,
    customer_name=text(200),
    customer_key=text(200),
    owner=ME,
    zone="America/Argentina/ComodRivadavia",
    confidential=True,
    opened_at=NOW,
    members=tuple(Member(person=person, duty=text(200), lead=person == ME) for person in CROWD),
    facts=FACTS,
    outlines=OUTLINES,
    contacts=tuple(one.amended(id=n) for n, one in enumerate([CONTACT, PLANNED] * 10)),
    items=tuple(ITEM.amended(id=n, need=[*Need][n % 3], priority=[*PRIORITIES][n % 4]) for n in range(48)),
    asked=tuple(Asked(reviewer=person, by=ME, at=NOW) for person in CROWD[:5]),
    reviews=tuple(REVIEW.amended(reviewer=person) for person in CROWD[:5]),
    review_since=NOW,
    approved_at=NOW,
    confirmation=Confirmation(mark=5, who=text(200), at=NOW, note=text(2000), by=ME),
)
SHORTEST = Research(opportunity=1, customer_name="A", customer_key="a", owner=ME, opened_at=NOW)
RESEARCHES = [LONGEST, SHORTEST, *(LONGEST.amended(state=state) for state in State)]
SLOT = f"1@{int(NOW.timestamp())}"
FIELDS: list[Block] = [field_of(text(200), text_input("text", text(3000), lines=True))]

CONTENT: Mapping[object, list[Any]] = {
    Research: RESEARCHES,
    Sequence[Research]: [RESEARCHES[:10], []],
    Member: [*LONGEST.members[:2]],
    Member | None: [LONGEST.members[0], None],
    Facts | None: [FACTS, None],
    Outline: [*OUTLINES],
    Template: [*Template],
    Contact: [CONTACT, PLANNED],
    Contact | None: [CONTACT, None],
    Item: [ITEM, ITEM.amended(key=False, acceptance="")],
    Item | None: [ITEM, None],
    list[Item]: [list(LONGEST.items[:10])],
    Review | None: [REVIEW, None],
    ResearchWeights: [HANDBOOK.research.weights],
    sheet.Seen: [sheet.Seen([action], HANDBOOK.research.weights, PRIORITIES) for action in Action]
    + [sheet.Seen([*Action], HANDBOOK.research.weights, PRIORITIES)],
    lists.Query: [lists.Query(scope, text(200)) for scope in lists.Scope],
    list[Block]: [FIELDS],
    "callback": [prepare.WRITE],
    "earlier": [text(50)],
    "likely": [CROWD],
    "priorities": [PRIORITIES],
    "priority": ["must"],
    "reviewer": [CROWD[2]],
    "submit": [""],
    "templates": [{f"template_{n}": text(75) for n in range(20)}],
    "template": [text(75)],
    "title": ["?"],
    "review.asked(research)": [LONGEST.amended(state=State.IN_REVIEW, reviews=()), LONGEST],
    "review.asked(person)": [CROWD[0], CROWD[2], CROWD[19]],
    "step": [*review.REASON_TITLES],
    "retold.about_contact(kind)": [conduct.NEAR, conduct.NOTES],
    "retold.about_contact(slot)": [SLOT, "?"],
    "retold.retold(key)": [
        retold.key_of(kind, LONGEST, ME, SLOT if kind in (conduct.NEAR, conduct.NOTES) else CROWD[2])
        for kind in (prepare.TASK, review.ASKED, review.AGAIN, review.TOLD, conduct.NEAR, conduct.NOTES)
    ],
}
