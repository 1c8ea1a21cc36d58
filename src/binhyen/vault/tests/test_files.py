"""Stored files: sealed, whole or not at all, unreadable under another row."""

import errno
import os
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from binhyen.core import clock
from binhyen.core.errors import Misconfigured, TryAgain
from binhyen.vault import files
from binhyen.vault.keyring import create_keyring
from binhyen.vault.models import StoredFile
from binhyen.vault.tests.samples import AMR, DOC, MP3, PDF, mp4, picture

CONTENT = b"CANARY-CONTENT " * 100


@pytest.fixture(autouse=True)
def _folder(db):
    create_keyring()
    for file in files._folder().glob("*/*"):
        file.unlink()


def on_disk() -> list:
    return list(files._folder().glob("*/*"))


def test_kept_sealed_and_opened():
    stored = files.store(CONTENT, 1, "application/pdf", "../../etc/CMND của tôi.pdf.exe")
    (file,) = on_disk()
    assert b"CANARY" not in file.read_bytes()
    assert (file.stat().st_mode & 0o777, file.name) == (0o600, stored.public_id)
    assert files.open(stored) == CONTENT
    assert stored.name == "CMND của tôi.pdf"


@pytest.mark.parametrize(
    ("name", "shown"),
    [("", "tep.jpg"), ("...", "tep.jpg"), ("a\x00\u202egpj.exe", "a__gpj.jpg"), ("C:\\x\\anh.png", "anh.jpg"),
     ("x" * 300, "x" * 100 + ".jpg"), ("đơn (1).tar.gz", "đơn (1).jpg")],
)  # fmt: skip
def test_names_are_for_reading_only(name, shown):
    assert files.store(b"x", 1, "image/jpeg", name).name == shown


def test_names_on_disk_are_not_guessable():
    names = {files.store(b"x", 1, "image/jpeg", "a").public_id for _ in range(20)}
    assert len(names) == 20
    assert all(len(name) == 16 for name in names)


@pytest.mark.parametrize("step", ["write", "fsync"])
def test_a_full_disk_leaves_nothing(monkeypatch, step):
    real = os.fsync

    def full(descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    if step == "fsync":
        monkeypatch.setattr(files.os, "fsync", full)
    else:
        monkeypatch.setattr(files.os, "open", lambda *_: full(0))
    with pytest.raises(TryAgain, match="disk_full"):
        files.store(CONTENT, 1, "application/pdf", "a")
    monkeypatch.setattr(files.os, "fsync", real)
    assert on_disk() == []
    assert not StoredFile.objects.exists()


def test_a_row_that_cannot_be_written_leaves_no_file():
    with pytest.raises(IntegrityError), transaction.atomic():
        files.store(CONTENT, None, "application/pdf", "a")
    assert on_disk() == []


def test_an_altered_or_exchanged_file_does_not_open():
    one, other = (files.store(content, 1, "application/pdf", "a") for content in (b"one", b"other"))
    files.path_of(one.public_id).write_bytes(files.path_of(other.public_id).read_bytes())
    with pytest.raises(Misconfigured, match="not the one"):
        files.open(one)
    files.path_of(one.public_id).write_bytes(b"x" * 60)
    with pytest.raises(Misconfigured):
        files.open(one)
    files.path_of(one.public_id).unlink()
    with pytest.raises(Misconfigured, match="missing"):
        files.open(one)


def test_erased_with_its_copies(django_capture_on_commit_callbacks):
    original = files.store(picture(), 1, "image/jpeg", "a")
    assert files.store_clean_copy(original, picture()).original == original
    assert len(on_disk()) == 2
    with django_capture_on_commit_callbacks(execute=True):
        files.erase(original)
    assert on_disk() == []
    assert not StoredFile.objects.exists()


def test_orphans_go_after_a_day():
    kept = files.store(b"kept", 1, "image/jpeg", "a")
    orphan = files.store(b"orphan", 1, "image/jpeg", "a")
    orphan.delete()
    assert files.remove_orphans() == 0
    with clock.at(clock.now() + timedelta(days=2)):
        assert files.remove_orphans() == 1
    assert files.open(kept) == b"kept"


@pytest.mark.parametrize(
    ("content_type", "content", "is_copied"),
    [("image/jpeg", picture(), True), ("video/mp4", mp4(), True), ("audio/amr", AMR, True),
     ("audio/mpeg", MP3, True), ("application/pdf", PDF, True), ("application/msword", DOC, False)],
)  # fmt: skip
def test_which_types_have_a_cleaned_copy(content_type, content, is_copied):
    original = files.store(content, 1, content_type, "a")
    copy = files.store_clean_copy(original, content)
    assert bool(copy) is is_copied
    assert files.open(original) == content
