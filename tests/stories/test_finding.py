"""What is misspelt is asked back, with buttons that carry on; and nobody learns names that are not theirs to see."""

import pytest

from bot.policy.bids import Member
from bot.policy.people import Role
from tests.office import Office

KINDS = ("opportunity", "bid", "research", "solution", "demo")


@pytest.fixture
def busy(office: Office) -> Office:
    """Return an office with one of everything for Zephyrus, in which Bob is a colleague of another department."""
    for kind in KINDS:
        office.ann.types(f"/{kind} new Zephyrus")
    office.ann.types("/customer enquiry Zephyrus @ann Does it run on site?")
    with office.bot.store.change() as shelves:
        bob = shelves.people.get(office.bob.id)
        assert bob is not None
        shelves.people.put(bob.amended(roles=frozenset({Role.COLLEAGUE})))
    return office


@pytest.mark.parametrize("text", [*(f"/{kind} show Zephyruss" for kind in KINDS), "/customer show Zephyruss", "/bid won Zephyruss 3m"])
def test_no_names_are_offered_to_who_may_not_see_them(busy: Office, text: str) -> None:
    answer = busy.bob.types(text)
    assert "Zephyrus" not in answer.words.replace("Zephyruss", "")
    assert "Did you mean" not in answer.words and "This one" not in answer.buttons
    assert "Did you mean Zephyrus?" in busy.ann.types(text).words


def test_who_works_on_it_is_offered_its_name(busy: Office) -> None:
    with busy.bot.store.change() as shelves:
        bid = shelves.bids.get(1)
        assert bid is not None
        shelves.bids.save(bid.amended(members=(Member(person=busy.bob.id, role="technical"),)))
    assert "Did you mean Zephyrus?" in busy.bob.types("/bid show Zephyruss").words
    assert "Did you mean" not in busy.bob.types("/solution show Zephyruss").words


def test_nobody_is_offered_what_is_confidential(busy: Office) -> None:
    busy.ann.types("/bid confidential Zephyrus")
    for kind in (*KINDS, "customer"):
        assert "Did you mean" not in busy.lin.types(f"/{kind} show Zephyruss").words
        assert "Zephyrus" in busy.ann.types(f"/{kind} show Zephyruss").words


@pytest.mark.parametrize(
    ("typed", "outcome"),
    [
        ("/bid confidential Zephyruss", "Zephyrus is confidential now"),
        ("/bid withdraw Zephyruss no staff", "Zephyrus is recorded: withdrawn."),
        ("/opportunity hold Zephyruss budget is frozen", "budget is frozen"),
        ("/solution show Zephyruss", "S-1"),
        ("/demo show Zephyruss", "D-1"),
        ("/research show Zephyruss", "R-1"),
        ("/customer show Zephyruss", "C-1"),
        ("/customer enquiry Zephyruss Who maintains it?", "Who maintains it?"),
        ("/customer answer Zephyruss Yes, on site.", "Yes, on site."),
        ("/customer opinion Zephyruss breaker Portal too slow", "Portal"),
    ],
)
def test_the_choice_of_a_near_name_carries_on_with_what_was_typed(busy: Office, typed: str, outcome: str) -> None:
    asked = busy.ann.types(typed)
    assert "There is no" in asked.words and "Did you mean Zephyrus?" in asked.words
    answer = asked.press("This one")
    assert answer is not None and outcome in answer.words


def test_a_number_that_is_not_there_is_nothing_near(busy: Office) -> None:
    assert "Did you mean" not in busy.ann.types("/opportunity show O-9").words
