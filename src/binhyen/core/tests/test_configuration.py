"""Settings are typed and refuse odd values with a sentence that says what to do."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from binhyen.core.configuration import configuration, unknown_names
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
        ("BINHYEN_PUBLIC_URL", "https://binh yen.example.vn", "write it like https://"),
        ("BINHYEN_PUBLIC_URL", "https://[::1", "write it like https://"),
        ("BINHYEN_PUBLIC_URL", "https://binhyen.example.vn:99999", "write it like https://"),
        ("BINHYEN_PUBLIC_URL", "https://admin:word@binhyen.example.vn", "write it like https://"),
        ("BINHYEN_DATABASE", "mysql://x", "postgresql://"),
        ("BINHYEN_DATABASE", "postgresql://", "the name is missing"),
        ("BINHYEN_DATABASE", "postgresql://u:p@host/name?colour=red", "colour"),
        ("BINHYEN_ZALO_API_URL", "openapi.zalo.me", "ZALO_API_URL"),
        ("BINHYEN_ZALO_OAUTH_URL", "ftp://oauth.zaloapp.com", "ZALO_OAUTH_URL"),
        ("BINHYEN_MEDIA_HOSTS", "*", "host names like"),
        ("BINHYEN_MEDIA_HOSTS", "*.vn", "host names like"),
        ("BINHYEN_MEDIA_HOSTS", "*.zdn.vn,https://media.example.vn/", "host names like"),
        ("BINHYEN_WEBHOOK_HOSTS", "https://api.example.vn", "WEBHOOK_HOSTS"),
        ("BINHYEN_NATS_URL", "localhost", "nats://"),
        ("BINHYEN_SCANNER_URL", "tcp://scanner", "tcp://host:3310"),
        ("BINHYEN_FORGED_CALL_STATUS", "500", "200 or 401"),
        ("BINHYEN_SECRET_KEY_FILE", "/nowhere", "readable file"),
        ("BINHYEN_DATA_DIR", "/etc/hostname", "no folder"),
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


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"BINHYEN_WORKER_PROCESES=3\n", "BINHYEN_WORKER_PROCESES in line 1 of .* is no setting"),
        (b"# ours\n\nworkers are three\n", "Line 3 of .* is not NAME=value"),
        (b"BINHYEN_MODE=\xff\n", "cannot be read as UTF-8"),
        (b'BINHYEN_MODE="test\n', "Line 1 of .* opens a quote"),
        (b"BINHYEN_MODE=test\n\nBINHYEN_MODE=demo\n", "BINHYEN_MODE stands in lines 1 and 3"),
    ],
)
def test_an_odd_file_of_settings_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: bytes, word: str
) -> None:
    file = tmp_path / "binhyen.env"
    file.write_bytes(content)
    monkeypatch.setenv("BINHYEN_CONFIG", str(file))
    with pytest.raises(Misconfigured, match=word):
        configuration()


def test_secrets_do_not_travel_in_the_open_to_zalo(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BINHYEN_MODE", "production")
    monkeypatch.setenv("BINHYEN_ZALO_API_URL", "http://openapi.zalo.me")
    with pytest.raises(Misconfigured, match="https://"):
        configuration()


def test_lists_forgive_spaces_and_a_last_comma(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BINHYEN_MEDIA_HOSTS", "*.zdn.vn, media.example.vn,")
    assert configuration().media_hosts == ("*.zdn.vn", "media.example.vn")


def test_a_secret_file_that_is_no_text_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "key").write_bytes(b"\xff\xfe")
    monkeypatch.setenv("BINHYEN_SECRET_KEY_FILE", str(tmp_path / "key"))
    with pytest.raises(Misconfigured, match="BINHYEN_SECRET_KEY_FILE is not UTF-8 text"):
        configuration()


def test_a_mistyped_name_in_the_environment_is_found() -> None:
    names = ["BINHYEN_DATABSE", "BINHYEN_SECRET_KEY_FILE", "BINHYEN_MODE", "BINHYEN_PYTHON", "HOME"]
    assert unknown_names(names) == ["BINHYEN_DATABSE"]
