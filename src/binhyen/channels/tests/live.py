"""A live simulator of Zalo on loopback for tests of the channels."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import uvicorn

from binhyen.simulator.app import create_app
from binhyen.simulator.config import PageConfig, SimulatorConfig

PAGE = "2000000000000000001"
SECOND_PAGE = "2000000000000000002"
HOA = "7000000000000000011"


class Zalo:
    """The simulator from a test's side."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.http = httpx.Client(base_url=url, timeout=20)

    def do(self, action: str, **body: Any) -> dict[str, Any]:
        """One call of the control API."""
        answer = self.http.post(f"/_sim/{action}", json=body)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def keys(self, page: str = PAGE) -> dict[str, str]:
        """Credentials with a fresh pair of tokens."""
        pair = self.do("tokens", oa_id=page)
        return {
            "app_id": "1000000000000000001",
            "app_secret": "AppSecretForTests01",
            "api_url": self.url,
            "oauth_url": self.url,
            "account": page,
            "access_token": pair["access_token"],
            "refresh_token": pair["refresh_token"],
        }

    def sent(self) -> list[dict[str, Any]]:
        """What the page sent, oldest first, with all fields."""
        return self.http.get("/_sim/messages", params={"since": 0, "full": 1}).json()["messages"]


@contextmanager
def running_zalo(app: Any = None) -> Iterator[str]:
    """Address of a simulator (or another ASGI application) that listens until the end of the block."""
    pages = (PageConfig(), PageConfig(oa_id=SECOND_PAGE, name="Công an xã Thử", secret_key="OaSecretKeyForTests02"))
    app = app or create_app(SimulatorConfig(pages=pages))
    config = uvicorn.Config(app, "127.0.0.1", 0, log_level="critical", access_log=False, timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
    url = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    if hasattr(app, "world"):
        app.world.base_url = url
    try:
        yield url
    finally:
        server.should_exit = True
        thread.join(10)
