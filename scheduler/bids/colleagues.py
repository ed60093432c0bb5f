"""The people whom a job speaks to, looked up all at once."""

from collections.abc import Iterable

from bot.policy.bids import Bid
from bot.policy.bids.owed import concerned
from bot.policy.people import Person, is_outsider
from storage.store import Shelves


class Colleagues:
    """Those who work here, of all who can have something to do on some bids and of their managers."""

    def __init__(self, shelves: Shelves, bids: Iterable[Bid]) -> None:
        found = shelves.people.among({one for bid in bids for one in concerned(bid)})
        above = shelves.people.among({person.manager for person in found} - {person.id for person in found})
        self.managers = {person.id: person.manager for person in found}
        self.people = {person.id: person for person in [*found, *above] if not is_outsider(person)}

    def get(self, one: str) -> Person | None:
        """Return the person, or None when they do not work here."""
        return self.people.get(one)

    def manager_of(self, bid: Bid) -> str:
        """Return the id of the owner's manager, also of an owner who has left; nothing when there is none."""
        manager = self.managers.get(bid.owner, "")
        return manager if manager in self.people else ""

    def zones(self, ids: Iterable[str]) -> dict[str, str]:
        """Return the zone of each of these who works here."""
        return {one: self.people[one].zone for one in ids if one in self.people}
