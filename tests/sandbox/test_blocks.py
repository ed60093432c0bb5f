"""Each rule about blocks and views, beside the page of Slack's documentation it is from, and a case that breaks it."""

import logging
from typing import Any

import pytest
from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block

from sandbox.blocks import check_message_blocks, check_options, check_view
from tests.sandbox.modals import button, field, home, modal, option, plain

Json = dict[str, Any]
LONG = "x" * 5000
IMAGE = {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "a"}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def section(**fields: Any) -> Json:
    return {"type": "section", **fields}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def pressed(**fields: Any) -> Json:
    return actions({"type": "button", "text": plain("Go"), **fields})


def select(kind: str = "static_select", **fields: Any) -> Json:
    return actions({"type": kind, **fields})


A, B = option("A", "a"), option("B", "b")
CONFIRM = {"title": plain("T"), "text": plain("Sure?"), "confirm": plain("Yes"), "deny": plain("No")}
TEXT = {"type": "plain_text_input"}
RULES: list[tuple[str, Json, str]] = [
    ("blocks: unknown type", {"type": "marquee"}, "unsupported type: marquee [json-pointer:/blocks/0/type]"),
    ("blocks: no type", {"text": plain("x")}, "missing required field: type [json-pointer:/blocks/0]"),
    ("blocks: block_id", {"type": "divider", "block_id": LONG}, "must be less than 256 characters [json-pointer:/blocks/0/block_id]"),
    ("blocks: unknown key", {"type": "divider", "colour": "red"}, "invalid additional property: colour [json-pointer:/blocks/0]"),
    ("blocks: null", section(text=None), "must provide an object [json-pointer:/blocks/0/text]"),
    ("text object: length", section(text=mrkdwn(LONG)), "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"),
    ("text object: empty", section(text=mrkdwn("")), "must be more than 0 characters [json-pointer:/blocks/0/text/text]"),
    ("text object: emoji is plain text's", section(text=mrkdwn("x") | {"emoji": True}), "invalid additional property: emoji"),
    ("text object: verbatim is mrkdwn's", section(text=plain("x") | {"verbatim": True}), "invalid additional property: verbatim"),
    ("text object: a bare string", section(text="x"), "must provide an object [json-pointer:/blocks/0/text]"),
    ("section: text or fields", section(), "one of text, fields is required"),
    ("section: ten fields", section(fields=[plain("x")] * 11), "no more than 10 items allowed [json-pointer:/blocks/0/fields]"),
    ("section: length of a field", section(fields=[plain("x" * 2001)]), "must be less than 2001 characters"),
    ("section: what may stand beside", section(text=plain("x"), accessory=TEXT), "unsupported type: plain_text_input"),
    (
        "section: no datetimepicker beside",
        section(text=plain("x"), accessory={"type": "datetimepicker"}),
        "unsupported type: datetimepicker",
    ),
    ("actions: no elements", actions(), "no fewer than 1 items allowed"),
    ("actions: 25 elements", actions(*[{"type": "button", "text": plain("x")}] * 26), "no more than 25 items allowed"),
    ("actions: no image", actions(IMAGE), "unsupported type: image"),
    ("actions: no input", actions(TEXT), "unsupported type: plain_text_input"),
    (
        "actions: action ids differ",
        actions(*[{"type": "button", "text": plain("x"), "action_id": "a"}] * 2),
        "already exists for another element",
    ),
    ("input: label", {"type": "input", "element": TEXT}, "missing required field: label"),
    ("input: plain label", field("x", TEXT) | {"label": mrkdwn("x")}, "unsupported type: mrkdwn"),
    ("input: hint", field("x", TEXT, hint=plain("x" * 2001)), "must be less than 2001 characters"),
    ("input: no button", field("x", {"type": "button", "text": plain("x")}), "unsupported type: button"),
    ("input: no overflow", field("x", {"type": "overflow", "options": [A]}), "unsupported type: overflow"),
    ("context: ten elements", {"type": "context", "elements": [plain("x")] * 11}, "no more than 10 items allowed"),
    ("context: no button", {"type": "context", "elements": [{"type": "button", "text": plain("x")}]}, "unsupported type: button"),
    ("header: plain", {"type": "header", "text": mrkdwn("x")}, "unsupported type: mrkdwn"),
    ("header: length", {"type": "header", "text": plain("x" * 151)}, "must be less than 151 characters"),
    ("header: level", {"type": "header", "text": plain("x"), "level": 5}, "must be between 1 and 4"),
    ("image: alt_text", {"type": "image", "image_url": "https://example.com/a.png"}, "missing required field: alt_text"),
    ("image: one source", IMAGE | {"slack_file": {"id": "F1"}}, "exactly one of image_url, slack_file is required"),
    ("image: slack_file", {"type": "image", "alt_text": "a", "slack_file": {"id": "F1", "url": "x"}}, "exactly one of id, url"),
    (
        "rich_text: list style",
        {"type": "rich_text", "elements": [{"type": "rich_text_list", "elements": []}]},
        "missing required field: style",
    ),
    ("rich_text: parts", {"type": "rich_text", "elements": [{"type": "text", "text": "x"}]}, "unsupported type: text"),
    ("markdown: length", {"type": "markdown", "text": "x" * 12_001}, "must be less than 12001 characters"),
    ("table: rows", {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]] * 101}, "no more than 100 items allowed"),
    ("table: cells", {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * 21]}, "no more than 20 items allowed"),
    ("table: characters", {"type": "table", "rows": [[{"type": "raw_text", "text": "x" * 10_001}]]}, "less than 10001 characters"),
    ("alert: modals only", {"type": "alert", "text": plain("x")}, "unsupported type: alert"),
    ("button: text", pressed(text=plain("x" * 76)), "must be less than 76 characters"),
    ("button: plain", pressed(text=mrkdwn("x")), "unsupported type: mrkdwn"),
    ("button: value", pressed(value="x" * 2001), "must be less than 2001 characters"),
    ("button: url", pressed(url="x" * 3001), "must be less than 3001 characters"),
    ("button: style", pressed(style="default"), "must be a valid enum value"),
    ("button: action_id", pressed(action_id="x" * 256), "must be less than 256 characters"),
    (
        "confirm: all four",
        pressed(confirm={"title": plain("T"), "text": plain("x"), "confirm": plain("Yes")}),
        "missing required field: deny",
    ),
    ("confirm: title", pressed(confirm=CONFIRM | {"title": plain("x" * 101)}), "must be less than 101 characters"),
    ("confirm: text", pressed(confirm=CONFIRM | {"text": plain("x" * 301)}), "must be less than 301 characters"),
    ("confirm: buttons", pressed(confirm=CONFIRM | {"deny": plain("x" * 31)}), "must be less than 31 characters"),
    ("option: text", select(options=[option("x" * 76, "a")]), "must be less than 76 characters"),
    ("option: plain in selects", select(options=[A | {"text": mrkdwn("A")}]), "unsupported type: mrkdwn"),
    ("option: value", select(options=[option("A", "x" * 151)]), "must be less than 151 characters"),
    ("option: url in overflow only", select(options=[A | {"url": "https://example.com"}]), "invalid additional property: url"),
    ("option: description", select(options=[A | {"description": plain("x" * 76)}]), "must be less than 76 characters"),
    ("select: options or groups", select(), "exactly one of options, option_groups is required"),
    ("select: not both", select(options=[A], option_groups=[{"label": plain("G"), "options": [A]}]), "exactly one of"),
    ("select: a hundred options", select(options=[A] * 101), "no more than 100 items allowed"),
    ("select: an empty list", select(options=[]), "no fewer than 1 items allowed"),
    ("select: initial option", select(options=[A], initial_option=B), "must match an option exactly"),
    ("select: initial option, exactly", select(options=[A], initial_option=option("Aa", "a")), "must match an option exactly"),
    ("multi select: initial options", select("multi_static_select", options=[A], initial_options=[A, B]), "must match an option exactly"),
    ("multi select: at most", select("multi_static_select", options=[A], max_selected_items=0), "must be between 1 and 100"),
    ("select: placeholder", select(options=[A], placeholder=plain("x" * 151)), "must be less than 151 characters"),
    ("conversations_select: filter", select("conversations_select", filter={}), "must provide at least one property"),
    ("conversations_select: include", select("conversations_select", filter={"include": []}), "no fewer than 1 items allowed"),
    ("checkboxes: ten", select("checkboxes", options=[A] * 11), "no more than 10 items allowed"),
    ("radio_buttons: ten", select("radio_buttons", options=[A] * 11), "no more than 10 items allowed"),
    ("radio_buttons: initial", select("radio_buttons", options=[A], initial_option=B), "must match an option exactly"),
    ("overflow: five", select("overflow", options=[A] * 6), "no more than 5 items allowed"),
    ("datepicker: format", select("datepicker", initial_date="24.12.2026"), "must match the expected format"),
    ("datepicker: a day that is", select("datepicker", initial_date="2026-02-30"), "must be a valid date"),
    ("timepicker: format", select("timepicker", initial_time="9:30"), "must match the expected format"),
    ("datetimepicker: ten digits", select("datetimepicker", initial_date_time=1), "must be between"),
    ("plain_text_input: lengths", field("x", TEXT | {"max_length": 3001}), "must be between 1 and 3000"),
    ("plain_text_input: in order", field("x", TEXT | {"min_length": 5, "max_length": 4}), "min_length must not be greater"),
    ("plain_text_input: initial value", field("x", TEXT | {"initial_value": "xxx", "max_length": 2}), "must be less than 3 characters"),
    ("email input: modals only", field("x", {"type": "email_text_input"}), "unsupported type: email_text_input"),
    ("number input: modals only", field("x", {"type": "number_input", "is_decimal_allowed": True}), "unsupported type: number_input"),
    ("file input: modals only", field("x", {"type": "file_input"}), "unsupported type: file_input"),
    (
        "carousel: ten cards",
        {"type": "carousel", "elements": [{"type": "card", "title": plain("x")}] * 11},
        "no more than 10 items allowed",
    ),
    ("card: something to show", {"type": "card"}, "one of hero_image, title, actions, body is required"),
    ("card: three buttons", {"type": "card", "actions": pressed()["elements"] * 4}, "no more than 3 items allowed"),
    ("container: title", {"type": "container", "child_blocks": [{"type": "divider"}]}, "one of title, rich_text_title is required"),
    (
        "video: https",
        {"type": "video", "alt_text": "a", "title": plain("t"), "thumbnail_url": "x", "video_url": "http://x"},
        "expected format",
    ),
]


@pytest.mark.parametrize(("block", "problem"), [(block, problem) for _, block, problem in RULES], ids=[source for source, _, _ in RULES])
def test_a_message_with_this_block_is_refused(block: Json, problem: str) -> None:
    assert any(problem in found for found in check_message_blocks([block])), check_message_blocks([block])


@pytest.mark.parametrize(
    ("blocks", "problem"),
    [
        ([button("b", "a"), button("b", "c")], '`block_id` "b" already exists'),
        ([{"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]]}] * 2, "only_one_table_allowed"),
        ([{"type": "markdown", "text": "x" * 7000}] * 2, "markdown must be less than 12001 characters"),
        ([field(name, TEXT | {"focus_on_load": True}) for name in "ab"], "only one element can have focus_on_load"),
        ([{"type": "divider"}] * 51, "no more than 50 items allowed"),
        (["divider"], "must provide an object"),
    ],
    ids=["block: block_id", "table: one", "markdown: in all", "focus_on_load: once", "message: 50 blocks", "blocks: objects"],
)
def test_a_message_with_these_blocks_is_refused(blocks: list[Any], problem: str) -> None:
    assert any(problem in found for found in check_message_blocks(blocks))


DIVIDER = {"type": "divider"}
VIEWS: list[tuple[str, Any, str]] = [
    ("views: an object", "modal", "must provide an object [json-pointer:/view]"),
    ("views: type", modal(DIVIDER) | {"type": "sheet"}, "unsupported type: sheet [json-pointer:/view/type]"),
    ("modal: title", {"type": "modal", "blocks": [DIVIDER]}, "missing required field: title [json-pointer:/view]"),
    (
        "modal: length of the title",
        modal(DIVIDER, title=plain("x" * 25)),
        "must be less than 25 characters [json-pointer:/view/title/text]",
    ),
    ("modal: plain title", modal(DIVIDER, title=mrkdwn("x")), "unsupported type: mrkdwn"),
    ("modal: submit", modal(DIVIDER, submit=plain("x" * 25)), "must be less than 25 characters"),
    ("modal: close", modal(DIVIDER, close=plain("x" * 25)), "must be less than 25 characters"),
    ("modal: submit with inputs", {k: v for k, v in modal(field("x", TEXT)).items() if k != "submit"}, "missing required field: submit"),
    ("modal: private_metadata", modal(DIVIDER, private_metadata="x" * 3001), "must be less than 3001 characters"),
    ("modal: callback_id", modal(DIVIDER, callback_id="x" * 256), "must be less than 256 characters"),
    ("modal: external_id", modal(DIVIDER, external_id="x" * 256), "must be less than 256 characters"),
    ("modal: a hundred blocks", modal(*[DIVIDER] * 101), "no more than 100 items allowed [json-pointer:/view/blocks]"),
    ("modal: at least one block", modal(), "no fewer than 1 items allowed"),
    ("modal: what is received is not what is sent", modal(DIVIDER, id="V1", state={}), "invalid additional property: id"),
    ("modal: no table", modal({"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]]}), "unsupported type: table"),
    ("modal: no markdown", modal({"type": "markdown", "text": "x"}), "unsupported type: markdown"),
    ("modal: pointers", modal(DIVIDER, section(text=mrkdwn(LONG))), "[json-pointer:/view/blocks/1/text/text]"),
    ("number_input: decimals", modal(field("x", {"type": "number_input"})), "missing required field: is_decimal_allowed"),
    (
        "number_input: strings",
        modal(field("x", {"type": "number_input", "is_decimal_allowed": True, "min_value": 1})),
        "must provide a string",
    ),
    (
        "number_input: initial value",
        modal(field("x", {"type": "number_input", "is_decimal_allowed": False, "initial_value": "1.5"})),
        "must be a number that may be entered",
    ),
    ("file_input: files", modal(field("x", {"type": "file_input", "max_files": 11})), "must be between 1 and 10"),
    ("file_input: no dispatch", modal(field("x", {"type": "file_input"}, dispatch_action=True)), "dispatch_action is not allowed"),
    ("alert: text", modal({"type": "alert", "text": plain("x" * 201)}), "must be less than 201 characters"),
    ("home: no title", home(DIVIDER, title=plain("x")), "invalid additional property: title"),
    ("home: no submit", home(DIVIDER, submit=plain("x")), "invalid additional property: submit"),
    ("home: no datetimepicker", home(actions({"type": "datetimepicker"})), "unsupported type: datetimepicker"),
    ("home: no alert", home({"type": "alert", "text": plain("x")}), "unsupported type: alert"),
]


@pytest.mark.parametrize(("view", "problem"), [(view, problem) for _, view, problem in VIEWS], ids=[source for source, _, _ in VIEWS])
def test_this_view_is_refused(view: Any, problem: str) -> None:
    assert any(problem in found for found in check_view(view)), check_view(view)


GOOD: list[Json] = [
    section(text=mrkdwn("x"), accessory=IMAGE, block_id="s", expand=True),
    section(fields=[plain("a"), mrkdwn("b") | {"verbatim": True}]),
    pressed(style="primary", value="1", confirm=CONFIRM, accessibility_label="Go on"),
    select(options=[A, B], initial_option=B, placeholder=plain("Pick")),
    select("static_select", option_groups=[{"label": plain("G"), "options": [A]}], initial_option=A),
    select("checkboxes", options=[A | {"text": mrkdwn("*A*")}]),
    select("overflow", options=[A | {"url": "https://example.com"}]),
    select("conversations_select", filter={"include": ["public"]}, default_to_current_conversation=True),
    {"type": "context", "elements": [plain("x"), IMAGE]},
    {"type": "header", "text": plain("x"), "level": 2},
    IMAGE | {"title": plain("x")},
    {
        "type": "rich_text",
        "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "x", "style": {"bold": True}}]}],
    },
    {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]], "column_settings": [None, {"align": "right"}]},
    field("x", TEXT | {"multiline": True, "initial_value": ""}, hint=plain("why"), dispatch_action=True),
    {"type": "carousel", "elements": [{"type": "card", "title": plain("x"), "actions": pressed()["elements"]}]},
    {"type": "container", "title": plain("x"), "child_blocks": [DIVIDER]},
]


@pytest.mark.parametrize("block", GOOD, ids=lambda block: str(block["type"]))
def test_what_slack_takes_is_taken(block: Json) -> None:
    assert check_message_blocks([block]) == []
    logging.disable(logging.WARNING)
    parsed = Block.parse(block)
    assert parsed is not None
    parsed.to_dict()
    logging.disable(logging.NOTSET)


def test_what_the_official_library_refuses_is_refused_here() -> None:
    """Every block of the table that slack_sdk itself would not write down is in the table for that reason too."""
    refused = 0
    logging.disable(logging.WARNING)
    for _, block, _ in RULES:
        try:
            parsed = Block.parse(block)
            if parsed is not None:
                parsed.to_dict()
        except (SlackObjectFormationError, TypeError, AttributeError):
            refused += 1
            assert check_message_blocks([block])
    logging.disable(logging.NOTSET)
    assert refused > 15


def test_offered_options_follow_the_rules_of_options() -> None:
    assert check_options({"options": []}) == []
    assert check_options({"options": [A]}) == []
    assert check_options({}) != []
    assert check_options({"options": [option("x" * 76, "a")]}) != []
