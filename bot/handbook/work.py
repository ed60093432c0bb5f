"""Deals, customers, surveys and demos in the handbook (§2.1, §4.3)."""

from typing import Annotated

from pydantic import Field

from bot.handbook.section import Section
from bot.kinds import Duration, Durations, PublicAddress, Whole


class Opportunities(Section):
    """Deals (§2.1.5): after how many working days without activity the owner is asked what is next."""

    stale_after: Annotated[Whole, Field(ge=1, le=250)]


class Customers(Section):
    """Customer relations (§2.1.5): within how many working days enquiries are answered, and how long before that the owner is reminded."""

    answer_within: Annotated[Whole, Field(ge=1, le=60)]
    remind_before: Duration


class Surveys(Section):
    """Customers' opinions (§2.1.5, §5.1.3): how long a link is good for, and the address at which customers reach the bot's web server."""

    expires_after: Duration
    base_url: PublicAddress


class Demos(Section):
    """Demos (§4.3): when those who give one are reminded, and how far it may be moved before it has to be made ready again."""

    remind_before: Durations
    summary_after: Duration
    ready_holds: Duration
    answer_within: Annotated[Whole, Field(ge=1, le=60)]
