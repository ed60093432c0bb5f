"""The form of the self-review (§5.3.1) in steps, and what was written as the person reads it."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from bot.language import N_, NO_DATA, Translator
from bot.policy.appraisals.cycle import Cycle
from bot.policy.appraisals.record import LONG, PART_NAMES, TOLD, Appraisal, Part, State
from bot.policy.appraisals.self_review import MARK, SUMMARY, WORDS, Page, entries, fields_of, missing, page_of
from bot.views.appraisals.results import RESULT
from bot.views.appraisals.self_review import MARKS, recall_button, standing
from bot.views.blocks import (
    Block,
    Choice,
    Message,
    Sentence,
    actions,
    bold,
    bullets,
    button,
    context,
    divider,
    field_of,
    header,
    heard,
    modal,
    paragraph,
    prose,
    quote,
    says,
    select,
    text_input,
)

DRAFT, TURN_TO, STEP_FORM, READING = "appraisals.draft", "appraisals.turn_to", "appraisals.self", "appraisals.read"
ASIDE = "appraisals.aside"
PRINCIPLES = (
    N_("Customers come first: we look for what helps them."),
    N_("We know our trade and keep to its rules."),
    N_("We work as one team, across departments."),
    N_("We are honest, and keep our word."),
)
ABOUT_PARTS: Mapping[Part, str] = {
    Part.RESULTS: N_("Bids, sales, and what came of them."),
    Part.QUALITY: N_("Research, solutions and bid documents: what was good, what was not."),
    Part.SATISFACTION: N_("What customers said, and what you did about it."),
    Part.TEAMWORK: N_("Working with sales, engineering and other departments."),
}
PAGE_TITLES: Mapping[Page, str] = {
    Page.DID: N_("What you did"),
    Page.PARTS: N_("How the period went"),
    Page.SKILLS: N_("What you are good at"),
    Page.CHECK: N_("Read it once more"),
}


class Place(NamedTuple):
    """Where a form stands: whose it is, its step, the version it was opened with, and whether what is missing is asked for."""

    appraisal: int
    page: Page
    version: int
    asking: bool = False

    @property
    def written(self) -> str:
        """Return it as the form carries it."""
        return f"{self.appraisal}:{self.page}:{self.version}:{int(self.asking)}"


def set_aside(_: Translator, cycle: Cycle, name: str, text: str, skills: Mapping[str, str]) -> Message:
    """Bring a person a text of theirs for which a field had no room beside a newer one."""
    template = _.template("You wrote two texts for “{field}” in two windows ({period}). There is room for one; this is the other:")
    return says(prose(template, field=label(_, name, skills), period=cycle.period), also=[quote(text)])


def step_form(
    _: Translator, place: Place, cycle: Cycle, appraisal: Appraisal, skills: Mapping[str, str], above: Collection[Block] = ()
) -> Block:
    """Return a step of the form, filled with the draft; `above` is what stands over its fields, `skills` names the competencies."""
    number = [*Page].index(place.page)
    last = place.page is Page.CHECK
    blocks = [
        paragraph(whereabouts(_, cycle, number + 1)),
        header(_(PAGE_TITLES[place.page])),
        *asked_for(_, place, appraisal, skills),
        *above,
        *(reading_blocks(_, appraisal, skills, place) if last else fields(_, place, appraisal, skills)),
        *([actions(button(_("Back"), TURN_TO, [*Page][number - 1]))] if number else []),
    ]
    ready = _("Hand in") if last else _("Next step")
    return modal(STEP_FORM, _("Self-review"), blocks, submit=ready, close=_("Close"), metadata=place.written)


def whereabouts(_: Translator, cycle: Cycle, number: int) -> Sentence:
    """Say which self-review this is, until when it is due, and which step."""
    told = _.template("Self-review {period}, due {day}, step {n} of {all}")
    period, day = bold(cycle.period), bold(_.day(cycle.self_due))
    return prose(told, period=period, day=day, n=_.number(number), all=_.number(len(Page)))


def asked_for(_: Translator, place: Place, appraisal: Appraisal, skills: Mapping[str, str]) -> list[Block]:
    """Say that all of it is needed, which the fields do not, for one may go on without; once it is asked for, how much is missing."""
    needed = _("You can leave a field for later, but all are needed before you hand in; what you type is kept as a draft.")
    lacking = len(missing(appraisal.self_review, list(skills))) if place.asking else 0
    told = _.plural("{n} answer is still missing.", "{n} answers are still missing.", lacking)
    return [*([paragraph((bold(told),))] if lacking else []), context(needed)]


def principles(_: Translator) -> list[Block]:
    """Return the four principles (§1.3) in plain words."""
    return [paragraph((bold(_("What we go by")),)), bullets(*(prose(_.template(one)) for one in PRINCIPLES)), divider()]


def fields(_: Translator, place: Place, appraisal: Appraisal, skills: Mapping[str, str]) -> list[Block]:
    """Return the fields of a step, what is missing marked once it is asked for."""
    found = entries(appraisal.self_review)
    lacking = missing(appraisal.self_review, list(skills)) if place.asking else []
    return [field(_, name, found.get(name, ""), skills, name in lacking) for name in fields_of(place.page, skills)]


def field(_: Translator, name: str, entered: str, skills: Mapping[str, str], lacking: bool) -> Block:
    """Return one field, which reports what is typed or chosen in it at once."""
    hint = " ".join(filter(None, [_("Still missing.") if lacking else "", hint_of(_, name)]))
    if name.startswith(MARK):
        element = select(name, [Choice(str(mark), _(words)) for mark, words in MARKS.items()], entered)
    else:
        element = text_input(name, entered, lines=True, limit=LONG)
    return heard(field_of(label(_, name, skills), element, optional=True, hint=hint), DRAFT)


def label(_: Translator, name: str, skills: Mapping[str, str]) -> str:
    """Return what a field is called."""
    if name == SUMMARY:
        return _("Your summary of the period")
    subject = capitalised(subject_of(_, name, skills))
    if page_of(name) is Page.SKILLS:
        subject = _("{competency} (competency)", competency=subject)
    if name.startswith(MARK):
        return _("{subject}: your own mark", subject=subject)
    return _("{subject}: in your words", subject=subject) if page_of(name) is Page.PARTS else _("{subject}: what shows it", subject=subject)


def capitalised(text: str) -> str:
    """Return text with a capital letter at its beginning."""
    return text[:1].upper() + text[1:]


def subject_of(_: Translator, name: str, skills: Mapping[str, str]) -> str:
    """Return the part or the competency that a field is about."""
    kind, _dash, subject = name.removeprefix(MARK).removeprefix(WORDS).partition("_")
    return _(PART_NAMES[Part(subject)]) if kind == "part" else skills.get(subject, subject)


def hint_of(_: Translator, name: str) -> str:
    """Return what helps to fill a field."""
    if name == SUMMARY:
        return _("What mattered most, what went well, what did not.")
    if not name.startswith(WORDS):
        return ""
    subject = name.removeprefix(f"{WORDS}part_")
    return _("An example from the period, with its number.") if subject == name else _(ABOUT_PARTS[Part(subject)])


def reading_blocks(_: Translator, appraisal: Appraisal, skills: Mapping[str, str], place: Place | None = None) -> list[Block]:
    """Return all that was written; in the form, with the way back to each step, and what is missing."""
    found = entries(appraisal.self_review)
    blocks: list[Block] = []
    for page in (Page.DID, Page.PARTS, Page.SKILLS):
        change = [actions(button(_("Change"), TURN_TO, page))] if place else []
        told = [block for name in fields_of(page, skills) for block in entry_told(_, name, found.get(name, ""), skills)]
        blocks += [paragraph((bold(_(PAGE_TITLES[page])),)), *told, *change]
    return blocks


def entry_told(_: Translator, name: str, entered: str, skills: Mapping[str, str]) -> list[Block]:
    """Return what stands in one field."""
    called = label(_, name, skills)
    if name.startswith(MARK) and entered:
        return [paragraph(prose(_.template("{label}: {value}"), label=called, value=bold(_(MARKS[int(entered)]))))]
    if entered:
        return [paragraph(prose(_.template("{label}:"), label=called)), quote(entered)]
    return [context(_("{label}: {value}", label=called, value=NO_DATA))]


def reading(_: Translator, cycle: Cycle, appraisal: Appraisal, skills: Mapping[str, str]) -> Block:
    """Show a person what they handed in, with the way to take it back while their manager has not begun, and later to the result."""
    back = [recall_button(_, appraisal)] if appraisal.state is State.SELF_SUBMITTED else []
    result = [button(_("See the result"), RESULT, str(appraisal.id), "primary")] if appraisal.state in TOLD else []
    row = [actions(*back, *result)] if back or result else []
    blocks = [paragraph(standing(_, cycle, appraisal)), *row, divider(), *reading_blocks(_, appraisal, skills)]
    return modal(READING, _("Self-review"), blocks, close=_("Close"))
