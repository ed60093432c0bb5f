"""What the workspace says when it refuses something."""

from typing import Any

JSON = dict[str, Any]


class Refused(Exception):
    """A refusal: Slack's error word, a sentence for people, and whatever else belongs in the answer."""

    def __init__(self, error: str, message: str = "", **details: Any) -> None:
        self.error = error
        self.message = message or error.replace("_", " ")
        super().__init__(self.message)
        self.details = details

    def answer(self) -> JSON:
        """Return the refusal as the body of an answer."""
        return {"ok": False, "error": self.error, **self.details}


def invalid_arguments(*messages: str) -> Refused:
    """Refuse arguments, saying in Slack's way what is wrong with each."""
    return Refused("invalid_arguments", "; ".join(messages), response_metadata={"messages": [f"[ERROR] {m}" for m in messages]})
