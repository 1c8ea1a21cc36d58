"""One worker's intake by itself, in as many lanes as the product's: works what is stored until nothing is left.

`python -m bench.intake_worker`, in the environment of an installation.
"""

import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from binhyen.language.understanding import Understander

BATCH = 200


class Lanes:
    """The threads of one worker that take in; each has its own connection."""

    def __init__(self, understander: "Understander") -> None:
        from binhyen.workflows.intake import intake_lanes

        self.taken: list[int] = []
        """Calls of every batch."""
        self.durations_s: list[float] = []
        """And how long it took."""
        self._understander = understander
        self._count = intake_lanes()
        self._threads = ThreadPoolExecutor(self._count)

    @property
    def messages(self) -> int:
        """Calls worked so far."""
        return sum(self.taken)

    def work(self, most: int) -> None:
        """Work batches until some `most` more calls were begun, or until no lane finds anything."""
        turns = iter(range(-(-most // BATCH)))
        list(self._threads.map(lambda _: self._work_lane(turns), range(self._count)))

    def end(self) -> None:
        """End the threads."""
        self._threads.shutdown()

    def _work_lane(self, turns: Iterator[int]) -> None:
        from binhyen.workflows.intake import work_intake

        for _ in turns:
            began = time.perf_counter()
            taken = work_intake(BATCH, self._understander)
            if not taken:
                return
            self.durations_s.append(time.perf_counter() - began)
            self.taken.append(taken)


def main() -> None:
    """Work until nothing is left."""
    import django

    django.setup()
    from binhyen.workflows.worker import ready_understander

    lanes = Lanes(ready_understander())
    print("ready", flush=True)
    lanes.work(sys.maxsize)
    lanes.end()


if __name__ == "__main__":
    main()
