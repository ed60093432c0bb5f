"""A self-review from the invitation to handing it in, with all that may come between (§5.3.1, §2.2, §1.3)."""

from datetime import date, timedelta
from typing import Any

from bot.policy.appraisals.cycle import Phase
from bot.policy.appraisals.record import Appraisal, Grade, Part, State
from bot.policy.appraisals.self_review import all_fields
from bot.policy.demos import Demo
from bot.views.appraisals.self_form import DRAFT
from tests.appraising import appraisal_of, begin, change, starts
from tests.office import MONDAY, Office, Somebody, text_of

SKILLS = ["professional_knowledge", "communication", "analysis", "teamwork", "learning"]


def types_in(person: Somebody, field: str, text: str) -> None:
    person.office.sandbox.control.press(person.id, view=person.form()["id"], block_id=field, action_id=DRAFT, value=text)
    person.office.settle()


def goes_on(person: Somebody, **fields: str) -> dict[str, Any]:
    """Fill a step and submit it; return the form that is open then."""
    control = person.office.sandbox.control
    control.submit(person.id, person.form()["id"], {name: {DRAFT: value} for name, value in fields.items()})
    person.office.settle()
    return (control.views(person.id) or [{}])[-1]


def presses_in_form(person: Somebody, label: str) -> dict[str, Any]:
    """Press what bears this label in the form on top; return the form that is open then."""
    view = person.form()
    pressable = [(block["block_id"], one) for block in view["blocks"] if block["type"] == "actions" for one in block["elements"]]
    block, found = next((block, one) for block, one in pressable if one["text"]["text"] == label)
    person.office.sandbox.control.press(person.id, view=view["id"], block_id=block, action_id=found["action_id"])
    person.office.settle()
    return person.form()


def words_of(view: dict[str, Any]) -> str:
    return "\n".join(text_of(block) for block in view["blocks"])


def field(view: dict[str, Any], name: str) -> dict[str, Any]:
    return next(block for block in view["blocks"] if block["block_id"] == name)


def given(part: str) -> dict[str, str]:
    return {name: "4" if name.startswith("mark") else f"words for {name}" for name in all_fields(SKILLS) if part in name}


def begun(office: Office) -> Somebody:
    """Return Ann, who has the form of her self-review open."""
    office.places("ann", manager="may")
    begin(office, "ann")
    office.ann.told[-1].press("Begin")
    return office.ann


def handed_in(office: Office) -> Somebody:
    """Return Ann, who has handed her self-review in."""
    ann = begun(office)
    goes_on(ann, summary="A good quarter")
    goes_on(ann, **given("part_"))
    goes_on(ann, **given("skill_"))
    assert goes_on(ann) == {}
    return ann


def test_a_self_review_goes_from_the_invitation_to_the_hand_in(office: Office) -> None:
    office.places("ann", manager="may")
    begin(office, "ann")
    invitation = office.ann.told[-1]
    assert "please write your self-review by" in invitation.words and invitation.buttons == ["Begin"]
    invitation.press("Begin")
    assert "Customers come first" in words_of(office.ann.form()) and "Every measure has too few cases" in words_of(office.ann.form())
    assert "Self-review 2026Q4, due Tue 1 Dec 2026, step 1 of 4" in words_of(office.ann.form())
    assert "all are needed before you hand in" in words_of(office.ann.form())
    goes_on(office.ann, summary="A good quarter")
    goes_on(office.ann, **given("part_"))
    check = goes_on(office.ann, **given("skill_"))
    assert check["submit"]["text"] == "Hand in" and "words for comment_skill_analysis" in words_of(check)
    assert goes_on(office.ann) == {}
    kept = appraisal_of(office)
    assert kept.state is State.SELF_SUBMITTED and kept.self_review.marks == dict.fromkeys(Part, 4)
    assert len(office.ann.told) == 1 and "is handed in. Thank you!" in office.ann.told[0].words
    assert office.ann.told[0].buttons == ["Read it", "Take it back"]


def test_what_was_typed_is_there_again_after_the_form_was_closed(office: Office) -> None:
    ann = begun(office)
    for text in ("A", "A good", "A good quarter"):
        types_in(ann, "summary", text)
    office.sandbox.control.close(ann.id, ann.form()["id"], all=True)
    assert appraisal_of(office).state is State.SELF_DRAFT and ann.told[0].buttons == ["Go on"]
    ann.told[0].press("Go on")
    assert field(presses_in_form(ann, "Back"), "summary")["element"]["initial_value"] == "A good quarter"


def test_typing_leaves_no_words_and_but_one_event_in_the_log(office: Office) -> None:
    ann = begun(office)
    for text in ("my secret", "my secret draft"):
        types_in(ann, "summary", text)
    with office.bot.store.look() as shelves:
        events = shelves.audit.of("appraisal:1")
    assert [event.action for event in events] == ["draft"] and "secret" not in str(events)


def test_one_can_go_back_and_forth_and_nothing_is_lost(office: Office) -> None:
    ann = begun(office)
    goes_on(ann, summary="A good quarter")
    types_in(ann, "comment_part_quality", "Two solutions")
    types_in(ann, "mark_part_quality", "5")
    assert field(presses_in_form(ann, "Back"), "summary")["element"]["initial_value"] == "A good quarter"
    again = goes_on(ann)
    assert field(again, "comment_part_quality")["element"]["initial_value"] == "Two solutions"
    assert field(again, "mark_part_quality")["element"]["initial_option"]["value"] == "5"


def test_what_is_missing_is_marked_on_its_field_when_it_is_handed_in(office: Office) -> None:
    ann = begun(office)
    goes_on(ann, summary="A good quarter")
    goes_on(ann, **given("part_") | {"comment_part_quality": ""})
    goes_on(ann, **given("skill_"))
    back = goes_on(ann)
    assert "1 answer is still missing." in words_of(back)
    assert field(back, "comment_part_quality")["hint"]["text"].startswith("Still missing. Research, solutions")
    assert "Still missing." not in field(back, "comment_part_results")["hint"]["text"]
    assert "Still missing." in field(goes_on(ann), "comment_part_quality")["hint"]["text"]
    check = goes_on(ann, comment_part_quality="Two solutions")
    assert check["submit"]["text"] == "Hand in" and goes_on(ann) == {}
    assert appraisal_of(office).state is State.SELF_SUBMITTED


def test_without_an_invitation_a_message_tells_what_was_handed_in(office: Office) -> None:
    begin(office)
    facts = {"cycle": 1, "period": "2026Q4", "person": office.ann.id, "served": 92, "days": 92, "opened_at": MONDAY}
    with office.bot.store.change() as shelves:
        shelves.appraisals.add(Appraisal(**facts))
    starts(office.ann)
    goes_on(office.ann, summary="A good quarter")
    goes_on(office.ann, **given("part_"))
    goes_on(office.ann, **given("skill_"))
    assert goes_on(office.ann) == {}
    assert "is handed in: a summary, 9 texts and 9 marks" in office.ann.told[-1].words


def test_one_goes_on_where_one_left_and_the_two_teamworks_are_told_apart(office: Office) -> None:
    ann = begun(office)
    goes_on(ann, summary="A good quarter")
    labels = [field(ann.form(), "mark_part_teamwork")["label"]["text"]]
    goes_on(ann, **given("part_"))
    labels += [field(ann.form(), "mark_skill_teamwork")["label"]["text"]]
    assert labels == ["Teamwork: your own mark", "Teamwork (competency): your own mark"]
    office.sandbox.control.close(ann.id, ann.form()["id"], all=True)
    assert "step 3 of 4" in words_of(starts(ann))


def test_of_two_self_reviews_the_one_due_first_is_begun(office: Office) -> None:
    begin(office, "ann", self_due=date(2026, 12, 1))
    begin(office, "ann", period="2025", slot="2025", self_due=date(2026, 12, 20))
    assert "Self-review 2026Q4, due Tue 1 Dec 2026" in words_of(starts(office.ann))


def test_it_is_taken_back_changed_and_handed_in_again(office: Office) -> None:
    ann = handed_in(office)
    answer = ann.told[0].press("Take it back")
    assert answer and "What you wrote is kept" in answer.words
    assert appraisal_of(office).state is State.SELF_DRAFT
    ann.told[0].press("Go on")
    presses_in_form(ann, "Change")
    goes_on(ann, summary="A very good quarter")
    goes_on(ann)
    goes_on(ann)
    assert goes_on(ann) == {}
    kept = appraisal_of(office)
    assert (kept.state, kept.self_review.summary) == (State.SELF_SUBMITTED, "A very good quarter")
    assert len(ann.told) == 2 and "What you wrote is kept" in ann.told[-1].words


def test_what_was_handed_in_can_be_read_but_not_changed(office: Office) -> None:
    ann = handed_in(office)
    starts(ann)
    assert "A good quarter" in words_of(ann.form()) and ann.form()["submit"] is None
    assert not [block for block in ann.form()["blocks"] if block["type"] == "input"]


def test_once_the_manager_has_begun_it_cannot_be_taken_back(office: Office) -> None:
    ann = handed_in(office)
    starts(ann)
    change(office, state=State.MANAGER_DRAFT)
    answer = ann.told[0].press("Take it back")
    assert answer and "being scored" in answer.words
    assert "being scored" in words_of(presses_in_form(ann, "Take it back"))
    assert appraisal_of(office).state is State.MANAGER_DRAFT


def test_it_can_be_handed_in_late_while_the_manager_has_not_begun(office: Office) -> None:
    ann = begun(office)
    change(office, state=State.SELF_OVERDUE)
    types_in(ann, "summary", "Late, but")
    assert appraisal_of(office).state is State.SELF_OVERDUE
    goes_on(ann)
    goes_on(ann, **given("part_"))
    goes_on(ann, **given("skill_"))
    assert goes_on(ann) == {}
    assert appraisal_of(office).state is State.SELF_SUBMITTED


def test_somebody_who_is_excused_while_typing_keeps_the_form(office: Office) -> None:
    ann = begun(office)
    change(office, state=State.EXCUSED)
    types_in(ann, "summary", "Still here")
    assert field(ann.form(), "summary") and appraisal_of(office).self_review.summary == ""
    assert goes_on(ann, summary="Still here")["id"] == ann.form()["id"]


def test_what_the_person_did_is_there_already(office: Office) -> None:
    for number in range(7):
        office.ann.types(f"/bid new Buyer{number} 100k due in 20 days")
    with office.bot.store.change() as shelves:
        facts = {"customer_name": "ACME", "customer_key": "acme", "owner": office.ann.id}
        shelves.demos.add(Demo(opportunity=1, opened_at=MONDAY, **facts))
        shelves.demos.add(Demo(opportunity=1, opened_at=MONDAY - timedelta(days=200), **facts))
    ann = begun(office)
    said = words_of(ann.form())
    assert "Bids: 7" in said and "Demos: 1" in said and "D-1 · ACME" in said and "Buyer6" in said and "Buyer0" not in said
    page = presses_in_form(ann, "and 2 more")
    assert "Buyer0" in words_of(page) and len(office.sandbox.control.views(ann.id)) == 2


def test_whoever_has_no_appraisal_is_told_so(office: Office) -> None:
    begin(office, "ann")
    assert "no self-review to write" in office.bob.types("/review start").words
    assert office.bob.types("/review").buttons == []
    assert "not a period" in office.bob.types("/review start soon").words


def test_where_no_cycle_runs_it_is_said_when_the_next_one_begins(office: Office) -> None:
    office.places("bob", post="presales_engineer")
    told = office.bob.types("/review")
    assert "The next appraisal begins on Mon 4 Jan 2027." in told.words
    answer = told.press("Your quarter so far")
    assert answer and "Bob Engineer · 2026Q4" in answer.words


def test_an_old_self_review_leads_to_its_result(office: Office) -> None:
    ann = handed_in(office)
    change(office, state=State.PUBLISHED, published_at=MONDAY, grade=Grade.GOOD)
    with office.bot.store.change() as shelves:
        cycle = shelves.cycles.get(1)
        assert cycle
        shelves.cycles.save(cycle.amended(state=Phase.CLOSED))
    office.sandbox.control.command(ann.id, "C0GENERAL", "/review")
    office.settle()
    assert "A good quarter" in words_of(ann.form())
    assert "Your appraisal of 2026Q4" in words_of(presses_in_form(ann, "See the result"))


def test_a_cancelled_cycle_takes_no_words(office: Office) -> None:
    ann = begun(office)
    with office.bot.store.change() as shelves:
        cycle = shelves.cycles.get(1)
        assert cycle
        shelves.cycles.save(cycle.amended(state=Phase.CANCELLED))
    types_in(ann, "summary", "Too late")
    assert appraisal_of(office).self_review.summary == ""
