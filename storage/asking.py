"""Whom a whole cycle asks about working together (§5.1.4): found for everybody at once, as one by one it would take minutes."""

from collections import Counter, defaultdict
from typing import Any

from sqlalchemy import ColumnElement, Text, and_, cast, func, insert, literal, or_, select

from bot.policy.appraisals.cycle import Cycle, Kind, rules_of
from bot.policy.appraisals.evidence import Work
from bot.policy.appraisals.peers import Deal, chosen
from bot.policy.appraisals.record import Appraisal, PeerRating
from bot.policy.surveys import State as SurveyState
from bot.policy.surveys import Survey
from bot.policy.tallies import Scope
from storage.appraisals import RATINGS
from storage.evidence import KINDS, barred_for, people_of, span_of, whole_deal
from storage.people import INSIDE, PEOPLE
from storage.store import Shelves
from storage.tallies import ENTRIES


class Asking:
    """What is known once for a whole cycle: who worked on what, who works here, and about how many people each was asked so far."""

    def __init__(self, shelves: Shelves, cycle: Cycle) -> None:
        self.cycle = cycle
        self.most = rules_of(cycle).appraisals.peers.most
        self.inside = frozenset(shelves.connection.execute(select(PEOPLE.c.id).where(INSIDE)).scalars())
        self.work: dict[str, list[Deal]] = defaultdict(list)
        self.whole: dict[int, Deal | None] = {}
        given = select(RATINGS.c.rater, func.count()).where(RATINGS.c.cycle == cycle.id).group_by(RATINGS.c.rater)
        self.asked = Counter({rater: int(n) for rater, n in shelves.connection.execute(given)})
        for kind in Work if asks(cycle) else ():
            self.take_in(shelves, kind)

    def take_in(self, shelves: Shelves, kind: Work) -> None:
        """Note who took part in the work of one kind that is dated in the period, or counts for it."""
        known = KINDS[kind]
        counting = and_(ENTRIES.c.scope == str(Scope.PERSON), ENTRIES.c.period.in_(periods_of(self.cycle)))
        counted: dict[str, set[str]] = defaultdict(set)
        question = select(ENTRIES.c.subject, ENTRIES.c.who).where(counting, ENTRIES.c.subject.startswith(f"{known.word}:"))
        for subject, who in shelves.connection.execute(question.distinct()):
            counted[subject].add(who)
        shelf = known.shelf(shelves)
        named = literal(f"{known.word}:").concat(cast(shelf.table.c.id, Text))
        counts = select(ENTRIES.c.subject).where(counting, ENTRIES.c.subject == named).exists()
        for record in shelf.all_of(select(shelf.table).where(or_(self.dated(shelf.table, known.dates), counts))):
            partakers = {record.owner, *record.team} if stands(record) else set[str]()
            for person in partakers | counted[f"{known.word}:{record.id}"]:
                self.work[person].append(Deal(record.opportunity, people_of(record)))

    def dated(self, table: Any, names: tuple[str, ...]) -> ColumnElement[bool]:
        """Return the condition that one of these moments lies in the period."""
        start, end = span_of(self.cycle)
        return or_(*(and_(table.c[name] >= start, table.c[name] < end) for name in names))

    def deals_of(self, shelves: Shelves, person: str) -> list[Deal]:
        """Return the deals on which a person worked, each with all who worked on it and work here."""
        alone = [deal for deal in self.work[person] if not deal.opportunity]
        for number in {deal.opportunity for deal in self.work[person]} - {0} - self.whole.keys():
            self.whole[number] = whole_deal(shelves, number)
        numbers = sorted({deal.opportunity for deal in self.work[person]} - {0})
        found = [*alone, *(deal for number in numbers if (deal := self.whole[number]))]
        return [deal._replace(people=deal.people & self.inside) for deal in found]

    def about(self, shelves: Shelves, appraisal: Appraisal) -> list[PeerRating]:
        """Return the colleagues to be asked about a person, as ratings to be added, and count them as asked."""
        deals = self.deals_of(shelves, appraisal.person)
        picked = chosen(deals, barred_for(shelves, appraisal), self.asked, self.most) if deals else []
        self.asked.update(rater for rater, _opportunity in picked)
        facts: dict[str, Any] = {"cycle": self.cycle.id, "person": appraisal.person, "asked_at": appraisal.opened_at}
        return [PeerRating(rater=rater, opportunity=opportunity, **facts) for rater, opportunity in picked]


def asks(cycle: Cycle) -> bool:
    """Say whether a cycle asks colleagues: a year does not, as it is graded from its quarters, about which they were asked."""
    return cycle.kind is not Kind.YEAR


def stands(record: Any) -> bool:
    """Say whether a piece of work was not taken back, or a survey answered."""
    return record.state is SurveyState.ANSWERED if isinstance(record, Survey) else record.state != "retracted"


def periods_of(cycle: Cycle) -> list[str]:
    """Return the names under which work of a cycle's period is counted."""
    return [cycle.period, *(f"{cycle.period}Q{number}" for number in range(1, 5))]


def add_ratings(shelves: Shelves, ratings: list[PeerRating]) -> None:
    """Remember who is asked about whom."""
    if ratings:
        rows = [{name: value for name, value in dict(one).items() if name != "id"} for one in ratings]
        shelves.connection.execute(insert(RATINGS), rows)
