"""The department's requirement research: one approved, one among talks, one being prepared."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import NamedTuple

from bot.policy import research as policy
from bot.policy.machine import Step
from bot.policy.research import Confirmation, Contact, Facts, Item, Member, Need, Outline, Research, Review, Template, Verdict, Way
from sandbox.department.keeping import Take, at_work, deal_with, take
from sandbox.department.people import MARCUS, PEISHAN, PRIYA, WEI, XIAOTONG, ZHOULAN, ZONES
from sandbox.department.rules import handbook
from storage.counting import count_research
from storage.store import Shelves


class Inquiry(NamedTuple):
    """One piece of research; days in working days from the start, those still to come have not happened."""

    customer: str
    owner: str
    opened: int
    facts: tuple[str, str, str]  # background, goals, and who told them
    members: tuple[Member, ...]
    questions: str
    contacts: tuple[tuple[int, Way, str, str, str], ...]  # day, way, with whom, notes, pains
    items: tuple[Item, ...] = ()
    reader: str = ""
    read: int = 0
    confirmed: tuple[int, int, str] = (0, 0, "")  # day, mark, who


def item(text: str, need: Need, priority: str, acceptance: str, key: bool = False) -> Item:
    """Return one requirement, which gets its number where it is entered."""
    return Item(id=0, text=text, need=need, priority=priority, key=key, acceptance=acceptance)


INQUIRIES = (
    Inquiry(
        "芦汀半导体",
        WEI,
        -33,
        ("两条产线的良率数据散在十一张表里，换批次时对不上。", "季度内把异常定位时间从两天缩到两小时。", ZHOULAN),
        (Member(person=WEI, duty="talks, analysis", lead=True), Member(person=XIAOTONG, duty="commercial side")),
        "1. Which eleven sheets? 2. Who opens them first in the morning? 3. What does one wrong lot cost?",
        (
            (
                -30,
                Way.FACE_TO_FACE,
                "工艺部 贺工",
                "Walked the line with him. Every shift keeps its own sheet; lots are matched by hand.",
                "对不上批次",
            ),
            (-27, Way.PHONE, "信息部 石经理", "Data may not leave the plant; one server room is free.", "数据不能出厂区"),
        ),
        (
            item("异常批次自动定位到工序", Need.FUNCTION, "must", "两小时以内定位，抽查 20 批全部正确", key=True),
            item("看板刷新", Need.PERFORMANCE, "must", "500 台设备，刷新不超过 5 秒", key=True),
            item("数据不出厂区", Need.DATA, "must", "所有数据存放在厂区机房", key=True),
            item("Weekly report by e-mail", Need.FUNCTION, "should", "Every Monday before 8:00"),
        ),
        PEISHAN,
        -22,
        (-19, 5, "工艺部 贺工"),
    ),
    Inquiry(
        "梧桐里商业集团",
        XIAOTONG,
        -20,
        ("四家商场各有一套会员卡，积分不能通用。", "明年五一前统一会员。", ZHOULAN),
        (Member(person=XIAOTONG, duty="访谈与分析", lead=True),),
        "1. 四套会员各有多少人？2. 积分负债怎么记账？3. 谁反对统一？",
        (
            (-16, Way.FACE_TO_FACE, "会员部 谢经理", "四家合计 86 万会员，重复约三成；收银系统两个厂商。", "重复会员，积分不能通用"),
            (-9, Way.PHONE, "财务部 汤会计", "积分按负债计提，统一后口径要审计认可。", "审计口径"),
        ),
        (
            item("会员合并", Need.DATA, "must", "重复率低于 1%", key=True),
            item("收银对接", Need.FUNCTION, "must", "两个厂商全部接通", key=True),
        ),
    ),
    Inquiry(
        "Brackwater Ferries",
        PRIYA,
        -4,
        ("Crew rosters are kept on a whiteboard and photographed every evening.", "One roster for nine ships by summer.", MARCUS),
        (Member(person=PRIYA, duty="talks", lead=True), Member(person=WEI, duty="system landscape")),
        "1. Who may change a roster after the photograph? 2. What happens when a ship is late?",
        (),
    ),
)


def fill(shelves: Shelves, start: datetime) -> None:
    """Enter the research and take its steps."""
    for inquiry in INQUIRIES:
        deal, at = deal_with(shelves, inquiry.customer), at_work(start, inquiry.opened, 10, inquiry.owner)
        research = shelves.researches.add(
            Research(
                opportunity=deal.id,
                customer_name=deal.customer_name,
                customer_key=deal.customer_key,
                owner=inquiry.owner,
                zone=ZONES[inquiry.owner],
                opened_at=at,
            )
        )
        take(shelves, shelves.researches, research, at, lambda research, at: policy.opened(research, research.owner, at))
        for at, how in steps(inquiry, start):
            research = take(shelves, shelves.researches, research, at, how)
        count_research(shelves, research, handbook())


def steps(inquiry: Inquiry, start: datetime) -> Iterator[tuple[datetime, Take[Research]]]:
    """Yield what was done, and when."""
    owner = inquiry.owner
    at = partial(at_work, start)
    yield at(inquiry.opened + 1, 10, owner), partial(tell, inquiry)
    yield at(inquiry.opened + 1, 15, owner), lambda it, at: policy.name_team(it, inquiry.members, owner, at)
    yield at(inquiry.opened + 2, 11, owner), partial(outline, inquiry)
    for day, way, who, notes, pains in inquiry.contacts:
        held = Contact(id=0, way=way, at=at(day, 10, owner), who=who, notes=notes, pains=pains, by=owner)
        yield at(day, 14, owner), partial(talk, held)
    written = max((contact[0] for contact in inquiry.contacts), default=0) + 1
    for hour, one in enumerate(inquiry.items, start=10):
        yield at(written, hour, owner), partial(require, one)
    if inquiry.reader:
        yield from read(inquiry, start, written + 1)


def read(inquiry: Inquiry, start: datetime, analysed: int) -> Iterator[tuple[datetime, Take[Research]]]:
    """Yield the analysis, the review by somebody else, and what the customer said."""
    owner, reader, (day, mark, who) = inquiry.owner, inquiry.reader, inquiry.confirmed
    yield at_work(start, analysed, 10, owner), lambda it, at: policy.analyse(it, owner, at)
    yield at_work(start, analysed, 16, owner), lambda it, at: policy.ask_review(it, reader, owner, at)
    yield at_work(start, inquiry.read, 11, reader), lambda it, at: policy.review(it, opinion(reader, at), 1)
    told = at_work(start, day, 15, owner)
    yield told, lambda it, at: policy.confirm(it, Confirmation(mark=mark, who=who, at=told, by=owner), at)


def tell(inquiry: Inquiry, research: Research, at: datetime) -> Step[Research]:
    """Write down what sales knows."""
    background, goals, told_by = inquiry.facts
    facts = Facts(background=background, goals=goals, told_by=told_by, by=research.owner, at=at)
    return policy.take_facts(research, facts)


def outline(inquiry: Inquiry, research: Research, at: datetime) -> Step[Research]:
    """Write down what is to be asked."""
    return policy.write_outline(research, Outline(kind=Template.INTERVIEW, text=inquiry.questions, by=research.owner, at=at))


def talk(held: Contact, research: Research, at: datetime) -> Step[Research]:
    """Write down a talk with the customer."""
    return policy.log_contact(research, held, research.owner, at)


def require(item: Item, research: Research, at: datetime) -> Step[Research]:
    """Write down a requirement."""
    return policy.keep_item(research, item, research.owner, at)


def opinion(reader: str, at: datetime) -> Review:
    """Return what a reader thought of a requirement document."""
    comment = "需求都能驗收，第三項再請客戶確認機房。"
    return Review(reviewer=reader, accuracy=5, completeness=4, comment=comment, verdict=Verdict.APPROVE, at=at)
