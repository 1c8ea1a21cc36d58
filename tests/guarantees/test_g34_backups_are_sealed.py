"""G34: backups are encrypted with a key that is not on the same disk, and go after 35 days."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from binhyen.core import clock
from binhyen.core.errors import Misconfigured
from binhyen.vault import backups

CANARY = "canary-backup-9b2d"


@pytest.fixture
def keys(tmp_path):
    private = tmp_path / "usb" / "key"
    backups.public_key_file().unlink(missing_ok=True)
    backups.create_keys(private)
    yield private
    backups.public_key_file().unlink()


def sealed(tmp_path, plain: bytes) -> Path:
    file = tmp_path / "b"
    with file.open("wb") as out:
        writer = backups.SealingWriter(out)
        for at in range(0, len(plain), 300_000):
            writer.write(plain[at : at + 300_000])
        writer.finish()
    return file


def opened(file: Path, private: Path) -> bytes:
    with file.open("rb") as handle:
        return b"".join(backups.open_stream(handle, private))


@pytest.mark.parametrize("size", [0, 1, 1024 * 1024, 1024 * 1024 + 1, 3_500_000])
def test_what_goes_in_comes_out(keys, tmp_path, size):
    plain = os.urandom(size)
    assert opened(sealed(tmp_path, plain), keys) == plain


def test_nothing_can_be_read_without_the_private_key(keys, tmp_path):
    file = sealed(tmp_path, CANARY.encode() * 10_000)
    assert CANARY.encode() not in file.read_bytes()
    other = tmp_path / "other"
    other.write_text("11" * 32)
    with pytest.raises(Misconfigured, match="does not open"):
        opened(file, other)
    with pytest.raises(Misconfigured, match="missing"):
        opened(file, tmp_path / "lost")


@pytest.mark.parametrize("harm", ["flip", "cut", "cut a piece", "no backup", "swap"])
def test_a_damaged_backup_says_so(keys, tmp_path, harm):
    file = sealed(tmp_path, os.urandom(3_000_000))
    content = bytearray(file.read_bytes())
    piece = 1024 * 1024 + 17
    if harm == "flip":
        content[-50] ^= 1
    elif harm == "cut":
        del content[-10:]
    elif harm == "cut a piece":
        del content[200 + 2 * piece :]
    elif harm == "no backup":
        content[0] ^= 1
    else:
        start = len(content) - (3_000_000 - 2 * 1024 * 1024 + 17) - 2 * piece
        first = content[start : start + piece]
        content[start : start + piece] = content[start + piece : start + 2 * piece]
        content[start + piece : start + 2 * piece] = first
    file.write_bytes(content)
    with pytest.raises(Misconfigured):
        opened(file, keys)


def test_the_private_key_never_lies_with_the_data(tmp_path):
    backups.public_key_file().unlink(missing_ok=True)
    with pytest.raises(Misconfigured, match="same disk"):
        backups.create_keys(backups.public_key_file().parent / "private")
    assert not backups.public_key_file().exists()


def test_keys_are_made_once(keys, tmp_path):
    with pytest.raises(Misconfigured, match="exists already"):
        backups.create_keys(tmp_path / "second")
    assert keys.stat().st_mode & 0o077 == 0


def test_backups_go_after_35_days_and_other_files_stay(tmp_path):
    now = clock.now()
    names = {days: backups.backup_name(now - timedelta(days=days)) for days in (0, 34, 36, 400)}
    for name in [*names.values(), "binhyen-notes.txt", "binhyen-x.binhyen"]:
        (tmp_path / name).write_text("x")
    backups.remove_old(tmp_path)
    assert {file.name for file in tmp_path.iterdir()} == {names[0], names[34], "binhyen-notes.txt", "binhyen-x.binhyen"}


def binhyen(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {
        "BINHYEN_MODE": "test", "BINHYEN_DATA_DIR": str(data), "BINHYEN_DATABASE": "sqlite", "PYTHONPATH": "src",
        "DJANGO_SETTINGS_MODULE": "binhyen.settings",
    }  # fmt: skip
    return subprocess.run(
        [sys.executable, *arguments], env=environment, capture_output=True, text=True, check=False, timeout=100
    )


PREPARE = """
from binhyen.cli.django_setup import bring_up_to_date; bring_up_to_date()
from binhyen.vault import files
from binhyen.inbox.tests.factories import make_conversation, make_house
from binhyen.inbox.models import Attachment
house = make_house()
one, other = make_conversation(house.zalo, "{canary}"), make_conversation(house.zalo, "still here")
stored = files.store(b"{canary} file", house.unit.pk, "image/jpeg", "a")
Attachment.objects.create(unit=house.unit, message=other.messages.get(), kind="image", original=stored)
"""
ERASE = """
from binhyen.cli.django_setup import start_django; start_django()
from binhyen.core import clock
from binhyen.inbox.models import Contact, Message
from binhyen.workflows.erasing import erase_person
contact = Message.objects.get(text="{canary}").conversation.contact
erase_person((contact.account_id, contact.external_id), contact.unit_id, clock.now())
"""
LOOK = """
from binhyen.cli.django_setup import start_django; start_django()
from binhyen.inbox.models import Attachment, Message
from binhyen.vault import files
print(sorted(Message.objects.values_list("text", flat=True)), files.open(Attachment.objects.get().original))
"""


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_back_up_erase_lose_everything_restore(tmp_path):
    data, keys, folder = tmp_path / "data", tmp_path / "usb" / "key", tmp_path / "backups"
    data.mkdir()
    prepared = binhyen(data, "-c", PREPARE.format(canary=CANARY))
    assert prepared.returncode == 0, prepared.stderr
    made = binhyen(data, "-m", "binhyen.cli", "backup", "--new-key", str(keys))
    assert made.returncode == 0, made.stderr
    done = binhyen(data, "-m", "binhyen.cli", "backup", str(folder))
    assert done.returncode == 0, done.stderr
    (file,) = folder.iterdir()
    assert CANARY.encode() not in file.read_bytes()
    assert b"SQLite format" not in file.read_bytes()
    assert binhyen(data, "-c", ERASE.format(canary=CANARY)).returncode == 0

    (data / "binhyen.sqlite3").unlink()
    for gone in (data / "files").rglob("*"):
        if gone.is_file():
            gone.unlink()
    missing = binhyen(data, "-m", "binhyen.cli", "restore", str(file), "--key", str(data / "keyring" / "root.key"))
    assert missing.returncode != 0
    for leftover in data.glob("binhyen.sqlite3*"):
        leftover.unlink()
    back = binhyen(data, "-m", "binhyen.cli", "restore", str(file), "--key", str(keys))
    assert back.returncode == 0, back.stderr
    assert "1 erasures" in back.stdout
    seen = binhyen(data, "-c", LOOK)
    assert seen.stdout.strip() == f"['still here'] b'{CANARY} file'", seen.stderr
    again = binhyen(data, "-m", "binhyen.cli", "restore", str(file), "--key", str(keys))
    assert again.returncode == 1
    assert "nothing is overwritten" in again.stderr
