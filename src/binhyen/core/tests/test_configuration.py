"""Settings are typed and refuse odd values with a sentence that says what to do."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from binhyen.core.configuration import configuration
from binhyen.core.errors import Misconfigured


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    configuration.cache_clear()
    yield
    monkeypatch.undo()
    configuration.cache_clear()


@pytest.mark.parametrize(
    ("name", "value", "word"),
    [
        ("BINHYEN_MODE", "live", "one of production, demo, test"),
        ("BINHYEN_PUBLIC_URL", "binhyen.example.vn", "write it like https://"),
        ("BINHYEN_PUBLIC_URL", "https://binhyen.example.vn/path", "write it like https://"),
        ("BINHYEN_DATABASE", "mysql://x", "postgresql://"),
        ("BINHYEN_WORKER_PROCESSES", "0", "1 to 64"),
        ("BINHYEN_WORKER_PROCESSES", "many", "WORKER_PROCESSES"),
        ("BINHYEN_LOG_LEVEL", "LOUD", "DEBUG, INFO"),
        ("BINHYEN_CONFIG", "/nowhere/binhyen.env", "not a file"),
    ],
)
def test_an_odd_value_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, name: str, value: str, word: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(Misconfigured, match=word):
        configuration()


def test_production_without_tls_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BINHYEN_MODE", "production")
    monkeypatch.setenv("BINHYEN_PUBLIC_URL", "http://binhyen.example.vn")
    with pytest.raises(Misconfigured, match="https://"):
        configuration()


def test_a_secret_may_come_from_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("s" * 60 + "\n")
    monkeypatch.delenv("BINHYEN_SECRET_KEY", raising=False)
    monkeypatch.setenv("BINHYEN_SECRET_KEY_FILE", str(secret))
    assert configuration().secret_key.strip() == "s" * 60


def test_settings_may_come_from_one_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "binhyen.env"
    file.write_text("BINHYEN_WORKER_PROCESSES=3\n")
    monkeypatch.delenv("BINHYEN_WORKER_PROCESSES", raising=False)
    monkeypatch.setenv("BINHYEN_CONFIG", str(file))
    assert configuration().worker_processes == 3
