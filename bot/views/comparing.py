"""What another handbook would change, as it is read before it is adopted: settings, and whose quarters would have come out otherwise."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from bot.language import NO_DATA, Translator
from bot.policy.appraisals.comparing import Difference, Outcome, Setting, is_compared
from bot.policy.appraisals.record import GRADE_NAMES
from bot.views.blocks import (
    Block,
    Message,
    actions,
    bold,
    bullets,
    button,
    clip,
    code,
    context,
    fallback,
    field_of,
    message,
    modal,
    paragraph,
    prose,
    text_input,
)

TRY = "comparing.try"
SETTINGS, PEOPLE = 12, 20  # rows of a message
VALUE = 80  # characters of a setting's value
LONGEST = 3000


class Compared(NamedTuple):
    """What a comparison found; `people` is of how many, `names` are for those who may see whose grades they are, else None.

    `reader` is not named: nobody tries what becomes of their own grade.
    """

    settings: Sequence[Setting]
    differences: Sequence[Difference]
    people: int
    names: Mapping[str, str] | None
    reader: str = ""


def form(_: Translator) -> Block:
    """Return the form that asks for the settings to be tried."""
    hint = _("Only what differs from the present handbook, as it would stand in the file. Nothing is adopted by this.")
    text = field_of(_("Settings to try"), text_input("settings", lines=True, limit=LONGEST), hint=hint)
    return modal(TRY, _("Try a handbook"), [text], submit=_("Compare"), close=_("Cancel"))


def offer(_: Translator) -> Block:
    """Return the button that leads to the form."""
    return actions(button(_("Try other settings of the handbook"), TRY, "form"))


def report(_: Translator, found: Compared) -> Message:
    """Return a comparison as a message."""
    settings = [prose("{line}", line=clip(line, 2 * VALUE)) for line in setting_lines(_, found.settings[:SETTINGS])]
    lead = prose("{said}", said=summary(_, found))
    blocks = [paragraph((bold(_("What would have changed in the last four quarters")),), lead)]
    blocks += [bullets(*settings)] if settings else []
    rows = [prose("{line}", line=line) for line in people_lines(_, found)]
    blocks += [bullets(*rows[:PEOPLE])] if rows else []
    if len(rows) > PEOPLE:
        file = "python app.py handbook compare FILE"
        blocks.append(
            paragraph(prose(_.template("There are {n} more; {command} prints all."), n=_.number(len(rows) - PEOPLE), command=code(file)))
        )
    return message(*blocks, context(notes(_)), text=fallback(lead))


def lines(_: Translator, found: Compared) -> Iterator[str]:
    """Yield a comparison a line at a time, as a terminal shows it."""
    yield summary(_, found)
    yield from (f"  {line}" for line in setting_lines(_, found.settings))
    yield from (f"  {line}" for line in people_lines(_, found))
    yield notes(_)


def summary(_: Translator, found: Compared) -> str:
    """Return how many settings and people it is about, in a sentence."""
    if not found.settings:
        return _("Nothing differs from the present handbook.")
    concerned = len({one.person for one in found.differences})
    regraded = len({one.person for one in found.differences if one.was.grade != one.becomes.grade})
    return _(
        "People compared: {people}. With another score or bonus in the last four quarters: {concerned}. With another grade: {regraded}.",
        people=_.number(found.people),
        concerned=_.number(concerned),
        regraded=_.number(regraded),
    )


def setting_lines(_: Translator, settings: Sequence[Setting]) -> Iterator[str]:
    """Yield each setting that differs, as it was and would be."""
    for one in settings:
        line = f"{one.name}: {clip(one.was, VALUE)} → {clip(one.becomes, VALUE)}"
        yield line if is_compared(one) else _("{line} (counts from now on; not compared)", line=line)


def people_lines(_: Translator, found: Compared) -> Iterator[str]:
    """Yield a line for each person with the quarters that would have come out otherwise; nothing for those who may not know."""
    if found.names is None:
        return
    others = [one for one in found.differences if one.person != found.reader]
    for person, quarters in groupby(others, lambda one: one.person):
        changes = "; ".join(f"{one.period} {told(_, one.was)} → {told(_, one.becomes)}" for one in quarters)
        yield f"{found.names.get(person, person)}: {changes}"


def told(_: Translator, outcome: Outcome) -> str:
    """Return a score, its grade and the multiplier of the bonus."""
    if outcome.score is None or outcome.grade is None or outcome.multiplier is None:
        return NO_DATA
    return f"{_.number(outcome.score)} {_(GRADE_NAMES[outcome.grade])} ×{_.number(outcome.multiplier)}"


def notes(_: Translator) -> str:
    """Return what the comparison rests on."""
    return _("Reckoned from the records by both handbooks. Results that were told stay as they are, and cycles that run keep their rules.")
