"""The list of bonuses for payroll (§5.4.1): prepared by one of the HR department, approved by another, then handed out."""

from collections.abc import Sequence

from bot.language import N_
from bot.policy.appraisals import payroll as policy
from bot.policy.appraisals.cycle import Cycle
from bot.policy.appraisals.payroll import Line
from bot.policy.appraisals.record import TOLD
from bot.policy.calendar import Calendar
from bot.policy.machine import Step
from bot.policy.people import require
from bot.policy.record import Event
from bot.policy.refusal import Refusal
from bot.views.appraisals import payroll as views
from bot.views.appraisals.payroll_file import checksum, csv_file, xlsx_file
from bot.words.numbers import number_in
from bot.words.periods import take_period
from bot.words.text import words
from handlers.appraisals.desk import cycle_meant
from handlers.colleagues import naming
from handlers.context import Answer, Say, Turn
from handlers.routes import Routes, Word
from handlers.uploads import File, send_aside
from storage.appraising import keep_cycle
from storage.cycles import department
from storage.kept import tongue
from storage.store import Shelves


def register(routes: Routes) -> None:
    """Register the word and the buttons of the list."""
    usage, meaning = N_("payroll 2026Q3"), N_("see the list of bonuses for payroll")
    aliases = ("工资", "工資", "奖金", "獎金")
    routes.command("/review", "start", Word("payroll", typed, usage, meaning, aliases, reads=True, needs="appraisals.pay"))
    routes.button(views.SHOW, show)
    routes.button(views.PREPARE, prepare)
    routes.button(views.APPROVE, approve)
    routes.button(views.FILES, files)


def typed(turn: Turn, shelves: Shelves) -> Answer:
    """Show the list of the quarter that was typed."""
    require("appraisals.pay", turn.roles)
    period = take_period(words(turn.text), turn.now, Calendar(turn.handbook.company)).period
    found = shelves.cycles.of_period(period.name) if period else None
    if found is None:
        raise Refusal(N_("Name the quarter of an appraisal, as in {command}."), command="/review payroll 2026Q3")
    return Say(views.sheet(turn._, found, roll(turn, shelves, found)))


def meant(turn: Turn, shelves: Shelves) -> tuple[Cycle, str]:
    """Return the cycle of a button, for the HR department, and what else the button carries."""
    require("appraisals.pay", turn.roles)
    number, _colon, more = turn.value.partition(":")
    return cycle_meant(turn, shelves, number), more


def lines(shelves: Shelves, cycle: Cycle) -> list[Line]:
    """Return the bonuses of a cycle as they are now."""
    told = shelves.appraisals.in_cycle(cycle.id, TOLD)
    return policy.lines_of(told, {person.id: person for person in shelves.people.among([one.person for one in told])})


def roll(turn: Turn, shelves: Shelves, cycle: Cycle) -> views.Roll:
    """Return the list as this person sees it."""
    found = lines(shelves, cycle)
    preparer = cycle.payroll.prepared_by if cycle.payroll else turn.person.id
    able = [person.name for person in department(shelves) if person.id != preparer]
    return views.Roll(found, policy.totals(found), checksum(found), turn.person.id, able)


def show(turn: Turn, shelves: Shelves) -> Answer:
    """Show the list, or a further page of it."""
    cycle, page = meant(turn, shelves)
    number = number_in(page)
    return Say(views.sheet(turn._, cycle, roll(turn, shelves, cycle), number))


def prepare(turn: Turn, shelves: Shelves) -> Answer:
    """Prepare the list, and ask the others of the HR department to approve it."""
    cycle, _more = meant(turn, shelves)
    found = lines(shelves, cycle)
    step = policy.prepare(cycle, found, checksum(found), turn.person.id, turn.now)
    answer = kept(turn, shelves, step)
    for person in department(shelves):
        if person.id != turn.person.id:
            key = f"{views.TOLD}:{cycle.id}:{person.id}:{checksum(found)[:12]}"
            shelves.outbox.say(key, person.id, views.asked(tongue(turn.handbook, person), step.record), subject=cycle.subject)
    return answer


def approve(turn: Turn, shelves: Shelves) -> Answer:
    """Approve the list that was shown."""
    cycle, seen = meant(turn, shelves)
    found = lines(shelves, cycle)
    now = checksum(found)
    if seen != now:
        raise Refusal(N_("The list has changed since it was prepared: prepare it again."))
    with naming(turn, shelves):
        policy.check_approver(found, policy.approvers(cycle, found, department(shelves)), turn.person.id)
    return kept(turn, shelves, policy.approve(cycle, now, turn.person.id, turn.now))


def kept(turn: Turn, shelves: Shelves, step: Step[Cycle]) -> Answer:
    """Remember a step, and show the list as it is then."""
    keep_cycle(shelves, step, turn.handbook, turn.request)
    return Say(views.sheet(turn._, step.record, roll(turn, shelves, step.record)))


def files(turn: Turn, shelves: Shelves) -> Answer:
    """Have an approved list sent as files, and note it."""
    cycle, _more = meant(turn, shelves)
    current = roll(turn, shelves, cycle)
    policy.check_approved(cycle, current.checksum)
    facts = {"checksum": current.checksum, "people": len(current.lines)}
    shelves.audit.note(Event(at=turn.now, actor=turn.person.id, subject=cycle.subject, action="fetch", request=turn.request, became=facts))
    comment = views.enclosed(turn._, cycle, current)
    send_aside(turn, "payroll", lambda: (made(cycle, current.lines), comment), lambda error: views.unsent(turn._, error))
    return Say(views.coming(turn._))


def made(cycle: Cycle, found: Sequence[Line]) -> list[File]:
    """Return the list as files."""
    return [File(f"bonuses-{cycle.period}.csv", csv_file(found)), File(f"bonuses-{cycle.period}.xlsx", xlsx_file(found))]
