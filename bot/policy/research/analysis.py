"""Analysing what was learned (§4.1.3): requirements by priority, key ones marked, each with what can be measured."""

from collections.abc import Sequence
from datetime import datetime

from bot.language import N_
from bot.policy.machine import Step
from bot.policy.refusal import Refusal
from bot.policy.research.record import Item, Research
from bot.policy.research.steps import Action, advance, check


def keep_item(research: Research, item: Item, actor: str, now: datetime) -> Step[Research]:
    """Keep a requirement; one with a known id takes the place of that, and whoever changes it becomes an author."""
    check(research, Action.ITEM)
    earlier = next((one for one in research.items if one.id == item.id), None)
    if item.id and earlier is None:
        raise Refusal(N_("That requirement was removed."))
    number = item.id or max((one.id for one in research.items), default=0) + 1
    authors = tuple(dict.fromkeys([*(earlier.authors if earlier else ()), actor]))
    kept = item.amended(id=number, authors=authors)
    items = tuple(kept if one.id == number else one for one in research.items) if earlier else (*research.items, kept)
    return advance(research, Action.ITEM, actor, now, items=items)


def remove_item(research: Research, number: int, actor: str, now: datetime) -> Step[Research]:
    """Take a requirement out of the document."""
    check(research, Action.ITEM)
    items = tuple(one for one in research.items if one.id != number)
    if len(items) == len(research.items):
        raise Refusal(N_("That requirement was removed."))
    return advance(research, Action.ITEM, actor, now, items=items)


def analyse(research: Research, actor: str, now: datetime) -> Step[Research]:
    """Begin to analyse what was learned."""
    return advance(research, Action.ANALYSE, actor, now)


def by_priority(research: Research, priorities: Sequence[str]) -> list[Item]:
    """Return the requirements in the order of the handbook's priorities, key ones first within each; unknown priorities come last."""
    rank = {priority: place for place, priority in enumerate(priorities)}
    return sorted(research.items, key=lambda item: (rank.get(item.priority, len(rank)), not item.key, item.id))
