"""Compare the pinned requirements with what is installed, so that nothing is checked that would not run."""

import re
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

ROOT = Path(__file__).parent.parent
FILES = ("requirements.txt", "requirements-dev.txt")


def faults() -> Iterator[str]:
    """Yield one line for each requirement that is not pinned, not installed, or installed in another version."""
    for name in FILES:
        for number, line in enumerate((ROOT / name).read_text().splitlines(), start=1):
            if line.strip() and not line.startswith(("#", "-r ")):
                fault = _fault(line.strip())
                if fault:
                    yield f"{name}:{number}: {fault}"


def _fault(requirement: str) -> str | None:
    pin = re.fullmatch(r"([\w.-]+)(?:\[[\w,-]+\])?==([\w.]+)", requirement)
    if pin is None:
        return f"{requirement} is not pinned to one version"
    try:
        installed = version(pin[1])
    except PackageNotFoundError:
        return f"{pin[1]} is not installed"
    return None if installed == pin[2] else f"{pin[1]} is pinned to {pin[2]}, but {installed} is installed"


if __name__ == "__main__":
    found = list(faults())
    print("\n".join(found) or "every pin is what is installed")
    sys.exit(bool(found))
