"""A quarter ends: colleagues nominate, the calendar closes, HR decides with reasons, and everybody reads who is honoured."""

from collections.abc import Iterator

import pytest

from bot.policy.people import Role
from tests.office import Office, Somebody, open_office

ANN, BOB, DAN, LIN = "U0ANN0001", "U0BOB0001", "U0DAN0001", "U0LIN0001"
WINS = "C0WINS001"


@pytest.fixture
def company(sqlite_database: str) -> Iterator[Office]:
    """Return an office over real sockets, in which HR and a manager are placed."""
    with open_office(sqlite_database, real_pace=False) as office:
        office.places("hana", roles=frozenset({Role.HR, Role.COLLEAGUE}))
        for name in ("ann", "bob", "dan"):
            office.places(name, manager="may", roles=frozenset({Role.STAFF}))
        yield office


def nominates(person: Somebody, nominee: str, honour: str, why: str) -> None:
    """Nominate somebody by the button below the hall of fame."""
    person.types("/honour list").press("提名" if person.id == LIN else "Nominate")
    assert person.fills(honour=honour, person=nominee, why=why) == {}


def test_an_honour_from_the_nomination_to_the_hall_of_fame_and_back(company: Office) -> None:
    office = company
    nominates(office.ann, BOB, "team_player:2026Q4", "He answers my questions at any hour")  # while the quarter still runs
    assert "waits until the period has ended" in office.ann.told[-1].words
    assert "Open" not in office.hana.types("/honour rounds").buttons

    office.pass_time(days=44)  # into the first days of January
    begun = [seen for seen in office.hana.told if "Team Player, 2026Q4" in seen.words]
    assert "nominations are taken until" in begun[-1].words and "1 nomination" in begun[-1].words
    nominates(office.lin, BOB, "team_player:2026Q4", "我的演示多亏了他")
    nominates(office.may, DAN, "team_player:2026Q4", "Took two bids over")

    office.pass_time(days=14)
    closed = [seen for seen in office.hana.told if "Somebody of HR decides next" in seen.words and "Team Player" in seen.words][-1]
    page = closed.press("Open")
    assert page is not None and f"<@{BOB}>" in page.words and "teamwork" in page.words
    page.press("Begin deciding")
    decided = office.hana.types("/honour round H-3")
    decided.press("Award")
    assert office.hana.fills(citation="He answers at any hour, and gladly.", reason="Two colleagues say so") == {}
    assert [words for words in office.lin.sees(WINS) if "Team Player" in words and "Congratulations" in words] == []

    told = office.hana.types("/honour announce H-3")
    announced = office.lin.all_seen(WINS)
    head = next(seen for seen in announced if "Congratulations!" in seen.words)
    assert f"<@{BOB}>" in head.words and len(head.words.splitlines()) <= 5
    assert "You are honoured: Team Player, 2026Q4." in office.bob.told[-1].words
    assert "was awarded" in office.ann.told[-1].words and "This time it was not your nominee" in office.may.told[-1].words

    told.press("Undo")
    assert "the announcement was taken back" in "\n".join(office.lin.sees(WINS))
    office.hana.types("/honour announce H-3")
    assert "He answers at any hour, and gladly." in office.dan.types(f"/honour list <@{BOB}>").words
    office.pass_time(minutes=11)
    assert "minutes for undoing have passed" in office.hana.types("/honour undo H-3").words
    office.hana.types("/honour revoke N-1 It was done by another")
    assert "Nothing here yet." in office.dan.types(f"/honour list <@{BOB}>").words
    assert "Congratulations!" not in "\n".join(office.lin.sees(WINS))
