"""What comes over HTTP from anybody: forged, stale, broken, huge or unknown. Each gets a clear status, and does nothing."""

import json
from collections.abc import Iterator
from urllib.parse import quote

import pytest

from sandbox.events.signed import encoded
from tests.faults.branch import Branch
from tests.faults.deliveries import AS_JSON, FORM, as_json, command, event, post, press, signed, submission

NEW = b"command=%2Fbid&text=new+Forged+1m&user_id=U0ANN0001&channel_id=C0GENERAL&trigger_id=1.2.forged"


@pytest.fixture
def unchanged(desk: Branch) -> Iterator[Branch]:
    """Return the branch, in whose books nothing may change."""
    before = desk.bids()
    yield desk
    assert desk.bids() == before


@pytest.mark.parametrize(
    "forged",
    [
        {},
        {"X-Slack-Signature": ""},
        {"X-Slack-Signature": "v0="},
        {"X-Slack-Signature": "v0=" + "0" * 64},
        {"X-Slack-Signature": "v0=\xff\xfe"},
        {"X-Slack-Request-Timestamp": ""},
        *({"X-Slack-Request-Timestamp": stamp} for stamp in ("yesterday", "1e9", "-1", "0", "9" * 15, "9" * 400, "1.5", "\xb2", "nan")),
        {"X-Slack-Signature": "v1=" + "0" * 64},
    ],
)
def test_a_forged_delivery_is_refused(unchanged: Branch, forged: dict[str, str]) -> None:
    headers = signed(NEW) | forged if forged else {"Content-Type": FORM}
    assert post(unchanged.bot.port, NEW, headers)[0] == 401


@pytest.mark.parametrize(
    "headers",
    [
        signed(NEW, secret="another"),
        signed(NEW + b"0"),
        signed(NEW, late=360),
        signed(NEW, late=-3600),
        *(signed(NEW, stamp=stamp) for stamp in ("yesterday", "1e9", "-1", "0", "9" * 15, " 1")),
    ],
)
def test_a_wrong_or_stale_signature_is_refused(unchanged: Branch, headers: dict[str, str]) -> None:
    assert post(unchanged.bot.port, NEW, headers)[0] == 401


@pytest.mark.parametrize(
    "body", [b"\xff\xfe\x00binary", b"\x80" * 1000, b"{", b"ssl_check=1", b'{"type": "url_verification", "challenge": "c"}']
)
@pytest.mark.parametrize("kind", [FORM, AS_JSON])
def test_rubbish_without_a_signature_is_refused(unchanged: Branch, body: bytes, kind: str) -> None:
    status, text = post(unchanged.bot.port, body, {"Content-Type": kind})
    assert status == 401 and "challenge" not in text


EVENT = as_json(event({"type": "user_change", "user": {"id": "U0ANN0001"}}))
DEEP = b"[" * 100_000
RUBBISH = [
    (EVENT[: len(EVENT) // 2], AS_JSON),
    (EVENT, FORM),
    (EVENT, "text/plain"),
    (EVENT, "multipart/form-data; boundary=x"),
    (EVENT, ""),
    (b"payload=" + quote(EVENT[:40]).encode(), FORM),
    (b"payload=", FORM),
    (b"payload=%5B%5D", FORM),
    (b"payload=null", FORM),
    (b"payload=%22text%22&payload=3", FORM),
    (b"payload=" + DEEP, FORM),
    (DEEP, AS_JSON),
    (b'{"a":' * 50_000, AS_JSON),
    *(
        (body, AS_JSON)
        for body in (b"{}", b"[]", b"null", b'"text"', b"17", b"1" * 5000, b'{"a": 1e999}', b'{"type": 3}', b'{"event": []}')
    ),
    *(
        (body, FORM)
        for body in (b"=", b"&&&", b"a", b"%", b"%00=%00", b"command=%00", b"command=%ED%A0%80", b"command=%2Fbid", b"ssl_check=2")
    ),
    (b"user_id=U0ANN0001&command=%2Fbid&text=" + b"x" * 30_000, FORM),
    (b"user_id=U0ANN0001&command=%2Fbid&text=new+" + b"%00%0A%E2%80%AE" * 10, FORM),
    (b"user_id=U0ANN0001&command=%2Fnope&text=at+all&trigger_id=1.2.nope", FORM),
    (b"user_id=U0ANN0001&text=list", FORM),
    (b"command=%2Fbid&text=list&user_id=" + b"U" * 3000, FORM),
    (b"command=%2Fbid&text=list&user_id=U0NOBODY01", FORM),
]


@pytest.mark.parametrize(("body", "kind"), RUBBISH, ids=range(len(RUBBISH)))
def test_signed_rubbish_is_answered(unchanged: Branch, body: bytes, kind: str) -> None:
    status, _ = post(unchanged.bot.port, body, signed(body, kind))
    assert status in (200, 400)


def strange(branch: Branch) -> Iterator[dict[str, object]]:
    """Yield interactions and events that have no meaning."""
    workspace = branch.sandbox.workspace
    pressed, sent = press(workspace, "bids.submit", "777"), submission("bids.new", {"customer": "X"})
    yield from (press(workspace, "nope.nope", "777"), press(workspace, "", ""), press(workspace, "menu", "nope"), submission("nope", {}))
    yield from (
        press(workspace, "bids.submit", value) for value in ("", "x", "-1", "0", "9" * 30, "777:2:3", "\u0661", "\x00", "<!channel>")
    )
    yield from (press(workspace, name, "777:x:\x00") for name in ("bids.undo", "bids.snooze", "bids.list", "bids.won", "people.place"))
    yield from (pressed | {"actions": actions} for actions in ([], None, [{}], [{"action_id": None}], "text", [[]]))
    yield from (
        pressed | {"type": kind}
        for kind in ("nope", "", "workflow_step_edit", "view_closed", "block_suggestion", "shortcut", "message_action")
    )
    yield from ({key: value for key, value in pressed.items() if key != missing} for missing in pressed)
    yield from ({key: value for key, value in sent.items() if key != missing} for missing in ("type", "user", "view"))
    yield from (
        sent | {"view": view} for view in (None, {}, [], {"id": 1, "callback_id": "bids.new"}, {"callback_id": "bids.new", "state": {}})
    )
    yield from (submission("bids.won", {"awarded": "1m"}, metadata) for metadata in ("", "x", "999", "\x00", "9" * 40))
    yield submission("people.place", {"manager": "U0ANN0001"}, "U0NOBODY01")


@pytest.mark.parametrize("body", [b"\xff\xfe\x00binary", b"\x80" * 1000, b"{", DEEP])
def test_rubbish_with_a_false_signature_does_nothing(unchanged: Branch, body: bytes) -> None:
    assert post(unchanged.bot.port, body, signed(NEW) | {"Content-Type": AS_JSON})[0] in (400, 401)


def test_meaningless_interactions_are_acknowledged(unchanged: Branch) -> None:
    for payload in strange(unchanged):
        body, kind = encoded("interactive", payload)
        status, text = post(unchanged.bot.port, body.encode(), signed(body.encode(), kind))
        assert status in (200, 400), (status, text, payload)


def test_meaningless_events_are_acknowledged(unchanged: Branch) -> None:
    good = event({"type": "user_change", "user": {"id": "U0ANN0001", "name": "ann", "tz": "Asia/Shanghai", "team_id": "T0SANDBOX1"}})
    users = (None, {}, [], {"id": None}, {"id": 3}, {"id": ["U"]}, {"id": "U0ODD00001", "profile": []}, {"id": "U0ODD00002", "tz": 5})
    events = [{"type": "user_change", "user": user} for user in users]
    events += [
        {"type": "user_change"},
        {"type": "nope"},
        {},
        {"type": None},
        {"type": ["a"]},
        {"type": "message"},
        {"type": "app_home_opened"},
    ]
    events += [{"type": "app_home_opened", "user": user, "tab": "home"} for user in (None, 3, "U0NOBODY01", "x" * 5000, {})]
    odd = [event(inner, f"EvOdd{number}") for number, inner in enumerate(events)]
    odd += [good | {"event_id": known} for known in (None, 3, "", "x" * 500)]
    odd += [{key: value for key, value in good.items() if key != missing} for missing in good]
    odd += [
        {"type": "app_rate_limited", "team_id": "T1", "minute_rate_limited": 1},
        {"type": "nope"},
        good | {"event": []},
        good | {"team_id": 3},
    ]
    for payload in odd:
        body = as_json(payload)
        status, text = post(unchanged.bot.port, body, signed(body, AS_JSON))
        assert status in (200, 400), (status, text, payload)


def test_what_slack_asks_when_an_address_is_entered(unchanged: Branch) -> None:
    body = as_json({"type": "url_verification", "challenge": "said-back", "token": "t"})
    status, text = post(unchanged.bot.port, body, signed(body, AS_JSON))
    assert status == 200 and json.loads(text) == {"challenge": "said-back"}
    assert post(unchanged.bot.port, b"ssl_check=1&token=t", signed(b"ssl_check=1&token=t"))[0] == 200


def test_huge_bodies_are_refused_unread(unchanged: Branch) -> None:
    huge = b"payload=" + b"x" * 2_000_000
    assert post(unchanged.bot.port, huge, signed(huge))[0] == 413
    pieces = (huge[at : at + 65536] for at in range(0, len(huge), 65536))
    assert post(unchanged.bot.port, pieces, signed(huge))[0] == 413
    assert post(unchanged.bot.port, b"", signed(b""))[0] == 400


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/slack/events", 405), ("PUT", "/slack/events", 405), ("POST", "/", 404), ("POST", "/healthz", 405)],
)
def test_other_addresses_say_so(unchanged: Branch, method: str, path: str, status: int) -> None:
    assert post(unchanged.bot.port, NEW, signed(NEW), method=method, path=path)[0] == status


def test_a_replayed_body_is_done_once(desk: Branch) -> None:
    body, kind = encoded("slash_commands", command(desk.sandbox.workspace, "/bid new Replayed 1m"))
    headers = signed(body.encode(), kind)
    answers = [post(desk.bot.port, body.encode(), headers) for _ in range(3)]
    assert answers[0][0] == 200 and answers[1:] == answers[:1] * 2
    assert [bid.customer for bid in desk.bids()].count("Replayed") == 1
