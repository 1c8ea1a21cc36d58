"""A real NATS server with JetStream for tests, from a Python package, gone afterwards."""

import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.measure import free_port

START_WITHIN_S = 20.0


@contextmanager
def running_nats() -> Iterator[str]:
    """Address of a server that writes every message through to disk; killed, and its store erased, at the end."""
    with tempfile.TemporaryDirectory(prefix="binhyen-nats-") as folder:
        port = free_port()
        settings = Path(folder) / "nats.conf"
        settings.write_text(
            f"listen: 127.0.0.1:{port}\nmax_payload: 2MB\n"
            f'jetstream {{ store_dir: "{folder}/store", sync_interval: always }}\n',
            encoding="ascii",
        )
        server = Path(sys.executable).parent / "nats-server"
        process = subprocess.Popen([server, "-c", settings], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            _wait_until_it_listens(process, port)
            yield f"nats://127.0.0.1:{port}"
        finally:
            process.kill()
            process.wait(timeout=20)


def _wait_until_it_listens(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + START_WITHIN_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise RuntimeError("the NATS server does not start")
