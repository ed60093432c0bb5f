"""Lists of research, and the form that enters one."""

from collections.abc import Sequence
from typing import NamedTuple

from bot.language import N_, Translator
from bot.policy.research import STATE_NAMES, Research
from bot.views import listing as shared
from bot.views.blocks import (
    Block,
    Message,
    Sentence,
    actions,
    bold,
    button,
    field_of,
    modal,
    paragraph,
    prose,
    says,
    section,
    text_input,
)
from bot.views.research.sheet import name
from bot.views.research.steps import LIST, NEW, SHOW

PAGE = 10
VALUE = 2000  # the longest value of a button

Scope = shared.Scope
scope = shared.asked_for
TITLES = {
    Scope.MINE: N_("Your open research"),
    Scope.TEAM: N_("Open research of your team"),
    Scope.OPEN: N_("All open research"),
    Scope.ALL: N_("All research"),
}
LISTING = shared.Listing(TITLES, "/research new ACME", LIST)


class Query(NamedTuple):
    """What a list shows: which research, and the customer it is narrowed to."""

    scope: Scope = Scope.MINE
    customer: str = ""

    def value(self, page: int) -> str:
        """Return one page of the list as a button carries it; what was typed comes last, for it may hold anything."""
        return f"{page}:{self.scope}:{self.customer}"[:VALUE]


def read(value: str) -> tuple[Query, int]:
    """Return what a button carries, and which page; what makes no sense is left out."""
    page, which, customer = [*value.split(":", 2), "", ""][:3]
    query = Query(Scope(which) if which in set(Scope) else Scope.MINE, customer)
    return query, int(page) if page.isdecimal() and len(page) < 6 else 0


def listing(_: Translator, query: Query, found: Sequence[Research], total: int, page: int) -> Message:
    """Return a page of research, `page` counted from 0, with the ways to the others."""
    of = f" · “{query.customer}”" if query.customer else ""
    head = prose("{title}{of} · {counted}", title=bold(_(TITLES[query.scope])), of=of, counted=_.plural("{n} record", "{n} records", total))
    none = [] if found else [paragraph(LISTING.nothing(_))]
    back = [actions(button(_("Previous"), LIST, query.value(page - 1)))] if page else []  # in a row of its own: its id is that of "Next"
    on = [button(_("Next"), LIST, query.value(page + 1))] if (page + 1) * PAGE < total else []
    ways = actions(*on, button(_("New research"), NEW, "list"))
    return says(head, also=[*none, *(row(_, research) for research in found), *back, ways])


def row(_: Translator, research: Research) -> Block:
    """Return one line of a list, with the button that opens the research."""
    versions = [_("version {n}", n=research.version)] if research.version > 1 else []
    text = " · ".join([research.number, research.customer_name, _(STATE_NAMES[research.state]), *versions])
    return section(text, button(_("Open"), SHOW, str(research.id)))


def opened(_: Translator, research: Research) -> Sentence:
    """Say that research was entered."""
    return prose(
        _.template("The research for {customer} is in the books as {number}."), customer=name(research), number=bold(research.number)
    )


def there_already(_: Translator, research: Research) -> Sentence:
    """Say that there is research for the deal, and since when."""
    since = _.moment(research.opened_at, research.zone)
    template = _.template("There is research for {customer} already, {number}, since {since}.")
    return prose(template, customer=name(research), number=bold(research.number), since=since)


def new_form(_: Translator) -> Block:
    """Return the form that enters research."""
    field = field_of(_("Customer"), text_input("customer", limit=200, placeholder="ACME"))
    return modal(NEW, _("New research"), [field], submit=_("Enter"), close=_("Cancel"))
