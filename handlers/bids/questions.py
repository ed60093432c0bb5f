"""One question to one expert for one answer (§4.4.2): `/bid ask`, its buttons and forms."""

import re
from datetime import datetime

from pydantic import Field

from bot.language import N_, translator
from bot.policy.bids import Bid, Question
from bot.policy.bids import questions as policy
from bot.policy.people import Person
from bot.policy.refusal import Refusal
from bot.views.bids import questions as views
from bot.views.bids.preparation import ASK
from bot.words.text import Word as Typed
from bot.words.text import clean
from handlers.bids.finding import bid_by_id, bid_by_value, find_bid
from handlers.bids.keeping import allow, keep
from handlers.bids.preparation import calendar, prepared, typed_in
from handlers.colleagues import colleague, is_person, meant, naming
from handlers.context import Answer, Open, Say, Turn
from handlers.forms import Form
from handlers.routes import Routes, Word
from handlers.until import split_time
from storage.store import Shelves

LONGEST = 1000


def register(routes: Routes) -> None:
    """Register the words, buttons and forms of questions to experts."""
    routes.command(
        "/bid",
        "new",
        Word("ask", ask, N_("ask X @expert question [by WHEN]"), N_("ask an expert for one answer"), ("咨询", "諮詢", "请教", "請教")),
    )
    routes.button(ASK, ask_pressed)
    routes.button(views.ANSWER, answer_pressed)
    routes.form(ASK, Asked, asked)
    routes.form(views.ANSWER, Answered, answered)


class Asked(Form):
    """One question to one expert."""

    expert: str
    question: str = Field(min_length=1, max_length=LONGEST)
    form: str = Field(default="", max_length=200)
    due: datetime | None = None


class Answered(Form):
    """The expert's answer."""

    answer: str = Field(min_length=1, max_length=3000)


def ask(turn: Turn, shelves: Shelves) -> Answer:
    """Put the question that was typed, or ask for it by form."""
    found = find_bid(turn, shelves, ASK)
    return ask_as_typed(turn, shelves, found.bid, found.rest)


def ask_pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Open the form of a question, unless it was typed before the bid was picked."""
    bid = bid_by_value(turn, shelves)
    return ask_as_typed(turn, shelves, bid, typed_in(turn))


def ask_as_typed(turn: Turn, shelves: Shelves, bid: Bid, typed: list[Typed]) -> Answer:
    """Put a question whose expert is named first; ask by form for what was not typed."""
    allow(turn, shelves, bid)
    if typed and not is_person(typed[0]):
        raise Refusal(N_("Name the expert first, with @, then the question."))
    expert = meant(shelves, typed[0]).id if typed else ""
    text, until = split_time(turn, typed[1:])
    if not text:
        return Open(views.ask_form(turn._, bid, expert))
    if len(text) > LONGEST:
        raise Refusal(N_("Please use at most {most} characters for one question."), most=LONGEST)
    return put(turn, shelves, bid, Asked(expert=expert, question=text, due=until.instant if until else None))


def asked(turn: Turn, shelves: Shelves, form: Asked) -> Answer:
    """Put the question of the form."""
    bid = bid_by_id(turn, shelves, turn.metadata)
    allow(turn, shelves, bid)
    return put(turn, shelves, bid, form)


def put(turn: Turn, shelves: Shelves, bid: Bid, form: Asked) -> Answer:
    """Put a question to an expert by direct message, and say back what was asked until when."""
    expert = colleague(shelves, form.expert, "expert")
    due = form.due or policy.answer_due(bid, calendar(turn), expert.zone, turn.now)
    wanted = Question(
        id=0, asker=turn.person.id, expert=expert.id, text=clean(form.question), form=clean(form.form), due=due, zone=expert.zone
    )
    step = policy.ask(bid, wanted, turn.now)
    question = step.bid.questions[-1]
    answer = prepared(turn, shelves, step, views.put(turn._, step.bid, question, turn.person.zone))
    message = views.asked(translator(expert.speaks), step.bid, question)
    key = f"{views.ASKED}:{bid.id}:{question.id}:{expert.id}:{turn.now.timestamp()}"
    shelves.outbox.say(key, expert.id, message, subject=bid.subject)
    return answer


def answer_pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Open the form for the answer."""
    bid, question = question_asked(turn, shelves, turn.value)
    return Open(views.answer_form(turn._, bid, question))


def question_asked(turn: Turn, shelves: Shelves, value: str) -> tuple[Bid, Question]:
    """Return the question that a button or a form means, if this person was asked it; more of the bid is not theirs to see."""
    numbers = re.fullmatch(r"([0-9]{1,9}):([0-9]{1,9})", value)
    bid = shelves.bids.get(int(numbers[1]), lock=True) if numbers else None
    if numbers is None or bid is None:
        raise Refusal(N_("That question was taken back."))
    with naming(turn, shelves):
        return bid, policy.check_expert(bid, int(numbers[2]), turn.person.id)


def answered(turn: Turn, shelves: Shelves, form: Answered) -> Answer:
    """Keep the answer with the bid, and tell the one who asked."""
    bid, question = question_asked(turn, shelves, turn.metadata)
    step = policy.answer(bid, question.id, clean(form.answer), turn.person.id, turn.now)
    keep(turn, shelves, step)
    if asker := shelves.people.get(question.asker):
        tell_asker(turn, shelves, step.bid, question, asker)
    return Say(views.thanks(turn._, question))


def tell_asker(turn: Turn, shelves: Shelves, bid: Bid, question: Question, asker: Person) -> None:
    """Tell the one who asked what the answer is; a better answer changes the message."""
    message = views.answered(translator(asker.speaks), bid, policy.question_of(bid, question.id))
    key = f"{views.ANSWERED}:{bid.id}:{question.id}:{question.expert}:{question.due:%Y%m%dT%H%M%S}"
    shelves.outbox.say(key, asker.id, message, subject=bid.subject)
