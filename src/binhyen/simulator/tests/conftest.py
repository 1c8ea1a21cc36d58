"""A live simulator and a live webhook receiver on loopback, fresh for every test."""

import threading
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import uvicorn

from binhyen.simulator.app import create_app
from binhyen.simulator.config import PageConfig, SimulatorConfig
from binhyen.simulator.tests.driver import Driver, Receiver

SECOND_PAGE = PageConfig(
    oa_id="2000000000000000002", name="Công an xã Thử", secret_key="OaSecretKeyForTests02", oa_type=2
)


class LiveServer:
    """uvicorn in a thread."""

    def __init__(self, app: Any) -> None:
        config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error", access_log=False)
        config.timeout_keep_alive = 3_600  # no connection ends just when it is used
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run, daemon=True)
        self.thread.start()
        while not self.server.started:
            self.thread.join(0.002)  # not a busy loop, which would take the processor from the very thread it waits for
            assert self.thread.is_alive()
        self.url = f"http://127.0.0.1:{self.server.servers[0].sockets[0].getsockname()[1]}"

    def stop(self) -> None:
        """Stop and wait."""
        self.server.should_exit = True
        self.thread.join(10)


@pytest.fixture(scope="session")
def receiver_server() -> Iterator[tuple[Receiver, str]]:
    """The product's place: takes webhooks."""
    receiver = Receiver()
    server = LiveServer(receiver)
    yield receiver, server.url
    server.stop()


@pytest.fixture(scope="session")
def simulator_server(receiver_server: tuple[Receiver, str]) -> Iterator[tuple[Any, str]]:
    """The simulator with two pages, a government one and a business one."""
    config = SimulatorConfig(
        webhook_url=receiver_server[1] + "/hooks/zalo_oa/test", pages=(PageConfig(), SECOND_PAGE), conversation_size=30
    )
    app = create_app(config)
    server = LiveServer(app)
    app.world.base_url = server.url
    yield app, server.url
    server.stop()


@pytest.fixture(scope="session")
def http(simulator_server: tuple[Any, str]) -> Iterator[httpx.Client]:
    """One client for all tests: making one takes longer than most of them."""
    with httpx.Client(base_url=simulator_server[1], timeout=20) as client:
        yield client


@pytest.fixture
def sim(http: httpx.Client, receiver_server: tuple[Receiver, str]) -> Driver:
    """A driver of a simulator that has forgotten everything."""
    receiver, receiver_url = receiver_server
    assert http.post("/_sim/reset", json={}).json() == {"ok": True}
    http.post("/_sim/settings", json={"webhook_url": receiver_url + "/hooks/zalo_oa/test", "echoes": False})
    receiver.forget()
    return Driver(http, receiver)
