"""Lists of opportunities."""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from bot.language import N_, Translator
from bot.policy.opportunities import OUTCOME_NAMES, PHASE_NAMES, Opportunity, Phase
from bot.views.blocks import (
    Block,
    Message,
    actions,
    bold,
    button,
    code,
    prose,
    says,
    section,
)
from bot.views.opportunities.sheet import LIST, NEW, SHOW
from bot.words.text import fold


class Scope(StrEnum):
    """Which opportunities a list shows."""

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

TITLES = {
    Scope.MINE: N_("Your open opportunities"),
    Scope.TEAM: N_("Open opportunities of your team"),
    Scope.OPEN: N_("All open opportunities"),
    Scope.ALL: N_("All opportunities"),
}


class Row(NamedTuple):
    """An opportunity in a list, and where the work on it is."""

    deal: Opportunity
    phase: Phase


def scope(typed: str) -> Scope:
    """Return the list that a typed word asks for; the person's own where it is none of them."""
    meant = {fold(word): scope for scope, words in SCOPES.items() for word in words}
    return meant.get(fold(typed), Scope.MINE)


def row(_: Translator, one: Row) -> Block:
    """Return one line of a list, with the button that opens the opportunity."""
    amount = "–" if one.deal.worth is None else _.short_amount(one.deal.worth.amount, one.deal.worth.currency)
    head = " · ".join(filter(None, (one.deal.number, one.deal.customer_name, one.deal.title)))
    state = f"{_(OUTCOME_NAMES[one.deal.state])} · {_(PHASE_NAMES[one.phase])} · {amount}"
    return section(f"{head}\n{state}", button(_("Open"), SHOW, str(one.deal.id)))


def listing(_: Translator, which: Scope, rows: Sequence[Row], page: int, more: bool) -> Message:
    """Return a page of opportunities, `page` counted from 0, with the way to the next one."""
    title = (bold(_(TITLES[which])),)
    if not rows:
        enter = actions(button(_("Enter an opportunity"), NEW, "new", "primary"))
        return says(
            title, prose(_.template("Nothing here. {command} enters one."), command=code("/opportunity new ACME 1.2m")), also=[enter]
        )
    way = [actions(button(_("More"), LIST, f"{which}:{page + 1}"))] if more else []
    return says(title, also=[*(row(_, one) for one in rows), *way])
