"""Honours in the handbook (§5.4.4): which there are, for whom, how often, and how many are given."""

from typing import Annotated

from pydantic import Field

from bot.handbook.section import Named, Section
from bot.kinds import Flag, InLanguages, Whole, at_least_one, one_of, unique


class HonourType(Named):
    """One honour: what it is given for and by which measure the shortlist is computed."""

    given_to: Annotated[str, one_of(("person", "solution"))]
    period: Annotated[str, one_of(("quarter", "year"))]
    criteria: InLanguages
    quota: Annotated[Whole, Field(ge=1, le=50)]


class Honours(Section):
    """Honours (§5.4.4)."""

    types: Annotated[tuple[HonourType, ...], unique(lambda one: one.id), at_least_one]
    self_nomination: Flag
    nominate_within: Annotated[Whole, Field(ge=1, le=60)]
    shortlist: Annotated[Whole, Field(ge=1, le=20)]
