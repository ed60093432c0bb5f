"""A row of people.csv (§1.2): what the company says of somebody whom the directory knows."""

from datetime import date
from typing import Annotated, ClassVar, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from bot.imports.cells import day_from, manager_from, person_from, post_from, roles_from, text_from
from bot.imports.line import Line
from bot.language import N_
from bot.policy.people import Person, Role, check_manager
from bot.policy.refusal import Refusal

Someone = Annotated[Person, BeforeValidator(person_from)]


class PersonLine(Line):
    """Somebody by id or address, and what they are; None leaves a thing as it is."""

    needed: ClassVar[tuple[str, ...]] = ()
    passed_over: ClassVar[frozenset[str]] = frozenset({"name", "account"})

    id: Someone | None = None
    email: Someone | None = None
    post: Annotated[str, BeforeValidator(post_from)] | None = None
    manager: Annotated[str, BeforeValidator(manager_from)] | None = None
    team: Annotated[str, Field(max_length=100), AfterValidator(text_from)] | None = None
    roles: Annotated[frozenset[Role], BeforeValidator(roles_from)] | None = None
    started: Annotated[date, BeforeValidator(day_from)] | None = None

    @model_validator(mode="after")
    def _one_person(self) -> Self:
        if self.id is None and self.email is None:
            raise Refusal(N_("Say who it is: fill in the column id or email."), field="id")
        if self.id and self.email and self.id != self.email:
            raise Refusal(N_("Id and address belong to different people; empty one of the two."), field="email")
        return self

    @property
    def person(self) -> Person:
        """Return the person as the directory knows them."""
        found = self.id or self.email
        assert found is not None
        return found

    def placed(self) -> Person:
        """Return the person as the row would have them."""
        said = self.model_dump(include={"post", "manager", "team", "roles", "started"}, exclude_none=True)
        return self.person.amended(**said)


def check_managers(person: Person, managers: dict[str, str]) -> None:
    """Refuse a line of managers that leads back to the person; `managers` holds everybody's as they would be."""
    above: list[str] = []
    next_up = managers.get(person.manager, "")
    while next_up and next_up not in above:
        above.append(next_up)
        next_up = managers.get(next_up, "")
    if person.manager:
        check_manager(person, person.manager, above)
