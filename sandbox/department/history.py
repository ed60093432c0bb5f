"""What the department has done with Bidwell in the year before the start, capability by capability."""

from datetime import datetime

from sandbox.department import appraisals, bids, customers, demos, honours, opportunities, research, solutions, surveys
from sandbox.department.people import places
from storage.store import Store

CAPABILITIES = (bids, opportunities, customers, research, solutions, demos, surveys, honours, appraisals)


def furnish(store: Store, start: datetime) -> None:
    """Fill an unused database with people and their work, in one transaction; one with bids in it is left alone."""
    with store.change() as shelves:
        if shelves.bids.count():
            return
        for person in places(start):
            shelves.people.put(person)
        for capability in CAPABILITIES:
            capability.fill(shelves, start)
