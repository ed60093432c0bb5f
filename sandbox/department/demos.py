"""The department's demos: one summed up, one just given, one still being prepared."""

from datetime import datetime, time
from functools import partial
from typing import NamedTuple

from bot.policy import demos as policy
from bot.policy.demos import Demo, Rehearsal, Summary
from bot.policy.demos.feedback import Feedback, logged
from sandbox.department.dates import moment
from sandbox.department.keeping import at_work, deal_with, take
from sandbox.department.people import PRIYA, WEI, XIAOTONG, ZONES
from sandbox.department.rules import handbook
from storage.counting import count_demo
from storage.store import Shelves


class Showing(NamedTuple):
    """One demo: the days in working days from the start; ratings with words and who noted them."""

    customer: str
    owner: str
    members: tuple[str, ...]
    opened: int
    given: int
    audience: str
    content: str
    environment: str = ""
    tools: str = ""
    opinions: tuple[tuple[str, int, str], ...] = ()
    summed: tuple[str, str] = ("", "")  # a problem, and what is better next time


SHOWINGS = (
    Showing(
        "Brackwater Ferries",
        PRIYA,
        (WEI,),
        -20,
        -10,
        "Harbour master, two captains",
        "A late ship, and how the roster mends itself",
        "Demo tenant “ferries”, nine ships loaded",
        "Laptop, spare laptop, offline copy",
        ((PRIYA, 5, "“That is my whiteboard, only faster.”"), (WEI, 4, "The second captain wants it on a telephone.")),
        ("The telephone view was too small to read", "Show it on a real telephone, from the start"),
    ),
    Showing(
        "梧桐里商业集团",
        XIAOTONG,
        (),
        -8,
        -1,
        "会员部、信息部 6 人",
        "两家商场的会员合并，现场跑一遍重复识别",
        "演示环境 B，8 万条脱敏会员",
        "投影、备用网络",
        ((XIAOTONG, 4, "合并规则能自己配置，这点他们最喜欢。"),),
    ),
    Showing("芦汀半导体", WEI, (XIAOTONG,), -5, 2, "工艺部、信息部", "One bad lot, found in two minutes"),
)


def fill(shelves: Shelves, start: datetime) -> None:
    """Enter the demos and take their steps."""
    for showing in SHOWINGS:
        demo = prepared(shelves, showing, start)
        if showing.given < 0:
            give(shelves, showing, demo, start)
            count_demo(shelves, demo, handbook())


def prepared(shelves: Shelves, showing: Showing, start: datetime) -> Demo:
    """Return a demo as far as it was prepared."""
    deal, at = deal_with(shelves, showing.customer), at_work(start, showing.opened, 10, showing.owner)
    demo = shelves.demos.add(
        Demo(
            opportunity=deal.id,
            customer_name=deal.customer_name,
            customer_key=deal.customer_key,
            owner=showing.owner,
            members=showing.members,
            zone=ZONES[showing.owner],
            opened_at=at,
            at=moment(start, showing.given, time(14), ZONES[showing.owner]),
            audience=showing.audience,
        )
    )
    demo = take(shelves, shelves.demos, demo, at, lambda demo, at: policy.opened(demo, demo.owner, at))
    facts = {"content": showing.content, "environment": showing.environment, "tools": showing.tools}
    at = at_work(start, showing.opened + 2, 16, showing.owner)
    return take(shelves, shelves.demos, demo, at, lambda demo, at: policy.prepare(demo, demo.owner, at, **facts))


def give(shelves: Shelves, showing: Showing, demo: Demo, start: datetime) -> None:
    """Rehearse and give a demo, note what was said of it, and sum it up."""
    day, owner = showing.given, showing.owner
    rehearsed = at_work(start, day - 2, 15, owner)
    rehearsal = Rehearsal(at=rehearsed, note="", by=owner)
    demo = take(shelves, shelves.demos, demo, rehearsed, lambda demo, at: policy.rehearse(demo, rehearsal, at))
    demo = take(shelves, shelves.demos, demo, at_work(start, day - 1, 16, owner), lambda demo, at: policy.ready(demo, owner, at))
    demo = take(shelves, shelves.demos, demo, at_work(start, day, 15, owner), lambda demo, at: policy.deliver(demo, owner, at))
    said = [note(shelves, demo, author, rating, text, at_work(start, day, 16, author)) for author, rating, text in showing.opinions]
    problem, better = showing.summed
    if problem:
        at = at_work(start, day + 2, 11, owner)
        words = " / ".join(entry.text for entry in said)
        summary = Summary(feedback=words, problems=(problem,), improvements=(better,), by=owner, at=at)
        told = partial(policy.summarise, summary=summary, questions=(), none_given=False, none_found=False)
        take(shelves, shelves.demos, demo, at, lambda demo, at: told(demo, now=at))


def note(shelves: Shelves, demo: Demo, author: str, rating: int, text: str, at: datetime) -> Feedback:
    """Note what the customer said of a demo."""
    known = {"demo": demo.id, "opportunity": demo.opportunity, "customer_name": demo.customer_name}
    draft = Feedback(**known, source=f"form:{demo.id}:{author}", author=author, text=text, rating=rating, at=at)
    entry = shelves.feedback.add(draft)
    return take(shelves, shelves.feedback, entry, at, logged)
