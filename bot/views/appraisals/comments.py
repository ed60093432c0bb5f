"""What was written and marked in an appraisal (§5.3.1): the manager's comments, and the marks of both for each competency."""

from bot.language import NO_DATA, Translator
from bot.policy.appraisals.cycle import Rules
from bot.policy.appraisals.record import PART_NAMES, Appraisal, Part
from bot.views.blocks import Block, bold, bullets, clip, paragraph, prose, quote


def comments(_: Translator, appraisal: Appraisal, limit: int) -> list[Block]:
    """Return the manager's marks and comments, and what they suggest for the person's development."""
    scoring = appraisal.scoring
    if scoring is None:
        return []
    parts = [block for part in Part for block in marked(_, appraisal, part, limit)]
    texts = ((_("The manager's comment"), scoring.comment), (_("Suggested development"), scoring.development))
    said = [block for title, text in texts if text for block in (paragraph((bold(title),)), quote(clip(text, limit)))]
    return [*parts, *said, *([paragraph((bold(reason(_, appraisal)),)), quote(clip(scoring.why, limit))] if scoring.why else [])]


def reason(_: Translator, appraisal: Appraisal) -> str:
    """Return the title of what the manager wrote about the grade: where too little was measured, none was suggested."""
    if appraisal.suggested is None:
        return _("Why this grade, as the measures suggested none")
    return _("Why the grade is not the one suggested by the score")


def marked(_: Translator, appraisal: Appraisal, part: Part, limit: int) -> list[Block]:
    """Return the manager's mark and comment on one part, beside the person's own mark."""
    scoring = appraisal.scoring
    theirs, comment = (scoring.marks.get(part), scoring.comments.get(part, "")) if scoring else (None, "")
    mine = appraisal.self_review.marks.get(part)
    if theirs is None and not comment:
        return []
    line = prose(_.template("{part}: manager {theirs}, own {mine}"), part=bold(_(PART_NAMES[part])), **marks(_, theirs, mine))
    return [paragraph(line), *([quote(clip(comment, limit))] if comment else [])]


def marks(_: Translator, theirs: int | None, mine: int | None) -> dict[str, str]:
    """Return two marks of five as text."""
    given = (("theirs", theirs), ("mine", mine))
    return {name: NO_DATA if mark is None else _("{n} of 5", n=_.number(mark)) for name, mark in given}


def competencies(_: Translator, appraisal: Appraisal, rules: Rules) -> list[Block]:
    """Return the marks for each competency."""
    given = appraisal.scoring.competencies if appraisal.scoring else {}
    mine = appraisal.self_review.competencies
    line = _.template("{part}: manager {theirs}, own {mine}")
    rows = [
        prose(line, part=one.name[_.language], **marks(_, given.get(one.id), mine.get(one.id)))
        for one in rules.appraisals.competencies
        if one.id in given or one.id in mine
    ]
    return [paragraph((bold(_("Competencies")),)), bullets(*rows)] if rows else []
