"""From a plan to a solution that the customer confirms: feasibility, sections, figures, coverage, experts, rounds, and the way back."""

from typing import Any

import pytest

from bot.policy.research import Item, Need, Research, State
from tests.office import Office, Seen, Somebody

ANN, BOB, MAY, LIN, CHEN = "U0ANN0001", "U0BOB0001", "U0MAY0001", "U0LIN0001", "U0CHN0001"
DOCUMENT = "https://docs.example/acme"


def opens(person: Somebody, text: str) -> None:
    """Type a command that opens a form."""
    person.office.sandbox.control.command(person.id, "C0GENERAL", text)
    person.form()


def about(person: Somebody, words: str) -> Seen:
    """Return the last message to somebody in which these words stand."""
    return [seen for seen in person.told if words in seen.words][-1]


def plans(office: Office, customer: str = "ACME") -> None:
    """Begin a solution and plan it."""
    office.ann.types(f"/solution new {customer} 1.2m")
    opens(office.ann, f"/solution plan {customer}")
    assert office.ann.fills(goal="Half the waiting time", outline="Two modules\nThree steps") == {}


def marks(person: Somebody, mark: int, **more: Any) -> dict[str, str]:
    """Fill the form of an expert's marks and send it; return the errors."""
    given = dict.fromkeys(("feasibility", "soundness", "cost_benefit", "innovation"), str(mark))
    return person.fills(**given | more)


def judges(person: Somebody, mark: int, **more: Any) -> None:
    """Give marks by the button of the request."""
    about(person, "asks you to judge").press("Give my marks")
    assert marks(person, mark, **more) == {}


def knows_requirements(office: Office, *texts: str) -> None:
    """Have key requirements found by the research of the first deal, which has a story of its own."""
    with office.bot.store.change() as shelves:
        deal = shelves.opportunities.get(1)
        assert deal is not None
        items = tuple(Item(id=n, text=text, need=Need.FUNCTION, priority="must", key=True) for n, text in enumerate(texts, start=1))
        facts = {"opportunity": 1, "customer_name": deal.customer_name, "customer_key": deal.customer_key, "owner": ANN}
        shelves.researches.add(Research(**facts, opened_at=office.clock.now(), state=State.APPROVED, items=items))


def test_a_solution_is_planned_written_judged_sent_and_confirmed(office: Office) -> None:
    entered = office.ann.types("/solution new ACME 1.2m")
    assert "The solution for ACME is in the books as S-1." in entered.words and entered.buttons[0] == "Plan it"
    refused = office.ann.types("/solution review ACME @bob")
    assert "ACME (S-1) is being planned" in refused.words and "Plan it" in refused.buttons
    entered.press("Plan it")
    assert office.ann.fills(goal="Half the waiting time", outline="Two modules") == {}

    given = office.ann.types("/solution section ACME modules, technology @bob")
    assert f"module design: <@{BOB}> · not done yet" in given.words
    about(office.bob, "You write the section module design").press("Done")
    assert "The section module design of ACME (S-1) is done." in "\n".join(office.bob.sees(office.bob.told[0].channel))
    assert "Link to the document" in about(office.bob, "You write the section technology choice").buttons

    linked = office.ann.types(f"/solution section ACME overview done {DOCUMENT} confidential")
    assert f"overview: <@{ANN}> · done · document (confidential)" in linked.words
    lacking = office.ann.types("/solution review ACME @may @lin")
    assert f"The section system architecture is not done: <@{ANN}>" in lacking.words
    assert f"The section technology choice is not done: <@{BOB}>" in lacking.words
    office.ann.types("/solution section ACME all done")
    assert "Nobody reviews their own work" in office.ann.types("/solution review ACME @may @bob").words
    asked = office.ann.types("/solution review ACME @may @lin")
    assert f"Asked for their marks for ACME (S-1): <@{MAY}>, <@{LIN}>" in asked.words

    judges(office.may, 5, comment="Bold and sound")
    shown = office.bob.types("/solution show ACME").words
    assert "1 of 2 experts have given their marks; nobody sees them until all are in." in shown and "Bold" not in shown
    waits = office.ann.types("/solution approve ACME")
    assert f"The marks are awaited of: <@{LIN}>" in waits.words
    opens(office.lin, "/solution review ACME")
    assert marks(office.lin, 4) == {}
    told = about(office.ann, "ACME (S-1) is approved by the experts.")
    assert "The experts' mean is 4.5 of 5" in told.words and "Bold and sound" in told.words

    unsent = told.press("Sent to the customer")
    assert unsent is not None and "The cost-benefit analysis is missing" in unsent.words
    figures = office.ann.types("/solution value ACME cost 1.2m benefit 600k")
    assert "Cost CNY 1,200,000, benefit CNY 600,000 a year, paid back in 24 months." in figures.words
    sent = office.ann.types("/solution send ACME Ms Li")
    assert "It is sent to the customer." in sent.words and "Customer confirmed" in sent.buttons
    confirmed = office.ann.types("/solution confirm ACME Ms Li, CIO")
    assert "ACME (S-1) is confirmed by the customer." in confirmed.words
    assert "Ms Li, CIO confirmed the solution for ACME (S-1). Well done!" in about(office.bob, "Well done").words
    sheet = office.ann.types("/solution show S-1").words
    assert "Quality 90 of 100." in sheet and "Ms Li, CIO confirmed it on Mon 23 Nov 2026" in sheet
    assert "S-1 · confirmed by the customer" in office.ann.types("/opportunity show ACME").words


def test_low_marks_lead_to_a_round_of_optimisation(office: Office) -> None:
    plans(office)
    office.ann.types("/solution section ACME all done")
    office.ann.types("/solution review ACME @may @bob")
    judges(office.may, 2)
    judges(office.bob, 3)
    again = about(office.ann, "ACME (S-1) is not good enough yet: round 1 of optimising begins.")
    assert "It is not said what was changed in this round" in office.ann.types("/solution review ACME @may @bob").words
    again.press("What was changed")
    assert office.ann.fills(text="Half of the modules") == {}
    assert "Round 1: Half of the modules" in office.ann.types("/solution show ACME").words
    office.ann.types("/solution review ACME @may @bob")
    judges(office.may, 4)
    judges(office.bob, 4)
    office.ann.types("/solution value ACME cost 1.2m benefit 600k payback 30")
    office.ann.types("/solution send ACME")
    assert "It is to be changed for the customer." in office.ann.types("/solution changes ACME One server less").words
    noted = office.ann.types("/solution optimise ACME One server less")
    assert "Noted for round 2 of ACME (S-1)." in noted.words and "It is being optimised." in noted.words
    noted.press("Undo")
    assert "ACME · to be changed for the customer" in office.ann.types("/solution show ACME").words


def test_other_departments_say_whether_it_is_feasible(office: Office) -> None:
    plans(office)
    asked = office.ann.types("/solution consult ACME @chen Can it run on site?")
    assert f"<@{CHEN}> is asked until Wed 25 Nov 2026" in asked.words and "Can it run on site?" in asked.words
    question = office.chen.told[-1]
    question.press(question.buttons[0])
    assert office.chen.fills(verdict="not_feasible").keys() == {"answer"}
    assert office.chen.fills(verdict="conditional", answer="With two servers") == {}
    assert "feasible on conditions" in about(office.ann, "answered for ACME (S-1)").words
    assert "With two servers" in office.ann.types("/solution show ACME").words
    office.ann.types("/solution section ACME all done")
    before = office.ann.types("/solution review ACME @may @bob")
    assert "Before the experts of ACME (S-1) are asked:" in before.words and "With two servers" in before.words
    went = before.press("Ask all the same")
    assert went is not None and "It is in internal review." in went.words


def test_gaps_are_listed_before_the_experts_are_asked(office: Office) -> None:
    plans(office)
    assert "no key requirements yet" in office.ann.types("/solution coverage ACME").words
    knows_requirements(office, "500 users at once", "An answer within a second")
    page = office.ann.types("/solution coverage ACME")
    assert "500 users at once → gap: no section answers it" in page.words
    page.press("Say what answers what")
    assert office.ann.fills(answers_1=["overview", "architecture"], answers_2=[]) == {}
    covered = office.ann.types("/solution coverage ACME").words
    assert "500 users at once → overview and system architecture" in covered and "An answer within a second → gap" in covered
    office.ann.types("/solution section ACME all done")
    before = office.ann.types("/solution review ACME @may @bob")
    assert "An answer within a second → gap" in before.words and "500 users" not in before.words
    before.press("Ask all the same")
    assert "Key requirements that no section answers: An answer within a second" in about(office.may, "asks you to judge").words


def test_confidential_documents_are_for_those_concerned(office: Office) -> None:
    plans(office)
    office.ann.types(f"/solution section ACME overview {DOCUMENT} confidential")
    assert "document for those concerned (confidential)" in office.bob.types("/solution show ACME").words
    assert "document (confidential)" in office.ann.types("/solution show ACME").words
    assert "begins with https:// or http://" in office.ann.types("/solution section ACME overview ftp://docs.example/x").words
    opens(office.ann, "/solution section ACME budget")
    errors = office.ann.fills(owner=BOB, link="javascript:alert(1)", secrecy="internal")
    assert "begins with https:// or http://" in errors["link"]
    assert office.ann.fills(owner=BOB, link=DOCUMENT, secrecy="internal", done=["done"]) == {}
    assert f"project budget: <@{BOB}> · done · document (internal)" in office.may.types("/solution show ACME").words


def test_marks_and_answers_that_are_due_are_chased_once(office: Office) -> None:
    plans(office)
    office.ann.types("/solution consult ACME @chen Can it run on site?")
    office.ann.types("/solution section ACME all done")
    office.ann.types("/solution review ACME @may @bob").press("Ask all the same")
    judges(office.bob, 4)
    office.pass_time(days=2, hours=1)
    assert len([seen for seen in office.chen.told if "S-1" in seen.words or "<@U0ANN0001>" in seen.words]) == 2
    assert "was due" in about(office.ann, f"The answer of <@{CHEN}>").words
    office.pass_time(days=1)
    reminder = about(office.may, "Your marks for ACME (S-1) are due")
    assert "You can ask another expert too." in about(office.ann, f"The marks of <@{MAY}>").words
    assert not [seen for seen in office.bob.told if "are due" in seen.words]
    count = len(office.may.told)
    office.pass_time(days=1)
    assert len(office.may.told) == count
    reminder.press("Give my marks")
    assert marks(office.may, 5) == {}
    assert about(office.may, "Settled: that is not waited for any more.")


def test_in_chinese(office: Office) -> None:
    office.lin.types("/solution 新建 北京银行 350万")
    opens(office.lin, "/solution 规划 北京银行")
    assert office.lin.fills(goal="等待时间减半", outline="两个模块") == {}
    given = office.lin.types("/solution 章节 北京银行 系统架构 @ann 完成")
    assert "系统架构: <@U0ANN0001>" in given.words
    figures = office.lin.types("/solution 成本效益 北京银行 成本 350万 收益 100万 回收期 42个月")
    assert "CNY 3,500,000" in figures.words and "42" in figures.words
    assert "S-1 · 北京银行" in office.lin.types("/solution 列表").words


@pytest.mark.parametrize(
    ("typed", "answered"),
    [
        ("/solution show Nobody", "There is nothing called"),
        ("/solution section ACME chapter9 done", "Which section is “chapter9”?"),
        ("/solution review ACME bob", "Name the experts with @."),
        ("/solution value ACME 5", "Write cost and benefit of a year"),
        ("/solution value ACME cost 1m benefit USD 5k", "same currency"),
        ("/solution consult ACME is it feasible?", "Name the colleague first"),
        ("/solution consult ACME @ann is it feasible?", "They write this solution themselves"),
        ("/solution send ACME", "These steps come next:"),
        ("/solution confirm ACME Ms Li", "ACME (S-1) is being written."),
        ("/solution new ACME", "There is a solution for ACME already: S-1"),
        ("/solution withdraw ACME no budget", "It is withdrawn."),
        ("/solution undo ACME", "Undone. ACME is being planned again."),
        ("/solution help", "/solution section X [NAME] [@who] [done] [LINK] [confidential]"),
        ("/presales solution list", "S-1 · ACME"),
    ],
)
def test_what_is_odd_gets_a_clear_answer(office: Office, typed: str, answered: str) -> None:
    plans(office)
    assert answered in office.ann.types(typed).words


def test_a_solution_taken_back_takes_the_deal_with_it_that_it_made(office: Office) -> None:
    office.ann.types("/solution new ACME").press("Undo")
    assert "There is nothing called" in office.ann.types("/opportunity show ACME").words
    office.ann.types("/opportunity new Beta")
    office.ann.types("/solution new Beta").press("Undo")
    assert "Beta · open" in office.ann.types("/opportunity show Beta").words


def test_others_are_refused_and_confidential_deals_are_not_told_of(office: Office) -> None:
    plans(office)
    assert "That is for" in office.bob.types("/solution send ACME").words
    with office.bot.store.change() as shelves:
        solution = shelves.solutions.get(1)
        assert solution is not None
        shelves.solutions.save(solution.amended(confidential=True))
    assert "There is nothing called" in office.bob.types("/solution show ACME").words
    assert "Nothing here" in office.bob.types("/solution list all").words
    asked = office.ann.types("/solution consult ACME @chen Can it run on site?")
    assert "its name is not told" in asked.words and "ACME" not in office.chen.told[-1].words
