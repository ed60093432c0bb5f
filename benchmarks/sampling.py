"""A sampling profiler: every millisecond of processor time it notes where the main thread is."""

import signal
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import FrameType

INTERVAL = 0.001


@contextmanager
def sampled(place: Callable[[FrameType | None], str]) -> Iterator[Mapping[str, int]]:
    """Count the places, each as `place` calls what runs, while the block runs on the main thread."""
    seen: Counter[str] = Counter()
    before = signal.signal(signal.SIGPROF, lambda _number, frame: seen.update([place(frame)]))
    signal.setitimer(signal.ITIMER_PROF, INTERVAL, INTERVAL)
    try:
        yield seen
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def outwards(frame: FrameType | None) -> Iterator[str]:
    """Yield `file:function` of what runs, of what called it, and so on."""
    while frame is not None:
        yield f"{frame.f_code.co_filename}:{frame.f_code.co_name}"
        frame = frame.f_back
