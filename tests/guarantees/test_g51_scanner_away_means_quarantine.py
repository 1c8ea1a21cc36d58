"""G51: with the scanner enabled, an unreachable scanner means quarantine, never pass."""

import contextlib
import socket
import struct
import threading
from collections.abc import Iterator

import pytest

from binhyen.channels.media_fetch import Fetched
from binhyen.core.configuration import configuration
from binhyen.core.errors import Misconfigured, NotPossible, TryAgain
from binhyen.inbox.models import Attachment, AttachmentState
from binhyen.inbox.queries import access_shown_file
from binhyen.inbox.tests.factories import make_conversation, make_house, make_officer
from binhyen.units.scope import scope_of
from binhyen.vault import files
from binhyen.vault.keyring import create_keyring
from binhyen.vault.scanner import check_clean, scanner_answers
from binhyen.vault.tests.samples import picture
from binhyen.workflows.media import _store, release_quarantined

BAD = b"XX-BAD-XX"


@contextlib.contextmanager
def scanner(path: str, answer: bytes | None = None) -> Iterator[None]:
    """A small clamd on a Unix socket: reads INSTREAM as clamd does; `answer` replaces the truthful one."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listening:
        listening.bind(path)
        listening.listen()
        thread = threading.Thread(target=_serve, args=(listening, answer), daemon=True)
        thread.start()
        try:
            yield
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            thread.join(5)


def _serve(listening: socket.socket, answer: bytes | None) -> None:
    while True:
        try:
            call, _ = listening.accept()
        except OSError:
            return
        with call, call.makefile("rb") as stream:
            command = b""
            while not command.endswith(b"\0"):
                command += stream.read(1)
            if command == b"zPING\0":
                call.sendall(b"PONG\0")
                continue
            content = b""
            while size := struct.unpack(">I", stream.read(4))[0]:
                content += stream.read(size)
            truth = b"stream: Eicar-Test-Signature FOUND\0" if BAD in content else b"stream: OK\0"
            call.sendall(truth if answer is None else answer)


@pytest.fixture
def address(monkeypatch, tmp_path_factory) -> Iterator[str]:
    path = str(tmp_path_factory.mktemp("s") / "c")
    monkeypatch.setenv("BINHYEN_SCANNER_URL", f"unix://{path}")
    configuration.cache_clear()
    yield path
    monkeypatch.undo()
    configuration.cache_clear()


def attachment() -> Attachment:
    """A picture a resident announced."""
    conversation = make_conversation(make_house().zalo)
    message = conversation.messages.get()
    return Attachment.objects.create(unit=conversation.unit, message=message, kind="image", url="https://a.zdn.vn/b")


def fetched(content: bytes) -> Fetched:
    return Fetched(content, "image/jpeg")


@pytest.mark.parametrize("content", [b"", b"a" * 200_000])
def test_a_clean_file_passes(address, content):
    with scanner(address):
        assert scanner_answers()
        check_clean(content)


def test_an_infected_file_does_not(address):
    with scanner(address), pytest.raises(NotPossible, match="media_infected"):
        check_clean(b"a" * 100_000 + BAD)


@pytest.mark.parametrize(
    "answer", [b"", b"\0", b"INSTREAM size limit exceeded. ERROR\0", b"stream: OK, or not\0", b"x" * 9_000]
)
def test_no_clear_answer_is_no_pass(address, answer):
    with scanner(address, answer), pytest.raises(TryAgain, match="scanner_away"):
        check_clean(b"a")


def test_nobody_listens(address):
    assert not scanner_answers()
    with pytest.raises(TryAgain, match="scanner_away"):
        check_clean(b"a")


@pytest.mark.django_db
def test_a_file_waits_in_quarantine_and_comes_out_when_the_scanner_is_back(address):
    create_keyring()
    row = attachment()
    assert _store(row, fetched(picture())) is None
    row.refresh_from_db()
    assert (row.state, row.shown) == (AttachmentState.QUARANTINED, None)
    assert files.open(row.original) == picture()
    assert release_quarantined() == 0
    row.refresh_from_db()
    assert (row.state, row.shown) == (AttachmentState.QUARANTINED, None)
    with scanner(address):
        assert release_quarantined() == 1
    row.refresh_from_db()
    assert row.state == AttachmentState.STORED
    assert access_shown_file(scope_of(make_officer(row.unit, "may")), row.shown.public_id) == row.shown


@pytest.mark.django_db
def test_a_quarantined_file_that_turns_out_infected_is_never_shown(address):
    create_keyring()
    row = attachment()
    _store(row, fetched(picture() + BAD))
    with scanner(address):
        assert release_quarantined() == 1
        assert isinstance(_store(row, fetched(BAD)), NotPossible)
    row.refresh_from_db()
    assert (row.state, row.reason, row.shown) == (AttachmentState.REFUSED, "media_infected", None)


@pytest.mark.django_db
def test_no_clean_copy_is_made_on_any_path_while_the_scanner_is_away(address):
    create_keyring()
    original = files.store(picture(), 1, "image/jpeg", "a")
    with pytest.raises(TryAgain):
        files.store_clean_copy(original, picture())
    assert not original.clean_copies.exists()
    assert not Attachment.objects.exclude(shown=None).exists()


@pytest.mark.parametrize("url", ["clamd:3310", "http://127.0.0.1:3310"])
def test_an_odd_address_is_refused_at_start(monkeypatch, url):
    monkeypatch.setenv("BINHYEN_SCANNER_URL", url)
    configuration.cache_clear()
    with pytest.raises(Misconfigured, match="SCANNER_URL"):
        configuration()
    monkeypatch.undo()
    configuration.cache_clear()
