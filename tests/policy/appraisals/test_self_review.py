"""The self-review (§5.3.1): drafts are never lost, whatever window they are typed in and in whatever order they come."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.handbook import load_handbook
from bot.policy.appraisals.cycle import Cycle, Kind, Phase, kept_rules
from bot.policy.appraisals.record import LONG, Appraisal, Part, SelfReview, State
from bot.policy.appraisals.self_review import (
    Page,
    Sent,
    all_fields,
    current,
    draft,
    entries,
    fields_of,
    is_writable,
    merged,
    missing,
    page_of,
    recall,
    submit,
    veiled,
    written,
)
from bot.policy.refusal import Refusal

NOW = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
SKILLS = ["analysis", "teamwork"]
FIELDS = all_fields(SKILLS)
LINE = "\n--\n"
WORDS, MARK = "comment_part_results", "mark_part_results"
FULL = {name: "4" if name.startswith("mark_") else f"about {name}" for name in FIELDS}
CYCLE = Cycle(
    id=1,
    period="2026Q3",
    slot="2026Q3",
    kind=Kind.QUARTER,
    state=Phase.OPEN,
    start=date(2026, 7, 1),
    end=date(2026, 9, 30),
    handbook="1",
    rules=kept_rules(load_handbook()),
    opened_at=NOW,
    self_due=date(2026, 12, 1),
    manager_due=date(2026, 12, 10),
    calibration_due=date(2026, 12, 20),
)


NOTHING = SelfReview()


def appraisal(state: State = State.NOT_STARTED, review: SelfReview = NOTHING) -> Appraisal:
    return Appraisal(id=7, cycle=1, period="2026Q3", person="U1", served=92, days=92, opened_at=NOW, state=state, self_review=review)


@dataclass
class Draft:
    """A draft that is kept, as the shelf keeps it, and the forms that write in it."""

    review: SelfReview = field(default_factory=SelfReview)
    clock: int = 0
    aside: list[str] = field(default_factory=list)

    def opens(self, name: str) -> "Window":
        return Window(self, name, self.review.version, entries(self.review))

    def takes(self, sent: Sent) -> None:
        found = merged(self.review, sent, FIELDS, NOW)
        if found:
            self.review = found.review
            self.aside += [one.typed.text for one in found.aside]

    def says(self, name: str = WORDS) -> str:
        return entries(self.review).get(name, "")


@dataclass
class Window:
    """A form that somebody has open."""

    draft: Draft
    name: str
    version: int
    base: dict[str, str]
    held: dict[str, str] = field(default_factory=dict)

    def types(self, text: str, name: str = WORDS) -> Sent:
        self.draft.clock += 1
        self.held[name] = text
        typed = {**dict.fromkeys((WORDS, MARK), ""), **{key: self.base.get(key, "") for key in (WORDS, MARK)}, **self.held}
        return Sent(self.name, self.version, f"17{self.draft.clock:08}.000000", self.base, typed, LINE)

    def saves(self, text: str, name: str = WORDS) -> None:
        self.draft.takes(self.types(text, name))


def test_what_is_typed_is_kept_as_it_is_typed() -> None:
    kept = Draft()
    window = kept.opens("V1")
    for text in ("W", "We", "We won"):
        window.saves(text)
    assert (kept.says(), kept.review.version) == ("We won", 3)


def test_what_is_typed_can_be_taken_out_again() -> None:
    kept = Draft()
    kept.opens("V1").saves("We won")
    window = kept.opens("V2")
    window.saves("")
    assert kept.says() == ""
    window.saves("We lost")
    window.saves("")
    assert kept.says() == ""


def test_a_state_that_comes_late_changes_nothing() -> None:
    kept = Draft()
    window = kept.opens("V1")
    early, late = window.types("W"), window.types("We won")
    kept.takes(late)
    kept.takes(early)
    kept.takes(late)
    assert (kept.says(), kept.review.version) == ("We won", 1)


def test_fields_written_in_two_windows_are_all_kept() -> None:
    kept = Draft()
    one, two = kept.opens("V1"), kept.opens("V2")
    one.saves("We won")
    two.saves("5", MARK)
    assert (kept.says(), kept.says(MARK)) == ("We won", "5")


def test_two_texts_for_one_field_are_both_kept_the_later_below_a_line() -> None:
    kept = Draft()
    one, two = kept.opens("V1"), kept.opens("V2")
    one.saves("We won")
    two.saves("I")
    two.saves("I helped")
    assert kept.says() == "We won\n--\nI helped"
    one.saves("We won it")
    assert kept.says() == "I helped\n--\nWe won it"


def test_the_same_text_from_two_windows_is_kept_once() -> None:
    kept = Draft()
    one, two = kept.opens("V1"), kept.opens("V2")
    one.saves("We won")
    two.saves("We won")
    assert kept.says() == "We won"


def test_a_form_opened_anew_knows_what_was_kept_and_replaces_it() -> None:
    kept = Draft()
    kept.opens("V1").saves("We won")
    kept.opens("V2").saves("We won a lot")
    assert kept.says() == "We won a lot"


def test_of_two_marks_the_later_counts() -> None:
    kept = Draft()
    one, two = kept.opens("V1"), kept.opens("V2")
    one.saves("5", MARK)
    two.saves("3", MARK)
    assert kept.says(MARK) == "3"


def test_a_text_for_which_there_is_no_room_is_handed_back() -> None:
    kept = Draft()
    one, two = kept.opens("V1"), kept.opens("V2")
    one.saves("a" * LONG)
    two.saves("b" * LONG)
    assert (kept.says(), kept.aside) == ("b" * LONG, ["a" * LONG])


@pytest.mark.parametrize(("name", "text"), [(MARK, "6"), (MARK, "x"), ("mark_part_other", "3"), ("comment_skill_gone", "x"), ("zzz", "x")])
def test_what_no_field_can_hold_is_passed_over(name: str, text: str) -> None:
    kept = Draft()
    kept.opens("V1").saves(text, name)
    assert entries(kept.review) == {}


TYPING = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from([WORDS, MARK, "summary", "zzz"]), st.text("ab12345\n ", max_size=5), st.booleans())
)


@given(TYPING)
def test_a_draft_only_grows_and_no_window_loses_its_words(steps: list[tuple[int, str, str, bool]]) -> None:
    kept, windows = Draft(), {}
    for number, name, text, anew in steps:
        before = kept.review.version
        if anew or number not in windows:
            windows[number] = kept.opens(f"V{number}-{len(windows)}-{before}")
        windows[number].saves(text, name)
        assert kept.review.version == before + 1
        if name in (WORDS, "summary") and text != windows[number].base.get(name, ""):
            assert text in kept.says(name) or text in kept.aside


@given(st.permutations(range(6)))
def test_in_whatever_order_states_arrive_the_last_typed_stands(order: list[int]) -> None:
    kept = Draft()
    window = kept.opens("V1")
    states = [window.types("x" * (n + 1)) for n in range(6)]
    for n in order:
        kept.takes(states[n])
    assert kept.says() == "xxxxxx"


def test_fields_go_in_and_come_out_the_same() -> None:
    assert entries(written(SelfReview(), FULL)) == FULL
    assert {page_of(name) for name in fields_of(Page.SKILLS, SKILLS)} == {Page.SKILLS}
    assert page_of("mark_part_teamwork") is Page.PARTS and page_of("mark_skill_teamwork") is Page.SKILLS


def test_the_first_words_begin_the_self_review_and_leave_no_words_in_the_log() -> None:
    found = draft(appraisal(), CYCLE, Draft().opens("V1").types("secret words"), SKILLS, NOW)
    assert found and found.step.record.state is State.SELF_DRAFT and found.step.record.self_review.words[Part.RESULTS] == "secret words"
    assert "secret" not in found.step.event.model_dump_json()


def test_a_draft_of_one_overdue_stays_overdue() -> None:
    found = draft(appraisal(State.SELF_OVERDUE), CYCLE, Draft().opens("V1").types("x"), SKILLS, NOW)
    assert found and found.step.record.state is State.SELF_OVERDUE


def test_nothing_is_handed_in_before_it_is_complete() -> None:
    with pytest.raises(Refusal) as no:
        submit(appraisal(State.SELF_DRAFT, written(SelfReview(), {**FULL, "comment_part_quality": " "})), CYCLE, SKILLS, NOW)
    assert no.value.field == "comment_part_quality"
    assert missing(SelfReview(), SKILLS) == FIELDS


def test_what_was_put_aside_is_not_handed_in_and_what_was_is_not_lost_to_an_old_window() -> None:
    kept = Draft(written(SelfReview(), FULL))
    one, two, old = kept.opens("V1"), kept.opens("V2"), kept.opens("V3")
    one.saves("a" * LONG)
    two.saves("b" * LONG)
    after = submit(appraisal(State.SELF_DRAFT, kept.review), CYCLE, SKILLS, NOW).record
    assert "aaa" not in after.model_dump_json()
    kept.review = recall(after, CYCLE, NOW).record.self_review
    old.saves("c")
    assert (kept.says(), kept.aside[-1]) == ("c", "b" * LONG)


@pytest.mark.parametrize("state", [State.NOT_STARTED, State.SELF_DRAFT, State.SELF_OVERDUE])
def test_it_is_handed_in_also_late_and_taken_back_until_the_manager_begins(state: State) -> None:
    handed_in = submit(appraisal(state, written(SelfReview(), FULL)), CYCLE, SKILLS, NOW).record
    assert (handed_in.state, handed_in.self_submitted_at) == (State.SELF_SUBMITTED, NOW)
    back = recall(handed_in, CYCLE, NOW).record
    assert (back.state, back.self_submitted_at, entries(back.self_review)) == (State.SELF_DRAFT, None, FULL)


def test_what_the_manager_scores_is_neither_changed_nor_taken_back() -> None:
    scored = appraisal(State.MANAGER_DRAFT, written(SelfReview(), FULL))
    for step in (lambda: recall(scored, CYCLE, NOW), lambda: draft(scored, CYCLE, Draft().opens("V1").types("x"), SKILLS, NOW)):
        with pytest.raises(Refusal, match=r"\{called\}"):
            step()


@pytest.mark.parametrize("phase", [Phase.PUBLISHED, Phase.CLOSED, Phase.CANCELLED])
def test_nothing_is_written_once_the_cycle_is_over(phase: Phase) -> None:
    over = CYCLE.amended(state=phase)
    assert not is_writable(appraisal(), over)
    with pytest.raises(Refusal, match="The appraisal of"):
        submit(appraisal(State.SELF_DRAFT, written(SelfReview(), FULL)), over, SKILLS, NOW)


def test_the_one_to_be_written_is_meant_before_one_that_was_handed_in() -> None:
    handed_in = appraisal(State.SELF_SUBMITTED).amended(self_submitted_at=NOW)
    assert current([(handed_in, CYCLE), (appraisal(), CYCLE)]) == appraisal()
    assert current([(handed_in, CYCLE)]) == handed_in
    assert current([(appraisal(State.MANAGER_DRAFT), CYCLE)]) is None


def test_a_veil_hides_words_and_marks() -> None:
    assert entries(veiled(appraisal(review=written(SelfReview(), FULL))).self_review) == {}
