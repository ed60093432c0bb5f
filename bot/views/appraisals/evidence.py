"""What a person did in a period, as the self-review shows it (§5.3.1): their work with its state, and the measures so far."""

from collections.abc import Mapping, Sequence

from bot.language import Translator
from bot.policy.appraisals.evidence import WORK_NAMES, Done, Heap, Work
from bot.policy.appraisals.record import MEASURE_NAMES, Appraisal, Measured
from bot.views.appraisals.standing import none_counts, value_and_score
from bot.views.blocks import Block, Sentence, Span, actions, bold, bullets, button, clip, code, context, modal, paragraph, prose

MORE, PAGE = "appraisals.work", "appraisals.work_page"
FEW, MANY = 5, 20  # pieces of work: in the form, and on a page of their own
NAME = 80


def work_told(_: Translator, appraisal: Appraisal, work: Mapping[Work, Heap]) -> list[Block]:
    """Return what a person did, a list for each kind of which there is any, with the way to the rest of it."""
    shown = [(kind, heap) for kind, heap in work.items() if heap.total or heap.hidden]
    if not shown:
        return [context(_("Nothing of this period is on record here. Tell about your work in your own words below."))]
    return [block for kind, heap in shown for block in heap_told(_, appraisal, kind, heap)]


def heap_told(_: Translator, appraisal: Appraisal, kind: Work, heap: Heap) -> list[Block]:
    """Return the work of one kind: how much it is, the latest of it, and the way to the rest."""
    head = paragraph(prose("{kind}: {n}", kind=bold(_(WORK_NAMES[kind])), n=_.number(heap.total + heap.hidden)))
    left = heap.total - len(heap.latest)
    row = [actions(rest(_, left, f"{appraisal.id}:{kind}:0"))] if left > 0 else []
    listed = [bullets(*(line(_, one) for one in heap.latest))] if heap.latest else []
    return [head, *listed, *secret(_, heap), *row]


def secret(_: Translator, heap: Heap) -> list[Block]:
    """Say how much of it the reader may not know."""
    told = _.plural("{n} of them is not for you to see.", "{n} of them are not for you to see.", heap.hidden)
    return [context(told)] if heap.hidden else []


def rest(_: Translator, left: int, value: str) -> Block:
    """Return the button that leads to all of one kind."""
    return button(_.plural("and {n} more", "and {n} more", left), MORE, value)


def line(_: Translator, done: Done) -> Sentence:
    """Return one piece of work, its number a link to where it was told of."""
    number = Span(done.number, "link", url=done.link) if done.link else Span(done.number)
    standing = _("{n} of 5", n=done.mark) if done.mark else _(done.state)
    name = clip(done.called, NAME) if done.called else ""
    return (number, *(Span(f" · {words}") for words in (name, standing) if words))


def work_page(_: Translator, appraisal: Appraisal, kind: Work, heap: Heap, offset: int) -> Block:
    """Return a page of all work of one kind, with the way to the next one."""
    after = offset + len(heap.latest)
    on = [actions(button(_("More"), MORE, f"{appraisal.id}:{kind}:{after}"))] if after < heap.total else []
    listed = [bullets(*(line(_, one) for one in heap.latest))] if heap.latest else [context(_("There is no more."))]
    return modal(PAGE, _("What you did"), [paragraph((bold(_(WORK_NAMES[kind])),)), *listed, *on], close=_("Back"))


def measures_told(_: Translator, appraisal: Appraisal, measures: Sequence[Measured]) -> list[Block]:
    """Return the measures so far, which nobody types, and how to ask why."""
    if not measures:
        return []
    few = paragraph(prose(_.template("Every measure has too few cases, so none counts.")))
    listed = few if none_counts(measures) else bullets(*(measure_line(_, one) for one in measures))
    why = prose(_.template("Nobody types these in. {command} shows what each is made of."), command=code(f"/review why {appraisal.period}"))
    return [paragraph((bold(_("Your measures so far")),)), listed, paragraph(why)]


def measure_line(_: Translator, one: Measured) -> Sentence:
    """Return a measure with its score and weight, or that there is too little to tell."""
    name = bold(_(MEASURE_NAMES[one.measure]))
    if one.score is None:
        return prose(_.template("{measure}: too few cases so far, so it does not count"), measure=name)
    weight = _.percent(one.weight, 100)
    return prose(_.template("{measure}: {value} · weight {weight}"), measure=name, value=value_and_score(_, one), weight=weight)
