"""One trained model for all tests of the session, kept between sessions while data and code stay the same."""

import pytest

from binhyen.language.model_cache import load_understander
from binhyen.language.understanding import Understander


@pytest.fixture(scope="session")
def understander() -> Understander:
    """The default backend on the packaged data."""
    return load_understander()
