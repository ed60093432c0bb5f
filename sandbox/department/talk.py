"""What was said in the department's channels: short, friendly, in two languages, about the bids in the table of deals."""

from typing import NamedTuple

from sandbox.department.people import (
    CROW,
    DANIEL,
    ELIF,
    GAOYUAN,
    GRACE,
    HEJUN,
    IVY,
    JONAS,
    LEO,
    MARCUS,
    NING,
    PEISHAN,
    PRIYA,
    WEI,
    XIAOTONG,
    ZHOULAN,
)


class Line(NamedTuple):
    """One message: the day in working days from the start, the time at the head office."""

    day: int
    time: str
    who: str
    text: str
    replies: tuple["Line", ...] = ()


GENERAL = (
    Line(-22, "10:02", NING, "Public holiday reminders are in the shared calendar now. 节假日安排已更新，请大家提前规划休假 📅"),
    Line(-15, "09:31", IVY, "The Shanghai meeting rooms have new screens. If one shows only blue, it is the cable, not you."),
    Line(-15, "09:40", GRACE, "Room 3 showed only blue. It was the cable."),
    Line(-9, "16:20", GAOYUAN, "本季度还有不少项目在等结果，大家辛苦了。周五下午茶我请 ☕"),
    Line(-9, "16:24", XIAOTONG, "谢谢高总！记得点那家的桂花糕"),
    Line(-5, "09:00", CROW, "This week: two site visits, one all-hands, no birthdays."),
    Line(-2, "15:21", IVY, "Bidwell is in the sidebar under Apps. It keeps the bids, so the spreadsheet is read-only from today 🤖"),
    Line(-2, "15:30", JONAS, "Goodbye, bids_final_v7_really_final.xlsx. You will not be missed."),
)

PRESALES = (
    Line(-19, "09:12", GRACE, "Morning! Who has a reference for a port customer that we may name? 望潮港务 asks for two in phase 2."),
    Line(-19, "09:26", WEI, "Phase 1 of 望潮港务 itself counts as one, I asked their IT lead. The second could be 曉舟航運, @吳佩珊?"),
    Line(-19, "09:41", PEISHAN, "可以，曉舟那邊說掛名沒問題，但不要寫金額。"),
    Line(
        -14,
        "11:05",
        XIAOTONG,
        "有人给半亩塘教育做过单点登录的演示吗？他们想看和自己门户的对接。",
        (
            Line(-14, "11:18", HEJUN, "演示环境里有一套现成的，账号我私信你。"),
            Line(-14, "11:20", XIAOTONG, "太好了，省我半天 🙏"),
        ),
    ),
    Line(
        -12,
        "15:47",
        WEI,
        "砾滩钢构 was opened today: six offers, ours the second lowest. In writing tomorrow, but do not hold your breath.",
    ),
    Line(-12, "15:52", GRACE, "Thanks for going all the way out there. Let us go through the storage sizing, it was the dear part."),
    Line(-8, "17:03", JONAS, "Hohenbrück wants the annex in German and English, on paper, stamped. Who still owns a company stamp?"),
    Line(-8, "17:10", PRIYA, "There is one in the Singapore drawer, next to the good stapler. I will courier both pages."),
    Line(-6, "16:30", GRACE, "Rehearsal for Thornby Power tomorrow at 4. @Wei Chen drives, @Jonas Behr plays the sceptical engineer."),
    Line(-6, "16:33", JONAS, "I was born for this role."),
    Line(-5, "17:20", WEI, "Rehearsal notes: the outage replay convinces, the org chart does not. Cut from 40 to 25 minutes."),
    Line(-4, "09:58", PEISHAN, "若川縣政府趕在截止前送件了，紙本三份加光碟。對，光碟。"),
    Line(-4, "10:01", XIAOTONG, "光盘……你从哪儿找到刻录机的 😂"),
    Line(-4, "10:04", PEISHAN, "我媽的書房。"),
    Line(-2, "11:22", ZHOULAN, "桐荫制药的招标文件出了澄清，交货期从 90 天改成 60 天，@Wei Chen 麻烦看一下实施计划。"),
    Line(-2, "11:35", WEI, "Seen. 60 days works if their validation team starts in week two. I am asking in the clarification round."),
    Line(
        -1, "15:15", GRACE, "Who can second-read the technical part for 晨屿科技园 tomorrow? Forty pages, many diagrams, coffee provided."
    ),
    Line(-1, "15:21", PEISHAN, "我可以，十點前看完。"),
)

WINS = (
    Line(-46, "16:30", PEISHAN, "南曦大學決標了，是我們 🎉 謝謝研發深夜修展示環境。", (Line(-46, "16:44", HEJUN, "值了！恭喜佩珊 👏"),)),
    Line(-35, "17:05", PRIYA, "Juniper Quay Hotels signed. Twelve hotels, and they want the night-audit dashboard first."),
    Line(-35, "17:09", MARCUS, "And they tipped us off about their sister group. Lunch is on me, Priya 🍻"),
    Line(
        -24,
        "16:48",
        XIAOTONG,
        "苔石保险中标！客户说打动他们的是现场把旧理赔数据跑了一遍。",
        (
            Line(-24, "16:51", GAOYUAN, "漂亮，这一招写进方案模板里。"),
            Line(-24, "16:55", WEI, "恭喜晓彤 🎊 Please show us that trick on Friday."),
        ),
    ),
    Line(-13, "17:32", JONAS, "Klinikverbund Ahrenmoor is ours! Three clinics, 212 pages, one very patient buyer."),
    Line(-13, "17:36", GRACE, "Sehr gut! 👏"),
    Line(-4, "16:12", WEI, "远汀水务 is won 🎉 Thanks to @林晓彤 for the cost model and to @周岚 for three trips in the rain."),
    Line(-4, "16:15", ZHOULAN, "雨靴已报销 😄 恭喜！"),
    Line(-4, "16:20", GAOYUAN, "干得好！雨里跑出来的单。"),
)

LINXI = (
    Line(-12, "10:15", ZHOULAN, "临汐市大数据局的招标文件拿到了，590 万预算，截止时间比预想的紧。@Wei Chen 牵头，@林晓彤 负责商务部分。"),
    Line(-12, "10:32", WEI, "Got it. I count 41 requirements, 6 of them starred. The one on domestic databases is the one to watch."),
    Line(
        -9,
        "14:02",
        WEI,
        "@何骏 can we state support for all three databases on their list, or only two?",
        (
            Line(-9, "14:40", HEJUN, "三个都能跑，第三个还差一轮压测，周四给你报告。"),
            Line(-6, "17:50", HEJUN, "压测过了，报告已放共享盘 ✅"),
            Line(-6, "17:58", WEI, "You just won us four points. Thank you!"),
        ),
    ),
    Line(-7, "15:30", XIAOTONG, "商务部分齐了：资质、业绩、保函都在，报价表等周岚最后确认。"),
    Line(-5, "14:20", ZHOULAN, "报价已确认，按 590 万报。"),
    Line(-4, "11:11", LEO, "Cover and drawings are done. The blue is now the blue of their logo, not of a swimming pool."),
    Line(-1, "11:45", ZHOULAN, "盖章件也齐了。明天上传前再整体过一遍？"),
    Line(-1, "11:50", WEI, "Yes, page by page at 9:30. Then we upload early and go for noodles 🍻"),
)

WINDLASS = (
    Line(-5, "08:40", MARCUS, "Windlass Marine sent the RFP at last: fleet monitoring for 31 ships, offers by e-mail, answers in English."),
    Line(-5, "08:52", PRIYA, "Entering it now. They lose the satellite link for hours; I will ask how much a ship may keep on board."),
    Line(-3, "10:40", PRIYA, "Answer: two days on board is fine. That is our edge scenario from Saltmarsh Rail, only wetter."),
    Line(-3, "10:44", WEI, "I have the sizing sheet from Saltmarsh. Sending it after lunch."),
)

PRODUCT = (
    Line(-15, "11:20", WEI, "Two customers this month asked whether alarms can be muted by area. Is that on the list?"),
    Line(-15, "11:41", HEJUN, "在的，排在下个版本。谁需要提前试用告诉我。"),
)

DEMOS = (
    Line(-9, "16:05", PRIYA, "The demo environment was reset last night. Please load your own data before you show anything."),
    Line(-9, "16:12", XIAOTONG, "收到，明天上午我先演练一遍。"),
)

PELLAM = (
    Line(-206, "10:10", DANIEL, "Handover to delivery is done, all documents are in the folder. Thank you all, this was a good one 🙏"),
    Line(-205, "09:30", MARCUS, "Closing the channel. Great work, Daniel."),
)

MANAGERS = (
    Line(-11, "09:20", GAOYUAN, "下季度想给东区加一个人，重点看制造业背景。@Ning Zhao 方便先放一个职位吗？"),
    Line(-11, "09:34", NING, "Yes, the draft goes out today. Please send me the three things that you would not compromise on."),
    Line(-5, "14:25", GRACE, "Wei has six bids open, the nearest closes in days. I am giving the reading of 晨屿科技园 to somebody else."),
    Line(-5, "14:31", PRIYA, "Jonas can take a demo from him, Berlin is quiet until the fair."),
    Line(-1, "16:10", GAOYUAN, "输单原因里价格占得最多，下次例会我们一起看看是真贵，还是没讲清价值。"),
)

QUILLHAVEN = (
    Line(-16, "15:00", MARCUS, "Welcome, @Elif Aydin! Elif runs partnerships at Quillhaven. They would host what Hohenbrück cannot."),
    Line(-16, "15:12", ELIF, "Hello everybody, glad to be here! Our two halls near Bremen have room and green power."),
    Line(-6, "16:02", WEI, "One question for the offer: can you confirm restore within four hours in writing?"),
    Line(-6, "17:45", ELIF, "Four hours is our standard. The signed sheet comes tomorrow 📎"),
    Line(-5, "15:20", ELIF, "Here it is, signed. Good luck with the paper version."),
)
