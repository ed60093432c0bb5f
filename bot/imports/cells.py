"""The cells of a file that people bring along, read as values; what is wrong in one is raised as it is on a form."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from pydantic import ValidationInfo

from bot.handbook import Handbook, Named
from bot.language import LANGUAGES, N_, translator
from bot.policy.bids import CLOSED, STATE_NAMES, State
from bot.policy.money import Money, decimals_of
from bot.policy.people import ROLE_NAMES, STANDING, Person, Role
from bot.policy.refusal import Refusal
from bot.words import Unreadable
from bot.words.amounts import read_amount
from bot.words.text import clean, fold

NONE = "-"  # typed in a cell, this empties what an empty cell leaves as it is
OUTCOMES = tuple(state for state in State if state in CLOSED or state is State.RETRACTED)
_DECIMAL = re.compile(r"[0-9]+\.[0-9]+")
_MOMENT = re.compile(
    r"(?P<year>[0-9]{4})[-/.年](?P<month>[0-9]{1,2})[-/.月](?P<day>[0-9]{1,2})日?"
    r"(?:[T ]+(?P<clock>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)(?:\.[0-9]+)? ?(?P<offset>Z|[+-][0-9]{2}:?[0-9]{2})?)?"
)


@dataclass(frozen=True)
class Known:
    """What the cells of a file may refer to."""

    handbook: Handbook
    people: Mapping[str, Person]
    now: datetime


def known(handbook: Handbook, people: Iterable[Person], now: datetime) -> Known:
    """Return what a file may refer to, people by their ids and addresses."""
    everybody = sorted(people, key=lambda person: not person.deleted)
    addressed = {person.email.lower(): person for person in everybody if person.email}
    return Known(handbook, addressed | {person.id.lower(): person for person in everybody}, now)


def context(info: ValidationInfo) -> Known:
    """Return what the row is read against."""
    assert isinstance(info.context, Known)
    return info.context


def person_from(text: str, info: ValidationInfo) -> Person:
    """Return the person of an id or address; people come from Slack, never from a file."""
    found = context(info).people.get(text.lower())
    if found is None:
        reason = N_("{person} is not in the directory. Write a member id or the address used in Slack; whoever is new comes in by itself.")
        raise Refusal(reason, person=text)
    return found


def manager_from(text: str, info: ValidationInfo) -> str:
    """Return the id of a manager, or nothing where there is to be none."""
    return "" if text == NONE else person_from(text, info).id


def one_named(text: str, things: Iterable[Named]) -> str:
    """Return the id of what the handbook calls by this name in any language; refuse a name that it does not know."""
    listed = list(things)
    for thing in listed:
        if fold(text) in {thing.id, *(fold(name) for name in thing.name.values())}:
            return thing.id
    raise Refusal(N_("The handbook knows no “{word}”. Write one of: {names}."), word=text, names=", ".join(thing.id for thing in listed))


def post_from(text: str, info: ValidationInfo) -> str:
    """Return the id of a post, or nothing where there is to be none."""
    return "" if text == NONE else one_named(text, context(info).handbook.posts)


def reason_from(text: str, info: ValidationInfo) -> str:
    """Return the id of a reason for losing."""
    return one_named(text, context(info).handbook.bids.loss_reasons)


def roles_from(text: str) -> frozenset[Role]:
    """Return the roles that a cell lists."""
    return frozenset() if text == NONE else frozenset(role_from(part.strip()) for part in re.split("[,;、，；]", text) if part.strip())


def role_from(text: str) -> Role:
    """Return the role of a name in any language."""
    for role in STANDING:
        if fold(text) in {role.value, *(fold(translator(language)(ROLE_NAMES[role])) for language in LANGUAGES)}:
            return role
    raise Refusal(N_("There is no role “{word}”. Write one of: {names}."), word=text, names=", ".join(STANDING))


def text_from(text: str) -> str:
    """Return a text as it is kept."""
    return "" if text == NONE else clean(text)


def day_from(text: str) -> date:
    """Return a day, written with the year first."""
    return moment_parts(text)[0]


def moment_parts(text: str) -> tuple[date, str, str]:
    """Return day, time of day and offset as written; refuse what could be read in two ways."""
    found = _MOMENT.fullmatch(text)
    try:
        day = date(int(found["year"]), int(found["month"]), int(found["day"])) if found else None
    except ValueError:
        raise Unreadable("when_no_such_date", text) from None
    if found is None or day is None:
        raise Refusal(N_("I could not read “{word}” as a date. Write it like 2026-11-27 or 2026-11-27 17:00."), word=text)
    return day, found["clock"] or "", found["offset"] or ""


def moment_from(text: str, info: ValidationInfo) -> datetime:
    """Return an instant; without an offset by the company's clock, and a deadline without a time when the working day ends."""
    company = context(info).handbook.company
    day, clock, offset = moment_parts(text)
    usual = company.working_hours.end if info.field_name == "deadline" else time()
    try:
        local = datetime.combine(day, read_clock(clock) if clock else usual)
        zoned = datetime.fromisoformat(f"{local.isoformat()}{offset}") if offset else local.replace(tzinfo=ZoneInfo(company.time_zone))
        return zoned.astimezone(UTC)
    except (ValueError, OverflowError):
        raise Unreadable("when_no_such_date", text) from None


def read_clock(text: str) -> time:
    """Return a time of day, its hour with one digit or two."""
    hour, minute, second = (*map(int, text.split(":")), 0)[:3]
    return time(hour, minute, second)


def past_from(text: str, info: ValidationInfo) -> datetime:
    """Return an instant that has come already."""
    moment = moment_from(text, info)
    if moment > context(info).now:
        raise Refusal(N_("{word} is still ahead; what has not happened cannot be recorded."), word=text)
    return moment


def money_from(text: str, info: ValidationInfo) -> Money:
    """Return an amount in the currency that it or the column `currency` names, or else in the company's."""
    known, column = context(info), info.data.get("currency") or ""
    money = read_amount(exact(text, column or known.handbook.company.currency), column or known.handbook.company.currency)
    if column and money.currency != column:
        raise Refusal(N_("“{word}” is not in {currency}, as the column currency says."), word=text, currency=column)
    if money.amount > known.handbook.bids.amount_limit:
        raise Refusal(N_("That amount is too large to be true."))
    return money


def exact(text: str, currency: str) -> str:
    """Return a plain decimal without idle zeros: in a file, 12.345 is never twelve thousand."""
    if not _DECIMAL.fullmatch(text):
        return text
    shorter = text.rstrip("0").rstrip(".")
    if -int(Decimal(shorter).as_tuple().exponent) > decimals_of(currency):
        raise Unreadable("amount_too_precise", text)
    return shorter


def currency_from(text: str) -> str:
    """Return the code of a currency."""
    try:
        return Money(amount=Decimal(0), currency=text.upper()).currency
    except ValueError:
        raise Refusal(N_("“{word}” is no currency. Write its three letters, for example CNY, TWD or USD."), word=text) from None


def state_from(text: str) -> State:
    """Return the state that an outcome's name in any language means."""
    for state in OUTCOMES:
        if fold(text) in {state.value, *(fold(translator(language)(STATE_NAMES[state])) for language in LANGUAGES)}:
            return state
    reason = N_("“{word}” is no outcome. Leave it empty while the bid is open, or write one of: {names}.")
    raise Refusal(reason, word=text, names=", ".join(OUTCOMES))


def customer_from(text: str) -> str:
    """Return a customer's name as it is kept."""
    name = " ".join(clean(text).split())
    if not any(character.isalnum() for character in name):
        raise Refusal(N_("A customer's name needs a letter or a digit."))
    return name
