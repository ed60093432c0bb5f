"""What was said while bid documents were written: questions to experts, and what their readers found."""

from typing import NamedTuple

from bot.policy.bids import Aspect, PartKind
from bot.policy.bids.document_review import Found
from sandbox.department.people import DANIEL, HEJUN, JONAS, MARCUS, PEISHAN, PRIYA, WEI, XIAOTONG


class Asked(NamedTuple):
    """One question to one expert: the days in working days from the start; no answer yet where there is none."""

    day: int
    asker: str
    expert: str
    text: str
    answered: int = 0
    answer: str = ""


QUESTIONS = {
    "鯨川半導體": (
        Asked(
            -216, PEISHAN, HEJUN, "無塵室裡的終端機不能上網，授權要怎麼續？", -215, "可以离线授权：每年换一次授权文件，U 盘导入，十分钟。"
        ),
    ),
    "Saltmarsh Rail": (
        Asked(
            -176,
            PRIYA,
            HEJUN,
            "What is the longest time that a train may be offline before readings are lost?",
            -175,
            "两天。再长需要加一块盘，成本可忽略。",
        ),
    ),
    "鹿鸣渡机场集团": (
        Asked(
            -114,
            WEI,
            HEJUN,
            "Peak is 900 events a second on the apron. Do we have a measurement, or only a calculation?",
            -112,
            "有实测：1,400 条/秒持续两小时，报告见共享盘。",
        ),
        Asked(
            -110,
            WEI,
            MARCUS,
            "May we name Pellam Airways as a reference, with the number of gates?",
            -109,
            "Name and number of gates: yes. No amounts, please.",
        ),
    ),
    "苔石保险": (
        Asked(
            -52, XIAOTONG, HEJUN, "旧理赔数据能不能在客户现场直接跑一遍？数据不能出机房。", -51, "可以，用便携版，半天装好。我派人陪你去。"
        ),
    ),
    "月影電装株式会社": (
        Asked(
            -49, WEI, HEJUN, "Can operators' screens be in Japanese by the pilot?", -47, "来不及，界面翻译要两个月。建议如实写进偏离表。"
        ),
    ),
    "Merrin & Vale Insurance": (
        Asked(
            -16,
            JONAS,
            HEJUN,
            "Can audit logs be kept for twelve years without slowing the search?",
            -15,
            "可以，超过三年的自动转冷存储，查询约慢两秒。",
        ),
    ),
    "临汐市大数据局": (
        Asked(
            -8,
            WEI,
            HEJUN,
            "Can we state support for all three databases on their list, or only two?",
            -6,
            "三个都可以写。第三个的压测已通过，报告在共享盘。",
        ),
    ),
    "Thornby Power": (Asked(-1, WEI, HEJUN, "Which of the two gateway models survives a restart without losing its last ten minutes?"),),
    "Windlass Marine": (Asked(-1, PRIYA, WEI, "How much storage does a ship need for two days offline, by your Saltmarsh sizing sheet?"),),
}

ACCURACY, COMPLETENESS, COMPLIANCE = Aspect
COMMERCIAL, TECHNICAL, PRICE = PartKind
ENGLISH = (
    Found(ACCURACY, "Section 4.2 still names the previous customer in the header.", TECHNICAL),
    Found(COMPLETENESS, "Requirement 17 is answered “see above”, but nothing above answers it.", TECHNICAL),
    Found(COMPLIANCE, "The buyer asks for prices without tax; ours are with.", PRICE),
    Found(ACCURACY, "The diagram shows two data centres, the text says three.", TECHNICAL),
    Found(COMPLETENESS, "The CV of the project lead is missing.", COMMERCIAL),
    Found(COMPLIANCE, "Font below 11 points in the annex; the tender asks for 11.", None),
    Found(ACCURACY, "Support hours differ between the offer letter and the service description.", COMMERCIAL),
)
SIMPLIFIED = (
    Found(ACCURACY, "第三章的并发数与性能测试报告不一致。", TECHNICAL),
    Found(COMPLETENESS, "评分项“本地化服务”只写了承诺，缺证明材料。", COMMERCIAL),
    Found(COMPLIANCE, "分项报价之和与总价差 200 元。", PRICE),
    Found(ACCURACY, "目录页码与正文对不上。", None),
    Found(COMPLETENESS, "缺项目经理近三个月社保证明。", COMMERCIAL),
    Found(COMPLIANCE, "偏离表第 6 条应写“正偏离”，现写“无偏离”。", TECHNICAL),
)
TRADITIONAL = (
    Found(ACCURACY, "第二章的主機規格與報價單不同。", TECHNICAL),
    Found(COMPLETENESS, "服務建議書少了教育訓練時數。", TECHNICAL),
    Found(COMPLIANCE, "標價清單未加蓋騎縫章。", PRICE),
    Found(ACCURACY, "專案時程跨過春節，少算了七個工作天。", TECHNICAL),
    Found(COMPLETENESS, "實績證明只附了兩件，規定三件。", COMMERCIAL),
)
FINDINGS = {WEI: ENGLISH, JONAS: ENGLISH, PRIYA: ENGLISH, DANIEL: ENGLISH, XIAOTONG: SIMPLIFIED, PEISHAN: TRADITIONAL}

COMMENTS = {
    XIAOTONG: ("整体清楚，案例部分很有说服力。", "", "商务部分扎实，技术部分再精简两页更好。"),
    PEISHAN: ("圖很清楚，表格可以再少一點。", "架構章寫得很好，可以留作範本。", ""),
    PRIYA: ("Reads well. The executive summary answers the buyer's first three questions.", "", "Good, but twelve pages too long."),
    JONAS: ("", "Convincing; the risk table is the best page.", "Clear structure, a little dry in the middle."),
}
