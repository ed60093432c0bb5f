"""What hangs on a deal follows its class, on every database, each with an event that says why."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.handbook import load_handbook
from bot.policy import bids as policy
from bot.policy import opportunities
from bot.policy.bids import Bid
from bot.policy.demos import Demo
from bot.policy.opportunities import Opportunity
from bot.policy.research import Research
from bot.policy.solutions import Solution
from bot.policy.surveys import About, Survey
from storage import Store
from storage.following import HANGING, keep_deal
from storage.keeping import keep_bid
from storage.phases import parts_of
from storage.store import Shelves

HANDBOOK = load_handbook()
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
NAMED: dict[str, Any] = {"customer_name": "ACME", "customer_key": "acme"}


@pytest.fixture
def deal(store: Store) -> Opportunity:
    """Return a deal on which one record of each kind hangs."""
    with store.change() as shelves:
        deal = shelves.opportunities.add(Opportunity(customer=1, owner="ANN", currency="CNY", opened_at=NOW, touched_at=NOW, **NAMED))
        hung: dict[str, Any] = {"opportunity": deal.id, "owner": "ANN", **NAMED}
        shelves.bids.add(Bid(opportunity=deal.id, customer="ACME", customer_key="acme", owner="ANN", currency="CNY", registered_at=NOW))
        shelves.researches.add(Research(opened_at=NOW, **hung))
        shelves.solutions.add(Solution(opened_at=NOW, **hung))
        shelves.demos.add(Demo(opened_at=NOW, **hung))
        shelves.surveys.add(Survey(opportunity=deal.id, about=About.GENERAL, asked_by="ANN", language="en", created=NOW, **NAMED))
    return deal


def hanging(shelves: Shelves, deal: Opportunity) -> list[Any]:
    return [part.record for part in parts_of(shelves, deal)]


def test_every_kind_follows_its_bid_with_an_event_that_nobody_can_undo(store: Store, deal: Opportunity) -> None:
    with store.change() as shelves:
        bid = shelves.bids.of_opportunity(deal.id)[0]
        keep_bid(shelves, policy.change(bid, "ANN", NOW, confidential=True), HANDBOOK, "toggle")
    with store.look() as shelves:
        found = hanging(shelves, deal)
        events = {record.subject: shelves.audit.last(record.subject) for record in found}
    assert {record.subject.partition(":")[0] for record in found} == set(HANGING)
    assert all(record.confidential for record in found)
    followed = {subject: event for subject, event in events.items() if not subject.startswith("bid")}
    assert all(event and (event.actor, event.reason, event.request) == ("", deal.number, "toggle") for event in followed.values())
    assert all(event and event.became and event.became["confidential"] for event in followed.values())


def test_every_kind_follows_its_deal_there_and_back(store: Store, deal: Opportunity) -> None:
    for secret in (True, False):
        with store.change() as shelves:
            known = shelves.opportunities.get(deal.id)
            assert known is not None
            keep_deal(shelves, opportunities.edit(known, "ANN", NOW, confidential=secret), HANDBOOK)
        with store.look() as shelves:
            assert {record.confidential for record in hanging(shelves, deal)} == {secret}


def test_a_change_of_other_facts_touches_nothing_that_hangs_on_the_deal(store: Store, deal: Opportunity) -> None:
    with store.change() as shelves:
        keep_deal(shelves, opportunities.edit(deal, "ANN", NOW, title="Data hub"), HANDBOOK)
    with store.look() as shelves:
        assert [shelves.audit.last(record.subject) for record in hanging(shelves, deal)] == [None] * len(HANGING)
