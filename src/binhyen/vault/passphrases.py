"""Custodians' passphrases: a private key locked under one, by Argon2id; the passphrase itself is kept nowhere."""

import threading

import nacl.exceptions
import nacl.pwhash
import nacl.secret
import nacl.utils

from binhyen.core.errors import NotPossible
from binhyen.core.text import clean
from binhyen.vault.keyring import seal, unseal

SHORTEST = 16
"""Characters; four ordinary words with spaces are longer."""
FEWEST_WORDS = 4
LONGEST = 200
ARGON2_OPERATIONS = 3
ARGON2_MEMORY_BYTES = 256 * 1024 * 1024
"""About half a second and 256 MB for each try (libsodium's MODERATE)."""
_PURPOSE = "custodian.key"
_one_at_a_time = threading.Semaphore(1)
"""Two tries at once would take half a gigabyte on a small machine."""


def check_passphrase(typed: str) -> str:
    """The passphrase in its one form. Raises NotPossible: passphrase_short(characters, words), passphrase_long."""
    typed = clean(typed)
    if len(typed) < SHORTEST or len(set(typed.split())) < FEWEST_WORDS:
        raise NotPossible("passphrase_short", characters=SHORTEST, words=FEWEST_WORDS)
    if len(typed) > LONGEST:
        raise NotPossible("passphrase_long", limit=LONGEST)
    return typed


def lock(passphrase: str, secret: bytes) -> bytes:
    """Salt and box: `secret` under the passphrase, and that once more under the key ring, so that a stolen database
    without the ring cannot even try passphrases.
    """
    salt = nacl.utils.random(nacl.pwhash.argon2id.SALTBYTES)
    return seal(_PURPOSE, salt + nacl.secret.SecretBox(_derived(passphrase, salt)).encrypt(secret))


def unlock(passphrase: str, locked: bytes) -> bytes:
    """The secret. Raises NotPossible("passphrase_wrong")."""
    whole = unseal(_PURPOSE, bytes(locked))
    salt, box = whole[: nacl.pwhash.argon2id.SALTBYTES], whole[nacl.pwhash.argon2id.SALTBYTES :]
    try:
        return nacl.secret.SecretBox(_derived(clean(passphrase)[:LONGEST], salt)).decrypt(box)
    except nacl.exceptions.CryptoError:
        raise NotPossible("passphrase_wrong") from None


def _derived(passphrase: str, salt: bytes) -> bytes:
    with _one_at_a_time:
        return bytes(
            nacl.pwhash.argon2id.kdf(
                32, passphrase.encode(), salt, opslimit=ARGON2_OPERATIONS, memlimit=ARGON2_MEMORY_BYTES
            )
        )
