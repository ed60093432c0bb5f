"""What is due from a person: what they owe on each bid, what they have to decide, and what they wait for."""

from datetime import datetime

from bot.handbook import Handbook
from bot.policy.bids import OPEN, PENDING, UNSUBMITTED
from bot.policy.bids.decision import awaits_decision
from bot.policy.bids.owed import LOOK_BACK, TEACHES, concerned, owed
from bot.policy.demos import LIVE as SHOWING
from bot.policy.people import Person
from bot.policy.research import LIVE as RESEARCHING
from bot.policy.solutions import LIVE as SOLVING
from bot.views.desk import Desktop
from storage import demos, research, solutions
from storage.bids import Eyes
from storage.store import Shelves

MOST = 5
MANY = 2_000  # bids open at once, looked through in a few milliseconds


def desktop(shelves: Shelves, person: Person, now: datetime, handbook: Handbook) -> Desktop:
    """Return what lies on a person's desk."""
    own = [person.id]
    below = set(shelves.people.below(person.id)) - {person.id}
    live = shelves.bids.listed(states=OPEN, eyes=Eyes(person.id, list(below | {person.id})), limit=MANY)
    lately = shelves.bids.decided_since(now - LOOK_BACK, TEACHES)
    mine = [bid for bid in [*live, *lately] if person.id in concerned(bid) and owed(bid, person.id, now)]
    return Desktop(
        person=person.id,
        now=now,
        due=mine,
        begun=[bid for bid in live if bid.owner == person.id and bid.state in UNSUBMITTED and bid not in mine],
        to_decide=[bid for bid in live if bid.owner in below and awaits_decision(bid)],
        waiting=[bid for bid in live if bid.owner == person.id and bid.state in PENDING],
        team=[bid for bid in live if bid.owner in below],
        research=shelves.researches.listed(research.Wanted(person.id, own, RESEARCHING, owners=[person.id]), limit=MOST),
        solutions=shelves.solutions.listed(solutions.Wanted(person.id, own, SOLVING, owners=[person.id]), limit=MOST),
        demos=shelves.demos.listed(demos.Wanted(person.id, own, SHOWING, owners=[person.id]), limit=MOST),
        zone=person.zone,
        milestones={step.id: step.name[person.speaks] for step in handbook.bids.milestones},
    )
