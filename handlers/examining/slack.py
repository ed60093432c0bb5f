"""The app as Slack knows it: its tokens, its scopes and its clock."""

from collections.abc import Iterator
from datetime import timedelta
from email.utils import parsedate_to_datetime

from bot.clock import Clock
from bot.language import N_
from bot.views.doctor import APP_TOKEN, CLOCK, MENDS, PURPOSES, SCOPES, TOKEN, Finding, Phrase
from handlers.examining.parts import Examined, granted, header, promised

APART = timedelta(seconds=60)  # Slack's signatures are refused when the clocks are five minutes apart


def slack(parts: Examined) -> Iterator[Finding]:
    """Look at the bot token, its scopes, and how far Slack's clock is from ours."""
    answer = parts.client.auth_test()
    known = Phrase(N_("Slack knows me as {user} in {team}."), {"user": answer["user"], "team": answer["team"]})
    yield Finding(TOKEN, True, known)
    yield from scopes(granted(answer))
    date = header(answer, "date")
    if date:
        yield clock(Clock().now() - parsedate_to_datetime(date))


def scopes(held: frozenset[str]) -> Iterator[Finding]:
    """Compare the token's scopes with the manifest's, and say of each that is missing what it is for."""
    missing = [scope for scope in promised()[0] if scope not in held]
    for scope in missing:
        what = Phrase(N_("{scope} is missing, which is for {purpose}."), {"scope": scope, "purpose": PURPOSES[scope]})
        yield Finding(SCOPES, False, what, MENDS["missing_scope"])
    if not missing:
        yield Finding(SCOPES, True, Phrase(N_("All {n} are granted."), {"n": len(promised()[0])}))


def clock(ahead: timedelta) -> Finding:
    """Judge how far this computer's clock is ahead of Slack's."""
    if abs(ahead) <= APART:
        return Finding(CLOCK, True, Phrase(N_("It agrees with Slack's.")))
    what = Phrase(N_("It differs from Slack's by {span}; at five minutes Slack's deliveries are refused."), {"span": abs(ahead)})
    return Finding(CLOCK, False, what, Phrase(N_("Have this computer's clock set over the network (NTP).")))


def app_token(parts: Examined) -> Iterator[Finding]:
    """Open a Socket Mode connection, which Slack allows about once a minute."""
    if parts.thorough and parts.app_token:
        parts.client.apps_connections_open(app_token=parts.app_token)
        yield Finding(APP_TOKEN, True, Phrase(N_("Slack lets me connect by Socket Mode.")))
