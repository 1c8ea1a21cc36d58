"""Figures every benchmark gives: percentiles, resident memory, free ports."""

import math
import socket
import statistics
from collections.abc import Sequence
from pathlib import Path


def percentile_ms(durations_s: Sequence[float], share: float) -> float:
    """Milliseconds that `share` (0..1) of the durations do not exceed; 0 for none."""
    if not durations_s:
        return 0.0
    ordered = sorted(durations_s)
    return round(ordered[min(len(ordered) - 1, math.ceil(share * len(ordered)) - 1)] * 1000, 2)


def median(values: Sequence[float]) -> float:
    """The middle value."""
    return statistics.median(values)


def rss_mb(process_id: int) -> float:
    """Resident memory of a process in megabytes (Linux)."""
    for line in Path(f"/proc/{process_id}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return round(int(line.split()[1]) / 1024, 1)
    return 0.0


def free_port() -> int:
    """A loopback port nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
