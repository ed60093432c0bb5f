"""The channels that the handbook names: whether they are there, take what the bot posts, and who else reads them."""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.language import N_
from bot.views.doctor import CHANNELS, MENDS, Finding, Phrase
from handlers.examining.parts import Examined, granted
from handlers.replies import word_of

MOST_PAGES = 10  # of a thousand channels; Slack allows twenty a minute


def channels(parts: Examined) -> Iterator[Finding]:
    """Look at each channel that the handbook names."""
    for setting, name in dict(parts.handbook.channels).items():
        if name:
            yield from channel(parts, f"channels.{setting}", name)


def channel(parts: Examined, setting: str, name: str) -> Iterator[Finding]:
    """Say whether a channel is there, takes what I post, and who else reads it."""
    values = {"channel": name, "setting": setting}
    there, held = find_channel(parts.client, name)
    if there is None or there.get("is_archived"):
        gone = (
            N_("{channel} ({setting} in the handbook) is archived.") if there else N_("{channel} ({setting} in the handbook) is not there.")
        )
        yield Finding(CHANNELS, False, Phrase(gone, values), MENDS["is_archived" if there else "channel_not_found"])
        return
    if there.get("is_member") or (not there.get("is_private") and "chat:write.public" in held):
        yield Finding(CHANNELS, True, Phrase(N_("I can post in {channel}."), values))
    else:
        yield Finding(
            CHANNELS, False, Phrase(N_("I cannot post in {channel} ({setting} in the handbook)."), values), MENDS["not_in_channel"]
        )
    outside = outsiders(parts, there)
    if outside:
        what = Phrase(N_("{channel} is also read by {people}."), {**values, "people": outside})
        yield Finding(CHANNELS, None, what, Phrase(N_("If they should not see it, name another channel in the handbook.")))


def find_channel(client: WebClient, name: str) -> tuple[dict[str, Any] | None, frozenset[str]]:
    """Return the channel of a #name or id, None if there is none, and the scopes that the token has."""
    if not name.startswith("#"):
        return by_id(client, name)
    held: frozenset[str] = frozenset()
    for page in pages(client):
        held = granted(page)
        for there in page["channels"]:
            if there.get("name") == name[1:]:
                return there, held
    return None, held


def by_id(client: WebClient, id: str) -> tuple[dict[str, Any] | None, frozenset[str]]:
    """Return the channel of an id, None if there is none, and the scopes that the token has."""
    try:
        answer = client.conversations_info(channel=id)
    except SlackApiError as error:
        if word_of(error) != "channel_not_found":
            raise
        return None, frozenset()
    return answer["channel"], granted(answer)


def pages(client: WebClient) -> Iterator[SlackResponse]:
    """Yield the channels that the bot is in, which are few, and then all public ones, a page at a time."""
    yield from islice(client.users_conversations(types="public_channel,private_channel", limit=999), MOST_PAGES)
    yield from islice(client.conversations_list(types="public_channel", limit=1000), MOST_PAGES)


def outsiders(parts: Examined, there: Mapping[str, Any]) -> list[object]:
    """Return who reads a channel without being a member of the company: guests by name, and another company."""
    with parts.store.look() as shelves:
        guests = {person.id: person.name for person in shelves.people.all() if person.guest or person.stranger}
    shared: list[object] = [N_("another company")] if there.get("is_ext_shared") or there.get("is_pending_ext_shared") else []
    if not guests:
        return shared
    members = parts.client.conversations_members(channel=there["id"], limit=1000)["members"]
    return [*shared, *(guests[member] for member in members[:1000] if member in guests)][:10]
