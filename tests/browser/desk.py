"""A small workspace and a small app in it, for tests of the page: a command, a card, a form, a home."""

from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

BOT_SCOPES = ["commands", "chat:write", "im:write", "im:history", "channels:history", "channels:read", "users:read", "reactions:read"]
MANIFEST: dict[str, Any] = {
    "display_information": {"name": "Desk"},
    "features": {
        "bot_user": {"display_name": "Desk"},
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": False},
        "slash_commands": [{"command": "/desk", "description": "Talk to the desk", "usage_hint": "card | form | secret"}],
        "shortcuts": [{"name": "Log it", "type": "message", "callback_id": "log", "description": "Keep this message"}],
    },
    "oauth_config": {"scopes": {"bot": BOT_SCOPES}},
    "settings": {
        "event_subscriptions": {"bot_events": ["app_home_opened", "message.channels", "message.im"]},
        "interactivity": {"is_enabled": True},
        "socket_mode_enabled": True,
    },
}
PEOPLE: list[Any] = [
    {"id": "U0ANN", "name": "Ann Keller", "title": "Engineer", "tz": "Europe/Berlin"},
    {"id": "U0LIN", "name": "林晓", "title": "售前工程师", "tz": "Asia/Shanghai", "locale": "zh-CN"},
    {"id": "U0BOB", "name": "Bob Ito", "title": "Sales", "tz": "Asia/Tokyo"},
]
CHANNELS: list[Any] = [
    {
        "id": "C0DESK",
        "name": "desk",
        "members": ["U0ANN", "U0LIN", "U0BOB"],
        "bot": True,
        "messages": [{"user": "U0BOB", "text": "Who takes *ACME*?", "ago": 600.0}],
    },
]


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def button(action_id: str, text: str, **more: Any) -> dict[str, Any]:
    return {"type": "button", "action_id": action_id, "text": plain(text), **more}


def entry(name: str, label: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"type": "input", "block_id": name, "label": plain(label), "element": {"type": kind, "action_id": name, **more}}


CARD = [
    {"type": "section", "block_id": "said", "text": {"type": "mrkdwn", "text": "*ACME* waits for you"}},
    {"type": "actions", "block_id": "do", "elements": [button("take", "Take it", style="primary", value="42"), button("drop", "Drop")]},
]
OPTIONS = [{"text": plain("Price"), "value": "price"}, {"text": plain("Time"), "value": "time"}]
AS_TYPED = {"trigger_actions_on": ["on_character_entered"]}
FORM: dict[str, Any] = {
    "type": "modal",
    "callback_id": "form",
    "title": plain("New bid"),
    "submit": plain("Open"),
    "blocks": [
        entry("customer", "Customer", "plain_text_input"),
        entry("amount", "Amount", "plain_text_input"),
        entry("why", "Reason", "static_select", options=OPTIONS) | {"optional": True},
        entry("note", "Note", "plain_text_input", dispatch_action_config=AS_TYPED) | {"optional": True, "dispatch_action": True},
    ],
}


def desk_app(client: WebClient) -> App:
    """Return an app that answers a command, a button, a form and App Home."""
    app = App(client=client, token_verification_enabled=False, process_before_response=True)

    app.command("/desk")(command)
    app.action("take")(take)
    app.action("note")(noted)
    app.view("form")(submitted)
    app.event("app_home_opened")(opened)
    app.shortcut("log")(logged)
    app.event("message")(heard)
    return app


def command(ack: Any, command: Any, client: WebClient) -> None:
    word = command.get("text", "")
    if word == "form":
        ack()
        client.views_open(trigger_id=command["trigger_id"], view=FORM)
    elif word == "card":
        ack(text="ACME", blocks=CARD, response_type="in_channel")
    else:
        ack(f"Between us: {word}")


def take(ack: Any, respond: Any, body: Any) -> None:
    ack()
    respond(replace_original=True, text=f"Taken by <@{body['user']['id']}>")


def noted(ack: Any, action: Any, client: WebClient) -> None:
    ack()
    client.chat_postMessage(channel="C0DESK", text=f"Noted: {action['value']}")


def submitted(ack: Any, view: Any, client: WebClient) -> None:
    customer, amount = (view["state"]["values"][name][name]["value"] for name in ("customer", "amount"))
    if not amount.isdigit():
        ack(response_action="errors", errors={"amount": "That is no amount: try 350000."})
        return
    ack()
    client.chat_postMessage(channel="C0DESK", text=f"{customer} for {amount}")


def opened(event: Any, client: WebClient) -> None:
    if event["tab"] == "home":
        client.views_publish(user_id=event["user"], view={"type": "home", "blocks": CARD})


def logged(ack: Any, shortcut: Any, client: WebClient) -> None:
    ack()
    client.chat_postMessage(channel="C0DESK", thread_ts=shortcut["message_ts"], text="Logged.")


def heard() -> None:
    """Take messages without a word."""
