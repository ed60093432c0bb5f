"""From the scorecard to the "go": the live total, several raters, somebody else's decision, conditions, shares of the credit."""

from typing import Any

import pytest

from bot.handbook import load_handbook
from tests.office import Office, Seen, Somebody, text_of

TERMS = load_handbook().bids.assessment
CRITERIA = [criterion.id for criterion in TERMS.criteria]
GATES = [gate.id for gate in TERMS.gates]


@pytest.fixture
def managed(office: Office) -> Office:
    """Return an office in which May manages Ann, and a bid of Ann's is in the books."""
    office.places("ann", manager="may")
    office.ann.types("/bid new ACME 1.2m due Fri 5pm")
    return office


def choose(rater: Somebody, block: str, value: Any) -> str:
    """Choose something in the scorecard on top; return its last lines, the live total."""
    rater.office.sandbox.control.press(rater.id, view=rater.form()["id"], block_id=block, action_id="bids.mark", value=value)
    rater.office.settle()
    return text_of(rater.form()["blocks"][-1])


def mark_all(rater: Somebody, mark: int = 3, **different: int) -> str:
    """Tick the gates and mark every criterion; return the live total."""
    choose(rater, "gates", GATES)
    return [choose(rater, f"mark_{name}", str(different.get(name, mark))) for name in CRITERIA][-1]


def opens(person: Somebody, text: str) -> None:
    """Type a command that opens a form."""
    person.office.sandbox.control.command(person.id, "C0GENERAL", text)
    person.form()


def assesses(rater: Somebody, mark: int = 3, **different: int) -> None:
    """Assess the bid, from the command to the filed form."""
    opens(rater, "/bid assess ACME")
    mark_all(rater, mark, **different)
    assert rater.fills() == {}


def last(person: Somebody) -> Seen:
    """Return what the bot told somebody last."""
    return person.told[-1]


def test_the_total_is_live_and_what_was_entered_stays(managed: Office) -> None:
    managed.ann.types("/bid list").press("Open")
    opens(managed.ann, "/bid assess ACME")
    assert "6 of 100 so far; still to be marked: 7 criteria." in choose(managed.ann, "mark_team_capacity", "3")
    assert "Advice: go, on conditions." in mark_all(managed.ann, 5, requirement_fit=1)
    total = text_of(managed.ann.form()["blocks"][-1])
    assert "84 of 100" in total and "A mark of 1 rules out a plain go: fit to the requirements." in total
    assert "Not confirmed: we hold every mandatory qualification" in choose(managed.ann, "gates", GATES[1:])
    assert "comment_requirement_fit" in [block["block_id"] for block in managed.ann.form()["blocks"]]
    assert managed.ann.fills(comment_requirement_fit="It is not our field.") == {}
    filed = last(managed.ann).words
    assert "Your assessment of ACME is filed." in filed and "84 of 100. Advice: no-go." in filed
    assert "It is not our field." in filed


def test_asked_decided_told_and_taken_back(managed: Office) -> None:
    assesses(managed.ann, 4)
    last(managed.ann).press("Ask for the decision")
    asked = last(managed.may)
    assert "Do we bid for ACME? The decision is yours." in asked.words and "80 of 100. Advice: go." in asked.words
    refused = managed.ann.types("/bid go ACME")
    assert "You own ACME, so somebody else decides: May Manager." in refused.words
    decided = asked.press("Go")
    assert decided is not None and "ACME · <@U0MAY0001> decided: go." in decided.words
    assert "ACME (B-1): go." in managed.may.told[0].words and "Go" not in managed.may.told[0].buttons
    assert "By the scorecard: 80 of 100, go." in last(managed.ann).words
    assert "Credit: <@U0ANN0001> 100% :white_check_mark:" in managed.ann.types("/bid show ACME").words
    assert "is go" in managed.may.types("/bid go ACME").words
    assert "May Manager" in managed.bob.types("/bid nogo ACME").words
    decided.press("Undo")
    assert "Do we bid for ACME?" in managed.may.told[0].words and "Go" in managed.may.told[0].buttons
    assert "The decision was taken back." in last(managed.ann).words


def test_several_raters_mark_alone_and_say_why_they_differ(managed: Office) -> None:
    assesses(managed.ann, 3)
    assert "of 100" not in managed.bob.types("/bid show ACME").words
    assert "Asked to assess ACME: Bob Engineer." in managed.ann.types("/bid assess ACME <@U0BOB0001>").words
    last(managed.bob).press("Assess")
    assert "U0ANN0001> 3" not in text_of(managed.bob.form()["blocks"])
    mark_all(managed.bob, 3, requirement_fit=5)
    assert managed.bob.fills() == {}
    assert "<@U0ANN0001> 3, <@U0BOB0001> 5" in "".join(text_of(block) for block in managed.bob.form()["blocks"])
    assert "nobody has said why" in managed.may.types("/bid go ACME they asked for us").words
    assert managed.bob.fills(comment_requirement_fit="I built the same in March.") == {}
    card = last(managed.bob).words
    assert "64 of 100. Advice: go, on conditions." in card and "I built the same in March." in card
    assert "You have assessed ACME (B-1)." in managed.bob.told[0].words


def test_against_the_scorecard_a_reason_is_needed(managed: Office) -> None:
    assesses(managed.ann, 3)
    opens(managed.may, "/bid nogo ACME")
    assert managed.may.fills(reason="The buyer has chosen already.") == {}
    told = last(managed.ann).words
    assert "Against the scorecard: 60 of 100 advised go, on conditions." in told and "The buyer has chosen already." in told
    opens(managed.may, "/bid reopen ACME")
    assert managed.may.fills(reason="The tender was changed.") == {}
    assert "ACME · being assessed" in managed.ann.types("/bid show ACME").words
    assert "May Manager" in managed.ann.types("/bid 放弃 ACME 没有人手").words


def test_a_go_on_conditions_becomes_a_go_once_they_are_met(managed: Office) -> None:
    assesses(managed.ann, 3)
    opens(managed.may, "/bid conditional ACME")
    view = managed.may.form()
    managed.sandbox.control.press(
        managed.may.id,
        view=view["id"],
        block_id=next(block["block_id"] for block in view["blocks"] if block["type"] == "actions"),
        action_id="bids.more_conditions",
        values={"text_1": {"text_1": "A partner signs"}, "due_1": {"due_1": "2026-11-25"}},
    )
    managed.settle()
    late = managed.may.fills(text_2="Legal agrees", owner_2="U0BOB0001", due_2="2026-12-25")
    assert late == {"due_2": "That is after the deadline of the bid."}
    assert managed.may.fills(due_2="2026-11-26") == {}
    assert "A partner signs · <@U0ANN0001> · by Wed 25 Nov 2026" in last(managed.may).words
    assert "Still to be met: A partner signs; Legal agrees" in managed.may.types("/bid go ACME").words
    met = last(managed.ann).press("It is met")
    assert met is not None and "Still open for ACME: 1 condition." in met.words
    last(managed.bob).press("It is met")
    assert "All conditions for ACME are met. Is it a go?" in last(managed.may).words
    decided = last(managed.may).press("Go")
    assert decided is not None and "decided: go." in decided.words


def test_without_a_manager_an_administrator_decides(office: Office) -> None:
    office.ada.types("/bid list")
    office.ann.types("/bid new ACME 1.2m")
    assert "Ada Admin" in office.ann.types("/bid go ACME").words
    assert "Ada Admin" in office.bob.types("/bid go ACME").words
    offered = office.ada.types("/bid go ACME")
    assert "ACME (B-1) has not been assessed yet." in offered.words
    offered.press("Assess")
    mark_all(office.ada, 5)
    assert office.ada.fills() == {}
    assert "decided: go." in office.ada.types("/bid 参与 ACME").words


def test_shares_are_proposed_agreed_and_fixed_by_the_outcome(managed: Office) -> None:
    assesses(managed.ann, 5)
    managed.may.types("/bid go ACME")
    assert "sum to 90" in managed.ann.types("/bid shares ACME <@U0ANN0001> 60 <@U0BOB0001> 30").words
    proposed = managed.ann.types("/bid shares ACME <@U0ANN0001> 60 <@U0BOB0001> 40%").words
    assert "Credit: <@U0ANN0001> 60% :white_check_mark:, <@U0BOB0001> 40%" in proposed
    asked = last(managed.bob)
    assert "Your share of the credit for ACME is 40%. Do you agree?" in asked.words
    agreed = asked.press("I agree")
    assert agreed is not None and "Everybody has agreed" in agreed.words
    assert any("You have agreed to the shares of ACME." in seen.words and not seen.buttons for seen in managed.bob.told)
    opens(managed.ann, "/bid 份额 ACME")
    assert managed.ann.fills(percent_U0ANN0001="half") == {"percent_U0ANN0001": "Write a number of per cent, for example 12.5."}
    assert managed.ann.fills(percent_U0ANN0001="50", percent_U0BOB0001="50") == {}
    assert len([seen for seen in managed.bob.told if "Do you agree?" in seen.words]) == 1
    managed.ann.types("/bid submit ACME")
    managed.ann.types("/bid won ACME")
    assert "The outcome of ACME is known; its shares are fixed." in last(managed.bob).words
    assert "the shares are fixed" in managed.ann.types("/bid shares ACME <@U0ANN0001> 100").words


def test_why_shows_formula_clause_and_version(managed: Office) -> None:
    assesses(managed.ann, 3)
    last(managed.ann).press("Why?")
    words = "\n".join(text_of(block) for block in managed.ann.form()["blocks"])
    assert "20 × 3 ÷ 5 = 12" in words and "Clause §4.4.1" in words and load_handbook().version in words


def test_in_chinese(office: Office) -> None:
    office.places("lin", manager="may")
    office.lin.types("/bid 新建 北京银行 350万 截止 下周五 17:00")
    opens(office.lin, "/bid 评估 北京银行")
    assert "需求匹配度 · 20%" in [block.get("label", {}).get("text") for block in office.lin.form()["blocks"]]
