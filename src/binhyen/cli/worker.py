"""`binhyen worker`: works what came in and sends what is due."""

import signal
import threading
import time

import click

from binhyen.cli.django_setup import start_django


@click.command(short_help="Run one worker process alone.")
def command() -> None:
    """Run one worker: understands messages, plans replies, sends, fetches pictures, tidies up."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    start_django()
    _wait_for_tables(stop)
    from binhyen.workflows.worker import run_worker

    run_worker(stop)


def _wait_for_tables(stop: threading.Event) -> None:
    """The web process applies migrations; a worker started beside it waits for them."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    while not stop.is_set():
        executor = MigrationExecutor(connection)
        if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return
        connection.close()
        time.sleep(0.2)
