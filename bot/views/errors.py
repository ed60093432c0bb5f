"""The words for what cannot be done or read: refusals, unreadable amounts and times, faults of a form's field."""

from collections.abc import Mapping
from typing import Any

from bot.language import N_, Translator
from bot.policy.people import ROLE_NAMES, Forbidden
from bot.policy.refusal import Refusal
from bot.views.blocks import Message, bold, code, prose, says
from bot.words import Unreadable

UNREADABLE: Mapping[str, str] = {
    "amount_unknown": N_("I could not read “{word}” as an amount. Write for example 350k, 1.2m or USD 80,000."),
    "amount_ambiguous": N_("“{word}” is not clear. Write one amount with its currency, for example USD 80,000."),
    "amount_too_precise": N_("“{word}” has more decimals than its currency."),
    "customer_missing": N_("Whose bid is it? Begin with the customer's name."),
    "amount_negative": N_("An amount cannot be negative."),
    "amount_zero": N_("An amount must be more than zero."),
    "amount_too_large": N_("That amount is too large to be true."),
    "when_unknown": N_("I could not read “{word}” as a time. Write for example Fri 5pm, 27 Nov 17:00 or 2026-11-27 17:00."),
    "when_past": N_("That time has already passed."),
    "when_too_far": N_("That is more than ten years ahead."),
    "when_ambiguous": N_("“{word}” can be read in two ways. Write it like 2026-11-27 17:00."),
    "when_no_such_date": N_("There is no such day as “{word}”."),
    "when_gap": N_("That time does not exist: the clocks go forward over it."),
}

FAULTS: Mapping[str, str] = {
    "missing": N_("Please fill this in."),
    "string_too_short": N_("Please fill this in."),
    "string_too_long": N_("Please use at most {max_length} characters."),
    "enum": N_("Please choose one of the list."),
    "literal_error": N_("Please choose one of the list."),
}


def refusal(_: Translator, error: Refusal) -> str:
    """Return a refusal's reason, and for want of a role, who could."""
    if isinstance(error, Forbidden):
        return _(error.reason, who=_.list(sorted(_(ROLE_NAMES[role]) for role in error.allowed)))
    return _(error.reason, **error.values)


def unreadable(_: Translator, error: Unreadable) -> str:
    """Return why a typed amount or time could not be read, and how to write it."""
    return _(UNREADABLE.get(error.reason, N_("I could not read “{word}”.")), word=error.word)


def said(_: Translator, error: Refusal | Unreadable) -> str:
    """Return the sentence for either."""
    return refusal(_, error) if isinstance(error, Refusal) else unreadable(_, error)


def fault(_: Translator, error: Mapping[str, Any]) -> str:
    """Return a sentence for one of pydantic's errors."""
    cause = (error.get("ctx") or {}).get("error")
    if isinstance(cause, Refusal | Unreadable):
        return said(_, cause)
    return _(FAULTS.get(error["type"], N_("Please check this.")), **(error.get("ctx") or {}))


def failed(_: Translator, request: str) -> str:
    """Apologise for a fault of ours, with the number under which it is logged."""
    return _(
        "Something went wrong on my side, and nothing was changed. Please try again; "
        "if it stays so, give an administrator this number: {request}",
        request=request,
    )


def taken_before(_: Translator) -> str:
    """Say that a form is sent changed after it was taken as it was first."""
    return _("This form was already taken as you sent it first. What you changed since then was not: copy it and open the form again.")


def too_slow(_: Translator) -> Message:
    """Say that Slack no longer lets a form be opened for what was typed."""
    return says(prose(_.template("That took too long for Slack to open the form. Please do it once more.")))


def unreadable_delivery(_: Translator) -> Message:
    """Say that what Slack sent made no sense."""
    return says(prose(_.template("I could not read that. Please try again.")))


def unknown_word(_: Translator, command: str, typed: str, near: list[str]) -> Message:
    """Say that a command has no such word, and which come near."""
    sorry = prose(_.template("{command} has no word {typed}."), command=code(command), typed=bold(typed))
    hint = prose(_.template("Did you mean {words}?"), words=code(_.list(near))) if near else ()
    more = prose(_.template("{help} lists what it knows."), help=code(f"{command} help"))
    return says(*(sentence for sentence in (sorry, hint, more) if sentence))
