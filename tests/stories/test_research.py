"""Requirement research over real sockets: prepared, conducted, analysed, reviewed, confirmed, done again, and taken back."""

from datetime import datetime

import pytest

from bot.policy.research import Item, Member, Need, Outline, State, Template
from tests.office import Office, Seen, Somebody

ANN, BOB, MAY, LIN = "U0ANN0001", "U0BOB0001", "U0MAY0001", "U0LIN0001"


def opens(person: Somebody, text: str) -> None:
    """Type a command that opens a form."""
    person.office.sandbox.control.command(person.id, "C0GENERAL", text)
    person.form()


def last(person: Somebody) -> Seen:
    """Return what the bot told somebody last."""
    return person.told[-1]


def moment(text: str) -> int:
    """Return a moment as the picker of a form gives it."""
    return int(datetime.fromisoformat(text).timestamp())


@pytest.fixture
def begun(office: Office) -> Office:
    """Return an office with Ann's research for ACME, and the manager whom Ann reports to."""
    office.places("ann", manager="may")
    office.ann.types("/research new ACME")
    return office


@pytest.fixture
def analysed(begun: Office) -> Office:
    """Return an office in which the research is analysed, with one key requirement that can be measured."""
    stands(begun, State.ANALYSING)
    return begun


def stands(office: Office, state: State) -> None:
    """Put the research where earlier stages, which have stories of their own, would have brought it."""
    with office.bot.store.change() as shelves:
        research = shelves.researches.get(1)
        assert research is not None
        items = (
            Item(id=1, text="Fast search", need=Need.PERFORMANCE, priority="must", key=True, acceptance="at most 2 s", authors=(ANN,)),
        )
        members = (Member(person=ANN, lead=True), Member(person=BOB, duty="interviews"))
        outlines = (Outline(kind=Template.INTERVIEW, text="Today?", by=ANN, at=office.clock.now()),)
        shelves.researches.save(research.amended(state=state, items=items, members=members, outlines=outlines))


def test_from_the_facts_to_a_confirmed_document_and_a_new_version(office: Office) -> None:
    opened = office.ann.types("/research new ACME")
    assert "The research for ACME is in the books as R-1." in opened.words and "Facts from sales" in opened.buttons
    opened.press("Facts from sales")
    assert office.ann.fills(background="New plant", goals="Half the <!channel> scrap", told_by=MAY) == {}
    assert "Background: New plant" in last(office.ann).words and "in preparation" in office.ann.types("/research show R-1").words

    refused = office.ann.types("/research start ACME").words
    assert "ACME (R-1) is not ready for that yet. Missing:" in refused and "That is for Ann Engineer." in refused
    assert "a lead of the team: /research team R-1 @… lead" in refused and "a questionnaire or an interview outline" in refused

    team = office.ann.types("/research team ACME @ann lead @bob interviews, notes")
    assert f"<@{ANN}>: lead" in team.words and f"<@{BOB}>: interviews, notes" in team.words
    assert "You are in the team for the research for ACME (R-1)." in last(office.bob).words

    opens(office.ann, "/research outline ACME")
    assert office.ann.fills(template="manufacturing_questionnaire") == {}
    assert "ERP, MES" in str(office.ann.form()["blocks"])
    assert office.ann.fills(text="1. Which lines?") == {}
    assert f"questionnaire: by <@{ANN}>" in last(office.ann).words and "Begin the conduct" in last(office.ann).buttons

    opens(office.bob, "/research contact ACME")
    held = {"way": "phone", "at": moment("2026-11-23T09:00+08:00"), "who": "Mr Wang"}
    assert office.bob.fills(**held, notes="Too slow", pains="waiting for reports", latent="a mobile app") == {}
    said = last(office.bob).words
    assert "Kept for ACME: Mon 23 Nov 2026, 09:00 CST · by phone · Mr Wang" in said and "pains: waiting for reports" in said
    assert "in progress" in office.ann.types("/research show ACME").words

    opens(office.bob, "/research item ACME Search is fast")
    assert office.bob.fills(text="Search is fast", need="performance", priority="must", key=["key"], acceptance="pleasant") == {}
    assert "Key, but it cannot be measured yet." in last(office.bob).words
    assert "being analysed" in office.ann.types("/research analyse ACME").words

    refused = office.ann.types("/research review ACME @may").words
    assert "how requirement 1 is measured: “Search is fast”" in refused and "That is for Ann Engineer and Bob Engineer." in refused
    office.bob.types("/research document ACME").press("Change")
    assert office.bob.fills(text="Search is fast", need="performance", priority="must", key=["key"], acceptance="at most 2 s") == {}
    page = office.bob.types("/research document ACME").words
    assert "must" in page and "\N{BLACK STAR} 1. Search is fast\nperformance · at most 2 s" in page

    assert f"<@{MAY}> is asked to review ACME." in office.ann.types("/research review ACME @may").words
    last(office.may).press("Review it")
    assert office.may.fills(accuracy="4", completeness="5", verdict="send_back") == {"comment": "Say what has to be mended."}
    assert office.may.fills(accuracy="4", completeness="5", verdict="approve", comment="clear") == {}
    assert "Your review of ACME (R-1) is recorded" in office.may.told[0].words
    assert f"<@{MAY}> reviewed ACME (R-1): approved. Accuracy 4, completeness 5." in last(office.bob).words

    confirmed = office.ann.types("/research confirm ACME 4/5 Mr Wang")
    assert "The customer's confirmation: 4 of 5, Mr Wang, Mon 23 Nov 2026" in confirmed.words
    assert "Accuracy: 85.0% (customer 80.0%, internal review 90.0%)" in confirmed.words

    newer = office.ann.types("/research version ACME the law changed")
    assert "R-2 is version 2 of the research for ACME; it takes the place of R-1." in newer.words and "“the law changed”" in newer.words
    assert "replaced by a new version" in office.ann.types("/research show R-1").words
    assert "undo that one, R-2" in office.ann.types("/research undo R-1").words
    assert "R-2" in office.ann.types("/research show ACME").words
    undone = newer.press("Undo")
    assert undone is not None and "ACME (R-2) is out of the books." in undone.words
    assert "R-1" in office.ann.types("/research show ACME").words and "approved" in office.ann.types("/research show R-1").words


def test_one_deal_has_one_research_and_a_deal_that_is_named_twice_is_picked(begun: Office) -> None:
    assert "There is research for ACME already, R-1, since Mon 23 Nov 2026" in begun.bob.types("/research new “ＡＣＭＥ”").words
    begun.ann.types("/research cancel R-1 no budget")
    assert "R-2" in begun.ann.types("/research new ACME").words
    assert "Did you mean" in begun.ann.types("/research show ACNE").words
    assert "letter or a digit" in begun.ann.types("/research new ???").words


def test_a_planned_contact_is_reminded_of_put_off_and_logged(begun: Office) -> None:
    stands(begun, State.IN_PROGRESS)
    opens(begun.ann, "/research contact ACME")
    errors = begun.ann.fills(way="face_to_face", at=moment("2026-11-23T09:00+08:00"), who="Mr Wang")
    assert "choose a time that is still to come" in errors["notes"]
    assert begun.ann.fills(way="face_to_face", at=moment("2026-11-24T14:00+08:00"), who="Mr Wang") == {}
    assert "Tue 24 Nov 2026, 14:00 CST · face to face · Mr Wang · planned" in last(begun.ann).words
    begun.pass_time(days=1, hours=3, minutes=35)
    assert "The contact with Mr Wang for ACME (R-1) is on Tue 24 Nov 2026, 14:00 CST." in last(begun.ann).words
    begun.pass_time(hours=20)
    asked = last(begun.ann)
    assert "was planned for Tue 24 Nov 2026, 14:00 CST. What was said?" in asked.words
    asked.press("Remind me tomorrow")
    assert any("I shall ask again on Thu 26 Nov 2026" in seen.words for seen in begun.ann.told)
    begun.pass_time(days=1, hours=1)
    again = last(begun.ann)
    assert "What was said?" in again.words
    again.press("Log it")
    assert begun.ann.fills(way="face_to_face", at=moment("2026-11-24T14:00+08:00"), who="Mr Wang", notes="All well") == {}
    assert sum("What was said?" in seen.words for seen in begun.ann.told) == 0
    assert any("is dealt with" in seen.words for seen in begun.ann.told)


def test_a_review_that_waits_is_asked_for_again_and_sends_back(analysed: Office) -> None:
    analysed.ann.types("/research review ACME @may")
    assert "asked for already" in analysed.ann.types("/research review ACME @may").words
    analysed.pass_time(days=2)
    assert "Your review of the requirement document of ACME (R-1) is still missing." in last(analysed.may).words
    last(analysed.may).press("Review it")
    assert analysed.may.fills(accuracy="2", completeness="2", verdict="send_back", comment="Which users?") == {}
    assert "sent back" in last(analysed.ann).words and "Which users?" in last(analysed.ann).words
    assert all("Review it" not in seen.buttons for seen in analysed.may.told)
    assert "being analysed" in analysed.ann.types("/research show ACME").words


def test_nobody_reviews_their_own_work_or_changes_what_is_not_theirs(analysed: Office) -> None:
    assert "That is for" in analysed.ada.types("/research item ACME x").words
    refused = analysed.ann.types("/research review ACME @ann").words
    assert "Nobody reviews their own work. Bob Engineer wrote nothing of it and may review it." in refused
    analysed.ann.types("/research review ACME @ada")
    assert "That is for" in analysed.ada.types("/research analyse ACME").words
    assert "What can come next" in analysed.ann.types("/research item ACME x").words
    opens(analysed.may, "/research review ACME")
    assert analysed.may.fills(accuracy="5", completeness="5", verdict="approve") == {}
    assert "Your review is not needed any more." in last(analysed.ada).words
    assert "What can come next" in analysed.ann.types("/research cancel ACME why not").words
    assert "members of Our company only" in analysed.gus.types("/research show ACME").words


def test_by_form_in_chinese_and_taken_back(office: Office) -> None:
    opens(office.lin, "/research new")
    assert office.lin.fills(customer="北京银行") == {}
    assert "R-1" in last(office.lin).words
    team = office.lin.types("/research 团队 北京银行 @lin 负责人 访谈 @bob 记录")
    assert f"<@{LIN}>" in team.words and "访谈" in team.words and "记录" in team.words
    opens(office.lin, "/presales research 团队 北京银行")
    assert office.lin.fills(lead=LIN, person_0=LIN, duty_0="访谈", person_1=MAY, duty_1="整理") == {}
    assert "no part in the research" in last(office.bob).words
    opens(office.lin, "/research 问卷 R-1")
    assert office.lin.fills(template="finance_interview") == {}
    assert "业务：客户在哪一步放弃？" in str(office.lin.form()["blocks"])
    assert office.lin.fills(text="1. 现状") == {}
    assert "R-1" in office.lin.types("/research 列表").words and "R-1" in office.bob.types("/research list all").words
    assert "R-1" not in office.bob.types("/research list").words
    office.lin.types("/research 取消 北京银行 预算取消")
    undone = office.lin.types("/research 撤销 R-1")
    assert "R-1" in undone.words and "R-1" in office.lin.types("/research list").words


def test_a_long_document_is_paged_and_what_people_write_stays_text(analysed: Office) -> None:
    with analysed.bot.store.change() as shelves:
        research = shelves.researches.get(1)
        assert research is not None
        one = research.items[0]
        items = tuple(one.amended(id=n, text=f"<!channel> need {n} " + "x" * 900, key=n % 2 == 0) for n in range(1, 20))
        shelves.researches.save(research.amended(items=items))
    page = analysed.ann.types("/research document ACME")
    assert "Page 1 of 3" in page.words and page.words.count("<!channel>") == 8
    following = page.press("Next")
    assert following is not None and "Page 2 of 3" in following.words and {"Previous", "Next"} <= set(following.buttons)
    removed = following.press("Remove")
    assert removed is not None and "18 requirements" in removed.words


def test_what_came_with_the_research_goes_with_it_and_the_deal_knows_of_it(office: Office) -> None:
    opened = office.ann.types("/research new ACME")
    assert "requirement research" in office.ann.types("/opportunity show ACME").words
    opened.press("Undo")
    assert "O-1" not in office.ann.types("/opportunity list").words
    assert "There is nothing called" in office.ann.types("/research show ACME").words
    office.ann.types("/research list").press("New research")
    assert office.ann.fills(customer="Globex") == {}
    assert "R-2" in last(office.ann).words
