"""Deliveries that are authentic and yet like none that Slack has ever sent."""

import json
import logging
from collections.abc import Iterator
from copy import deepcopy
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from slack_bolt import App
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.policy.bids import Bid
from handlers.connection import CountingHandler
from handlers.web import dispatch
from tests.faults.deliveries import AS_JSON, FORM, command, event, press, signed, submission
from tests.office import Office, open_office

GONE = object()
ODD_WORDS = ["", "\x00", "\ud800", "\u202e\u0007", "9" * 40, "-1", "1:2:3", "=1+1", "<!channel>", "U0LIN0001", "x" * 70_000, "\u0661", "/"]
ODD = st.one_of(
    st.sampled_from([GONE, None, True, 0, -1, 2**63, 10**30, 1e308, [], {}, [[]], [None], {"": None}, {"id": {}}, *ODD_WORDS]),
    st.text(max_size=20),
    st.recursive(
        st.none() | st.text(max_size=5) | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=6
    ),
)
CHANGES = st.lists(st.tuples(st.integers(0, 999), ODD), max_size=3)


def valid(office: Office) -> list[tuple[str, dict[str, Any]]]:
    """Return deliveries of each kind that make sense, and which each change something."""
    workspace = office.sandbox.workspace
    typed = ("new Gamma 1m due Fri 5pm", "submit B-1", "won B-1 2m", "undo B-1", "list all", "show ACME", "", "lost ACME price", "wno")
    commands = [("slash_commands", command(workspace, f"/bid {text}")) for text in typed]
    commands += [("slash_commands", command(workspace, f"/presales {text}")) for text in ("", "home", "people ann", "settings", "help")]
    buttons = {"bids.submit": "1", "bids.won": "1:2m", "bids.undo": "1:2", "bids.list": "all:0", "bids.snooze": "1:60", "people.list": "1"}
    presses = [("interactive", press(workspace, action, value)) for action, value in buttons.items()]
    forms = {"bids.new": {"customer": "Delta", "amount": "1m"}, "bids.won": {"awarded": "3m"}, "bids.lost": {"loss_reason": "price"}}
    forms["home.settings"] = {"language": "en"}
    sent = [("interactive", submission(callback, values, "1")) for callback, values in forms.items()]
    user = {"id": "U0BOB0001", "team_id": "T0SANDBOX1", "name": "bob", "tz": "Asia/Shanghai", "profile": {"display_name": "Bob"}}
    happened = [{"type": "user_change", "user": user}, {"type": "app_home_opened", "user": "U0ANN0001", "tab": "home"}]
    return [*commands, *presses, *sent, *(("events_api", event(what)) for what in happened)]


def places(node: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every place in a payload: what holds it, and under which key."""
    for key in list(node) if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ():
        yield node, key
        yield from places(node[key])


def changed(payload: dict[str, Any], changes: list[tuple[int, Any]]) -> dict[str, Any]:
    """Return a payload with something odd in some places."""
    payload = deepcopy(payload)
    for pick, value in changes:
        known = list(places(payload))
        if known:
            holder, key = known[pick % len(known)]
            if value is GONE:
                del holder[key]
            else:
                holder[key] = deepcopy(value)
    return payload


def written(kind: str, payload: dict[str, Any]) -> tuple[bytes, str]:
    """Return the body as Slack would write it."""
    if kind == "events_api":
        return json.dumps(payload).encode(), AS_JSON
    fields = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
    return urlencode([(name, str(value)) for name, value in fields.items()], errors="surrogatepass").encode(), FORM


class Client:
    """Notes what goes back over a socket."""

    def __init__(self) -> None:
        self.logger = logging.getLogger("tests.faults")
        self.sent: list[dict[str, Any]] = []

    def send_message(self, message: str) -> None:
        self.sent.append(json.loads(message))


def envelope_is_acknowledged(bolt: App, kind: str, payload: dict[str, Any]) -> bool:
    """Hand an envelope over as the socket does; say whether it was acknowledged, just once."""
    client = Client()
    CountingHandler(bolt, "xapp-unused").handle(client, SocketModeRequest(kind, "E1", payload))  # type: ignore[arg-type]
    return [frame["envelope_id"] for frame in client.sent] == ["E1"]


def check_books(office: Office) -> None:
    """Check that each bid is what its history says, and that the history is whole."""
    with office.bot.store.look() as shelves:
        assert shelves.audit.broken() == []
        for bid in shelves.bids.listed(limit=1000):
            last = shelves.audit.last(bid.subject)
            assert last is not None and Bid.model_validate(last.became) == bid


@pytest.fixture
def fuzzed(database: str) -> Iterator[Office]:
    with open_office(database, http=True) as office:
        office.ann.types("/bid new ACME 1.2m due Fri 5pm")
        yield office


@settings(max_examples=100, deadline=None, derandomize=True, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(pick=st.integers(0, 999), changes=CHANGES, repeat=st.booleans())
def test_whatever_comes_is_acknowledged_and_the_books_stay_in_order(
    fuzzed: Office, pick: int, changes: list[tuple[int, Any]], repeat: bool
) -> None:
    bolt = fuzzed.bot.bolt
    assert bolt is not None
    seeds = valid(fuzzed)
    kind, seed = seeds[pick % len(seeds)]
    payload = changed(seed, changes)
    body, content = written(kind, payload)
    for _ in range(1 + repeat):
        headers = {name.lower(): [value] for name, value in signed(body, content).items()}
        assert dispatch(bolt, body, headers).status_code in (200, 400)
        if payload:
            assert envelope_is_acknowledged(bolt, kind, payload)
    check_books(fuzzed)
