"""A live simulator of Zalo on loopback for tests of the channels."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from binhyen.core.authorities import trusted_authorities

PAGE = "2000000000000000001"
SECOND_PAGE = "2000000000000000002"
HOA = "7000000000000000011"


class Zalo:
    """The simulator from a test's side."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.http = httpx.Client(base_url=url, timeout=20, verify=trusted_authorities())

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
def running_zalo() -> Iterator[str]:
    """Address of a simulator of its own process that runs until the end of the block."""
    command = [sys.executable, "-m", "binhyen.simulator", "--port", "0", "--json"]
    command += ["--page", f"{SECOND_PAGE},OaSecretKeyForTests02,Công an xã Thử"]
    source = Path(__file__).parents[3]
    environment = {**os.environ, "PYTHONPATH": str(source)}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield json.loads(process.stdout.readline())["simulator"].rstrip("/")
        finally:
            process.terminate()
