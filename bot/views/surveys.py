"""What is said in Slack about surveys (§2.1.5, §5.1.3): the link to send, forms, what a customer answered, and what it comes to."""

from collections.abc import Sequence

from bot.language import Translator
from bot.policy.satisfaction import Satisfaction
from bot.policy.surveys import ABOUT_NAMES, About, State, Survey
from bot.views.blocks import (
    Block,
    Choice,
    Message,
    Sentence,
    Span,
    actions,
    bold,
    button,
    clip,
    code,
    field_of,
    modal,
    prose,
    quote,
    says,
    select,
    text_input,
    user,
)
from bot.views.follow_up import ASK, REPORT
from bot.views.survey_page import FURTHER, LANGUAGES

UNDO = "surveys.undo"
TOLD = "surveys.told"
CUSTOMER_SHOW = "customers.show"
MOST, LONG = 10, 200
MARKS = ("5", "4", "3", "2", "1")


def subject(_: Translator, survey: Survey) -> str:
    """Return what a survey is about, with the number if it has one."""
    return " ".join(filter(None, (_(ABOUT_NAMES[survey.about]), survey.ref)))


def named(_: Translator, survey: Survey) -> dict[str, Span | str]:
    """Return customer and subject, as the placeholders of a sentence."""
    return {"customer": bold(survey.customer_name), "subject": subject(_, survey)}


def asked(_: Translator, survey: Survey, link: str, invitation: str, zone: str, undo: int) -> Message:
    """Answer with the link to a survey, the words in which to send it, and how long it is good for."""
    template = _.template("A survey for {customer} about {subject}, in {language}. Send them this yourself:")
    head = prose(template, **named(_, survey), language=LANGUAGES[survey.language])
    until = prose(
        _.template("Whoever has the link can answer, once, until {when}. You will be told."),
        when=_.moment(survey.expires or survey.created, zone),
    )
    undone = button(_("Undo"), UNDO, f"{survey.id}:{undo}")
    return says(head, also=[quote(invitation), *says((code(link),), until).blocks, actions(undone)])


def invitation(_: Translator, survey: Survey, company: str, link: str, zone: str) -> str:
    """Return a short text to the customer, in their language; the link has a line of its own, so that nothing is taken for part of it."""
    asks = _(
        "Thank you for your time with {company}. Would you tell us in a minute how satisfied you are with {subject}? "
        "The page needs no account and is open until {when}:",
        company=company,
        subject=_(ABOUT_NAMES[survey.about]),
        when=_.moment(survey.expires or survey.created, zone),
    )
    return f"{asks}\n{link}"


def no_address(_: Translator, name: str, number: int) -> Message:
    """Say that no survey can be sent, and offer to enter what the customer said."""
    sorry = prose(
        _.template("No survey can be sent: the handbook names no public address ({setting}) at which customers reach me."),
        setting=code("surveys: base_url"),
    )
    instead = prose(_.template("If {customer} told you their opinion, enter it; it counts as self-reported."), customer=bold(name))
    return says(sorry, instead, also=[actions(button(_("Enter their answer"), REPORT, str(number), "primary"))])


def marks(_: Translator, survey: Survey) -> list[Sentence]:
    """Return every mark that was given, a line each."""
    further = {name: getattr(survey, name) for name in FURTHER}
    first = prose(_.template("{question} {mark} of 5"), question=_("Overall, how satisfied are you?"), mark=bold(str(survey.score)))
    return [
        first,
        *(
            prose(_.template("{question} {mark} of 5"), question=_(FURTHER[name]), mark=bold(str(mark)))
            for name, mark in further.items()
            if mark is not None
        ),
    ]


def words(survey: Survey) -> list[Block]:
    """Return the comment as a quotation, with the name of who wrote it."""
    signed = " — ".join(filter(None, (survey.comment, survey.respondent)))
    return [quote(signed)] if signed else []


def told(_: Translator, survey: Survey, customer: int) -> Message:
    """Tell who asked what the customer answered; `customer` is the number of the customer's sheet, 0 for none."""
    template = _.template("{customer} answered the survey about {subject}: {mark} of 5.")
    head = prose(template, **named(_, survey), mark=bold(str(survey.score)))
    follows = [actions(button(_("Open the customer"), CUSTOMER_SHOW, str(customer)))] if customer else []
    return says(head, *marks(_, survey)[1:], also=[*words(survey), *follows])


def reported(_: Translator, survey: Survey, undo: int) -> Message:
    """Say what was understood of an opinion that a colleague heard."""
    template = _.template("Noted as self-reported: {customer} gives {mark} of 5 for {subject}.")
    head = prose(template, **named(_, survey), mark=bold(str(survey.score)))
    return says(head, *marks(_, survey)[1:], also=[*words(survey), actions(button(_("Undo"), UNDO, f"{survey.id}:{undo}"))])


def undone(_: Translator, survey: Survey) -> Message:
    """Say what an undo left behind."""
    if survey.answered_at:
        return says(prose(_.template("Undone. The answer of {customer} does not count."), customer=bold(survey.customer_name)))
    return says(prose(_.template("Undone. The link for {customer} leads nowhere any more."), customer=bold(survey.customer_name)))


def summary(_: Translator, name: str, number: int, figure: Satisfaction | None, surveys: Sequence[Survey], zone: str) -> Message:
    """Return how satisfied one customer is, and each survey, the latest first."""
    lines = figures(_, figure) if figure else [prose(_.template("Nobody has answered yet."))]
    follows = actions(button(_("Send a survey"), ASK, str(number), "primary"), button(_("Enter their answer"), REPORT, str(number)))
    return says(prose("{name}", name=bold(name)), *lines, *(row(_, survey, zone) for survey in surveys[:MOST]), also=[follows])


def figures(_: Translator, figure: Satisfaction) -> list[Sentence]:
    """Return the figure with what it is made of."""
    scored = prose(
        _.template("Satisfaction {value} of 100, from {n}, {verified} of them by the customer."),
        value=bold(_.number(round(figure.value, 1))),
        n=_.plural("{n} answer", "{n} answers", figure.n),
        verified=str(figure.verified),
    )
    return [scored, prose(_.template("{share} gave 4 or 5."), share=bold(_.percent(figure.satisfied, figure.n)))]


def row(_: Translator, survey: Survey, zone: str) -> Sentence:
    """Return one survey in a line."""
    if survey.state is State.OPEN:
        when = _.moment(survey.expires or survey.created, zone)
        return prose(_.template("{subject}: not answered yet, open until {when}"), subject=subject(_, survey), when=when)
    by = _.template("by the customer") if survey.verified else _.template("heard by {person}")
    when = _.moment(survey.answered_at or survey.created, zone)
    said = prose(_.template("{subject}: {mark} of 5, {when}"), subject=subject(_, survey), mark=bold(str(survey.score)), when=when)
    comment = prose(" · “{text}”", text=clip(survey.comment, LONG)) if survey.comment else ()
    return (*said, Span(" · "), *prose(by, person=user(survey.asked_by)), *comment)


def ask_form(_: Translator, customer: str, language: str, about: str = About.GENERAL, ref: str = "") -> Block:
    """Return the form that asks for a survey; `ref` is the number of what it is about, if that is known."""
    fields = [
        field_of(_("Customer"), text_input("customer", customer, limit=200)),
        field_of(_("About"), about_select(_, about), hint=which(_, ref)),
        field_of(_("Language of the page"), select("language", [Choice(known, name) for known, name in LANGUAGES.items()], language)),
    ]
    return modal(ASK, _("Send a survey"), fields, submit=_("Make the link"), close=_("Cancel"), metadata=ref)


def report_form(_: Translator, customer: str, comment: str = "", about: str = About.GENERAL, ref: str = "") -> Block:
    """Return the form in which a colleague enters what a customer said."""
    given = [Choice(mark, mark) for mark in MARKS]
    fields = [
        field_of(_("Customer"), text_input("customer", customer, limit=200)),
        field_of(_("About"), about_select(_, about), hint=which(_, ref)),
        field_of(_("Overall, how satisfied are they? (5 is best)"), select("score", given)),
        field_of(_("Did we understand what they need?"), select("understood", given), optional=True),
        field_of(_("Did we answer their questions?"), select("responsive", given), optional=True),
        field_of(_("Would they go on working with us?"), select("again", given), optional=True),
        field_of(_("In their words"), text_input("comment", comment, lines=True, limit=2000), optional=True),
        field_of(_("Who said so"), text_input("respondent", limit=100), optional=True),
    ]
    return modal(REPORT, _("What the customer said"), fields, submit=_("Save"), close=_("Cancel"), metadata=ref)


def which(_: Translator, ref: str) -> str:
    """Say which one of a kind a survey is about."""
    return _("{number}, unless you choose something else.", number=ref) if ref else _("Of several, the latest is meant.")


def about_select(_: Translator, about: str) -> Block:
    """Return the menu of what a survey may be about."""
    return select("about", [Choice(each, _(name)) for each, name in ABOUT_NAMES.items()], about)
