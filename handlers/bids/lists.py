"""Looking at bids: `/bid list`, `/bid show`, and what finished bids taught us."""

from collections.abc import Sequence
from datetime import timedelta

from pydantic import field_validator

from bot.language import N_
from bot.policy import bids as policy
from bot.policy.bids import OPEN, UNSUBMITTED, Bid, State
from bot.policy.calendar import Calendar
from bot.policy.people import require
from bot.policy.tallies import Period, before, current
from bot.views.bids import full
from bot.views.bids import lists as views
from bot.words.periods import read_period, take_period
from bot.words.text import Word as Typed
from bot.words.text import clean, mention, words
from handlers.bids.finding import bid_by_value, eyes, find_bid
from handlers.bids.keeping import roles
from handlers.context import Answer, Open, Say, Show, Turn
from handlers.forms import Form
from handlers.routes import Routes, Word
from storage.bids import Asked
from storage.store import Shelves

NOT_WON = frozenset({State.LOST, State.DISQUALIFIED, State.MISSED_DEADLINE})
BY_OUTCOME = frozenset({views.Scope.WON, views.Scope.LOST})
QUARTERS = 8  # that the form offers, besides this year and the last


def register(routes: Routes) -> None:
    """Register the words, the buttons and the form that show bids."""
    usage = N_("list [mine|team|open|all|due|won|lost|overrides] [CUSTOMER] [2026Q3]")
    routes.command(
        "/bid",
        "new",
        Word("list", listing, usage, N_("see bids"), ("列表", "清单", "清單"), reads=True),
        Word("show", show, N_("show X"), N_("see one bid"), ("查看", "显示", "顯示")),
        Word(
            "lessons", lessons, N_("lessons [WORDS]"), N_("see what finished bids taught us"), ("经验", "經驗", "教训", "教訓"), reads=True
        ),
    )
    routes.button(views.LIST, more)
    routes.button(views.BACK, more)
    routes.button(views.SHOW, show_pressed)
    routes.button(views.FILTER, narrow)
    routes.form(views.FILTER, Narrowed, narrowed)


class Narrowed(Form):
    """What a list is narrowed to."""

    scope: views.Scope
    state: State | None = None
    owner: str = ""
    words: str = ""
    period: str = ""

    @field_validator("words")
    @classmethod
    def one_line(cls, typed: str) -> str:
        """Return what was typed as it is looked for."""
        return " ".join(clean(typed).split())


def show(turn: Turn, shelves: Shelves) -> Answer:
    """Show the sheet of one bid."""
    return sheet(turn, shelves, find_bid(turn, shelves, views.SHOW).bid)


def show_pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Show the sheet of the bid in a list."""
    return sheet(turn, shelves, bid_by_value(turn, shelves))


def sheet(turn: Turn, shelves: Shelves, bid: Bid) -> Answer:
    """Answer with everything about a bid and the steps that this person may take."""
    names = {reason.id: reason.name[turn.person.speaks] for reason in turn.handbook.bids.loss_reasons}
    return Say(full.sheet(turn._, bid, policy.steps_open(bid, roles(turn, shelves, bid)), names))


def listing(turn: Turn, shelves: Shelves) -> Answer:
    """List bids as typed: the person's own open ones when nothing was."""
    return page(turn, shelves, asked_for(turn, words(turn.text)), 0)


def more(turn: Turn, shelves: Shelves) -> Answer:
    """Show another page of a list in its place."""
    return page(turn, shelves, *views.read(turn.value))


def narrow(turn: Turn, _shelves: Shelves) -> Answer:
    """Open the form that narrows the list."""
    require("bids.see", turn.roles)
    query, _page = views.read(turn.value)
    return Open(views.filter_form(turn._, query, [each.name for each in periods(turn)]))


def narrowed(turn: Turn, shelves: Shelves, form: Narrowed) -> Answer:
    """Show the narrowed list in the form's place."""
    query = views.Query(form.scope, form.state, form.owner, form.period, form.words)
    return Show(views.listing_view(turn._, query, *found(turn, shelves, query, 0), 0))


def asked_for(turn: Turn, typed: Sequence[Typed]) -> views.Query:
    """Return the list that was typed: which one, whose, of which quarter or year, and what the rest of the words are in."""
    period, rest = take_period(typed, turn.now, Calendar(turn.handbook.company))
    which = next((word for word in rest if not word.quoted and views.scope(word.text)), None)
    owner = next((word for word in rest if mention(word)), None)
    others = " ".join(word.typed for word in rest if word not in (which, owner))
    everything = views.Scope.ALL if others or owner or period else views.Scope.MINE
    scope = views.scope(which.text) if which else None
    return views.Query(scope or everything, None, (mention(owner) or "") if owner else "", period.name if period else "", others)


def page(turn: Turn, shelves: Shelves, query: views.Query, number: int) -> Answer:
    """Answer with one page of a list."""
    return Say(views.listing(turn._, query, *found(turn, shelves, query, number), number))


def found(turn: Turn, shelves: Shelves, query: views.Query, number: int) -> tuple[list[Bid], int]:
    """Return the bids on one page of a list, and how many there are in all."""
    require("bids.see", turn.roles)
    asked = selection(turn, shelves, query)
    question = shelves.bids.latest if query.scope in BY_OUTCOME else shelves.bids.listed
    return question(limit=views.PAGE, offset=number * views.PAGE, **asked), shelves.bids.count(**asked)


def selection(turn: Turn, shelves: Shelves, query: views.Query) -> Asked:
    """Return what a list asks of the store; what this person may not know of is left out there."""
    asked: Asked = {"eyes": eyes(turn, shelves), "customer": query.words, **scoped(turn, shelves, query.scope)}
    if query.owner:
        asked["owners"] = [query.owner]
    if query.state:
        asked["states"] = {query.state} & set(asked.get("states", State))
    period = read_period(query.period, turn.now, Calendar(turn.handbook.company)) if query.period else None
    if period:
        asked["decided" if query.scope in BY_OUTCOME else "during"] = period.instants(turn.handbook.company.time_zone)
    return asked


def scoped(turn: Turn, shelves: Shelves, scope: views.Scope) -> Asked:
    """Return what one of the lists asks of the store."""
    match scope:
        case views.Scope.MINE:
            return {"partaker": turn.person.id, "states": OPEN}
        case views.Scope.TEAM:
            return {"owners": shelves.people.team_of(turn.person), "states": OPEN}
        case views.Scope.DUE:
            return {"states": UNSUBMITTED, "due_before": turn.now + timedelta(days=7)}
        case views.Scope.OPEN:
            return {"states": OPEN}
        case views.Scope.ALL:
            return {"states": set(State) - {State.RETRACTED}}
        case views.Scope.WON:
            return {"states": {State.WON}}
        case views.Scope.LOST:
            return {"states": NOT_WON}
        case views.Scope.OVERRIDES:
            return {"states": set(State) - {State.RETRACTED}, "overridden": True}


def periods(turn: Turn) -> list[Period]:
    """Return the periods that the form offers, the latest first."""
    calendar = Calendar(turn.handbook.company)
    quarters = [current(turn.now, calendar)]
    while len(quarters) < QUARTERS:
        quarters.append(before(quarters[-1], calendar))
    year = current(turn.now, calendar, year=True)
    return [*quarters, year, before(year, calendar)]


def lessons(turn: Turn, shelves: Shelves) -> Answer:
    """Look for words in what finished bids taught us."""
    require("bids.see", turn.roles)
    sought = [word.typed for word in words(turn.text)]
    found = shelves.bids.latest(lessons=sought, eyes=eyes(turn, shelves), limit=views.PAGE)
    return Say(views.lessons(turn._, found, " ".join(sought)))
