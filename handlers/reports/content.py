"""What a report tells, for those who may see it (§5.1)."""

from bot.language import N_
from bot.policy.bids.figures import reckon
from bot.policy.calendar import Calendar
from bot.policy.people import Role, may
from bot.policy.refusal import Refusal
from bot.policy.tallies import COMPANY, Party, Period, Scope, overseers
from bot.views.reports import figures
from bot.words.periods import read_period
from handlers.context import Turn
from handlers.reports.directory import Directory
from storage.store import Shelves

MOST = 3  # names in a refusal


def opened(turn: Turn, shelves: Shelves, directory: Directory, asked: figures.Asked) -> tuple[figures.Whose, figures.Content]:
    """Return a report's content; refuse whoever may not see it, with the names of those who may."""
    period = period_of(turn, asked.period)
    check(turn, shelves, directory, asked.party, period)
    rules = turn.handbook.bids.win_rate
    tallied = shelves.tallies.of(asked.party, period.names)
    whose = figures.Whose(called(turn, directory, asked.party), period, turn.handbook.company.currency)
    around = around_of(directory, asked.party)
    drawn_to = shelves.tallies.of(around, period.names) if around else {}
    reckoned = reckon(tallied, rules, drawn_to, turn.handbook.appraisals.satisfaction_pull)
    return whose, figures.Content(reckoned, tallied, rules, turn.handbook.version)


def around_of(directory: Directory, party: Party) -> Party | None:
    """Return the team of a person, the company of a team: towards whose mean few answers are drawn."""
    if party.scope is Scope.PERSON:
        person = directory.people.get(party.who)
        return Party(Scope.TEAM, person.team) if person and person.team else None
    return COMPANY if party.scope is Scope.TEAM else None


def check(turn: Turn, shelves: Shelves, directory: Directory, party: Party, period: Period) -> None:
    """Refuse whoever is neither the person, nor above all of whose work it tells, nor of the HR department."""
    behind = directory.behind(party, shelves.tallies.people(period.names))
    above = overseers(behind, directory.managers)
    own = {Role.SELF} if party == Party(Scope.PERSON, turn.person.id) else set()
    held = {Role.MANAGER} if turn.person.id in above else set()
    if may("reports.see", frozenset(turn.roles - {Role.MANAGER} | own | held)):
        return
    names = sorted(directory.name(person) for person in above if person in directory.people)[:MOST]
    whose = called(turn, directory, party)
    if not names:
        raise Refusal(N_("The figures of {whose} are for the HR department."), whose=whose)
    raise Refusal(N_("The figures of {whose} are for {people}, and for the HR department."), whose=whose, people=" / ".join(names))


def called(turn: Turn, directory: Directory, party: Party) -> str:
    """Return the name of whose report it is."""
    return turn.handbook.company.name if party == COMPANY else directory.name(party.who) if party.scope is Scope.PERSON else party.who


def carried(turn: Turn) -> figures.Asked:
    """Return the report that a button carries; what makes no sense is refused."""
    asked = figures.read(turn.value)
    if asked is None:
        raise no_such()
    return asked


def period_of(turn: Turn, name: str) -> Period:
    """Return the period of a name."""
    period = read_period(name, turn.now, Calendar(turn.handbook.company))
    if period is None:
        raise no_such()
    return period


def no_such() -> Refusal:
    """Return the refusal of a button that carries no report."""
    return Refusal(N_("That report is not known any more; type {command} for a new one."), command="/presales report")
