"""`/presales report` (§5.1): figures with what they are made of, for those whom they concern."""

from collections.abc import Collection, Sequence
from functools import cached_property
from typing import NamedTuple

from bot.language import N_, translator
from bot.policy.bids.figures import Figure, inputs, reckon
from bot.policy.calendar import Calendar
from bot.policy.people import Person, Role, is_outsider, may
from bot.policy.refusal import Refusal
from bot.policy.surveys import Survey
from bot.policy.tallies import COMPANY, Party, Period, Scope, before, current, overseers
from bot.views import charts
from bot.views import reports as views
from bot.views.blocks import Message
from bot.words.periods import read_period, take_period
from bot.words.text import Word as Typed
from bot.words.text import fold, mention, near, words
from handlers.context import Answer, Instead, Say, Turn
from handlers.finding import known
from handlers.routes import UMBRELLA, Routes, Word
from handlers.uploads import File, send_aside
from storage.bids import Eyes
from storage.counting import records
from storage.store import Shelves

ME = ("me", "我", "我的")
TEAM = ("team", "团队", "團隊")
ALL = ("all", "全部", "公司", "部门", "部門")
MOST = 3  # names in a refusal
OTHERS = frozenset({Figure.RESEARCH, Figure.SOLUTION, Figure.SATISFACTION})  # which are not made of bids


def register(routes: Routes) -> None:
    """Register the report and its buttons."""
    usage = N_("report [me|team|NAME|all] [quarter|year|2026Q3]")
    word = Word("report", report, usage, N_("see win rate, bid rate and sales"), ("报告", "報告", "报表", "報表"), reads=True)
    routes.command(UMBRELLA, "home", word)
    for action in (views.SHOW, views.EARLIER, views.YEAR):
        routes.button(action, shown)
    for action in (views.WHY, views.BACK):
        routes.button(action, why)
    routes.button(views.PICTURE, picture)


class Directory:
    """Everybody who works here, as far as reports need them."""

    def __init__(self, shelves: Shelves) -> None:
        self.people = {person.id: person for person in shelves.people.all()}

    @cached_property
    def inside(self) -> list[Person]:
        """Return those who still work here."""
        return [person for person in self.people.values() if not is_outsider(person)]

    @cached_property
    def managers(self) -> dict[str, str]:
        """Return everybody's manager."""
        return {person.id: person.manager for person in self.people.values()}

    @cached_property
    def teams(self) -> dict[str, str]:
        """Return the teams by their folded names."""
        return {fold(person.team): person.team for person in self.inside if person.team}

    def behind(self, party: Party, counted: Collection[str]) -> list[str]:
        """Return the people of whose work a report tells; of the company's, those for whom anything counts, or else all in a line."""
        if party.scope is Scope.PERSON:
            return [party.who]
        if party.scope is Scope.TEAM:
            return [person.id for person in self.inside if person.team == party.who]
        # Colleagues of other departments may be on a bid team: they do not take the report from the department's head.
        staff = [person for person in self.inside if Role.COLLEAGUE not in person.roles]
        return [person.id for person in staff if person.id in counted] or [person.id for person in staff if person.manager]

    def name(self, id: str) -> str:
        """Return a person's name."""
        return self.people[id].name if id in self.people else id


def report(turn: Turn, shelves: Shelves) -> Answer:
    """Report as typed: the person's own figures of this quarter when nothing was."""
    calendar = Calendar(turn.handbook.company)
    period, rest = take_period(words(turn.text), turn.now, calendar)
    directory = Directory(shelves)
    party = meant(turn, directory, rest)
    return told(turn, shelves, directory, views.Asked(party, (period or current(turn.now, calendar)).name))


def meant(turn: Turn, directory: Directory, typed: Sequence[Typed]) -> Party:
    """Return whose report was typed; raise Instead with the nearest names where it is nobody's."""
    first = fold(typed[0].text) if typed else ME[0]
    if first in ME:
        return Party(Scope.PERSON, turn.person.id)
    if first in ALL:
        return COMPANY
    if first in TEAM and len(typed) == 1:
        return own_team(turn)
    return named(turn, directory, typed[1:] if first in TEAM else typed)


def own_team(turn: Turn) -> Party:
    """Return the person's own team; raise Instead where they have none."""
    if not turn.person.team:
        raise Instead(Say(views.teamless(turn._)))
    return Party(Scope.TEAM, turn.person.team)


def named(turn: Turn, directory: Directory, typed: Sequence[Typed]) -> Party:
    """Return the person or team of a name; raise Instead with the nearest names."""
    name = " ".join(word.typed for word in typed).lstrip("@ ")
    mentioned = mention(typed[0])
    found = [person.id for person in directory.inside if person.id == mentioned or fold(person.name) == fold(name)]
    if len(found) == 1:
        return Party(Scope.PERSON, found[0])
    if fold(name) in directory.teams:
        return Party(Scope.TEAM, directory.teams[fold(name)])
    names = [*(person.name for person in directory.inside), *directory.teams.values()]
    raise Instead(Say(views.unknown(turn._, name, near(name, names))))


def shown(turn: Turn, shelves: Shelves) -> Answer:
    """Show the report that a button stands for, in place."""
    return told(turn, shelves, Directory(shelves), carried(turn))


def why(turn: Turn, shelves: Shelves) -> Answer:
    """Say where a figure comes from, and list its records: those of which this person may know."""
    asked = carried(turn)
    whose, content = opened(turn, shelves, Directory(shelves), asked)
    if not asked.figure:
        raise no_such()
    figure = Figure(asked.figure)
    subjects = shelves.tallies.subjects(asked.party, whose.period.names, inputs(figure, turn.handbook.bids.win_rate))
    made = of_others(turn, shelves, subjects, asked.page) if figure in OTHERS else of_bids(turn, shelves, subjects, asked.page)
    return Say(views.reasons(turn._, asked, whose, content, made.page, made.known, len(subjects) - made.known))


class Made(NamedTuple):
    """A page of the records of which a figure is made, and of how many this person may know."""

    page: list[views.Source]
    known: int


def of_bids(turn: Turn, shelves: Shelves, subjects: Sequence[str], number: int) -> Made:
    """Return a page of the bids of which a figure is made."""
    ids = [int(subject.partition(":")[2]) for subject in subjects]
    eyes = Eyes(turn.person.id, shelves.people.below(turn.person.id))
    page = shelves.bids.latest(ids=ids, eyes=eyes, limit=views.PAGE, offset=number * views.PAGE)
    return Made([views.Source(bid) for bid in page], shelves.bids.count(ids=ids, eyes=eyes))


def of_others(turn: Turn, shelves: Shelves, subjects: Sequence[str], number: int) -> Made:
    """Return a page of the research, solutions, surveys and demos of which a figure is made."""
    seen = [record for record in records(shelves, subjects) if known(turn, shelves, record)]
    page = seen[number * views.PAGE : (number + 1) * views.PAGE]
    return Made([views.Source(record, sheet_of(shelves, record)) for record in page], len(seen))


def sheet_of(shelves: Shelves, record: object) -> int:
    """Return the number of the customer on whose sheet a survey stands."""
    customer = shelves.customers.called(record.customer_key) if isinstance(record, Survey) else None
    return customer.id if customer else 0


def picture(turn: Turn, shelves: Shelves) -> Answer:
    """Have the funnel drawn and sent; the report stays, and says so."""
    asked, directory = carried(turn), Directory(shelves)
    whose, content = opened(turn, shelves, directory, asked)
    send_aside(turn, "picture", lambda: drawn(turn, whose, content), lambda error: views.unsent(turn._, error))
    return Say(page_of(turn, asked, whose, content, views.coming(turn._)))


def drawn(turn: Turn, whose: views.Whose, content: views.Content) -> tuple[list[File], str]:
    """Return the picture, and the same in words; in English where this computer has no letters for the language."""
    _ = turn._ if charts.speakable(turn._) else translator("en")
    title, stages = views.picture_title(_, whose), views.stages(_, content.tallied)
    drawing = charts.funnel(_, title, stages, whose.currency, views.picture_note(_, whose))
    told = charts.told(turn._, views.picture_title(turn._, whose), views.stages(turn._, content.tallied), whose.currency)
    return [File(views.figures_of(whose), drawing, told)], told


def told(turn: Turn, shelves: Shelves, directory: Directory, asked: views.Asked) -> Answer:
    """Answer with a report."""
    whose, content = opened(turn, shelves, directory, asked)
    return Say(page_of(turn, asked, whose, content))


def page_of(turn: Turn, asked: views.Asked, whose: views.Whose, content: views.Content, note: str = "") -> Message:
    """Return a report with the ways to the period before it, and to the year it is part of."""
    earlier = before(whose.period, Calendar(turn.handbook.company)).name
    return views.report(turn._, asked._replace(figure="", page=0), whose, content, earlier, note)


def opened(turn: Turn, shelves: Shelves, directory: Directory, asked: views.Asked) -> tuple[views.Whose, views.Content]:
    """Return a report's content; refuse whoever may not see it, with the names of those who may."""
    period = period_of(turn, asked.period)
    check(turn, shelves, directory, asked.party, period)
    rules = turn.handbook.bids.win_rate
    tallied = shelves.tallies.of(asked.party, period.names)
    whose = views.Whose(called(turn, directory, asked.party), period, turn.handbook.company.currency)
    around = around_of(directory, asked.party)
    drawn_to = shelves.tallies.of(around, period.names) if around else {}
    figures = reckon(tallied, rules, drawn_to, turn.handbook.appraisals.satisfaction_pull)
    return whose, views.Content(figures, tallied, rules, turn.handbook.version)


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


def carried(turn: Turn) -> views.Asked:
    """Return the report that a button carries; what makes no sense is refused."""
    asked = views.read(turn.value)
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
