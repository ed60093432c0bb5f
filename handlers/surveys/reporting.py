"""`/customer answered`: what a colleague heard; `/customer surveys`: what it all comes to; and the way back."""

from pydantic import Field

from bot.language import N_
from bot.policy import surveys as policy
from bot.policy.customers import Customer
from bot.policy.people import require
from bot.policy.refusal import Refusal
from bot.policy.satisfaction import satisfaction
from bot.policy.surveys import COMMENT, NAME, About, Answer, Mark
from bot.views import surveys as views
from bot.views.follow_up import REPORT
from bot.words.feedback import take_rating
from bot.words.numbers import is_number
from bot.words.text import clean
from handlers.context import Answer as Reply
from handlers.context import Open, Say, Turn
from handlers.customers.finding import enter, find_customer
from handlers.finding import known
from handlers.forms import Form
from handlers.routes import Routes, Word
from handlers.surveys.matters import REF, Subject, add, chosen, draft, keep_survey, meant, read_subject
from storage.store import Shelves


def register(routes: Routes) -> None:
    """Register the words, the buttons and the form."""
    entering, listed = ("评价", "評價", "已答复", "已答覆"), ("问卷列表", "問卷列表", "满意度", "滿意度")
    routes.command(
        "/customer",
        "list",
        Word("answered", answered, N_("answered X 4/5 TEXT"), N_("enter how satisfied they said they are"), entering),
        Word("surveys", surveys, N_("surveys X"), N_("see how satisfied they are"), listed, reads=True),
    )
    routes.button(REPORT, report_pressed)
    routes.button(views.UNDO, undo_pressed)
    routes.form(REPORT, Heard, heard)


class Heard(Form):
    """What a customer said to a colleague."""

    customer: str = Field(min_length=1, max_length=200)
    about: About = About.GENERAL
    score: Mark
    understood: Mark | None = None
    responsive: Mark | None = None
    again: Mark | None = None
    comment: str = Field(default="", max_length=COMMENT)
    respondent: str = Field(default="", max_length=NAME)


def answered(turn: Turn, shelves: Shelves) -> Reply:
    """Enter what a customer said as typed, or open the form with it."""
    require("surveys.ask", turn.roles)
    if not turn.text.strip():
        return Open(views.report_form(turn._, ""))
    found = find_customer(turn, shelves, "surveys.ask")
    # Only a number can be told from what was said: "demo" may be its first word.
    first = found.rest[0] if found.rest and REF.fullmatch(found.rest[0].text) else None
    subject = (first and read_subject(first)) or Subject(About.GENERAL)
    said = take_rating(" ".join(word.typed for word in found.rest[1 if first else 0 :]))
    if said.rating is None:
        return Open(views.report_form(turn._, found.customer.name, said.text[:COMMENT]))
    return report(turn, shelves, found.customer, subject, Answer(score=said.rating, comment=clean(said.text)[:COMMENT]))


def report_pressed(turn: Turn, shelves: Shelves) -> Reply:
    """Open the form for this button's customer, and the record that it is about."""
    known = meant(turn, shelves)
    return Open(views.report_form(turn._, known.customer.name, about=known.about, ref=known.ref))


def heard(turn: Turn, shelves: Shelves, form: Heard) -> Reply:
    """Enter what was said on the form."""
    require("surveys.ask", turn.roles)
    typed = form.model_dump(exclude={"customer", "about"})
    given = Answer(**{**typed, "comment": clean(form.comment), "respondent": clean(form.respondent)})
    return report(turn, shelves, enter(turn, shelves, form.customer), chosen(turn.metadata, form.about), given)


def report(turn: Turn, shelves: Shelves, customer: Customer, subject: Subject, given: Answer) -> Reply:
    """Keep what a colleague heard, as self-reported."""
    added = add(turn, shelves, policy.reported(draft(turn, shelves, customer, subject, turn._.language), given))
    return Say(views.reported(turn._, added.record, added.change))


def surveys(turn: Turn, shelves: Shelves) -> Reply:
    """Show how satisfied a customer is, and each survey that this person may know of."""
    customer = find_customer(turn, shelves, "surveys.see").customer
    kept = shelves.surveys.of_customer(shelves.customers.keys(customer.key))
    shown = [each for each in kept if known(turn, shelves, each)]
    figure = satisfaction(shown, shelves.surveys.mean())
    return Say(views.summary(turn._, customer.name, customer.id, figure, shown, turn.person.zone))


def undo_pressed(turn: Turn, shelves: Shelves) -> Reply:
    """Take back the very survey that the button belongs to."""
    require("surveys.ask", turn.roles)
    number, _, change = turn.value.partition(":")
    if not (is_number(number) and is_number(change)) or (survey := shelves.surveys.get(int(number), lock=True)) is None:
        raise Refusal(N_("That was taken back."))
    history = shelves.audit.of(survey.subject)
    step = policy.undo(survey, history, int(change), turn.person.id, turn.now, turn.handbook.bids.undo_minutes)
    keep_survey(turn, shelves, step)
    return Say(views.undone(turn._, step.record))
