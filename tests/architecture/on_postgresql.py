"""Run pytest against a real PostgreSQL server that lives as long as the run."""

import os
import signal
import subprocess
import sys

from bench.postgresql import running_postgresql


def main(arguments: list[str]) -> int:
    """Start the server, point the settings at it, run pytest with `arguments`, give its exit code."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # a run that is stopped takes its server with it
    with running_postgresql() as address:
        environment = os.environ | {"BINHYEN_DATABASE": address}
        return subprocess.run([sys.executable, "-m", "pytest", *arguments], env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
