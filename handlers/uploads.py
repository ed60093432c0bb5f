"""Files for one person: made and sent on a thread of their own, for Slack takes them in several calls and waits for no answer so long."""

import logging
from collections.abc import Callable, Sequence
from threading import Lock, Thread
from typing import NamedTuple

from slack_sdk.errors import SlackApiError, SlackClientError

from bot.views.blocks import Message
from handlers.context import Turn
from handlers.replies import word_of

ONE_AT_A_TIME = Lock()
log = logging.getLogger("bidwell.uploads")


class File(NamedTuple):
    """A file: its name, what is in it, and for a picture the same in words."""

    name: str
    content: bytes
    alt: str = ""


def send_aside(turn: Turn, kind: str, make: Callable[[], tuple[Sequence[File], str]], unsent: Callable[[str], Message]) -> None:
    """Have files made and sent in a direct message, with a word beside them; `unsent` says why, in Slack's word, if they cannot be."""
    Thread(target=send, args=(turn, kind, make, unsent), name=kind, daemon=True).start()


def send(turn: Turn, kind: str, make: Callable[[], tuple[Sequence[File], str]], unsent: Callable[[str], Message]) -> None:
    """Make and send the files."""
    with ONE_AT_A_TIME:
        try:
            upload(turn, *make())
        except (SlackApiError, SlackClientError, OSError) as error:
            log.warning("files could not be sent", extra={"kind": kind, "request": turn.request, "error": word_of(error)})
            with turn.desk.store.change() as shelves:
                shelves.outbox.say(f"{kind}:{turn.request}", turn.person.id, unsent(word_of(error)))
        except Exception:
            log.exception("files could not be made", extra={"kind": kind, "request": turn.request})


def upload(turn: Turn, files: Sequence[File], comment: str) -> None:
    """Send files in a direct message; Slack wants its channel, not the person."""
    there = turn.client.conversations_open(users=[turn.person.id])["channel"]["id"]
    uploads = [{"filename": file.name, "title": file.name, "content": file.content, "alt_txt": file.alt or None} for file in files]
    turn.client.files_upload_v2(file_uploads=uploads, channel=there, initial_comment=comment)
