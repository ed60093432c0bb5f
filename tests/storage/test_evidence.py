"""What a person did in a period, and whom the cycle asks about working together (§5.1.4), on both databases."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from bot.handbook import load_handbook
from bot.policy.appraisals.cycle import Cycle, Kind, kept_rules
from bot.policy.appraisals.evidence import Work
from bot.policy.appraisals.record import Appraisal, PeerRating
from bot.policy.bids import Bid, Question
from bot.policy.bids import Member as BidMember
from bot.policy.demos import Demo
from bot.policy.demos.feedback import Feedback
from bot.policy.opportunities import Opportunity
from bot.policy.people import Person
from bot.policy.research import Member, Research
from bot.policy.solutions import Consultation, Solution
from bot.policy.surveys import State as SurveyState
from bot.policy.surveys import Survey
from bot.policy.tallies import Scope, TallyKey
from storage import Store
from storage.evidence import done_in, peers_to_ask
from storage.rating import raters_of
from storage.store import Shelves

HANDBOOK = load_handbook()
NOW = datetime(2026, 11, 2, tzinfo=UTC)
LONG_AGO = datetime(2026, 2, 2, tzinfo=UTC)
QUARTER = {"period": "2026Q4", "start": date(2026, 10, 1), "end": date(2026, 12, 31), "slot": "2026Q4", "kind": Kind.QUARTER}
DUE = {"self_due": date(2027, 1, 9), "manager_due": date(2027, 1, 18), "calibration_due": date(2027, 1, 25)}
CUSTOMER = {"customer_name": "ACME", "customer_key": "acme"}
WORKSPACE = "https://desk.example/"


@pytest.fixture
def books(store: Store) -> Iterator[Shelves]:
    """Return books with a cycle and some people: may manages ann, ann manages kid; gus is a guest and lea has left."""
    with store.change() as shelves:
        for name in ("ann", "bob", "may", "top", "kid", "sal", "exp", "gus", "lea"):
            manager = {"ann": "may", "may": "top", "kid": "ann"}.get(name, "")
            shelves.people.put(Person(id=name, name=name.title(), manager=manager, guest=name == "gus", deleted=name == "lea"))
        shelves.cycles.add(Cycle(**QUARTER, **DUE, handbook="1", rules=kept_rules(HANDBOOK), opened_at=NOW))
        yield shelves


def cycle(books: Shelves) -> Cycle:
    found = books.cycles.get(1)
    assert found
    return found


def appraisal(person: str = "ann", manager: str = "may") -> Appraisal:
    return Appraisal(id=1, cycle=1, period="2026Q4", person=person, manager=manager, served=92, days=92, opened_at=NOW)


def deal(books: Shelves, **facts: Any) -> Opportunity:
    made = {"owner": "bob", "currency": "CNY", "opened_at": NOW, "touched_at": NOW, "customer": 1, **CUSTOMER, **facts}
    return books.opportunities.add(Opportunity(**made))


def bid(books: Shelves, number: int = 0, **facts: Any) -> Bid:
    made = {"customer": "ACME", "customer_key": "acme", "owner": "ann", "currency": "CNY", "registered_at": NOW, "opportunity": number}
    return books.bids.add(Bid(**made | facts))


def asked(books: Shelves, **facts: Any) -> list[str]:
    return [rating.rater for rating in peers_to_ask(books, cycle(books), appraisal(**facts))]


def test_those_who_shared_a_deal_are_asked_those_who_shared_most_first(books: Shelves) -> None:
    one, two = deal(books, sales_owner="sal"), deal(books, owner="ann")
    bid(books, one.id)
    question = Question(id=1, asker="ann", expert="exp", text="?")
    bid(books, two.id, members=(BidMember(person="sal"),), questions=(question,))
    ratings = peers_to_ask(books, cycle(books), appraisal())
    assert [(rating.rater, rating.opportunity) for rating in ratings] == [("sal", 2), ("bob", 1), ("exp", 2)]


@pytest.mark.parametrize(
    "work",
    [
        lambda books, number: books.researches.add(
            Research(opportunity=number, owner="bob", members=(Member(person="ann"),), opened_at=NOW, **CUSTOMER)
        ),
        lambda books, number: books.demos.add(
            Demo(opportunity=number, owner="ann", members=("bob",), opened_at=LONG_AGO, at=NOW, **CUSTOMER)
        ),
        lambda books, number: books.solutions.add(
            Solution(
                opportunity=number,
                owner="ann",
                opened_at=NOW,
                consultations=(Consultation(id=1, asker="ann", person="bob", text="?", at=NOW, due=NOW),),
                **CUSTOMER,
            )
        ),
    ],
)
def test_all_work_on_a_deal_is_shared_work(books: Shelves, work: Any) -> None:
    work(books, deal(books, owner="ann").id)
    assert asked(books) == ["bob"]


def test_neither_managers_nor_reports_nor_outsiders_are_asked(books: Shelves) -> None:
    team = tuple(BidMember(person=name) for name in ("ann", "may", "top", "kid", "gus", "lea", "bob", "sal"))
    bid(books, members=team)
    assert asked(books) == ["bob", "sal"]
    assert asked(books, manager="sal") == ["bob"]


def test_what_was_over_before_is_not_asked_about(books: Shelves) -> None:
    bid(books, registered_at=LONG_AGO, members=(BidMember(person="bob"),))
    assert asked(books) == []


def test_nobody_is_asked_twice_nor_more_than_the_rules_say(books: Shelves) -> None:
    people = [f"p{number}" for number in range(12)]
    for name in people:
        books.people.put(Person(id=name, name=name))
    bid(books, members=tuple(BidMember(person=name) for name in people))
    for rating in peers_to_ask(books, cycle(books), appraisal()):
        books.ratings.add(rating)
    assert len(books.ratings.about(1, "ann")) == 8 and peers_to_ask(books, cycle(books), appraisal()) == []
    assert raters_of(books, 1, limit=3) == ["p0", "p1", "p10"] and len(raters_of(books, 1, "p10")) == 5


def test_nobody_is_asked_about_more_than_ten(books: Shelves) -> None:
    for number in range(10):
        books.ratings.add(PeerRating(cycle=1, person=f"x{number}", rater="bob", asked_at=NOW))
    bid(books, members=(BidMember(person="bob"), BidMember(person="sal")))
    assert asked(books) == ["sal"]


def test_what_a_person_did_is_listed_with_its_state_and_where_it_was_told(books: Shelves) -> None:
    made = bid(books, members=(BidMember(person="bob"),))
    bid(books, owner="bob")
    bid(books, registered_at=LONG_AGO)
    demo = books.demos.add(Demo(opportunity=1, owner="ann", opened_at=NOW, **CUSTOMER))
    entry = {"demo": demo.id, "opportunity": 1, "customer_name": "ACME", "author": "bob", "at": NOW}
    books.feedback.enter(Feedback(source="1", rating=4, channel="C1", ts="1.000002", **entry))
    facts = {"language": "en", "asked_by": "bob", "members": ("ann",), "created": NOW, "answered_at": NOW, **CUSTOMER}
    books.surveys.add(Survey(state=SurveyState.ANSWERED, score=5, **facts))
    work = done_in(books, cycle(books), "ann", WORKSPACE, "Asia/Shanghai", 5)
    assert {kind: heap.total for kind, heap in work.items()} == {
        Work.BIDS: 1,
        Work.RESEARCH: 0,
        Work.SOLUTIONS: 0,
        Work.DEMOS: 1,
        Work.OPINIONS: 2,
    }
    assert (work[Work.BIDS].latest[0].number, work[Work.BIDS].latest[0].state) == (made.number, "registered")
    assert [(one.number, one.mark, one.link) for one in work[Work.OPINIONS].latest] == [
        ("SV-1", 5, ""),
        ("D-1", 4, "https://desk.example/archives/C1/p1000002"),
    ]


def test_what_counts_for_the_period_is_listed_whenever_it_began(books: Shelves) -> None:
    old = bid(books, registered_at=LONG_AGO)
    books.tallies.put(old.subject, {TallyKey(Scope.PERSON, "ann", "2026Q4", "won"): Decimal(1)})
    books.tallies.put("bid:99", {TallyKey(Scope.PERSON, "bob", "2026Q4", "won"): Decimal(1)})
    assert done_in(books, cycle(books), "ann", "", "UTC", 5)[Work.BIDS].total == 1


def test_a_list_is_short_and_says_how_much_there_is(books: Shelves) -> None:
    for _ in range(7):
        bid(books)
    heap = done_in(books, cycle(books), "ann", "", "UTC", 5)[Work.BIDS]
    assert (heap.total, [one.number for one in heap.latest]) == (7, ["B-7", "B-6", "B-5", "B-4", "B-3"])


@pytest.mark.parametrize(("reader", "known"), [("ann", 2), ("bob", 2), ("top", 2), ("kid", 1), ("exp", 1), ("", 1)])
def test_what_is_confidential_is_named_to_those_concerned_and_counted_for_others(books: Shelves, reader: str, known: int) -> None:
    bid(books, members=(BidMember(person="bob"),), confidential=True)
    bid(books)
    heap = done_in(books, cycle(books), "ann", "", "UTC", 5, reader=reader)[Work.BIDS]
    assert (heap.total, len(heap.latest), heap.hidden) == (known, known, 2 - known)


def test_a_manager_reads_no_names_of_others_confidential_bids_and_demos(books: Shelves) -> None:
    bid(books, owner="bob", members=(BidMember(person="ann"),), customer="Zephyrus", confidential=True)
    secret = {**CUSTOMER, "customer_name": "Zephyrus", "confidential": True}
    demo = books.demos.add(Demo(opportunity=1, owner="bob", members=("ann",), opened_at=NOW, **secret))
    entry = {"demo": demo.id, "opportunity": 1, "customer_name": "Zephyrus", "author": "bob", "at": NOW}
    books.feedback.enter(Feedback(source="1", rating=4, channel="C1", ts="1.000002", **entry))
    for reader, named in (("may", False), ("ann", True)):
        work = done_in(books, cycle(books), "ann", "", "UTC", 5, reader=reader)
        assert ("Zephyrus" in str(work)) is named
        assert work[Work.BIDS].hidden == (0 if named else 1)
