"""Fixtures of the channels: a simulator that has forgotten everything."""

from collections.abc import Iterator

import pytest

from binhyen.channels.tests.live import HOA, Zalo, running_zalo
from binhyen.channels.zalo_oa import sending
from binhyen.core.configuration import configuration


@pytest.fixture(scope="session")
def zalo_url() -> Iterator[str]:
    """Address of one live simulator for the whole run."""
    with running_zalo() as url:
        yield url


@pytest.fixture
def zalo(zalo_url: str) -> Iterator[Zalo]:
    """A fresh simulated Zalo in which one resident has just written."""
    driver = Zalo(zalo_url)
    driver.do("reset")
    driver.do("settings", echoes=False)
    driver.do("say", user_id=HOA, text="Cho hỏi")
    sending.forget_all()
    yield driver
    driver.http.close()


@pytest.fixture
def served_by_zalo(zalo: Zalo, monkeypatch: pytest.MonkeyPatch) -> Iterator[Zalo]:
    """The settings of this process name the simulator."""
    monkeypatch.setenv("BINHYEN_ZALO_API_URL", zalo.url)
    monkeypatch.setenv("BINHYEN_ZALO_OAUTH_URL", zalo.url)
    configuration.cache_clear()
    yield zalo
    monkeypatch.undo()
    configuration.cache_clear()
