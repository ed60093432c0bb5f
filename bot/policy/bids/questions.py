"""One question to one expert, for one answer (§4.4.2): asked, answered, and chased while it is not."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.language import N_
from bot.policy.bids.preparation import end_of_work
from bot.policy.bids.record import OPEN, STATE_NAMES, Bid, Question
from bot.policy.bids.steps import Step, change
from bot.policy.calendar import Calendar
from bot.policy.people import OnlyFor
from bot.policy.refusal import Refusal


def answer_due(bid: Bid, calendar: Calendar, zone: str, now: datetime) -> datetime:
    """Return until when an answer is wanted if nobody says: the end of the expert's next working day, and before the deadline."""
    today = now.astimezone(ZoneInfo(zone)).date()
    end = end_of_work(calendar.add_working_days(today, 1), zone, calendar)
    return min(end, bid.deadline) if bid.deadline and bid.deadline > now else end


def ask(bid: Bid, asked: Question, now: datetime) -> Step:
    """Put one question to one expert, under its own number; refuse the same one while its answer is still awaited."""
    if bid.state not in OPEN:
        reason = N_("{customer} ({number}) is {state}: there is nothing left to ask.")
        raise Refusal(reason, customer=bid.customer, number=bid.number, state=STATE_NAMES[bid.state])
    if asked.expert == asked.asker:
        raise Refusal(N_("Nobody asks themselves. Please choose somebody else."), field="expert")
    if not asked.text:
        raise Refusal(N_("What do you want to know? Please write the question."), field="question")
    if asked.due and asked.due <= now:
        raise Refusal(N_("That time has already passed."), field="due")
    if any((question.expert, question.text) == (asked.expert, asked.text) and not question.answered_at for question in bid.questions):
        raise Refusal(N_("That question is with this person already, and not answered yet."), field="question")
    number = max((question.id for question in bid.questions), default=0) + 1
    return change(bid, asked.asker, now, questions=(*bid.questions, asked.amended(id=number)))


def question_of(bid: Bid, number: int) -> Question | None:
    """Return the bid's question of this number, or None."""
    return next((question for question in bid.questions if question.id == number), None)


def check_expert(bid: Bid, number: int, person: str) -> Question:
    """Return a question that this person was asked; refuse everybody else."""
    question = question_of(bid, number)
    if question is None:
        raise Refusal(N_("That question was taken back."))
    if question.expert != person:
        raise OnlyFor([question.expert])
    return question


def answer(bid: Bid, number: int, text: str, actor: str, now: datetime) -> Step:
    """Record the expert's answer; while the bid is open it may be put better later."""
    question = check_expert(bid, number, actor)
    if bid.state not in OPEN:
        raise Refusal(N_("It is too late for an answer: the matter is closed."))
    if not text:
        raise Refusal(N_("Please fill this in."), field="answer")
    answered = question.amended(answer=text, answered_at=now)
    return change(bid, actor, now, questions=tuple(answered if other is question else other for other in bid.questions))


def unanswered(bid: Bid, now: datetime) -> list[Question]:
    """Return the questions of an open bid whose answer was due by now and has not come."""
    overdue = [question for question in bid.questions if question.answered_at is None and (question.due is None or question.due <= now)]
    return overdue if bid.state in OPEN else []


def sees_bid(bid: Bid, person: str) -> bool:
    """Tell whether somebody who is asked or told something may know for which bid: of a confidential one, only those of its team."""
    return not bid.confidential or person in {bid.owner, *bid.team}
