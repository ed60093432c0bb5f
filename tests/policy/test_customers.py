"""§2.1.5: names, people, enquiries in working hours, opinions, and duplicates."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.handbook import load_handbook
from bot.policy import customers as policy
from bot.policy.calendar import Calendar
from bot.policy.customers import Contact, Customer, Enquiry, Opinion, Stance, Standing, Weight
from bot.policy.machine import Step
from bot.policy.refusal import Refusal

CALENDAR = Calendar(load_handbook().company)
NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)  # Monday, 10:00 in Shanghai
DUE = NOW + timedelta(days=2)
ACME = Customer(id=1, name="ACME", key="acme", entered_by="U1", entered_at=NOW)
TWIN = Customer(id=2, name="Acmee", key="acmee", aliases=("acme co",), entered_by="U2", entered_at=NOW)


def asked(customer: Customer, due: datetime = DUE) -> Step[Customer]:
    enquiry = Enquiry(id=0, text="ARM?", reported_by="U1", at=NOW, owner="U2", due=due)
    return policy.enquire(customer, enquiry, NOW)


def thought(customer: Customer) -> Step[Customer]:
    return policy.opine(customer, Opinion(id=0, text="slow", product="Hub", weight=Weight.CHALLENGE, reported_by="U1", at=NOW), NOW)


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (datetime(2026, 11, 23, 2, tzinfo=UTC), datetime(2026, 11, 25, 2, tzinfo=UTC)),
        (datetime(2026, 11, 27, 2, tzinfo=UTC), datetime(2026, 12, 1, 2, tzinfo=UTC)),  # over a weekend
        (datetime(2026, 11, 28, 2, tzinfo=UTC), datetime(2026, 12, 2, 1, tzinfo=UTC)),  # asked on a Saturday: as if on Monday, 09:00
        (datetime(2026, 9, 30, 2, tzinfo=UTC), datetime(2026, 10, 9, 2, tzinfo=UTC)),  # over the National Day holidays
    ],
)
def test_an_enquiry_is_answered_within_working_days(now: datetime, due: datetime) -> None:
    assert policy.answer_by(CALENDAR, "Asia/Shanghai", now, 2) == due


@given(hours=st.integers(0, 24 * 400), days=st.integers(1, 20), zone=st.sampled_from(["Asia/Shanghai", "America/New_York", "UTC"]))
def test_an_answer_is_always_due_within_working_hours(hours: int, days: int, zone: str) -> None:
    due = policy.answer_by(CALENDAR, zone, NOW + timedelta(hours=hours), days)
    assert CALENDAR.within_hours(due, zone) and due > NOW + timedelta(hours=hours)


def test_the_next_time_to_chase_follows_the_open_enquiries() -> None:
    two = asked(asked(ACME).record, NOW + timedelta(days=1)).record
    assert [enquiry.id for enquiry in two.enquiries] == [1, 2] and two.chase_at == NOW + timedelta(days=1)
    one = policy.answer(two, 2, "yes", "U2", NOW).record
    assert one.chase_at == DUE
    assert policy.answer(one, 1, "yes", "U2", NOW).record.chase_at is None


def test_an_enquiry_is_answered_once_and_handed_over_only_while_open() -> None:
    done = policy.answer(asked(ACME).record, 1, "yes", "U2", NOW).record
    for again in (lambda: policy.answer(done, 1, "no", "U2", NOW), lambda: policy.hand_over(done, 1, "U3", "U2", NOW)):
        with pytest.raises(Refusal):
            again()
    with pytest.raises(Refusal):
        asked(ACME, NOW)


def test_an_opinion_counts_as_open_until_it_is_answered() -> None:
    noted = thought(ACME).record
    assert noted.unanswered == 1
    assert policy.reply(noted, 1, "fixed", "U3", NOW).record.unanswered == 0


def test_the_contact_of_the_same_name_is_replaced() -> None:
    first = policy.put_contact(ACME, Contact(name="Jane"), "U1", NOW).record
    second = policy.put_contact(first, Contact(name="JANE", stance=Stance.OPPONENT), "U1", NOW).record
    assert [(contact.name, contact.stance) for contact in second.contacts] == [("JANE", Stance.OPPONENT)]


def test_a_merger_takes_everything_over_and_numbers_it_on() -> None:
    kept, gone = policy.merge(thought(asked(ACME).record).record, thought(asked(TWIN).record).record, "U9", NOW)
    assert kept.record.aliases == ("acmee", "acme co") and (kept.record.unanswered, kept.record.chase_at) == (2, DUE)
    assert [enquiry.id for enquiry in kept.record.enquiries] == [1, 2] == [opinion.id for opinion in kept.record.opinions]
    assert (gone.record.state, gone.record.merged_into, gone.record.enquiries, gone.record.chase_at) == (Standing.MERGED, 1, (), None)


def test_what_was_merged_is_changed_no_more() -> None:
    _kept, gone = policy.merge(ACME, TWIN, "U9", NOW)
    for step in (
        lambda: asked(gone.record),
        lambda: policy.merge(ACME, gone.record, "U9", NOW),
        lambda: policy.merge(ACME, ACME, "U9", NOW),
    ):
        with pytest.raises(Refusal):
            step()
