"""A process group stops with whoever started it and leaves nothing behind."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from binhyen.cli.with_parent import STOP_GRACE_S

PARENT = """
import os, signal
signal.signal(signal.SIGHUP, signal.SIG_DFL)
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
    while True:
        try:
            if "\nState:\tZ" in (child / "status").read_text():
                return True
        except (FileNotFoundError, ProcessLookupError):
            return True
        if time.monotonic() >= deadline:
            return False
        os.sched_yield()


@contextlib.contextmanager
def started(script: str = PARENT) -> Iterator[tuple["subprocess.Popen[str]", Path]]:
    """A parent with one child; it does not outlive the test."""
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as parent:
        try:
            assert parent.stdout is not None
            child = Path("/proc", parent.stdout.readline().strip())
            assert child.exists()
            yield parent, child
        finally:
            parent.kill()


@pytest.mark.parametrize("ask", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_whatever_asks_to_stop_stops_every_process(ask: signal.Signals) -> None:
    with started() as (parent, child):
        parent.send_signal(ask)
        assert parent.wait(30) == 0
    assert not child.exists()


def test_a_script_that_started_it_in_the_background_can_still_interrupt_it() -> None:
    ignoring = f"import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)\n{PARENT}"  # as a shell's "&" does
    with started(ignoring) as (parent, child):
        parent.send_signal(signal.SIGINT)
        assert parent.wait(30) == 0
    assert not child.exists()


def test_who_started_it_to_outlive_the_terminal_is_obeyed() -> None:
    ignoring = PARENT.replace("SIG_DFL", "SIG_IGN")  # as nohup does
    with started(ignoring) as (parent, _):
        assert ignores(Path("/proc", str(parent.pid)), signal.SIGHUP)
    with started() as (parent, _):
        assert not ignores(Path("/proc", str(parent.pid)), signal.SIGHUP)


def test_a_parent_killed_outright_leaves_no_child_behind() -> None:
    with started() as (_, child):
        pass
    assert has_ended(child, within_s=10)


@pytest.mark.slow
def test_a_child_that_does_not_stop_when_its_parent_is_gone_ends_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLEEPER", "stubborn")
    with started() as (_, child):
        while not ignores(child, signal.SIGTERM):
            assert not has_ended(child, within_s=0)
    assert has_ended(child, within_s=3 * STOP_GRACE_S)


def ignores(process: Path, number: signal.Signals) -> bool:
    """Whether the kernel lists this among the signals the process ignores."""
    ignored = int((process / "status").read_text().partition("SigIgn:\t")[2].split()[0], 16)
    return bool(ignored >> (number - 1) & 1)
