"""App Home and `/presales` (§1.1): what is due from a person, help, and preferences."""

import logging
from typing import Literal

from slack_sdk.errors import SlackApiError

from bot.language import N_, translator
from bot.policy.people import is_outsider, may
from bot.views import comparing
from bot.views import home as views
from handlers.admission import is_foreign, person_for
from handlers.context import Answer, Happening, Open, Say, Turn
from handlers.forms import Form
from handlers.help import help_word
from handlers.owing import desktop
from handlers.replies import word_of
from handlers.routes import UMBRELLA, Routes, Word
from storage.store import Shelves

log = logging.getLogger("bidwell.handlers")


def register(routes: Routes) -> None:
    """Register `/presales`, the preferences and the opening of App Home."""
    routes.command(
        UMBRELLA,
        "home",
        Word("home", home, N_("home"), N_("see what is due from you"), ("首页", "首頁", "主页"), reads=True),
        Word("settings", settings, N_("settings"), N_("choose your language"), ("设置", "設定"), reads=True),
        help_word(routes, UMBRELLA),
    )
    routes.button(views.SETTINGS, settings)
    routes.form(views.SETTINGS, Preferences, prefer)
    routes.event("app_home_opened", publish)


class Preferences(Form):
    """What a person chooses for themselves."""

    language: Literal["slack", "en", "zh-Hans", "zh-Hant"]


def home(turn: Turn, shelves: Shelves) -> Answer:
    """Answer with what App Home shows."""
    return Say(views.summary(turn._, desktop(shelves, turn.person, turn.now, turn.handbook)))


def settings(turn: Turn, _shelves: Shelves) -> Answer:
    """Open the preferences; those who may try another handbook find the way to it there."""
    also = [comparing.offer(turn._)] if may("handbook.compare", turn.roles) else []
    return Open(views.settings_form(turn._, turn.person.language, also))


def prefer(turn: Turn, shelves: Shelves, form: Preferences) -> Answer:
    """Keep what was chosen, and answer in the language chosen."""
    person = turn.person.amended(language="" if form.language == "slack" else form.language)
    shelves.people.put(person)
    return Say(views.preferred(translator(person.speaks)))


def publish(happening: Happening) -> None:
    """Show App Home to the person who opened it; it changes nothing, so a repetition does no harm."""
    desk, event = happening.desk, happening.event
    person = person_for(desk, str(event.get("user", "")), happening.client)
    if event.get("tab", "home") != "home":
        return
    with desk.store.look() as shelves:
        outside = is_outsider(person) or is_foreign(desk, person, None)
        view = (
            views.closed(translator(person.speaks), desk.handbook.company.name)
            if outside
            else views.page(translator(person.speaks), desktop(shelves, person, happening.now, desk.handbook))
        )
    try:
        happening.client.views_publish(user_id=person.id, view=view)
    except (SlackApiError, OSError) as error:
        log.warning("App Home could not be shown", extra={"request": happening.request, "error": word_of(error)})
