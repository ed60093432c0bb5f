"""What was said when the department decided whether to bid: what it decided against or on conditions, why, and for whose credit."""

from bot.policy.bids import State
from sandbox.department.people import JONAS, PRIYA, WEI, XIAOTONG, ZHOULAN

# What the scorecard advised, and what was decided, where that was not to bid outright.
VERDICTS = {
    "Saltmarsh Rail": (State.CONDITIONAL, State.CONDITIONAL),
    "竹坞新能源": (State.CONDITIONAL, State.CONDITIONAL),
    "桐荫制药": (State.CONDITIONAL, State.CONDITIONAL),
    "枫屿大学附属医院": (State.CONDITIONAL, State.GO_DECIDED),
}

# By customer: what had to be so, and within how many working days.
CONDITIONS = {
    "Saltmarsh Rail": (
        ("The buyer accepts two days of buffering on board instead of a permanent link.", 3),
        ("Delivery names a project lead who has worked on trains.", 4),
    ),
    "竹坞新能源": (("商务部书面确认可接受的最长付款周期。", 3),),
    "桐荫制药": (("The buyer confirms in writing that their validation team starts in week two; 60 days are not feasible otherwise.", 4),),
}

REASONS = {
    "枫屿大学附属医院": "The region's first teaching hospital: even second place opens the door to five sister hospitals.",
    "Graywater Mills": "No budget until next year, and the specification names a competitor's product on page 3.",
    "棲霞農會": "需求與我們的產品差距太大，團隊又在趕鯨川，不投。",
    "蓝桉医药物流": "Their warehouse system has no interfaces at all; we would be building one for the price of a licence.",
    "鹿鸣渡机场集团": "Our largest this year. Xiaotong and Priya are free until the defence; no other of this size may start beside it.",
    "临汐市大数据局": "Three of the six starred clauses are our daily bread, and the city wants a local reference.",
}

# By customer and who assessed it: what was said about a criterion.
COMMENTS = {
    ("鹿鸣渡机场集团", WEI): {"customer_relationship": "They visited our Pellam site twice and asked the right questions."},
    ("鹿鸣渡机场集团", XIAOTONG): {"team_capacity": "三个月内只能投这一个大项目，要提前排人。"},
    ("枫屿大学附属医院", WEI): {"requirement_fit": "The ward system speaks a protocol from the nineties. We have no adapter."},
    ("枫屿大学附属医院", XIAOTONG): {"competitive_position": "原厂商还在驻场，我们只能靠性价比。"},
    ("Graywater Mills", PRIYA): {"budget_clarity": "“We will find the money” is not a budget."},
    ("蓝桉医药物流", XIAOTONG): {"delivery_risk": "接口全靠手工导表，交付风险高。"},
    ("临汐市大数据局", XIAOTONG): {"timeline_feasibility": "截止比预想的紧，商务文件已有八成可复用。"},
    ("望潮港务集团", WEI): {"customer_relationship": "Phase 1 went live on the day that we had promised."},
    ("桐荫制药", WEI): {"timeline_feasibility": "90 days would be comfortable; anything less depends on their validation team."},
    ("灯台前ロジスティクス株式会社", PRIYA): {"budget_clarity": "They want an estimate before they ask for a budget."},
}

# In per cent, where the owner proposed other shares than equal ones.
SHARES = {
    "鹿鸣渡机场集团": {WEI: 50, XIAOTONG: 30, PRIYA: 20},
    "澜石能源": {WEI: 65, XIAOTONG: 35},
    "远汀水务": {WEI: 70, XIAOTONG: 30},
    "临汐市大数据局": {WEI: 55, XIAOTONG: 30, ZHOULAN: 15},
    "Merrin & Vale Insurance": {WEI: 60, JONAS: 40},
}
