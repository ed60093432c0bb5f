"""The longest honours, and what the views of honours are given besides."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from bot.handbook import HonourType, as_written
from bot.policy.honours.nominating import biased
from bot.policy.honours.record import LONG, MOST_EVIDENCE, Bar, Merit, Nomination, Phase, Round, State, Support
from bot.policy.honours.steps import Action, Move
from bot.views.honours import told
from bot.views.honours.rounds import Row
from bot.views.honours.steps import CANCEL, REVOKE, SHORTLIST, Shape
from tests.views.longest.shared import CROWD, DAY, HANDBOOK, ME, NOW, text

LINKS = tuple(f"https://docs.example/{'a' * 900}{n}" for n in range(MOST_EVIDENCE))
LINES = {language: text(300) for language in ("en", "zh-Hans", "zh-Hant")}
HONOUR = HANDBOOK.honours.types[0].model_copy(update={"name": {one: text(60) for one in LINES}, "criteria": LINES, "quota": 50})
ROUND = Round(
    id=999_999_999,
    type=HONOUR.id,
    period="2026Q3",
    start=DAY,
    end=DAY,
    rules=as_written(HONOUR),
    closes=DAY,
    opened_by=ME,
    opened_at=NOW,
    why=text(LONG),
)
ROUNDS = [ROUND.amended(state=phase) for phase in Phase]
MERIT = Merit(score=Decimal("99.9"), n=4, grade="outstanding", rank=5, teamwork=Decimal("88.8"), won=999, bar=Bar.FAILED)
WRITTEN = Merit(mean=Decimal("4.99"), n=80, confirmed=True, result="not won", gained=False, bar=Bar.CONFIDENTIAL)
SUPPORTS = tuple(Support(person=person, why=text(LONG), evidence=LINKS[:1], at=NOW) for person in CROWD)
LONGEST = Nomination(
    id=999_999_999,
    type=HONOUR.id,
    period="2026Q3",
    slot="x",
    solution=999_999_999,
    title=text(420),
    people=CROWD,
    nominator=ME,
    why=text(LONG),
    evidence=LINKS[:1],
    supports=SUPPORTS,
    at=NOW,
    merit=WRITTEN,
    citation=text(LONG),
    grounds=text(LONG),
    decided_by=ME,
    announced_at=NOW,
    revoked_why=text(LONG),
)
PERSON = LONGEST.amended(type="team_player", solution=0, title="", person=ME, people=(ME,), merit=MERIT)
SHORTEST = Nomination(type="x", period="2026", slot=None, person=ME, people=(ME,), at=NOW)
NOMINATIONS = [
    LONGEST,
    PERSON,
    SHORTEST,
    *(LONGEST.amended(state=state) for state in State),
    *(PERSON.amended(state=state) for state in State),
]
AWARDED = [LONGEST.amended(state=State.AWARDED, id=number) for number in range(1, 9)]
ROWS = [Row(one, [*Action], biased(one, ME, ())) for one in (LONGEST, PERSON.amended(state=State.SHORTLISTED))] * 10

CONTENT: Mapping[object, list[Any]] = {
    "told.retold(key)": [f"{kind}:1:999999999:{ME}" for kind in (told.HONOURED, told.DECIDED, told.OPENED, told.CLOSED, told.ANNOUNCED)],
    Shape: [Shape(), Shape(awarded=False)],
    "told.invited(rounds)": [ROUNDS],
    "told.standing(kind)": [told.OPENED, told.CLOSED],
    "forms.reason_form(step)": [CANCEL, REVOKE, SHORTLIST],
    "rounds.person_reasons(type)": ["team_player"],
    "rounds.page(rows)": [ROWS, []],
    "forms.nominate_form(chosen)": ["0", ""],
    "forms.nominate_form(person)": [ME, ""],
    "fame.listing(value)": [text(200), "mine"],
    "states": [[text(20)] * 9],
    "choices": [{str(number): text(75) for number in range(100)}],
    "names": [{HONOUR.id: text(60), "team_player": text(60)}],
    "solution": [text(200)],
    "state": [text(30)],
    "title": [text(500)],
    "count": [999],
    "number": [0, 1],
    "left": [50],
    "evidence": [LINKS],
    HonourType: [HONOUR],
    Round: ROUNDS,
    Sequence[Round]: [ROUNDS, []],
    Nomination: NOMINATIONS,
    Sequence[Nomination]: [AWARDED, [LONGEST.amended(state=State.REVOKED)], []],
    Row: ROWS,
    Sequence[Row]: [ROWS],
    Merit: [MERIT, WRITTEN, Merit()],
    Sequence[Move]: [[*Move], []],
    Sequence[Action]: [[*Action], []],
    Sequence[str]: [CROWD],
    Move: [Move.DECIDE, Move.CLOSE, Move.CANCEL],
    "ids": [CROWD],
}
