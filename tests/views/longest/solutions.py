"""The longest solutions, and what the views of solutions are given besides."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from bot.policy.solutions import (
    Action,
    Asked,
    Aspect,
    Change,
    Confirmation,
    Consultation,
    Lack,
    Link,
    Missing,
    NotReady,
    Plan,
    Requirement,
    Score,
    Secrecy,
    Section,
    Sent,
    Solution,
    State,
    Value,
    Verdict,
    Way,
    Wish,
)
from bot.views.follow_up import Offer
from bot.views.solutions import forms, told
from bot.views.solutions.lists import Scope
from bot.views.solutions.steps import Page
from tests.views.longest.shared import AMOUNT, CROWD, DAY, HANDBOOK, ME, NOW, ZONE, text

NAMES = {section.id: text(75) for section in HANDBOOK.solutions.sections}
LINK = Link(url="https://docs.example/" + "a" * 900, secrecy=Secrecy.CONFIDENTIAL)
SECTION = Section(id="overview", owner=ME, done_by=ME, done_at=NOW, link=LINK, answers=(1, 2, 3))
CONSULTATION = Consultation(
    id=1,
    asker=ME,
    person=CROWD[1],
    text=text(1000),
    at=NOW,
    due=NOW,
    verdict=Verdict.CONDITIONAL,
    answer=text(3000),
    answered_at=NOW,
)
UNANSWERED = CONSULTATION.amended(verdict=None, answer="", answered_at=None)
ASKED = tuple(Asked(expert=person, by=ME, at=NOW, due=NOW) for person in CROWD)
SCORES = tuple(
    Score(expert=person, sitting=9, feasibility=5, soundness=3, cost_benefit=4, innovation=1, comment=text(2000), at=NOW)
    for person in CROWD
)
REQUIREMENTS = [Requirement(id=number, text=text(1000)) for number in range(1, 100)]
LONGEST = Solution(
    id=999_999_999,
    opportunity=999_999_999,
    customer_name=text(200),
    customer_key=text(200),
    title=text(200),
    owner=ME,
    members=CROWD,
    confidential=True,
    opened_at=NOW,
    plan=Plan(goal=text(2000), outline=text(3000), by=ME, at=NOW),
    sections=tuple(SECTION.amended(id=name) for name in NAMES),
    consultations=tuple(CONSULTATION.amended(id=number) for number in range(1, 30)),
    value=Value(cost=AMOUNT, benefit=AMOUNT, currency="CNY", payback=600, note=text(2000), by=ME, at=NOW),
    sitting=9,
    round=99,
    asked=ASKED,
    scores=SCORES,
    gaps=tuple(text(1000) for _ in range(50)),
    changes=tuple(Change(round=99, text=text(2000), by=ME, at=NOW) for _ in range(30)),
    sent=(Sent(to=text(200), by=ME, at=NOW),),
    wishes=tuple(Wish(text=text(2000), by=ME, at=NOW) for _ in range(30)),
    confirmation=Confirmation(who=text(200), day=DAY, way=Way.MEETING, link=LINK, by=ME, at=NOW),
    why=text(2000),
)
SHORTEST = Solution(opportunity=1, customer_name="A", customer_key="a", owner=ME, opened_at=NOW)
WAITING = LONGEST.amended(state=State.INTERNAL_REVIEW, scores=(), consultations=(UNANSWERED,))
UNDONE = LONGEST.amended(sections=(SECTION.amended(done_by="", done_at=None),))
SOLUTIONS = [LONGEST, SHORTEST, WAITING, *(LONGEST.amended(state=state) for state in State)]
PAGE = Page([*Action], NAMES, tuple(NAMES), 20, True, ZONE, Offer.REPORT)

CONTENT: Mapping[object, list[Any]] = {
    "lists.listing(page)": [0, 1],
    "forms.coverage_form(requirements)": [REQUIREMENTS],
    "told.task(solution)": [LONGEST, UNDONE, SHORTEST],
    "forms.words_form(step)": [*forms.QUESTIONS],
    "forms.score_form(given)": [SCORES[0], None],
    "told.due_told(kind)": [told.ANSWER_DUE, told.SCORE_DUE, told.OVERDUE, told.OVERDUE],
    "told.due_told(part)": ["1", f"9-{ME}", "c1", f"s9-{ME}"],
    "told.due_told(solution)": [WAITING],
    "told.retold(key)": [
        f"{kind}:999999999:{part}:{ME}"
        for kind, part in (
            (told.TASK, "overview"),
            (told.CONSULTED, "1"),
            (told.ANSWERED, "1"),
            (told.SCORING, "9"),
            (told.SETTLED, "9"),
            (told.WORD, "0"),
            (told.WORD, "30"),
            (told.SCORE_DUE, f"9-{ME}"),
            (told.ANSWER_DUE, "1"),
        )
    ],
    "told.settled(sitting)": [9, 8],
    "told.scoring(sitting)": [9, 8],
    "told.customers_word(number)": [0, 30, 31],
    "sheet.section_line(id)": [*NAMES],
    "told.task(id)": ["overview"],
    "kind": [told.OVERDUE, told.ANSWER_DUE],
    Solution: SOLUTIONS,
    Sequence[Solution]: [SOLUTIONS[:10], []],
    Page: [PAGE, Page(sections=NAMES)],
    Scope: [*Scope],
    Section: [SECTION, Section(id="budget", owner=ME)],
    Link: [LINK],
    Link | None: [LINK, None],
    Consultation: [CONSULTATION, UNANSWERED],
    Consultation | None: [CONSULTATION, UNANSWERED, None],
    Sequence[Consultation]: [[CONSULTATION] * 30],
    Score | None: [SCORES[0], None],
    Sequence[Score]: [SCORES, []],
    Sequence[Aspect]: [tuple(Aspect)],
    Asked: [ASKED[0]],
    Asked | None: [ASKED[0], None],
    Requirement: [REQUIREMENTS[0]],
    Sequence[Requirement]: [REQUIREMENTS, []],
    Missing: [Missing(lack, "5", CROWD) for lack in Lack],
    NotReady: [NotReady(LONGEST, [Missing(lack, "5", CROWD) for lack in [*Lack] * 5])],
    Sequence[Action]: [[action] for action in Action] + [[*Action]],
    Sequence[str]: [CROWD],
    Mapping[str, str]: [NAMES],
    date: [DAY],
    "enough": [20],
    "experts": [20],
    "ids": [CROWD],
    "name": [text(75)],
    "names": [NAMES],
    "person": [ME],
    "question": [text(1000)],
    "to": [ME],
    "typed": [text(2000)],
    "who": [text(200)],
    Decimal: [AMOUNT],
}
