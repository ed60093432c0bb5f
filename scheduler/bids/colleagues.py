"""The people whom a job speaks to, each looked up once."""

from bot.policy.bids import Bid
from bot.policy.people import Person, is_outsider
from storage.store import Shelves


class Colleagues(dict[str, Person | None]):
    """Those who work here, by id; None for everybody else."""

    def __init__(self, shelves: Shelves) -> None:
        super().__init__()
        self.shelves = shelves

    def __missing__(self, id: str) -> Person | None:
        """Look a person up."""
        person = self.shelves.people.get(id)
        self[id] = None if person is None or is_outsider(person) else person
        return self[id]

    def manager_of(self, bid: Bid) -> str:
        """Return the id of the owner's manager, or nothing."""
        owner = self.shelves.people.get(bid.owner) if self[bid.owner] is None else self[bid.owner]
        return owner.manager if owner and self[owner.manager] else ""

    def zones(self, ids: list[str]) -> dict[str, str]:
        """Return the zone of each of these who works here."""
        return {one: person.zone for one in ids if (person := self[one])}
