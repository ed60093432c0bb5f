"""conversations.*: what there is, who is in it, and what was said."""

from sandbox.api.call import Call
from sandbox.api.method import Method
from sandbox.refusal import JSON, Refused, invalid_arguments
from sandbox.workspace.app import BOT_USER
from sandbox.workspace.channels import Channel, Kind
from sandbox.workspace.membership import create_channel, join
from sandbox.workspace.posting import told

_PREFIX: dict[Kind, str] = {"channel": "channels", "group": "groups", "im": "im", "mpim": "mpim"}
_KINDS: dict[str, Kind] = {"public_channel": "channel", "private_channel": "group", "im": "im", "mpim": "mpim"}
_READ = tuple(f"{prefix}:read" for prefix in _PREFIX.values())
_HISTORY = tuple(f"{prefix}:history" for prefix in _PREFIX.values())


def _listed(call: Call, person: str, *, all_public: bool) -> list[Channel]:
    """Return the conversations of the wanted types that the bot knows of; raise Refused without the scope of each type."""
    kinds = []
    for name in (call.optional("types") or "public_channel").split(","):
        if name.strip() not in _KINDS:
            raise Refused("invalid_types")
        kinds.append(_KINDS[name.strip()])
        call.need(f"{_PREFIX[kinds[-1]]}:read")
    found = [
        c for c in call.workspace.channels.values() if c.kind in kinds and (person in c.members or (all_public and c.kind == "channel"))
    ]
    return [c for c in found if (c.kind == "channel" or c.has_bot) and not (c.archived and call.flag("exclude_archived"))]


def every(call: Call) -> JSON:
    """List the conversations of the workspace."""
    page, metadata = call.page(_listed(call, BOT_USER, all_public=True), 100, 1000)
    return {"channels": [c.described(num_members=True) for c in page], "response_metadata": metadata}


def of_user(call: Call) -> JSON:
    """List the conversations that somebody is in, the bot when nobody is named."""
    person = call.optional("user") or BOT_USER
    call.workspace.person(person)
    page, metadata = call.page(_listed(call, person, all_public=False), 100, 999)
    return {"channels": [c.described() for c in page], "response_metadata": metadata}


def info(call: Call) -> JSON:
    """Describe one conversation."""
    channel = call.conversation()
    call.need(f"{_PREFIX[channel.kind]}:read")
    return {"channel": channel.described(num_members=call.flag("include_num_members"))}


def open_direct(call: Call) -> JSON:
    """Open a direct message with one person or several."""
    if call.optional("channel"):
        return {"no_op": True, "already_open": True, "channel": {"id": call.conversation().id}}
    users = [user.strip() for user in call.text("users").split(",") if user.strip()]
    call.need("im:write" if len(users) == 1 else "mpim:write")
    if len(users) > 8:
        raise Refused("too_many_users")
    for user in users:
        _check_partner(call, user)
    known = frozenset((BOT_USER, *users)) in call.workspace.contents.directs
    channel = call.workspace.direct(BOT_USER, *users)
    described = channel.described() if call.flag("return_im") else {"id": channel.id}
    return {"channel": described} | ({"no_op": True, "already_open": True} if known else {})


def _check_partner(call: Call, user: str) -> None:
    if user == "USLACKBOT" or call.workspace.person(user).is_bot:
        raise Refused("cannot_dm_bot")
    if call.workspace.person(user).deleted:
        raise Refused("user_disabled")


def history(call: Call) -> JSON:
    """Return what was said in a conversation, newest first."""
    channel = _readable(call)
    messages = list(reversed([m for m in channel.top_level() if _within(call, m["ts"])]))
    page, metadata = call.page(messages, 100, 999)
    body: JSON = {"messages": [told(m, metadata=call.flag("include_all_metadata")) for m in page], "pin_count": 0}
    return body | {"has_more": bool(metadata["next_cursor"]), "response_metadata": metadata}


def _readable(call: Call) -> Channel:
    channel = call.conversation()
    call.need(f"{_PREFIX[channel.kind]}:history")
    if not channel.has_bot:
        raise Refused("not_in_channel")
    return channel


def _within(call: Call, ts: str) -> bool:
    oldest, latest, inclusive = call.optional("oldest"), call.optional("latest"), call.flag("inclusive")
    try:
        moment, since, until = float(ts), float(oldest or 0), float(latest or "inf")
    except ValueError as error:
        raise invalid_arguments("oldest and latest are timestamps") from error
    return since <= moment <= until if inclusive else since < moment < until


def replies(call: Call) -> JSON:
    """Return a thread, its parent first."""
    channel = _readable(call)
    parent = call.workspace.message(channel, call.text("ts"), "thread_not_found")
    thread = [parent] + [m for ts in channel.replies.get(parent["ts"], []) if _within(call, (m := channel.messages[ts])["ts"])]
    page, metadata = call.page(thread, 1000, 1000)
    body: JSON = {"messages": [told(m, metadata=call.flag("include_all_metadata")) for m in page]}
    return body | {"has_more": bool(metadata["next_cursor"]), "response_metadata": metadata}


def members(call: Call) -> JSON:
    """List who is in a conversation."""
    channel = call.conversation()
    call.need(f"{_PREFIX[channel.kind]}:read")
    page, metadata = call.page(channel.members, 100, 1000)
    return {"members": list(page), "response_metadata": metadata}


def join_channel(call: Call) -> JSON:
    """Put the bot into a public channel."""
    channel = call.conversation()
    if channel.kind != "channel":
        raise Refused("method_not_supported_for_channel_type")
    if channel.archived:
        raise Refused("is_archived")
    there = channel.has_bot
    join(call.workspace, channel, BOT_USER)
    return {"channel": channel.described()} | ({"warning": "already_in_channel"} if there else {})


def create(call: Call) -> JSON:
    """Make a channel with the bot in it."""
    private = call.flag("is_private")
    call.need("groups:write" if private else "channels:manage")
    return {"channel": create_channel(call.workspace, call.text("name"), BOT_USER, private=private).described()}


METHODS = {
    "conversations.list": Method(every, "tier2", _READ),
    "users.conversations": Method(of_user, "tier2", _READ),
    "conversations.info": Method(info, "tier3", _READ),
    "conversations.open": Method(open_direct, "tier3", ("im:write", "mpim:write")),
    "conversations.history": Method(history, "tier3", _HISTORY),
    "conversations.replies": Method(replies, "tier3", _HISTORY),
    "conversations.members": Method(members, "tier4", _READ),
    "conversations.join": Method(join_channel, "tier3", ("channels:join",)),
    "conversations.create": Method(create, "tier2", ("channels:manage", "groups:write")),
}
