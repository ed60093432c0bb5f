"""What became of a scoring (§5.3.1): it was handed in, is to be reopened, or was."""

from collections.abc import Mapping

from bot.language import NO_DATA, Translator
from bot.policy.appraisals.cycle import Cycle
from bot.policy.appraisals.record import GRADE_NAMES, Appraisal
from bot.views.appraisals.scoring_steps import REASON
from bot.views.appraisals.team import REOPEN, SCORE, TEAM
from bot.views.blocks import Block, Message, actions, bold, button, field_of, modal, paragraph, prose, quote, says, text_input


def reopening(_: Translator, cycle: Cycle, appraisal: Appraisal, names: Mapping[str, str]) -> Block:
    """Ask why a scoring is to be reopened."""
    name = bold(names.get(appraisal.person, appraisal.person))
    head = prose(_.template("The scoring of {name} for {period} goes back to its manager to be changed."), name=name, period=cycle.called)
    why = field_of(_("Why?"), text_input("why", lines=True, limit=REASON))
    return modal(REOPEN, _("Reopen"), [paragraph(head), why], submit=_("Reopen"), close=_("Cancel"), metadata=str(appraisal.id))


def handed_in(_: Translator, cycle: Cycle, appraisal: Appraisal, names: Mapping[str, str], following: Appraisal | None = None) -> Message:
    """Say back what was handed in, with the way to whoever is to be scored next, and to the list."""
    name = bold(names.get(appraisal.person, appraisal.person))
    grade = bold(_(GRADE_NAMES[appraisal.grade])) if appraisal.grade else bold(NO_DATA)
    told = _.template("You scored {name} for {period}: {grade}. Until results are published you can reopen it from {command}.")
    on = [button(_("Score the next one"), SCORE, str(following.id), "primary")] if following else []
    mine = button(_("Your list"), TEAM, f"{cycle.id}:{appraisal.manager}:0")
    return says(prose(told, name=name, period=cycle.called, grade=grade, command="/review team"), also=[actions(*on, mine)])


def reopened(_: Translator, cycle: Cycle, appraisal: Appraisal, names: Mapping[str, str], by: str, why: str) -> Message:
    """Tell the manager that their scoring was reopened."""
    facts = {"name": bold(names.get(appraisal.person, appraisal.person)), "by": bold(names.get(by, by))}
    told = prose(_.template("{by} reopened your scoring of {name} for {period}:"), period=cycle.called, **facts)
    return says(told, also=[quote(why), actions(button(_("Go on scoring"), "appraisals.score", str(appraisal.id), "primary"))])
