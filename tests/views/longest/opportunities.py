"""The longest opportunities, and what their views are given besides."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.policy.opportunities import Action, Opportunity, Outcome, Phase
from bot.policy.shares import Share
from bot.views.opportunities import lists, sheet
from tests.views.longest.bids import LONGEST as BID
from tests.views.longest.shared import AMOUNT, CROWD, ME, NOW, ZONE, text

LONGEST = Opportunity(
    id=999_999_999,
    customer=999_999_999,
    customer_name=text(200),
    customer_key=text(200),
    title=text(200),
    source=text(200),
    amount=AMOUNT,
    awarded=AMOUNT,
    currency="USD",
    sales_owner=ME,
    owner=CROWD[1],
    members=CROWD,
    confidential=True,
    shares=BID.shares,
    opened_at=NOW,
    touched_at=NOW,
    closed_at=NOW,
    note=text(1000),
)
SHORTEST = Opportunity(customer=1, customer_name="A", customer_key="a", currency="CNY", owner=ME, opened_at=NOW, touched_at=NOW)
DEALS = [LONGEST, SHORTEST, *(LONGEST.amended(state=state) for state in Outcome)]
STEPS = [[action] for action in Action] + [[*Action]]
TOLD = sheet.Told(NOW, LONGEST.number, ME, Outcome.ABANDONED, "https://slack.example/archives/" + "C" * 60)
HUNG = [sheet.Hung(BID.number, BID.state)] * 20

CONTENT: Mapping[object, list[Any]] = {
    Opportunity: DEALS,
    Opportunity | None: [LONGEST, None],
    Sequence[Opportunity]: [DEALS],
    Action: [*Action],
    Sequence[Action]: STEPS,
    Sequence[Share]: [BID.shares],
    lists.Scope: [*lists.Scope],
    lists.Row: [lists.Row(LONGEST, phase) for phase in Phase],
    Sequence[lists.Row]: [[lists.Row(LONGEST, phase) for phase in Phase][: sheet.PAGE], []],
    sheet.Told: [TOLD, TOLD._replace(became="", link="")],
    Sequence[sheet.Told]: [[TOLD] * sheet.MOMENTS],
    sheet.Sheet: [sheet.Sheet(phase, HUNG, [TOLD] * sheet.MOMENTS, True, [*Action], BID.id, ZONE) for phase in Phase],
    "names": [{person: text(200) for person in CROWD}],
    "forms.reason_form(step)": [sheet.LOST, sheet.ABANDON, sheet.HOLD, sheet.REOPEN],
    "told.retold(key)": [f"{sheet.ASKED}:1:{ME}", f"{sheet.NUDGE}:1:1:1:{ME}"],
    "to": [ME],
}
