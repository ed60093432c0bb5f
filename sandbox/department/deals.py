"""The table of the department's deals; every customer is invented."""

from datetime import timedelta
from decimal import Decimal
from typing import NamedTuple

from bot.policy.bids import Action
from sandbox.department.people import DANIEL, JONAS, PEISHAN, PRIYA, WEI, XIAOTONG, ZHOULAN


class Deal(NamedTuple):
    """One bid: amounts in thousands, days in working days from the start.

    A day of submission that is still to come is the one that is planned. The outcome is what was awarded, the loss reason, or
    the step by which the bid ended otherwise.
    """

    customer: str
    owner: str
    currency: str
    asked: int | None
    entered: int
    due: int | timedelta | None
    submitted: int | None = None
    decided: int | None = None
    outcome: int | str | Action = 0
    note: str = ""
    team: tuple[str, ...] = ()

    @property
    def ending(self) -> Action:
        """Return the step by which the bid ended."""
        if isinstance(self.outcome, Action):
            return self.outcome
        return Action.LOSE if isinstance(self.outcome, str) else Action.WIN


WON = (
    # customer, owner, currency, asked, entered, due, submitted, decided, awarded
    Deal("青禾湾轨道集团", WEI, "CNY", 3_200, -281, -262, -263, -250, 3_050),
    Deal("Brunnfeld Logistik AG", JONAS, "EUR", 240, -280, -255, -257, -240, 240),
    Deal("澄嶼醫療體系", PEISHAN, "TWD", 18_500, -270, -248, -249, -232, 17_800),
    Deal("霁川银行", XIAOTONG, "CNY", 5_600, -262, -238, -239, -219, 5_280),
    Deal("Pellam Airways", DANIEL, "USD", 410, -250, -228, -230, -207, 395),
    Deal("望潮港务集团", WEI, "CNY", 2_450, -236, -214, -215, -196, 2_450),
    Deal("鯨川半導體", PEISHAN, "TWD", 32_000, -225, -203, -204, -184, 30_500),
    Deal("Stadtwerke Lindenbruck", JONAS, "EUR", 515, -214, -190, -191, -171, 498),
    Deal("砚溪大学", XIAOTONG, "CNY", 980, -198, -178, -180, -163, 960),
    Deal("Saltmarsh Rail", PRIYA, "USD", 1_250, -190, -166, -167, -148, 1_190, team=(WEI,)),
    Deal("澜石能源", WEI, "CNY", 7_800, -176, -150, -151, -133, 7_450, team=(XIAOTONG,)),
    Deal("曉舟航運", PEISHAN, "TWD", 9_600, -160, -141, -142, -124, 9_600),
    Deal("云岫医药", XIAOTONG, "CNY", 2_150, -146, -127, -128, -110, 2_080),
    Deal("Habichtsee Maschinenbau GmbH", JONAS, "EUR", 186, -133, -114, -116, -97, 180),
    Deal("鹿鸣渡机场集团", WEI, "CNY", 12_600, -124, -98, -99, -79, 11_900, team=(XIAOTONG, PRIYA)),
    Deal("灯台前ロジスティクス株式会社", PRIYA, "USD", 340, -110, -88, -89, -68, 325),
    Deal("松鹤里医院", WEI, "CNY", 1_680, -92, -74, -75, -57, 1_680),
    Deal("南曦大學", PEISHAN, "TWD", 7_400, -80, -62, -63, -46, 7_200),
    Deal("Juniper Quay Hotels", PRIYA, "USD", 270, -70, -49, None, -35, 262),
    Deal("苔石保险", XIAOTONG, "CNY", 4_300, -60, -40, -41, -24, 4_120),
    Deal("Klinikverbund Ahrenmoor", JONAS, "EUR", 395, -45, -28, -29, -13, 380),
    Deal("远汀水务", WEI, "CNY", 2_960, -34, -17, -18, -4, 2_880, team=(XIAOTONG,)),
)

LOST = (
    # customer, owner, currency, asked, entered, due, submitted, decided, reason, note
    Deal("Tidewell Grocers", DANIEL, "USD", 180, -279, -261, -262, -245, "price", "A third cheaper elsewhere."),
    Deal("栖云市交通局", XIAOTONG, "CNY", 4_100, -268, -246, -247, -226, "qualification", "缺少本地服务网点证明，资格分落后。"),
    Deal("嶼光電信", PEISHAN, "TWD", 26_000, -255, -233, -234, -212, "competitor_relationship", "對手已維運十年。"),
    Deal("Quellbach Versicherung AG", JONAS, "EUR", 620, -240, -216, -218, -198, "functionality_gap", "Archived for ten years only."),
    Deal("Port of Calder Reach", DANIEL, "USD", 890, -222, -200, -199, -185, "late_or_incomplete", "The courier waited for a signature."),
    Deal("墨林化工", WEI, "CNY", 1_850, -208, -188, -189, -172, "price"),
    Deal("稻浪商業銀行", PEISHAN, "TWD", 41_000, -195, -172, -173, -154, "defence", "資安那一題答得太含糊。"),
    Deal("Larkmoor University", PRIYA, "USD", 150, -182, -163, -164, -140, "no_decision", "Frozen until the new rector is in."),
    Deal("竹坞新能源", XIAOTONG, "CNY", 6_700, -168, -147, -148, -128, "commercial_terms", "对方坚持验收后一年付全款。"),
    Deal("Tannhöfer Werkzeugbau GmbH", JONAS, "EUR", 140, -150, -131, -132, -115, "price"),
    Deal("枫屿大学附属医院", WEI, "CNY", 3_900, -138, -118, -119, -101, "functionality_gap", "No interface to their ward system."),
    Deal("Kestrel Bay Council", PRIYA, "USD", 720, -120, -101, -102, -86, "proposal_quality", "Two requirements had the same answer."),
    Deal("晴嵐精密科技", PEISHAN, "TWD", 5_800, -101, -84, -85, -70, "in_house", "對方決定自己的 IT 團隊來做。"),
    Deal("锦鲤湖文旅集团", XIAOTONG, "CNY", 2_700, -88, -70, -71, -55, "price", "比最低价高了 18%，技术分第一也没追回来。"),
    Deal("Moorkamp Textil AG", JONAS, "EUR", 210, -72, -55, -56, -41, "competitor_relationship"),
    Deal("月影電装株式会社", WEI, "USD", 480, -58, -39, -40, -26, "functionality_gap", "No operators' screens in Japanese.", team=(PRIYA,)),
    Deal("砾滩钢构", WEI, "CNY", 1_520, -40, -24, -25, -11, "price", "Ours was the second lowest of six."),
    Deal("禾間社福基金會", PEISHAN, "TWD", 3_300, -33, -16, -17, -3, "no_decision", "董事會延到明年再議。"),
)

ENDED = (
    # customer, owner, currency, asked, entered, due, submitted, decided, step, note
    Deal("Graywater Mills", PRIYA, "USD", 95, -230, -212, None, None, Action.NO_GO),
    Deal("棲霞農會", PEISHAN, "TWD", 6_200, -152, -136, None, None, Action.NO_GO),
    Deal("蓝桉医药物流", WEI, "CNY", 880, -29, -15, None, None, Action.NO_GO),
    Deal("Cinder Bridge Freight", DANIEL, "USD", 230, -216, -203, -200, -203, Action.MISS),
    Deal("Rotbuchen Klinik gGmbH", JONAS, "EUR", 160, -96, -79, -81, -85, Action.WITHDRAW, "Their hosting partner is now our competitor."),
    Deal("鶴見灣漁港管理處", PEISHAN, "TWD", 4_900, -118, -99, -100, -91, Action.CANCEL, "機關公告廢標，預算移到下一年度。"),
    Deal("鹭汀环境集团", XIAOTONG, "CNY", 3_450, -77, -58, -59, -52, Action.DISQUALIFY, "投标函缺法定代表人签章，资格审查未通过。"),
)

WAITING = (
    # customer, owner, currency, asked, entered, due, submitted
    Deal("云栈渡物流", WEI, "CNY", 3_450, -30, -8, -9, team=(XIAOTONG,)),
    Deal("Merrin & Vale Insurance", WEI, "USD", 560, -26, -6, -7, team=(JONAS,)),
    Deal("若川縣政府", PEISHAN, "TWD", 14_800, -24, -3, -4),
    Deal("半亩塘教育集团", XIAOTONG, "CNY", 1_270, -21, -4, -5),
    Deal("Hohenbrück Papier AG", JONAS, "EUR", 330, -22, -3, -4),
    Deal("Fenwright Foods", PRIYA, "USD", 205, -18, -1, -2),
)

OPEN = (
    # customer, owner, currency, asked, entered, due, planned for
    Deal("临汐市大数据局", WEI, "CNY", 5_900, -12, timedelta(hours=26), 0, team=(XIAOTONG, ZHOULAN)),
    Deal("Salzgraben Reederei GmbH", JONAS, "EUR", 275, -10, 6, 5),
    Deal("Thornby Power", WEI, "USD", 640, -9, 4, 2, team=(JONAS,)),
    Deal("雲梯客運", PEISHAN, "TWD", 11_200, -11, 3, 1),
    Deal("桐荫制药", WEI, "CNY", 2_240, -5, 7, 6),
    Deal("晨屿科技园", XIAOTONG, "CNY", 1_880, -8, 5, 4),
    Deal("Windlass Marine", PRIYA, "USD", 380, -5, 8, 7, team=(WEI,)),
    Deal("杏林坞养老集团", XIAOTONG, "CNY", 2_650, -4, 9, 8, team=(WEI,)),
    Deal("望潮港务集团", WEI, "CNY", 1_600, -3, 9, 8),
    Deal("灯台前ロジスティクス株式会社", PRIYA, "USD", None, -2, None, team=(WEI,)),
    Deal("槐序精工", WEI, "CNY", 3_100, -1, 9, 8),
    Deal("青苔里社区医疗", XIAOTONG, "CNY", None, -1, 9, 8),
)

DEALS = WON + LOST + ENDED + WAITING + OPEN


def thousands(amount: int) -> Decimal:
    """Return an amount that the table gives in thousands."""
    return Decimal(amount * 1000)
