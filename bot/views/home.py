"""App Home, its short form as a message, and the preferences."""

from collections.abc import Sequence

from bot.language import Translator
from bot.policy.tallies import Party, Scope
from bot.views.bids import entry
from bot.views.blocks import (
    Block,
    Choice,
    Message,
    actions,
    button,
    code,
    context,
    field_of,
    header,
    home,
    message,
    modal,
    paragraph,
    prose,
    says,
    select,
)
from bot.views.desk import Desktop, sections
from bot.views.reports import figures

SETTINGS = "home.settings"
MOST = 48  # blocks, and the small print
LANGUAGES = {"en": "English", "zh-Hans": "简体中文", "zh-Hant": "繁體中文"}


def page(_: Translator, desk: Desktop) -> Block:
    """Return App Home for a member."""
    report = button(_("Your figures"), figures.SHOW, figures.Asked(Party(Scope.PERSON, desk.person), "").value())
    buttons = [button(_("New bid"), entry.NEW, "home", "primary"), report, button(_("Settings"), SETTINGS, "home")]
    return home([header(_("Your pre-sales desk")), actions(*buttons), *sections(_, desk), footer(_)])


def closed(_: Translator, company: str) -> Block:
    """Return App Home for somebody who is not a member."""
    return home([paragraph(prose(_.template("I work for members of {company} only."), company=company))])


def footer(_: Translator) -> Block:
    """Return the small print below."""
    return context(_("Type /presales help to see what can be typed."))


def summary(_: Translator, desk: Desktop) -> Message:
    """Return App Home as a message."""
    return message(*sections(_, desk)[:MOST], footer(_), text=_("What is due from you"))


def what_can_be_asked(_: Translator) -> Message:
    """Say what can be written to the bot directly."""
    ask = prose(_.template("Write {word} and I shall tell you what is due from you."), word=code("todo"))
    return says(ask, prose(_.template("Everything else goes by command: {help} lists them."), help=code("/presales help")))


def settings_form(_: Translator, language: str, also: Sequence[Block] = ()) -> Block:
    """Return the preferences, and what else this person may set below them."""
    choices = [Choice("slack", _("The language of my Slack")), *(Choice(key, name) for key, name in LANGUAGES.items())]
    chosen = field_of(_("Language"), select("language", choices, language or "slack"))
    return modal(SETTINGS, _("Settings"), [chosen, *also], submit=_("Save"), close=_("Cancel"))


def preferred(_: Translator) -> Message:
    """Say that preferences are kept."""
    return says(prose(_.template("Kept. I shall speak English with you. {help} lists what I know."), help=code("/presales help")))
