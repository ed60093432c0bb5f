"""A server in a process of its own: started, asked whether it is ready, measured, stopped."""

import http.client
import os
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import perf_counter, sleep

TICKS = os.sysconf("SC_CLK_TCK")
PATIENCE = 30.0  # seconds to start or to stop


class Served:
    """One server, from its start to its end."""

    def __init__(self, module: str, arguments: Sequence[str], environ: Mapping[str, str], log: Path) -> None:
        self.port, self.log = free_port(), log
        told = {**os.environ, **environ, "PORT": str(self.port)}
        began = perf_counter()
        with log.open("wb") as errors:
            self.process = subprocess.Popen([sys.executable, "-m", module, *arguments], env=told, stderr=errors)  # noqa: S603
        self.wait_until_ready(began)
        self.start_seconds = perf_counter() - began

    def wait_until_ready(self, began: float) -> None:
        """Return as soon as the server says that it is ready; raise RuntimeError with its last words when it never does."""
        while not self.is_ready():
            if self.process.poll() is not None or perf_counter() - began > PATIENCE:
                self.process.kill()
                raise RuntimeError(f"{self.process.args!r} did not start: {self.log.read_text()[-2000:]}")
            sleep(0.005)

    def is_ready(self) -> bool:
        """Ask the server whether it is ready."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=1)
        try:
            connection.request("GET", "/readyz")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    @property
    def megabytes(self) -> float:
        """Return the memory that the process holds."""
        lines = Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        held = next(line.split()[1] for line in lines if line.startswith("VmRSS"))
        return int(held) / 1024

    def stop(self) -> None:
        """Have the server finish."""
        self.process.terminate()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def cpu_seconds(pid: int) -> float:
    """Return the processor time that a process has used."""
    _name, _end, rest = Path(f"/proc/{pid}/stat").read_text().rpartition(")")
    user, system = rest.split()[11:13]
    return (int(user) + int(system)) / TICKS


def children(pid: int) -> list[int]:
    """Return the processes that a process has started, such as PostgreSQL's for its connections."""
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text().split()]


def free_port() -> int:
    """Return a port that nobody uses."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])
