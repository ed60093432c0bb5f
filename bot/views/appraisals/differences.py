"""Own and given marks side by side (§5.3.1), the largest differences first, with what the person wrote, and the radar (§2.2)."""

from collections.abc import Mapping

from bot.language import NO_DATA, Translator
from bot.policy.appraisals.cycle import Cycle, rules_of
from bot.policy.appraisals.marks import Difference, differences, own_review
from bot.policy.appraisals.record import LONG, PART_NAMES, Appraisal, Part, Scoring
from bot.views import charts
from bot.views.blocks import Block, Sentence, Span, actions, bold, bullets, button, clip, context, modal, paragraph, prose, quote, section

SHEET, RADAR = "appraisals.compared", "appraisals.radar"
LATEST = 3  # earlier scorings that are shown


def sheet(_: Translator, cycle: Cycle, appraisal: Appraisal, names: Mapping[str, str], note: str = "") -> Block:
    """Return the comparison of a scoring that was handed in."""
    title = prose(
        _.template("{name}: appraisal of {period}"), name=bold(names.get(appraisal.person, appraisal.person)), period=cycle.called
    )
    blocks = [paragraph(title), *compared(_, cycle, appraisal, note), *earlier(_, cycle, appraisal, names)]
    return modal(SHEET, _("Differences"), blocks, close=_("Close"), metadata=str(appraisal.id))


def compared(_: Translator, cycle: Cycle, appraisal: Appraisal, note: str = "", limit: int = LONG) -> list[Block]:
    """Return the marks side by side, the way to their picture, and the self-review; nothing while it is covered.

    `limit` is how many characters of each text are shown: a form that has fields of its own has less room.
    """
    found = differences(appraisal)
    if not found:
        return [section(_("The self-review is covered until the blind marks are fixed."))]
    head = (bold(_("Self-review and manager side by side, the largest differences first")),)
    rated = competencies(_, cycle)
    called = [rated.get(one.name, one.name) if one.competency else _(PART_NAMES[Part(one.name)]) for one in found]
    rows = bullets(*(difference(_, name, one) for name, one in zip(called, found, strict=True)))
    picture = actions(button(_("Picture of the competencies"), RADAR, str(appraisal.id)))
    return [paragraph(head), rows, picture, *([context(note)] if note else []), *own_words(_, cycle, appraisal, limit)]


def difference(_: Translator, name: str, one: Difference) -> Sentence:
    """Return one line of the comparison."""
    facts: dict[str, str | Span] = {"name": bold(name), "own": mark(_, one.own), "given": mark(_, one.given)}
    if not one.size:
        return prose(_.template("{name}: self {own}, manager {given}"), **facts)
    return prose(_.template("{name}: self {own}, manager {given}, apart by {size}"), **facts, size=_.number(one.size))


def mark(_: Translator, given: int | None) -> str:
    """Return a mark, or a dash."""
    return NO_DATA if given is None else _.number(given)


def competencies(_: Translator, cycle: Cycle) -> dict[str, str]:
    """Return the names of the competencies, by id; one that is called like a part says what it is."""
    parts = {_(name) for name in PART_NAMES.values()}
    named = {one.id: one.name[_.language] for one in rules_of(cycle).appraisals.competencies}
    return {one: _("{name} (competency)", name=name) if name in parts else name for one, name in named.items()}


def own_words(_: Translator, cycle: Cycle, appraisal: Appraisal, limit: int = LONG) -> list[Block]:
    """Return what the person wrote of themselves, or that nothing was handed in."""
    own = own_review(appraisal)
    if own is None:
        late = _("No self-review was handed in. Scored without it because: {why}", why=appraisal.late_why or NO_DATA)
        return [section(clip(late, 3000))]
    rated = competencies(_, cycle)
    texts = [
        (_("Summary"), own.summary),
        *((_(PART_NAMES[part]), own.words.get(part, "")) for part in Part),
        *((rated[one], text) for one, text in own.evidence.items() if one in rated),
    ]
    told = [block for title, text in texts if text for block in (paragraph((bold(title),)), quote(clip(text, limit)))]
    return [paragraph((bold(_("What the self-review says")),)), *told] if told else [section(_("The self-review holds marks only."))]


def earlier(_: Translator, cycle: Cycle, appraisal: Appraisal, names: Mapping[str, str]) -> list[Block]:
    """Return what managers before this one had entered, to be read."""
    return [block for one in appraisal.earlier[-LATEST:] for block in of_another(_, cycle, one, names)]


def of_another(_: Translator, cycle: Cycle, scoring: Scoring, names: Mapping[str, str]) -> list[Block]:
    """Return the scoring of an earlier manager."""
    head = prose(_.template("Entered by {name}, the manager before"), name=bold(names.get(scoring.manager, scoring.manager)))
    rows = [prose("{name}: {mark}", name=name, mark=_.number(given)) for name, given in marks_of(_, cycle, scoring)]
    texts = [text for text in (*scoring.comments.values(), scoring.comment) if text]
    return [paragraph(head), *([bullets(*rows)] if rows else []), *([quote("\n".join(texts))] if texts else [])]


def marks_of(_: Translator, cycle: Cycle, scoring: Scoring) -> list[tuple[str, int]]:
    """Return the marks of a scoring with the names of what they are for."""
    rated = competencies(_, cycle)
    parts = [(_(PART_NAMES[part]), given) for part, given in scoring.marks.items()]
    return [*parts, *((rated.get(one, one), given) for one, given in scoring.competencies.items())]


def picture_title(_: Translator, name: str, period: str) -> str:
    """Return the title of the radar."""
    return _("{name}: competencies, {period}", name=name, period=period)


def picture_note(_: Translator) -> str:
    """Return the small print of the radar."""
    return _("Marks of 1 to 5.")


def axes(_: Translator, cycle: Cycle) -> list[str]:
    """Return the spokes of the radar: the competencies of the handbook that the cycle began with."""
    return [one.name[_.language] for one in rules_of(cycle).appraisals.competencies]


def series(_: Translator, cycle: Cycle, appraisal: Appraisal) -> list[charts.Series]:
    """Return the two lines of the radar."""
    own, given = own_review(appraisal), appraisal.scoring
    ids = [one.id for one in rules_of(cycle).appraisals.competencies]
    mine = [own.competencies.get(one) if own else None for one in ids]
    theirs = [given.competencies.get(one) if given else None for one in ids]
    return [charts.Series(_("self-review"), mine), charts.Series(_("manager"), theirs)]
