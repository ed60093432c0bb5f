"""Who people are and what they may do (§1.2): roles, relations, and one table of permissions that denies by default."""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.language import N_, language_for
from bot.policy.record import Record
from bot.policy.refusal import Refusal


class Role(StrEnum):
    """What a person is in the company, or to the record in question."""

    STAFF = "staff"
    COLLEAGUE = "colleague"
    HR = "hr"
    ADMIN = "admin"
    SELF = "self"
    OWNER = "owner"
    TEAM = "team"
    MANAGER = "manager"
    DECIDER = "decider"


SLACKBOT = "USLACKBOT"  # an app to everybody, though Slack does not mark it as one
STANDING = (Role.STAFF, Role.COLLEAGUE, Role.HR, Role.ADMIN)

PERMISSIONS: Mapping[str, frozenset[Role]] = {
    "bids.new": frozenset({Role.STAFF}),
    "bids.see": frozenset({Role.STAFF, Role.OWNER, Role.TEAM, Role.MANAGER}),
    "bids.assess": frozenset({Role.STAFF, Role.OWNER, Role.TEAM, Role.MANAGER}),
    "bids.review": frozenset({Role.STAFF, Role.TEAM, Role.MANAGER}),
    "bids.change": frozenset({Role.OWNER, Role.TEAM, Role.MANAGER}),
    "bids.correct": frozenset({Role.MANAGER, Role.DECIDER}),
    "bids.seclude": frozenset({Role.OWNER, Role.MANAGER}),
    "research.new": frozenset({Role.STAFF}),
    "research.see": frozenset({Role.STAFF, Role.OWNER, Role.TEAM, Role.MANAGER}),
    "research.review": frozenset({Role.STAFF, Role.TEAM, Role.MANAGER}),
    "research.change": frozenset({Role.OWNER, Role.TEAM, Role.MANAGER}),
    "reports.see": frozenset({Role.SELF, Role.MANAGER, Role.HR}),
    "opportunities.new": frozenset({Role.STAFF}),
    "opportunities.see": frozenset({Role.STAFF, Role.OWNER, Role.TEAM, Role.MANAGER}),
    "opportunities.change": frozenset({Role.OWNER, Role.TEAM, Role.MANAGER}),
    "opportunities.reopen": frozenset({Role.MANAGER}),
    "customers.see": frozenset({Role.STAFF}),
    "customers.change": frozenset({Role.STAFF}),
    "customers.merge": frozenset({Role.MANAGER, Role.ADMIN}),
    "surveys.ask": frozenset({Role.STAFF}),
    "surveys.see": frozenset({Role.STAFF}),
    "customers.reply": frozenset({Role.STAFF, Role.COLLEAGUE}),
    "solutions.new": frozenset({Role.STAFF}),
    "solutions.see": frozenset({Role.STAFF, Role.OWNER, Role.TEAM, Role.MANAGER}),
    "solutions.change": frozenset({Role.OWNER, Role.TEAM, Role.MANAGER}),
    "demos.new": frozenset({Role.STAFF}),
    "demos.see": frozenset({Role.STAFF, Role.OWNER, Role.TEAM, Role.MANAGER}),
    "demos.change": frozenset({Role.OWNER, Role.TEAM, Role.MANAGER}),
    "demos.feedback": frozenset({Role.STAFF, Role.COLLEAGUE, Role.OWNER, Role.TEAM, Role.MANAGER}),
    "appraisals.own": frozenset({Role.STAFF}),
    "appraisals.see": frozenset({Role.SELF, Role.MANAGER, Role.HR}),
    "appraisals.rate": frozenset({Role.STAFF, Role.COLLEAGUE}),
    "appraisals.cycle": frozenset({Role.HR}),
    "appraisals.pay": frozenset({Role.HR}),
    "handbook.compare": frozenset({Role.HR, Role.ADMIN}),
    "honours.see": frozenset({Role.STAFF, Role.COLLEAGUE, Role.HR, Role.ADMIN}),
    "honours.nominate": frozenset({Role.STAFF, Role.COLLEAGUE}),
    "honours.round": frozenset({Role.HR}),
    "honours.merit": frozenset({Role.HR, Role.MANAGER}),
    "honours.decide": frozenset({Role.HR}),
    "people.see": frozenset({Role.STAFF, Role.HR, Role.ADMIN}),
    "people.set": frozenset({Role.ADMIN}),
    "desk.doctor": frozenset({Role.ADMIN}),
    "desk.export": frozenset({Role.STAFF, Role.HR, Role.ADMIN}),
    "people.export": frozenset({Role.HR, Role.ADMIN}),
}

ROLE_NAMES: Mapping[Role, str] = {
    Role.STAFF: N_("pre-sales staff"),
    Role.COLLEAGUE: N_("colleagues of other departments"),
    Role.HR: N_("the HR department"),
    Role.ADMIN: N_("an administrator"),
    Role.SELF: N_("the person themselves"),
    Role.OWNER: N_("the owner"),
    Role.TEAM: N_("the team"),
    Role.MANAGER: N_("the owner's manager"),
    Role.DECIDER: N_("whoever decides about it"),
}


class Person(Record):
    """A member of the workspace as the directory knows them; `manager` is a person's id, `updated` when Slack changed them."""

    id: str
    name: str
    team_id: str = ""
    email: str = ""
    zone: str = "UTC"
    locale: str = ""
    language: str = ""
    post: str = ""
    manager: str = ""
    team: str = ""
    roles: frozenset[Role] = frozenset()
    started: date | None = None
    deleted: bool = False
    bot: bool = False
    guest: bool = False
    stranger: bool = False
    updated: int = 0

    @property
    def speaks(self) -> str:
        """Return the language chosen in preferences, or else the one of the person's Slack."""
        return self.language or language_for(self.locale)


class Forbidden(Refusal):
    """Refuse for want of a role; `allowed` are the roles that could."""

    def __init__(self, allowed: frozenset[Role]) -> None:
        super().__init__(N_("That is for {who}."))
        self.allowed = allowed


class OnlyFor(Refusal):
    """Refuse what others may do; `may` are their ids, whose names take the place of {people} where it is said."""

    def __init__(self, may: Iterable[str], reason: str = N_("That is for {people}.")) -> None:
        self.may = tuple(dict.fromkeys(may))
        super().__init__(reason, people=", ".join(self.may))


def from_slack(user: Mapping[str, Any], known: Person | None = None) -> Person:
    """Return a person from Slack's user object, keeping what the company said of them; a deactivated one lacks most keys."""
    profile = user.get("profile") or {}
    names = (profile.get("display_name"), profile.get("real_name"), user.get("real_name"), user.get("name"), user["id"])
    kept = known or Person(id=user["id"], name=user["id"])
    return kept.amended(
        name=str(next(name for name in names if name))[:200],
        team_id=user.get("team_id") or kept.team_id,
        email=profile.get("email") or kept.email,
        zone=zone_or(user.get("tz"), kept.zone),
        locale=user.get("locale") or kept.locale,
        deleted=bool(user.get("deleted")),
        bot=bool(user.get("is_bot")) or user["id"] == SLACKBOT,
        guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
        stranger=bool(user.get("is_stranger")),
        updated=int(user.get("updated") or kept.updated),
    )


def is_older(fresh: Person, known: Person | None) -> bool:
    """Say whether this is news of before what is known: Slack does not always tell changes in their order."""
    return known is not None and 0 < fresh.updated < known.updated


def zone_or(name: str | None, otherwise: str) -> str:
    """Return a zone's name if this machine knows it."""
    try:
        return ZoneInfo(name).key if name else otherwise
    except (ZoneInfoNotFoundError, ValueError):
        return otherwise


def is_outsider(person: Person) -> bool:
    """Tell guests, people of other companies, bots and deactivated accounts: they get nothing."""
    return person.deleted or person.bot or person.guest or person.stranger


def standing(person: Person, newcomers: Role) -> frozenset[Role]:
    """Return what the person is in the company; `newcomers` is what a member is whom nobody has placed yet."""
    if is_outsider(person):
        return frozenset()
    placed = person.roles & {Role.STAFF, Role.COLLEAGUE}
    return (person.roles & set(STANDING)) | (placed or {newcomers})


def relation(person: Person, owner: str, team: Iterable[str], managers: Iterable[str]) -> frozenset[Role]:
    """Return what the person is to a record of `owner`, whose managers up the line are `managers`."""
    if is_outsider(person):
        return frozenset()
    held = {Role.OWNER: person.id == owner, Role.TEAM: person.id in set(team), Role.MANAGER: person.id in set(managers)}
    return frozenset(role for role, holds in held.items() if holds)


def may(action: str, roles: frozenset[Role]) -> bool:
    """Say whether one of these roles is allowed the action; an action that is not in the table is allowed to nobody."""
    return bool(PERMISSIONS.get(action, frozenset()) & roles)


def require(action: str, roles: frozenset[Role]) -> None:
    """Raise Forbidden, which says who could, unless one of these roles is allowed the action."""
    if not may(action, roles):
        raise Forbidden(PERMISSIONS.get(action, frozenset()))


def check_manager(person: Person, manager: str, managers_above: Iterable[str]) -> None:
    """Refuse a line of managers that would lead back to the person; `managers_above` are those of the new manager."""
    if manager == person.id or person.id in set(managers_above):
        raise Refusal(N_("Nobody can be their own manager, not even through others."), field="manager")
