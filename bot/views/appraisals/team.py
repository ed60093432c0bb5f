"""A manager's list of those whom they score (§5.3.1): one message that follows its appraisals, and the teams below."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bot.language import N_, Translator
from bot.policy.appraisals.cycle import Cycle, Phase
from bot.policy.appraisals.manager import Mine, steps_for
from bot.policy.appraisals.record import GRADE_NAMES, MANAGER_OWED, SCORED, SELF_OWED, STATE_NAMES, TOLD, Appraisal, State
from bot.policy.people import Role
from bot.views.blocks import (
    Block,
    Choice,
    Message,
    Sentence,
    actions,
    bold,
    button,
    clip,
    context,
    divider,
    fallback,
    message,
    overflow,
    paragraph,
    prose,
    says,
    section,
    select,
)

TEAM, BELOW = "appraisals.team", "appraisals.team_below"  # TEAM is also the first word of the list's key
SCORE, SEE, REOPEN, DIFFERENCES = "appraisals.score", "appraisals.scored", "appraisals.reopen", "appraisals.differences"
CALIBRATION = "appraisals.calibration"
MENU = "menu"
PAGE = 20  # rows of one message

STEPS: Mapping[Mine, tuple[str, str]] = {
    Mine.SCORE: (SCORE, N_("Score")),
    Mine.GO_ON: (SCORE, N_("Go on scoring")),
    Mine.SEE: (SEE, N_("See")),
    Mine.DIFFERENCES: (DIFFERENCES, N_("Differences")),
    Mine.REOPEN: (REOPEN, N_("Reopen")),
}
ORDER = (MANAGER_OWED, SELF_OWED, SCORED, TOLD, frozenset({State.EXCUSED}))


class Below(NamedTuple):
    """A team further down: its manager, and how many are in it."""

    manager: str
    name: str
    people: int


def key_of(cycle: int, manager: str) -> str:
    """Return the key under which a manager is told the list of a cycle."""
    return f"{TEAM}:{cycle}:{manager}"


def subject_of(cycle: int, manager: str) -> str:
    """Return the name under which the outbox keeps that list."""
    return f"team:{cycle}:{manager}"


def listed(_: Translator, cycle: Cycle, appraisals: Sequence[Appraisal], names: Mapping[str, str], page: int = 0) -> Message:
    """Return the list of those whom one manager scores: how it stands, then a row for each with what can be done."""
    title = prose(_.template("Your team in the appraisal of {period}"), period=bold(cycle.called))
    return page_of(_, cycle, appraisals, names, (title, standing(_, appraisals)), page)


def further(_: Translator, cycle: Cycle, appraisals: Sequence[Appraisal], names: Mapping[str, str], manager: str, page: int = 0) -> Message:
    """Return the list of a team further down, to be read."""
    name = bold(names.get(manager, manager))
    title = prose(_.template("The team of {name} in the appraisal of {period}"), name=name, period=bold(cycle.called))
    return page_of(_, cycle, appraisals, names, (title, standing(_, appraisals)), page, own=False)


def with_teams(_: Translator, cycle: Cycle, shown: Message, teams: Sequence[Below], chosen: str = "") -> Message:
    """Return a list with the menu of the teams further down, where there are any, and the way to their calibration."""
    if not teams:
        return shown
    choices = [Choice(f"{cycle.id}:{team.manager}:0", f"{clip(team.name, 60)} ({_.number(team.people)})") for team in teams]
    menu = select(BELOW, choices, initial=f"{cycle.id}:{chosen}:0" if chosen else "", placeholder=_("Teams below"))
    grid = [button(_("Calibration"), CALIBRATION, str(cycle.id))] if cycle.state is Phase.CALIBRATION else []
    own = [button(_("Your own list"), TEAM, f"{cycle.id}:{chosen}:0")] if chosen else []
    return Message(shown.text, (*shown.blocks, actions(menu, *own, *grid)))


def with_cycles(_: Translator, manager: str, shown: Message, cycles: Sequence[Cycle]) -> Message:
    """Return a list with the menu of other appraisals, where there are any."""
    choices = [Choice(f"{cycle.id}:{manager}:0", cycle.called) for cycle in cycles]
    return Message(shown.text, (*shown.blocks, actions(select(TEAM, choices, placeholder=_("Other appraisals"))))) if choices else shown


def nobody(_: Translator) -> Message:
    """Say that there is nobody to score."""
    return says(prose(_.template("There is nobody whom you score at present.")))


def page_of(
    _: Translator,
    cycle: Cycle,
    appraisals: Sequence[Appraisal],
    names: Mapping[str, str],
    top: Sequence[Sentence],
    page: int,
    *,
    own: bool = True,
) -> Message:
    """Return one page of rows below what stands at the top."""
    ordered = sorted(appraisals, key=lambda one: (rank(one), names.get(one.person, one.person)))
    rows = [row(_, cycle, one, names.get(one.person, one.person), own=own) for one in ordered[page * PAGE : (page + 1) * PAGE]]
    return message(paragraph(*top), divider(), *rows, *turning(_, cycle, ordered, page, own=own), text=fallback(*top))


def rank(appraisal: Appraisal) -> int:
    """Return where an appraisal stands in a list: what waits for the manager comes first."""
    return next(place for place, states in enumerate(ORDER) if appraisal.state in states)


def standing(_: Translator, appraisals: Sequence[Appraisal]) -> Sentence:
    """Say how many are scored, how many wait for the manager, and how many for the people themselves."""
    within = [one for one in appraisals if one.state is not State.EXCUSED]
    if not within:
        return prose(_.template("Nobody is to be scored here."))
    waiting, out = (sum(one.state in states for one in within) for states in (MANAGER_OWED, SELF_OWED))
    done = len(within) - waiting - out
    counts = {"done": _.number(done), "all": _.number(len(within)), "waiting": _.number(waiting), "out": _.number(out)}
    return prose(_.template("Scored: {done} of {all}. To be scored now: {waiting}. Self-reviews not in yet: {out}."), **counts)


def row(_: Translator, cycle: Cycle, appraisal: Appraisal, name: str, *, own: bool) -> Block:
    """Return one person's row: how it stands, until when, and what can be done."""
    grade = appraisal.final_grade if appraisal.state in SCORED | TOLD else None
    state = _(STATE_NAMES[appraisal.state]) + (f" ({_(GRADE_NAMES[grade])})" if grade else "")
    lines = [_("{name}: {state}", name=name, state=state), due(_, cycle, appraisal)]
    steps = steps_for(appraisal, cycle, appraisal.manager if own else "", frozenset({Role.MANAGER}))
    return section("\n".join(filter(None, lines)), stepping(_, appraisal, steps))


def due(_: Translator, cycle: Cycle, appraisal: Appraisal) -> str:
    """Say until when what comes next is due."""
    if appraisal.state in SELF_OWED:
        return _("Self-review due: {day}", day=_.day(cycle.self_due))
    if appraisal.state in MANAGER_OWED:
        return _("Score due: {day}", day=_.day(cycle.manager_due))
    return ""


def stepping(_: Translator, appraisal: Appraisal, steps: Sequence[Mine]) -> Block | None:
    """Return a button for the only step, or a menu of several."""
    known = [(STEPS[step][0], _(STEPS[step][1])) for step in steps]
    if len(known) == 1:
        return button(known[0][1], known[0][0], str(appraisal.id))
    return overflow(MENU, [Choice(f"{action} {appraisal.id}", label) for action, label in known]) if known else None


def turning(_: Translator, cycle: Cycle, ordered: Sequence[Appraisal], page: int, *, own: bool) -> list[Block]:
    """Return the way to the next page, and to the first from the last, where there are several."""
    if len(ordered) <= PAGE:
        return []
    pages = -(-len(ordered) // PAGE)
    value = f"{cycle.id}:{ordered[0].manager}:{(page + 1) % pages}"
    label = _("More") if page + 1 < pages else _("From the beginning")
    place = _("Page {page} of {pages}", page=_.number(page + 1), pages=_.number(pages))
    return [context(place), actions(button(label, TEAM if own else BELOW, value))]
