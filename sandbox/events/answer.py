"""What the app answered to a delivery."""

import json
from dataclasses import dataclass

from sandbox.refusal import JSON, Refused


@dataclass(frozen=True)
class Answer:
    """Status and body of an answer, or the word for what went wrong with it."""

    status: int
    body: JSON | None = None
    problem: str = ""

    @property
    def acknowledged(self) -> bool:
        """Tell whether the app took the delivery."""
        return not self.problem

    def checked(self) -> "Answer":
        """Return itself; raise Refused, in the words that a person reads, when the app did not answer well."""
        if self.problem:
            raise Refused(
                PROBLEMS.get(self.problem, "dispatch_failed"), f"the app did not answer: {self.problem} ({self.status})", status=self.status
            )
        return self


PROBLEMS = {"http_timeout": "operation_timeout", "timeout": "operation_timeout"}


def body_of(text: str) -> JSON | None:
    """Read an answer's body: JSON, or plain text as a message of that text."""
    if not text.strip():
        return None
    try:
        read = json.loads(text)
    except ValueError:
        return {"text": text}
    return read if isinstance(read, dict) else {"text": text}
