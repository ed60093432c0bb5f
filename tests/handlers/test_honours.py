"""`/honour` by command, button and form, on both databases: who may do what, what is said, and the way back."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from bot.policy.appraisals.record import Appraisal, Grade
from bot.policy.appraisals.record import State as Appraised
from bot.policy.honours.record import Nomination, Phase, Round
from bot.policy.people import Role
from bot.policy.solutions import Confirmation, Score, Solution
from bot.policy.solutions import State as Written
from handlers import register_all
from sandbox.events.signed import encoded
from scheduler import honours as jobs
from scheduler.job import Occasion
from tests.faults.deliveries import post, press, signed, submission
from tests.office import Office, Seen, Somebody, open_office

ANN, BOB, DAN, MAY, HANA, ADA = "U0ANN0001", "U0BOB0001", "U0DAN0001", "U0MAY0001", "U0HAN0001", "U0ADA0001"
AFTER = datetime(2027, 1, 5, 2, 0, tzinfo=UTC)  # a Tuesday morning in Shanghai, the fourth quarter has ended
CLOSED = datetime(2027, 2, 5, 2, 0, tzinfo=UTC)
WINS = "C0WINS001"
ROUTES = register_all()


@pytest.fixture
def desk(database: str) -> Iterator[Office]:
    """Return an office whose HR and managers are placed, in the days after a quarter."""
    with open_office(database, http=True, real_pace=False) as office:
        office.places("hana", roles=frozenset({Role.HR, Role.COLLEAGUE}))
        office.places("ada", roles=frozenset({Role.ADMIN, Role.HR, Role.COLLEAGUE}))
        for name in ("ann", "bob", "dan"):
            office.places(name, manager="may", roles=frozenset({Role.STAFF}))
        office.places("may", roles=frozenset({Role.STAFF}))
        at(office, AFTER)
        yield office


def at(office: Office, moment: datetime) -> None:
    """Let it be another time, with what the calendar then says about honours."""
    office.clock.move_to(moment)
    occasion = Occasion(moment, office.bot.store, office.bot.desk.handbook)
    jobs.begin(occasion)
    jobs.close_nominations(occasion)
    office.settle()


def appraised(office: Office, person: str, score: str, grade: Grade, state: Appraised = Appraised.PUBLISHED) -> None:
    """Put an appraisal of the quarter into the books."""
    facts: dict[str, Any] = {"cycle": 1, "period": "2026Q4", "person": person, "served": 60, "days": 60, "opened_at": AFTER}
    with office.bot.store.change() as shelves:
        shelves.appraisals.add(Appraisal(**facts, state=state, score=Decimal(score), grade=grade))


def solved(office: Office, customer: str = "ACME", **facts: Any) -> int:
    """Put an approved and confirmed solution into the books; return its number."""
    marks = {"feasibility": 5, "soundness": 4, "cost_benefit": 4, "innovation": 3}
    when = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)
    basic = {
        "opportunity": 1,
        "customer_name": customer,
        "customer_key": customer.lower(),
        "title": "Half the wait",
        "owner": ANN,
        "members": (BOB,),
        "opened_at": when,
        "state": Written.CONFIRMED,
        "sitting": 1,
        "scores": (Score(expert=DAN, sitting=1, at=when, **marks),),
        "approved_at": when,
        "confirmation": Confirmation(who="Ms Li", day=when.date(), by=ANN, at=when),
    }
    with office.bot.store.change() as shelves:
        return shelves.solutions.add(Solution.model_validate(basic | facts)).id


def opens(person: Somebody, text: str) -> None:
    """Type a command that opens a form."""
    person.office.sandbox.control.command(person.id, "C0GENERAL", text)
    person.form()


def nominates(person: Somebody, nominee: str, honour: str = "team_player:2026Q4", why: str = "Always there", **more: str) -> Seen:
    """Nominate somebody by the form; return the answer."""
    opens(person, "/honour nominate")
    key = "solution" if nominee.startswith("S-") else "person"
    assert person.fills(honour=honour, why=why, **{key: nominee}, **more) == {}
    return last(person)


def last(person: Somebody) -> Seen:
    """Return what was answered last, wherever."""
    return max([*person.all_seen("C0GENERAL"), *person.told], key=lambda seen: float(seen.message["ts"]))


def nomination(office: Office, number: int = 1) -> Nomination:
    with office.bot.store.look() as shelves:
        found = shelves.nominations.get(number)
    assert found is not None
    return found


def round_of(office: Office, type: str = "team_player", period: str = "2026Q4") -> Round:
    with office.bot.store.look() as shelves:
        found = shelves.rounds.of(type, period)
    assert found is not None
    return found


def decided(office: Office) -> Round:
    """Bring the round of team players to where it is decided."""
    at(office, CLOSED)
    found = round_of(office)
    hana = office.hana.types(f"/honour decide {found.number}")
    assert "is being decided" in hana.words
    return found


def awards(office: Office, number: int, who: str = "hana", citation: str = "He answers at any hour.") -> Seen:
    person = getattr(office, who)
    opens(person, f"/honour award N-{number}")
    assert person.fills(citation=citation, reason="Best by far") == {}
    return last(person)


def test_the_calendar_begins_and_closes_rounds_and_people_decide(desk: Office) -> None:
    assert round_of(desk).state is Phase.OPEN and round_of(desk, "best_solution").state is Phase.OPEN
    assert any("nominations are taken until" in told.words for told in desk.hana.told)
    at(desk, CLOSED)
    assert round_of(desk).state is Phase.NOMINATIONS_CLOSED
    assert any("Somebody of HR decides next" in told.words for told in desk.hana.told)
    assert [words for words in desk.ann.sees(WINS) if "Team Player" in words and "Nominations are open" not in words] == []


def test_nominations_are_opened_by_one_post_of_a_few_lines_for_all_rounds(desk: Office) -> None:
    [post] = [words for words in desk.ann.sees(WINS) if "Nominations are open" in words]
    assert "Team Player" in post and "Nominate" in post and len(post.splitlines()) <= 5
    assert [seen for seen in desk.ann.told if "Nominations are open" in seen.words] == []


def test_a_round_with_nobody_in_it_is_cancelled_not_decided(desk: Office) -> None:
    at(desk, CLOSED)
    shown = desk.hana.types(f"/honour round {round_of(desk, 'best_solution').number}")
    assert "Cancel the round" in shown.buttons and "Begin deciding" not in shown.buttons


def test_what_is_decided_is_shown_with_its_buttons_and_again(desk: Office) -> None:
    nominates(desk.ann, BOB)
    found = decided(desk)
    shown = desk.hana.types(f"/honour decide {found.number}")
    assert f"<@{BOB}>" in shown.words and {"Award", "Announce"} <= set(shown.buttons)
    awards(desk, 1)
    assert "Engineer (N-1) is awarded" in desk.hana.types("/honour award N-1").words


def test_a_nomination_is_entered_shown_and_joined(desk: Office) -> None:
    entered = nominates(desk.ann, BOB, evidence="https://docs.example/praise")
    assert "Your nomination for Team Player, 2026Q4, is in the books." in entered.words and "Undo" in entered.buttons
    joined = nominates(desk.dan, BOB, why="Saved my demo")
    assert "what you say was added" in joined.words and "Always there" not in joined.words
    found = nomination(desk)
    assert found.speakers == (ANN, DAN) and found.evidence == ("https://docs.example/praise",)
    assert "nominated" in desk.dan.types("/honour nominations").words
    opens(desk.dan, "/honour nominate @bob")
    assert desk.dan.fills(honour="team_player:2026Q4", person=BOB, why="Again") == {"why": "You have nominated them already (N-1)."}


def test_what_was_typed_is_filled_in(desk: Office) -> None:
    opens(desk.ann, "/honour nominate <@U0BOB0001> team_player")
    blocks = {block["block_id"]: block.get("element", {}) for block in desk.ann.form()["blocks"]}
    assert blocks["person"]["initial_user"] == BOB
    assert blocks["honour"]["initial_option"]["value"] == "team_player:2026Q4"
    wrong = desk.ann.types("/honour nominate team_plyer")
    assert "There is no honour called team_plyer" in wrong.words and "Team Player" in wrong.words
    other = desk.ann.types("/honour nominate <@U0BOB0001> best_solution")
    assert "is given to a solution" in other.words


def test_a_nomination_for_the_running_period_waits(desk: Office) -> None:
    waits = nominates(desk.ann, BOB, honour="team_player:2027Q1")
    assert "waits until the period has ended" in waits.words
    at(desk, datetime(2027, 6, 1, 2, 0, tzinfo=UTC))
    assert round_of(desk, period="2027Q1").state is Phase.OPEN  # long after the rule's ten days, because somebody waits


@pytest.mark.parametrize(
    ("who", "values", "field"),
    [
        ("ann", {"person": ANN}, "person"),
        ("ann", {"person": "U0GUS0001"}, "person"),
        ("ann", {"person": HANA}, "person"),
        ("ann", {"solution": "S-1"}, "person"),
        ("ann", {"person": BOB, "evidence": "B-77"}, "evidence"),
        ("ann", {"person": BOB, "evidence": "trust me"}, "evidence"),
        ("ann", {"person": BOB, "evidence": "javascript:alert(1)"}, "evidence"),
        ("ann", {"person": BOB, "honour": "best_solution:2026Q4"}, "solution"),
        ("ann", {"solution": "S-1", "honour": "best_solution:2026Q4"}, "solution"),
        ("bob", {"solution": "S-1", "honour": "best_solution:2026Q4"}, "solution"),
        ("dan", {"solution": "S-9", "honour": "best_solution:2026Q4"}, "solution"),
        ("dan", {"solution": "S-2", "honour": "best_solution:2026Q4"}, "solution"),
    ],
)
def test_a_wrong_nomination_is_refused_on_its_field(desk: Office, who: str, values: dict[str, str], field: str) -> None:
    solved(desk)
    solved(desk, "Hidden", confidential=True)
    person = getattr(desk, who)
    opens(person, "/honour nominate")
    assert [*person.fills(**({"honour": "team_player:2026Q4", "why": "Good"} | values))] == [field]


def test_a_form_that_was_open_for_too_long_is_refused(desk: Office) -> None:
    opens(desk.ann, "/honour nominate")
    at(desk, CLOSED)
    assert [*desk.ann.fills(honour="team_player:2026Q4", person=BOB, why="Late")] == ["honour"]


def test_the_shortlist_is_computed_and_its_scores_are_for_those_who_decide(desk: Office) -> None:
    appraised(desk, BOB, "91.5", Grade.EXCELLENT)
    appraised(desk, DAN, "40", Grade.FAIL)
    appraised(desk, ANN, "70", Grade.GOOD, Appraised.CALIBRATED)
    for nominee in (BOB, DAN):
        nominates(desk.may, nominee)
    nominates(desk.bob, ANN)
    seen = desk.hana.types(f"/honour round {round_of(desk).number}")
    assert "score 91.5 of 100 (1 published appraisal)" in seen.words and "grade: excellent" in seen.words
    assert "not eligible: the appraisal for the period failed" in seen.words and "70" not in seen.words
    assert "91.5" in desk.may.types(f"/honour round {round_of(desk).number}").words
    for name in ("ann", "bob", "lin"):
        refused = getattr(desk, name).types(f"/honour round {round_of(desk).number}")
        assert "91.5" not in refused.words and "Bob" not in refused.words
    decided(desk)
    assert [nomination(desk, number).state for number in (1, 2, 3)] == ["shortlisted", "ineligible", "shortlisted"]
    own = desk.may.types("/honour nominations").words
    assert "failed" not in own and "not eligible" not in own and own.count("being decided") == 2


def test_an_honour_is_awarded_announced_undone_and_announced_again(desk: Office) -> None:
    nominates(desk.ann, BOB)
    nominates(desk.ann, DAN)
    found = decided(desk)
    assert "Still to award: 1." in awards(desk, 1).words
    assert "Nothing here yet." in desk.may.types("/honour list").words  # nobody knows before it is announced
    told = desk.hana.types(f"/honour announce {found.number}")
    announced = [words for words in desk.lin.sees(WINS) if "Team Player" in words][-1]
    assert f"<@{BOB}>" in announced and len(announced.splitlines()) <= 5
    assert "You are honoured" in desk.bob.told[-1].words and "He answers at any hour." in desk.bob.told[-1].words
    assert [told.words.count("was awarded") for told in desk.ann.told[-2:]] == [1, 0]
    assert "He answers at any hour." in desk.chen.types("/honour list").words

    told.press("Undo")
    assert round_of(desk).state is Phase.DECIDING and nomination(desk).announced_at is None
    assert "the announcement was taken back" in "\n".join(desk.lin.sees(WINS))
    assert "Nothing here yet." in desk.may.types("/honour list").words
    desk.hana.types(f"/honour announce {found.number}")
    assert f"<@{BOB}>" in "\n".join(words for words in desk.lin.sees(WINS) if "Team Player" in words)
    assert "You are honoured" in desk.bob.told[-1].words


def test_an_honour_is_revoked_with_a_reason_and_the_announcement_says_so(desk: Office) -> None:
    nominates(desk.ann, BOB)
    found = decided(desk)
    awards(desk, 1)
    desk.hana.types(f"/honour announce {found.number}")
    revoked = desk.hana.types("/honour revoke N-1 It was somebody else's work")
    assert "revoked" in revoked.words
    assert "Revoked:" in "\n".join(desk.lin.sees(WINS)) and "somebody else" not in "\n".join(desk.lin.sees(WINS))
    assert "Nothing here yet." in desk.bob.types("/honour list mine").words
    revoked.press("Undo")
    assert "Revoked:" not in "\n".join(desk.lin.sees(WINS)) and "Team Player" in desk.bob.types("/honour list mine").words


def test_no_more_are_awarded_than_the_quota_says(desk: Office) -> None:
    for nominee in (ANN, BOB, DAN):
        nominates(desk.lin, nominee)
    decided(desk)
    awards(desk, 1)
    awards(desk, 2)
    assert "All that may be given are awarded (2)" in desk.hana.types("/honour award N-3").words
    desk.hana.types("/honour reconsider N-1")
    awards(desk, 3)
    assert "All that may be given" in desk.hana.types("/honour undo N-1").words


def test_nobody_decides_about_themselves_their_report_or_their_nominee(desk: Office) -> None:
    desk.places("may", roles=frozenset({Role.STAFF, Role.HR}))
    nominates(desk.hana, BOB)
    nominates(desk.lin, MAY)
    decided_by_ada(desk)
    assert "You nominated them yourself" in desk.hana.types("/honour award N-1").words
    assert "They report to you" in desk.may.types("/honour award N-1").words
    assert "There is no such nomination" in desk.may.types("/honour award N-2").words
    assert "You are nominated in this round" in desk.may.types(f"/honour announce {round_of(desk).number}").words
    assert "Award" not in desk.may.types(f"/honour round {round_of(desk).number}").buttons
    awards(desk, 1, "ada")
    assert nomination(desk).decided_by == ADA


def decided_by_ada(office: Office) -> None:
    """Bring the round to where it is decided, by another one of HR."""
    at(office, CLOSED)
    office.ada.types(f"/honour decide {round_of(office).number}")


def test_a_solution_is_honoured_with_those_who_wrote_it(desk: Office) -> None:
    number = solved(desk)
    nominates(desk.dan, f"S-{number}", honour="best_solution:2026Q4")
    at(desk, CLOSED)
    found = round_of(desk, "best_solution")
    page = desk.hana.types(f"/honour round {found.number}")
    assert "reviewers’ mean 4 of 5" in page.words and "confirmed by the customer" in page.words
    desk.hana.types(f"/honour decide {found.number}")
    awards(desk, 1)
    desk.hana.types(f"/honour announce {found.number}")
    assert all("You are honoured: Best Solution Award" in person.told[-1].words for person in (desk.ann, desk.bob))
    assert "Half the wait" in desk.bob.types("/honour list mine").words
    with desk.bot.store.change() as shelves:
        solution = shelves.solutions.get(number)
        assert solution is not None
        shelves.solutions.save(solution.amended(confidential=True))
    for text in ("list", "show N-1", f"list <@{BOB}>"):
        assert "Half the wait" not in desk.lin.types(f"/honour {text}").words, text
    assert "a confidential solution" in desk.hana.types(f"/honour round {found.number}").words
    assert "Half the wait" in desk.bob.types("/honour list mine").words


def test_a_round_is_begun_by_hand_and_cancelled_with_a_reason(desk: Office) -> None:
    early = desk.hana.types("/honour open team_player 2027Q1")
    assert "has not ended yet" in early.words
    begun = desk.hana.types("/honour open team_player 2026Q3")
    assert "The round has begun" in begun.words
    again = desk.hana.types("/honour open team_player 2026Q3")
    assert "There is a round already" in again.words
    assert "is given for a year" in desk.hana.types("/honour open best_presales 2026Q3").words
    nominates(desk.ann, BOB, honour="team_player:2026Q3")
    number = round_of(desk, period="2026Q3").number
    cancelled = desk.hana.types(f"/honour cancel {number} Not this time")
    assert "is cancelled" in cancelled.words and "was called off" in desk.ann.told[-1].words
    cancelled.press("Undo")
    assert round_of(desk, period="2026Q3").state is Phase.OPEN and nomination(desk).state == "submitted"


def test_someone_eligible_comes_onto_the_shortlist_for_a_reason(desk: Office) -> None:
    with desk.bot.store.change() as shelves:
        shelves.audit.of("x")
    for number in range(6):
        appraised(desk, f"U0X{number}", "90", Grade.EXCELLENT)
    nominates(desk.ann, BOB)
    decided(desk)
    with desk.bot.store.change() as shelves:
        found = shelves.nominations.get(1)
        assert found is not None
        shelves.nominations.save(found.amended(state="eligible"))
    opens(desk.hana, "/honour add N-1")
    assert desk.hana.fills(reason="The measures do not see it") == {}
    assert nomination(desk).state == "shortlisted"


def test_a_nomination_is_taken_back_within_minutes_by_who_made_it(desk: Office) -> None:
    entered = nominates(desk.ann, BOB)
    nominates(desk.dan, BOB)
    assert "Only the person who made the change" in desk.ann.types("/honour undo N-1").words
    desk.dan.types("/honour undo N-1")
    assert nomination(desk).speakers == (ANN,)
    desk.clock.move_to(desk.clock.now() + timedelta(minutes=11))
    assert "have passed" in desk.ann.types("/honour undo N-1").words or "nothing to undo" in desk.ann.types("/honour undo N-1").words
    assert "Undo" in entered.buttons


COMMANDS = (
    "round H-1",
    "open team_player 2026Q3",
    "close H-1",
    "decide H-1",
    "cancel H-1 because",
    "announce H-1",
    "undo H-1",
    "rounds",
    "show N-1",
    "award N-1",
    "add N-1 because",
    "reconsider N-1",
    "revoke N-1 because",
)


@pytest.mark.parametrize("name", ["dan", "lin", "may"])
def test_who_does_not_decide_changes_nothing_and_sees_no_score(desk: Office, name: str) -> None:
    appraised(desk, ANN, "91.5", Grade.EXCELLENT)
    nominates(desk.bob, ANN)
    desk.places("dan", manager="ada")
    before = (nomination(desk), round_of(desk))
    person = getattr(desk, name)
    for text in COMMANDS:
        answer = person.types(f"/honour {text}").words
        assert name == "may" or "91.5" not in answer, text
    for action in (name for name in ROUTES.buttons if name.startswith("honours.")):
        for value in ("1", "N-1:1", "H-1:1", "1:0", "new", "mine", "99999999999999999999", "\u0661", "-1", ""):
            forged(person, press(desk.sandbox.workspace, action, value, person.id))
    for callback in ("honours.award", "honours.shortlist", "honours.revoke", "honours.cancel"):
        forged(person, submission(callback, {"reason": "because", "citation": "me"}, "1", person.id))
    forged(person, submission("honours.open", {"honour": "team_player:2026Q3"}, "", person.id))
    assert (nomination(desk), round_of(desk)) == before
    desk.settle()
    with desk.bot.store.look() as shelves:
        assert shelves.rounds.of("team_player", "2026Q3") is None
    assert name == "may" or "91.5" not in "\n".join([*person.sees("C0GENERAL"), *(seen.words for seen in person.told)])


def forged(person: Somebody, delivery: dict[str, Any]) -> None:
    """Deliver what the person was never shown, signed as Slack signs it."""
    body = encoded("interactive", delivery)[0].encode()
    assert post(person.office.bot.settings.port, body, signed(body))[0] == 200


def test_a_guest_learns_nothing(desk: Office) -> None:
    appraised(desk, ANN, "91.5", Grade.EXCELLENT)
    nominates(desk.bob, ANN)
    for text in ("list", "nominate", "nominations", *COMMANDS):
        assert "Team Player" not in desk.gus.types(f"/honour {text}").words


def test_the_hall_of_fame_is_narrowed_by_person_period_and_honour_in_every_language(desk: Office) -> None:
    nominates(desk.ann, BOB)
    found = decided(desk)
    awards(desk, 1)
    desk.hana.types(f"/honour announce {found.number}")
    for narrowed in ("all", f"<@{BOB}>", "2026Q4", "2026", "team_player", "团队协作奖", "2026Q4 team_player"):
        assert "He answers at any hour." in desk.may.types(f"/honour list {narrowed}").words, narrowed
    for narrowed in (f"<@{ANN}>", "2026Q1", "best_solution", "mine"):
        assert "Nothing here yet." in desk.may.types(f"/honour list {narrowed}").words, narrowed
    assert "Team Player" in desk.may.types("/honour list team playr").words


def test_open_without_words_asks_for_which_honour(database: str) -> None:
    with open_office(database) as office:
        office.places("hana", roles=frozenset({Role.HR, Role.COLLEAGUE}))
        office.sandbox.control.command(HANA, "C0GENERAL", "/honour open")
        office.settle()
        form = office.hana.form()
        assert form["blocks"][0]["block_id"] == "honour" and "2026Q3" in str(form["blocks"])
