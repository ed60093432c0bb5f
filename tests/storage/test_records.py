"""Every record has exactly the fields of its row."""

import pytest

from bot.policy.appraisals.cycle import Cycle
from bot.policy.appraisals.record import Appraisal, PeerRating
from bot.policy.bids import Bid
from bot.policy.customers import Customer
from bot.policy.honours.record import Nomination, Round
from bot.policy.opportunities import Opportunity
from bot.policy.people import Person
from bot.policy.record import Event, Record
from bot.policy.solutions import Solution
from storage.appraisals import AppraisalRow, CycleRow, PeerRatingRow
from storage.audit import EventRow
from storage.base import Base
from storage.bids import BidRow
from storage.customers import CustomerRow
from storage.honours import NominationRow, RoundRow
from storage.opportunities import OpportunityRow
from storage.outbox import Said, SaidRow
from storage.people import PersonRow
from storage.solutions import SolutionRow

RECORDS = [
    (Appraisal, AppraisalRow),
    (Cycle, CycleRow),
    (PeerRating, PeerRatingRow),
    (Bid, BidRow),
    (Customer, CustomerRow),
    (Event, EventRow),
    (Nomination, NominationRow),
    (Opportunity, OpportunityRow),
    (Person, PersonRow),
    (Round, RoundRow),
    (Said, SaidRow),
    (Solution, SolutionRow),
]


@pytest.mark.parametrize(("record", "row"), RECORDS)
def test_a_record_has_the_fields_of_its_row(record: type[Record], row: type[Base]) -> None:
    assert set(record.model_fields) == set(row.__table__.columns.keys())
