"""One process group: children are started, watched, restarted with a growing pause, and stopped together."""

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import FrameType

import click

from binhyen.cli.with_parent import STOP_GRACE_S, with_parent

LONGEST_PAUSE_S = 30.0
HEALTHY_AFTER_S = 60.0


@dataclass
class Child:
    """A process to keep alive: a module and its arguments, as `python -m` takes them."""

    name: str
    arguments: tuple[str, ...]
    environment: Mapping[str, str]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    pause_s: float = 0.5
    restart_at: float = 0.0

    def start(self) -> None:
        """Start it in the group's own session, so that Ctrl-C reaches the parent alone; it ends with this process."""
        if self.process and self.process.stdin:
            self.process.stdin.close()
        self.process = subprocess.Popen(  # noqa: S603 - our own interpreter and our own arguments
            with_parent(*self.arguments),
            env=dict(self.environment),
            stdin=subprocess.PIPE,
            stdout=sys.stderr,  # standard output belongs to the command itself
            start_new_session=True,
        )
        self.started_at = time.monotonic()


@dataclass
class ProcessGroup:
    """Children that live and stop together."""

    children: list[Child]
    stopping: threading.Event = field(default_factory=threading.Event)

    def start(self) -> None:
        """Start all children and take over what asks to stop: Ctrl-C, SIGTERM, a terminal that is closed."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if number != signal.SIGHUP or signal.getsignal(number) is not signal.SIG_IGN:  # nohup means it
                signal.signal(number, self._ask_to_stop)
        for child in self.children:
            child.start()

    def watch(self) -> None:
        """Restart what dies until somebody asks to stop, then stop everything."""
        try:
            while not self.stopping.wait(0.2):
                self.look_once()
        finally:
            self.stop()

    def look_once(self) -> None:
        """Restart dead children whose pause is over; the pause doubles while they keep dying."""
        for child in self.children:
            if child.process is None or child.process.poll() is None:
                continue
            now = time.monotonic()
            if not child.restart_at:
                lived_s = now - child.started_at
                child.pause_s = 0.5 if lived_s > HEALTHY_AFTER_S else min(child.pause_s * 2, LONGEST_PAUSE_S)
                child.restart_at = now + child.pause_s
                code = child.process.returncode
                click.echo(f"binhyen: {child.name} ended with {code}; again in {child.pause_s:.0f} s", err=True)
            elif now >= child.restart_at:
                child.restart_at = 0.0
                child.start()

    def stop(self) -> None:
        """Ask every child to finish, wait `STOP_GRACE_S`, then kill."""
        running = [child.process for child in self.children if child.process and child.process.poll() is None]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + STOP_GRACE_S
        for process in running:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _ask_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping.set()
