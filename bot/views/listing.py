"""What the lists of all capabilities share: the words that choose one, its title, its pages, and what stands where there is nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.language import Translator
from bot.views.blocks import Block, Message, Sentence, actions, bold, button, code, prose, says
from bot.words.text import fold


class Scope(StrEnum):
    """Which records a list shows."""

    MINE = "mine"
    TEAM = "team"
    OPEN = "open"
    ALL = "all"


SCOPES = {
    Scope.MINE: ("mine", "我的"),
    Scope.TEAM: ("team", "团队", "團隊"),
    Scope.OPEN: ("open", "进行中", "進行中"),
    Scope.ALL: ("all", "全部"),
}
MEANT = {fold(word): scope for scope, words in SCOPES.items() for word in words}


def asked_for(typed: str) -> Scope | None:
    """Return the list that a typed word asks for, or None."""
    return MEANT.get(fold(typed))


def scope(typed: str) -> Scope:
    """Return the list that a typed word asks for; the person's own where it is none of them."""
    return asked_for(typed) or Scope.MINE


@dataclass(frozen=True)
class Listing:
    """How records of one kind are listed: the title of each list, a command that enters one, and the action of the way on."""

    titles: Mapping[Scope, str]
    example: str
    on: str

    def title(self, _: Translator, which: Scope) -> Sentence:
        """Return what is listed."""
        return (bold(_(self.titles[which])),)

    def nothing(self, _: Translator) -> Sentence:
        """Say that there is nothing, and how one is entered."""
        return prose(_.template("Nothing here. {command} enters one."), command=code(self.example))

    def page(self, _: Translator, which: Scope, rows: Sequence[Block], page: int, more: bool) -> Message:
        """Return a page of rows, `page` counted from 0, with the way to the next one."""
        way = [actions(button(_("More"), self.on, f"{which}:{page + 1}"))] if more else []
        return says(self.title(_, which), also=[*rows, *way])

    def empty(self, _: Translator, which: Scope, *enter: Block) -> Message:
        """Return a list of nothing, with the button that enters one where there is such a button."""
        return says(self.title(_, which), self.nothing(_), also=[actions(*enter)] if enter else [])
