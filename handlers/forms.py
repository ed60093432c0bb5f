"""Submitted forms become validated models; what is wrong is said on the field it belongs to."""

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.language import Translator
from bot.views import errors
from handlers.context import Turn

ModelT = TypeVar("ModelT", bound=BaseModel)

# Where each kind of element keeps what was entered.
KEPT_IN = {
    "plain_text_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "number_input": "value",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "users_select": "selected_user",
    "multi_users_select": "selected_users",
    "conversations_select": "selected_conversation",
    "channels_select": "selected_channel",
}


class Form(BaseModel):
    """A form: its fields are the block ids of its view."""

    model_config = ConfigDict(frozen=True, extra="ignore", str_strip_whitespace=True)


def entered(element: Mapping[str, Any]) -> Any:
    """Return what was entered in one element of a view's state, or None where it was left empty."""
    kind = element.get("type", "")
    if kind in KEPT_IN:
        return element.get(KEPT_IN[kind])
    if "selected_options" in element:
        return [option["value"] for option in element["selected_options"] or []]
    return (element.get("selected_option") or {}).get("value")


def values(state: Mapping[str, Any]) -> dict[str, Any]:
    """Return a view's state as field names and what was entered; empty fields are left out."""
    blocks = state.get("values") or {}
    found = {block: entered(next(iter(elements.values()))) for block, elements in blocks.items() if elements}
    return {name: value for name, value in found.items() if value is not None}


def read_form(model: type[ModelT], state: Mapping[str, Any], turn: Turn) -> ModelT:
    """Return the validated form; raise ValidationError."""
    return model.model_validate(values(state), context=turn)


def faults(_: Translator, error: ValidationError, state: Mapping[str, Any]) -> dict[str, str]:
    """Return a sentence for each field that is wrong; what belongs to no visible field is put on the first one."""
    shown = list(state.get("values") or {})
    return {field_of(fault["loc"], shown): errors.fault(_, fault) for fault in reversed(error.errors())}


def field_of(loc: tuple[Any, ...], shown: list[str]) -> str:
    """Return the block that a fault belongs to."""
    name = str(loc[0]) if loc else ""
    return name if name in shown or not shown else shown[0]
