"""Whom a whole cycle asks about working together is found all at once, as it would be one by one (§5.1.4)."""

from bot.policy.appraisals.cycle import Kind
from bot.policy.appraisals.record import Appraisal, PeerRating
from bot.policy.bids import Member as BidMember
from bot.policy.people import Person
from storage.asking import Asking, add_ratings
from storage.evidence import peers_to_ask
from storage.store import Shelves
from tests.storage.test_evidence import LONG_AGO, appraisal, bid, books, cycle, deal

__all__ = ["books"]


def furnish(books: Shelves) -> list[Appraisal]:
    """Enter work that people shared, and return their appraisals."""
    one, two = deal(books, sales_owner="sal"), deal(books, owner="kid")
    bid(books, one.id)
    bid(books, two.id, members=(BidMember(person="sal"), BidMember(person="bob"), BidMember(person="gus")))
    bid(books, registered_at=LONG_AGO, members=(BidMember(person="exp"),))
    bid(books, owner="bob", members=(BidMember(person="kid"), BidMember(person="top"), BidMember(person="lea")))
    for number in range(12):
        books.people.put(Person(id=f"p{number}", name="p"))
    bid(books, owner="sal", members=tuple(BidMember(person=f"p{number}") for number in range(12)))
    return [appraisal(person, "may") for person in ("ann", "bob", "exp", "kid", "p3", "sal")]


def told(ratings: list[PeerRating]) -> list[tuple[str, str, int]]:
    """Return who is asked about whom, and for which deal."""
    return [(one.person, one.rater, one.opportunity) for one in ratings]


def test_all_at_once_asks_the_same_colleagues_as_one_by_one(books: Shelves) -> None:
    people = furnish(books)
    asking, together, apart = Asking(books, cycle(books)), list[PeerRating](), list[PeerRating]()
    for one in people:
        together += asking.about(books, one)
    for one in people:
        fresh = peers_to_ask(books, cycle(books), one)
        add_ratings(books, fresh)
        apart += fresh
    assert told(together) == told(apart) and len(together) > 15


def test_after_a_restart_those_asked_before_are_counted(books: Shelves) -> None:
    people = furnish(books)
    asking = Asking(books, cycle(books))
    add_ratings(books, [rating for one in people for rating in asking.about(books, one)])
    assert Asking(books, cycle(books)).asked == asking.asked


def test_for_a_year_nobody_is_asked_as_they_were_for_its_quarters(books: Shelves) -> None:
    people = furnish(books)
    year = cycle(books).amended(period="2026", kind=Kind.YEAR)
    asking = Asking(books, year)
    assert [rating for one in people for rating in asking.about(books, one)] == []
