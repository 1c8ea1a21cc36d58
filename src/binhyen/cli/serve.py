"""`binhyen serve`: one process group of web and workers."""

import os

import click

from binhyen.cli.data_folder import make_data_folder
from binhyen.cli.ports import check_port_is_free
from binhyen.cli.processes import Child, ProcessGroup


def serving_children(host: str, port: int, workers: int) -> list[Child]:
    """The web process and the workers, with the environment of this process."""
    environment = dict(os.environ)
    web = Child("web", ("binhyen.cli", "web", "--host", host, "--port", str(port)), environment)
    return [web] + [Child(f"worker {n}", ("binhyen.cli", "worker"), environment) for n in range(1, workers + 1)]


@click.command(short_help="Run web and worker as one process group.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
def command(host: str, port: int) -> None:
    """Run everything of one machine: web and worker processes, restarted when they die, stopped by Ctrl-C."""
    from binhyen.core.configuration import configuration
    from binhyen.core.configuration_checks import check_secret_key

    found = configuration()
    check_secret_key(found)  # what cannot be mended by starting again is said once, not by each child for ever
    check_port_is_free(host, port, "binhyen serve --port 8100")
    make_data_folder(found.data_dir)
    group = ProcessGroup(serving_children(host, port, found.worker_processes))
    group.start()
    click.echo(f"Bình Yên: http://{host}:{port}  (Ctrl-C stops)", err=True)
    group.watch()
