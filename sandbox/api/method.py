"""What the workspace knows of a Web API method besides what it does."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from sandbox.api.call import Call
from sandbox.refusal import JSON

Tier = Literal["message", "special", "tier4", "tier3", "tier2", "tier1"]


@dataclass(frozen=True)
class Method:
    """A method: what it does, its rate tier, one scope of which it needs, and the token it takes."""

    run: Callable[[Call], JSON]
    tier: Tier
    scopes: tuple[str, ...] = ()
    caller: Literal["bot", "app", "anybody"] = "bot"
