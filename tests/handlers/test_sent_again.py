"""A form that is sent again because its answer was lost: as it was, or with something changed meanwhile."""

from collections.abc import Iterator
from datetime import timedelta
from json import dumps, loads
from typing import Any
from urllib.parse import urlencode

import pytest

from bot.policy.bids import Bid
from bot.views.appraisals.self_form import STEP_FORM
from tests.appraising import appraisal_of, begin
from tests.faults.deliveries import FORM, post, signed, submission
from tests.office import Office, open_office

NEW = "bids.new"
TAKEN = "This form was already taken as you sent it first."


@pytest.fixture
def desk(database: str) -> Iterator[Office]:
    with open_office(database, http=True) as office:
        yield office


def sent(office: Office, payload: dict[str, Any]) -> dict[str, Any]:
    """Deliver a submission whose answer never reaches Slack; return that answer."""
    body = urlencode({"payload": dumps(payload)}).encode()
    status, answer = post(office.bot.settings.port, body, signed(body, FORM))
    assert status == 200
    return dict(loads(answer)) if answer else {}


def entered(office: Office) -> list[Bid]:
    """Return the bids in the books."""
    with office.bot.store.look() as shelves:
        return list(shelves.bids.listed(limit=9))


def test_a_form_that_was_taken_and_comes_again_as_it_was_is_done_once_and_closes(desk: Office) -> None:
    form = submission(NEW, {"customer": "ACME", "amount": "1.2m"})
    assert [sent(desk, form) for _ in range(3)] == [{}, {}, {}]
    desk.settle()
    assert len(entered(desk)) == 1 and len(desk.ann.told) == 1


def test_a_form_that_was_taken_and_comes_again_changed_stays_open_and_says_so(desk: Office) -> None:
    assert sent(desk, submission(NEW, {"customer": "ACME", "amount": "1.2m"})) == {}
    before = entered(desk)
    for _ in range(2):
        answer = sent(desk, submission(NEW, {"customer": "ACME", "amount": "2.5m"}))
        assert answer["response_action"] == "errors" and answer["errors"]["customer"].startswith(TAKEN)
    desk.settle()
    assert entered(desk) == before and len(desk.ann.told) == 1
    assert sent(desk, submission(NEW, {"customer": "ACME", "amount": "1.2m"})) == {}


def test_a_form_that_was_refused_and_comes_again_put_right_is_taken(desk: Office) -> None:
    wrong = submission(NEW, {"customer": "ACME", "amount": "much"})
    assert sent(desk, wrong)["response_action"] == sent(desk, wrong)["response_action"] == "errors"
    assert sent(desk, submission(NEW, {"customer": "ACME", "amount": "1.2m"})) == {}
    assert len(entered(desk)) == 1


def test_a_page_whose_next_page_was_lost_is_taken_as_it_is_sent_now(desk: Office) -> None:
    desk.places("ann", manager="may")
    begin(desk, "ann")
    desk.ann.told[-1].press("Begin")
    shown = desk.ann.form()
    for text in ("A quarter", "A good quarter", "A good quarter"):
        form = submission(STEP_FORM, {"summary": text}, shown["private_metadata"])
        form["view"] |= {name: shown[name] for name in ("id", "hash", "blocks")}
        desk.clock.move_to(desk.clock.now() + timedelta(seconds=5))
        answer = sent(desk, form)
        assert answer["response_action"] == "update" and answer["view"]["callback_id"] == STEP_FORM
        assert appraisal_of(desk).self_review.summary == text


def test_the_mark_is_put_on_a_field_and_never_on_a_menu_above_it(desk: Office) -> None:
    form = submission(NEW, {"sort": "x", "customer": "ACME", "amount": "1.2m"})
    kinds = {"sort": "actions", "customer": "input", "amount": "input"}
    form["view"]["blocks"] = [{"type": kind, "block_id": name} for name, kind in kinds.items()]
    assert sent(desk, form) == {}
    form["view"]["state"]["values"]["amount"]["amount"]["value"] = "3m"
    assert list(sent(desk, form)["errors"]) == ["customer"]
