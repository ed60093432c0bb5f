"""Lists of opportunities."""

from collections.abc import Sequence
from typing import NamedTuple

from bot.language import N_, Translator
from bot.policy.opportunities import OUTCOME_NAMES, PHASE_NAMES, Opportunity, Phase
from bot.views import listing as shared
from bot.views.blocks import Block, Message, button, section
from bot.views.opportunities.sheet import LIST, NEW, SHOW

Scope = shared.Scope
scope = shared.scope
TITLES = {
    Scope.MINE: N_("Your open opportunities"),
    Scope.TEAM: N_("Open opportunities of your team"),
    Scope.OPEN: N_("All open opportunities"),
    Scope.ALL: N_("All opportunities"),
}
LISTING = shared.Listing(TITLES, "/opportunity new ACME 1.2m", LIST)


class Row(NamedTuple):
    """An opportunity in a list, and where the work on it is."""

    deal: Opportunity
    phase: Phase


def row(_: Translator, one: Row) -> Block:
    """Return one line of a list, with the button that opens the opportunity."""
    amount = "–" if one.deal.worth is None else _.short_amount(one.deal.worth.amount, one.deal.worth.currency)
    head = " · ".join(filter(None, (one.deal.number, one.deal.customer_name, one.deal.title)))
    state = f"{_(OUTCOME_NAMES[one.deal.state])} · {_(PHASE_NAMES[one.phase])} · {amount}"
    return section(f"{head}\n{state}", button(_("Open"), SHOW, str(one.deal.id)))


def listing(_: Translator, which: Scope, rows: Sequence[Row], page: int, more: bool) -> Message:
    """Return a page of opportunities, `page` counted from 0, with the way to the next one."""
    if not rows:
        return LISTING.empty(_, which, button(_("Enter an opportunity"), NEW, "new", "primary"))
    return LISTING.page(_, which, [row(_, one) for one in rows], page, more)
