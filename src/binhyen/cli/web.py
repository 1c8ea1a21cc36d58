"""`binhyen web`: portal, console, webhooks and live events in one process."""

import click

from binhyen.cli.django_setup import bring_up_to_date
from binhyen.core.memory import load


@click.command(short_help="Run the web process alone.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
def command(host: str, port: int) -> None:
    """Run the web process: residents' portal, officers' console, webhooks."""
    load()
    bring_up_to_date()
    import uvicorn

    uvicorn.run(
        "binhyen.asgi:application",
        host=host,
        port=port,
        http="httptools",
        loop="uvloop",
        lifespan="on",
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=True,
        timeout_graceful_shutdown=5,
    )
