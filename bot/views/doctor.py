"""The self-check as people read it: what was found of each part, and how to mend what is wrong."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.language import N_, Source, Translator
from bot.views.blocks import Message, Sentence, Span, bold, bullets, emoji, fallback, italic, message, paragraph

# What each of the manifest's scopes is for.
PURPOSES: Mapping[str, Source] = {
    "commands": N_("being called by slash commands and shortcuts"),
    "chat:write": N_("answering and reminding people"),
    "chat:write.public": N_("announcing in public channels without being a member of them"),
    "channels:read": N_("finding the channels that the handbook names"),
    "groups:read": N_("finding the private channels that the handbook names"),
    "channels:history": N_("looking after a crash whether an announcement was posted already"),
    "groups:history": N_("looking after a crash whether an announcement in a private channel was posted already"),
    "im:history": N_("looking after a crash whether a direct message was sent already"),
    "im:write": N_("opening direct messages, in which reminders and exports are sent"),
    "users:read": N_("knowing people's names, languages and time zones, and who is a guest"),
    "users:read.email": N_("recognising people by the addresses in ADMINS and in imported files"),
    "files:write": N_("sending exports as files"),
    "app_mentions:read": N_("hearing when somebody names the bot in a channel"),
    "reactions:read": N_("taking reactions below a demo's sheet as marks"),
    "reactions:write": N_("marking the messages that were kept as feedback"),
}
MARKS: Mapping[bool | None, tuple[str, str]] = {
    True: ("ok", "white_check_mark"),
    False: ("trouble", "warning"),
    None: ("note", "information_source"),
}


@dataclass(frozen=True)
class Phrase:
    """A sentence of the source, or a part of one, with what is put into it."""

    text: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Finding:
    """What was found of one part: whether it is well (None: neither good nor bad), what is so, and how to mend it."""

    part: str
    ok: bool | None
    what: Phrase
    mend: Phrase | None = None


TOKEN, SCOPES, APP_TOKEN, CLOCK = N_("Bot token"), N_("Scopes"), N_("App token"), N_("Clock")
DELIVERIES, DATABASE, AUDIT = N_("Deliveries"), N_("Database"), N_("Audit log")
HANDBOOK, OUTBOX, CHANNELS = N_("Handbook"), N_("Messages"), N_("Channels")

MENDS: Mapping[str, Phrase] = {
    "missing_scope": Phrase(N_("Add the scope to the app at Slack and install the app again.")),
    "invalid_auth": Phrase(N_("Copy the token from the app's page at Slack once more.")),
    "account_inactive": Phrase(N_("The app was removed from the workspace: install it again.")),
    "token_revoked": Phrase(N_("The app was removed from the workspace: install it again.")),
    "not_in_channel": Phrase(N_("Invite me to the channel.")),
    "channel_not_found": Phrase(N_("Invite me to the channel, or name another one in the handbook.")),
    "is_archived": Phrase(N_("Name another channel in the handbook.")),
    "unconfirmed": Phrase(N_("See whether it is there, and give me the scopes with which I can look myself.")),
    "messages_tab_disabled": Phrase(N_("Switch on the messages tab on the app's page at Slack.")),
}
ELSE = Phrase(N_("The log says more."))


def spoken(_: Translator, value: object, zone: str) -> str:
    """Return a value as it is put into a sentence; instants by the clock of `zone`."""
    if isinstance(value, Phrase):
        return _(value.text, **{name: spoken(_, one, zone) for name, one in value.values.items()})
    if isinstance(value, datetime):
        return _.moment(value, zone)
    if isinstance(value, timedelta):
        return _.span(value)
    if isinstance(value, int):
        return _.number(value)
    if isinstance(value, tuple | list):
        return _.list([spoken(_, one, zone) for one in value])
    return _(value) if isinstance(value, Source) else str(value)


def lines(_: Translator, findings: Sequence[Finding], zone: str) -> Iterator[str]:
    """Yield one line of text for each finding: `ok`, `trouble` or `note`, and what is so."""
    for finding in findings:
        yield f"{MARKS[finding.ok][0]:<8}{_(finding.part)}: {told(_, finding, zone)}"


def told(_: Translator, finding: Finding, zone: str) -> str:
    """Return what was found, and behind it how to mend it."""
    what = spoken(_, finding.what, zone)
    return f"{what} {spoken(_, finding.mend, zone)}" if finding.mend else what


def examined(_: Translator, findings: Sequence[Finding], zone: str) -> Message:
    """Return the whole self-check as a message."""
    troubles = sum(finding.ok is False for finding in findings)
    wrong = _.plural("{n} thing needs attention.", "{n} things need attention.", troubles)
    head = (bold(wrong if troubles else _("Everything is all right.")),)
    rows = [sentence(_, finding, zone) for finding in findings]
    return message(paragraph(head), bullets(*rows), text=fallback(head, *rows))


def sentence(_: Translator, finding: Finding, zone: str) -> Sentence:
    """Return one finding with its mark."""
    mend = (Span(" "), italic(spoken(_, finding.mend, zone))) if finding.mend else ()
    what = Span(f": {spoken(_, finding.what, zone)}")
    return (emoji(MARKS[finding.ok][1]), Span(" "), bold(_(finding.part)), what, *mend)
