"""The company and its people in the handbook: name, money, language, calendar."""

from typing import Annotated

from pydantic import Field, model_validator

from bot.handbook.section import Section
from bot.kinds import Amount, ClockTime, Currency, Days, Language, Region, Text, Weekday, Whole, Wrong, Zone, at_least_one, one_of, unique


class WorkingHours(Section):
    """From when until when people work, by the clock of their own zone."""

    start: ClockTime
    end: ClockTime

    @model_validator(mode="after")
    def _in_order(self) -> "WorkingHours":
        if self.start >= self.end:
            raise Wrong("the working day ends before it starts", "let end be later than start, on the same day")
        return self


class Company(Section):
    """The company as a whole: its name, money, language and calendar."""

    name: Text
    time_zone: Zone
    currency: Currency
    exchange_rates: dict[Currency, Amount]
    language: Language
    fiscal_year_start: Annotated[Whole, Field(ge=1, le=12)]
    holidays: Region | None
    extra_holidays: Days
    extra_workdays: Days
    working_week: Annotated[tuple[Weekday, ...], unique(), at_least_one]
    working_hours: WorkingHours

    @model_validator(mode="after")
    def _holiday_or_workday(self) -> "Company":
        both = set(self.extra_holidays) & set(self.extra_workdays)
        if both:
            raise Wrong(f"{min(both)} is both an extra holiday and an extra working day", "keep it in one of the two lists")
        return self


class People(Section):
    """What the workspace's members are until somebody says more about them (§1.2)."""

    newcomers: Annotated[str, one_of(("staff", "colleague"))]
