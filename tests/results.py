"""What the tests of results begin with: a scored quarter of one team, and ways to press what somebody was, or was not, shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from slack_sdk import WebClient

from bot.clock import MovableClock
from bot.handbook import Handbook, load_handbook
from bot.policy.appraisals.appeals import Matter
from bot.policy.appraisals.cycle import Cycle, Kind, Phase, kept_rules
from bot.policy.appraisals.record import Appraisal, Grade, Measure, Measured, Part, Scoring, SelfReview, State
from bot.policy.appraisals.results import publish
from bot.policy.calendar import Calendar
from bot.policy.people import Person, Role
from bot.policy.refusal import Refusal
from bot.views.appraisals.results import RESULT, result
from handlers import CAPABILITIES
from handlers.context import Answer, Desk, Errors, Instead, Open, Say, Turn
from handlers.forms import read_form
from handlers.routes import Routes
from storage import Store
from storage.appraising import keep_appraisal

HANDBOOK = load_handbook(None)
CALENDAR = Calendar(HANDBOOK.company)
# Friday the 20th of November 2026, noon in Shanghai: the week-end lies between it and the first working day after it.
FRIDAY = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
APPEAL_UNTIL = date(2026, 11, 27)
ANN, BOB, MAY, TOP, HANA, HUGO, ADA, LEE = "UANN", "UBOB", "UMAY", "UTOP", "UHANA", "UHUGO", "UADA", "ULEE"
SECRET = "the secret comment of the manager"
ENGINEER = "presales_engineer"


def person(id: str, *roles: Role, **facts: Any) -> Person:
    """Return somebody of the company."""
    known = {"id": id, "name": id[1:].title(), "email": f"{id.lower()}@example.com", "post": ENGINEER, "zone": "Asia/Shanghai"}
    return Person.model_validate(known | {"roles": roles} | facts)


PEOPLE = (
    person(ANN, manager=MAY),
    person(BOB, manager=MAY),
    person(MAY, manager=TOP, post="department_manager"),
    person(TOP, post="department_manager"),
    person(HANA, Role.HR, Role.COLLEAGUE),
    person(HUGO, Role.HR, Role.COLLEAGUE),
    person(ADA, Role.ADMIN),
    person(LEE, Role.COLLEAGUE),
)


def cycle(period: str = "2026Q3", *, bases: Mapping[str, int] | None = None, appeal: bool = True, **facts: Any) -> Cycle:
    """Return a cycle whose results are told, or about to be."""
    rules = kept_rules(HANDBOOK)
    rules["bonus"]["bases"] = {post: str(base) for post, base in (bases or {}).items()}
    rules["appraisals"]["appeal"] = rules["appraisals"]["appeal"] if appeal else None
    day = date(2026, 9, 30)
    known = {
        "period": period,
        "slot": period,
        "kind": Kind.QUARTER if "Q" in period else Kind.YEAR,
        "state": Phase.APPEAL_WINDOW,
        "start": date(2026, 7, 1),
        "end": day,
        "handbook": "test",
        "rules": rules,
        "opened_at": FRIDAY,
        "self_due": day,
        "manager_due": day,
        "calibration_due": day,
        "appeal_until": APPEAL_UNTIL if appeal else None,
    }
    return Cycle.model_validate(known | facts)


def measured(score: str = "83.4") -> tuple[Measured, ...]:
    """Return one measure with enough cases, and one with too few."""
    facts: dict[str, Any] = {"part": 3, "whole": 5, "n": 5, "given": 20}
    known = Measured(measure=Measure.WIN_RATE, value=Decimal(60), score=Decimal(score), weight=Decimal(100), **facts)
    return (known, Measured(measure=Measure.TEAMWORK, value=None, score=None, weight=Decimal(0), **facts))


def scored(who: str = ANN, grade: Grade = Grade.GOOD, **facts: Any) -> Appraisal:
    """Return an appraisal that May handed in."""
    marks = {Part.RESULTS: 4}
    scoring = Scoring(
        manager=MAY, marks=marks, comments={Part.RESULTS: SECRET}, comment="Well done", development="Learn to demo", grade=grade
    )
    known = {
        "cycle": 1,
        "period": "2026Q3",
        "person": who,
        "manager": MAY,
        "post": ENGINEER,
        "state": State.MANAGER_SUBMITTED,
        "served": 92,
        "days": 92,
        "opened_at": FRIDAY,
        "self_review": SelfReview(summary="my own words", marks={Part.RESULTS: 5}, competencies={"communication": 3}),
        "scoring": scoring,
        "measured": measured(),
        "score": Decimal("83.4"),
        "suggested": grade,
        "grade": grade,
        "handed_in_at": FRIDAY,
    }
    return Appraisal.model_validate(known | facts)


def matter(appraisal: Appraisal, of: Cycle, actor: str, now: datetime = FRIDAY) -> Matter:
    """Return somebody's doing with an appeal."""
    return Matter(appraisal, of, actor, now, CALENDAR)


@dataclass
class Bench:
    """A desk without Slack: what people say and press goes straight to its handlers, in one transaction each."""

    store: Store
    clock: MovableClock
    handbook: Handbook = HANDBOOK

    def __post_init__(self) -> None:
        self.routes = Routes()
        for capability in CAPABILITIES:
            capability.register(self.routes)
        with self.store.change() as shelves:
            for one in PEOPLE:
                shelves.people.put(one)

    def begins(self, of: Cycle, *appraisals: Appraisal) -> list[Appraisal]:
        """Put a cycle and its appraisals into the books."""
        with self.store.change() as shelves:
            added = shelves.cycles.add(of)
            return [shelves.appraisals.add(one.amended(cycle=added.id, period=of.period)) for one in appraisals]

    def publishes(self, appraisal: Appraisal) -> None:
        """Publish a result as the calendar does."""
        with self.store.change() as shelves:
            of = shelves.cycles.get(appraisal.cycle)
            assert of is not None
            step = publish(appraisal, of, self.clock.now())
            keep_appraisal(shelves, step, self.handbook)
            told = result(self.turn(appraisal.person)._, of, step.record)
            shelves.outbox.say(f"{RESULT}:{appraisal.id}", appraisal.person, told, subject=appraisal.subject)

    def turn(self, who: str, **said: Any) -> Turn:
        """Return somebody's doing."""
        with self.store.look() as shelves:
            known = shelves.people.get(who)
        assert known is not None
        desk = Desk(self.store, self.handbook, self.clock)
        return Turn(desk, known, self.clock.now(), "test", WebClient(), **said)

    def presses(self, who: str, action: str, value: object) -> Answer | str:
        """Return the answer to a button, or the words of its refusal."""
        return self.does(lambda shelves: self.routes.buttons[action](self.turn(who, value=str(value)), shelves))

    def types(self, who: str, word: str, text: str = "") -> Answer | str:
        """Return the answer to a word of /review, or the words of its refusal."""
        handler = self.routes.commands["/review"][word].handler
        return self.does(lambda shelves: handler(self.turn(who, text=text), shelves))

    def fills(self, who: str, callback: str, metadata: object, **given: str) -> Answer | str:
        """Return the answer to a form, or the words of its refusal."""
        form = self.routes.forms[callback]
        turn = self.turn(who, metadata=str(metadata))
        fields = {name: {name: {"type": "plain_text_input", "value": value}} for name, value in given.items()}
        return self.does(lambda shelves: form.handler(turn, shelves, read_form(form.model, {"values": fields}, turn)))

    def does(self, act: Any) -> Answer | str:
        """Do something in one transaction; return the answer, or the source text of the refusal."""
        try:
            with self.store.change() as shelves:
                return act(shelves)  # type: ignore[no-any-return]
        except Refusal as no:
            return no.reason
        except Instead as instead:
            return instead.answer

    def appraisal(self, number: int = 1) -> Appraisal:
        """Return an appraisal as it is in the books."""
        with self.store.look() as shelves:
            found = shelves.appraisals.get(number)
        assert found is not None
        return found

    def cycle(self, number: int = 1) -> Cycle:
        """Return a cycle as it is in the books."""
        with self.store.look() as shelves:
            found = shelves.cycles.get(number)
        assert found is not None
        return found

    def told(self, who: str) -> dict[str, str]:
        """Return all that somebody was told, by key: notification and blocks."""
        with self.store.look() as shelves:
            rows = [one for one in shelves.outbox.after(0, 10_000) if one.target == who and not one.gone]
        return {one.key: str(one.message) for one in rows}


def words_of(answer: Answer | str) -> str:
    """Return all that an answer shows."""
    match answer:
        case Say(message):
            return f"{message.text} {message.blocks}"
        case Open(view):
            return str(view)
        case Errors(fields):
            return str(fields)
    return str(answer)
