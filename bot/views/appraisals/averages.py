"""Averages of a cycle (§5.3): by team and by who scored, of groups that are large enough."""

from bot.language import NO_DATA, Translator
from bot.policy.appraisals.calibration import Average, Averages
from bot.policy.appraisals.cycle import Cycle
from bot.policy.appraisals.record import GRADE_NAMES
from bot.views.appraisals.calibration import AVERAGES, TEAMS, Names, Place
from bot.views.appraisals.team import CALIBRATION
from bot.views.blocks import Block, Sentence, Span, actions, bold, bullets, button, clip, context, modal, paragraph, prose


def averages(_: Translator, cycle: Cycle, found: Averages, place: Place, names: Names) -> Block:
    """Return the averages by team and by manager; of small groups only how many they are."""
    title = prose(_.template("Averages of {period}"), period=bold(cycle.called))
    small = context(_("Groups of few people are hidden, and so are those by which one could tell them. Your own score is not in here."))
    whole = paragraph(title, average(_, _("everybody"), found.everybody))
    teams = [average(_, one.name or _("without a team"), one) for one in found.teams[:TEAMS]]
    managers = [average(_, names.get(one.name, one.name) or NO_DATA, one) for one in found.managers[:TEAMS]]
    groups = [
        block
        for head, lines in ((_("By team"), teams), (_("By who scored"), managers))
        if lines
        for block in (paragraph((bold(head),)), bullets(*lines))
    ]
    way = actions(button(_("Back"), CALIBRATION, place.written))
    return modal(AVERAGES, _("Averages"), [whole, small, *groups, way], close=_("Close"), metadata=place.written)


def average(_: Translator, name: str, one: Average) -> Sentence:
    """Return one group in a line: mean score, how lenient, and the grades."""
    facts: dict[str, str | Span] = {"name": bold(clip(name, 100)), "n": _.number(one.people)}
    if one.mean is None:
        return prose(_.template("{name} ({n}): too few people to show"), **facts)
    grades = _.list([_("{grade}: {n}", grade=_(GRADE_NAMES[grade]), n=_.number(n)) for grade, n in one.grades.items()])
    if one.leniency is None:
        return prose(_.template("{name} ({n}): mean score {mean}; {grades}"), **facts, mean=_.number(one.mean), grades=grades)
    against = f"{'+' if one.leniency > 0 else ''}{_.number(one.leniency)}"
    told = _.template("{name} ({n}): mean score {mean}, against everybody {against}; {grades}")
    return prose(told, **facts, mean=_.number(one.mean), against=against, grades=grades)
