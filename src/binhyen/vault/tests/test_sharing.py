"""Any two shares give the secret back; one tells nothing; foreign ones are noticed."""

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from binhyen.vault import sharing
from binhyen.vault.sharing import Share, combined, split, unpacked

SECRETS = st.binary(min_size=32, max_size=32)


@settings(deadline=None, max_examples=30)
@given(SECRETS, st.integers(2, 6))
def test_any_two_in_any_order_give_it_back(secret, count):
    for one, other in permutations(split(secret, count), 2):
        assert combined(one, other) == secret


@pytest.mark.parametrize("secret", [bytes(32), b"\xff" * 32, b"\x80" + bytes(31), bytes(31) + b"\x01"])
def test_edges_of_the_field(secret):
    first, *_, last = split(secret, sharing.MOST)
    assert combined(first, last) == secret
    assert len(first.value) == 32


def test_one_share_fits_every_secret():
    """For a share and any secret at all there is a second share that gives it: a single share tells nothing."""
    first, second = split(bytes(32), 2)
    for flip in (1, 77, 255):
        changed = Share(second.index, bytes([second.value[0] ^ flip]) + second.value[1:])
        assert combined(first, changed) != bytes(32)
    assert {split(bytes(32), 2)[0].value for _ in range(50)}.__len__() == 50


@settings(deadline=None, max_examples=30)
@given(SECRETS, SECRETS)
def test_shares_of_two_secrets_do_not_meet(secret, other):
    mixed = combined(split(secret, 2)[0], split(other, 2)[1])
    assert mixed not in (secret, other)


def test_the_same_share_twice_is_refused():
    first = split(bytes(32), 2)[0]
    with pytest.raises(ValueError, match="Duplicate"):
        combined(first, first)


@pytest.mark.parametrize(("secret", "count"), [(bytes(31), 2), (bytes(32), 1), (bytes(32), 16), (b"", 2)])
def test_wrong_sizes_are_refused(secret, count):
    with pytest.raises(ValueError, match="32 bytes"):
        split(secret, count)


@settings(deadline=None, max_examples=30)
@given(SECRETS)
def test_packing_keeps_a_share(secret):
    share = split(secret, 3)[2]
    assert unpacked(share.packed()) == share


@pytest.mark.parametrize("packed", [b"", bytes(33), b"\x10" + bytes(32), b"\x01" + bytes(31)])
def test_what_is_no_share_is_refused(packed):
    with pytest.raises(ValueError, match="not a share"):
        unpacked(packed)
