"""Whom somebody scores, and the teams below theirs: `/review team`."""

from bot.language import N_
from bot.policy.appraisals.cycle import Cycle, Phase
from bot.policy.appraisals.manager import due_first
from bot.policy.appraisals.record import MANAGER_OWED
from bot.policy.calendar import Calendar
from bot.policy.refusal import Refusal
from bot.views.appraisals import team as lists
from bot.views.blocks import Message
from bot.words.numbers import is_number
from bot.words.periods import take_period
from bot.words.text import words
from handlers.context import Answer, Say, Turn
from storage.appraising import names_of
from storage.store import Shelves


def team(turn: Turn, shelves: Shelves) -> Answer:
    """Show whom this person scores: in the appraisal that was typed, or of those in which somebody waits for them the one due first."""
    period, rest = take_period(words(turn.text), turn.now, Calendar(turn.handbook.company))
    if rest:
        raise Refusal(N_("“{text}” is not a period that I know."), text=rest[0].typed[:40])
    known = [one for one in shelves.cycles.latest(4) if one.state not in {Phase.DRAFT, Phase.CANCELLED}]
    asked = [one for one in known if period is None or one.period == period.name]
    below = below_of(turn, shelves)
    cycles = [one for one in asked if shelves.appraisals.of_manager(turn.person.id, [one.id]) or teams(turn, shelves, one, below)]
    if not cycles:
        return Say(lists.nobody(turn._))
    chosen = due_first([one for one in cycles if owed(turn, shelves, one)]) or cycles[0]
    shown = own_list(turn, shelves, chosen, 0)
    return Say(lists.with_cycles(turn._, turn.person.id, shown, [one for one in cycles if one != chosen]))


def owed(turn: Turn, shelves: Shelves, cycle: Cycle) -> int:
    """Return how many wait for this person in a cycle."""
    return sum(one.state in MANAGER_OWED for one in shelves.appraisals.of_manager(turn.person.id, [cycle.id]))


def below_of(turn: Turn, shelves: Shelves) -> frozenset[str]:
    """Return the ids of all who report to this person, however far down."""
    return frozenset(shelves.people.below(turn.person.id)) - {turn.person.id}


def teams(turn: Turn, shelves: Shelves, cycle: Cycle, below: frozenset[str]) -> list[lists.Below]:
    """Return the teams further down: of those below this person, each who scores somebody who is below them too."""
    counted: dict[str, int] = {}
    for one in shelves.appraisals.in_cycle(cycle.id, people=below) if below else []:
        if one.manager in below:
            counted[one.manager] = counted.get(one.manager, 0) + 1
    names = names_of(shelves, list(counted))
    found = [lists.Below(manager, names.get(manager, manager), people) for manager, people in counted.items()]
    return sorted(found, key=lambda one: one.name)


def own_list(turn: Turn, shelves: Shelves, cycle: Cycle, page: int) -> Message:
    """Return the list of those whom this person scores, with the way to the teams further down."""
    mine = shelves.appraisals.of_manager(turn.person.id, [cycle.id])
    shown = lists.listed(turn._, cycle, mine, names_of(shelves, [one.person for one in mine]), page)
    return lists.with_teams(turn._, cycle, shown, teams(turn, shelves, cycle, below_of(turn, shelves)))


def carried(turn: Turn, shelves: Shelves) -> tuple[Cycle, str, int]:
    """Return the cycle, the manager and the page that a button carries."""
    number, manager, page = [*turn.value.split(":"), "", "", ""][:3]
    cycle = shelves.cycles.get(int(number)) if is_number(number) else None
    if cycle is None or not is_number(page):
        raise Refusal(N_("That list is not known any more; type {command} for a new one."), command="/review team")
    return cycle, manager, int(page)


def team_pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Show another page of one's own list, or the list of another appraisal; whose it is, is never trusted."""
    cycle, _manager, page = carried(turn, shelves)
    return Say(own_list(turn, shelves, cycle, page))


def below_pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Show a team further down, to whoever is above it."""
    cycle, manager, page = carried(turn, shelves)
    below = below_of(turn, shelves)
    if manager not in below:
        raise Refusal(N_("That team is not below you."))
    theirs = [one for one in shelves.appraisals.of_manager(manager, [cycle.id]) if one.person in below]
    names = names_of(shelves, [manager, *(one.person for one in theirs)])
    shown = lists.further(turn._, cycle, theirs, names, manager, page)
    return Say(lists.with_teams(turn._, cycle, shown, teams(turn, shelves, cycle, below), manager))
