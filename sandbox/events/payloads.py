"""The payloads of commands and interactions, in Slack's shapes."""

from sandbox.refusal import JSON
from sandbox.workspace.app import APP, DOMAIN, TEAM, VERIFICATION
from sandbox.workspace.channels import Channel
from sandbox.workspace.links import new_response_url, new_trigger
from sandbox.workspace.people import Person
from sandbox.workspace.posting import told
from sandbox.workspace.state import Workspace
from sandbox.workspace.views import Entered, View


def command(workspace: Workspace, person: Person, channel: Channel, name: str, text: str) -> JSON:
    """Return the form fields of a slash command."""
    fields: JSON = {"token": VERIFICATION, "team_id": TEAM, "team_domain": DOMAIN, "channel_id": channel.id}
    fields |= {"channel_name": channel.name_for_apps, "user_id": person.id, "user_name": person.username, "command": name, "text": text}
    fields |= {"api_app_id": APP, "is_enterprise_install": "false"}
    fields |= {"response_url": new_response_url(workspace, "commands", person.id, channel.id)}
    return fields | {"trigger_id": new_trigger(workspace, person.id)}


def _interaction(kind: str, person: Person) -> JSON:
    user = {"id": person.id, "username": person.username, "name": person.username, "team_id": person.team_id}
    head: JSON = {"type": kind, "team": {"id": TEAM, "domain": DOMAIN}, "user": user, "api_app_id": APP, "token": VERIFICATION}
    return head | {"is_enterprise_install": False, "enterprise": None}


def _channel(channel: Channel) -> JSON:
    return {"id": channel.id, "name": channel.name_for_apps}


def message_actions(workspace: Workspace, person: Person, channel: Channel, message: JSON, entered: Entered, action: JSON) -> JSON:
    """Return block_actions of something pressed in a message."""
    ephemeral = bool(message.get("is_ephemeral"))
    thread = {"thread_ts": message["thread_ts"]} if "thread_ts" in message else {}
    container = {"type": "message", "message_ts": message["ts"], "channel_id": channel.id, "is_ephemeral": ephemeral, **thread}
    address = new_response_url(
        workspace, "actions", person.id, channel.id, message_ts=message["ts"], is_ephemeral=ephemeral, thread_ts=message.get("thread_ts")
    )
    payload = _interaction("block_actions", person) | {"container": container, "trigger_id": new_trigger(workspace, person.id)}
    payload |= {"channel": _channel(channel)} | ({} if ephemeral else {"message": told(message)})
    return payload | {"state": entered.state(message["blocks"]), "response_url": address, "actions": [action]}


def view_actions(workspace: Workspace, person: Person, view: View, action: JSON) -> JSON:
    """Return block_actions of something pressed in a modal or a home."""
    on = view.id if view.given["type"] == "modal" else None
    payload = _interaction("block_actions", person) | {"trigger_id": new_trigger(workspace, person.id, on)}
    return payload | {"container": {"type": "view", "view_id": view.id}, "view": view.described(), "actions": [action]}


def submission(workspace: Workspace, person: Person, view: View) -> JSON:
    """Return the view_submission of a modal as it is filled in."""
    payload = _interaction("view_submission", person) | {"trigger_id": new_trigger(workspace, person.id, view.id)}
    return payload | {"view": view.described(), "response_urls": _response_urls(workspace, person, view)}


def _response_urls(workspace: Workspace, person: Person, view: View) -> list[JSON]:
    urls = []
    for block in view.blocks:
        element = block.get("element", {})
        if element.get("response_url_enabled"):
            state = view.entered.state([block])["values"][block["block_id"]][element["action_id"]]
            if channel := state.get("selected_conversation") or state.get("selected_channel"):
                where = {"block_id": block["block_id"], "action_id": element["action_id"], "channel_id": channel}
                urls.append(where | {"response_url": new_response_url(workspace, "app", person.id, channel)})
    return urls


def closed(person: Person, view: View, *, is_cleared: bool) -> JSON:
    """Return the view_closed of a modal; nothing that was entered goes with it."""
    return _interaction("view_closed", person) | {"view": view.described(with_state=False), "is_cleared": is_cleared}


def suggestion(person: Person, holder: JSON, block_id: str, action_id: str, value: str) -> JSON:
    """Return the block_suggestion of an external select; `holder` is what it stands in."""
    return _interaction("block_suggestion", person) | {"action_id": action_id, "block_id": block_id, "value": value} | holder


def holder_of_view(view: View) -> JSON:
    """Return what a suggestion says of the view it is asked for in."""
    return {"container": {"type": "view", "view_id": view.id}, "view": view.described()}


def holder_of_message(channel: Channel, message: JSON) -> JSON:
    """Return what a suggestion says of the message it is asked for in."""
    ephemeral = bool(message.get("is_ephemeral"))
    container = {"type": "message", "message_ts": message["ts"], "channel_id": channel.id, "is_ephemeral": ephemeral}
    return {"container": container, "channel": _channel(channel)} | ({} if ephemeral else {"message": told(message)})


def shortcut(workspace: Workspace, person: Person, callback_id: str) -> JSON:
    """Return a global shortcut."""
    payload = _interaction("shortcut", person) | {"callback_id": callback_id, "action_ts": workspace.new_ts()}
    return payload | {"trigger_id": new_trigger(workspace, person.id)}


def message_shortcut(workspace: Workspace, person: Person, callback_id: str, channel: Channel, message: JSON) -> JSON:
    """Return a shortcut used on a message."""
    payload = _interaction("message_action", person) | {"callback_id": callback_id, "action_ts": workspace.new_ts()}
    payload |= {"trigger_id": new_trigger(workspace, person.id), "message_ts": message["ts"], "channel": _channel(channel)}
    address = new_response_url(workspace, "app", person.id, channel.id, message_ts=message["ts"])
    return payload | {"message": told(message), "response_url": address}
