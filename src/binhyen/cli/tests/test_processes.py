"""A process group stops with whoever started it and leaves nothing behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from binhyen.cli.with_parent import STOP_GRACE_S

PARENT = """
import os
from binhyen.cli.processes import Child, ProcessGroup
group = ProcessGroup([Child("sleeper", (os.environ["SLEEPER"], "60"), dict(os.environ))])
group.start()
print(group.children[0].process.pid, flush=True)
group.watch()
"""
SLEEPER = "import signal, sys; signal.alarm(int(sys.argv[1])); signal.pause()"
STUBBORN = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {SLEEPER}"


@pytest.fixture(autouse=True)
def modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Modules that a child can be: one that sleeps, one that does not stop when it is asked."""
    (tmp_path / "sleeper.py").write_text(SLEEPER)
    (tmp_path / "stubborn.py").write_text(STUBBORN)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setenv("SLEEPER", "sleeper")


def has_ended(child: Path, within_s: float) -> bool:
    """Whether the process is gone, or only waits for whoever took it over to look."""
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        try:
            if "\nState:\tZ" in (child / "status").read_text():
                return True
        except (FileNotFoundError, ProcessLookupError):
            return True
        os.sched_yield()
    return False


@pytest.mark.parametrize("ask", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_whatever_asks_to_stop_stops_every_process(ask: signal.Signals) -> None:
    with subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = Path("/proc", parent.stdout.readline().strip())
        assert child.exists()
        parent.send_signal(ask)
        assert parent.wait(30) == 0
    assert not child.exists()


def test_a_script_that_started_it_in_the_background_can_still_interrupt_it() -> None:
    ignoring = f"import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)\n{PARENT}"  # as a shell's "&" does
    with subprocess.Popen([sys.executable, "-c", ignoring], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = Path("/proc", parent.stdout.readline().strip())
        parent.send_signal(signal.SIGINT)
        assert parent.wait(30) == 0
    assert not child.exists()


def started(module: str, monkeypatch: pytest.MonkeyPatch) -> tuple["subprocess.Popen[str]", Path]:
    """A parent with one child."""
    monkeypatch.setenv("SLEEPER", module)
    parent = subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    return parent, Path("/proc", parent.stdout.readline().strip())


def test_a_parent_killed_outright_leaves_no_child_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    parent, child = started("sleeper", monkeypatch)
    with parent:
        assert child.exists()
        parent.kill()
    assert has_ended(child, within_s=10)


@pytest.mark.slow
def test_a_child_that_does_not_stop_when_its_parent_is_gone_ends_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    parent, child = started("stubborn", monkeypatch)
    with parent:
        while "SigIgn:\t0000000001005000" not in (status := (child / "status").read_text()):
            assert "State:\tZ" not in status
        parent.kill()
    assert has_ended(child, within_s=3 * STOP_GRACE_S)
