"""One question to one expert: the forms, what the expert is asked, and what the asker hears."""

from bot.language import Translator
from bot.policy.bids import OPEN, Bid, Question
from bot.policy.bids.questions import question_of, sees_bid
from bot.views.bids.preparation import ASK
from bot.views.bids.progress import LONG
from bot.views.bids.sheet import facts, name
from bot.views.bids.told import Told
from bot.views.blocks import (
    Block,
    Message,
    Sentence,
    Span,
    actions,
    bold,
    button,
    clip,
    field_of,
    modal,
    moment_input,
    paragraph,
    person_input,
    prose,
    quote,
    says,
    text_input,
    user,
)

ANSWER, ASKED, ANSWERED = "bids.answer", "bids.asked", "bids.answered"
RETOLD = frozenset({ASKED, ANSWERED})


def retold(_: Translator, told: Told, bid: Bid) -> Message:
    """Return what a message about a question says now."""
    _kind, _bid, number, expert, *_more = told.key.split(":")
    question = question_of(bid, int(number))
    meant = question if question and question.expert == expert else None
    return asked(_, bid, meant) if told.kind == ASKED else answered(_, bid, meant)


def asked(_: Translator, bid: Bid, question: Question | None) -> Message:
    """Ask an expert, with the button that opens the form for the answer; of a confidential bid, outsiders read no more."""
    if question is None:
        return says(prose(_.template("The question was taken back.")))
    if question.answered_at:
        change = [actions(button(_("Change the answer"), ANSWER, f"{bid.id}:{question.id}"))] if bid.state in OPEN else []
        thanks = prose(_.template("You answered {person}’s question. Thank you!"), person=user(question.asker))
        return says(thanks, also=[quote(question.text), quote(question.answer), *change])
    if bid.state not in OPEN:
        return says(
            prose(_.template("{person}’s question needs no answer any more."), person=user(question.asker)), also=[quote(question.text)]
        )
    row = actions(button(_("Answer"), ANSWER, f"{bid.id}:{question.id}", "primary"))
    return says(*wanted(_, bid, question), also=[quote(question.text), row])


def wanted(_: Translator, bid: Bid, question: Question) -> list[Sentence]:
    """Return who asks, for which bid if that may be told, in which form and until when an answer is wanted."""
    template = _.template("{person} asks you for one answer.")
    if sees_bid(bid, question.expert):
        template = _.template("{person} asks you for one answer, for the bid for {customer} ({number}).")
        head = prose(template, person=user(question.asker), customer=name(bid), number=bid.number)
    else:
        head = prose(template, person=user(question.asker))
    form = [prose(_.template("In this form: {form}"), form=question.form)] if question.form else []
    until = [prose(_.template("Until {when}"), when=bold(_.moment(question.due, question.zone)))] if question.due else []
    return [head, *form, *until]


def answered(_: Translator, bid: Bid, question: Question | None) -> Message:
    """Tell the asker what the expert answered."""
    if question is None or not question.answered_at:
        return says(prose(_.template("An answer for {customer} ({number}) was taken back."), customer=name(bid), number=bid.number))
    head = prose(
        _.template("{person} answered your question for {customer} ({number})."),
        person=user(question.expert),
        customer=name(bid),
        number=bid.number,
    )
    return says(head, also=[quote(clip(question.text, LONG)), quote(question.answer)])


def put(_: Translator, bid: Bid, question: Question, zone: str) -> Sentence:
    """Say what was asked of whom until when; and of a confidential bid, how little the expert sees."""
    values: dict[str, str | Span] = {"person": user(question.expert), "question": question.text, "form": question.form or "–"}
    when = _.moment(question.due, zone) if question.due else "–"
    said = prose(_.template("{person} is asked until {when}: “{question}” Form of the answer: {form}."), **values, when=bold(when))
    if sees_bid(bid, question.expert):
        return said
    return (*said, Span(" "), *prose(_.template("The bid is confidential, so its name is not told.")))


def thanks(_: Translator, question: Question) -> Message:
    """Thank an expert."""
    return says(prose(_.template("Thank you. {person} has your answer."), person=user(question.asker)))


def ask_form(_: Translator, bid: Bid, expert: str = "", question: str = "") -> Block:
    """Return the form that puts one question to one expert."""
    return modal(
        ASK,
        _("Ask an expert"),
        [
            paragraph(facts(_, bid)),
            field_of(_("Expert"), person_input("expert", expert)),
            field_of(_("Question"), text_input("question", question, lines=True, limit=1000)),
            field_of(
                _("Form of the answer"),
                text_input("form", limit=200, placeholder=_("Yes or no, a number, one paragraph …")),
                optional=True,
            ),
            field_of(_("Until"), moment_input("due"), optional=True, hint=_("Otherwise by the end of the expert's next working day.")),
        ],
        submit=_("Ask"),
        close=_("Cancel"),
        metadata=str(bid.id),
    )


def answer_form(_: Translator, bid: Bid, question: Question) -> Block:
    """Return the form for an expert's answer."""
    form = [paragraph(prose(_.template("In this form: {form}"), form=question.form))] if question.form else []
    return modal(
        ANSWER,
        _("Your answer"),
        [
            quote(question.text),
            *form,
            field_of(_("Answer"), text_input("answer", question.answer, lines=True)),
        ],
        submit=_("Answer"),
        close=_("Cancel"),
        metadata=f"{bid.id}:{question.id}",
    )
