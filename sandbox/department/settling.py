"""How the department's bids were handed in, defended and settled, and what was learned from them."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from decimal import Decimal
from functools import partial

from bot.policy import bids as policy
from bot.policy.bids import Action, Bid, Step
from bot.policy.money import Money
from sandbox.department.dates import moment
from sandbox.department.deals import Deal, thousands
from sandbox.department.lessons import BEATEN, DEFENCES, LESSONS, Defended
from sandbox.department.people import JONAS, PEISHAN, XIAOTONG, ZONES
from sandbox.department.setting import Act, Setting

WAYS = {"CNY": ("portal", "by_hand"), "TWD": ("courier", "by_hand"), "EUR": ("email", "courier"), "USD": ("portal", "email")}
PROOFS = {XIAOTONG: "回执编号 {}", PEISHAN: "收件回條 {}", JONAS: "Eingangsbestätigung {}"}  # in others' words: a receipt
AWAITED_AFTER, PLANNED_AFTER, LEARNED_AFTER = 2, 2, 3  # working days after the submission, and after the outcome


def handed_in(setting: Setting) -> Iterator[Act]:
    """Yield that the bid was handed in, that it was defended, and that only the result was missing."""
    deal = setting.deal
    if deal.submitted is None:
        return
    yield setting.act(deal.submitted, deal.owner, partial(submit, setting))
    if defence := DEFENCES.get(deal.customer):
        yield from defended(setting, deal.submitted, defence)
    else:
        yield setting.act(deal.submitted + AWAITED_AFTER, deal.owner, lambda bid, at: policy.await_result(bid, bid.owner, at))


def submit(setting: Setting, bid: Bid, at: datetime) -> Step:
    """Record that a bid was handed in, by which way, and what proves it."""
    ways = WAYS[bid.currency]
    proof = PROOFS.get(bid.owner, "Receipt {}").format(f"{at:%m%d}-{4100 + 37 * setting.place}")
    return policy.submit(bid, bid.owner, at, channel=ways[setting.place % len(ways)], proof=proof)


def defended(setting: Setting, submitted: int, defence: Defended) -> Iterator[Act]:
    """Yield the defence from its planning to its result."""
    owner = setting.deal.owner
    at = moment(setting.start, defence.day, time(14), ZONES[owner])
    speakers = defence.speakers or (owner,)
    plan = partial(policy.schedule_defence, at=at, speakers=speakers, actor=owner)
    yield setting.act(submitted + PLANNED_AFTER, owner, lambda bid, now: plan(bid, now=now))
    rehearse = partial(policy.rehearse, waiver=defence.waiver, actor=owner)
    yield setting.act(defence.day - 1, owner, lambda bid, now: rehearse(bid, now=now))
    if defence.result:
        tell = partial(policy.defend, questions=defence.questions, result=defence.result, actor=owner)
        yield setting.act(defence.day, owner, lambda bid, now: tell(bid, now=now), hour=16)
        yield setting.act(defence.day + 1, owner, lambda bid, now: policy.await_result(bid, owner, now))


def settled(setting: Setting) -> Iterator[Act]:
    """Yield what came of the bid, and what it taught."""
    deal = setting.deal
    if deal.decided is None:
        return
    if deal.ending is Action.MISS:
        yield Act(deal.decided, (setting.deadline or setting.start) + timedelta(minutes=1), policy.miss)
    else:
        yield from ended(setting, deal.decided)
    if told := LESSONS.get(deal.customer):
        learn = partial(policy.debrief, went_well=told.well, to_improve=told.better, lessons=told.lesson, actor=deal.owner)
        yield setting.act(deal.decided + LEARNED_AFTER, deal.owner, lambda bid, at: learn(bid, now=at))


def ended(setting: Setting, day: int) -> Iterator[Act]:
    """Yield the outcome; at the same moment, before it, the step that nobody had recorded."""
    deal, defence = setting.deal, DEFENCES.get(setting.deal.customer)
    unrecorded = Action.SUBMIT if deal.submitted is None else Action.DEFEND if defence and not defence.result else None
    if unrecorded:
        yield setting.act(day, deal.owner, lambda bid, at: policy.fill_gap(bid, unrecorded, bid.owner, at))
    yield setting.act(day, deal.owner, partial(outcome, deal))


def outcome(deal: Deal, bid: Bid, at: datetime) -> Step:
    """Record the outcome of a bid."""
    match deal.ending:
        case Action.WIN:
            return policy.win(bid, Money(amount=thousands(int(deal.outcome)), currency=deal.currency), bid.owner, at)
        case Action.LOSE:
            winner, gap = BEATEN.get(bid.customer, ("", None))
            return policy.lose(bid, str(deal.outcome), deal.note, bid.owner, at, winner, None if gap is None else Decimal(gap))
        case Action.DISQUALIFY:
            return policy.disqualify(bid, deal.note, bid.owner, at)
        case Action.CANCEL:
            return policy.cancel(bid, deal.note, bid.owner, at)
        case _:
            return policy.withdraw(bid, deal.note, bid.owner, at)
