"""Keys of single cases: random, wrapped by the unit's content key of the ring; destroying one erases its case."""

import nacl.bindings
import nacl.exceptions
import nacl.utils

from binhyen.core.errors import Misconfigured
from binhyen.vault.keyring import KEY_BYTES, seal, unseal

NONCE_BYTES = nacl.bindings.crypto_aead_xchacha20poly1305_ietf_NPUBBYTES


def new_wrapped_key(purpose: str) -> bytes:
    """A fresh 32-byte key, wrapped under the ring's key of `purpose` ("case.content:<unit>")."""
    return new_key(purpose)[1]


def new_key(purpose: str) -> tuple[bytes, bytes]:
    """The fresh key itself and the same wrapped, for who seals something at once."""
    key = nacl.utils.random(KEY_BYTES)
    return key, seal(purpose, key)


def unwrapped(purpose: str, wrapped: bytes) -> bytes:
    """The key itself. Raises Misconfigured when it was destroyed or the key ring is another one."""
    if not wrapped:
        raise Misconfigured("The key of this case was destroyed; its content cannot be read any more.")
    return unseal(purpose, bytes(wrapped))


def seal_under(key: bytes, place: str, plain: bytes) -> bytes:
    """Authenticated encryption (XChaCha20-Poly1305) that opens only at the same `place`, so that rows cannot be
    exchanged; the nonce comes first.
    """
    nonce = nacl.utils.random(NONCE_BYTES)
    sealed: bytes = nacl.bindings.crypto_aead_xchacha20poly1305_ietf_encrypt(plain, place.encode(), nonce, key)
    return nonce + sealed


def open_under(key: bytes, place: str, sealed: bytes) -> bytes:
    """The plain bytes. Raises Misconfigured when they were altered, moved or sealed under another key."""
    nonce, body = bytes(sealed)[:NONCE_BYTES], bytes(sealed)[NONCE_BYTES:]
    try:
        plain: bytes = nacl.bindings.crypto_aead_xchacha20poly1305_ietf_decrypt(body, place.encode(), nonce, key)
    except (nacl.exceptions.CryptoError, ValueError, TypeError) as error:
        raise Misconfigured("A sealed value does not open with its key.") from error
    return plain
