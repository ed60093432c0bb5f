"""What customers think is counted as it comes, changes and goes, and the report tells of it; on both databases."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest

from bot.policy.demos import State
from bot.policy.solutions import Solution
from bot.policy.solutions import State as SolutionState
from storage.counting import recount
from tests.office import MONDAY, Office, Seen, open_office

WINS = "C0WINS001"
ADDRESS = "https://desk.example/presales"


@pytest.fixture
def desk(database: str, tmp_path: Path) -> Iterator[Office]:
    """Return an office on either database in which Ann has just given a demo to ACME; customers reach its web server."""
    handbook = tmp_path / "handbook.yaml"
    handbook.write_text(f"surveys:\n  base_url: {ADDRESS}\n", "utf-8")
    with open_office(database, http=True, handbook=handbook) as office:
        give_demo(office)
        yield office


def give_demo(office: Office) -> None:
    """Have Ann give a demo to ACME, whose sheet stands in #wins."""
    office.ann.types("/demo new ACME tomorrow 14:00", WINS)
    change(office, state=State.DELIVERED)


def change(office: Office, **facts: Any) -> None:
    """Put the demo where earlier steps, which have a story of their own, would have brought it."""
    with office.bot.store.change() as shelves:
        found = shelves.demos.get(1)
        assert found is not None
        shelves.demos.save(found.amended(**facts))


def pressed(seen: Seen, label: str) -> Seen:
    answer = seen.press(label)
    assert answer is not None
    return answer


def satisfaction(office: Office) -> str:
    """Return what Ann's report says of satisfaction; the tallies are what a recount comes to."""
    assert recount(office.bot.store, office.bot.desk.handbook).wrong == ()
    lines = office.ann.types("/presales report").words.splitlines()
    return lines[lines.index("Customer satisfaction") + 1].removesuffix(" Why?")


def test_feedback_is_counted_when_it_comes_is_edited_and_is_taken_back(desk: Office) -> None:
    assert satisfaction(desk) == "no data"
    logged = desk.ann.types("/demo feedback ACME 5/5 great")
    assert satisfaction(desk) == "100 of 100, from 1 answer, 0 of them by the customer; 100.0% gave 4 or 5"
    logged.press("Edit")
    assert desk.ann.fills(text="not so great", rating="3") == {}
    assert satisfaction(desk).startswith("60 of 100, from 1 answer") and "0.0% gave" in satisfaction(desk)
    desk.ann.types("/demo feedback ACME 4/5 fine").press("Undo")
    assert "from 1 answer" in satisfaction(desk)


def test_feedback_follows_the_message_from_which_it_came(desk: Office) -> None:
    [sheet] = [seen.message["ts"] for seen in desk.ann.all_seen(WINS) if seen.words.startswith("Demo for ")]
    ts = desk.sandbox.control.say(desk.ann.id, WINS, "4/5 they liked it", sheet)
    desk.settle()
    assert satisfaction(desk).startswith("80 of 100, from 1 answer")
    desk.sandbox.control.edit(desk.ann.id, WINS, ts, "2/5 they did not like it")
    desk.settle()
    assert satisfaction(desk).startswith("40 of 100, from 1 answer")
    desk.sandbox.control.delete(desk.ann.id, WINS, ts)
    desk.settle()
    assert satisfaction(desk) == "no data"
    desk.sandbox.control.react(desk.ann.id, WINS, sheet, "five")
    desk.settle()
    assert satisfaction(desk).startswith("100 of 100, from 1 answer")
    desk.sandbox.control.react(desk.ann.id, WINS, sheet, "five", remove=True)
    desk.settle()
    assert satisfaction(desk) == "no data"


def test_the_customers_own_answer_from_the_sheets_button_takes_the_place_of_feedback(desk: Office) -> None:
    desk.ann.types("/demo feedback ACME 5/5 great")
    desk.pass_time(minutes=1)
    desk.ann.types("/demo show ACME").press("Send a survey")
    assert "D-1, unless you choose something else." in str(desk.ann.form())
    assert desk.ann.fills(customer="ACME", about="demo", language="en") == {}
    words = desk.ann.told[-1].words
    assert "A survey for ACME about the demo D-1" in words
    path = words.partition(ADDRESS)[2].split()[0]
    with urlopen(f"http://127.0.0.1:{desk.bot.settings.port}{path}", urlencode({"score": 4}).encode(), timeout=10) as answer:
        assert answer.status == 200
    assert satisfaction(desk) == "80 of 100, from 1 answer, 1 of them by the customer; 100.0% gave 4 or 5"


def test_an_answer_that_was_heard_counts_until_it_is_taken_back_and_leads_to_the_customer(desk: Office) -> None:
    heard = desk.ann.types("/customer answered ACME D-1 5/5 on the phone")
    assert "from 1 answer, 0 of them by the customer" in satisfaction(desk)
    reasons = why(desk.ann.types("/presales report"))
    assert "Clause §5.1.3" in reasons.words and "Made of 1 record." in reasons.words
    assert "SV-1 · ACME\nthe demo D-1 · 5/5 · self-reported" in reasons.words
    assert "ACME" in pressed(reasons, "Open").words
    pressed(heard, "Undo")
    assert satisfaction(desk) == "no data"


def why(report: Seen) -> Seen:
    """Ask where the last figure comes from; return what takes the place of the report."""
    block = [block for block in report.message["blocks"] if block.get("accessory", {}).get("action_id") == "reports.why"][-1]
    what = {"block_id": block["block_id"], "action_id": "reports.why", "value": block["accessory"]["value"]}
    control = report.person.office.sandbox.control
    control.press(report.person.id, message=(report.channel, report.message["ts"]), **what)
    report.person.office.settle()
    return report.person.all_seen(report.channel)[-1]


def test_whoever_joins_a_demo_shares_in_what_was_said_of_it(desk: Office) -> None:
    desk.ann.types("/demo feedback ACME 5/5 great")
    change(desk, state=State.READY, content="x", environment="x", tools="x")
    desk.ann.types("/demo prepare ACME")
    assert desk.ann.fills(content="x", environment="x", tools="x", members=[desk.bob.id]) == {}
    assert "Customer satisfaction\n100 of 100" in desk.bob.types("/presales report").words
    assert recount(desk.bot.store, desk.bot.desk.handbook).wrong == ()


def test_merging_customers_leaves_the_tallies_as_they_should_be(desk: Office) -> None:
    desk.may.types("/opportunity new ACMEE 1m")
    desk.ann.types("/customer answered ACME 5/5 fine")
    desk.may.types("/customer answered ACMEE 3/5 so so")
    assert "ACME" in desk.ada.types("/customer merge ACMEE = ACME").words
    assert "from 1 answer" in satisfaction(desk)


def test_a_confirmed_solution_offers_to_enter_what_the_customer_said(office: Office) -> None:
    office.ann.types("/opportunity new ACME 1.2m")
    with office.bot.store.change() as shelves:
        [deal] = shelves.opportunities.named("acme")
        facts = {"opportunity": deal.id, "customer_name": "ACME", "customer_key": "acme", "title": "Alerts", "owner": office.ann.id}
        shelves.solutions.add(Solution(**facts, opened_at=MONDAY, state=SolutionState.CONFIRMED))
    office.ann.types("/solution show S-1").press("Enter their answer")
    assert office.ann.fills(customer="ACME", about="solution", score="4") == {}
    assert "ACME gives 4 of 5 for the solution S-1" in office.ann.told[-1].words
