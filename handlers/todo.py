"""What do I owe? Asked in a direct message or by naming the bot in a channel, answered directly (§1.1)."""

from bot.language import translator
from bot.policy.people import Person, is_outsider
from bot.views import home as views
from bot.words.text import clean, fold
from handlers.admission import is_foreign, person_for
from handlers.context import Happening
from handlers.owing import desktop

ASKING = ("todo", "owe", "due", "待办", "待辦", "欠", "要做", "该做", "該做")


def asked(happening: Happening) -> None:
    """Tell a member what is due from them, or, when they asked for something else, what can be asked."""
    event = happening.event
    if event.get("bot_id") or not event.get("user"):
        return
    person = person_for(happening.desk, str(event["user"]), happening.client)
    if not (is_outsider(person) or is_foreign(happening.desk, person, event.get("user_team"))):
        answer(happening, person, fold(clean(str(event.get("text", "")))))


def answer(happening: Happening, person: Person, text: str) -> None:
    """Answer directly, once however often the event comes."""
    _ = translator(person.speaks)
    with happening.remember() as shelves:
        owes = any(word in text for word in ASKING)
        message = views.summary(_, desktop(shelves, person, happening.now, happening.desk.handbook)) if owes else views.what_can_be_asked(_)
        shelves.outbox.say(f"asked:{happening.event_id}", person.id, message)
