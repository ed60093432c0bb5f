"""The list of bonuses for payroll (§5.4.1) as the HR department sees it: lines, totals, who prepared and approved it."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from bot.language import Translator
from bot.policy.appraisals.cycle import Cycle, Payroll
from bot.policy.appraisals.payroll import Line
from bot.policy.appraisals.record import GRADE_NAMES
from bot.views.blocks import Block, Message, Sentence, actions, bold, bullets, button, code, context, message, paragraph, prose, says, user

SHOW, PREPARE, APPROVE, FILES = "appraisals.payroll", "appraisals.payroll_prepare", "appraisals.payroll_approve", "appraisals.payroll_files"
TOLD = "appraisals.payroll_told"  # the first word of the key under which the second person is asked
PAGE = 20
FEW = 5  # names of those who can approve


class Roll(NamedTuple):
    """The list as it is now: its lines, totals and checksum; `reader` is who looks at it, `able` the names of those who can approve it."""

    lines: Sequence[Line]
    totals: Mapping[str, Decimal]
    checksum: str
    reader: str
    able: Sequence[str] = ()

    def changed(self, cycle: Cycle) -> bool:
        """Say whether the list is another one than was prepared."""
        return cycle.payroll is not None and cycle.payroll.checksum != self.checksum


def sheet(_: Translator, cycle: Cycle, roll: Roll, page: int = 0) -> Message:
    """Return a page of the list, how far it is, and what this person can do next."""
    title = prose(_.template("Bonuses of {period} for payroll: {people}"), period=bold(cycle.period), people=counted(_, roll))
    rows = bullets(*(row(_, line) for line in roll.lines[page * PAGE : (page + 1) * PAGE])) if roll.lines else None
    top = [paragraph(title, *summed(_, roll), *provisional(_, roll)), *([rows] if rows else [])]
    small = context(_("Checksum (SHA-256 of the CSV file): {checksum}", checksum=roll.checksum))
    return message(*top, paragraph(*standing(_, cycle, roll)), *steps(_, cycle, roll, page), small, text=title_of(_, cycle))


def title_of(_: Translator, cycle: Cycle) -> str:
    """Return what a notification says of the list."""
    return _("Bonuses of {period} for payroll", period=cycle.period)


def counted(_: Translator, roll: Roll) -> str:
    """Return how many people are on the list."""
    return _.plural("{n} person", "{n} people", len(roll.lines))


def summed(_: Translator, roll: Roll) -> list[Sentence]:
    """Return the totals; where payroll knows the bases, that there are only coefficients."""
    sums = [_.amount(total, currency) for currency, total in sorted(roll.totals.items())]
    told = [prose(_.template("Total: {sums}"), sums=_.list(sums))] if sums else []
    bare = sum(line.amount is None for line in roll.lines)
    few = _.plural(
        "{n} line has a coefficient only: payroll knows the base.", "{n} lines have a coefficient only: payroll knows the base.", bare
    )
    return [*told, *([prose("{text}", text=few)] if bare else [])]


def provisional(_: Translator, roll: Roll) -> list[Sentence]:
    """Name those whose appeal is open: they are on the list by the grade as it is."""
    names = [line.name for line in roll.lines if line.appealing]
    if not names:
        return []
    shown = names if len(names) <= PAGE else [*names[:PAGE], "…"]
    text = _.template("Provisional, for their appeal is open: {names}. If a grade is revised, prepare the list again.")
    return [prose(text, names=_.list(shown))]


def row(_: Translator, line: Line) -> Sentence:
    """Return one line of the list."""
    money = _.amount(line.amount, line.currency) if line.amount is not None else _("coefficient {n}", n=_.number(line.coefficient))
    facts = {"grade": _(GRADE_NAMES[line.grade]), "money": money, "served": _.number(line.served), "days": _.number(line.days)}
    return prose(_.template("{name}: {grade}, {served} of {days} days, {money}"), name=bold(line.name), **facts)


def standing(_: Translator, cycle: Cycle, roll: Roll) -> list[Sentence]:
    """Say who prepared and who approved the list, and whether it has changed since."""
    if cycle.payroll is None:
        return [prose(_.template("Nobody has prepared this list yet."))]
    if roll.changed(cycle):
        return [prose(_.template("The list has changed since it was prepared: prepare it again."))]
    approved = bool(cycle.payroll.approved_by)
    return signed(_, cycle.payroll) if approved else [signed(_, cycle.payroll)[0], awaited(_, roll)]


def awaited(_: Translator, roll: Roll) -> Sentence:
    """Name who can approve a list that is prepared, or say how somebody comes to be able to."""
    if not roll.able:
        nobody = _.template("Nobody else can approve it: an administrator has to give somebody the role of HR first, in {command}.")
        return prose(nobody, command=code("/presales people"))
    shown = roll.able if len(roll.able) <= FEW else [*roll.able[:FEW], "…"]
    return prose(_.template("A second person of the HR department approves it: {people}."), people=_.list(shown))


def signed(_: Translator, payroll: Payroll) -> list[Sentence]:
    """Return who prepared a list, and who approved it."""
    prepared = prose(_.template("Prepared by {person}."), person=user(payroll.prepared_by))
    if not payroll.approved_by:
        return [prepared, prose(_.template("A second person of the HR department approves it."))]
    return [prepared, prose(_.template("Approved by {person}."), person=user(payroll.approved_by))]


def steps(_: Translator, cycle: Cycle, roll: Roll, page: int) -> list[Block]:
    """Return what this person can do next: prepare, approve what somebody else prepared, or have the files."""
    value = str(cycle.id)
    on = [button(_("More"), SHOW, f"{cycle.id}:{page + 1}")] if (page + 1) * PAGE < len(roll.lines) else []
    if cycle.payroll is None or roll.changed(cycle):
        return [actions(button(_("Prepare the list"), PREPARE, value, "primary"), *on)] if roll.lines else []
    if cycle.payroll.approved_by:
        return [actions(button(_("Get the files"), FILES, value, "primary"), *on)]
    mine = cycle.payroll.prepared_by == roll.reader or roll.reader in {line.person for line in roll.lines}
    able = [] if mine else [button(_("Approve the list"), APPROVE, f"{cycle.id}:{roll.checksum}", "primary")]
    return [actions(*able, *on)] if [*able, *on] else []


def asked(_: Translator, cycle: Cycle) -> Message:
    """Ask the others of the HR department to approve a list; tell them once somebody did."""
    signatures = signed(_, cycle.payroll) if cycle.payroll else []
    look = actions(button(_("Look at the list"), SHOW, str(cycle.id)))
    title = (bold(title_of(_, cycle)),)
    return message(paragraph(title, *signatures), look, text=title_of(_, cycle))


def coming(_: Translator) -> Message:
    """Say that the files are being made."""
    return says(prose(_.template("I am writing the files. They come as a direct message, and the audit log notes it.")))


def enclosed(_: Translator, cycle: Cycle, roll: Roll) -> str:
    """Return the words beside the files."""
    text = _("Bonuses of {period} for payroll: {people}.", period=cycle.period, people=counted(_, roll))
    return f"{text} {_('Checksum (SHA-256 of the CSV file): {checksum}', checksum=roll.checksum)}"


def unsent(_: Translator, error: str) -> Message:
    """Say that the files could not be sent, in Slack's word."""
    return says(prose(_.template("I could not send the files; Slack says {error}."), error=code(error)))
