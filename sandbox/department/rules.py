"""The rules by which the department works: the defaults of the handbook, and its calendar."""

from functools import cache

from bot.handbook import Handbook, load_handbook
from bot.policy.calendar import Calendar


@cache
def handbook() -> Handbook:
    """Return the handbook."""
    return load_handbook()


@cache
def calendar() -> Calendar:
    """Return the days and hours on which the department works."""
    return Calendar(handbook().company)
