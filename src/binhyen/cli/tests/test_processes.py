"""A process group stops with whoever started it and leaves nothing behind."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

PARENT = """
import os
from binhyen.cli.processes import Child, ProcessGroup
group = ProcessGroup([Child("sleeper", ["-c", "import time; time.sleep(60)"], dict(os.environ))])
group.start()
print(group.children[0].process.pid, flush=True)
group.watch()
"""


@pytest.mark.parametrize("ask", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_whatever_asks_to_stop_stops_every_process(ask: signal.Signals) -> None:
    with subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = Path("/proc", parent.stdout.readline().strip())
        assert child.exists()
        parent.send_signal(ask)
        assert parent.wait(30) == 0
    assert not child.exists()
