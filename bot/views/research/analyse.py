"""Analysing what was learned (§4.1.3): the form of a requirement, and the requirement document as it is read on a phone."""

from collections.abc import Mapping
from itertools import groupby

from bot.language import Translator
from bot.policy.research import Action, Item, Research, by_priority, is_measurable
from bot.views.blocks import (
    Block,
    Choice,
    Message,
    Sentence,
    actions,
    bold,
    button,
    choices_input,
    clip,
    field_of,
    overflow,
    paragraph,
    prose,
    says,
    section,
    select,
    text_input,
)
from bot.views.research.prepare import form
from bot.views.research.sheet import MENU, Seen, facts, name
from bot.views.research.steps import DOCUMENT, ITEM, NEED_NAMES, REMOVE, SHOW

PAGE = 8
KEY = "\N{BLACK STAR}"


def item_form(_: Translator, research: Research, item: Item | None, text: str, priorities: Mapping[str, str]) -> Block:
    """Return the form of a requirement, with what was typed of it."""
    was = {"text": text} if item is None else item.snapshot()
    needs = [Choice(need, _(words)) for need, words in NEED_NAMES.items()]
    urgent = [Choice(known, clip(words, 75)) for known, words in priorities.items()]
    key = choices_input("key", [Choice("key", _("Key requirement"))], ["key"] if item and item.key else [])
    hint = _("Name a number, a percentage, a length of time or a comparison, for example: at most 2 s for 95 % of queries.")
    fields = [
        field_of(_("Requirement"), text_input("text", str(was["text"]), lines=True, limit=1000)),
        field_of(_("Type"), select("need", needs, str(was.get("need", "")))),
        field_of(_("Priority"), select("priority", urgent, str(was.get("priority", "")))),
        field_of(_("Mark"), key, optional=True),
        field_of(
            _("How it is measured"),
            text_input("acceptance", str(was.get("acceptance", "")), lines=True, limit=500),
            optional=True,
            hint=hint,
        ),
    ]
    made = form(_, ITEM, _("Requirement"), research, fields)
    return made | {"private_metadata": f"{research.id}:{item.id}" if item else str(research.id)}


def kept(_: Translator, research: Research, item: Item) -> Sentence:
    """Say back which requirement was kept, and whether a key one lacks a measure."""
    text = clip(item.text, 300)
    if item.key and not is_measurable(item.acceptance):
        template = _.template("Kept for {customer}: requirement {n}, “{text}”. Key, but it cannot be measured yet.")
        return prose(template, customer=name(research), n=str(item.id), text=text)
    return prose(_.template("Kept for {customer}: requirement {n}, “{text}”."), customer=name(research), n=str(item.id), text=text)


def removed(_: Translator, research: Research) -> Sentence:
    """Say that a requirement was removed."""
    return prose(_.template("A requirement of {customer} was removed."), customer=name(research))


def analysing(_: Translator, research: Research) -> Sentence:
    """Say that the analysis has begun."""
    return prose(_.template("What was learned from {customer} is being analysed."), customer=name(research))


def document(_: Translator, research: Research, page: int, seen: Seen, told: Sentence = ()) -> Message:
    """Return one page of the requirement document: by priority, key requirements marked; `page` counts from 0."""
    items = by_priority(research, list(seen.priorities))
    last = max((len(items) - 1) // PAGE, 0)
    here = min(max(page, 0), last)
    shown = items[here * PAGE : (here + 1) * PAGE]
    head = prose(_.template("Requirement document of {customer}"), customer=name(research))
    place = [prose(_.template("Page {page} of {pages}"), page=str(here + 1), pages=str(last + 1))] if last else []
    none = [] if items else [prose(_.template("There is no requirement yet."))]
    rows = [
        block for priority, group in groupby(shown, lambda item: item.priority) for block in grouped(_, research, priority, [*group], seen)
    ]
    lines = [*([told] if told else []), head, facts(_, research), *place, *none]
    return says(*lines, also=[*rows, *ways(_, research, here, last)])


def grouped(_: Translator, research: Research, priority: str, items: list[Item], seen: Seen) -> list[Block]:
    """Return the requirements of one priority below its name."""
    return [paragraph((bold(seen.priorities.get(priority, priority)),)), *(row(_, research, item, seen) for item in items)]


def row(_: Translator, research: Research, item: Item, seen: Seen) -> Block:
    """Return one requirement: what it is, its type and its measure, with what can be done to it."""
    mark = f"{KEY} " if item.key else ""
    measure = item.acceptance or _("no measure yet")
    text = f"{mark}{item.id}. {item.text}\n{_(NEED_NAMES[item.need])} · {measure}"
    value = f"{research.id}:{item.id}"
    menu = overflow(MENU, [Choice(f"{ITEM} {value}", _("Change")), Choice(f"{REMOVE} {value}", _("Remove"))])
    return section(text, menu if Action.ITEM in seen.steps else None)


def ways(_: Translator, research: Research, page: int, last: int) -> list[Block]:
    """Return the ways on from a page of the document; the way back in a row of its own, where it may have the same id as the way on."""
    back = [actions(button(_("Previous"), DOCUMENT, f"{research.id}:{page - 1}"))] if page else []
    on = [button(_("Next"), DOCUMENT, f"{research.id}:{page + 1}")] if page < last else []
    return [*back, actions(*on, button(_("Open"), SHOW, str(research.id)))]
