"""Block elements: what is pressed, chosen and typed into."""

from sandbox.blocks.objects import (
    CONFIRM,
    DISPATCH,
    FILTER,
    MARKED_OPTION,
    OPTION,
    OPTION_GROUPS,
    OPTIONS,
    OVERFLOW_OPTION,
    SLACK_FILE,
    STYLE,
    plain,
)
from sandbox.blocks.rich_text import RICH_TEXT
from sandbox.blocks.rules import (
    exactly_one_of,
    in_order,
    initial_date_exists,
    initial_number_fits,
    initial_option_is_offered,
    initial_text_fits,
)
from sandbox.blocks.schema import Each, Flag, Kinds, Object, Shape, Text, Whole

_ID: dict[str, Shape] = {"action_id": Text(255)}
_PRESSED: dict[str, Shape] = {**_ID, "confirm": CONFIRM}
_CHOSEN: dict[str, Shape] = {**_PRESSED, "focus_on_load": Flag()}
_HELD: dict[str, Shape] = {**_CHOSEN, "placeholder": plain(150)}
_TYPED: dict[str, Shape] = {**_ID, "focus_on_load": Flag(), "placeholder": plain(150), "dispatch_action_config": DISPATCH}
_SEVERAL: dict[str, Shape] = {"max_selected_items": Whole(1, 100)}
_NUMBER = Text(pattern=r"-?\d+(\.\d+)?")
_IDS = Each(Text(), 1000)
_CHOICE = [exactly_one_of("options", "option_groups"), initial_option_is_offered]
_OFFERED: dict[str, Shape] = {"options": OPTIONS, "option_groups": OPTION_GROUPS}
_ASKED: dict[str, Shape] = {"min_query_length": Whole(0, 3000)}
_CONVERSATION: dict[str, Shape] = {"filter": FILTER, "default_to_current_conversation": Flag()}
_FEEDBACK = Object({"text": plain(75), "value": Text(2000)}, {"accessibility_label": Text(75)})

BUTTON = Object({"text": plain(75)}, {**_PRESSED, "value": Text(2000), "url": Text(3000), "style": STYLE, "accessibility_label": Text(75)})
IMAGE = Object(
    {"alt_text": Text(2000)},
    {"image_url": Text(3000), "slack_file": SLACK_FILE},
    [exactly_one_of("image_url", "slack_file")],
)
CHECKBOXES = Object(
    {"options": Each(MARKED_OPTION, 10)}, {**_CHOSEN, "initial_options": Each(MARKED_OPTION, 10)}, [initial_option_is_offered]
)
RADIO = Object({"options": Each(MARKED_OPTION, 10)}, {**_CHOSEN, "initial_option": MARKED_OPTION}, [initial_option_is_offered])
OVERFLOW = Object({"options": Each(OVERFLOW_OPTION, 5)}, _PRESSED)
PICKERS: dict[str, Shape] = {
    "datepicker": Object({}, {**_HELD, "initial_date": Text(pattern=r"\d{4}-\d{2}-\d{2}")}, [initial_date_exists]),
    "timepicker": Object({}, {**_HELD, "initial_time": Text(pattern=r"([01]\d|2[0-3]):[0-5]\d"), "timezone": Text()}),
    "datetimepicker": Object({}, {**_CHOSEN, "initial_date_time": Whole(1_000_000_000, 9_999_999_999)}),
}
SELECTS: dict[str, Shape] = {
    "static_select": Object({}, {**_HELD, **_OFFERED, "initial_option": OPTION}, _CHOICE),
    "external_select": Object({}, {**_HELD, **_ASKED, "initial_option": OPTION}),
    "users_select": Object({}, {**_HELD, "initial_user": Text()}),
    "conversations_select": Object({}, {**_HELD, **_CONVERSATION, "initial_conversation": Text(), "response_url_enabled": Flag()}),
    "channels_select": Object({}, {**_HELD, "initial_channel": Text(), "response_url_enabled": Flag()}),
    "multi_static_select": Object({}, {**_HELD, **_SEVERAL, **_OFFERED, "initial_options": OPTIONS}, _CHOICE),
    "multi_external_select": Object({}, {**_HELD, **_SEVERAL, **_ASKED, "initial_options": OPTIONS}),
    "multi_users_select": Object({}, {**_HELD, **_SEVERAL, "initial_users": _IDS}),
    "multi_conversations_select": Object({}, {**_HELD, **_SEVERAL, **_CONVERSATION, "initial_conversations": _IDS}),
    "multi_channels_select": Object({}, {**_HELD, **_SEVERAL, "initial_channels": _IDS}),
}
_LENGTHS: dict[str, Shape] = {"min_length": Whole(0, 3000), "max_length": Whole(1, 3000)}
_BOUNDS: dict[str, Shape] = {"min_value": _NUMBER, "max_value": _NUMBER, "initial_value": _NUMBER}
_LINES: dict[str, Shape] = {"min_lines": Whole(1, 100), "max_lines": Whole(1, 100)}
_WRITTEN: dict[str, Shape] = {**_TYPED, "initial_value": Text(3000, least=0)}
INPUTS: dict[str, Shape] = {
    "plain_text_input": Object(
        {}, {**_WRITTEN, **_LENGTHS, "multiline": Flag()}, [in_order("min_length", "max_length"), initial_text_fits]
    ),
    "email_text_input": Object({}, _WRITTEN),
    "url_text_input": Object({}, _WRITTEN),
    "number_input": Object(
        {"is_decimal_allowed": Flag()}, {**_TYPED, **_BOUNDS}, [in_order("min_value", "max_value"), initial_number_fits]
    ),
    "rich_text_input": Object(
        {"action_id": Text(255)},
        {**_TYPED, **_LINES, "initial_value": Kinds({"rich_text": RICH_TEXT})},
        [in_order("min_lines", "max_lines")],
    ),
    "file_input": Object({}, {**_ID, "filetypes": Each(Text(), 100), "max_files": Whole(1, 10)}),
}
WORKFLOW = Object({"text": plain(75), "workflow": Object({"trigger": Object({"url": Text(3000)})})}, {**_ID, "style": STYLE})
FEEDBACK: dict[str, Shape] = {
    "feedback_buttons": Object({"positive_button": _FEEDBACK, "negative_button": _FEEDBACK}, _ID),
    "icon_button": Object(
        {"icon": Text(among=("trash",)), "text": plain(75)}, {**_PRESSED, "value": Text(2000), "accessibility_label": Text(75)}
    ),
}

_EITHER: dict[str, Shape] = {"checkboxes": CHECKBOXES, "radio_buttons": RADIO, **PICKERS, **SELECTS}
_SHARED: dict[str, Shape] = {**_EITHER, "button": BUTTON, "overflow": OVERFLOW, "workflow_button": WORKFLOW}
IN_SECTION = Kinds({kind: shape for kind, shape in _SHARED.items() if kind != "datetimepicker"} | {"image": IMAGE})
IN_ACTIONS = Kinds({**_SHARED, "rich_text_input": INPUTS["rich_text_input"]})
IN_INPUT = Kinds({**_EITHER, **INPUTS})
IN_CONTEXT_ACTIONS = Kinds(FEEDBACK)
