"""Every record has exactly the fields of its row."""

import pytest

from bot.policy.bids import Bid
from bot.policy.people import Person
from bot.policy.record import Event, Record
from storage.audit import EventRow
from storage.base import Base
from storage.bids import BidRow
from storage.outbox import Said, SaidRow
from storage.people import PersonRow


@pytest.mark.parametrize(("record", "row"), [(Bid, BidRow), (Person, PersonRow), (Event, EventRow), (Said, SaidRow)])
def test_a_record_has_the_fields_of_its_row(record: type[Record], row: type[Base]) -> None:
    assert set(record.model_fields) == set(row.__table__.columns.keys())
