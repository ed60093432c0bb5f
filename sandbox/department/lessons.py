"""What became of the department's bids: how they were defended, who won instead, and what was learned."""

from typing import NamedTuple

from sandbox.department.people import JONAS, PRIYA, WEI, XIAOTONG


class Defended(NamedTuple):
    """One defence: the day in working days from the start, who spoke (else the owner), what was asked, how it went."""

    day: int
    questions: tuple[str, ...] = ()
    result: str = ""
    speakers: tuple[str, ...] = ()
    waiver: str = ""


DEFENCES = {
    "霁川银行": Defended(
        -229, ("核心系统切换窗口只有四小时，如何回退？", "数据脱敏在哪一层做？"), "回退演练的录像打动了评委，其余问题都在预案里。"
    ),
    "鯨川半導體": Defended(-195, ("無塵室斷網時授權怎麼辦？", "與現有 MES 的介面誰維護？"), "當場示範離線授權，委員點頭。"),
    "砚溪大学": Defended(-170, waiver="评审只开十分钟，只问商务条款。"),
    "Saltmarsh Rail": Defended(
        -157,
        ("What happens in the long tunnel?", "Who answers at 3 a.m.?"),
        "The tunnel question took ten minutes and won it.",
        (PRIYA, WEI),
    ),
    "鹿鸣渡机场集团": Defended(
        -88,
        ("高峰每秒 900 条事件，实测数据从哪里来？", "项目经理能否驻场一年？", "与现有航显系统的接口由谁负责？"),
        "Xiaotong had the measurement at hand; the panel asked for nothing else afterwards.",
        (WEI, XIAOTONG),
    ),
    "稻浪商業銀行": Defended(-163, ("金鑰由誰保管？", "滲透測試多久一次？"), "資安兩題答得含糊，其他順利。"),
    "Kestrel Bay Council": Defended(
        -93, ("Why do requirements 12 and 31 have the same answer?",), "Honest, but late: they had noticed before us."
    ),
    "苔石保险": Defended(-32, ("历史理赔数据导入要多久？", "规则改了谁来维护？"), "现场跑通了旧数据，评委自己上手试了一遍。"),
    "月影電装株式会社": Defended(
        -32, ("Will operators see Japanese on day one?",), "We said no, truthfully. The room went quiet.", (WEI, PRIYA)
    ),
    "Merrin & Vale Insurance": Defended(
        -1,
        ("How long are audit logs kept, and how fast is a search in the oldest?", "Which of you two will be on site?"),
        "Calm and friendly. They asked for the twelve-year figure in writing.",
        (WEI, JONAS),
    ),
    "云栈渡物流": Defended(2, speakers=(WEI, XIAOTONG)),
}

# Who won instead, and by how many per cent our price lay above theirs, where it was told.
BEATEN: dict[str, tuple[str, int | None]] = {
    "Tidewell Grocers": ("Brightcart Systems", 33),
    "栖云市交通局": ("栖云本地集成", 4),
    "嶼光電信": ("穹宇數位", None),
    "Quellbach Versicherung AG": ("Altmark Datenwerk", -3),
    "Port of Calder Reach": ("Northlight Data", None),
    "墨林化工": ("恒筑软件", 22),
    "稻浪商業銀行": ("穹宇數位", 2),
    "竹坞新能源": ("恒筑软件", None),
    "Tannhöfer Werkzeugbau GmbH": ("Altmark Datenwerk", 15),
    "枫屿大学附属医院": ("旧院信息", 9),
    "Kestrel Bay Council": ("Northlight Data", None),
    "锦鲤湖文旅集团": ("山止科技", 18),
    "Moorkamp Textil AG": ("Fadenlauf IT", 6),
    "月影電装株式会社": ("燈心システムズ", None),
    "砾滩钢构": ("山止科技", 11),
}


class Lesson(NamedTuple):
    """What a debrief kept."""

    lesson: str
    well: str = ""
    better: str = ""


LESSONS = {
    "青禾湾轨道集团": Lesson(
        "Ask for the scoring table in the first week; we wrote to it, line by line.", "The site visit answered half of the tender."
    ),
    "Brunnfeld Logistik AG": Lesson("A one-page summary in German was read by everybody who decided."),
    "澄嶼醫療體系": Lesson("先請院方資訊室試用一週，標案寫起來快一倍。", "展示環境完全照對方流程。"),
    "霁川银行": Lesson("银行项目先做回退演练并录像，答辩时放两分钟胜过十页纸。", "问题清单提前练了两轮。", "报价拆得太细，被逐项砍价。"),
    "Pellam Airways": Lesson("Bring the person who will run it. They bought Daniel's calm as much as the software."),
    "望潮港务集团": Lesson(
        "Two references of the same industry, with telephone numbers, beat five from elsewhere.", "Storage sized from their own logs."
    ),
    "鯨川半導體": Lesson("無塵室不能上網：離線授權要寫在第一頁。", "研發陪同現勘。"),
    "Stadtwerke Lindenbruck": Lesson("Public utilities score data protection higher than price. Lead with it."),
    "砚溪大学": Lesson("高校项目看重交付时间表，按学期排计划比按月份更有说服力。", "", "答辩没记下来，问题都散了。"),
    "Saltmarsh Rail": Lesson(
        "Offline is not a special case on rails; show it first.", "The replay of a real outage.", "The price form was finished at midnight."
    ),
    "澜石能源": Lesson(
        "Let the customer's engineer draw the target picture with us; then it is theirs.", "Cost model by Xiaotong: no question was left."
    ),
    "曉舟航運": Lesson("紙本三份要先印，影印店週五會排隊。", "報價說明會上當場回答所有問題。"),
    "云岫医药": Lesson("合规条款逐条截图举证，评审说省了他们半天。"),
    "Habichtsee Maschinenbau GmbH": Lesson("Small deals like small documents: 34 pages were enough."),
    "鹿鸣渡机场集团": Lesson(
        "Measure before you promise: the load test decided the defence.",
        "Three speakers, one story; rehearsed twice.",
        "Start the seals and signatures a week earlier.",
    ),
    "灯台前ロジスティクス株式会社": Lesson("A bilingual glossary as an annex avoided twenty questions."),
    "松鹤里医院": Lesson("Doctors decide in the corridor: a ten-minute demo on a tablet did more than the presentation."),
    "南曦大學": Lesson("現勘時拍下機櫃標籤，規格表就不會錯。", "研發深夜修好展示環境。"),
    "Juniper Quay Hotels": Lesson("Record the submission on the day. We remembered it only when we had won.", "The night-audit dashboard."),
    "苔石保险": Lesson("把客户旧理赔数据在现场跑一遍，比任何案例都有力。", "便携版半天装好。", "规则维护那一题要补一页图。"),
    "Klinikverbund Ahrenmoor": Lesson("Answer in the buyer's own numbering, even when it is odd.", "212 pages without a formal fault."),
    "Tidewell Grocers": Lesson(
        "Below 200 thousand our full edition is too dear; offer the small one.", "", "Ask for the budget before writing."
    ),
    "栖云市交通局": Lesson("本地服务网点证明要提前一个月办，来不及就找本地合作伙伴。", "技术分第二。", "资格审查表最后一天才看。"),
    "嶼光電信": Lesson("對手維運十年的案子，除非有人要換，否則不投。"),
    "Quellbach Versicherung AG": Lesson(
        "Insurers need archives of thirty years. Check retention before the go decision.", "Price was fine for once."
    ),
    "Port of Calder Reach": Lesson(
        "Couriers wait for nobody: signatures the day before, not on the day.", "", "Nobody owned the last mile."
    ),
    "墨林化工": Lesson("Their buyer compares licence prices only. Move services into a separate, optional line."),
    "稻浪商業銀行": Lesson("資安問題要請資安同事一起答辯，金鑰管理準備一張圖。", "架構章得分最高。", "排練時沒有人問難題。"),
    "Larkmoor University": Lesson("No budget holder in the room means no decision. Qualify earlier."),
    "竹坞新能源": Lesson("付款条件在参与决策时就要谈，投标后没有余地。", "方案讲解得分第一。"),
    "Tannhöfer Werkzeugbau GmbH": Lesson(
        "We skipped the review to save a day, and an error in the price form stayed in.", "", "Never skip the review."
    ),
    "枫屿大学附属医院": Lesson(
        "We bid against the scorecard's advice, and the missing interface decided it. Build the adapter before the next hospital."
    ),
    "Kestrel Bay Council": Lesson("Search the document for repeated answers before the review: it is a two-minute job."),
    "晴嵐精密科技": Lesson("對方 IT 主管要自己做：先確認誰贊成外購。"),
    "锦鲤湖文旅集团": Lesson("价格分占四成的标，技术第一也追不回 18% 的价差；先算分再报价。", "技术分第一。"),
    "Moorkamp Textil AG": Lesson("Their incumbent plays golf with the owner. One call to sales would have told us."),
    "月影電装株式会社": Lesson(
        "No Japanese screens, no factory in Japan. Product knows; the estimate is two months.", "We did not promise what we do not have."
    ),
    "砾滩钢构": Lesson("Storage was the dear part: size it from measurements, not from the data sheet.", "Second of six on price."),
    "Cinder Bridge Freight": Lesson("The deadline was noon in their time, not in ours. Enter the zone with the deadline."),
    "鹭汀环境集团": Lesson("投标函签章页要两个人分别核对，扫描后再放大看一遍。", "", "检查清单是打了勾，但没人真看。"),
    "Rotbuchen Klinik gGmbH": Lesson("Ask partners whether they bid themselves before we write a page."),
}
