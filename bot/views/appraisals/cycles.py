"""`/review cycle` (§5.2): all cycles, one of them with what is open in it, and the forms of its steps."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from bot.language import N_, Translator
from bot.policy.appraisals.cycle import PHASE_NAMES, Cycle, Move, Phase
from bot.policy.appraisals.phases import ITEM_NAMES, Counts, Item
from bot.policy.appraisals.record import STATE_NAMES, Appraisal
from bot.views.appraisals.progress import CYCLE, dated, far, head, states_told
from bot.views.blocks import (
    Block,
    Choice,
    Message,
    Sentence,
    actions,
    bold,
    button,
    code,
    confirmation,
    context,
    divider,
    message,
    overflow,
    paragraph,
    prose,
    says,
    section,
    select,
    user,
)
from bot.views.blocks import fallback as as_text

CYCLES, OPEN = "appraisals.cycles", "appraisals.cycle_open"
NEXT, PUBLISH, CLOSE = "appraisals.cycle_next", "appraisals.cycle_publish", "appraisals.cycle_close"
POSTPONE, BACK, CANCEL = "appraisals.cycle_postpone", "appraisals.cycle_back", "appraisals.cycle_cancel"
EXCUSE, READMIT, SERVE, SCORER = "appraisals.excuse", "appraisals.readmit", "appraisals.serve", "appraisals.scorer"
CALIBRATION, PAYROLL = "appraisals.calibration", "appraisals.payroll"
MENU, PAGE = "menu", 10
NOBODY: Mapping[str, str] = MappingProxyType({})

STEPS: Mapping[Move, tuple[str, str]] = {
    Move.REVIEW: (NEXT, N_("On to the managers")),
    Move.CALIBRATE: (NEXT, N_("On to calibration")),
    Move.PUBLISH: (PUBLISH, N_("Publish")),
    Move.CLOSE: (CLOSE, N_("Close")),
    Move.PAY: (PAYROLL, N_("Payroll")),
    Move.POSTPONE: (POSTPONE, N_("Postpone")),
    Move.BACK: (BACK, N_("Back to the managers")),
    Move.CANCEL: (CANCEL, N_("Cancel the cycle")),
}
AHEAD = (Move.REVIEW, Move.CALIBRATE, Move.PUBLISH, Move.CLOSE)
ASIDE = (Move.POSTPONE, Move.BACK, Move.CANCEL)
PEOPLE: Mapping[str, str] = {
    EXCUSE: N_("Excuse somebody"),
    SERVE: N_("Set days served"),
    SCORER: N_("Name who scores"),
    READMIT: N_("Readmit somebody"),
}
DAYS: Mapping[str, str] = {
    "self_due": N_("Self-reviews until"),
    "manager_due": N_("Scores until"),
    "calibration_due": N_("Calibration until"),
}


class Shown(NamedTuple):
    """What the page of a cycle shows beside it: counts, open items, the steps to take, and a page of those for whom an item is open.

    `handed_in` is how many self-reviews are in, and `reader` who reads it: nobody acts on their own appraisal.
    """

    counts: Counts
    handed_in: int
    items: Mapping[Item, int]
    moves: Sequence[Move]
    overdue: bool
    changeable: bool
    reader: str
    item: Item | None = None
    people: Sequence[Appraisal] = ()
    names: Mapping[str, str] = NOBODY
    page: int = 0


def overview(_: Translator, cycles: Sequence[Cycle]) -> Message:
    """Return the cycles, latest first, with the way to begin one."""
    begin = actions(button(_("Begin a cycle"), OPEN, "new"))
    title = (bold(_("Appraisal cycles")),)
    if not cycles:
        nothing = _.template("There is none yet. One begins by itself after each quarter; {command} begins one at once.")
        return says(title, prose(nothing, command=code("/review cycle open 2026Q3")), also=[begin])
    return says(title, also=[*(row(_, cycle) for cycle in cycles), begin])


def row(_: Translator, cycle: Cycle) -> Block:
    """Return one cycle of the overview."""
    text = _("{period}: {phase}", period=cycle.period, phase=_(PHASE_NAMES[cycle.state]))
    return section(f"{text}\n{days_told(_, cycle)}", button(_("Open"), CYCLE, str(cycle.id)))


def days_told(_: Translator, cycle: Cycle) -> str:
    """Return the last days of the phases, or of the appeals."""
    if cycle.appeal_until:
        return _("Appeals until {day}", day=_.day(cycle.appeal_until))
    return " · ".join(f"{_(name)} {_.day(getattr(cycle, field))}" for field, name in DAYS.items())


def page(_: Translator, cycle: Cycle, shown: Shown, lead: Sentence = ()) -> Message:
    """Return one cycle: how far it is, what is open, and what can be done."""
    top = [*([lead] if lead else []), head(_, cycle), *dated(_, cycle, shown.overdue), far(_, cycle, shown.counts, shown.handed_in)]
    states = paragraph(states_told(_, shown.counts))
    items = [item_row(_, cycle, item, n) for item, n in shown.items.items()]
    return message(
        paragraph(*top),
        states,
        context(days_told(_, cycle)),
        *items,
        *named(_, cycle, shown),
        *buttons(_, cycle, shown),
        text=as_text(*top),
    )


def item_row(_: Translator, cycle: Cycle, item: Item, n: int) -> Block:
    """Return one kind of open item, with the button that shows for whom."""
    text = _("{item}: {n}", item=_(ITEM_NAMES[item]), n=_.number(n))
    return section(text, button(_("Names"), CYCLE, f"{cycle.id}:{item}:0"))


def named(_: Translator, cycle: Cycle, shown: Shown) -> list[Block]:
    """Return a page of those for whom an item is open, each with what can be done."""
    if shown.item is None:
        return []
    title = paragraph((bold(_(ITEM_NAMES[shown.item])),))
    rows = [person_row(_, cycle, one, shown) for one in shown.people]
    more = (shown.page + 1) * PAGE < shown.items.get(shown.item, 0)
    way = [actions(button(_("More"), CYCLE, f"{cycle.id}:{shown.item}:{shown.page + 1}"))] if more else []
    return [divider(), title, *rows, *way]


def person_row(_: Translator, cycle: Cycle, appraisal: Appraisal, shown: Shown) -> Block:
    """Return one person with their state and scorer, and the menu of what can be done, unless it is the reader's own."""
    manager = shown.names.get(appraisal.manager, appraisal.manager)
    facts = {"person": shown.names.get(appraisal.person, appraisal.person), "state": _(STATE_NAMES[appraisal.state])}
    told = (
        _("{person}: {state}, scored by {manager}", manager=manager, **facts)
        if manager
        else _("{person}: {state}, scored by nobody yet", **facts)
    )
    if not shown.changeable or appraisal.person == shown.reader:
        return section(told)
    choices = [Choice(f"{action} {cycle.id}:{appraisal.person}", _(PEOPLE[action])) for action in (EXCUSE, SERVE, SCORER)]
    return section(told, overflow(MENU, choices))


def buttons(_: Translator, cycle: Cycle, shown: Shown) -> list[Block]:
    """Return what can be done: the step ahead first, the rest in menus."""
    ahead = [step_button(_, cycle, move, shown) for move in shown.moves if move in AHEAD]
    grid = [button(_("Calibration"), CALIBRATION, str(cycle.id), "primary")] if cycle.state is Phase.CALIBRATION else []
    pay = [button(_(STEPS[Move.PAY][1]), PAYROLL, str(cycle.id))] if Move.PAY in shown.moves else []
    rest = [Choice(f"{STEPS[move][0]} {cycle.id}", _(STEPS[move][1])) for move in ASIDE if move in shown.moves]
    menu = [overflow(MENU, rest)] if rest else []
    people = [Choice(f"{action} {cycle.id}", _(name)) for action, name in PEOPLE.items()] if shown.changeable else []
    others = [actions(select(MENU, people, placeholder=_("People")), button(_("All cycles"), CYCLES, "all"))]
    first = [*grid, *ahead, *pay, *menu]
    return [*([actions(*first)] if first else []), *(others if people else [actions(button(_("All cycles"), CYCLES, "all"))])]


def step_button(_: Translator, cycle: Cycle, move: Move, shown: Shown) -> Block:
    """Return the button of the step ahead, which stands out unless something is open; what cannot be taken back is asked about first."""
    action, name = STEPS[move]
    if move is not Move.PUBLISH:
        is_early = move is Move.CLOSE and bool(shown.items)
        return button(_(name), action, str(cycle.id), None if is_early else "primary")
    n = published(shown.counts)
    text = _.plural(
        "{n} person is told the result. It cannot be taken back.", "{n} people are told their results. It cannot be taken back.", n
    )
    return button(
        _(name),
        action,
        str(cycle.id),
        "danger",
        confirmation(_("Publish {period}?", period=cycle.period), text, _("Publish"), _("Not yet")),
    )


def published(counts: Counts) -> int:
    """Return how many would be told a result."""
    from_states = ("manager_submitted", "calibrated")
    return sum(n for state, n in counts.items() if state in from_states)


def unsettled(_: Translator, cycle: Cycle, shown: Shown) -> Message:
    """Say that a step has to wait, and what for."""
    return page(_, cycle, shown, prose(_.template("That has to wait: something is still open.")))


def begun(_: Translator, cycle: Cycle) -> Message:
    """Say that a cycle is being prepared."""
    told = _.plural("{n} person is in it.", "{n} people are in it.", cycle.total)
    ready = prose(
        _.template("The appraisal of {period} is being prepared; they hear of it when they are at work."), period=bold(cycle.period)
    )
    return says(ready, prose("{told}", told=told), also=[actions(button(_("Open"), CYCLE, str(cycle.id)))])


def exists(_: Translator, cycle: Cycle) -> Message:
    """Say that a period has a cycle already."""
    return says(
        prose(_.template("There is a cycle for {period} already."), period=bold(cycle.period)),
        also=[actions(button(_("Open"), CYCLE, str(cycle.id), "primary"))],
    )


def changed(_: Translator, cycle: Cycle, appraisal: Appraisal) -> Message:
    """Say how an appraisal stands after a change of who is in a cycle."""
    told = _.template("{person} in the appraisal of {period}: {state}.")
    facts = {"person": user(appraisal.person), "period": bold(cycle.period), "state": bold(_(STATE_NAMES[appraisal.state]))}
    served = prose(_.template("Days served: {served} of {days}."), served=_.number(appraisal.served), days=_.number(appraisal.days))
    scorer = [prose(_.template("Scored by {manager}."), manager=user(appraisal.manager))] if appraisal.manager else []
    return says(prose(told, **facts), served, *scorer, also=[actions(button(_("Open"), CYCLE, str(cycle.id)))])
