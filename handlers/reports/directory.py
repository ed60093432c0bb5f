"""Everybody who works here, as far as reports need them (§5.1)."""

from collections.abc import Collection
from functools import cached_property

from bot.policy.people import Person, Role, is_outsider
from bot.policy.tallies import Party, Scope
from bot.words.text import fold
from storage.store import Shelves


class Directory:
    """Everybody who works here, as far as reports need them."""

    def __init__(self, shelves: Shelves) -> None:
        self.people = {person.id: person for person in shelves.people.all()}

    @cached_property
    def inside(self) -> list[Person]:
        """Return those who still work here."""
        return [person for person in self.people.values() if not is_outsider(person)]

    @cached_property
    def managers(self) -> dict[str, str]:
        """Return everybody's manager."""
        return {person.id: person.manager for person in self.people.values()}

    @cached_property
    def teams(self) -> dict[str, str]:
        """Return the teams by their folded names."""
        return {fold(person.team): person.team for person in self.inside if person.team}

    def behind(self, party: Party, counted: Collection[str]) -> list[str]:
        """Return the people of whose work a report tells; of the company's, those for whom anything counts, or else all in a line."""
        if party.scope is Scope.PERSON:
            return [party.who]
        if party.scope is Scope.TEAM:
            return [person.id for person in self.inside if person.team == party.who]
        # Colleagues of other departments may be on a bid team: they do not take the report from the department's head.
        staff = [person for person in self.inside if Role.COLLEAGUE not in person.roles]
        return [person.id for person in staff if person.id in counted] or [person.id for person in staff if person.manager]

    def name(self, id: str) -> str:
        """Return a person's name."""
        return self.people[id].name if id in self.people else id
