"""The Web API: every method, and the way of a call through token, faults, limits and scopes."""

from collections.abc import Callable
from dataclasses import dataclass, field

from sandbox.api import chat, conversations, files, identity, reactions, scheduled, users, views
from sandbox.api.call import Call
from sandbox.api.limits import Limits
from sandbox.api.method import Method
from sandbox.faults import OF_CALLS, Fault, Faults
from sandbox.refusal import JSON, Refused
from sandbox.workspace.app import APP
from sandbox.workspace.state import Workspace

METHODS: dict[str, Method] = {
    name: method
    for family in (chat, conversations, files, identity, reactions, scheduled, users, views)
    for name, method in family.METHODS.items()
}  # fmt: skip


@dataclass(frozen=True)
class Reply:
    """An answer of the Web API; `lost` never reaches the caller, `late` does so after these seconds."""

    status: int
    body: JSON
    headers: dict[str, str] = field(default_factory=dict)
    late: float = 0.0
    lost: bool = False


@dataclass
class WebApi:
    """Answer calls as Slack does."""

    workspace: Workspace
    faults: Faults
    limits: Limits
    tokens: dict[str, str]
    new_ticket: Callable[[], str]
    trigger_seconds: float
    real_pace: bool

    def __post_init__(self) -> None:
        self._methods = METHODS | {"apps.connections.open": Method(self._open_connection, "tier1", caller="app")}

    def answer(self, name: str, token: str | None, arguments: JSON) -> Reply:
        """Carry out one call."""
        fault = self.faults.take(name, OF_CALLS)
        if fault is not None and fault.kind in _INSTEAD:
            return _INSTEAD[fault.kind](fault)
        try:
            reply = self._carried_out(name, token, arguments)
        except Refused as refusal:
            reply = Reply(200, refusal.answer())
        if fault is not None:
            return Reply(reply.status, reply.body, reply.headers, fault.seconds, lost=fault.kind == "drop")
        return reply

    def _carried_out(self, name: str, token: str | None, arguments: JSON) -> Reply:
        method = self._methods.get(name)
        if method is None:
            raise Refused("unknown_method", req_method=name)
        self._check_token(method, token)
        if self.real_pace and (wait := self.limits.wait_for(name, method.tier, str(arguments.get("channel", "")))):
            return _limited(wait)
        call = Call(self.workspace, arguments, self.trigger_seconds)
        with self.workspace.lock:
            if method.caller == "bot":
                call.need(*method.scopes)
            body = {"ok": True} | method.run(call)
        return Reply(200, body, {"x-oauth-scopes": ",".join(sorted(self.workspace.app.scopes))})

    def _check_token(self, method: Method, token: str | None) -> None:
        if method.caller == "anybody":
            return
        if not token:
            raise Refused("not_authed")
        if token not in self.tokens.values():
            raise Refused("invalid_auth")
        if token != self.tokens[method.caller]:
            raise Refused("not_allowed_token_type")

    def _open_connection(self, call: Call) -> JSON:
        base = self.workspace.url.replace("http", "ws", 1)
        return {"url": f"{base}/link/?ticket={self.new_ticket()}&app_id={APP}"}


def _limited(wait: float) -> Reply:
    seconds = max(1, round(wait))
    return Reply(429, {"ok": False, "error": "ratelimited"}, {"retry-after": str(seconds)})


_INSTEAD: dict[str, Callable[[Fault], Reply]] = {
    "ratelimited": lambda fault: _limited(fault.seconds),
    "server_error": lambda _: Reply(500, {"ok": False, "error": "internal_error"}),
    "revoked": lambda _: Reply(200, {"ok": False, "error": "token_revoked"}),
}
