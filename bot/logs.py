"""Logs: a JSON object a line, from which tokens and secrets are taken out, whoever wrote them there."""

import json
import logging
import re
import sys
from datetime import UTC, datetime
from typing import Any

SECRETS = re.compile(
    r"xox[a-z]-[\w-]+|xapp-[\w-]+|(?<=hooks\.slack\.com/)[\w/]+|(?<=/actions/)[\w/]+|(?<=/commands/)[\w/]+|v0=[0-9a-f]{64}"
    r"|(?<=://)[^/@\s:]+:[^/@\s]+(?=@)"
)
STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


def redacted(text: str) -> str:
    """Return text without tokens, signatures, response addresses and passwords."""
    return SECRETS.sub("[secret]", text)


class JsonLines(logging.Formatter):
    """Formats each record as a line of JSON: when, how grave, who says it, what, and the facts given with it."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        facts = {key: value for key, value in vars(record).items() if key not in STANDARD}
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line: dict[str, Any] = {"at": at, "level": record.levelname, "logger": record.name, "message": record.getMessage(), **facts}
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return redacted(json.dumps(line, ensure_ascii=False, default=str))


def set_up(level: str) -> None:
    """Log to standard error; libraries only speak when something is wrong."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("bidwell").setLevel(level)
