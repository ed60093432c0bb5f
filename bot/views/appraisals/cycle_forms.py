"""The forms of a cycle's steps (§5.2): which period, until when, why, and who."""

from collections.abc import Sequence
from datetime import date

from bot.language import N_, Translator
from bot.policy.appraisals.cycle import Cycle
from bot.policy.appraisals.phases import DUES
from bot.views.appraisals.cycles import BACK, CANCEL, DAYS, OPEN, PEOPLE, POSTPONE, SCORER, SERVE
from bot.views.appraisals.progress import head
from bot.views.blocks import Block, Choice, day_input, field_of, modal, paragraph, person_input, prose, select, text_input

WHY = 500
TITLES = {BACK: N_("Back to the managers"), CANCEL: N_("Cancel the cycle")}


def open_form(_: Translator, periods: Sequence[str]) -> Block:
    """Return the form that begins a cycle."""
    choices = [Choice(period, period) for period in periods]
    hint = _("The financial years and quarters that have ended.")
    fields = [field_of(_("Period"), select("period", choices, periods[0]), hint=hint)]
    return modal(OPEN, _("Begin a cycle"), fields, submit=_("Begin"), close=_("Cancel"))


def postpone_form(_: Translator, cycle: Cycle) -> Block:
    """Return the form that sets the last days of the phases to come."""
    fields = [field_of(_(DAYS[name]), day_input(name, day_of(cycle, name))) for name in DUES.get(cycle.state, ())]
    lead = paragraph(prose(_.template("The whole of these days counts, by the clock of the head office.")))
    return modal(POSTPONE, _("Postpone"), [lead, *fields], submit=_("Save"), close=_("Cancel"), metadata=str(cycle.id))


def day_of(cycle: Cycle, name: str) -> date:
    """Return the last day of a phase, by its field's name."""
    day: date = getattr(cycle, name)
    return day


def why_form(_: Translator, cycle: Cycle, step: str) -> Block:
    """Return the form that asks why a cycle goes back or is cancelled."""
    fields = [paragraph(head(_, cycle)), field_of(_("Why?"), text_input("why", lines=True, limit=WHY))]
    return modal(step, _(TITLES[step]), fields, submit=_("Confirm"), close=_("Cancel"), metadata=str(cycle.id))


def person_form(_: Translator, cycle: Cycle, step: str, person: str) -> Block:
    """Return the form of a step about one person: who, and why, or how many days, or who scores."""
    of_step = {
        SERVE: [field_of(_("Days served"), text_input("served", limit=3), hint=_("Of the days of the period, weekends included."))],
        SCORER: [field_of(_("Who scores"), person_input("scorer"))],
    }
    why = [] if step == SCORER else [field_of(_("Why?"), text_input("why", lines=True, limit=WHY))]
    fields = [paragraph(head(_, cycle)), field_of(_("Person"), person_input("person", person)), *of_step.get(step, []), *why]
    return modal(step, _(PEOPLE[step]), fields, submit=_("Save"), close=_("Cancel"), metadata=str(cycle.id))
