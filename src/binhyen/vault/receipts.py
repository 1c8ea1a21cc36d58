"""Receipt codes: 16 random digits and 2 check digits, kept only as a slow salted hash (G9)."""

import os
import re
import secrets
import threading
import unicodedata
from concurrent.futures import ThreadPoolExecutor

import nacl.pwhash

from binhyen.core.errors import NotPossible, TryAgain
from binhyen.vault.keyring import keyed_hash, purpose_key

RANDOM_DIGITS = 16
CODE_LENGTH = 18
GROUP_LENGTH = 3
"""Read aloud in six groups of three."""
ARGON2_OPERATIONS = 5
ARGON2_MEMORY_BYTES = 7 * 1024 * 1024
"""About 20 ms on a small machine: of the settings OWASP names as equally strong for Argon2id the one that fits into a
processor's cache. Trying 10^16 codes would take millions of years; a surge of reports fits beside the pages (ADR 8).
"""
_hashing = ThreadPoolExecutor(2 if (os.cpu_count() or 1) > 2 else 1, "slow-hashes")
"""Slow hashes never take more than two cores, and leave one to the pages; one at a time is some 50 a second.

Threads of their own: one hash follows the other without a page's thread having to be woken in between.
"""
_few_waiting = threading.BoundedSemaphore(18)
"""And never hold more than so many threads of pages, so that a flood of codes cannot hold them all."""


def new_code(token: str = "") -> str:
    """A code of 18 digits. The same non-empty `token` gives the same code, so that a double press is harmless.

    `token` must itself be unguessable (at least 128 random bits).
    """
    most = 10**RANDOM_DIGITS
    number = int(keyed_hash("receipt.token", token), 16) % most if token else secrets.randbelow(most)
    digits = f"{number:0{RANDOM_DIGITS}d}"
    return digits + check_digits(digits)


def check_digits(digits: str) -> str:
    """Two check digits by ISO/IEC 7064, MOD 97-10: finds every wrong digit and nearly every swap."""
    return f"{98 - int(digits) * 100 % 97:02d}"


def grouped(code: str) -> str:
    """The code in groups of three: "482 719 063 351 774 205"."""
    return " ".join(code[start : start + GROUP_LENGTH] for start in range(0, len(code), GROUP_LENGTH))


def check_code(typed: str) -> str:
    """The 18 digits of what a person typed or pasted, without any look-up.

    Raises NotPossible("receipt_length", digits=n) or NotPossible("receipt_wrong"); which group may be wrong is guessed
    where a person types it (`portal.receipt_entry`).
    """
    digits = re.sub(r"[\s.\-]", "", unicodedata.normalize("NFKC", typed))
    if not digits.isascii() or not digits.isdecimal() or len(digits) != CODE_LENGTH:
        raise NotPossible("receipt_length", digits=sum(c.isdecimal() for c in digits))
    if not _is_whole(digits):
        raise NotPossible("receipt_wrong")
    return digits


def _is_whole(digits: str) -> bool:
    return int(digits) % 97 == 1


def hashed(code: str) -> str:
    """64 hex digits of Argon2id over the code, salted per installation so that the thread can be found again.

    Raises TryAgain when too many threads of this process wait for such a hash already.
    """
    salt = purpose_key("receipt.salt")[: nacl.pwhash.argon2id.SALTBYTES]
    if not _few_waiting.acquire(blocking=False):
        raise TryAgain("slow_hashes", 5)
    try:
        return _hashing.submit(_slow_hash, code, salt).result()
    finally:
        _few_waiting.release()


def _slow_hash(code: str, salt: bytes) -> str:
    key = nacl.pwhash.argon2id.kdf(32, code.encode(), salt, opslimit=ARGON2_OPERATIONS, memlimit=ARGON2_MEMORY_BYTES)
    return bytes(key).hex()
