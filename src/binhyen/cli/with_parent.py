"""`python -m binhyen.cli.with_parent MODULE ARGUMENTS...`: a module as `python -m` runs it, for as long as its parent.

The parent holds the other end of standard input. However it ends, kill -9 included, the kernel closes that end; the
process then stops as if it had been asked to, so that no process without a parent keeps the port and the database.
"""

import os
import runpy
import signal
import sys
import threading
import time

STOP_GRACE_S = 10.0
"""Seconds a process has to finish its batch once it was asked to stop, before it is killed."""


def with_parent(module: str, *arguments: str) -> list[str]:
    """The command that runs `module`; start it with a pipe as its standard input and keep the pipe."""
    return [sys.executable, "-m", "binhyen.cli.with_parent", module, *arguments]


def _stop_after_the_parent() -> None:
    while os.read(0, 4096):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(STOP_GRACE_S)
    os._exit(1)


def main() -> None:
    """Watch the parent and run the module."""
    threading.Thread(target=_stop_after_the_parent, daemon=True).start()
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
