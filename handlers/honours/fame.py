"""The hall of fame: `/honour list`, and one's own nominations."""

from typing import NamedTuple

from bot.language import N_
from bot.policy.honours.record import STATE_NAMES, Nomination, Phase, State
from bot.policy.people import require
from bot.policy.refusal import Refusal
from bot.policy.tallies import Period
from bot.views.honours import fame as views
from bot.views.honours import steps as ids
from bot.words.numbers import is_number, number_in
from bot.words.periods import take_period
from bot.words.text import Word as Typed
from bot.words.text import fold, near, words
from handlers.colleagues import is_person, meant
from handlers.context import Answer, Say, Turn
from handlers.honours import desk
from handlers.routes import Routes, Word
from storage.store import Shelves

MINE = frozenset(map(fold, ("mine", "me", "我的", "我")))
ALL = frozenset(map(fold, ("all", "", "全部")))
BEING_DECIDED = N_("being decided")


class Wanted(NamedTuple):
    """What the hall of fame is narrowed to."""

    person: str = ""
    type: str = ""
    period: Period | None = None

    @property
    def periods(self) -> tuple[str, ...]:
        """Return the names of the periods: a year stands for its quarters too."""
        return (self.period.name, *self.period.names) if self.period else ()


def register(routes: Routes) -> None:
    """Register the lists and their buttons."""
    usage = N_("list [mine|@person|2026Q3|type|all]")
    routes.command(
        "/honour",
        "list",
        Word("list", listing, usage, N_("see who was honoured"), ("列表", "荣誉榜", "榮譽榜"), reads=True),
        Word("nominations", nominations, N_("nominations"), N_("see what became of yours"), ("我的提名",), reads=True),
    )
    routes.button(ids.LIST, more)
    routes.button(ids.MINE, more_of_mine)


def listing(turn: Turn, shelves: Shelves) -> Answer:
    """List honours: all, or those of a person, a type or a period."""
    return page(turn, shelves, turn.text.strip(), 0)


def more(turn: Turn, shelves: Shelves) -> Answer:
    """Show a page of the list that a button carries."""
    typed, _colon, number = turn.value.rpartition(":")
    whole = _colon and is_number(number)
    return page(turn, shelves, typed if whole else turn.value, int(number) if whole else 0)


def page(turn: Turn, shelves: Shelves, typed: str, number: int) -> Answer:
    """Answer with a page of the hall of fame."""
    require("honours.see", turn.roles)
    wanted = asked(turn, shelves, words(typed))
    found = shelves.nominations.honoured(wanted.person, wanted.type, wanted.periods, views.PAGE + 1, number * views.PAGE)
    called = desk.names(turn, shelves, found)
    seen = [desk.masked(turn, shelves, one) for one in found]
    value = typed or "all"
    return Say(views.listing(turn._, title(turn, shelves, wanted, called), seen, called, value, number))


def asked(turn: Turn, shelves: Shelves, typed: list[Typed]) -> Wanted:
    """Return whose honours, which and of when were typed; refuse a word that is none of these, with the nearest."""
    period, rest = take_period(typed, turn.now, desk.calendar(turn))
    wanted = Wanted(period=period)
    people = [word for word in rest if is_person(word)]
    plain = " ".join(word.typed for word in rest if not is_person(word))
    if people:
        wanted = wanted._replace(person=meant(shelves, people[0]).id)
    if fold(plain) in MINE:
        return wanted._replace(person=turn.person.id)
    return wanted if fold(plain) in ALL else wanted._replace(type=type_meant(turn, plain))


def type_meant(turn: Turn, typed: str) -> str:
    """Return the id of the honour of a name in any language; refuse one that there is not, with the nearest names."""
    spelled = {fold(name): honour.id for honour in turn.handbook.honours.types for name in (honour.id, *honour.name.values())}
    if fold(typed) in spelled:
        return spelled[fold(typed)]
    own = [honour.name[turn._.language] for honour in turn.handbook.honours.types]
    close = [spelled[name] for name in near(fold(typed), spelled)]
    meant_ones = [honour.name[turn._.language] for honour in turn.handbook.honours.types if honour.id in close]
    raise Refusal(N_("There is no honour called {typed}. There are: {names}."), typed=typed[:200], names=turn._.list(meant_ones or own))


def title(turn: Turn, shelves: Shelves, wanted: Wanted, called: dict[str, str]) -> str:
    """Return what is listed."""
    person = shelves.people.get(wanted.person) if wanted.person else None
    parts = [person.name if person else "", called.get(wanted.type, wanted.type), wanted.period.name if wanted.period else ""]
    return " · ".join([turn._("Hall of fame"), *filter(None, parts)])


def nominations(turn: Turn, shelves: Shelves) -> Answer:
    """List what the person nominated."""
    return mine(turn, shelves, 0)


def more_of_mine(turn: Turn, shelves: Shelves) -> Answer:
    """Show a page of what the person nominated."""
    number = turn.value
    return mine(turn, shelves, number_in(number))


def mine(turn: Turn, shelves: Shelves, number: int) -> Answer:
    """Answer with a page of what the person nominated."""
    require("honours.see", turn.roles)
    found = shelves.nominations.said_by(turn.person.id, views.PAGE + 1, number * views.PAGE)
    states = [state_told(shelves, one) for one in found]
    seen = [desk.masked(turn, shelves, one) for one in found]
    return Say(views.mine(turn._, seen, desk.names(turn, shelves, found), states, number))


def state_told(shelves: Shelves, nomination: Nomination) -> str:
    """Return where a nomination stands for those who do not decide: nothing of it is told before the announcement, and no reason ever."""
    its_round = shelves.rounds.of(nomination.type, nomination.period)
    if nomination.state in (State.SUBMITTED, State.REVOKED, State.NOT_AWARDED):
        return STATE_NAMES[nomination.state]
    if its_round is None or its_round.state not in (Phase.ANNOUNCED, Phase.CANCELLED):
        return BEING_DECIDED
    return STATE_NAMES[State.AWARDED if desk.is_public(nomination) else State.NOT_AWARDED]
