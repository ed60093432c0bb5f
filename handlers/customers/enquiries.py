"""What customers want to know (§2.1.5): `/customer enquiry` and `/customer answer`, their buttons and forms."""

from datetime import datetime

from pydantic import Field

from bot.language import N_, translator
from bot.policy import customers as policy
from bot.policy.calendar import Calendar
from bot.policy.customers import Customer, Enquiry
from bot.policy.people import OnlyFor, Person, Role, require
from bot.policy.refusal import Refusal
from bot.views.customers import enquiries as views
from bot.views.customers.sheet import ENQUIRY
from bot.words.text import Word as Typed
from bot.words.text import clean
from handlers.colleagues import colleague, is_person, meant, naming
from handlers.context import Answer, Open, Say, Turn
from handlers.customers.finding import by_value, enter, find_customer, number_behind, receipt, typed_in
from handlers.forms import Form
from handlers.routes import Routes, Word
from handlers.until import split_time
from storage.store import Shelves


def register(routes: Routes) -> None:
    """Register the words, buttons and forms of enquiries."""
    routes.command(
        "/customer",
        "list",
        Word("enquiry", enquiry, N_("enquiry X [@a] TEXT [by WHEN]"), N_("enter what they want to know"), ("咨询", "諮詢", "询问", "詢問")),
        Word("answer", answer, N_("answer X TEXT"), N_("record what they were answered"), ("答复", "答覆", "回复", "回覆")),
    )
    routes.button(ENQUIRY, enquiry_pressed)
    routes.button(views.ANSWER, answer_pressed)
    routes.button(views.ANSWER_ONE, answer_one_pressed)
    routes.button(views.HAND_OVER, hand_over_pressed)
    routes.form(ENQUIRY, Asked, entered)
    routes.form(views.ANSWER, Answered, answered)
    routes.form(views.HAND_OVER, HandedOver, handed_over)


class Asked(Form):
    """An enquiry to be entered."""

    customer: str = Field(min_length=1, max_length=200)
    text: str = Field(min_length=1, max_length=2000)
    contact: str = Field(default="", max_length=100)
    owner: str
    due: datetime | None = None


class Answered(Form):
    """What the customer was answered."""

    answer: str = Field(min_length=1, max_length=2000)


class HandedOver(Form):
    """Who answers from now on."""

    owner: str


def enquiry(turn: Turn, shelves: Shelves) -> Answer:
    """Enter an enquiry as typed, or open the form."""
    require("customers.change", turn.roles)
    if not turn.text.strip():
        return ask_for(turn, "", turn.person.id, "")
    found = find_customer(turn, shelves, "customers.change", ENQUIRY)
    return enter_typed(turn, shelves, found.customer, found.rest)


def enquiry_pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Open the form of an enquiry of this button's customer, unless it was typed before."""
    return enter_typed(turn, shelves, by_value(turn, shelves, turn.value), typed_in(turn))


def ask_for(turn: Turn, customer: str, owner: str, text: str) -> Answer:
    """Open the form with what is known."""
    return Open(views.form(turn._, customer, owner, text, turn.handbook.customers.answer_within))


def enter_typed(turn: Turn, shelves: Shelves, customer: Customer, typed: list[Typed]) -> Answer:
    """Enter an enquiry whose owner may be named first; ask by form for what was not typed."""
    owner = meant(shelves, typed[0]).id if typed and is_person(typed[0]) else turn.person.id
    words = typed[1:] if typed and is_person(typed[0]) else typed
    text, until = split_time(turn, words) if words else ("", None)
    if not text:
        return ask_for(turn, customer.name, owner, "")
    form = Asked(customer=customer.name, text=text[:2000], owner=owner, due=until.instant if until else None)
    return put(turn, shelves, customer, form)


def entered(turn: Turn, shelves: Shelves, form: Asked) -> Answer:
    """Enter the enquiry of the form."""
    return put(turn, shelves, enter(turn, shelves, form.customer), form)


def put(turn: Turn, shelves: Shelves, customer: Customer, form: Asked) -> Answer:
    """Enter an enquiry, and tell its owner if that is somebody else."""
    owner = colleague(shelves, form.owner, "owner")
    rules, calendar = turn.handbook.customers, Calendar(turn.handbook.company)
    wanted = Enquiry(
        id=0,
        text=clean(form.text),
        contact=clean(form.contact),
        reported_by=turn.person.id,
        at=turn.now,
        owner=owner.id,
        due=form.due or policy.answer_by(calendar, owner.zone, turn.now, rules.answer_within),
    )
    step = policy.enquire(customer, wanted, turn.now)
    asked = step.record.enquiries[-1]
    said = receipt(turn, shelves, step, views.entered(turn._, step.record, asked, turn.person.zone))
    ask_owner(turn, shelves, step.record, asked, owner)
    return said


def ask_owner(turn: Turn, shelves: Shelves, customer: Customer, asked: Enquiry, owner: Person) -> None:
    """Tell the owner of an enquiry that it is theirs, unless they took it themselves."""
    if owner.id != turn.person.id:
        message = views.asked(translator(owner.speaks), customer, asked, owner.zone)
        shelves.outbox.say(f"{views.ASKED}:{customer.id}:{asked.id}:{owner.id}:{turn.request}", owner.id, message, subject=customer.subject)


def answer(turn: Turn, shelves: Shelves) -> Answer:
    """Record an answer as typed; with several open enquiries, ask which one it is for."""
    found = find_customer(turn, shelves, "customers.change", views.ANSWER_ONE)
    return answer_one(turn, shelves, found.customer, found.more)


def answer_one_pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Do so for the customer who was picked."""
    return answer_one(turn, shelves, by_value(turn, shelves, turn.value), turn.value.partition(":")[2])


def answer_one(turn: Turn, shelves: Shelves, customer: Customer, typed: str) -> Answer:
    """Record the answer to a customer's open enquiry; with several, ask which one it is for."""
    waiting = [one for one in customer.enquiries if one.answered_at is None]
    if not waiting:
        raise Refusal(N_("{customer} has no open enquiry."), customer=customer.name)
    if len(waiting) > 1:
        return Say(views.which(turn._, customer, waiting, typed))
    return answer_with(turn, shelves, customer, waiting[0].id, typed)


def answer_pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Ask for the answer to this button's enquiry, or record the one typed before it was picked."""
    customer, number = asked_of(turn, shelves, turn.value)
    return answer_with(turn, shelves, customer, number, turn.value.partition(":")[2].partition(":")[2])


def answered(turn: Turn, shelves: Shelves, form: Answered) -> Answer:
    """Record the answer of the form."""
    customer, number = asked_of(turn, shelves, turn.metadata)
    return answer_with(turn, shelves, customer, number, form.answer)


def answer_with(turn: Turn, shelves: Shelves, customer: Customer, number: int, text: str) -> Answer:
    """Record an answer and tell the one who reported the enquiry; without a text, ask for it."""
    asked = policy.enquiry_of(customer, number)
    if not clean(text):
        return Open(views.answer_form(turn._, customer, asked))
    step = policy.answer(customer, number, clean(text)[:2000], turn.person.id, turn.now)
    done = policy.enquiry_of(step.record, number)
    said = receipt(turn, shelves, step, views.answered_now(turn._, step.record, done))
    reporter = shelves.people.get(done.reported_by)
    if reporter and reporter.id != turn.person.id:
        message = views.told(translator(reporter.speaks), step.record, done)
        key = f"{views.ANSWERED}:{customer.id}:{number}:{reporter.id}:{turn.request}"
        shelves.outbox.say(key, reporter.id, message, subject=customer.subject)
    return said


def asked_of(turn: Turn, shelves: Shelves, value: str) -> tuple[Customer, int]:
    """Return the customer and the number of the enquiry that a button or a form means.

    Its owner may be of another department; beside the owner, pre-sales staff may answer.
    """
    customer = by_value(turn, shelves, value, "customers.reply")
    enquiry = policy.enquiry_of(customer, number_behind(value))
    if enquiry.owner != turn.person.id and Role.STAFF not in turn.roles:
        with naming(turn, shelves):
            raise OnlyFor([enquiry.owner])
    return customer, enquiry.id


def hand_over_pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Ask to whom this button's enquiry is given."""
    customer, number = asked_of(turn, shelves, turn.value)
    return Open(views.hand_over_form(turn._, customer, policy.enquiry_of(customer, number)))


def handed_over(turn: Turn, shelves: Shelves, form: HandedOver) -> Answer:
    """Give an enquiry to somebody else, who is told."""
    customer, number = asked_of(turn, shelves, turn.metadata)
    owner = colleague(shelves, form.owner, "owner")
    step = policy.hand_over(customer, number, owner.id, turn.person.id, turn.now)
    given = policy.enquiry_of(step.record, number)
    said = receipt(turn, shelves, step, views.handed_over(turn._, step.record, given))
    ask_owner(turn, shelves, step.record, given, owner)
    return said
