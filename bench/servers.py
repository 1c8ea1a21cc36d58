"""Which ASGI server: the product's webhook door under uvicorn and under granian, turn by turn.

`python -m bench.servers [rounds]` prints one line a run; the figures stand in docs/adr/0003-asgi-server.md.
"""

import sys
import tempfile
import time
from pathlib import Path

from bench.hooks import load
from bench.installation import Installation
from bench.measure import percentile_ms, rss_mb

APPLICATION = "binhyen.asgi:application"
SECONDS = 5.0


def main() -> None:
    """Alternate the servers on one SQLite installation."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    with tempfile.TemporaryDirectory(prefix="binhyen-servers-") as folder:
        installation = Installation(Path(folder), "sqlite")
        installation.prepare()
        port = str(installation.port)
        granian = ("-m", "granian", "--interface", "asgi", "--port", port, "--workers", "1", "--loop", "uvloop")
        commands = {"uvicorn": (), "granian": (*granian, "--no-ws", "--log-level", "warning", APPLICATION)}
        for _ in range(rounds):
            for name, arguments in commands.items():
                with installation.web(arguments) as web:
                    figures = load(installation, installation.port, SECONDS, int(time.time() * 1000), 0)
                    memory_mb = sum(rss_mb(process) for process in family(web.pid))
                per_s = round(figures.per_s)
                p50_ms, p99_ms = (percentile_ms(figures.durations_s, share) for share in (0.5, 0.99))
                print(f"{name}: {per_s}/s, p50 {p50_ms} ms, p99 {p99_ms} ms, {memory_mb:.0f} MB")


def family(process_id: int) -> list[int]:
    """The process and its children."""
    children = Path(f"/proc/{process_id}/task/{process_id}/children").read_text(encoding="ascii").split()
    return [process_id, *(found for child in children for found in family(int(child)))]


if __name__ == "__main__":
    main()
