"""views.*: modals and App Home."""

from sandbox.api.call import Call
from sandbox.api.method import Method
from sandbox.blocks import check_view
from sandbox.refusal import JSON, Refused, invalid_arguments
from sandbox.workspace.links import use_trigger
from sandbox.workspace.views import find_view, open_view, publish_home, push_view, update_view


def _view(call: Call, *kinds: str) -> JSON:
    """Return the checked view that was given; raise Refused."""
    view = call.structure("view")
    if view is None:
        raise invalid_arguments("missing required field: view")
    if problems := check_view(view):
        raise invalid_arguments(*problems)
    if view["type"] not in kinds:
        raise invalid_arguments("must be a valid enum value [json-pointer:/view/type]")
    return dict(view)


def open_modal(call: Call) -> JSON:
    """Open a modal with the trigger of what somebody did."""
    view = _view(call, "modal")
    trigger = use_trigger(call.workspace, call.text("trigger_id"), call.trigger_seconds)
    return {"view": open_view(call.workspace, trigger.person, view, on=trigger.view).described()}


def push_modal(call: Call) -> JSON:
    """Put a modal on the one in which somebody acted."""
    view = _view(call, "modal")
    trigger = use_trigger(call.workspace, call.text("trigger_id"), call.trigger_seconds)
    if trigger.view is None:
        raise Refused("invalid_trigger_id", "only what was done in a modal can push another")
    return {"view": push_view(call.workspace, trigger.person, view).described()}


def update_modal(call: Call) -> JSON:
    """Replace a view, unless it changed since the given hash."""
    current = find_view(call.workspace, call.optional("view_id"), call.optional("external_id"))
    view = _view(call, current.given["type"])
    return {"view": update_view(call.workspace, current, view, call.optional("hash")).described()}


def publish(call: Call) -> JSON:
    """Set somebody's App Home."""
    if not call.workspace.app.home_setting("home_tab_enabled"):
        raise Refused("not_enabled")
    view, person = _view(call, "home"), call.workspace.person(call.text("user_id"))
    return {"view": publish_home(call.workspace, person.id, view, call.optional("hash")).described()}


METHODS = {
    "views.open": Method(open_modal, "tier4"),
    "views.push": Method(push_modal, "tier4"),
    "views.update": Method(update_modal, "tier4"),
    "views.publish": Method(publish, "tier4"),
}
