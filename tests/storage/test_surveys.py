"""What is asked about surveys, on both databases."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from bot.policy.surveys import State, Survey
from storage import Store
from storage.surveys import SurveyRow

NOW = datetime(2026, 11, 23, 9, 30, 15, tzinfo=UTC)


def some(**facts: Any) -> Survey:
    return Survey(**{"customer_name": "ACME", "customer_key": "acme", "language": "en", "asked_by": "U1", "created": NOW, **facts})


def added(store: Store, *records: Survey) -> list[Survey]:
    with store.change() as shelves:
        return [shelves.surveys.add(record) for record in records]


def test_a_record_has_the_fields_of_its_row() -> None:
    assert set(Survey.model_fields) == set(SurveyRow.__table__.columns.keys())


def test_a_survey_comes_back_as_it_was(store: Store) -> None:
    full = some(
        members=("U1", "U2"), confidential=True, state=State.ANSWERED, expires=NOW, answered_at=NOW, verified=True, score=5, again=4
    )
    [kept] = added(store, full.amended(comment="“很好”\n</script>", respondent="O'Neil", ref="D-1", about="demo"))
    with store.look() as shelves:
        assert shelves.surveys.get(kept.id) == kept


def test_surveys_are_found_by_customer_and_deal_latest_first_without_those_taken_back(store: Store) -> None:
    first, _gone, second, other = added(
        store, some(opportunity=1), some(opportunity=1, state=State.WITHDRAWN), some(opportunity=1), some(customer_key="acme inc")
    )
    with store.look() as shelves:
        assert shelves.surveys.of_customer(["acme"]) == shelves.surveys.of_opportunity(1) == [second, first]
        assert shelves.surveys.of_customer(["acme", "acme inc"]) == [other, second, first]


def test_the_mean_is_of_answers_that_count_and_unverified_ones_weigh_half(store: Store) -> None:
    with store.look() as shelves:
        assert shelves.surveys.mean() is None
    answered = {"state": State.ANSWERED, "answered_at": NOW}
    added(
        store,
        some(),
        some(state=State.WITHDRAWN, score=1, verified=True),
        some(**answered, score=5, verified=True),
        some(**answered, score=2),
    )
    with store.look() as shelves:
        assert shelves.surveys.mean() == Decimal(4)  # (5 + 2 x 0.5) / (1 + 0.5)


def test_the_key_is_made_once_and_kept(store: Store) -> None:
    with store.change() as shelves:
        key = shelves.surveys.key()
    with store.change() as shelves:
        assert shelves.surveys.key() == key
    assert len(key) == 32 and len(set(key)) > 8
