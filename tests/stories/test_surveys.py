"""A customer is asked, answers on the web, and the engineer hears of it; without a public address the answer is typed in."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest

from bot.policy.demos import Demo
from bot.policy.demos import State as DemoState
from tests.office import MONDAY, Office, Seen, open_office

ADDRESS = "https://desk.example/presales/"
LINK = re.compile(r"https://desk\.example/presales(/survey/\S+)")


@pytest.fixture
def reachable(sqlite_database: str, tmp_path: Path) -> Iterator[Office]:
    """Return an office whose web server customers reach."""
    handbook = tmp_path / "handbook.yaml"
    handbook.write_text(f"surveys:\n  base_url: {ADDRESS}\n", "utf-8")
    with open_office(sqlite_database, http=True, handbook=handbook) as office:
        yield office


def path_of(answer: Seen) -> str:
    """Return the way to the survey, which is said twice, and never with a character behind it that might be taken for part of it."""
    found = LINK.findall(answer.words)
    assert len(found) == 2 and len(set(found)) == 1, answer.words
    return str(found[0])


def visit(office: Office, path: str, **fields: object) -> tuple[int, str]:
    """Open a page as a customer does, or send its form."""
    body = urlencode(fields).encode() if fields else None
    try:
        with urlopen(f"http://127.0.0.1:{office.bot.settings.port}{path}", body, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        with error:
            return error.code, error.read().decode()


def give_demo(office: Office, **facts: object) -> None:
    """Put a demo that was given to ACME into the books."""
    with office.bot.store.change() as shelves:
        [deal] = shelves.opportunities.named("acme")
        basic = {"opportunity": deal.id, "customer_name": "ACME", "customer_key": "acme", "owner": "U0ANN0001", "opened_at": MONDAY}
        shelves.demos.add(Demo(**{**basic, "state": DemoState.DELIVERED, **facts}))


def test_a_customer_answers_the_link_and_the_engineer_hears_of_it(reachable: Office) -> None:
    reachable.ann.types("/opportunity new ACME 1.2m")
    give_demo(reachable)
    asked = reachable.ann.types("/customer survey ACME demo en")
    assert "A survey for ACME about the demo D-1, in English." in asked.words and "Mon 7 Dec 2026" in asked.words
    path = path_of(asked)
    status, page = visit(reachable, path)
    assert status == 200 and "How satisfied are you with our demo?" in page

    assert visit(reachable, path, score=4, again=5, comment="Quick & clear <b>", respondent="Li Na")[0] == 200
    reachable.settle()
    told = reachable.ann.told[-1]
    assert "ACME answered the survey about the demo D-1: 4 of 5." in told.words and "Quick & clear <b> — Li Na" in told.words
    assert visit(reachable, path)[0] == 409

    summary = reachable.ann.types("/customer surveys ACME").words
    assert "Satisfaction 80 of 100, from 1 answer, 1 of them by the customer." in summary and "100.0% gave 4 or 5." in summary
    assert "the demo D-1: 4 of 5" in summary and "by the customer" in summary
    assert "SV-1 · answered" in reachable.ann.types("/opportunity show ACME").words


def test_a_link_that_was_taken_back_leads_nowhere(reachable: Office) -> None:
    reachable.ann.types("/opportunity new ACME 1.2m")
    asked = reachable.ann.types("/customer survey ACME")
    undone = asked.press("Undo")
    assert undone is not None and "The link for ACME leads nowhere any more." in undone.words
    assert visit(reachable, path_of(asked))[0] == 410
    late = reachable.ann.types("/customer survey ACME")
    reachable.pass_time(days=14, minutes=1)
    assert visit(reachable, path_of(late))[0] == 410


def test_in_chinese_and_by_form(reachable: Office) -> None:
    reachable.lin.types("/opportunity new 北京银行 350万")
    path = path_of(reachable.lin.types("/customer 问卷 北京银行 中文"))
    assert path.endswith("lang=zh-Hans") and '<html lang="zh-Hans">' in visit(reachable, path)[1]
    assert path_of(reachable.chen.types("/customer survey 北京银行 zh")).endswith("lang=zh-Hant")
    reachable.sandbox.control.command("U0ANN0001", "C0GENERAL", "/customer survey")
    assert reachable.ann.fills(customer="北京银行", about="demo", language="en")["about"].startswith("There is no such demo")
    assert reachable.ann.fills(customer="北京银行", about="general", language="en") == {}
    assert path_of(reachable.ann.told[-1]).endswith("lang=en")


@pytest.mark.parametrize(
    ("typed", "answered"),
    [
        ("/customer survey ACME solution", "There is no such solution that was sent to ACME."),
        ("/customer survey ACME outcome", "There is no such deal with ACME that was won or lost."),
        ("/customer survey ACME D-9", "There is no such demo that was given to ACME."),
        ("/customer survey ACME klingon", "I do not know “klingon” here."),
        ("/customer survey Acne", "Did you mean ACME?"),
        ("/customer surveys ACME", "Nobody has answered yet."),
    ],
)
def test_what_is_missing_is_said(reachable: Office, typed: str, answered: str) -> None:
    reachable.ann.types("/opportunity new ACME 1.2m")
    assert answered in reachable.ann.types(typed).words


def test_an_outcome_is_asked_about_once_there_is_one(reachable: Office) -> None:
    reachable.ann.types("/opportunity new ACME 1.2m")
    reachable.ann.types("/opportunity close ACME won 1.2m")
    asked = reachable.ann.types("/customer survey ACME outcome")
    assert "about the outcome O-1" in asked.words
    assert "work up to the decision" in visit(reachable, path_of(asked))[1]


def test_without_a_public_address_the_answer_is_typed_in(office: Office) -> None:
    office.ann.types("/opportunity new ACME 1.2m")
    answer = office.ann.types("/customer survey ACME demo")
    assert "the handbook names no public address" in answer.words
    answer.press("Enter their answer")
    assert office.ann.fills(customer="ACME", about="general", score="5", comment="on the phone", respondent="Li Na") == {}
    assert "Noted as self-reported: ACME gives 5 of 5 for our work as a whole" in office.ann.told[-1].words

    typed = office.ann.types("/customer answered ACME 2/5 too slow")
    assert "ACME gives 2 of 5" in typed.words and "too slow" in typed.words
    assert "from 2 answers, 0 of them by the customer" in office.ann.types("/customer surveys ACME").words
    undone = typed.press("Undo")
    assert undone is not None and "does not count" in undone.words
    assert "from 1 answer, 0 of them" in office.ann.types("/customer surveys ACME").words


def test_a_mark_that_was_not_typed_is_asked_for(office: Office) -> None:
    office.ann.types("/opportunity new ACME 1.2m")
    office.sandbox.control.command("U0ANN0001", "C0GENERAL", "/customer answered ACME they liked it")
    assert "they liked it" in str(office.ann.form())
    assert office.ann.fills(score="4") == {}


def test_what_is_confidential_is_for_those_concerned(reachable: Office) -> None:
    reachable.ann.types("/opportunity new ACME 1.2m")
    give_demo(reachable, confidential=True)
    reachable.ann.types("/customer survey ACME demo")
    assert "the demo D-1" in reachable.ann.types("/customer surveys ACME").words
    assert "D-1" not in reachable.bob.types("/customer surveys ACME").words
    assert "There is no such demo" in reachable.bob.types("/customer survey ACME demo").words
    assert "members of Our company only" in reachable.gus.types("/customer survey ACME").words
