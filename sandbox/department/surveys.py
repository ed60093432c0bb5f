"""What the department's customers said of its work in a year: by the link of a survey, or to somebody who wrote it down."""

from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple

from bot.policy import surveys as policy
from bot.policy.demos import Demo
from bot.policy.machine import Step
from bot.policy.opportunities import Opportunity, Outcome
from bot.policy.surveys import About, Answer, Survey
from bot.words.text import fold
from sandbox.department.keeping import at_work, take
from sandbox.department.rules import handbook
from storage.counting import count_survey
from storage.store import Shelves


class Said(NamedTuple):
    """What a customer said: days in working days from the start; without a day of asking it was heard, and nobody was asked."""

    customer: str
    about: About
    answered: int
    mark: int
    words: str
    who: str
    asked: int | None = None
    language: str = "zh-Hans"


SAID = (
    # customer, about, answered, mark, words, who, asked by link, language
    Said("青禾湾轨道集团", About.OUTCOME, -244, 5, "两次现场勘查都很细，标书里没有一句空话。", "周处长", -248),
    Said("Tidewell Grocers", About.OUTCOME, -240, 3, "A good team. The price was not.", "Hal Brigg", language="en"),
    Said("Brunnfeld Logistik AG", About.OUTCOME, -235, 4, "Clear answers, within a day.", "Ute Kranz", -238, "en"),
    Said("澄嶼醫療體系", About.OUTCOME, -226, 5, "需求談得透，簡報也好懂。", "葉主任", -230, "zh-Hant"),
    Said("霁川银行", About.GENERAL, -213, 4, "响应快，材料再精简些更好。", "胡经理"),
    Said("Pellam Airways", About.OUTCOME, -201, 4, "They knew our hangar better than we do.", "Rosa Pell", -205, "en"),
    Said("望潮港务集团", About.OUTCOME, -190, 5, "夜班也有人接电话。", "纪主任", -194),
    Said("鯨川半導體", About.OUTCOME, -178, 4, "資安那一段可以更早給。", "溫工程師", -182, "zh-Hant"),
    Said("Stadtwerke Lindenbruck", About.GENERAL, -165, 3, "Two people asked us the same questions.", "Jost Mohr", language="en"),
    Said("砚溪大学", About.OUTCOME, -158, 4, "演示顺，文档略厚。", "祝老师", -161),
    Said("Saltmarsh Rail", About.OUTCOME, -142, 5, "No surprises at all.", "Ines Fallow", -146, "en"),
    Said("Larkmoor University", About.OUTCOME, -136, 4, "We would ask you again when we may spend.", "Dean Ashby", language="en"),
    Said("澜石能源", About.OUTCOME, -127, 4, "方案扎实。", "蒋总工", -131),
    Said("曉舟航運", About.OUTCOME, -118, 5, "", "", -122, "zh-Hant"),
    Said("Kestrel Bay Council", About.OUTCOME, -82, 2, "The same paragraph twice, in a tender.", "Clerk of the council", -84, "en"),
    Said("鹿鸣渡机场集团", About.OUTCOME, -73, 5, "把我们没想到的也写进去了。", "指挥部 顾工", -77),
    Said("锦鲤湖文旅集团", About.OUTCOME, -51, 4, "技术分第一，价格没办法。", "采购 小向"),
    Said("松鹤里医院", About.OUTCOME, -50, 4, "上线计划讲得很清楚。", "信息科 童科长", -54),
    Said("南曦大學", About.OUTCOME, -40, 5, "每個問題都有人負責。", "計中 姚組長", -44, "zh-Hant"),
    Said("Juniper Quay Hotels", About.OUTCOME, -30, 4, "Friendly and quick.", "Milo Crane", language="en"),
    Said("苔石保险", About.OUTCOME, -19, 4, "合规材料一次过。", "法务 孟经理", -22),
    Said("砾滩钢构", About.OUTCOME, -8, 3, "差一点点。", "采购部"),
    Said("Brackwater Ferries", About.DEMO, -6, 5, "My whiteboard goes to the museum.", "Captain Odile Marsh", -8, "en"),
)


def fill(shelves: Shelves, start: datetime) -> None:
    """Enter the surveys in the order in which they were answered."""
    for said in SAID:
        matter = matter_of(shelves, said)
        deal = matter.opportunity if isinstance(matter, Demo) else matter.id
        first = at_work(start, said.answered if said.asked is None else said.asked, 11, matter.owner)
        survey = Survey(
            opportunity=deal,
            customer_name=matter.customer_name,
            customer_key=matter.customer_key,
            about=said.about,
            ref="" if said.about is About.GENERAL else matter.number,
            language=said.language,
            asked_by=matter.owner,
            members=tuple(dict.fromkeys([matter.owner, *matter.team])),
            created=first,
        )
        count_survey(shelves, answered(shelves, said, survey, start), handbook())


def matter_of(shelves: Shelves, said: Said) -> Demo | Opportunity:
    """Return what a customer spoke of: their demo, or the deal with them that was settled first."""
    if said.about is About.DEMO:
        return shelves.demos.named(fold(said.customer))[0]
    deals = shelves.opportunities.named(fold(said.customer))
    return next(deal for deal in reversed(deals) if deal.state in (Outcome.WON, Outcome.LOST))


def answered(shelves: Shelves, said: Said, survey: Survey, start: datetime) -> Survey:
    """Put a survey into the books and answer it; return it."""
    given = Answer(score=said.mark, comment=said.words, respondent=said.who)
    if said.asked is None:
        heard = shelves.surveys.add(policy.reported(survey, given))
        return take(shelves, shelves.surveys, heard, survey.created, lambda it, _at: policy.begun(it))
    lasts = policy.lasting(survey.created, timedelta(days=14))
    asked = shelves.surveys.add(survey.amended(expires=lasts))
    asked = take(shelves, shelves.surveys, asked, survey.created, lambda it, _at: policy.begun(it))
    at = at_work(start, said.answered, 14, survey.asked_by)
    return take(shelves, shelves.surveys, asked, at, partial(reply, given))


def reply(given: Answer, survey: Survey, at: datetime) -> Step[Survey]:
    """Answer a survey by its link."""
    return policy.answer(survey, given, at)
