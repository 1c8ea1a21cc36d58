"""Puts the fake hosts together: API calls on a lean path, everything else through Starlette."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from starlette.applications import Starlette
from starlette.routing import Route

from binhyen.simulator.config import SimulatorConfig
from binhyen.simulator.control import Control
from binhyen.simulator.front import ApiFront, Receive, Scope, Send
from binhyen.simulator.media import MediaHost
from binhyen.simulator.oauth import OauthHost
from binhyen.simulator.phone import Phone
from binhyen.simulator.routes import API_ROUTES
from binhyen.simulator.state import World
from binhyen.simulator.webhooks import WebhookSender

API_PREFIXES = ("/v2.0/", "/v3.0/")


class Simulator:
    """One ASGI application holding one simulated world."""

    def __init__(self, config: SimulatorConfig, webhook_transport: httpx.AsyncBaseTransport | None = None) -> None:
        self.world = World(config)
        self.sender = WebhookSender(self.world, webhook_transport)
        self.media = MediaHost(self.world)
        self.api = ApiFront(self.world, API_ROUTES, self.sender.dispatch_soon)
        self.site = self._site()

    def _site(self) -> Starlette:
        oauth = OauthHost(self.world)
        return Starlette(
            routes=[
                *Control(self.world, self.sender, self.media).routes(),
                *Phone(self.world, self.sender, self.media).routes(),
                Route("/v4/oa/permission", oauth.permission_page, methods=["GET"]),
                Route("/v4/oa/permission", oauth.permission_given, methods=["POST"]),
                Route("/v4/oa/access_token", oauth.access_token, methods=["POST"]),
                Route("/media/{variant}/{name}", self.media.serve, methods=["GET"]),
            ],
            lifespan=self._lifespan,
        )

    @asynccontextmanager
    async def _lifespan(self, _app: Starlette) -> AsyncIterator[None]:
        yield
        await self.sender.close()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Route one connection."""
        if scope["type"] == "http" and scope["path"].startswith(API_PREFIXES):
            await self.api(scope, receive, send)
        else:
            await self.site(scope, receive, send)


def create_app(
    config: SimulatorConfig | None = None, *, webhook_transport: httpx.AsyncBaseTransport | None = None
) -> Simulator:
    """A fresh simulator; `webhook_transport` lets tests deliver webhooks in-process."""
    return Simulator(config or SimulatorConfig(), webhook_transport)
