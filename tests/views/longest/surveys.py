"""The longest surveys, and what their views are given besides."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from bot.policy.satisfaction import Satisfaction
from bot.policy.surveys import About, State, Survey
from bot.views.follow_up import Offer
from tests.views.longest.shared import CROWD, ME, NOW, text

OPEN = Survey(
    id=999_999_999,
    customer_name=text(200),
    customer_key=text(200),
    about=About.OUTCOME,
    ref="O-999999999",
    language="zh-Hant",
    asked_by=ME,
    members=CROWD,
    created=NOW,
    expires=NOW,
)
ANSWERED = OPEN.amended(
    state=State.ANSWERED,
    answered_at=NOW,
    verified=True,
    score=5,
    understood=5,
    responsive=5,
    again=5,
    comment=text(2000),
    respondent=text(100),
)
SURVEYS = [ANSWERED, ANSWERED.amended(verified=False, about=About.GENERAL, ref="", comment="", respondent=""), OPEN]

CONTENT: Mapping[object, list[Any]] = {
    Survey: SURVEYS,
    Sequence[Survey]: [SURVEYS * 10, []],
    Satisfaction | None: [Satisfaction(Decimal(1000), Decimal(7), 99, 9, 98), None],
    Satisfaction: [Satisfaction(Decimal(1000), Decimal(7), 99, 9, 98)],
    "about": [*About],
    "comment": [text(2000)],
    "customer": [text(200)],
    "surveys.told(customer)": [999_999_999, 0],
    "ref": ["D-999999999", ""],
    "follow_up(ref)": ["D-999999999"],
    Offer | None: [*Offer, None],
    "link": ["https://presales.example.com/" + "x" * 200],
    "invitation": [text(900)],
    "language": ["en", "zh-Hans", "zh-Hant"],
    "name": [text(200)],
}
