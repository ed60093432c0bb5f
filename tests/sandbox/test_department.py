"""The fictional department: the workspace takes it, the policy allows it, and it is the same every time."""

import json
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.clock import MovableClock
from bot.handbook import load_handbook
from bot.policy import people as policy
from bot.policy.appraisals.cycle import Phase, rules_now, rules_of
from bot.policy.appraisals.opening import begins
from bot.policy.appraisals.record import Appraisal, Grade
from bot.policy.appraisals.record import State as Progress
from bot.policy.appraisals.self_review import missing
from bot.policy.bids import OPEN, UNSUBMITTED, Bid, State, document_quality, overridden, remind_at, steps_open
from bot.policy.bids.document_review import authors
from bot.policy.bids.owed import TEACHES, Duty, owed
from bot.policy.calendar import Calendar, Quarter
from bot.policy.opportunities import Outcome
from bot.policy.people import Role, from_slack, is_outsider, standing
from bot.policy.record import Event
from bot.policy.surveys import CUSTOMER
from bot.policy.tallies import COMPANY, current
from bot.views.appraisals.team import subject_of
from bot.words.periods import read_period
from bot.words.text import fold
from sandbox.department import channels, furnish, people, places
from sandbox.department.appraisals import drafted, is_over, periods
from sandbox.department.bids import CONFIDENTIAL
from sandbox.department.customers import ASKED, PEOPLE, THOUGHT
from sandbox.department.dates import working_day
from sandbox.department.deals import DEALS
from sandbox.department.decisions import CONDITIONS, REASONS, SHARES, VERDICTS
from sandbox.department.documents import QUESTIONS
from sandbox.department.lessons import BEATEN, DEFENCES, LESSONS
from sandbox.department.people import DANIEL, MEMBERS, NING, PEISHAN, WEI, ZONES
from sandbox.department.preparing import UNREVIEWED
from sandbox.workspace import SlackApp, Workspace
from sandbox.workspace.app import BOT_USER
from sandbox.workspace.people import Person
from scheduler.appraisals import opening
from scheduler.job import Occasion
from storage import Store
from storage.counting import Recount, recount
from storage.measuring import measures_now
from storage.outbox import Said
from storage.store import Shelves

START = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
STARTS = [
    START,
    datetime(2026, 11, 21, 23, 59, tzinfo=UTC),
    datetime(2028, 2, 29, 12, 0, tzinfo=UTC),
    datetime(2026, 6, 30, 16, 45, tzinfo=UTC),
]
HANDBOOK = load_handbook()
CALENDAR = Calendar(HANDBOOK.company)
MANIFEST = json.loads((Path(__file__).parents[2] / "manifest.json").read_text("utf-8"))


@pytest.fixture(scope="module", params=STARTS, ids=lambda start: f"{start:%Y-%m-%d}")
def start(request: pytest.FixtureRequest) -> datetime:
    param: datetime = request.param
    return param


@pytest.fixture(scope="module")
def furnished(start: datetime, migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    file = shutil.copy(migrated_file, tmp_path_factory.mktemp("furnished") / "bidwell.db")
    store = Store(f"sqlite:///{file}", MovableClock(start))
    furnish(store, start)
    yield store
    store.close()


@pytest.fixture(scope="module")
def bids(furnished: Store) -> list[Bid]:
    return all_bids(furnished)


@pytest.fixture(scope="module")
def events(furnished: Store) -> list[Event]:
    with furnished.look() as shelves:
        return list(shelves.audit.everything())


@pytest.fixture(scope="module")
def appraisals(furnished: Store) -> list[Appraisal]:
    with furnished.look() as shelves:
        return [one for cycle in shelves.cycles.latest() for one in shelves.appraisals.in_cycle(cycle.id)]


@pytest.fixture(scope="module")
def workspace() -> Workspace:
    return Workspace(MovableClock(START), SlackApp(MANIFEST), people(), channels(START))


def all_bids(store: Store) -> list[Bid]:
    with store.look() as shelves:
        return shelves.bids.listed(limit=1000)


def named(workspace: Workspace, name: str) -> Any:
    return next(channel for channel in workspace.channels.values() if channel.name == name)


def whole_quarters(start: datetime) -> list[Quarter]:
    """Return the quarters that lie within the last thirteen months from end to end."""
    days = [start.date() - timedelta(days=n) for n in range(1, 391)]
    return [quarter for quarter in {CALENDAR.fiscal_quarter(day) for day in days} if {quarter.start, quarter.end} <= set(days)]


@pytest.mark.parametrize(
    ("day", "n", "expected"),
    [
        (date(2026, 11, 23), -1, date(2026, 11, 20)),
        (date(2026, 11, 22), -1, date(2026, 11, 20)),
        (date(2026, 11, 21), -1, date(2026, 11, 20)),
        (date(2026, 11, 25), -8, date(2026, 11, 13)),
        (date(2026, 11, 20), 1, date(2026, 11, 23)),
        (date(2026, 11, 21), 1, date(2026, 11, 23)),
        (date(2026, 11, 22), 5, date(2026, 11, 27)),
        (date(2026, 11, 23), 6, date(2026, 12, 1)),
        (date(2026, 10, 9), -3, date(2026, 9, 29)),
    ],
)
def test_days_are_counted_in_working_days(day: date, n: int, expected: date) -> None:
    assert working_day(day, n) == expected


def test_the_first_person_is_a_pre_sales_engineer_who_reads_english(workspace: Workspace) -> None:
    first = workspace.person(people()[0]["id"])
    assert (first.title, first.tz, first.locale) == ("Pre-sales engineer", "Asia/Shanghai", "en-US")
    assert len({person["id"] for person in people()}) == len(people())


def test_languages_and_every_kind_of_outsider_are_there(workspace: Workspace) -> None:
    members = [person for person in workspace.people.values() if person.id != BOT_USER]
    assert {"en-US", "en-GB", "zh-CN", "zh-TW"} <= {person.locale for person in members}
    assert all(any(getattr(p, trait) for p in members) for trait in ("deleted", "is_restricted", "is_stranger", "is_bot", "is_admin"))


def test_channels_hold_people_who_exist_and_the_bot_where_it_speaks(workspace: Workspace) -> None:
    assert all(member in workspace.people for channel in workspace.channels.values() for member in channel.members)
    assert named(workspace, "wins").has_bot and named(workspace, "presales").has_bot
    managers, shared = named(workspace, "presales-managers"), named(workspace, "ext-quillhaven")
    assert managers.kind == "group" and not managers.has_bot
    assert shared.shared and any(workspace.person(member).is_stranger for member in shared.members)
    guests = [person for person in workspace.people.values() if person.is_guest]
    assert all(any(guest.id in channel.members for channel in workspace.channels.values()) for guest in guests)


def test_only_members_speak_and_nobody_after_the_start(workspace: Workspace) -> None:
    for channel in workspace.channels.values():
        assert channel.messages
        assert all(message["user"] in channel.members for message in channel.messages.values())
        assert all(float(ts) < START.timestamp() for ts in channel.messages)


def test_every_mention_in_a_message_finds_its_person(workspace: Workspace) -> None:
    texts = [message["text"] for channel in workspace.channels.values() for message in channel.messages.values()]
    assert len(texts) == len(set(texts)) > 50
    assert all("@" not in text.replace("<@", "") for text in texts)


def test_replies_come_after_what_they_answer(start: datetime) -> None:
    lines = [message for channel in channels(start) for message in channel["messages"]]
    assert all(reply["ago"] < line["ago"] for line in lines for reply in line["replies"])
    assert all(message["ago"] > 0 for line in lines for message in (line, *line["replies"]))


def test_wins_that_were_told_are_wins_in_the_books(workspace: Workspace) -> None:
    told = " ".join(message["text"] for message in named(workspace, "wins").messages.values())
    lately = [deal.customer for deal in DEALS if isinstance(deal.outcome, int) and deal.decided is not None and deal.decided > -50]
    assert lately and all(customer in told for customer in lately)


def test_the_line_of_managers_ends_at_the_department_manager(furnished: Store) -> None:
    managers = {member.id: member.manager for member in MEMBERS}
    assert set(managers.values()) - {""} <= set(managers)
    with furnished.look() as shelves:
        top = {(shelves.people.managers_of(person.id) or [person.id])[-1] for person in shelves.people.active() if person.team}
        assert all(person.id not in shelves.people.managers_of(person.id) for person in shelves.people.all())
        heads = [shelves.people.get(head) for head in top]
    assert [head.post for head in heads if head] == ["department_manager"]


def test_everybody_has_a_place_that_the_handbook_knows(start: datetime) -> None:
    inside = [person for person in places(start) if not is_outsider(person)]
    assert {person.post for person in inside if person.post} == {post.id for post in HANDBOOK.posts}
    assert all(person.started and person.started < start.date() for person in inside)
    assert {role for person in inside for role in standing(person, Role.COLLEAGUE)} == set(policy.STANDING)


def test_reading_the_directory_from_slack_changes_nothing(start: datetime) -> None:
    accounts = {data["id"]: Person(**data).described(start) for data in people()}
    assert all(from_slack(accounts[person.id], person) == person for person in places(start))


def test_the_year_has_bids_in_every_stage_and_about_forty_percent_wins(bids: list[Bid]) -> None:
    states = Counter(bid.state for bid in bids)
    assert 50 <= len(bids) <= 80 and set(states) == set(State) - {State.RETRACTED}
    assert 0.35 <= states[State.WON] / sum(bid.submitted_at is not None for bid in bids) <= 0.48
    assert {bid.currency for bid in bids} == {"CNY", "TWD", "USD", "EUR"}


def test_wins_and_losses_in_every_quarter(bids: list[Bid], start: datetime) -> None:
    quarters = whole_quarters(start)
    assert len(quarters) >= 3
    for quarter in quarters:
        assert {bid.state for bid in bids if bid.decided_at and bid.decided_at.date() in quarter} >= {State.WON, State.LOST}


def test_losses_have_reasons_of_the_handbook(bids: list[Bid]) -> None:
    reasons = {reason.id for reason in HANDBOOK.bids.loss_reasons}
    lost = [bid for bid in bids if bid.state is State.LOST]
    assert {bid.loss_reason for bid in lost} <= reasons and any(bid.note for bid in lost)


def test_open_bids_are_due_in_the_coming_two_weeks(bids: list[Bid], start: datetime) -> None:
    coming = sorted(bid.deadline for bid in bids if bid.state in UNSUBMITTED and bid.deadline)
    assert len(coming) >= 8 and coming[-1] <= start + timedelta(days=14)
    assert min(abs(deadline - start - timedelta(hours=26)) for deadline in coming) <= timedelta(hours=1)


@pytest.mark.parametrize("start", [START], indirect=True)
def test_on_a_working_morning_the_first_reminder_is_hours_away(bids: list[Bid]) -> None:
    reminders = [remind_at(bid, timedelta(days=1), CALENDAR, bid.zone) for bid in bids if bid.state in UNSUBMITTED]
    soonest = min(reminder for reminder in reminders if reminder)
    assert START < soonest < START + timedelta(hours=3)


def test_open_bids_belong_to_people_who_can_take_the_next_step(bids: list[Bid], furnished: Store) -> None:
    with furnished.look() as shelves:
        owners = {person.id: person for person in shelves.people.active()}
    still_open = [bid for bid in bids if bid.state in OPEN]
    assert all(bid.owner in owners for bid in still_open)
    assert all(steps_open(bid, frozenset({Role.OWNER})) for bid in still_open)
    assert {bid.state for bid in still_open} == OPEN
    assert Counter(bid.owner for bid in still_open)[WEI] >= 4


def test_the_visitor_has_something_of_every_kind_to_do(bids: list[Bid], start: datetime) -> None:
    mine = [one.duty for bid in bids for one in owed(bid, WEI, start)]
    assert set(mine) >= {Duty.HAND_IN, Duty.WRITE, Duty.MEET, Duty.CLOSE, Duty.ANSWER, Duty.AGREE, Duty.REHEARSE, Duty.DEBRIEF}
    own = {bid.state for bid in bids if bid.owner == WEI}
    assert own >= {State.REGISTERED, State.ASSESSING, State.CONDITIONAL, State.IN_REVIEW, State.READY}


def test_bids_were_decided_by_a_manager_of_their_owner(bids: list[Bid], furnished: Store) -> None:
    with furnished.look() as shelves:
        above = {bid.owner: shelves.people.managers_of(bid.owner) for bid in bids}
    decided = [bid for bid in bids if bid.decision]
    assert all(bid.decision and bid.decision.by in above[bid.owner] for bid in decided)
    assert [overridden(bid) for bid in decided].count(True) == 1
    assert sum(bool(bid.conditions) for bid in bids) == 3


def test_documents_were_read_by_somebody_else_and_put_right(bids: list[Bid]) -> None:
    assert all(review.reviewer not in authors(bid) for bid in bids for review in bid.reviews)
    handed_in = [bid for bid in bids if bid.submitted_at]
    assert all(finding.closed_at for bid in handed_in for finding in bid.findings)
    assert all(document_quality(bid)[1] == 3 for bid in handed_in if "reviewed" not in bid.gaps)


def test_few_bids_have_gaps_and_almost_all_that_ended_taught_something(bids: list[Bid]) -> None:
    assert sorted(gap for bid in bids for gap in bid.gaps) == ["defended", "reviewed", "submitted"]
    untaught = [bid for bid in bids if bid.state in TEACHES and bid.debrief is None]
    assert len(untaught) == 2
    told = [bid.debrief.lessons for bid in bids if bid.debrief]
    assert len(set(told)) == len(told) > 40


def test_what_was_said_of_a_deal_is_said_of_one_that_is_in_the_table(bids: list[Bid]) -> None:
    customers = {deal.customer for deal in DEALS}
    tables = (LESSONS, DEFENCES, BEATEN, QUESTIONS, VERDICTS, CONDITIONS, REASONS, SHARES, CONFIDENTIAL, UNREVIEWED)
    assert all(customer in customers for table in tables for customer in table)
    assert {bid.customer for bid in bids if bid.confidential} == CONFIDENTIAL


def test_each_bid_hangs_on_a_deal_of_its_customer(bids: list[Bid], furnished: Store) -> None:
    with furnished.look() as shelves:
        deals = {bid.id: shelves.opportunities.get(bid.opportunity) for bid in bids}
        known = [shelves.customers.called(bid.customer_key) for bid in bids]
    assert all(deal and deal.customer_key == bid.customer_key for bid in bids for deal in [deals[bid.id]])
    assert [customer.name for customer in known if customer] == [bid.customer for bid in bids]
    assert {deal.state for bid in bids if bid.state is State.WON and (deal := deals[bid.id])} == {Outcome.WON}


def test_a_recount_finds_the_tallies_as_they_should_be(bids: list[Bid], furnished: Store) -> None:
    assert recount(furnished, HANDBOOK) == Recount(len(bids), (), ())
    with furnished.look() as shelves:
        assert shelves.tallies.of(COMPANY, [f"{year}Q{n}" for year in range(2024, 2030) for n in range(1, 5)])["won"] == 22


def test_people_work_in_their_working_hours(events: list[Event]) -> None:
    assert all(CALENDAR.within_hours(event.at, ZONES[event.actor]) for event in events if event.actor not in ("", CUSTOMER))


def test_no_bid_is_ahead_of_its_time(bids: list[Bid], start: datetime) -> None:
    for bid in bids:
        moments = [moment for moment in (bid.registered_at, bid.submitted_at, bid.decided_at) if moment]
        assert moments == sorted(moments) and moments[-1] < start
        assert bid.customer_key == fold(bid.customer)
        assert bid.late == bool(not bid.gaps and bid.deadline and bid.submitted_at and bid.submitted_at > bid.deadline)
    assert any(bid.late for bid in bids) and any(bid.gaps for bid in bids)


def test_the_audit_log_tells_every_bid_in_order(bids: list[Bid], events: list[Event], furnished: Store) -> None:
    with furnished.look() as shelves:
        assert shelves.audit.broken() == []
    for subject in {event.subject for event in events}:
        moments = [event.at for event in events if event.subject == subject]
        assert moments == sorted(moments)
    last = {event.subject: event.became for event in events if event.subject.startswith("bid:")}
    assert last == {bid.subject: bid.snapshot() for bid in bids}


def test_what_one_request_did_is_one_moment(events: list[Event]) -> None:
    moments = {(event.request, event.at) for event in events}
    assert len({request for request, _at in moments}) == len(moments) and all(request for request, _at in moments)


def test_the_work_before_a_bid_has_a_history_too(events: list[Event], furnished: Store) -> None:
    numbers = {event.subject.partition(":")[2] for event in events if event.subject.startswith("opportunity:")}
    with furnished.look() as shelves:
        deals = {deal.id: deal for number in numbers if (deal := shelves.opportunities.get(int(number)))}
        research = [record for number in deals for record in shelves.researches.of_opportunity(number)]
        solutions = [record for number in deals for record in shelves.solutions.of_opportunity(number)]
        demos = [record for number in deals for record in shelves.demos.of_opportunity(number)]
        known = [shelves.customers.called(fold(customer)) for customer in {one.customer for one in (*PEOPLE, *ASKED, *THOUGHT)}]
    assert {str(record.state) for record in research} == {"approved", "in_progress", "preparing"}
    assert {str(record.state) for record in solutions} == {"internal_review", "drafting"}
    assert {str(record.state) for record in demos} == {"summarised", "delivered", "preparing"}
    assert {deal.state for deal in deals.values()} == set(Outcome) - {Outcome.RETRACTED}
    assert all(customer and (customer.contacts or customer.enquiries or customer.opinions) for customer in known)
    called = {number: deal.customer_name for number, deal in deals.items()}
    assert all(called[record.opportunity] == record.customer_name for record in research)
    assert all(called[record.opportunity] == record.customer_name for record in solutions)
    assert all(called[record.opportunity] == record.customer_name for record in demos)


def test_furnishing_says_nothing(events: list[Event], furnished: Store) -> None:
    with furnished.look() as shelves:
        assert not any(shelves.outbox.about(subject) for subject in {event.subject for event in events})
        lists = [subject_of(cycle.id, member.id) for cycle in shelves.cycles.latest() for member in MEMBERS]
        assert not any(shelves.outbox.about(subject) for subject in lists)


def test_every_quarter_and_year_whose_appraisals_were_over_is_closed(furnished: Store, start: datetime) -> None:
    with furnished.look() as shelves:
        cycles = shelves.cycles.latest()
    wanted = [of.name for of, _turn in periods(start) if is_over(drafted(of), start)]
    assert sorted(cycle.period for cycle in cycles) == sorted(wanted) and len(wanted) >= 3
    for cycle in cycles:
        assert cycle.state is Phase.CLOSED and cycle.published_at and cycle.end < cycle.opened_at.date()
        assert cycle.opened_at.date() <= cycle.self_due < cycle.manager_due < cycle.calibration_due < start.date()
        assert rules_of(cycle) == rules_now(HANDBOOK)


def test_everybody_has_a_result_or_is_excused(appraisals: list[Appraisal]) -> None:
    assert {one.state for one in appraisals} == {Progress.FINAL, Progress.EXCUSED}
    assert {one.person for one in appraisals if one.state is Progress.EXCUSED} == {DANIEL}
    for one in appraisals:
        if one.state is Progress.FINAL:
            assert one.scoring and one.scoring.manager == one.manager != one.person and one.final_grade
            assert one.scoring.why or one.grade is one.suggested
            assert not missing(one.self_review, [skill.id for skill in HANDBOOK.appraisals.competencies])


def test_appraisals_differ_as_people_do(appraisals: list[Appraisal]) -> None:
    assert any(one.suggested is Grade.FAIL and one.grade is Grade.PASS for one in appraisals)
    assert sum(one.calibrated is not None for one in appraisals) == 1
    assert [one.appeal.talk for one in appraisals if one.appeal and one.acknowledged_at is None]
    assert any(one.remark for one in appraisals)


def test_results_say_the_same_as_the_books(furnished: Store, appraisals: list[Appraisal]) -> None:
    with furnished.look() as shelves:
        for one in appraisals:
            person, period = shelves.people.get(one.person), read_period(one.period, START, CALENDAR)
            assert person and period
            if one.state is Progress.FINAL:
                placed = person.amended(post=one.post, team=one.team)
                kept = {"served": one.served, "days": one.days, "cycle": one.cycle}
                assert one.measured == measures_now(shelves, placed, period, rules_now(HANDBOOK), **kept)


def test_what_people_write_is_theirs_and_in_their_language(appraisals: list[Appraisal]) -> None:
    written = {one.person: one.self_review.summary for one in appraisals if one.self_review.summary}
    assert len({one.self_review.summary for one in appraisals}) > len(written)
    for member in MEMBERS:
        if member.id in written:
            assert member.locale.startswith("zh") == written[member.id].rstrip().endswith("。")


def test_when_the_quarter_is_over_its_appraisals_begin_and_nobody_is_flooded(sqlite_database: str) -> None:
    running = current(START, CALENDAR)
    after = begins(running, CALENDAR)
    store = Store(sqlite_database, MovableClock(after))
    furnish(store, START)
    for now in (START, after):
        opening.begin(Occasion(now, store, HANDBOOK))
    with store.look() as shelves:
        cycle = shelves.cycles.of_period(running.name)
        assert cycle and cycle.state is Phase.OPEN and cycle.total == 7
        assert [one.period for one in shelves.cycles.running()] == ["2026Q4", "2026"]
        told = Counter(said.target for number in shelves.cycles.running() for said in heard(shelves, number.id))
    assert set(told) >= {WEI, PEISHAN, NING} and max(told.values()) <= 4  # an invitation and a question, for quarter and year
    store.close()


def heard(shelves: Shelves, cycle: int) -> list[Said]:
    """Return what was said about a cycle that begins."""
    asked = [f"peers:{cycle}:{member.id}" for member in MEMBERS]
    invited = [one.subject for one in shelves.appraisals.in_cycle(cycle)]
    return [said for subject in (*asked, *invited, f"cycle:{cycle}") for said in shelves.outbox.about(subject)]


def test_furnishing_twice_does_nothing_the_second_time(store: Store) -> None:
    furnish(store, START)
    once = all_bids(store)
    furnish(store, START + timedelta(days=40))
    assert all_bids(store) == once


def test_the_same_start_makes_the_same_department(migrated_file: Path, tmp_path: Path) -> None:
    made = []
    for name in ("one", "other"):
        store = Store(f"sqlite:///{shutil.copy(migrated_file, tmp_path / name)}", MovableClock(START))
        furnish(store, START)
        with store.look() as shelves:
            bids = all_bids(store)  # a link is the hash of a history
            made.append((bids, shelves.people.all(), [shelves.audit.tip(bid.subject) for bid in bids]))
        store.close()
    assert made[0] == made[1]
    assert channels(START) == channels(START) and people() == people()
