"""Measures what is asked for, or everything: `python -m benchmarks [--quick] [--profile] [NAME ...]`."""

import argparse
from collections.abc import Callable

from benchmarks import appraisals, bid_won, bid_won_split, messages
from benchmarks.effort import FULL, QUICK, Effort

BENCHMARKS: dict[str, Callable[[Effort], str]] = {"bid_won": bid_won.run, "messages": messages.run, "appraisals": appraisals.run}
PROFILES: dict[str, Callable[[Effort], str]] = {"bid_won": bid_won_split.run}


def main() -> None:
    """Do what the command line says."""
    parser = argparse.ArgumentParser("python -m benchmarks", description="Measure Bidwell, beside bare Bolt.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"which benchmarks (default: all): {', '.join(BENCHMARKS)}")
    parser.add_argument("--quick", action="store_true", help="one short round, to see that it works")
    parser.add_argument("--profile", action="store_true", help="say where the processor's time goes instead")
    said = parser.parse_args()
    known = PROFILES if said.profile else BENCHMARKS
    if unknown := set(said.names) - set(known):
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    for name in said.names or known:
        print(f"# {name}\n\n{known[name](QUICK if said.quick else FULL)}\n")


if __name__ == "__main__":
    main()
