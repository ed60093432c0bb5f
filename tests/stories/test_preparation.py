"""From the decision to a bid that is ready: the team, milestones, parts, questions to experts, the review and what it found."""

from datetime import datetime
from typing import Any

import pytest

from bot.policy.bids import State
from tests.office import Office, Seen, Somebody

ANN, BOB, MAY, ADA, LIN = "U0ANN0001", "U0BOB0001", "U0MAY0001", "U0ADA0001", "U0LIN0001"
ALL_TICKS = ["mandatory_clauses", "signatures", "bid_security", "validity", "price_form", "copies"]


@pytest.fixture
def decided(office: Office) -> Office:
    """Return an office in which Ann's bid, due in three weeks, has its go."""
    office.ann.types("/bid new ACME 1.2m due 11 Dec 17:00")
    stands(office, State.GO_DECIDED)
    return office


def stands(office: Office, state: State, **facts: Any) -> None:
    """Put the bid where earlier stages, which have stories of their own, would have brought it."""
    with office.bot.store.change() as shelves:
        bid = shelves.bids.get(1)
        assert bid is not None
        shelves.bids.save(bid.amended(state=state, **facts))


def opens(person: Somebody, text: str) -> None:
    """Type a command that opens a form."""
    person.office.sandbox.control.command(person.id, "C0GENERAL", text)
    person.form()


def last(person: Somebody) -> Seen:
    """Return what the bot told somebody last."""
    return person.told[-1]


def about(person: Somebody, words: str) -> Seen:
    """Return the one message to somebody in which these words stand."""
    [found] = [seen for seen in person.told if words in seen.words]
    return found


def moment(text: str) -> int:
    """Return a moment as the picker of a form gives it."""
    return int(datetime.fromisoformat(text).timestamp())


def prepares(office: Office) -> Seen:
    """Name the team; return what is answered."""
    return office.ann.types("/bid team ACME @bob technical @lin commercial, price")


def reviews(person: Somebody, marks: int = 4, **found: str) -> dict[str, str]:
    """Fill the form of a review and send it; return the errors."""
    aspects = ("accuracy", "completeness", "compliance")
    return person.fills(**dict.fromkeys(aspects, str(marks)), **{f"{aspect}_findings": text for aspect, text in found.items()})


def test_a_bid_is_prepared_reviewed_and_ready(decided: Office) -> None:
    assert "Name the team" in decided.ann.types("/bid show ACME").buttons
    plan = prepares(decided)
    assert f"<@{BOB}>: technical part" in plan.words and f"<@{LIN}>: commercial part and price part" in plan.words
    assert "kick-off: Fri 27 Nov 2026" in plan.words and "print and seal: Thu 10 Dec 2026" in plan.words
    assert f"technical part: <@{BOB}>, due Thu 3 Dec 2026, 18:00 CST" in plan.words

    task = last(decided.bob)
    assert "You are in the team that prepares ACME (B-1), due Fri 11 Dec 2026, 17:00 CST: technical part" in task.words
    task.press("Done")
    assert "technical part: <@U0BOB0001>, done" in last(decided.bob).words and "Not done yet" in last(decided.bob).buttons
    for kind in ("commercial", "price"):
        press_in_tasks(decided.lin, kind)

    asked = decided.ann.types("/bid review ACME @may")
    assert f"<@{MAY}> is asked to review ACME." in asked.words and "in review" in decided.ann.types("/bid show ACME").words
    last(decided.may).press("Review it")
    assert reviews(decided.may, accuracy="technical: wrong voltage\n- no date", compliance="seal missing") == {}
    assert "Your review of ACME (B-1) is recorded" in decided.may.told[0].words

    refused = decided.ann.types("/bid approve ACME")
    assert "ACME (B-1) is not ready yet." in refused.words
    assert f"Not ticked: number and form of copies are right – <@{ANN}>" in refused.words
    assert f"Open finding: wrong voltage – <@{BOB}>, <@{ANN}>" in refused.words
    refused.press("Checklist")
    assert decided.ann.fills(ticks=ALL_TICKS) == {}

    found = about(decided.bob, "reviewed ACME (B-1): accuracy 4, completeness 4, compliance 4.")
    assert "technical part: wrong voltage" in found.words
    found.press("Close")
    assert "wrong voltage" not in about(decided.bob, "reviewed ACME (B-1)").words
    page = decided.ann.types("/bid parts ACME")
    assert "Ready to hand in" not in page.buttons and "Checklist: 6 of 6" in page.words
    for _ in range(2):
        page = page.press("Close") or page
    ready = page.press("Ready to hand in")
    assert ready is not None and "ACME is ready to hand in." in ready.words
    assert "ready to hand in" in decided.bob.types("/bid show ACME").words


def press_in_tasks(person: Somebody, kind: str) -> None:
    """Press the button that says a part is done in the message with somebody's tasks, whatever its language."""
    message = person.told[0]
    [(block, value)] = [
        (block["block_id"], element["value"])
        for block in message.message["blocks"]
        for element in block.get("elements", [])
        if element.get("action_id") == "bids.part_done" and element["value"].endswith(kind)
    ]
    place = (message.channel, message.message["ts"])
    person.office.sandbox.control.press(person.id, message=place, block_id=block, action_id="bids.part_done", value=value)
    person.office.settle()


def test_the_team_is_named_by_form(decided: Office) -> None:
    decided.ann.types("/bid list").press("Open").press("Name the team")
    assert decided.ann.fills(technical=BOB, lead=MAY, others=[ADA]) == {}
    said = last(decided.ann).words
    assert f"<@{MAY}>: lead" in said and f"commercial part: <@{ANN}>" in said and f"<@{ADA}>" in said
    opens(decided.ann, "/bid team B-1")
    assert decided.ann.fills(technical=ADA, commercial=None, price=None, lead=MAY, others=[]) == {}
    assert "You have no part in preparing ACME (B-1) any more." in last(decided.bob).words
    assert "technical part" in last(decided.ada).words and f"commercial part: <@{ANN}>" in last(decided.ann).words


@pytest.mark.parametrize(
    ("typed", "answered"),
    [
        ("/bid team ACME technical commercial", "Name each person with @"),
        ("/bid team ACME @bob price @may price", "Each part has one owner."),
        ("/bid team ACME @gus technical", "Gus Guest cannot take part: only members of the company can."),
        ("/bid team ACME @nobody technical", "Who is “nobody”?"),
        ("/bid 团队 ACME 技术 @bob 商务：@may", "<@U0BOB0001>: technical part"),
        ("/bid 團隊 ACME @bob 報價、簡報 @may", "<@U0BOB0001>: price part and 簡報"),
        ("/bid review ACME @bob", "ACME (B-1) is go"),
        ("/bid checklist ACME", "its document is not being prepared"),
        ("/bid deadline ACME yesterday", "already passed"),
        ("/bid deadline ACME soon", "I could not read “soon” as a time."),
        ("/bid ask ACME which voltage?", "Name the expert first"),
        ("/bid ask ACME @ann which voltage?", "Nobody asks themselves."),
    ],
)
def test_what_is_typed_is_understood_or_answered_clearly(decided: Office, typed: str, answered: str) -> None:
    assert answered in decided.ann.types(typed).words


def test_before_the_decision_the_refusal_says_what_comes_first(office: Office) -> None:
    office.ann.types("/bid new ACME 1.2m")
    assert "The team is named once the owner's manager has decided to bid." in office.ann.types("/bid team ACME @ann lead").words
    assert "That is for" in office.bob.types("/bid team ACME @bob lead").words


def test_a_moved_deadline_moves_milestones_and_parts_and_everybody_hears(decided: Office) -> None:
    prepares(decided)
    decided.ann.types("/bid parts ACME").press("Parts and milestones")
    assert decided.ann.fills(price_due=moment("2026-12-20T09:00+08:00")) == {"price_due": "That is after the deadline."}
    assert decided.ann.fills(price_due=moment("2026-12-01T09:00+08:00"), reached=["kick_off"]) == {}
    assert "kick-off: Fri 27 Nov 2026, reached" in last(decided.ann).words

    moved = decided.ann.types("/bid deadline ACME 4 Dec 17:00")
    assert "ACME is now due Fri 4 Dec 2026, 17:00 CST." in moved.words
    assert "first draft: Thu 26 Nov 2026" in moved.words and "print and seal: Thu 3 Dec 2026" in moved.words
    assert "due Thu 26 Nov 2026, 18:00 CST" in decided.bob.told[0].words
    assert "The deadline of ACME (B-1) has moved: it is due Fri 4 Dec 2026, 17:00 CST." in last(decided.bob).words
    undone = moved.press("Undo")
    assert undone is not None and "due Thu 3 Dec 2026, 18:00 CST" in decided.bob.told[0].words

    opens(decided.ann, "/bid deadline ACME")
    assert decided.ann.fills(deadline=moment("2026-11-26T17:00+08:00")) == {}
    assert (
        "kick-off: Thu 12 Nov 2026, reached" in last(decided.ann).words and "first draft: Wed 18 Nov 2026, late" in last(decided.ann).words
    )


def test_nobody_reviews_their_own_work_or_closes_what_is_not_theirs(decided: Office) -> None:
    decided.ann.types("/bid team ACME @bob technical @lin commercial @chen presenter")
    assert "This document is still being written; Ann Engineer can ask for its review." in decided.may.types("/bid review ACME").words
    assert "may be reviewed by 陳美玲" in decided.bob.types("/bid review ACME").words
    opens(decided.ann, "/bid review ACME")
    assert "may be reviewed by 陳美玲" in decided.ann.fills(reviewer=BOB)["reviewer"]
    assert decided.ann.fills(reviewer=MAY) == {}
    opens(decided.may, "/bid review ACME")
    assert reviews(decided.may, accuracy="技术：电压不对") == {}
    sheet = decided.may.types("/bid show ACME")
    assert "technical part: 电压不对" in sheet.words
    refused = sheet.press("Close")
    assert refused is not None and "That is for Bob Engineer and Ann Engineer." in refused.words
    back = decided.may.types("/bid sendback ACME no diagrams")
    assert "goes back to its authors" in back.words and "no diagrams" in last(decided.bob).words
    assert "is in preparation" in decided.ann.types("/bid approve ACME").words


def test_an_expert_answers_one_question_and_the_answer_is_on_the_sheet(decided: Office) -> None:
    prepares(decided)
    asked = decided.ann.types("/bid ask ACME @may Which voltage does the plant have? by Wed 5pm")
    assert f"<@{MAY}> is asked until Wed 25 Nov 2026, 17:00 CST: “Which voltage does the plant have?”" in asked.words
    question = last(decided.may)
    assert f"<@{ANN}> asks you for one answer, for the bid for ACME (B-1)." in question.words
    question.press("Answer")
    assert decided.may.fills(answer="230 V") == {}
    assert "You answered" in decided.may.told[0].words and "Change the answer" in decided.may.told[0].buttons
    assert f"<@{MAY}> answered your question for ACME (B-1)." in last(decided.ann).words and "230 V" in last(decided.ann).words
    assert "Which voltage does the plant have?" in decided.bob.types("/bid show ACME").words
    decided.may.told[0].press("Change the answer")
    assert decided.may.fills(answer="400 V") == {}
    assert "“400 V”" in decided.bob.types("/bid show ACME").words and "400 V" in last(decided.ann).words


def test_of_a_confidential_bid_an_expert_sees_only_the_question(decided: Office) -> None:
    stands(decided, State.GO_DECIDED, confidential=True)
    opens(decided.ann, "/bid 咨询 ACME")
    assert decided.ann.fills(expert=MAY, question="Which voltage?", form="A number") == {}
    assert "its name is not told" in last(decided.ann).words
    question = last(decided.may)
    assert "ACME" not in str(question.message) and "B-1" not in str(question.message)
    assert "In this form: A number" in question.words and "Until Tue 24 Nov 2026, 18:00 CST" in question.words
    question.press("Answer")
    assert "ACME" not in str(decided.may.form()["blocks"])
    assert decided.may.fills(answer="230 V") == {}
    assert all("ACME" not in str(seen.message) for seen in decided.may.told)


def test_a_question_that_is_taken_back_says_so(decided: Office) -> None:
    asked = decided.ann.types("/bid ask ACME @may 电压多少？ 明天 17:00 前")
    assert "until Tue 24 Nov 2026, 17:00 CST: “电压多少？”" in asked.words
    asked.press("Undo")
    assert "The question was taken back." in last(decided.may).words


def test_many_long_findings_stay_within_what_slack_shows(decided: Office) -> None:
    decided.ann.types("/bid team ACME @bob technical")
    decided.ann.types("/bid review ACME @may")
    last(decided.may).press("Review it")
    long = "\n".join(f"{number} " + "x" * 90 for number in range(21))
    assert "more than 20 findings" in reviews(decided.may, accuracy=long)["accuracy_findings"]
    assert reviews(decided.may, accuracy="price part: " + "x" * 1900, completeness=long.partition("\n")[2]) == {}
    page = decided.ann.types("/bid parts ACME")
    assert "21 open findings" in page.words and page.buttons.count("Close") == 5
