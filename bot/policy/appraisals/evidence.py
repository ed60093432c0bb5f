"""What a person did in a period, as the self-review begins with it (§5.3.1): kinds of work, and one piece of it."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from bot.language import N_


class Work(StrEnum):
    """The kinds of work that are listed."""

    BIDS = "bids"
    RESEARCH = "research"
    SOLUTIONS = "solutions"
    DEMOS = "demos"
    OPINIONS = "opinions"


WORK_NAMES: Mapping[Work, str] = {
    Work.BIDS: N_("Bids"),
    Work.RESEARCH: N_("Requirement research"),
    Work.SOLUTIONS: N_("Solutions"),
    Work.DEMOS: N_("Demos"),
    Work.OPINIONS: N_("What customers said"),
}


class Done(NamedTuple):
    """One piece of work: its number, whom it was for, the name of its state or the mark of 1 to 5 that it got, and where it was told."""

    number: str
    called: str
    state: str = ""
    mark: int | None = None
    link: str = ""


class Heap(NamedTuple):
    """The work of one kind: how much of it the reader may know, the latest of that, and how much more is confidential."""

    total: int
    latest: tuple[Done, ...]
    hidden: int = 0
