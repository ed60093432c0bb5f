"""What is asked about honours, on both databases."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from bot.handbook import as_written, load_handbook
from bot.policy.appraisals.record import Appraisal, Grade, Measure, Measured
from bot.policy.appraisals.record import State as Appraised
from bot.policy.calendar import Calendar
from bot.policy.honours.nominating import Words, for_person
from bot.policy.honours.record import Bar, Merit, Nomination, Phase, Round, State, Support
from bot.policy.honours.rounds import ended
from bot.policy.people import Person, Role
from bot.policy.tallies import Scope, TallyKey
from storage import Store
from storage.honouring import begin_round, honours_of, judged

HANDBOOK = load_handbook(None)
BEST, SOLUTION, TEAM = HANDBOOK.honours.types
NOW = datetime(2027, 1, 5, 2, 0, 15, 123456, tzinfo=UTC)
SUPPORT = Support(person="U7", why="\"'\n谢谢", evidence=("B-1", "https://a.example"), at=NOW)
MERIT = Merit(score=Decimal("91.5"), n=1, grade="excellent", rank=4, won=2, bar=Bar.LEFT)


def a_round(**changes: Any) -> Round:
    facts = {"type": TEAM.id, "period": "2026Q4", "start": date(2026, 10, 1), "end": date(2026, 12, 31), "rules": as_written(TEAM)}
    return Round.model_validate(facts | {"closes": date(2027, 1, 15), "opened_at": NOW} | changes)


def a_nomination(person: str = "U1", **changes: Any) -> Nomination:
    return for_person(TEAM.id, "2026Q4", person, "U9", Words("Good"), NOW).amended(**changes)


def honoured(person: str, **changes: Any) -> Nomination:
    return a_nomination(person, **{"state": State.AWARDED, "announced_at": NOW, "citation": "Thank you"} | changes)


def test_what_is_remembered_comes_back_as_it_was(store: Store) -> None:
    with store.change() as shelves:
        begun = shelves.rounds.begin(a_round(state=Phase.ANNOUNCED, announced_at=NOW, why="x"))
        entered = shelves.nominations.enter(honoured("U1", supports=(SUPPORT,), merit=MERIT, grounds="best", revoked_why="no"))
    assert begun and entered
    with store.look() as shelves:
        assert shelves.rounds.get(begun.id) == begun and begun.honour == TEAM
        assert shelves.nominations.get(entered.id) == entered


def test_there_is_one_round_for_an_honour_and_a_period_cancelled_or_not(store: Store) -> None:
    with store.change() as shelves:
        assert shelves.rounds.begin(a_round(state=Phase.CANCELLED))
        assert shelves.rounds.begin(a_round()) is None
        assert shelves.rounds.begin(a_round(period="2027Q1"))
        assert shelves.rounds.begin(a_round(type=SOLUTION.id))
        assert [one.id for one in shelves.rounds.in_phases([Phase.OPEN])] == [one.id for one in shelves.rounds.latest(2)][::-1]
        assert shelves.rounds.of(TEAM.id, "2026Q4", lock=True) is not None and shelves.rounds.of(BEST.id, "2026Q4") is None


def test_a_nominee_stands_once_until_that_is_taken_back(store: Store) -> None:
    with store.change() as shelves:
        first = shelves.nominations.enter(a_nomination())
        assert first and first.slot
        assert shelves.nominations.enter(a_nomination(nominator="U5")) is None
        assert shelves.nominations.in_slot(first.slot) == first
        shelves.nominations.save(first.amended(slot=None, state=State.RETRACTED))
        assert shelves.nominations.enter(a_nomination(nominator="U5"))
        assert [one.nominator for one in shelves.nominations.of(TEAM.id, "2026Q4")] == ["U5"]


def test_nominations_are_found_by_all_who_spoke(store: Store) -> None:
    with store.change() as shelves:
        shelves.nominations.enter(a_nomination("U1", supports=(SUPPORT,)))
        shelves.nominations.enter(a_nomination("U7", nominator="U8"))
        assert [one.person for one in shelves.nominations.said_by("U7", 10)] == ["U1"]
        assert [one.person for one in shelves.nominations.said_by("U9", 10)] == ["U1"]
        assert shelves.nominations.said_by("U", 10) == [] and len(shelves.nominations.waiting()) == 2


def test_only_honours_that_were_announced_and_stand_are_in_the_hall_of_fame(store: Store) -> None:
    with store.change() as shelves:
        shelves.nominations.enter(honoured("U1"))
        shelves.nominations.enter(honoured("U2", announced_at=None))
        shelves.nominations.enter(honoured("U3", state=State.REVOKED))
        shelves.nominations.enter(honoured("U4", type=SOLUTION.id, people=("U4", "U1"), period="2025Q4"))
        assert {one.person for one in shelves.nominations.honoured()} == {"U1", "U4"}
        assert {one.person for one in honours_of(shelves, "U1")} == {"U1", "U4"}
        assert [one.person for one in shelves.nominations.honoured(type=SOLUTION.id)] == ["U4"]
        assert [one.person for one in shelves.nominations.honoured(periods=("2026Q4", "2026"))] == ["U1"]
        assert [honours_of(shelves, who) for who in ("U2", "U3", "U", "%")] == [[]] * 4
        assert len(shelves.nominations.honoured(limit=1, offset=1)) == 1


def measured(score: str | None) -> Measured:
    value = Decimal(score) if score else None
    facts = {"part": Decimal(1), "whole": Decimal(1), "n": 3, "given": Decimal(10), "weight": Decimal(10)}
    return Measured(measure=Measure.TEAMWORK, value=value, score=value, **facts)


def appraise(shelves: Any, person: str, period: str, score: str, grade: Grade, state: Appraised = Appraised.FINAL, team: str = "") -> None:
    facts = {"cycle": int(period[-1]), "period": period, "person": person, "served": 60, "days": 60, "opened_at": NOW, "state": state}
    shelves.appraisals.add(Appraisal(**facts, score=Decimal(score), grade=grade, measured=(measured(team or None),)))


def test_people_are_judged_by_published_appraisals_and_what_was_counted(store: Store) -> None:
    staff = frozenset({Role.STAFF})
    with store.change() as shelves:
        for person in ("U1", "U2", "U3"):
            shelves.people.put(Person(id=person, name=person, roles=staff))
        shelves.people.put(Person(id="U4", name="Left", roles=staff, deleted=True))
        shelves.people.put(Person(id="U5", name="Sales", roles=frozenset({Role.COLLEAGUE})))
        appraise(shelves, "U1", "2026Q4", "91.5", Grade.EXCELLENT, team="88")
        appraise(shelves, "U2", "2026Q4", "40", Grade.FAIL)
        appraise(shelves, "U3", "2026Q4", "70", Grade.GOOD, Appraised.CALIBRATED)
        shelves.tallies.raise_by({TallyKey(Scope.PERSON, who, "2026Q4", "won"): Decimal(2) for who in ("U1", "U4", "U5")})
        for person in ("U2", "U3", "U4"):
            shelves.nominations.enter(a_nomination(person))
        found = shelves.rounds.begin(a_round())
        assert found
        merits = {one.person: one.merit for one in judged(shelves, found, HANDBOOK, NOW)}
    assert merits["U1"] == Merit(score=Decimal("91.5"), n=1, grade="excellent", rank=4, teamwork=Decimal("88.0"), won=2)
    assert merits["U2"] and merits["U2"].bar is Bar.FAILED and merits["U3"] == Merit()
    assert merits["U4"] and merits["U4"].bar is Bar.LEFT and "U5" not in merits


def test_of_a_year_the_mean_of_its_quarters_counts_and_the_years_grade(store: Store) -> None:
    year = a_round(type=BEST.id, period="2026", start=date(2026, 1, 1), rules=as_written(BEST))
    with store.change() as shelves:
        shelves.people.put(Person(id="U1", name="U1", roles=frozenset({Role.STAFF})))
        shelves.nominations.enter(a_nomination("U1", type=BEST.id, period="2026"))
        for quarter, score in (("2026Q1", "80"), ("2026Q2", "91")):
            appraise(shelves, "U1", quarter, score, Grade.GOOD)
        appraise(shelves, "U1", "2026", "99", Grade.OUTSTANDING)
        [one] = judged(shelves, year, HANDBOOK, NOW)
    assert one.merit and (one.merit.score, one.merit.n, one.merit.grade) == (Decimal("85.5"), 2, "outstanding")


def test_a_round_begins_once_and_hr_is_told(store: Store) -> None:
    period = ended(TEAM, NOW, Calendar(HANDBOOK.company))
    with store.change() as shelves:
        for person in ("U8", "U9"):
            shelves.people.put(Person(id=person, name=person, roles=frozenset({Role.HR})))
        shelves.people.put(Person(id="U1", name="U1", roles=frozenset({Role.STAFF})))
        begun = begin_round(shelves, TEAM, period, "U9", NOW, HANDBOOK)
        assert begun and begin_round(shelves, TEAM, period, "U9", NOW, HANDBOOK) is None
        assert [said.target for said in shelves.outbox.about(begun.subject)] == ["U8"]
