"""What Slack sends, as far as it is used: validated, unknown keys ignored."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

# What reading a delivery raises that is not shaped as Slack shapes them, in Bolt and in our own code.
MISSHAPEN = (AttributeError, IndexError, KeyError, TypeError, ValueError, RecursionError)


def legible(node: Any) -> Any:
    """Return a delivery without what no database keeps: NUL, and halves of a character."""
    match node:
        case str() if not (node.isascii() and node.isprintable()):
            return node.encode(errors="ignore").decode().replace("\0", "")
        case list():
            return [legible(inner) for inner in node]
        case dict():
            return {key: legible(inner) for key, inner in node.items()}
    return node


class Payload(BaseModel):
    """A part of a delivery; Slack may add keys at any time."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Who(Payload):
    """The person who acted; `team_id` is their own workspace."""

    id: str = Field(min_length=1, max_length=32)
    team_id: str | None = None


class Command(Payload):
    """A slash command as typed."""

    command: str = Field(max_length=64)
    text: str = Field(default="", max_length=20_000)
    user_id: str = Field(min_length=1, max_length=32)
    channel_id: str = ""
    trigger_id: str = ""
    response_url: str = ""


class Container(Payload):
    """Where something was pressed."""

    is_ephemeral: bool = False


class Place(Payload):
    """The conversation of a message."""

    id: str = ""


class View(Payload):
    """A form or home as it was when it was sent or pressed."""

    id: str = ""
    type: str = ""
    hash: str = ""
    root_view_id: str | None = None
    callback_id: str = ""
    private_metadata: str = ""
    blocks: list[dict[str, Any]] = Field(default_factory=list)
    state: dict[str, Any] = Field(default_factory=dict)


class Pressed(Payload):
    """What was pressed or chosen; menus carry their choice in `selected_option`."""

    action_id: str = Field(max_length=255)
    block_id: str = ""
    value: str | None = None
    action_ts: str = ""
    selected_option: dict[str, Any] | None = None

    @property
    def chosen(self) -> str:
        """Return the button's value or the chosen option's."""
        return str((self.selected_option or {}).get("value", "")) or self.value or ""


class Press(Payload):
    """A button, a menu or another element that reports at once."""

    user: Who
    actions: list[Pressed] = Field(min_length=1)
    trigger_id: str = ""
    container: Container = Container()
    channel: Place | None = None
    view: View | None = None
    response_url: str = ""

    @property
    def entered(self) -> bool:
        """Tell whether it was typed or chosen in a field of a form, which must not go away under the person's hands."""
        blocks = self.view.blocks if self.view else []
        return any(block.get("type") == "input" and block.get("block_id") == self.actions[0].block_id for block in blocks)


class Submission(Payload):
    """A submitted form."""

    user: Who
    view: View
    trigger_id: str = ""


class Shortcut(Payload):
    """A global or message shortcut."""

    user: Who
    callback_id: str
    trigger_id: str = ""
    response_url: str = ""
    channel: Place | None = None
    message: dict[str, Any] | None = None


class EventDelivery(Payload):
    """An event with the id that is the same on every repetition."""

    event_id: str = Field(min_length=1, max_length=64)
    event: dict[str, Any]
