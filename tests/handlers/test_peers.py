"""Colleagues answer what they are asked about working together (§5.1.4): once each, changeable, and seen by nobody else."""

from collections.abc import Iterator

import pytest

from bot.language import translator
from bot.policy.appraisals.cycle import Phase
from bot.policy.appraisals.record import PeerRating
from bot.views.appraisals.peers import PEERS, RATE, RATE_FORM, asked
from storage.rating import raters_of, tell_peers
from tests.appraising import DUE, begin
from tests.handlers.test_self_review import deliver, pressing, submitting
from tests.office import MONDAY, Office, open_office

NO_SUCH = "There is no such question, or it is not for you."


@pytest.fixture
def desk(database: str) -> Iterator[Office]:
    """Return an office in which Bob is asked about Ann and Dan."""
    with open_office(database, http=True) as office:
        begin(office, "ann", "dan")
        with office.bot.store.change() as shelves:
            ratings = [
                shelves.ratings.add(PeerRating(cycle=1, person=person, rater=office.bob.id, opportunity=1, asked_at=MONDAY))
                for person in (office.ann.id, office.dan.id)
            ]
            names = {one.id: one.name for one in shelves.people.all()}
            message = asked(translator("en"), ratings, names, period="2026Q4", until=DUE["self_due"])
            shelves.outbox.say(f"{PEERS}:1:{office.bob.id}", office.bob.id, message, subject=f"peers:1:{office.bob.id}")
        office.settle()
        yield office


def rating(office: Office, number: int = 1) -> PeerRating:
    with office.bot.store.look() as shelves:
        found = shelves.ratings.get(number)
    assert found
    return found


def goes_to(office: Office, phase: Phase) -> None:
    """Let the cycle go on, as the calendar does."""
    with office.bot.store.change() as shelves:
        cycle = shelves.cycles.get(1)
        assert cycle
        after = cycle.amended(state=phase)
        shelves.cycles.save(after)
        for rater in raters_of(shelves, 1):
            tell_peers(shelves, after, rater, office.bot.desk.handbook)
    office.settle()


def test_one_message_asks_about_all_and_shows_what_is_answered(desk: Office) -> None:
    asked_about = desk.bob.told[-1]
    assert "Ann Engineer" in asked_about.words and "Dan Engineer" in asked_about.words and asked_about.buttons == ["Rate", "Rate"]
    asked_about.press("Rate")
    assert desk.bob.fills(communication="4", problem_solving="5") == {}
    assert (rating(desk).communication, rating(desk).problem_solving) == (4, 5)
    assert desk.bob.told[-1].buttons == ["Change", "Rate"] and "answered, thank you" in desk.bob.told[-1].words
    desk.bob.told[-1].press("Rate")
    assert desk.bob.fills(cannot=["cannot"]) == {}
    assert rating(desk, 2).declined and "you cannot say" in desk.bob.told[-1].words and "Thank you!" in desk.bob.told[-1].words


def test_an_answer_can_be_changed_and_its_form_shows_it(desk: Office) -> None:
    desk.bob.told[-1].press("Rate")
    desk.bob.fills(communication="4", problem_solving="5")
    desk.bob.told[-1].press("Change")
    chosen = [block["element"].get("initial_option", {}).get("value") for block in desk.bob.form()["blocks"] if block["type"] == "input"]
    assert chosen == ["4", "5", None]
    desk.bob.fills(communication="2", problem_solving="2")
    assert rating(desk).communication == 2


def test_half_an_answer_is_marked_on_its_field(desk: Office) -> None:
    desk.bob.told[-1].press("Rate")
    assert desk.bob.fills(communication="4") == {"problem_solving": "Give a mark of 1 to 5, or tick “I cannot say”."}


def test_no_mark_is_in_a_message_or_in_the_log(desk: Office) -> None:
    desk.bob.told[-1].press("Rate")
    desk.bob.fills(communication="4", problem_solving="5")
    with desk.bot.store.look() as shelves:
        events = shelves.audit.of(f"peers:1:{desk.bob.id}")
    assert [(event.action, event.was, event.became) for event in events] == [("rate", None, None)]
    assert desk.ann.id not in str(events) and "4" not in desk.bob.told[-1].words.replace("2026Q4", "")


def test_nobody_else_sees_or_gives_an_answer(desk: Office) -> None:
    view = {"id": "V1", "type": "modal", "callback_id": RATE_FORM, "private_metadata": "1", "blocks": []}
    given = {key: {key: {"type": "static_select", "selected_option": {"value": "1"}}} for key in ("communication", "problem_solving")}
    for somebody in (desk.ann, desk.dan, desk.may, desk.hana, desk.ada):
        deliver(desk, pressing(RATE, "1", somebody.id))
        assert desk.sandbox.control.views(somebody.id) == []
        sent = submitting(view | {"hash": f"1.{somebody.id}", "state": {"values": given}}, {}, who=somebody.id)
        assert NO_SUCH in deliver(desk, sent)[1]
    assert rating(desk).rated_at is None


def test_nonsense_is_answered(desk: Office) -> None:
    for value in ("", "x", "0", "-1", "9" * 30, "777"):
        assert deliver(desk, pressing(RATE, value, desk.bob.id))[0] == 200
    assert desk.sandbox.control.views(desk.bob.id) == []


def test_when_the_managers_begin_the_questions_are_closed(desk: Office) -> None:
    assert "Tue 1 Dec 2026" in desk.bob.told[-1].words
    desk.bob.told[-1].press("Rate")
    goes_to(desk, Phase.MANAGER_REVIEW)
    assert "closed" in desk.bob.told[-1].words and desk.bob.told[-1].buttons == []
    assert "closed" in desk.bob.fills(communication="4", problem_solving="5")["communication"]
    assert rating(desk).rated_at is None
