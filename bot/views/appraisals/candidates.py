"""The year's lists (§5.3.2, §5.4.2-5.4.3): who may get what by the handbook, and why; lists only, for people to decide."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bot.language import N_, Translator
from bot.policy.appraisals.cycle import Cycle
from bot.policy.appraisals.record import GRADE_NAMES
from bot.policy.appraisals.years import Candidate, Gap, Use
from bot.tables import Cell
from bot.views.blocks import Block, Choice, Message, actions, bold, button, code, context, message, paragraph, prose, says, section, select

SHOW, FILE = "appraisals.year", "appraisals.year_file"
PAGE = 15
COLUMNS = ("person", "name", "list", "year", "grade", "score", "served", "days", "quarters", "missing")

USES: Mapping[Use, str] = {
    Use.PAY: N_("Pay"),
    Use.PROMOTION: N_("Promotion"),
    Use.TRAINING: N_("Training"),
    Use.AWARDS: N_("Awards"),
}
TITLES: Mapping[Use, str] = {
    Use.PAY: N_("Candidates for a change of pay"),
    Use.PROMOTION: N_("Candidates for promotion"),
    Use.TRAINING: N_("Suggested for more training"),
    Use.AWARDS: N_("Candidates for awards"),
}
GAPS: Mapping[Gap, str] = {
    Gap.QUARTERS: N_("not every quarter was graded"),
    Gap.SERVED: N_("not here for the whole year"),
    Gap.POST: N_("no post is known"),
    Gap.APPEAL: N_("an appeal is open"),
}


class Listed(NamedTuple):
    """One list as it is shown: of which use and with whom, who may be on it by the handbook, and which lists this person may see."""

    use: Use
    found: Sequence[Candidate]
    grades: Sequence[str]
    uses: Sequence[Use]
    names: Mapping[str, str]


def listing(_: Translator, cycle: Cycle, listed: Listed, page: int = 0) -> Message:
    """Return a page of a list, with the ways to the other lists."""
    title = _("{list}, {period}", list=_(TITLES[listed.use]), period=cycle.period)
    rule = (
        _("By the handbook, those graded {grades}.", grades=_.list(listed.grades)) if listed.grades else _("The handbook names no grade.")
    )
    count = _.plural("{n} person", "{n} people", len(listed.found))
    rows = [section(row(_, one, listed.names)) for one in listed.found[page * PAGE : (page + 1) * PAGE]]
    small = context(_("A list only: nothing changes by itself."))
    head = paragraph((bold(title),), prose("{text}", text=f"{rule} {count}"))
    return message(head, *rows, *ways(_, cycle, listed, page), small, text=title)


def row(_: Translator, one: Candidate, names: Mapping[str, str]) -> str:
    """Return one person with grade, score, the grades of the quarters, and what is missing."""
    appraisal = one.appraisal
    grade = _(GRADE_NAMES[appraisal.final_grade]) if appraisal.final_grade else _("not graded")
    score = _("{score} of 100", score=_.number(appraisal.score)) if appraisal.score is not None else _("no score")
    top = _("{name}: {grade}, {score}", name=names.get(appraisal.person, appraisal.person), grade=grade, score=score)
    missing = _("Missing: {gaps}", gaps=_.list([_(GAPS[gap]) for gap in one.gaps])) if one.gaps else ""
    return "\n".join(filter(None, [top, history(_, one), missing]))


def history(_: Translator, one: Candidate) -> str:
    """Return the grades of the quarters in one line."""
    return " · ".join(f"{name} {_(GRADE_NAMES[grade]) if grade else _('not graded')}" for name, _score, grade in one.history)


def ways(_: Translator, cycle: Cycle, listed: Listed, page: int) -> list[Block]:
    """Return the menu of the lists, and the way to the next page and to the file for those who see them all."""
    choices = [Choice(f"{cycle.id}:{use}:0", _(USES[use])) for use in listed.uses]
    menu = [select(SHOW, choices, initial=f"{cycle.id}:{listed.use}:0")] if len(choices) > 1 else []
    file = [button(_("CSV"), FILE, str(cycle.id))] if set(listed.uses) == set(Use) else []
    on = [button(_("More"), SHOW, f"{cycle.id}:{listed.use}:{page + 1}")] if (page + 1) * PAGE < len(listed.found) else []
    return [actions(*row) for row in ([*menu, *file], on) if row]


def cells(cycle: Cycle, use: Use, one: Candidate, names: Mapping[str, str]) -> list[Cell]:
    """Return one candidate as the cells of COLUMNS."""
    of = one.appraisal
    quarters = [f"{name}: {grade or '-'} {'' if score is None else score}".strip() for name, score, grade in one.history]
    facts: list[Cell] = [of.person, names.get(of.person, ""), use.value, cycle.period, of.final_grade, of.score, of.served, of.days]
    return [*facts, quarters, [gap.value for gap in one.gaps]]


def coming(_: Translator) -> Message:
    """Say that the file is being made."""
    return says(prose(_.template("I am writing the file. It comes as a direct message, and the audit log notes it.")))


def enclosed(_: Translator, cycle: Cycle) -> str:
    """Return the words beside the file."""
    return _("The lists of {period}: pay, promotion, training and awards. Lists only: nothing changes by itself.", period=cycle.period)


def unsent(_: Translator, error: str) -> Message:
    """Say that the file could not be sent, in Slack's word."""
    return says(prose(_.template("I could not send the file; Slack says {error}."), error=code(error)))
