"""Who is at the desk: people looked up in the directory, outsiders turned away."""

import logging

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.language import N_
from bot.policy.people import Person, from_slack, is_outsider
from bot.policy.refusal import Refusal
from handlers.context import Desk, Turn

log = logging.getLogger("bidwell.handlers")


def person_for(desk: Desk, user_id: str, client: WebClient) -> Person:
    """Return the person as the directory knows them; ask Slack about somebody new; a person nobody knows is an outsider."""
    with desk.store.look() as shelves:
        known = shelves.people.get(user_id)
    if known is not None:
        return known
    try:
        fresh = from_slack(client.users_info(user=user_id, include_locale=True)["user"])
    except (SlackApiError, SlackClientError, OSError, KeyError, ValueError) as error:
        log.warning("somebody unknown could not be looked up", extra={"person": user_id, "error": type(error).__name__})
        return Person(id=user_id, name=user_id, stranger=True)
    with desk.store.change() as shelves:
        shelves.people.put(fresh)
    return fresh


def is_foreign(desk: Desk, person: Person, team_id: str | None) -> bool:
    """Tell a person of another company, who came through a shared channel."""
    teams = {team_id, person.team_id} - {None, ""}
    return bool(desk.team_id) and bool(teams) and desk.team_id not in teams


def admit(turn: Turn) -> None:
    """Turn outsiders away."""
    if is_outsider(turn.person):
        raise Refusal(N_("I work for members of {company} only."), company=turn.handbook.company.name)
