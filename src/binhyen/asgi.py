"""One ASGI application: the lean webhook door and live events beside Django's pages."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "binhyen.settings")

import django

django.setup(set_prefix=False)

# Importable only now: rows need Django set up.
from django.urls import get_resolver  # noqa: E402

from binhyen.console.events import events_application  # noqa: E402
from binhyen.core.memory import settle  # noqa: E402
from binhyen.core.page_handler import PageHandler  # noqa: E402
from binhyen.hooks import application as hooks  # noqa: E402
from binhyen.hooks.http import Receive, Scope, Send  # noqa: E402

EVENTS_PATH = "/console/events"
pages = PageHandler()


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Hand a request to the room that answers it."""
    if scope["type"] == "http":
        path = scope["path"]
        if path.startswith("/hooks/"):
            await hooks.hooks_application(scope, receive, send)
        elif path == EVENTS_PATH:
            await events_application(scope, receive, send)
        else:
            await pages(scope, receive, send)
    elif scope["type"] == "lifespan":
        await _live(receive, send)
    else:
        await receive()
        await send({"type": "websocket.close", "code": 1000})


async def _live(receive: Receive, send: Send) -> None:
    """Open the webhook door when the server starts, close it when the server stops."""
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            await hooks.start()
            get_resolver().url_patterns  # noqa: B018 - loads every page now, not with the first request
            settle()
            await send({"type": "lifespan.startup.complete"})
        else:
            await hooks.stop()
            await send({"type": "lifespan.shutdown.complete"})
            return
