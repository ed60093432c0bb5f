"""Rules over several fields of one object."""

from collections.abc import Iterator
from datetime import date

from sandbox.blocks.schema import Rule, problem
from sandbox.refusal import JSON


def any_of(*names: str) -> Rule:
    """Ask for at least one of these fields."""

    def rule(value: JSON, at: str) -> Iterator[str]:
        if not any(name in value for name in names):
            yield problem(f"one of {', '.join(names)} is required", at)

    return rule


def exactly_one_of(*names: str) -> Rule:
    """Ask for one of these fields and not for two."""

    def rule(value: JSON, at: str) -> Iterator[str]:
        if sum(name in value for name in names) != 1:
            yield problem(f"exactly one of {', '.join(names)} is required", at)

    return rule


def in_order(low: str, high: str) -> Rule:
    """Ask that one number is not above another."""

    def rule(value: JSON, at: str) -> Iterator[str]:
        if low in value and high in value and float(value[low]) > float(value[high]):
            yield problem(f"{low} must not be greater than {high}", at)

    return rule


def initial_option_is_offered(value: JSON, at: str) -> Iterator[str]:
    """Ask that what is chosen at first equals an option exactly."""
    offered = [*value.get("options", []), *(option for group in value.get("option_groups", []) for option in group["options"])]
    chosen = [value["initial_option"]] if "initial_option" in value else value.get("initial_options", [])
    name = "initial_option" if "initial_option" in value else "initial_options"
    for option in chosen:
        if option not in offered:
            yield problem("must match an option exactly", f"{at}/{name}")


def initial_date_exists(value: JSON, at: str) -> Iterator[str]:
    """Ask for a day that there is."""
    try:
        date.fromisoformat(value.get("initial_date", "2000-01-01"))
    except ValueError:
        yield problem("must be a valid date", f"{at}/initial_date")


def initial_number_fits(value: JSON, at: str) -> Iterator[str]:
    """Ask for decimals only where they are allowed, and within bounds."""
    if "initial_value" not in value:
        return
    number = value["initial_value"]
    low, high = float(value.get("min_value", "-inf")), float(value.get("max_value", "inf"))
    if ("." in number and not value["is_decimal_allowed"]) or not low <= float(number) <= high:
        yield problem("must be a number that may be entered", f"{at}/initial_value")


def initial_text_fits(value: JSON, at: str) -> Iterator[str]:
    """Ask that what is written at first is no longer than what may be entered."""
    if len(value.get("initial_value", "")) > value.get("max_length", 3000):
        yield problem(f"must be less than {value.get('max_length', 3000) + 1} characters", f"{at}/initial_value")


def no_dispatch_of_files(value: JSON, at: str) -> Iterator[str]:
    """Refuse dispatch_action on a file input."""
    if value.get("dispatch_action") and value["element"]["type"] == "file_input":
        yield problem("dispatch_action is not allowed with file_input", f"{at}/dispatch_action")


def not_empty(value: JSON, at: str) -> Iterator[str]:
    """Ask for any field at all."""
    if not value:
        yield problem("must provide at least one property", at)


def no_divider_when_collapsible(value: JSON, at: str) -> Iterator[str]:
    """Refuse a header divider on what can be collapsed."""
    if value.get("is_collapsible") and value.get("has_header_divider"):
        yield problem("has_header_divider cannot be set when is_collapsible is true", at)


def action_ids_differ(value: JSON, at: str) -> Iterator[str]:
    """Ask for different action ids within one block."""
    seen: set[str] = set()
    for index, element in enumerate(value["elements"]):
        action_id = element.get("action_id")
        if action_id in seen:
            yield problem(f'`action_id` "{action_id}" already exists for another element', f"{at}/elements/{index}/action_id")
        if action_id is not None:
            seen.add(action_id)
