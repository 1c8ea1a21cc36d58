"""Backups nobody can open without a key that is kept elsewhere: encrypted to a public key, piece by piece (G34)."""

import io
import os
import stat
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import nacl.exceptions
import nacl.public
from nacl import bindings as _stream

from binhyen.core import clock
from binhyen.core.configuration import configuration
from binhyen.core.errors import Misconfigured
from binhyen.core.retention import erased_before

_MAGIC = b"BINHYEN-BACKUP-1\n"
_PIECE_BYTES = 1024 * 1024
_ENDING = ".binhyen"
_NAME = "%Y%m%d-%H%M%S"


def public_key_file() -> Path:
    """The half that encrypts; it may lie on this disk."""
    return configuration().data_dir / "backup.pub"


def create_keys(private_file: Path) -> None:
    """Make the pair: the private half goes to `private_file`, to be carried away, the public half stays here.

    Raises Misconfigured when either exists, or when the private half would lie on the disk of the data.
    """
    if public_key_file().exists() or private_file.exists():
        raise Misconfigured(
            "A backup key exists already. Old backups open with the old key only: keep it, move it away."
        )
    data_dir = configuration().data_dir
    data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    private_file.parent.mkdir(parents=True, exist_ok=True)
    if private_file.resolve().is_relative_to(data_dir.resolve()) or _same_disk(private_file.parent, data_dir):
        raise Misconfigured(
            f"{private_file} lies on the same disk as the data. Name a file on a USB stick or another machine's disk."
        )
    pair = nacl.public.PrivateKey.generate()
    descriptor = os.open(private_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, stat.S_IRUSR | stat.S_IWUSR)
    with os.fdopen(descriptor, "wb") as handle:
        handle.write(bytes(pair).hex().encode() + b"\n")
    public_key_file().write_text(bytes(pair.public_key).hex() + "\n", encoding="ascii")


class SealingWriter:
    """A file to write to that encrypts to the public key: a fresh key sealed to it, then pieces, the last one marked.

    Nothing readable touches the disk. Raises Misconfigured without a public key.
    """

    def __init__(self, sealed: BinaryIO) -> None:
        """Begin the file."""
        file_key = os.urandom(_stream.crypto_secretstream_xchacha20poly1305_KEYBYTES)
        public = nacl.public.PublicKey(_key(public_key_file(), "Run binhyen backup --new-key FILE first."))
        self._state = _stream.crypto_secretstream_xchacha20poly1305_state()
        header = _stream.crypto_secretstream_xchacha20poly1305_init_push(self._state, file_key)
        sealed.write(_MAGIC + bytes(nacl.public.SealedBox(public).encrypt(file_key)) + header)
        self._sealed = sealed
        self._waiting = bytearray()

    def write(self, plain: bytes) -> int:
        """Encrypt what makes whole pieces; the rest waits."""
        self._waiting += plain
        while len(self._waiting) > _PIECE_BYTES:
            self._push(bytes(self._waiting[:_PIECE_BYTES]), _stream.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE)
            del self._waiting[:_PIECE_BYTES]
        return len(plain)

    def finish(self) -> None:
        """Write the marked last piece; without it the file counts as cut short."""
        self._push(bytes(self._waiting), _stream.crypto_secretstream_xchacha20poly1305_TAG_FINAL)
        self._waiting.clear()

    def _push(self, piece: bytes, tag: int) -> None:
        self._sealed.write(_stream.crypto_secretstream_xchacha20poly1305_push(self._state, piece, b"", tag))


def open_stream(sealed: BinaryIO, private_file: Path) -> Iterator[bytes]:
    """The plain pieces. Raises Misconfigured: not a backup, the wrong key, cut short or altered."""
    if sealed.read(len(_MAGIC)) != _MAGIC:
        raise Misconfigured("This file is no backup of this product.")
    box = nacl.public.SealedBox(nacl.public.PrivateKey(_key(private_file, "Bring the private backup key.")))
    overhead = _stream.crypto_secretstream_xchacha20poly1305_ABYTES
    state = _stream.crypto_secretstream_xchacha20poly1305_state()
    try:
        file_key = box.decrypt(sealed.read(_stream.crypto_secretstream_xchacha20poly1305_KEYBYTES + 48))
        header = sealed.read(_stream.crypto_secretstream_xchacha20poly1305_HEADERBYTES)
        _stream.crypto_secretstream_xchacha20poly1305_init_pull(state, header, file_key)
        while piece := sealed.read(_PIECE_BYTES + overhead):
            plain, tag = _stream.crypto_secretstream_xchacha20poly1305_pull(state, piece, b"")
            yield plain
            if tag == _stream.crypto_secretstream_xchacha20poly1305_TAG_FINAL:
                return
    except (nacl.exceptions.CryptoError, nacl.exceptions.RuntimeError, ValueError) as error:
        raise Misconfigured("The backup does not open: wrong key, altered, or cut short.") from error
    raise Misconfigured("The backup is cut short.")


def backup_name(at: datetime) -> str:
    """Name of a backup file; its age is read from it."""
    return f"binhyen-{at.astimezone(clock.VIETNAM):{_NAME}}{_ENDING}"


def remove_old(folder: Path) -> list[Path]:
    """Remove backups older than the file of rules allows (35 days), by their names; the files removed."""
    oldest = erased_before("backup", clock.now())
    gone = []
    for file in sorted(folder.glob(f"binhyen-*{_ENDING}")):
        made_at = _made_at(file)
        if made_at is not None and made_at < oldest:
            file.unlink()
            gone.append(file)
    return gone


def _made_at(file: Path) -> datetime | None:
    try:
        found = datetime.strptime(file.name.removeprefix("binhyen-").removesuffix(_ENDING), _NAME)  # noqa: DTZ007
    except ValueError:
        return None
    return found.replace(tzinfo=clock.VIETNAM)


def _key(file: Path, advice: str) -> bytes:
    try:
        return bytes.fromhex(file.read_text(encoding="ascii").strip())
    except FileNotFoundError as error:
        raise Misconfigured(f"{file} is missing. {advice}") from error
    except ValueError as error:
        raise Misconfigured(f"{file} is no backup key.") from error


def _same_disk(one: Path, other: Path) -> bool:
    return one.stat().st_dev == other.stat().st_dev and configuration().mode == "production"


class PieceReader(io.RawIOBase):
    """Reads an iterator of pieces as a file, so that nothing is held in memory."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        """Take the pieces in order."""
        self._pieces = pieces
        self._rest = b""

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        """Fill the buffer as far as one piece goes."""
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = piece
        count = min(len(buffer), len(self._rest))
        buffer[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count
