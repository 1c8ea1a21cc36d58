"""A 32-byte secret in shares: any two give it back, one alone tells nothing (Shamir over GF(2^128))."""

from dataclasses import dataclass

from Crypto.Protocol.SecretSharing import Shamir

NEEDED = 2
"""Shares that give the secret back."""
MOST = 15
SECRET_BYTES = 32
_HALF = 16


@dataclass(frozen=True, slots=True)
class Share:
    """One share: its place on the line, and one value for each half of the secret."""

    index: int
    value: bytes

    def packed(self) -> bytes:
        """33 bytes: index, then value."""
        return bytes([self.index]) + self.value


def unpacked(packed: bytes) -> Share:
    """The share in `packed`. Raises ValueError for anything else."""
    if len(packed) != 1 + SECRET_BYTES or not 1 <= packed[0] <= MOST:
        raise ValueError("not a share")
    return Share(packed[0], packed[1:])


def split(secret: bytes, count: int) -> list[Share]:
    """`count` shares of a 32-byte secret. The library shares 16 bytes, so each half has its own random line."""
    if len(secret) != SECRET_BYTES or not NEEDED <= count <= MOST:
        raise ValueError("a secret of 32 bytes and 2 to 15 shares are needed")
    halves = (Shamir.split(NEEDED, count, secret[:_HALF]), Shamir.split(NEEDED, count, secret[_HALF:]))
    return [Share(index, first + second) for (index, first), (_, second) in zip(*halves, strict=True)]


def combined(one: Share, other: Share) -> bytes:
    """The secret. Two shares that do not belong together give 32 other bytes: check the result. Raises ValueError for
    the same share twice.
    """
    first = Shamir.combine([(share.index, share.value[:_HALF]) for share in (one, other)])
    return first + Shamir.combine([(share.index, share.value[_HALF:]) for share in (one, other)])
