"""The table of everything that people can say or press, each name with the function that answers it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from bot.words.text import Word as Typed
from bot.words.text import fold, near, words
from handlers.context import Answer, Happening, Turn
from handlers.payloads import Shortcut
from storage.store import Shelves

Handler = Callable[[Turn, Shelves], Answer]
FormHandler = Callable[[Turn, Shelves, Any], Answer]
EventHandler = Callable[[Happening], None]
ShortcutHandler = Callable[[Turn, Shelves, Shortcut], Answer]

UMBRELLA = "/presales"
# What the commands are called behind the umbrella besides their own names.
CALLED: Mapping[str, tuple[str, ...]] = {
    "/opportunity": ("商机", "商機"),
    "/customer": ("客户", "客戶"),
    "/research": ("调研", "調研", "需求调研", "需求調研"),
    "/solution": ("方案", "解决方案", "解決方案"),
    "/demo": ("演示", "展示"),
    "/bid": ("投标", "投標"),
    "/review": ("考核", "绩效", "績效"),
    "/honour": ("荣誉", "榮譽", "表彰"),
}
COMMANDS = {fold(name): command for command, names in CALLED.items() for name in (command.removeprefix("/"), *names)}


@dataclass(frozen=True)
class Word:
    """One word of a command: what it does, how it is typed, whether it only reads, and the permission without which help leaves it out."""

    name: str
    handler: Handler
    usage: str
    meaning: str
    aliases: tuple[str, ...] = ()
    reads: bool = False
    needs: str = ""


@dataclass(frozen=True)
class Form:
    """A form's model, and what is done with it once it is valid."""

    model: type[BaseModel]
    handler: FormHandler


class Routes:
    """Collects what each capability answers to."""

    def __init__(self) -> None:
        self.commands: dict[str, dict[str, Word]] = {}
        self.typed: dict[str, dict[str, Word]] = {}  # by every way to type the word
        self.defaults: dict[str, str] = {}
        self.buttons: dict[str, Handler] = {}
        self.forms: dict[str, Form] = {}
        self.events: dict[str, EventHandler] = {}
        self.shortcuts: dict[str, ShortcutHandler] = {}

    def command(self, command: str, default: str, *known: Word) -> None:
        """Register a command's words; `default` is the one meant when nothing is typed."""
        self.commands.setdefault(command, {}).update({word.name: word for word in known})
        typed = {fold(name): word for word in known for name in (word.name, *word.aliases)}
        self.typed.setdefault(command, {}).update(typed)
        self.defaults.setdefault(command, default)

    def button(self, action: str, handler: Handler) -> None:
        """Register what a button or menu entry does."""
        self.buttons[action] = handler

    def form(self, callback: str, model: type[BaseModel], handler: FormHandler) -> None:
        """Register what a submitted form does."""
        self.forms[callback] = Form(model, handler)

    def event(self, kind: str, handler: EventHandler) -> None:
        """Register what is done when Slack reports something."""
        self.events[kind] = handler

    def shortcut(self, callback: str, handler: ShortcutHandler) -> None:
        """Register what a shortcut, on a message or anywhere, does."""
        self.shortcuts[callback] = handler

    def understood(self, command: str, text: str) -> "Understood":
        """Return the command and word that were typed, with the rest of the text as it stood."""
        first, rest = split(text)
        meant = COMMANDS.get(fold(first), f"/{fold(first)}")
        if command == UMBRELLA and meant in self.commands:
            return self.understood(meant, rest)
        known = self.commands.get(command, {})
        if not first:
            return Understood(command, known.get(self.defaults.get(command, "")), first, "")
        return Understood(command, self.typed.get(command, {}).get(fold(first)), first, rest)

    def near(self, command: str, typed: str) -> list[str]:
        """Return the words of a command that are nearest to what was typed."""
        return list(near(typed, list(self.commands.get(command, {}))))


@dataclass(frozen=True)
class Understood:
    """What a typed command came to: no word when it is not one of the command's."""

    command: str
    word: Word | None
    typed: str
    rest: str


def split(text: str) -> tuple[str, str]:
    """Return a text's first word and what follows it, untouched."""
    found: list[Typed] = words(text)
    if not found:
        return "", ""
    parts = text.split(maxsplit=1)
    return found[0].text, parts[1] if len(parts) > 1 else ""
