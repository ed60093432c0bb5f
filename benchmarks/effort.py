"""How much a benchmark may do."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Effort:
    """The rounds, over which the median is taken, how long each load of a round may last, and whether every variation is tried."""

    rounds: int
    requests: int
    seconds: float
    thorough: bool = True


FULL = Effort(rounds=5, requests=2000, seconds=2.5)
QUICK = Effort(rounds=1, requests=100, seconds=1.0, thorough=False)
