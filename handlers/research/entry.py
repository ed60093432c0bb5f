"""Entering and looking at research: `/research new`, `list` and `show`."""

from pydantic import Field, field_validator

from bot.language import N_
from bot.policy import research as policy
from bot.policy.opportunities import Opportunity
from bot.policy.people import require
from bot.policy.refusal import Refusal
from bot.policy.research import CURRENT, LIVE, Research, State
from bot.views.research import lists as views
from bot.views.research import sheet, steps
from bot.words.text import fold, words
from handlers.context import Answer, Open, Say, Turn
from handlers.finding import deal, known, named_customer
from handlers.forms import Form
from handlers.research.keeping import RESEARCH, kept, meant, seen
from handlers.routes import Routes, Word
from storage.research import Wanted
from storage.store import Shelves

EVERY = frozenset(State) - {State.RETRACTED}


def register(routes: Routes) -> None:
    """Register the words, buttons and form that enter and show research."""
    routes.command(
        "/research",
        "new",
        Word("new", new, N_("new CUSTOMER"), N_("begin the requirement research for a deal"), ("新建", "新增", "发起", "發起")),
        Word("list", listing, N_("list [mine|team|open|all] [CUSTOMER]"), N_("see research"), ("列表", "清单", "清單"), reads=True),
        Word("show", show, N_("show X"), N_("see one piece of research"), ("查看", "显示", "顯示")),
    )
    routes.button(steps.NEW, new)
    routes.button(steps.NEW_ON, new_on)
    routes.button(steps.LIST, more)
    routes.button(steps.SHOW, show)
    routes.form(steps.NEW, NewResearch, enter)


class NewResearch(Form):
    """Research to be entered."""

    customer: str = Field(min_length=1, max_length=200)

    @field_validator("customer")
    @classmethod
    def name_it(cls, typed: str) -> str:
        """Return the customer's name as it is kept; one without a letter or digit is refused."""
        return named_customer(typed)


def new(turn: Turn, shelves: Shelves) -> Answer:
    """Enter research for the customer that was typed, or open the form when none was."""
    require("research.new", turn.roles)
    if not turn.text.strip():
        return Open(views.new_form(turn._))
    typed = " ".join(word.typed for word in words(turn.text))
    return enter(turn, shelves, NewResearch.model_validate({"customer": typed}, context=turn))


def enter(turn: Turn, shelves: Shelves, form: NewResearch) -> Answer:
    """Enter research for the one live deal with a customer, which is opened where there is none."""
    require("research.new", turn.roles)
    return begin(turn, shelves, deal(turn, shelves, form.customer, steps.NEW_ON))


def new_on(turn: Turn, shelves: Shelves) -> Answer:
    """Enter research for the deal that was picked, or on whose sheet this was pressed."""
    require("research.new", turn.roles)
    number = turn.value.partition(":")[0]
    chosen = shelves.opportunities.get(int(number), lock=True) if number.isdecimal() and len(number) < 10 else None
    if chosen is None or not known(turn, shelves, chosen):
        raise Refusal(N_("That deal is not in the books any more."))
    return begin(turn, shelves, chosen)


def begin(turn: Turn, shelves: Shelves, opportunity: Opportunity) -> Answer:
    """Enter research for a deal, or show what there is: one deal has one."""
    shelves.opportunities.get(opportunity.id, lock=True)
    current = [research for research in shelves.researches.of_opportunity(opportunity.id) if research.state in CURRENT]
    if current and RESEARCH.visible(turn, shelves, current[0]):
        return shown(turn, shelves, current[0], there_already=True)
    draft = Research(
        opportunity=opportunity.id,
        customer_name=opportunity.customer_name,
        customer_key=opportunity.customer_key,
        owner=turn.person.id,
        zone=turn.person.zone,
        confidential=opportunity.confidential,
        opened_at=turn.now,
    )
    research = shelves.researches.add(draft)
    return kept(turn, shelves, policy.opened(research, turn.person.id, turn.now), views.opened(turn._, research))


def show(turn: Turn, shelves: Shelves) -> Answer:
    """Show the sheet of one piece of research."""
    return shown(turn, shelves, meant(turn, shelves, steps.SHOW).record)


def shown(turn: Turn, shelves: Shelves, research: Research, there_already: bool = False) -> Answer:
    """Answer with everything about research and the steps that this person may take."""
    head = views.there_already(turn._, research) if there_already else sheet.headline(turn._, research)
    return Say(sheet.sheet(turn._, research, head, seen(turn, shelves, research)))


def listing(turn: Turn, shelves: Shelves) -> Answer:
    """List research as typed: the person's own that is open when nothing was."""
    typed = words(turn.text)
    which = next((word for word in typed if not word.quoted and views.scope(word.text)), None)
    customer = " ".join(word.typed for word in typed if word is not which)
    scope = views.scope(which.text) if which else views.Scope.ALL if customer else views.Scope.MINE
    return page(turn, shelves, views.Query(scope or views.Scope.MINE, customer), 0)


def more(turn: Turn, shelves: Shelves) -> Answer:
    """Show another page of a list."""
    return page(turn, shelves, *views.read(turn.value))


def page(turn: Turn, shelves: Shelves, query: views.Query, number: int) -> Answer:
    """Answer with one page of a list."""
    require("research.see", turn.roles)
    wanted = narrowed(turn, shelves, query)
    found = shelves.researches.listed(wanted, limit=views.PAGE, offset=number * views.PAGE)
    return Say(views.listing(turn._, query, found, shelves.researches.count(wanted), number))


def narrowed(turn: Turn, shelves: Shelves, query: views.Query) -> Wanted:
    """Return what a list asks the shelf for."""
    me, below = turn.person.id, shelves.people.below(turn.person.id)
    keys = shelves.customers.keys(fold(query.customer)) if query.customer else None
    wanted = Wanted(me, below, EVERY if query.scope is views.Scope.ALL else LIVE, keys=keys)
    if query.scope is views.Scope.TEAM:
        return wanted._replace(owners=below)
    return wanted._replace(partaker=me) if query.scope is views.Scope.MINE else wanted
