"""What the steps of a manager's form share (§5.3.1): their names, what they are made of, and the fields of a mark."""

from collections.abc import Mapping, Sequence
from enum import IntEnum
from typing import NamedTuple

from bot.language import N_, Translator
from bot.policy.appraisals.cycle import Cycle
from bot.policy.appraisals.evidence import Heap, Work
from bot.policy.appraisals.marks import part_comment, part_mark
from bot.policy.appraisals.record import LONG, PART_NAMES, Appraisal, Measured, Part, Scoring
from bot.policy.appraisals.suggesting import Suggestion
from bot.views.appraisals.self_form import capitalised
from bot.views.appraisals.self_review import MARKS
from bot.views.blocks import Block, Choice, Sentence, actions, bold, button, field_of, heard, modal, prose, select, text_input

LATE, EVIDENCE, MARKED, REST, GRADE = (
    "appraisals.score_late",
    "appraisals.score_evidence",
    "appraisals.score_marks",
    "appraisals.score_rest",
    "appraisals.score_grade",
)
DRAFT, WEIGH, BACK, WHY = "appraisals.score_draft", "appraisals.score_weigh", "appraisals.score_back", "appraisals.score_why"
REASON, BESIDE = 1000, 2000  # characters of a reason, and of each text of the self-review beside the fields

CRITERIA: Mapping[Part, str] = {
    Part.RESULTS: N_("Bids won and lost, and the sales that they brought (§5.1.1)."),
    Part.QUALITY: N_("Research that was accurate; solutions feasible, sound and new; bids accurate, in form and complete (§5.1.2)."),
    Part.SATISFACTION: N_("What customers said, and how promptly they were helped (§5.1.3)."),
    Part.TEAMWORK: N_("Cooperation with sales, engineering and others: how they communicate and solve problems (§5.1.4)."),
}


class Page(IntEnum):
    """The steps of the form."""

    EVIDENCE = 1
    MARKS = 2
    REST = 3
    GRADE = 4


class Shown(NamedTuple):
    """What the form is made of besides the appraisal: its measures and work, what is suggested, and people's names."""

    measured: Sequence[Measured]
    suggestion: Suggestion
    names: Mapping[str, str]
    work: Mapping[Work, Heap]
    note: str = ""


def about(_: Translator, cycle: Cycle, appraisal: Appraisal, shown: Shown, page: Page) -> Sentence:
    """Say who is scored for what, and which step this is."""
    name = bold(shown.names.get(appraisal.person, appraisal.person))
    facts = {"period": cycle.called, "step": _.number(page), "steps": _.number(len(Page))}
    return prose(_.template("{name}, {period}: step {step} of {steps}"), name=name, **facts)


def step_of(_: Translator, callback: str, appraisal: Appraisal, blocks: Sequence[Block], submit: str, back: Page | None = None) -> Block:
    """Return a step with the way back to the one before."""
    way = [actions(button(_("Back"), BACK, f"{appraisal.id}:{back}"))] if back else []
    return modal(callback, _("Score"), [*blocks, *way], submit=submit, close=_("Close"), metadata=str(appraisal.id))


def marking(_: Translator, scoring: Scoring, part: Part, action: str) -> list[Block]:
    """Return the two fields of one part."""
    choices = [Choice(str(given), _(word)) for given, word in MARKS.items()]
    mark = field_of(
        capitalised(_(PART_NAMES[part])), select(part_mark(part), choices, str(scoring.marks.get(part, ""))), hint=_(CRITERIA[part])
    )
    comment = text_input(part_comment(part), scoring.comments.get(part, ""), lines=True, limit=LONG)
    label = _("Comment on {part}", part=_(PART_NAMES[part]))
    return [heard(mark, action), heard(field_of(label, comment, optional=True), DRAFT)]


def entered(appraisal: Appraisal) -> Scoring:
    """Return what was entered so far."""
    return appraisal.scoring or Scoring(manager=appraisal.manager)
