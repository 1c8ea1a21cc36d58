"""Hashing without its price, for every test that seals, opens or gives a receipt and does not measure the hash."""

import pytest

from binhyen.vault import passphrases, receipts


def hash_lightly(patch: pytest.MonkeyPatch) -> None:
    """The real cost is asserted where it is promised (G2, G9); elsewhere it only takes time."""
    for module in (passphrases, receipts):
        patch.setattr(module, "ARGON2_MEMORY_BYTES", 64 * 1024)
        patch.setattr(module, "ARGON2_OPERATIONS", 1)
