"""The server's key ring: lives in the data folder, outside the database and its backups."""

import functools
import hashlib
import os
import stat
from pathlib import Path

import nacl.exceptions
import nacl.secret
import nacl.utils

from binhyen.core.configuration import configuration
from binhyen.core.errors import KeysAway, Misconfigured

KEY_BYTES = 32


def keyring_file() -> Path:
    """Path of the root key."""
    return configuration().data_dir / "keyring" / "root.key"


def create_keyring() -> Path:
    """Make the root key once, readable by its owner alone; an existing one is left as it is."""
    file = keyring_file()
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, stat.S_IRUSR | stat.S_IWUSR)
    except FileExistsError:
        return file
    with os.fdopen(descriptor, "wb") as handle:
        handle.write(nacl.utils.random(KEY_BYTES))
        handle.flush()
        os.fsync(handle.fileno())
    return file


@functools.cache
def _root_key() -> bytes:
    file = keyring_file()
    try:
        key = file.read_bytes()
    except FileNotFoundError as error:
        raise KeysAway(
            f"The key ring {file} is missing. Restore it from its own backup; binhyen init makes one "
            "only where nothing is stored yet."
        ) from error
    if len(key) != KEY_BYTES:
        raise KeysAway(f"The key ring {file} must hold {KEY_BYTES} bytes. Restore it from its own backup.")
    return key


@functools.cache
def purpose_key(purpose: str) -> bytes:
    """32 bytes for one purpose, derived by keyed BLAKE2b; keys of different purposes never meet."""
    return hashlib.blake2b(purpose.encode(), digest_size=KEY_BYTES, key=_root_key()).digest()


def seal(purpose: str, plain: bytes) -> bytes:
    """Authenticated encryption (XSalsa20-Poly1305) under the key of `purpose`."""
    return bytes(nacl.secret.SecretBox(purpose_key(purpose)).encrypt(plain))


def unseal(purpose: str, sealed: bytes) -> bytes:
    """The plain bytes.

    Raises Misconfigured when the key ring is not the one that sealed them, KeysAway when there is none.
    """
    try:
        return nacl.secret.SecretBox(purpose_key(purpose)).decrypt(sealed)
    except nacl.exceptions.CryptoError as error:
        raise Misconfigured(f"A sealed value ({purpose}) does not open with this key ring.") from error


def keyed_hash(purpose: str, value: str) -> str:
    """64 hex digits; equal for equal values on this installation only, so that keys and limits tell nothing (G41)."""
    return hashlib.blake2b(value.encode(), digest_size=32, key=purpose_key(purpose)).hexdigest()
