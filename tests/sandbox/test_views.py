"""Modals and App Home, opened by an app over the Web API and filled in by people."""

from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.clock import MovableClock
from sandbox import Sandbox
from sandbox.refusal import Refused
from tests.sandbox.listener import Listener
from tests.sandbox.modals import PREVIEW, field, home, modal, option, plain
from tests.sandbox.workspace import ANN, BOB, GENERAL, MANIFEST, PEOPLE, manifest

NOTE = field("note", {"type": "plain_text_input", "min_length": 2, "max_length": 5})
OPTIONAL = field("more", {"type": "plain_text_input"}, optional=True)
DIVIDER = {"type": "divider"}


class Desk:
    """Opens modals for a person and hears what comes of them."""

    def __init__(self, sandbox: Sandbox, listener: Listener, client: WebClient) -> None:
        self.control, self.listener, self.client = sandbox.control, listener, client

    def trigger(self) -> str:
        self.control.shortcut(ANN, "new")
        return str(self.listener.last["trigger_id"])

    def opened(self, *blocks: dict[str, Any], **view: Any) -> str:
        return str(self.client.views_open(trigger_id=self.trigger(), view=modal(*blocks, **view))["view"]["id"])

    def pushed(self, on: str, **view: Any) -> str:
        self.control.press(ANN, view=on, block_id="act", action_id="preview")
        answer = self.client.views_push(trigger_id=self.listener.last["trigger_id"], view=modal(PREVIEW, **view))
        return str(answer["view"]["id"])

    def stack(self) -> list[str]:
        return [view["id"] for view in self.control.views(ANN)]


@pytest.fixture
def desk(sandbox: Sandbox, listener: Listener, client: WebClient) -> Desk:
    return Desk(sandbox, listener, client)


def refusal(error: pytest.ExceptionInfo[SlackApiError]) -> str:
    return str(error.value.response["error"])


def test_a_trigger_works_once(desk: Desk) -> None:
    trigger = desk.trigger()
    desk.client.views_open(trigger_id=trigger, view=modal(DIVIDER))
    with pytest.raises(SlackApiError) as error:
        desk.client.views_open(trigger_id=trigger, view=modal(DIVIDER))
    assert refusal(error) == "exchanged_trigger_id"


def test_a_trigger_lives_for_a_while(clock: MovableClock) -> None:
    with Sandbox(clock, manifest=MANIFEST, people=PEOPLE, trigger_seconds=0.0) as impatient, Listener(impatient) as listener:
        client = WebClient("xoxb-sandbox", base_url=f"{impatient.url}/api/")
        impatient.control.shortcut(ANN, "new")
        with pytest.raises(SlackApiError) as error:
            client.views_open(trigger_id=listener.last["trigger_id"], view=modal(DIVIDER))
        assert refusal(error) == "expired_trigger_id"


def test_a_trigger_cannot_be_made_up(desk: Desk) -> None:
    with pytest.raises(SlackApiError) as error:
        desk.client.views_open(trigger_id="1.2.3", view=modal(DIVIDER))
    assert refusal(error) == "invalid_trigger_id"


def test_a_refused_view_leaves_the_trigger_whole(desk: Desk) -> None:
    trigger = desk.trigger()
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        desk.client.views_open(trigger_id=trigger, view=modal())
    assert desk.client.views_open(trigger_id=trigger, view=modal(DIVIDER))["ok"]


def test_three_views_are_the_whole_stack(desk: Desk) -> None:
    first = desk.opened(PREVIEW)
    second = desk.pushed(first)
    third = desk.pushed(second)
    assert desk.stack() == [first, second, third]
    with pytest.raises(SlackApiError) as error:
        desk.pushed(third)
    assert refusal(error) == "push_limit_reached"
    top = desk.control.views(ANN)[-1]
    assert (top["root_view_id"], top["previous_view_id"]) == (first, second)


def test_only_what_is_done_in_a_modal_can_push(desk: Desk) -> None:
    with pytest.raises(SlackApiError) as error:
        desk.client.views_push(trigger_id=desk.trigger(), view=modal(DIVIDER))
    assert refusal(error) == "invalid_trigger_id"


def test_another_modal_takes_the_place_of_the_stack(desk: Desk) -> None:
    desk.pushed(desk.opened(PREVIEW))
    latest = desk.opened(PREVIEW)
    assert desk.stack() == [latest]


def test_an_older_write_is_refused_by_its_hash(desk: Desk) -> None:
    view = desk.opened(PREVIEW)
    old = desk.control.views(ANN)[0]["hash"]
    desk.client.views_update(view_id=view, hash=old, view=modal(PREVIEW))
    with pytest.raises(SlackApiError) as error:
        desk.client.views_update(view_id=view, hash=old, view=modal(PREVIEW))
    assert refusal(error) == "hash_conflict"
    assert desk.client.views_update(view_id=view, view=modal(PREVIEW))["ok"]


def test_an_external_id_is_one_views_own(desk: Desk) -> None:
    desk.opened(PREVIEW, external_id="mine")
    with pytest.raises(SlackApiError) as error:
        desk.client.views_publish(user_id=BOB, view=home(DIVIDER, external_id="mine"))
    assert refusal(error) == "duplicate_external_id"
    assert desk.client.views_update(external_id="mine", view=modal(PREVIEW, external_id="mine"))["ok"]


def test_a_closed_view_is_not_found(desk: Desk) -> None:
    view = desk.opened(OPTIONAL)
    desk.control.submit(ANN, view)
    with pytest.raises(SlackApiError) as error:
        desk.client.views_update(view_id=view, view=modal(DIVIDER))
    assert refusal(error) == "not_found"


def test_a_view_has_at_most_250_kilobytes(desk: Desk) -> None:
    large = [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3000}} for _ in range(90)]
    with pytest.raises(SlackApiError) as error:
        desk.client.views_open(trigger_id=desk.trigger(), view=modal(*large))
    assert refusal(error) == "view_too_large"


def test_the_trigger_comes_with_no_other_surface(desk: Desk) -> None:
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        desk.client.views_open(trigger_id=desk.trigger(), view=home(DIVIDER))
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        desk.client.views_publish(user_id=ANN, view=modal(DIVIDER))


def test_entries_stay_when_block_and_action_keep_their_ids(desk: Desk) -> None:
    view = desk.opened(NOTE, OPTIONAL, PREVIEW)
    desk.control.press(ANN, view=view, block_id="act", action_id="preview", values={"note": {"note": "abc"}, "more": {"more": "def"}})
    renamed = OPTIONAL | {"block_id": "more-2"}
    desk.client.views_update(view_id=view, view=modal(NOTE, renamed, PREVIEW))
    assert desk.control.views(ANN)[0]["state"]["values"] == {
        "note": {"note": {"type": "plain_text_input", "value": "abc"}},
        "more-2": {"more": {"type": "plain_text_input", "value": None}},
    }


@pytest.mark.parametrize(("typed", "complaint"), [("", "required"), ("x", "at least 2"), ("xxxxxx", "no more than 5")])
def test_slacks_own_form_holds_back_what_is_wrong(desk: Desk, typed: str, complaint: str) -> None:
    view = desk.opened(NOTE)
    with pytest.raises(Refused) as refused:
        desk.control.submit(ANN, view, {"note": {"note": typed}})
    assert refused.value.error == "invalid_input"
    assert complaint in refused.value.details["errors"]["note"]


@pytest.mark.parametrize(
    ("element", "value", "complaint"),
    [
        ({"type": "number_input", "is_decimal_allowed": False}, "1.5", "valid number"),
        ({"type": "number_input", "is_decimal_allowed": True, "min_value": "2"}, "1.5", "at least 2"),
        ({"type": "number_input", "is_decimal_allowed": True, "max_value": "2"}, "2.5", "at most 2"),
        ({"type": "email_text_input"}, "ann", "valid email"),
        ({"type": "url_text_input"}, "example", "valid URL"),
        ({"type": "multi_users_select", "max_selected_items": 1}, [ANN, BOB], "no more than 1"),
    ],
)
def test_each_kind_of_input_has_its_own_check(desk: Desk, element: dict[str, Any], value: Any, complaint: str) -> None:
    view = desk.opened(field("x", element))
    with pytest.raises(Refused) as refused:
        desk.control.submit(ANN, view, {"x": {"x": value}})
    assert complaint in refused.value.details["errors"]["x"]


CHOICES = {"options": [option("A", "a"), option("B", "b")]}


@pytest.mark.parametrize(
    ("element", "value", "state"),
    [
        ({"type": "plain_text_input"}, "hi 😀 & <b>", {"value": "hi :grinning: & <b>"}),
        ({"type": "plain_text_input"}, "", {"value": None}),
        ({"type": "number_input", "is_decimal_allowed": True}, "2.5", {"value": "2.5"}),
        ({"type": "number_input", "is_decimal_allowed": True}, None, {}),
        ({"type": "static_select", **CHOICES}, "b", {"selected_option": option("B", "b")}),
        ({"type": "static_select", **CHOICES}, None, {"selected_option": None}),
        ({"type": "static_select", "option_groups": [{"label": plain("G"), **CHOICES}]}, "a", {"selected_option": option("A", "a")}),
        ({"type": "radio_buttons", **CHOICES}, "a", {"selected_option": option("A", "a")}),
        ({"type": "checkboxes", **CHOICES}, ["a", "b"], {"selected_options": [option("A", "a"), option("B", "b")]}),
        ({"type": "checkboxes", **CHOICES}, [], {"selected_options": []}),
        ({"type": "multi_static_select", **CHOICES}, ["b"], {"selected_options": [option("B", "b")]}),
        ({"type": "datepicker"}, "2026-12-24", {"selected_date": "2026-12-24"}),
        ({"type": "timepicker", "timezone": "Asia/Shanghai"}, "09:30", {"selected_time": "09:30", "timezone": "Asia/Shanghai"}),
        ({"type": "datetimepicker"}, 1798102800, {"selected_date_time": 1798102800}),
        ({"type": "users_select"}, BOB, {"selected_user": BOB}),
        ({"type": "multi_users_select"}, [], {"selected_users": []}),
        ({"type": "conversations_select"}, GENERAL, {"selected_conversation": GENERAL}),
        ({"type": "channels_select"}, GENERAL, {"selected_channel": GENERAL}),
        ({"type": "email_text_input"}, "ann@example.com", {"value": "ann@example.com"}),
        ({"type": "url_text_input"}, "https://example.com/x", {"value": "https://example.com/x"}),
        ({"type": "file_input"}, None, {"files": []}),
    ],
)
def test_what_was_entered_arrives_in_its_own_key(desk: Desk, element: dict[str, Any], value: Any, state: dict[str, Any]) -> None:
    view = desk.opened(field("x", element, optional=True))
    desk.control.submit(ANN, view, {"x": {"x": value}})
    arrived = desk.listener.last["view"]["state"]["values"]["x"]["x"]
    assert _without_emoji(arrived) == {"type": element["type"], **state}


def _without_emoji(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_emoji(inner) for key, inner in value.items() if key != "emoji"}
    return [_without_emoji(item) for item in value] if isinstance(value, list) else value


def test_what_is_not_offered_cannot_be_chosen(desk: Desk) -> None:
    view = desk.opened(field("x", {"type": "static_select", **CHOICES}))
    with pytest.raises(Refused, match="not among the options"):
        desk.control.submit(ANN, view, {"x": {"x": "c"}})


def test_an_external_select_offers_what_the_app_answered(desk: Desk) -> None:
    view = desk.opened(field("x", {"type": "external_select", "min_query_length": 2}))
    with pytest.raises(Refused, match="type 2 characters"):
        desk.control.options(ANN, view=view, block_id="x", action_id="x", value="b")
    desk.listener.answer = {"options": [option("Bob", "bob")]}
    assert desk.control.options(ANN, view=view, block_id="x", action_id="x", value="bo") == [option("Bob", "bob")]
    desk.listener.answer = None
    desk.control.submit(ANN, view, {"x": {"x": "bob"}})
    assert desk.listener.last["view"]["state"]["values"]["x"]["x"]["selected_option"] == option("Bob", "bob")


def test_options_are_at_most_a_hundred(desk: Desk) -> None:
    view = desk.opened(field("x", {"type": "external_select", "min_query_length": 0}))
    desk.listener.answer = {"options": [option(str(n), str(n)) for n in range(101)]}
    with pytest.raises(Refused, match="no more than 100"):
        desk.control.options(ANN, view=view, block_id="x", action_id="x", value="")


def test_an_empty_answer_closes_the_view(desk: Desk) -> None:
    view = desk.opened(NOTE)
    assert desk.control.submit(ANN, view, {"note": {"note": "abc"}}) == {"response_action": None, "errors": {}}
    assert desk.stack() == []


def test_errors_stay_on_the_form(desk: Desk) -> None:
    view = desk.opened(NOTE)
    desk.listener.answer = {"response_action": "errors", "errors": {"note": "too dull"}}
    assert desk.control.submit(ANN, view, {"note": {"note": "abc"}}) == {"response_action": "errors", "errors": {"note": "too dull"}}
    assert desk.stack() == [view]


def test_a_submission_can_update_push_and_clear(desk: Desk) -> None:
    view = desk.opened(NOTE)
    for action in ("update", "push"):
        desk.listener.answer = {"response_action": action, "view": modal(OPTIONAL, title=plain(action))}
        desk.control.submit(ANN, desk.stack()[-1], {"note": {"note": "abc"}} if action == "update" else None)
    assert [v["title"]["text"] for v in desk.control.views(ANN)] == ["update", "push"]
    assert desk.stack()[0] == view
    desk.listener.answer = {"response_action": "clear"}
    desk.control.submit(ANN, desk.stack()[-1])
    assert desk.stack() == []


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {"elsewhere": "x"}},
        {"response_action": "errors", "errors": {}},
        {"response_action": "errors", "errors": {"note": ""}},
        {"response_action": "update"},
        {"response_action": "update", "view": modal()},
        {"response_action": "push", "view": home(DIVIDER)},
        {"response_action": "vanish"},
        {"text": "saved"},
    ],
)
def test_an_answer_that_slack_would_not_follow(desk: Desk, answer: dict[str, Any]) -> None:
    view = desk.opened(NOTE)
    desk.listener.answer = answer
    with pytest.raises(Refused) as refused:
        desk.control.submit(ANN, view, {"note": {"note": "abc"}})
    assert refused.value.error == "invalid_response"


def test_cancel_closes_one_view_and_the_x_all(desk: Desk) -> None:
    first = desk.opened(PREVIEW, notify_on_close=True)
    second = desk.pushed(first, notify_on_close=True)
    desk.control.close(ANN, second)
    assert (desk.stack(), desk.listener.last["view"]["id"], desk.listener.last["is_cleared"]) == ([first], second, False)
    third = desk.pushed(first)
    desk.control.close(ANN, third, all=True)
    assert (desk.stack(), desk.listener.last["view"]["id"], desk.listener.last["is_cleared"]) == ([], first, True)


def test_closing_is_told_only_when_asked_for(desk: Desk) -> None:
    view = desk.opened(PREVIEW)
    desk.control.close(ANN, view)
    assert desk.listener.last["type"] == "shortcut"


def test_a_view_is_one_persons_own(desk: Desk) -> None:
    view = desk.opened(NOTE)
    with pytest.raises(Refused, match="another person"):
        desk.control.submit(BOB, view, {"note": {"note": "abc"}})


def test_an_input_is_told_only_when_it_dispatches(desk: Desk) -> None:
    view = desk.opened(NOTE, field("now", {"type": "datepicker"}, dispatch_action=True, optional=True))
    with pytest.raises(Refused, match="tells the app nothing"):
        desk.control.press(ANN, view=view, block_id="note", action_id="note", value="abc")
    desk.control.press(ANN, view=view, block_id="now", action_id="now", value="2026-12-24")
    action = desk.listener.last["actions"][0]
    assert (action["type"], action["selected_date"]) == ("datepicker", "2026-12-24")
    assert desk.listener.last["view"]["state"]["values"]["now"]["now"]["selected_date"] == "2026-12-24"


def test_home_is_published_for_one_person(desk: Desk) -> None:
    desk.client.views_publish(user_id=ANN, view=home(DIVIDER))
    assert desk.control.home_view(ANN) is not None
    assert desk.control.home_view(BOB) is None
    with pytest.raises(SlackApiError, match="hash_conflict"):
        desk.client.views_publish(user_id=ANN, view=home(DIVIDER), hash="1.old")


def test_home_must_be_switched_on(clock: MovableClock) -> None:
    with Sandbox(clock, manifest=manifest(home_tab_enabled=False), people=PEOPLE) as closed:
        client = WebClient("xoxb-sandbox", base_url=f"{closed.url}/api/")
        with pytest.raises(SlackApiError, match="not_enabled"):
            client.views_publish(user_id=ANN, view=home(DIVIDER))
        with pytest.raises(Refused, match="no home tab"):
            closed.control.home(ANN)


def test_typing_in_an_input_that_dispatches_is_told_with_all_that_the_form_holds(desk: Desk) -> None:
    when = {"dispatch_action_config": {"trigger_actions_on": ["on_character_entered"]}}
    typed = field("text", {"type": "plain_text_input", "initial_value": "so far"} | when, dispatch_action=True)
    view = desk.opened(NOTE, typed)
    desk.control.press(ANN, view=view, block_id="text", action_id="text", value="so far, so good", values={"note": {"note": "abc"}})
    action, told = desk.listener.last["actions"][0], desk.listener.last["view"]
    assert (action["type"], action["block_id"], action["value"]) == ("plain_text_input", "text", "so far, so good")
    assert {name: entered[name]["value"] for name, entered in told["state"]["values"].items()} == {"note": "abc", "text": "so far, so good"}
    assert next(block for block in told["blocks"] if block["block_id"] == "text")["element"]["initial_value"] == "so far"


@pytest.mark.parametrize("events", [[], ["on_leaving"], "on_enter_pressed"])
def test_an_input_dispatches_at_no_other_moment(desk: Desk, events: object) -> None:
    when = {"dispatch_action_config": {"trigger_actions_on": events}}
    with pytest.raises(SlackApiError):
        desk.opened(field("text", {"type": "plain_text_input"} | when, dispatch_action=True))
