"""Attachments from the simulated media host, good and spoilt."""

import pytest

from binhyen.channels.media_fetch import fetch
from binhyen.core.configuration import configuration
from binhyen.core.errors import NotPossible


@pytest.fixture(autouse=True)
def _allowed(monkeypatch):
    monkeypatch.setenv("BINHYEN_MEDIA_HOSTS", "127.0.0.1")
    configuration.cache_clear()
    yield
    monkeypatch.undo()
    configuration.cache_clear()


@pytest.mark.parametrize(
    ("name", "content_type"),
    [
        ("a.jpg", "image/jpeg"),
        ("a.png", "image/png"),
        ("a.gif", "image/gif"),
        ("a.amr", "audio/amr"),
        ("a.mp4", "video/mp4"),
        ("a.pdf", "application/pdf"),
    ],
)
def test_good(zalo_url, name, content_type):
    assert fetch(f"{zalo_url}/media/ok/{name}").content_type == content_type


@pytest.mark.parametrize(
    ("variant", "name", "code"),
    [
        ("wrong_type", "photo.jpg", "media_type"),
        ("huge", "huge.png", "picture_too_large"),
        ("oversize", "oversize.jpg", "media_too_large"),
        ("expired", "expired.jpg", "media_gone"),
        ("missing", "missing.jpg", "media_gone"),
        ("redirect", "redirect.jpg", "media_address"),
        ("macro", "a.pdf", "media_active"),
    ],
)
def test_spoilt(zalo_url, variant, name, code):
    with pytest.raises(NotPossible) as refusal:
        fetch(f"{zalo_url}/media/{variant}/{name}")
    assert refusal.value.code == code
