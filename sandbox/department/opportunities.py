"""The department's deals that have no bid yet, and those that were given up or wait because their bid came to nothing."""

from datetime import datetime
from functools import partial
from typing import NamedTuple

from bot.policy import opportunities as policy
from bot.policy.bids import Action
from bot.policy.machine import Step
from bot.policy.opportunities import Opportunity
from sandbox.department.deals import ENDED, thousands
from sandbox.department.keeping import at_work, deal_with, take
from sandbox.department.people import MARCUS, PEISHAN, PRIYA, WEI, XIAOTONG, ZHOULAN
from sandbox.department.rules import handbook
from storage.deals import open_deal
from storage.store import Shelves


class Early(NamedTuple):
    """A deal at its beginning: amounts in thousands, days in working days from the start; on hold since then, for that reason."""

    customer: str
    title: str
    owner: str
    sales: str
    currency: str
    worth: int
    opened: int
    source: str
    held: int = 0
    why: str = ""


EARLY = (
    Early("芦汀半导体", "良率分析平台", WEI, ZHOULAN, "CNY", 4_200, -34, "九月行业展会"),
    Early("Brackwater Ferries", "Timetable and crew desk", PRIYA, MARCUS, "USD", 300, -28, "Saltmarsh Rail recommended us"),
    Early("梧桐里商业集团", "会员与积分中台", XIAOTONG, ZHOULAN, "CNY", 1_900, -21, "老客户转介绍"),
    Early("澎灣水產合作社", "冷鏈追溯", PEISHAN, MARCUS, "TWD", 5_600, -44, "官網表單", -18, "對方十二月換屆，之後再談。"),
    Early("铜雀台文旅", "票务与客流", WEI, ZHOULAN, "CNY", 850, -14, "电话咨询"),
)
GIVEN_UP = {
    "Graywater Mills": "Asked again in spring: still no budget.",
    "棲霞農會": "需求與產品差距太大。",
    "蓝桉医药物流": "No interfaces, no case.",
    "Rotbuchen Klinik gGmbH": "Their partner bids against us now.",
}
CALLED_OFF = "機關下年度重新編列預算後再招標。"
AFTER = 15  # working days after a bid was entered; two thirds of them after a tender was called off


def fill(shelves: Shelves, start: datetime) -> None:
    """Enter the deals without a bid, and settle those whose bid came to nothing."""
    for early in EARLY:
        enter(shelves, early, start)
    for ended in ENDED:
        if ended.customer in GIVEN_UP:
            at, why = at_work(start, ended.entered + AFTER, 15, ended.owner), GIVEN_UP[ended.customer]
            deal = deal_with(shelves, ended.customer)
            take(shelves, shelves.opportunities, deal, at, partial(give_up, why))
        elif ended.ending is Action.CANCEL and ended.decided:
            deal, at = deal_with(shelves, ended.customer), at_work(start, ended.decided + AFTER * 2 // 3, 15, ended.owner)
            take(shelves, shelves.opportunities, deal, at, lambda deal, at: policy.hold(deal, CALLED_OFF, deal.owner, at))


def give_up(why: str, deal: Opportunity, at: datetime) -> Step[Opportunity]:
    """Give a deal up."""
    return policy.abandon(deal, why, deal.owner, at)


def enter(shelves: Shelves, early: Early, start: datetime) -> None:
    """Enter one deal, and put it on hold where it waits."""
    at = at_work(start, early.opened, 11, early.owner)
    deal = open_deal(
        shelves,
        early.customer,
        early.owner,
        at,
        handbook(),
        request=f"{early.customer}:{at:%Y%m%dT%H%M}",
        title=early.title,
        source=early.source,
        amount=thousands(early.worth),
        currency=early.currency,
        sales_owner=early.sales,
    ).opportunity
    if early.held:
        held = at_work(start, early.held, 14, early.owner)
        take(shelves, shelves.opportunities, deal, held, lambda deal, at: policy.hold(deal, early.why, deal.owner, at))
