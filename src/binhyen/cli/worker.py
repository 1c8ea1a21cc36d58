"""`binhyen worker`: works what came in and sends what is due."""

import signal
import threading
import time

import click

from binhyen.cli.django_setup import knows_every_migration, start_django
from binhyen.core.memory import load


@click.command(short_help="Run one worker process alone.")
def command() -> None:
    """Run one worker: understands messages, plans replies, sends, fetches pictures, tidies up."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    load()
    start_django()
    _wait_for_tables(stop)
    from binhyen.workflows.worker import run_worker

    run_worker(stop)


def _wait_for_tables(stop: threading.Event) -> None:
    """The web process applies migrations; a worker started beside it waits for them."""
    while not stop.is_set() and not knows_every_migration():
        time.sleep(0.2)
