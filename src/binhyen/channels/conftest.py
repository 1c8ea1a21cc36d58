"""Fixtures of the channels: a simulator that has forgotten everything."""

from collections.abc import Iterator

import pytest

from binhyen.channels.tests.live import HOA, Zalo, running_zalo
from binhyen.channels.zalo_oa import sending


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
