"""Verdicts: what a failed call to Slack means for the message."""

import re
import ssl
from dataclasses import dataclass
from http.client import HTTPException
from socket import gaierror
from typing import Any
from urllib.error import URLError

from slack_sdk.web import SlackResponse

ACCOUNT = frozenset({
    "account_inactive", "invalid_auth", "not_authed", "token_expired", "token_revoked", "no_permission", "org_login_required",
    "ekm_access_denied", "team_access_not_granted",
})  # fmt: skip
PASSING = frozenset({"fatal_error", "internal_error", "request_timeout", "service_unavailable", "team_added_to_org"})
LIMITED = frozenset({"ratelimited", "rate_limited"})
WORD = re.compile(r"[a-z0-9_]+")


@dataclass(frozen=True)
class Wait:
    """Slack did nothing and says when to come back."""

    seconds: float


@dataclass(frozen=True)
class Unreached:
    """Slack was not reached: nothing happened."""

    word: str


@dataclass(frozen=True)
class Doubt:
    """It may have happened or not."""

    word: str


@dataclass(frozen=True)
class Never:
    """It will not work, however often it is tried."""

    word: str


@dataclass(frozen=True)
class Trouble:
    """Nothing works until an administrator has seen to our account."""

    word: str


Verdict = Wait | Unreached | Doubt | Never | Trouble


class Held(Exception):
    """Say that a call was not made: Slack asked us to wait that many seconds, or the message will not be in our hands for long enough."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"not before {seconds:.0f} s")
        self.seconds = seconds


class Refused(Exception):
    """Say that Slack refused a call, by Slack's word or, without one, by the status of its answer."""

    def __init__(self, word: str, status: int = 200, retry_after: float = 1.0) -> None:
        super().__init__(word)
        self.word = word
        self.status = status
        self.retry_after = retry_after


def judge(error: Exception) -> Verdict:
    """Return what an exception of a call means."""
    match error:
        case Refused():
            return judge_refusal(error)
        case URLError(reason=gaierror() | ConnectionRefusedError() | ssl.SSLCertVerificationError()):
            return Unreached(type(error.reason).__name__)
        case OSError() | HTTPException():
            return Doubt(type(error).__name__)
        case _:
            return Never(type(error).__name__)


def judge_refusal(refused: Refused) -> Verdict:
    """Return what an answer of Slack means."""
    if refused.status == 429 or refused.word in LIMITED:
        return Wait(max(refused.retry_after, 1.0))
    if refused.status >= 500 or refused.word in PASSING or not WORD.fullmatch(refused.word):
        return Doubt(refused.word if WORD.fullmatch(refused.word) else f"http_{refused.status}")
    return Trouble(refused.word) if refused.word in ACCOUNT else Never(refused.word)


def refusal(response: SlackResponse) -> Refused:
    """Return what the Web API's answer refuses."""
    word = response.data.get("error", "") if isinstance(response.data, dict) else ""
    return Refused(str(word), response.status_code or 0, seconds(response.headers))


def seconds(headers: Any) -> float:
    """Return what `Retry-After` says, or one second."""
    value = str({name.lower(): value for name, value in dict(headers).items()}.get("retry-after", ""))
    return float(value) if value.isdigit() else 1.0
