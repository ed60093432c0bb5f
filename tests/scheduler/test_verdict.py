"""What a failed call means."""

import socket
import ssl
from http.client import RemoteDisconnected
from urllib.error import URLError

import pytest

from scheduler.outbox.verdict import Doubt, Never, Refused, Trouble, Unreached, Verdict, Wait, judge


@pytest.mark.parametrize(
    ("error", "verdict"),
    [
        (Refused("ratelimited", 429, 30), Wait(30)),
        (Refused("ratelimited", 200, 0), Wait(1)),
        (Refused("", 503), Doubt("http_503")),
        (Refused("internal_error"), Doubt("internal_error")),
        (Refused("fatal_error"), Doubt("fatal_error")),
        (Refused("Received a response in a non-JSON format: <html>"), Doubt("http_200")),
        (Refused("channel_not_found"), Never("channel_not_found")),
        (Refused("messages_tab_disabled"), Never("messages_tab_disabled")),
        (Refused("token_revoked"), Trouble("token_revoked")),
        (Refused("account_inactive"), Trouble("account_inactive")),
        (URLError(ConnectionRefusedError()), Unreached("ConnectionRefusedError")),
        (URLError(socket.gaierror()), Unreached("gaierror")),
        (URLError(ssl.SSLCertVerificationError()), Unreached("SSLCertVerificationError")),
        (URLError(TimeoutError()), Doubt("URLError")),
        (TimeoutError(), Doubt("TimeoutError")),
        (ConnectionResetError(), Doubt("ConnectionResetError")),
        (RemoteDisconnected(), Doubt("RemoteDisconnected")),
        (KeyError("ts"), Never("KeyError")),
    ],
    ids=str,
)
def test_a_failed_call_means(error: Exception, verdict: Verdict) -> None:
    assert judge(error) == verdict
