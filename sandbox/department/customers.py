"""The department's customers: whom it knows there, what they asked, and what they think of the products."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import NamedTuple

from bot.policy import customers as policy
from bot.policy.customers import Contact, Customer, Enquiry, Opinion, Stance, Weight
from bot.policy.machine import Step
from bot.words.text import fold
from sandbox.department.keeping import Take, at_work, take
from sandbox.department.people import HEJUN, PEISHAN, PRIYA, WEI, XIAOTONG, ZHOULAN, ZONES
from sandbox.department.rules import calendar, handbook
from storage.store import Shelves


class Known(NamedTuple):
    """Somebody at a customer: who noted them on which working day from the start."""

    customer: str
    by: str
    day: int
    contact: Contact


class Raised(NamedTuple):
    """What a customer asked: the days in working days from the start; no answer yet where there is none."""

    customer: str
    contact: str
    text: str
    reported_by: str
    owner: str
    day: int
    answered: int = 0
    answer: str = ""


class Thought(NamedTuple):
    """What a customer thinks of a product, and what became of it."""

    customer: str
    text: str
    product: str
    weight: Weight
    by: str
    day: int
    answered: int = 0
    answer: str = ""


PEOPLE = (
    Known("临汐市大数据局", WEI, -12, Contact(name="温处长", title="数据资源处处长", stance=Stance.DECISION_MAKER)),
    Known("临汐市大数据局", XIAOTONG, -10, Contact(name="郁工", title="平台科", stance=Stance.CHAMPION)),
    Known("Thornby Power", WEI, -9, Contact(name="Maud Ellery", title="Head of grid control", stance=Stance.CHAMPION)),
    Known("Thornby Power", WEI, -6, Contact(name="Rufus Calloway", title="Purchasing", stance=Stance.EVALUATOR)),
    Known("望潮港务集团", WEI, -190, Contact(name="纪主任", title="信息中心主任", stance=Stance.CHAMPION)),
    Known("芦汀半导体", WEI, -30, Contact(name="贺工", title="工艺部", stance=Stance.CHAMPION)),
    Known("Brackwater Ferries", PRIYA, -10, Contact(name="Captain Odile Marsh", stance=Stance.OPPONENT)),
    Known("若川縣政府", PEISHAN, -20, Contact(name="賴科長", title="資訊科", stance=Stance.EVALUATOR)),
)
ASKED = (
    Raised("望潮港务集团", "纪主任", "二期能否沿用一期的接口，不再验收一遍？", ZHOULAN, WEI, -2),
    Raised(
        "Thornby Power",
        "Maud Ellery",
        "Does the outage replay run on last year's data?",
        WEI,
        WEI,
        -6,
        -5,
        "Yes; the replay took eleven minutes.",
    ),
    Raised("半亩塘教育集团", "教务处", "单点登录能接他们自己的门户吗？", XIAOTONG, XIAOTONG, -14, -13, "可以，演示环境里已接通。"),
)
THOUGHT = (
    Thought("月影電装株式会社", "Without Japanese screens our operators cannot use it.", "Operator board", Weight.DEAL_BREAKER, PRIYA, -30),
    Thought("Thornby Power", "The outage replay is the best thing that we saw this year.", "Replay", Weight.NICE_TO_HAVE, WEI, -5),
    Thought("砚溪大学", "排课高峰时页面要等六秒。", "门户", Weight.CHALLENGE, XIAOTONG, -150, -140, "已优化到 1.5 秒，随下一版发布。"),
)


def fill(shelves: Shelves, start: datetime) -> None:
    """Note what is known of the customers, in the order in which it was learned."""
    for at, name, how in sorted(learned(start), key=lambda one: one[:2]):
        customer = shelves.customers.called(fold(name))
        if customer:
            take(shelves, shelves.customers, customer, at, how)


def learned(start: datetime) -> Iterator[tuple[datetime, str, Take[Customer]]]:
    """Yield what was learned, and when."""
    for known in PEOPLE:
        yield at_work(start, known.day, 16, known.by), known.customer, partial(note, known)
    for raised in ASKED:
        yield at_work(start, raised.day, 13, raised.reported_by), raised.customer, partial(enquire, raised)
        if raised.answer:
            yield at_work(start, raised.answered, 11, raised.owner), raised.customer, partial(answer, raised)
    for thought in THOUGHT:
        yield at_work(start, thought.day, 12, thought.by), thought.customer, partial(opine, thought)
        if thought.answer:
            yield at_work(start, thought.answered, 12, HEJUN), thought.customer, partial(reply, thought)


def note(known: Known, customer: Customer, at: datetime) -> Step[Customer]:
    """Note somebody at the customer."""
    return policy.put_contact(customer, known.contact, known.by, at)


def enquire(raised: Raised, customer: Customer, at: datetime) -> Step[Customer]:
    """Enter what the customer asked."""
    due = policy.answer_by(calendar(), ZONES[raised.owner], at, handbook().customers.answer_within)
    facts = {"contact": raised.contact, "reported_by": raised.reported_by, "owner": raised.owner}
    return policy.enquire(customer, Enquiry(id=0, text=raised.text, at=at, due=due, **facts), at)


def answer(raised: Raised, customer: Customer, at: datetime) -> Step[Customer]:
    """Record what the customer was answered."""
    return policy.answer(customer, customer.enquiries[-1].id, raised.answer, raised.owner, at)


def opine(thought: Thought, customer: Customer, at: datetime) -> Step[Customer]:
    """Note what the customer thinks."""
    opinion = Opinion(id=0, text=thought.text, product=thought.product, weight=thought.weight, reported_by=thought.by, at=at)
    return policy.opine(customer, opinion, at)


def reply(thought: Thought, customer: Customer, at: datetime) -> Step[Customer]:
    """Record what becomes of an opinion."""
    return policy.reply(customer, customer.opinions[-1].id, thought.answer, HEJUN, at)
