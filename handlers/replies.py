"""How answers leave: in the acknowledgement, as a form, or as a message that is remembered before it is sent."""

import json
import logging
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Any, Protocol

from slack_sdk.errors import SlackApiError

from bot.views import errors
from bot.views.blocks import Block, Message, modal, prose, says
from handlers.context import Answer, Done, Errors, Open, Say, Show, Turn
from handlers.payloads import Press, Submission, View
from storage.inbox import Delivery
from storage.store import Shelves

# Slack honours a response_url for half an hour.
PAGE = "desk.page"
REPLY_LIFE = timedelta(minutes=29)
log = logging.getLogger("bidwell.handlers")


class Way(Protocol):
    """By which way a person is answered; it depends on what they did."""

    def deliver(self, shelves: Shelves, turn: Turn, message: Message) -> None:
        """Remember what is to be sent, in the transaction whose effect it tells of."""

    def refusal(self, text: str, field: str | None) -> Answer:
        """Return a "no" as this way can show it."""


@dataclass(frozen=True)
class ByAck:
    """A command is answered in its acknowledgement."""

    def deliver(self, shelves: Shelves, turn: Turn, message: Message) -> None:
        """Remember nothing: the acknowledgement itself carries the message."""

    def refusal(self, text: str, field: str | None) -> Answer:
        """Return a "no" as a message."""
        return Say(says(prose("{text}", text=text)))


@dataclass(frozen=True)
class ByReply:
    """A press is answered where it was made."""

    delivery: Delivery
    pressed: Press

    def deliver(self, shelves: Shelves, turn: Turn, message: Message) -> None:
        """Have the message put in place of an ephemeral one, or below any other; in a view it is shown on a page of its own."""
        key, replace = f"reply:{self.delivery.key}", self.pressed.container.is_ephemeral
        if self.pressed.response_url:
            shelves.outbox.reply(key, self.pressed.response_url, message, replace=replace, expires=turn.now + REPLY_LIFE)

    def apologise(self, shelves: Shelves, turn: Turn, message: Message) -> None:
        """Have it said that nothing could be opened, directly where no message was pressed."""
        if self.pressed.response_url:
            self.deliver(shelves, turn, message)
        else:
            shelves.outbox.say(f"reply:{self.delivery.key}", turn.person.id, message)

    def refusal(self, text: str, field: str | None) -> Answer:
        """Return a "no" as a message."""
        return Say(says(prose("{text}", text=text)))


@dataclass(frozen=True)
class ByForm:
    """A form closes, and what came of it is told directly; what is wrong is marked on it, and nothing typed is lost."""

    delivery: Delivery
    sent: Submission

    def deliver(self, shelves: Shelves, turn: Turn, message: Message) -> None:
        """Have the message told directly: what one person must see is never ephemeral."""
        shelves.outbox.say(f"told:{self.delivery.key}", turn.person.id, message)

    def refusal(self, text: str, field: str | None) -> Answer:
        """Return a "no" on the field it belongs to, or else on the first."""
        inputs = [block.get("block_id") for block in self.sent.view.blocks if block.get("type") == "input"]
        shown = [name for name in self.sent.view.state.get("values") or {} if name in inputs or not inputs]
        name = field if field in shown else next(iter(shown), None)
        return Errors({name: text}) if name else Say(says(prose("{text}", text=text)))


@dataclass(frozen=True)
class ByDirect:
    """What was chosen shows nothing by itself: it is answered directly."""

    delivery: Delivery

    def deliver(self, shelves: Shelves, turn: Turn, message: Message) -> None:
        """Have the message told directly."""
        shelves.outbox.say(f"told:{self.delivery.key}", turn.person.id, message)

    def refusal(self, text: str, field: str | None) -> Answer:
        """Return a "no" as a message."""
        return Say(says(prose("{text}", text=text)))


def spoken(answer: Answer) -> dict[str, Any]:
    """Return the acknowledgement of a command: a message to the person alone, or nothing."""
    if not isinstance(answer, Say):
        return {}
    return {"response_type": "ephemeral", "text": answer.message.text, "blocks": list(answer.message.blocks)}


def closing(answer: Answer, view: View) -> dict[str, Any]:
    """Return the acknowledgement of a form: its errors, the next view, or what closes it with the page from which it was opened."""
    if isinstance(answer, Errors):
        return {"response_action": "errors", "errors": dict(answer.fields)}
    if isinstance(answer, Show):
        return {"response_action": "update", "view": answer.view}
    return {"response_action": "clear"} if view.root_view_id not in (None, "", view.id) else {}


def digest(view: View) -> str:
    """Return a digest of what is entered in a form: it tells whether the form comes again as it was, or changed."""
    held = json.dumps([view.id, view.private_metadata, view.state.get("values")], sort_keys=True)
    return sha256(held.encode()).hexdigest()


def page(turn: Turn, message: Message) -> Block:
    """Return a message as a page that is shown over App Home."""
    return modal(PAGE, "Bidwell", message.blocks, close=turn._("Close"))


def kept(answer: Answer) -> dict[str, Any]:
    """Return an answer as the inbox keeps it, for a delivery that comes twice; a form is not opened twice."""
    return {"text": answer.message.text, "blocks": list(answer.message.blocks)} if isinstance(answer, Say) else {}


def again(answer: dict[str, Any] | None) -> Answer:
    """Return what a delivery was answered when it came first."""
    return Say(Message(answer["text"], tuple(answer["blocks"]))) if answer else Done()


def opened(turn: Turn, answer: Open, trigger: str) -> Answer:
    """Open a form, over the page that is open if there is one; when Slack no longer allows it, answer with a sentence that says so."""
    show = turn.client.views_push if turn.view.get("type") == "modal" else turn.client.views_open
    try:
        show(trigger_id=trigger, view=answer.view)
    except (SlackApiError, OSError) as error:
        log.warning("a form could not be opened", extra={"request": turn.request, "error": word_of(error)})
        return Say(errors.too_slow(turn._))
    return Done()


def shown(turn: Turn, answer: Show) -> None:
    """Put another view in place of the one in which something was pressed, unless that has changed meanwhile."""
    try:
        turn.client.views_update(view_id=turn.view["id"], hash=turn.view["hash"] or None, view=answer.view)
    except (SlackApiError, OSError) as error:
        log.warning("a view could not be changed", extra={"request": turn.request, "error": word_of(error)})


def word_of(error: Exception) -> str:
    """Return Slack's word for an error, or the name of ours."""
    return str(error.response["error"]) if isinstance(error, SlackApiError) else type(error).__name__
