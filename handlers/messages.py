"""What people write in conversations with the bot: feedback on a demo first, then what they ask for."""

from handlers import todo
from handlers.context import Happening
from handlers.demos import messages as demos
from handlers.routes import Routes


def register(routes: Routes) -> None:
    """Register the one way that messages take, and the other by which the bot is named in a channel."""
    routes.event("message", written)
    routes.event("app_mention", named)


def written(happening: Happening) -> None:
    """Take a message as feedback if it is; answer what a person writes directly; the rest is none of our business."""
    event = happening.event
    if demos.heard(happening):
        return
    plain = event.get("channel_type") == "im" and not event.get("subtype") and not event.get("bot_id")
    if plain and event.get("user"):
        todo.asked(happening)


def named(happening: Happening) -> None:
    """Take what names the bot as feedback if it is, else as a question; the same words come as a message too."""
    if not demos.took(happening, happening.event):
        todo.asked(happening)
