"""What became of an appraisal (§5.3): `/review result`, and having seen it."""

from collections.abc import Callable, Sequence

from pydantic import Field

from bot.language import N_, translator
from bot.policy.appraisals.appeals import Way, may_decide, ways_open
from bot.policy.appraisals.clocks import is_overdue
from bot.policy.appraisals.cycle import Cycle
from bot.policy.appraisals.manager import TAKEN_IN, Mine, steps_for
from bot.policy.appraisals.record import SCORED, UNPUBLISHED, Appraisal
from bot.policy.appraisals.results import acknowledge, is_told
from bot.policy.appraisals.steps import MACHINE, Action
from bot.policy.calendar import Calendar
from bot.policy.people import OnlyFor, Person, Role, is_outsider, may
from bot.policy.refusal import Refusal
from bot.views import charts
from bot.views.appraisals import results as views
from bot.views.blocks import Message, prose, says
from bot.views.reports import picture as pictures
from bot.words.periods import take_period
from bot.words.text import Word as Typed
from bot.words.text import clean, fold, words
from handlers.appraisals.desk import keep_step, meant, meant_for, reads_as, roles
from handlers.colleagues import is_person, naming
from handlers.colleagues import meant as colleague_meant
from handlers.context import Answer, Done, Open, Say, Turn
from handlers.forms import Form
from handlers.routes import Routes, Word
from handlers.uploads import File, send_aside
from storage.appraising import cycle_of, names_of
from storage.store import Shelves

OF = frozenset({"of", "的"})
MOST = 12  # quarters in the picture
Able = Callable[[Turn, Shelves, Appraisal], bool]


class Remark(Form):
    """What a person remarks on having seen the result."""

    remark: str = Field(default="", max_length=views.REMARK_LENGTH)


def register(routes: Routes) -> None:
    """Register the word, the buttons and the form of results."""
    usage, meaning = N_("result [@person] [2026Q3]"), N_("see a published result")
    routes.command(
        "/review", "start", Word("result", typed, usage, meaning, ("results", "结果", "結果", "考核结果", "考核結果"), reads=True)
    )
    routes.button(views.RESULT, pressed)
    routes.button(views.SEEN, seen)
    routes.button(views.WHOLE, whole)
    routes.button(views.PICTURE, picture)
    routes.form(views.SEEN, Remark, noted)


def typed(turn: Turn, shelves: Shelves) -> Answer:
    """Show the result that was typed: one's own latest when nothing was."""
    period, rest = take_period(words(turn.text), turn.now, Calendar(turn.handbook.company))
    person = whose(turn, shelves, rest)
    if person.id != turn.person.id:
        check_reader(turn, shelves, person)
    found = [one for one in shelves.appraisals.of_person(person.id) if period is None or one.period == period.name]
    shown = next((one for one in found if visible(turn, shelves, one)), None)
    ahead = to_come(shelves, found[:1]) if person.id == turn.person.id else None
    if shown is None:
        return Say(views.not_yet(turn._, period.name if period else "", "" if person.id == turn.person.id else person.name, ahead))
    return Say(sheet(turn, shelves, shown, views.coming(turn._, ahead) if ahead else ""))


def to_come(shelves: Shelves, latest: Sequence[Appraisal]) -> Cycle | None:
    """Return the cycle from which the result of a person's latest appraisal is still to come, while it is not published."""
    cycles = [cycle_of(shelves, one) for one in latest if one.state in UNPUBLISHED]
    return next((cycle for cycle in cycles if cycle.state in TAKEN_IN), None)


def whose(turn: Turn, shelves: Shelves, rest: Sequence[Typed]) -> Person:
    """Return the person who was typed, or else the one who typed; refuse words that mean nothing."""
    named = [word for word in rest if fold(word.text) not in OF]
    if not named:
        return turn.person
    if len(named) > 1 and not is_person(named[0]):
        named = [Typed(" ".join(word.text for word in named), " ".join(word.typed for word in named))]
    return colleague_meant(shelves, named[0])


def check_reader(turn: Turn, shelves: Shelves, person: Person) -> None:
    """Refuse whoever is neither above the person in the line nor of the HR department, and say who could."""
    above = shelves.people.managers_of(person.id)
    held = {Role.MANAGER} if turn.person.id in above else set()
    if may("appraisals.see", (turn.roles & {Role.HR}) | held):
        return
    known = [one for one in above if (found := shelves.people.get(one)) and not is_outsider(found)]
    with naming(turn, shelves):
        if known:
            raise OnlyFor(known[:3], N_("That is for the person themselves, for {people} and for the HR department."))
        raise Refusal(N_("That is for the person themselves and for the HR department."))


def visible(turn: Turn, shelves: Shelves, appraisal: Appraisal) -> bool:
    """Say whether a result can be shown: once it is told to all whom it concerns, before that to whoever scored it."""
    held = roles(turn, shelves, appraisal)
    scorer = appraisal.scoring.manager if appraisal.scoring and appraisal.state in SCORED else ""
    return bool(held) if is_told(appraisal) else turn.person.id == scorer and Role.MANAGER in held


def readable(turn: Turn, shelves: Shelves, appraisal: Appraisal) -> bool:
    """Say whether what was written can be read: where the result can be shown, and where those who calibrate see the scoring."""
    steps = steps_for(appraisal, cycle_of(shelves, appraisal), turn.person.id, reads_as(turn, shelves, appraisal))
    return Mine.SEE in steps or visible(turn, shelves, appraisal)


def sheet(turn: Turn, shelves: Shelves, appraisal: Appraisal, lead: str = "") -> Message:
    """Return a result as this person sees it; `lead` stands above their own."""
    cycle = cycle_of(shelves, appraisal)
    names = names_of(shelves, [appraisal.person, appraisal.scoring.manager if appraisal.scoring else ""])
    late = is_overdue(appraisal, turn.now, Calendar(turn.handbook.company))
    if appraisal.person == turn.person.id:
        return views.result(turn._, cycle, appraisal, names, lead, late=late)
    held = roles(turn, shelves, appraisal)
    return views.of_another(turn._, cycle, seen_by(turn, shelves, appraisal), names, ways_for(appraisal, cycle, held, turn.person.id))


def seen_by(turn: Turn, shelves: Shelves, appraisal: Appraisal) -> Appraisal:
    """Return an appraisal as this person may read it: whoever is only named to score it is not told the bonus."""
    return appraisal if is_close(turn, shelves, appraisal.person) else appraisal.amended(bonus=None)


def is_close(turn: Turn, shelves: Shelves, person: str) -> bool:
    """Say whether all of a person's appraisals are this reader's business: their own, their line's, and those of HR."""
    return turn.person.id == person or Role.HR in turn.roles or turn.person.id in shelves.people.managers_of(person)


def ways_for(appraisal: Appraisal, cycle: Cycle, held: frozenset[Role], person: str) -> list[Way]:
    """Return what somebody can do with an appeal; whoever scored the person decides nothing about it."""
    return ways_open(appraisal, cycle, held if may_decide(appraisal, person) else held - {Role.HR})


def shown(turn: Turn, shelves: Shelves, able: Able = visible) -> Appraisal:
    """Return the appraisal of a button, if its result can be shown to this person."""
    found = meant(turn, shelves, turn.value)
    if not able(turn, shelves, found):
        raise Refusal(N_("This result is not published yet."))
    return found


def pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Show the result of a button."""
    return Say(sheet(turn, shelves, shown(turn, shelves)))


def whole(turn: Turn, shelves: Shelves) -> Answer:
    """Show all that was written, uncut."""
    return Open(views.whole(turn._, shown(turn, shelves, readable)))


def seen(turn: Turn, shelves: Shelves) -> Answer:
    """Open the form with which one notes that one saw the result."""
    found = meant_for(turn, shelves, turn.value, Action.ACKNOWLEDGE)
    MACHINE.check(found, Action.ACKNOWLEDGE)
    return Open(views.seen_form(turn._, found))


def noted(turn: Turn, shelves: Shelves, form: Remark) -> Answer:
    """Note that the person saw the result."""
    found = meant_for(turn, shelves, turn.metadata, Action.ACKNOWLEDGE)
    keep_step(turn, shelves, acknowledge(found, turn.person.id, turn.now, clean(form.remark)))
    return Done()


def picture(turn: Turn, shelves: Shelves) -> Answer:
    """Have the person's scores drawn, quarter by quarter, and sent."""
    found = shown(turn, shelves, readable)
    name = names_of(shelves, [found.person]).get(found.person, found.person)
    points = quarters(turn, shelves, found.person)
    send_aside(turn, "picture", lambda: drawn(turn, name, points), lambda error: pictures.unsent(turn._, error))
    return Say(says(prose("{text}", text=pictures.coming(turn._))))


def quarters(turn: Turn, shelves: Shelves, person: str) -> list[charts.Point]:
    """Return a person's published scores by quarter, oldest first: of a named scorer's, those that they scored."""
    known = [one for one in shelves.appraisals.of_person(person, limit=2 * MOST) if is_told(one) and "Q" in one.period]
    told = known if is_close(turn, shelves, person) else [one for one in known if one.manager == turn.person.id]
    return [charts.Point(one.period, one.score) for one in sorted(told, key=lambda one: one.period)[-MOST:]]


def drawn(turn: Turn, name: str, points: Sequence[charts.Point]) -> tuple[list[File], str]:
    """Return the picture, and the same in words; in English where this computer has no letters for the language."""
    _ = turn._ if charts.speakable(turn._) else translator("en")
    drawing = charts.trend(_, views.picture_title(_, name), points, views.picture_note(_))
    told = charts.trend_told(turn._, views.picture_title(turn._, name), points)
    return [File("scores.png", drawing, told)], told
