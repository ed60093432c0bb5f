"""What is said about an import: each fault with its line, each change, and what it came to."""

from collections.abc import Sequence

from bot.language import Translator
from bot.policy.bids import STATE_NAMES, Bid
from bot.policy.people import ROLE_NAMES, Person


def fault(_: Translator, line: int, column: str, text: str) -> str:
    """Return one fault, with its place in the file."""
    place = _("line {line}, {column}", line=line, column=column) if column else _("line {line}", line=line)
    return f"{place}: {text}"


def person_changed(_: Translator, line: int, before: Person, after: Person) -> str:
    """Say what becomes of somebody."""
    changed = [
        f"{name}: {shown(_, getattr(after, name))}"
        for name in ("post", "manager", "team", "roles", "started")
        if getattr(before, name) != getattr(after, name)
    ]
    return _("line {line}: {name}: {changes}", line=line, name=after.name, changes="; ".join(changed))


def shown(_: Translator, value: object) -> str:
    """Return a value of the directory."""
    if isinstance(value, frozenset):
        return ", ".join(_(ROLE_NAMES[role]) for role in sorted(value)) or "–"
    return str(value or "–")


def bid_added(_: Translator, line: int, bid: Bid, owner: Person) -> str:
    """Say which bid comes in."""
    money = _.amount(bid.amount, bid.currency) if bid.amount is not None else "–"
    facts = {"customer": bid.customer, "amount": money, "state": _(STATE_NAMES[bid.state]), "owner": owner.name}
    return _("line {line}: {customer}, {amount}, {state}, {owner}", line=line, **facts)


def missed(_: Translator, lines: Sequence[int], *, dry: bool) -> str:
    """Say which bids will count as missed, because their deadline passed and nothing says that they were handed in."""
    places = _.list([str(line) for line in lines])
    told = _.plural(
        "{n} bid without an outcome has a deadline that has passed and will be counted as missed: line {lines}.",
        "{n} bids without an outcome have a deadline that has passed and will be counted as missed: lines {lines}.",
        len(lines),
        lines=places,
    )
    hint = _("If one was handed in, fill in submitted or outcome first.") if dry else _("If one was handed in, record it with /bid submit.")
    return f"{told} {hint}"


def summary(_: Translator, changes: int, unchanged: int, *, dry: bool) -> str:
    """Say what it came to."""
    if dry:
        would = _.plural("{n} line would change something", "{n} lines would change something", changes)
        return _("{would}, {unchanged} would not. Nothing was changed.", would=would, unchanged=unchanged)
    did = _.plural("{n} line changed something", "{n} lines changed something", changes)
    return _("{did}, {unchanged} did not.", did=did, unchanged=unchanged)


def refused(_: Translator, faults: int) -> str:
    """Say that nothing was taken over."""
    return _.plural("{n} fault; nothing was changed.", "{n} faults; nothing was changed.", faults)
