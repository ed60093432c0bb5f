"""The year's lists (§5.3.2, §5.4.2-5.4.3): `/review year`, for the HR department, and for managers the training of their own line."""

from collections.abc import Iterator

from bot.language import N_
from bot.policy.appraisals.cycle import Cycle, Kind, rules_of
from bot.policy.appraisals.record import GRADE_NAMES, TOLD, Appraisal, Grade
from bot.policy.appraisals.years import Use, candidates
from bot.policy.calendar import Calendar
from bot.policy.people import Forbidden, Role
from bot.policy.record import Event
from bot.policy.refusal import Refusal
from bot.policy.tallies import before, current
from bot.tables import ENCODING, Cell, csv_lines
from bot.views.appraisals import candidates as views
from bot.views.blocks import Message
from bot.words.numbers import is_number, number_in
from bot.words.periods import take_period
from bot.words.text import words
from handlers.context import Answer, Say, Turn
from handlers.routes import Routes, Word
from handlers.uploads import File, send_aside
from storage.appraising import names_of
from storage.store import Shelves


def register(routes: Routes) -> None:
    """Register the word and the buttons of the lists."""
    usage, meaning = N_("year [2026]"), N_("see who may get more pay, promotion, training or an award")
    routes.command("/review", "start", Word("year", typed, usage, meaning, ("年度", "名单", "名單"), reads=True))
    routes.button(views.SHOW, shown)
    routes.button(views.FILE, file)


def typed(turn: Turn, shelves: Shelves) -> Answer:
    """Show the first list of the year that was typed: the latest when nothing was."""
    calendar = Calendar(turn.handbook.company)
    period, this = take_period(words(turn.text), turn.now, calendar).period, current(turn.now, calendar, year=True)
    years = [one.name for one in ([period] if period else [this, before(this, calendar)])]
    uses = uses_for(turn, shelves)
    found = next(filter(None, map(shelves.cycles.of_period, years)), None)
    if found is None or found.kind is not Kind.YEAR:
        raise Refusal(N_("There is no appraisal of a year there; name one, as in {command}."), command="/review year 2026")
    return Say(listing(turn, shelves, found, uses[0], uses))


def uses_for(turn: Turn, shelves: Shelves) -> tuple[Use, ...]:
    """Return which lists this person may see: the HR department all, managers that of training for those below them."""
    if Role.HR in turn.roles:
        return tuple(Use)
    if turn.roles and len(shelves.people.below(turn.person.id)) > 1:
        return (Use.TRAINING,)
    raise Forbidden(frozenset({Role.HR, Role.MANAGER}))


def shown(turn: Turn, shelves: Shelves) -> Answer:
    """Show the list of a button or of the menu."""
    uses = uses_for(turn, shelves)
    number, use, page = [*turn.value.split(":"), "", ""][:3]
    if use not in set(uses):
        raise Forbidden(frozenset({Role.HR}))
    place = number_in(page)
    return Say(listing(turn, shelves, meant(shelves, number), Use(use), uses, place))


def meant(shelves: Shelves, number: str) -> Cycle:
    """Return the cycle of a year, by number."""
    found = shelves.cycles.get(int(number)) if is_number(number) else None
    if found is None or found.kind is not Kind.YEAR:
        raise Refusal(N_("There is no such appraisal cycle."))
    return found


def listing(turn: Turn, shelves: Shelves, cycle: Cycle, use: Use, uses: tuple[Use, ...], page: int = 0) -> Message:
    """Return a list with those on it whom this person may see."""
    rules, told = rules_of(cycle).appraisals.year, within(turn, shelves, cycle)
    found = candidates(told, use, rules)
    grades = [turn._(GRADE_NAMES[Grade(name)]) for name in getattr(rules, use)]
    names = names_of(shelves, [one.appraisal.person for one in found])
    return views.listing(turn._, cycle, views.Listed(use, found, grades, uses, names), page)


def within(turn: Turn, shelves: Shelves, cycle: Cycle) -> list[Appraisal]:
    """Return the published appraisals that this person may see: the HR department all, managers those of the people below them."""
    below = None if Role.HR in turn.roles else set(shelves.people.below(turn.person.id)) - {turn.person.id}
    return shelves.appraisals.in_cycle(cycle.id, TOLD, below)


def file(turn: Turn, shelves: Shelves) -> Answer:
    """Have all lists of a year sent as a file, and note it."""
    if Role.HR not in turn.roles:
        raise Forbidden(frozenset({Role.HR}))
    cycle = meant(shelves, turn.value)
    told = within(turn, shelves, cycle)
    rows = list(rows_of(cycle, told, names_of(shelves, [one.person for one in told])))
    facts = {"rows": len(rows)}
    shelves.audit.note(Event(at=turn.now, actor=turn.person.id, subject=cycle.subject, action="fetch", request=turn.request, became=facts))
    made = File(f"year-{cycle.period}.csv", "".join(csv_lines(views.COLUMNS, rows)).encode(ENCODING))
    comment = views.enclosed(turn._, cycle)
    send_aside(turn, "year", lambda: ([made], comment), lambda error: views.unsent(turn._, error))
    return Say(views.coming(turn._))


def rows_of(cycle: Cycle, told: list[Appraisal], names: dict[str, str]) -> Iterator[list[Cell]]:
    """Yield the rows of the file: each list after the other."""
    for use in Use:
        for one in candidates(told, use, rules_of(cycle).appraisals.year):
            yield views.cells(cycle, use, one, names)
