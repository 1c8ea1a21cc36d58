"""One ASGI application: the lean webhook door and live events beside Django's pages."""

import gc
import importlib
import importlib.util
import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "binhyen.settings")

from django.core.asgi import get_asgi_application

pages = get_asgi_application()

# Importable only now: rows need Django set up.
from binhyen.hooks import application as hooks  # noqa: E402
from binhyen.hooks.http import Receive, Scope, Send  # noqa: E402

EVENTS_PATH = "/console/events"
_EVENTS_MODULE = "binhyen.console.events"
_events = importlib.import_module(_EVENTS_MODULE) if importlib.util.find_spec(_EVENTS_MODULE) else None


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Hand a request to the room that answers it."""
    if scope["type"] == "http":
        path = scope["path"]
        if path.startswith("/hooks/"):
            await hooks.hooks_application(scope, receive, send)
        elif path == EVENTS_PATH and _events is not None:
            await _events.events_application(scope, receive, send)
        else:
            await pages(scope, receive, send)  # type: ignore[arg-type]
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
            # What was loaded stays: looking through it at every full collection would cost a fifth of the speed.
            gc.collect()
            gc.freeze()
            await send({"type": "lifespan.startup.complete"})
        else:
            await hooks.stop()
            await send({"type": "lifespan.shutdown.complete"})
            return
