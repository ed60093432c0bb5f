"""The form of a self-review as Slack delivers it: twice, late, out of order, from two windows, or forged."""

from collections.abc import Iterator
from copy import deepcopy
from itertools import count
from json import dumps
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.policy.appraisals.record import LONG, State
from bot.policy.appraisals.self_review import Page, all_fields, entries
from bot.policy.people import Role
from bot.views.appraisals.evidence import MORE
from bot.views.appraisals.self_form import DRAFT, STEP_FORM, TURN_TO
from bot.views.appraisals.self_review import RECALL, START
from sandbox.workspace.app import TEAM
from tests.appraising import appraisal_of, begin, change, starts
from tests.faults.deliveries import FORM, post, signed
from tests.office import Office, open_office

NUMBERS = count(1)
SKILLS = ["professional_knowledge", "communication", "analysis", "teamwork", "learning"]
NO_SUCH = "There is no such appraisal, or it is not for you."


@pytest.fixture
def desk(database: str) -> Iterator[Office]:
    """Return an office in which Ann, whose manager is May, and Bob have an appraisal each, and Ann has its form open."""
    with open_office(database, http=True) as office:
        office.places("ann", manager="may")
        begin(office, "ann", "bob")
        office.ann.told[-1].press("Begin")
        yield office


def deliver(office: Office, payload: dict[str, Any]) -> tuple[int, str]:
    """Deliver an interaction as Slack does."""
    body = urlencode({"payload": dumps(payload)}).encode()
    return post(office.bot.settings.port, body, signed(body, FORM))


def held(view: dict[str, Any], texts: dict[str, str]) -> dict[str, Any]:
    """Return a view as it is when its fields hold these texts."""
    view = deepcopy(view)
    for block in view["blocks"]:
        if block["type"] == "input" and block["block_id"] in texts:
            element = block["element"]
            text = texts[block["block_id"]] or None
            chosen = next((one for one in element.get("options", []) if one["value"] == text), None)
            kept = {"value": text} if element["type"] == "plain_text_input" else {"selected_option": chosen}
            view["state"]["values"][block["block_id"]] = {element["action_id"]: {"type": element["type"], **kept}}
    return view


def typing(view: dict[str, Any], field: str, text: str, *, at: int, who: str = "U0ANN0001") -> dict[str, Any]:
    """Return what Slack sends when somebody typed into a field."""
    action = {"type": "plain_text_input", "block_id": field, "action_id": DRAFT, "value": text, "action_ts": f"17{at:08}.000000"}
    head = {"type": "block_actions", "user": {"id": who, "team_id": TEAM}, "team": {"id": TEAM}, "trigger_id": f"1.2.{next(NUMBERS)}"}
    return head | {"container": {"type": "view", "view_id": view["id"]}, "view": held(view, {field: text}), "actions": [action]}


def submitting(view: dict[str, Any], texts: dict[str, str], who: str = "U0ANN0001") -> dict[str, Any]:
    """Return what Slack sends when a form is submitted."""
    head = {"type": "view_submission", "user": {"id": who, "team_id": TEAM}, "team": {"id": TEAM}, "trigger_id": f"1.2.{next(NUMBERS)}"}
    return head | {"view": held(view, texts)}


def pressing(action: str, value: str, who: str, view: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return what Slack sends when a button is pressed on a page."""
    pressed = {"type": "button", "block_id": "b", "action_id": action, "value": value, "action_ts": f"1700000000.{next(NUMBERS):06}"}
    head = {"type": "block_actions", "user": {"id": who, "team_id": TEAM}, "team": {"id": TEAM}, "trigger_id": f"1.2.{next(NUMBERS)}"}
    shown = view or {"id": "V0", "type": "home", "hash": "1.a", "blocks": [], "state": {"values": {}}, "private_metadata": ""}
    return head | {"container": {"type": "view", "view_id": shown["id"]}, "view": shown, "actions": [pressed]}


def first_step(office: Office) -> str:
    """Return the first step of Ann's form, to which she goes back once it is opened anew."""
    view = starts(office.ann)
    deliver(office, pressing(TURN_TO, "did", office.ann.id, view))
    office.settle()
    return str(office.ann.form()["blocks"])


def summary(office: Office) -> str:
    return appraisal_of(office).self_review.summary


def test_a_state_that_comes_twice_or_late_changes_nothing(desk: Office) -> None:
    view = desk.ann.form()
    first, second = (typing(view, "summary", text, at=at) for text, at in (("A", 1), ("A good quarter", 2)))
    for payload in (second, second, first, first):
        assert deliver(desk, payload)[0] == 200
    assert (summary(desk), appraisal_of(desk).self_review.version) == ("A good quarter", 1)


def test_a_state_from_before_the_step_was_sent_changes_nothing(desk: Office) -> None:
    view = desk.ann.form()
    late = typing(view, "summary", "A", at=1)
    assert "How the period went" in deliver(desk, submitting(view, {"summary": "A good quarter"}))[1]
    deliver(desk, late)
    assert summary(desk) == "A good quarter"


def test_texts_of_two_windows_are_both_kept(desk: Office) -> None:
    here = desk.ann.form()
    there = here | {"id": "V0OTHER"}
    deliver(desk, typing(here, "summary", "From the desk", at=1))
    deliver(desk, typing(there, "summary", "From the train", at=2))
    assert summary(desk) == "From the desk\n\n— also typed, in another window —\nFrom the train"
    first = first_step(desk)
    assert "From the desk" in first and "From the train" in first


def test_a_text_without_room_beside_another_is_sent_to_the_person_alone(desk: Office) -> None:
    here = desk.ann.form()
    deliver(desk, typing(here, "summary", "a" * LONG, at=1))
    deliver(desk, typing(here | {"id": "V0OTHER"}, "summary", "b" * LONG, at=2))
    desk.settle()
    assert summary(desk) == "b" * LONG
    assert "a" * LONG in desk.ann.told[-1].words


def test_what_was_typed_outlives_the_bot(database: str) -> None:
    with open_office(database, http=True) as office:
        begin(office, "ann")
        office.ann.told[-1].press("Begin")
        deliver(office, typing(office.ann.form(), "summary", "A good quarter", at=1))
    with open_office(database, http=True) as office:
        assert "A good quarter" in first_step(office)


def test_a_form_that_slack_opens_no_more_loses_nothing(desk: Office) -> None:
    deliver(desk, typing(desk.ann.form(), "summary", "A good quarter", at=1))
    desk.sandbox.control.close(desk.ann.id, desk.ann.form()["id"])
    deliver(desk, pressing(START, "1", desk.ann.id))
    desk.settle()
    assert "Please do it once more" in desk.ann.told[-1].words
    assert "A good quarter" in first_step(desk)


@pytest.mark.parametrize("action", [START, RECALL, MORE])
def test_a_button_opens_nobody_elses_self_review(desk: Office, action: str) -> None:
    desk.places("hana", roles=frozenset({Role.HR}))
    change(desk, state=State.SELF_SUBMITTED, self_submitted_at=appraisal_of(desk).opened_at)
    for somebody in (desk.bob, desk.may, desk.hana, desk.ada, desk.lin):
        deliver(desk, pressing(action, "1:bids:0" if action == MORE else "1", somebody.id))
        assert desk.sandbox.control.views(somebody.id) == []
    assert appraisal_of(desk).state is State.SELF_SUBMITTED


PLACES = ["1:did:0:0", "1:check:0:1", "", "x", "1", "1:did", "1:zzz:0:0", "999999999:did:0:0", "9" * 40 + ":did:0:0"]


def test_a_forged_place_writes_into_nobody_elses_self_review(desk: Office) -> None:
    before = appraisal_of(desk)
    for number, metadata in enumerate(PLACES):
        forged = desk.ann.form() | {"private_metadata": metadata, "hash": f"{number}.forged"}
        assert deliver(desk, typing(forged, "summary", "Forged", at=number, who=desk.may.id))[0] == 200
        status, body = deliver(desk, submitting(forged, {"summary": "Forged"}, who=desk.may.id))
        assert status == 200 and NO_SUCH in body
        assert deliver(desk, pressing(TURN_TO, "did", desk.may.id, forged))[0] == 200
    assert appraisal_of(desk) == before


@pytest.mark.parametrize("action", [RECALL, MORE, TURN_TO, START])
def test_nonsense_in_a_button_is_answered(desk: Office, action: str) -> None:
    for value in ("", "x", "-1", "9" * 30, "1:bids", "1:zzz:0", "1:bids:-1", "\u0661"):
        assert deliver(desk, pressing(action, value, desk.ann.id, desk.ann.form()))[0] == 200
        assert appraisal_of(desk).state in (State.NOT_STARTED, State.SELF_DRAFT)


def test_handing_in_what_was_handed_in_elsewhere_is_refused_and_the_form_stays(desk: Office) -> None:
    change(desk, state=State.SELF_SUBMITTED, self_submitted_at=appraisal_of(desk).opened_at)
    status, body = deliver(desk, submitting(desk.ann.form(), {"summary": "Once more"}))
    assert status == 200 and '"errors"' in body and "self-review handed in" in body


FIELDS = ["summary", *all_fields(SKILLS)[1:], "zzz", "mark_part_x"]
STATES = st.dictionaries(st.sampled_from(FIELDS), st.one_of(st.text(max_size=20), st.sampled_from(["1", "5", "9"])))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STATES, st.sampled_from([*Page]), st.integers(0, 5))
def test_whatever_a_form_holds_a_draft_only_grows(office: Office, texts: dict[str, str], page: Page, version: int) -> None:
    with office.bot.store.look() as shelves:
        known = shelves.cycles.get(1)
    if known is None:
        begin(office, "ann")
    before = appraisal_of(office).self_review
    blocks = [{"type": "input", "block_id": name, "element": {"type": "plain_text_input", "action_id": DRAFT}} for name in texts]
    view = {"id": f"V{next(NUMBERS)}", "type": "modal", "hash": "1.a", "callback_id": STEP_FORM, "blocks": blocks, "state": {"values": {}}}
    view |= {"private_metadata": f"1:{page}:{version}:0"}
    payload = typing(view, "", "", at=next(NUMBERS))
    payload["view"] = held(view, texts)
    assert deliver(office, payload)[0] == 200
    after = appraisal_of(office).self_review
    assert after.version == before.version + 1
    assert set(entries(before)) <= set(entries(after))
