"""The few listeners that Bolt knows: each validates a delivery, looks its name up in the routes, and sends the answer.

Bolt tries listeners one after the other, so one per name would cost a millisecond at 150 names; a table costs nothing.
"""

import logging
import re
import uuid
from typing import Any, TypeVar

from pydantic import ValidationError
from slack_bolt import Ack, App, BoltResponse
from slack_bolt.error import BoltUnhandledRequestError
from slack_sdk import WebClient

from bot.language import translator
from bot.policy.refusal import Refusal
from bot.views import errors
from bot.words import Unreadable
from handlers.admission import admit, is_foreign, person_for
from handlers.context import Answer, Desk, Errors, Happening, Instead, Open, Say, Show, Turn
from handlers.forms import faults, read_form
from handlers.observed import observed
from handlers.payloads import MISSHAPEN, Command, EventDelivery, Payload, Press, Shortcut, Submission, View, Who, legible
from handlers.replies import ByAck, ByDirect, ByForm, ByReply, Way, again, closing, digest, kept, opened, page, shown, spoken
from handlers.routes import Form, Handler, Routes, ShortcutHandler, Word
from storage.inbox import AlreadyHandled, Delivery
from storage.store import Shelves

ANY = re.compile("")
MENU = "menu"
log = logging.getLogger("bidwell.handlers")
PayloadT = TypeVar("PayloadT", bound=Payload)


class Listeners:
    """Everything that Slack delivers, on its way to the function that answers it."""

    def __init__(self, routes: Routes, desk: Desk) -> None:
        self.routes = routes
        self.desk = desk

    def attach(self, app: App) -> None:
        """Register with Bolt, once for each kind of delivery."""
        app.event(ANY)(self.event)  # first: messages are what comes most
        app.command(ANY)(self.command)
        app.action(ANY)(self.press)
        app.view(ANY)(self.submit)
        app.view_closed(ANY)(self.nothing)
        app.shortcut(ANY)(self.choose)
        app.options(ANY)(self.options)
        app.error(self.failed)

    def command(self, body: dict[str, Any], client: WebClient, ack: Ack) -> None:
        """Answer a slash command."""
        said = read(Command, body)
        if said is None:
            ack(**spoken(Say(errors.unreadable_delivery(translator(self.desk.handbook.company.language)))))
            return
        meant = self.routes.understood(said.command, said.text)
        turn = self.turn(Who(id=said.user_id), client, command=meant.command, text=meant.rest, channel=said.channel_id)
        word = meant.word or self.unknown(meant.typed)
        with observed("command", f"{meant.command} {word.name}", turn.request, turn.person.id) as outcome:
            delivery = Delivery(key=f"command:{said.trigger_id or turn.request}", kind="command")
            answer = self.answered(turn, None if word.reads else delivery, word.handler, ByAck())
            outcome.word = type(answer).__name__.lower()
            ack(**spoken(opened(turn, answer, said.trigger_id) if isinstance(answer, Open) else answer))

    def press(self, body: dict[str, Any], client: WebClient, ack: Ack) -> None:
        """Do what a button or menu entry stands for, and answer where it was pressed."""
        pressed = read(Press, body)
        action, value = meant_by(pressed) if pressed else ("", "")
        handler = self.routes.buttons.get(action)
        if pressed is not None and handler is not None:
            self.pressed(pressed, action, value, handler, client)
        ack()

    def pressed(self, pressed: Press, action: str, value: str, handler: Handler, client: WebClient) -> None:
        """Run the handler of what was pressed, and show what it answers."""
        view, place = pressed.view or View(), pressed.channel.id if pressed.channel else ""
        where = {"value": value, "channel": place, "metadata": view.private_metadata, "view": view.model_dump()}
        turn = self.turn(pressed.user, client, **where, pressed_at=pressed.actions[0].action_ts)
        delivery = Delivery(key=f"press:{pressed.trigger_id or pressed.actions[0].action_ts or turn.request}", kind="press")
        way = ByReply(delivery, pressed)
        with observed("press", action, turn.request, turn.person.id) as outcome:
            answer = self.answered(turn, delivery, handler, way)
            outcome.word = type(answer).__name__.lower()
            self.show(turn, answer, pressed, way)

    def show(self, turn: Turn, answer: Answer, pressed: Press, way: ByReply) -> None:
        """Show what a press is answered with, if that is a view or was pressed in one; a form in which somebody types stays."""
        if isinstance(answer, Say) and pressed.view and not pressed.entered:
            sheet = page(turn, answer.message)
            answer = Show(sheet) if pressed.view.type == "modal" else Open(sheet)
        if isinstance(answer, Show):
            shown(turn, answer)
        elif isinstance(answer, Open) and isinstance(sorry := opened(turn, answer, pressed.trigger_id), Say):
            with self.desk.store.change() as shelves:
                way.apologise(shelves, turn, sorry.message)

    def submit(self, body: dict[str, Any], client: WebClient, ack: Ack) -> None:
        """Do what a form asks for, or mark what is wrong in it."""
        sent = read(Submission, body)
        form = self.routes.forms.get(sent.view.callback_id) if sent else None
        if sent is None or form is None:
            ack()
            return
        turn = self.turn(sent.user, client, metadata=sent.view.private_metadata, view=sent.view.model_dump())
        with observed("form", sent.view.callback_id, turn.request, turn.person.id) as outcome:
            answer = self.filled(turn, form, sent)
            outcome.word = type(answer).__name__.lower()
            ack(**closing(answer, sent.view))

    def filled(self, turn: Turn, form: Form, sent: Submission) -> Answer:
        """Return what a submitted form comes to."""
        try:
            entered = read_form(form.model, sent.view.state, turn)
        except ValidationError as error:
            return Errors(faults(turn._, error, sent.view.state))
        # The hash belongs to the view as it was submitted: a form that showed its next page has another.
        delivery = Delivery(key=f"form:{sent.view.id}:{sent.view.hash}", kind="form", digest=digest(sent.view))
        return self.answered(turn, delivery, lambda turn, shelves: form.handler(turn, shelves, entered), ByForm(delivery, sent))

    def choose(self, body: dict[str, Any], client: WebClient, ack: Ack) -> None:
        """Do what a shortcut stands for; what is to be said, is said directly."""
        chosen = read(Shortcut, body)
        handler = self.routes.shortcuts.get(chosen.callback_id) if chosen else None
        if chosen is not None and handler is not None:
            self.chosen(chosen, handler, client)
        ack()

    def chosen(self, chosen: Shortcut, handler: ShortcutHandler, client: WebClient) -> None:
        """Run the handler of a shortcut, and open the form that it answers with."""
        turn = self.turn(chosen.user, client, channel=chosen.channel.id if chosen.channel else "")
        delivery = Delivery(key=f"shortcut:{chosen.trigger_id or turn.request}", kind="shortcut")
        way = ByDirect(delivery)
        with observed("shortcut", chosen.callback_id, turn.request, turn.person.id) as outcome:
            answer = self.answered(turn, delivery, lambda turn, shelves: handler(turn, shelves, chosen), way)
            outcome.word = type(answer).__name__.lower()
            if isinstance(answer, Open):
                self.deliver(turn, opened(turn, answer, chosen.trigger_id), way)

    def event(self, body: dict[str, Any], client: WebClient, ack: Ack) -> None:
        """Take note of what happened in the workspace; it is acknowledged only once it is remembered."""
        delivered = read(EventDelivery, body)
        kind = str(delivered.event.get("type", "")) if delivered else ""
        handler = self.routes.events.get(kind)
        if delivered is not None and handler is not None:
            happening = Happening(self.desk, client, delivered.event, self.desk.clock.now(), request_id(), delivered.event_id)
            with observed("event", kind, happening.request, "") as outcome:
                try:
                    handler(happening)
                except AlreadyHandled:
                    outcome.word = "again"
        ack()

    def nothing(self, ack: Ack) -> None:
        """Acknowledge what needs no answer."""
        ack()

    def options(self, ack: Ack) -> None:
        """Offer nothing: no menu of ours asks while a person types."""
        ack(options=[])

    def failed(self, error: Exception, body: dict[str, Any]) -> BoltResponse:
        """Answer where no listener could: nonsense is done with, a person who typed is told, and Slack may bring the rest again."""
        request = request_id()
        log.error("a delivery could not be handled", exc_info=error, extra={"request": request})
        if isinstance(error, (*MISSHAPEN, BoltUnhandledRequestError)):
            return BoltResponse(status=200)
        if "command" in body:
            return BoltResponse(status=200, body=errors.failed(translator(self.desk.handbook.company.language), request))
        return BoltResponse(status=500)

    def turn(self, who: Who, client: WebClient, **where: Any) -> Turn:
        """Return the turn of a person, looked up in the directory or else in Slack."""
        person = person_for(self.desk, who.id, client)
        if is_foreign(self.desk, person, who.team_id):
            person = person.amended(stranger=True)
        return Turn(self.desk, person, self.desk.clock.now(), request_id(), client, **where)

    def unknown(self, typed: str) -> Word:
        """Return the word that stands for one that the command does not have."""

        def answer(turn: Turn, _shelves: Shelves) -> Answer:
            return Say(errors.unknown_word(turn._, turn.command, typed, self.routes.near(turn.command, typed)))

        return Word("?", answer, "", "", reads=True)

    def answered(self, turn: Turn, delivery: Delivery | None, handler: Handler, way: Way) -> Answer:
        """Return the handler's answer; without a delivery it only reads, with one its changes are kept together and once."""
        try:
            admit(turn)
            return self.read_only(turn, handler) if delivery is None else self.changed(turn, delivery, handler, way)
        except AlreadyHandled as handled:
            return way.refusal(errors.taken_before(turn._), None) if handled.differs else again(handled.answer)
        except Instead as instead:
            answer = instead.answer
        except (Refusal, Unreadable) as no:
            answer = way.refusal(errors.said(turn._, no), getattr(no, "field", None))
        except ValidationError as error:
            answer = way.refusal(errors.fault(turn._, error.errors()[0]), None)
        except Exception:
            log.exception("a handler failed", extra={"request": turn.request})
            answer = way.refusal(errors.failed(turn._, turn.request), None)
        self.deliver(turn, answer, way)
        return answer

    def read_only(self, turn: Turn, handler: Handler) -> Answer:
        """Return the answer of a handler that changes nothing."""
        with self.desk.store.look() as shelves:
            return handler(turn, shelves)

    def changed(self, turn: Turn, delivery: Delivery, handler: Handler, way: Way) -> Answer:
        """Return the answer of a handler whose changes, messages and answer are kept in one transaction."""
        with self.desk.store.change(delivery) as shelves:
            answer = handler(turn, shelves)
            if isinstance(answer, Say):
                way.deliver(shelves, turn, answer.message)
            shelves.inbox.answer(delivery, kept(answer), undecided=bool(delivery.digest) and isinstance(answer, Errors | Show))
        return answer

    def deliver(self, turn: Turn, answer: Answer, way: Way) -> None:
        """Send an answer that goes with no change."""
        if isinstance(answer, Say) and not isinstance(way, ByAck):
            with self.desk.store.change() as shelves:
                way.deliver(shelves, turn, answer.message)


def read(model: type[PayloadT], body: dict[str, Any]) -> PayloadT | None:
    """Return a delivery as its model, or None, which is logged, when it makes no sense."""
    try:
        return model.model_validate(legible({name: body[name] for name in model.model_fields if name in body}))
    except ValidationError as error:
        log.warning("a delivery made no sense", extra={"model": model.__name__, "faults": [fault["loc"] for fault in error.errors()]})
        return None


def meant_by(pressed: Press) -> tuple[str, str]:
    """Return the action and value of what was pressed; a menu's entry carries both."""
    first = pressed.actions[0]
    if first.action_id != MENU:
        return first.action_id, first.chosen
    action, _space, value = first.chosen.partition(" ")
    return action, value


def request_id() -> str:
    """Return a new id under which a request is logged and, if it fails, told to the person."""
    return uuid.uuid4().hex[:12]
