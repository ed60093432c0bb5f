"""Where a figure of a report comes from (§5.1): the records of which it is made, as far as one may know of them."""

from collections.abc import Sequence
from typing import NamedTuple

from bot.policy.bids.figures import Figure, inputs
from bot.policy.surveys import Survey
from bot.views.reports import reasons as views
from handlers.context import Answer, Say, Turn
from handlers.finding import known
from handlers.reports.content import carried, no_such, opened
from handlers.reports.directory import Directory
from storage.bids import Eyes
from storage.counting import records
from storage.store import Shelves

OTHERS = frozenset({Figure.RESEARCH, Figure.SOLUTION, Figure.SATISFACTION})  # which are not made of bids


def why(turn: Turn, shelves: Shelves) -> Answer:
    """Say where a figure comes from, and list its records: those of which this person may know."""
    asked = carried(turn)
    whose, content = opened(turn, shelves, Directory(shelves), asked)
    if not asked.figure:
        raise no_such()
    figure = Figure(asked.figure)
    subjects = shelves.tallies.subjects(asked.party, whose.period.names, inputs(figure, turn.handbook.bids.win_rate))
    made = of_others(turn, shelves, subjects, asked.page) if figure in OTHERS else of_bids(turn, shelves, subjects, asked.page)
    return Say(views.reasons(turn._, asked, whose, content, made.page, made.known, len(subjects) - made.known))


class Made(NamedTuple):
    """A page of the records of which a figure is made, and of how many this person may know."""

    page: list[views.Source]
    known: int


def of_bids(turn: Turn, shelves: Shelves, subjects: Sequence[str], number: int) -> Made:
    """Return a page of the bids of which a figure is made."""
    ids = [int(subject.partition(":")[2]) for subject in subjects]
    eyes = Eyes(turn.person.id, shelves.people.below(turn.person.id))
    page = shelves.bids.latest(ids=ids, eyes=eyes, limit=views.PAGE, offset=number * views.PAGE)
    return Made([views.Source(bid) for bid in page], shelves.bids.count(ids=ids, eyes=eyes))


def of_others(turn: Turn, shelves: Shelves, subjects: Sequence[str], number: int) -> Made:
    """Return a page of the research, solutions, surveys and demos of which a figure is made."""
    seen = [record for record in records(shelves, subjects) if known(turn, shelves, record)]
    page = seen[number * views.PAGE : (number + 1) * views.PAGE]
    return Made([views.Source(record, sheet_of(shelves, record)) for record in page], len(seen))


def sheet_of(shelves: Shelves, record: object) -> int:
    """Return the number of the customer on whose sheet a survey stands."""
    customer = shelves.customers.called(record.customer_key) if isinstance(record, Survey) else None
    return customer.id if customer else 0
