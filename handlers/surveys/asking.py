"""`/customer survey`: a signed link on which the customer answers, to be sent by whoever asked for it."""

from collections.abc import Mapping
from typing import NamedTuple

from pydantic import Field

from bot.language import LANGUAGES, N_, translator
from bot.policy import surveys as policy
from bot.policy.customers import Customer
from bot.policy.people import require
from bot.policy.refusal import Refusal
from bot.policy.surveys import About
from bot.views import surveys as views
from bot.views.follow_up import ASK
from bot.words.text import Word as Typed
from bot.words.text import fold
from handlers.context import Answer, Open, Say, Turn
from handlers.customers.finding import enter, find_customer
from handlers.forms import Form
from handlers.routes import Routes, Word
from handlers.survey_page import PATH
from handlers.surveys.matters import Subject, add, chosen, draft, meant, read_subject
from storage.store import Shelves

CHINESE = frozenset(map(fold, ("zh", "chinese", "中文")))
LANGUAGE_WORDS: Mapping[str, tuple[str, ...]] = {
    "en": ("en", "english", "英文", "英语", "英語"),
    "zh-Hans": ("zh-hans", "zh-cn", "简体", "简体中文", "簡體"),
    "zh-Hant": ("zh-hant", "zh-tw", "繁体", "繁體", "繁體中文"),
}
USAGE = "/customer survey ACME [demo|solution|outcome] [en|zh]"


def register(routes: Routes) -> None:
    """Register the word, the button and the form."""
    usage, meaning = N_("survey X [demo|solution|outcome] [en|zh]"), N_("get a link on which they say how satisfied they are")
    routes.command("/customer", "list", Word("survey", survey, usage, meaning, ("问卷", "問卷", "满意度调查", "滿意度調查")))
    routes.button(ASK, ask_pressed)
    routes.form(ASK, Wanted, wanted)


class Wanted(Form):
    """A survey to be sent."""

    customer: str = Field(min_length=1, max_length=200)
    about: About = About.GENERAL
    language: str


class Wish(NamedTuple):
    """What is typed behind a customer's name."""

    subject: Subject
    language: str


def survey(turn: Turn, shelves: Shelves) -> Answer:
    """Make a survey as typed and answer with its link, or open the form."""
    require("surveys.ask", turn.roles)
    if not turn.text.strip():
        return Open(views.ask_form(turn._, "", turn.handbook.company.language))
    found = find_customer(turn, shelves, "surveys.ask")
    wish = read_wish(turn, found.rest)
    return ask(turn, shelves, found.customer, wish.subject, wish.language)


def ask_pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Open the form for this button's customer, and the record that it is about."""
    known = meant(turn, shelves)
    return Open(views.ask_form(turn._, known.customer.name, turn.handbook.company.language, known.about, known.ref))


def wanted(turn: Turn, shelves: Shelves, form: Wanted) -> Answer:
    """Make the survey of the form."""
    require("surveys.ask", turn.roles)
    if form.language not in LANGUAGES:
        raise Refusal(N_("Choose one of the languages."), field="language")
    return ask(turn, shelves, enter(turn, shelves, form.customer), chosen(turn.metadata, form.about), form.language)


def ask(turn: Turn, shelves: Shelves, customer: Customer, subject: Subject, language: str) -> Answer:
    """Make a survey and its link; without a public address, offer to enter what the customer said."""
    rules, zone = turn.handbook.surveys, turn.handbook.company.time_zone
    if rules.base_url is None:
        return Say(views.no_address(turn._, customer.name, customer.id))
    expires = policy.lasting(turn.now, rules.expires_after)
    made = add(turn, shelves, draft(turn, shelves, customer, subject, language).amended(expires=expires))
    token = policy.sign(shelves.surveys.key(), made.record.id, expires)
    link = f"{rules.base_url.rstrip('/')}{PATH}/{token}?lang={language}"
    invitation = views.invitation(translator(language), made.record, turn.handbook.company.name, link, zone)
    return Say(views.asked(turn._, made.record, link, invitation, turn.person.zone, made.change))


def read_wish(turn: Turn, typed: list[Typed]) -> Wish:
    """Return what a survey is to be about, and in which language; refuse a word that says neither."""
    subject, language = Subject(About.GENERAL), turn.handbook.company.language
    for word in typed:
        said = read_subject(word)
        if said is not None:
            subject = said
        elif (spoken := read_language(turn, word)) is not None:
            language = spoken
        else:
            raise Refusal(N_("I do not know “{word}” here. Write it so: {usage}"), word=word.typed, usage=USAGE)
    return Wish(subject, language)


def read_language(turn: Turn, word: Typed) -> str | None:
    """Return the language that a word names; "zh" is the script of whoever types it, if they read Chinese, else Simplified."""
    if fold(word.text) in CHINESE:
        return turn._.language if turn._.language != "en" else "zh-Hans"
    return next((language for language, spelled in LANGUAGE_WORDS.items() if fold(word.text) in map(fold, spelled)), None)
