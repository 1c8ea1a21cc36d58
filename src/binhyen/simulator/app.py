"""Puts the fake hosts together: API calls on a lean path, everything else through Starlette."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
from starlette.applications import Starlette
from starlette.routing import Route

from binhyen.simulator.config import SimulatorConfig
from binhyen.simulator.control import Control
from binhyen.simulator.front import ApiFront
from binhyen.simulator.media import MediaHost
from binhyen.simulator.oauth import OauthHost
from binhyen.simulator.phone import Phone
from binhyen.simulator.routes import API_ROUTES
from binhyen.simulator.snapshot import StateFile
from binhyen.simulator.state import World
from binhyen.simulator.webhooks import WebhookSender
from binhyen.simulator.wire import Receive, Scope, Send

API_PREFIXES = ("/v2.0/", "/v3.0/")
TOKEN_PATH = "/v4/oa/access_token"  # noqa: S105 - a path


class Simulator:
    """One ASGI application holding one simulated world."""

    def __init__(self, config: SimulatorConfig, webhook_transport: httpx.AsyncBaseTransport | None = None) -> None:
        self.world = World(config)
        self.state_file: StateFile | None = None
        self.sender = WebhookSender(self.world, webhook_transport)
        self.media = MediaHost(self.world)
        self.api = ApiFront(self.world, API_ROUTES, self.sender.dispatch_soon)
        self.oauth = OauthHost(self.world)
        self.site = self._site()

    def _site(self) -> Starlette:
        return Starlette(
            routes=[
                *Control(self.world, self.sender, self.media).routes(),
                *Phone(self.world, self.sender, self.media).routes(),
                Route("/v4/oa/permission", self.oauth.permission_page, methods=["GET"]),
                Route("/v4/oa/permission", self.oauth.permission_given, methods=["POST"]),
                Route("/media/{variant}/{name}", self.media.serve, methods=["GET"]),
            ],
            lifespan=self._lifespan,
        )

    @asynccontextmanager
    async def _lifespan(self, _app: Starlette) -> AsyncIterator[None]:
        saving = asyncio.create_task(self.state_file.keep_saving()) if self.state_file else None
        yield
        if saving is not None and self.state_file is not None:
            saving.cancel()
            self.state_file.save()
        await self.sender.close()

    def keep_state_in(self, path: Path) -> None:
        """Restore the state kept in a file, if any, and keep it there from now on."""
        self.state_file = StateFile(self.world, path)
        self.state_file.load()
        self.world.tokens.after_issue = self.state_file.save

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Route one connection."""
        if scope["type"] == "http" and scope["path"].startswith(API_PREFIXES):
            await self.api(scope, receive, send)
        elif scope["type"] == "http" and (scope["method"], scope["path"]) == ("POST", TOKEN_PATH):
            await self.oauth.access_token(scope, receive, send)
        else:
            await self.site(scope, receive, send)


def create_app(
    config: SimulatorConfig | None = None, *, webhook_transport: httpx.AsyncBaseTransport | None = None
) -> Simulator:
    """A fresh simulator; `webhook_transport` lets tests deliver webhooks in-process."""
    return Simulator(config or SimulatorConfig(), webhook_transport)
