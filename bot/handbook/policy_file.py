"""The whole policy file as one model."""

import hashlib
from functools import cached_property
from typing import Annotated

from bot.handbook.appraisals import Appraisals, Bonus
from bot.handbook.bids import Bids
from bot.handbook.company import Company, People
from bot.handbook.honours import Honours
from bot.handbook.research import Research
from bot.handbook.section import Named, Section
from bot.handbook.solutions import Solutions
from bot.handbook.work import Customers, Demos, Opportunities, Surveys
from bot.kinds import Channel, at_least_one, unique


class Channels(Section):
    """Where the bot speaks to more than one person; None for nowhere."""

    wins: Channel
    bids: Channel
    product: Channel
    demos: Channel
    honours: Channel


class Handbook(Section):
    """The whole policy file, checked."""

    company: Company
    people: People
    posts: Annotated[tuple[Named, ...], unique(lambda post: post.id), at_least_one]
    bids: Bids
    opportunities: Opportunities
    customers: Customers
    surveys: Surveys
    research: Research
    solutions: Solutions
    demos: Demos
    appraisals: Appraisals
    bonus: Bonus
    honours: Honours
    channels: Channels

    @cached_property
    def version(self) -> str:
        """Return a short name of exactly this content, the same wherever and however it is written."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:12]
