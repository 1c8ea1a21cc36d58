"""The language model of the web process: loaded when the first question comes, never waited for."""

import functools
import logging
import threading

from binhyen.language.danger import danger_signs_in
from binhyen.language.understanding import Understander, Understanding

_log = logging.getLogger(__name__)
WAIT_S = 1.5
"""How long the very first question waits for the model; questions until it is there are searched by words alone."""

PRESENT_DANGER = 6
"""Groups of danger signs that come before the group of past and general events."""


class _Loading:
    """One background load per process."""

    def __init__(self) -> None:
        self.understander: Understander | None = None
        self.was_waited_for = False
        self.done = threading.Event()
        threading.Thread(target=self._load, name="load-understander", daemon=True).start()

    def _load(self) -> None:
        from binhyen.language.model_cache import load_understander  # numbers and model: not for every web process

        try:
            self.understander = load_understander()
        except (OSError, ValueError, MemoryError) as error:
            _log.error("the language model could not be loaded, questions are searched by words alone: %s", error)
        finally:
            self.done.set()


@functools.cache
def _loading() -> _Loading:
    return _Loading()


def understood(text: str) -> Understanding | None:
    """What the text is about, or None while the model is not there; only one question ever waits for it."""
    loading = _loading()
    if not loading.was_waited_for:
        loading.was_waited_for = True
        loading.done.wait(WAIT_S)
    return loading.understander.understand([text])[0] if loading.understander else None


def sounds_dangerous(text: str) -> bool:
    """Whether the numbers to call belong on top; by words alone while the model is not there (G55)."""
    known = _loading().understander
    return known.danger_of(text) != "none" if known else any(danger_signs_in(text)[:PRESENT_DANGER])
