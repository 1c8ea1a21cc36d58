"""Identity keys: sealed by everybody, opened by two custodians, lost to nobody else."""

from dataclasses import replace

import pytest

from binhyen.core.errors import Misconfigured, NotPossible
from binhyen.vault import identities
from binhyen.vault.content_keys import new_wrapped_key, open_under, seal_under, unwrapped
from binhyen.vault.keyring import create_keyring
from binhyen.vault.models import IdentityShare
from binhyen.vault.tests.light_hashes import hash_lightly

pytestmark = pytest.mark.django_db
WORDS = "mưa rơi trên mái ngói"
OTHER_WORDS = "trâu về qua cầu đá"
NAME = "Nguyễn Thị Kín".encode()


@pytest.fixture(autouse=True)
def light_argon2(monkeypatch):
    """The real cost is asserted in the guarantee test; here it would only take time."""
    hash_lightly(monkeypatch)
    create_keyring()


@pytest.fixture
def custodians():
    return [identities.new_custodian_key(number, words) for number, words in ((1, WORDS), (2, OTHER_WORDS), (3, WORDS))]


def test_two_custodians_open_what_was_sealed(custodians):
    key = identities.new_identity_key(7, custodians)
    envelope = identities.seal_identity(key, NAME)
    shares = [identities.share_of(key, custodians[0], WORDS), identities.share_of(key, custodians[1], OTHER_WORDS)]

    assert NAME not in envelope
    assert identities.open_identity(key, *shares, envelope) == NAME


def test_a_wrong_passphrase_opens_nothing(custodians):
    key = identities.new_identity_key(7, custodians)
    with pytest.raises(NotPossible, match="passphrase_wrong"):
        identities.share_of(key, custodians[0], OTHER_WORDS)


def test_shares_of_another_key_are_noticed(custodians):
    key, other = identities.new_identity_key(7, custodians), identities.new_identity_key(8, custodians)
    mine, theirs = identities.share_of(key, custodians[0], WORDS), identities.share_of(other, custodians[2], WORDS)
    with pytest.raises(NotPossible, match="shares_do_not_fit"):
        identities.open_identity(key, mine, theirs, identities.seal_identity(key, NAME))
    with pytest.raises(NotPossible, match="shares_do_not_fit"):
        identities.open_identity(key, mine, mine, identities.seal_identity(key, NAME))


def test_one_flipped_byte_is_an_error(custodians):
    key = identities.new_identity_key(7, custodians)
    shares = [identities.share_of(key, custodians[0], WORDS), identities.share_of(key, custodians[2], WORDS)]
    envelope = bytearray(identities.seal_identity(key, NAME))
    envelope[-1] ^= 1
    with pytest.raises(Misconfigured, match="damaged"):
        identities.open_identity(key, *shares, bytes(envelope))


def test_sharing_again_makes_old_shares_worthless(custodians):
    key = identities.new_identity_key(7, custodians)
    envelope = identities.seal_identity(key, NAME)
    old = identities.share_of(key, custodians[0], WORDS)
    identities.share_again(key, old, identities.share_of(key, custodians[2], WORDS), custodians[:2])

    new = identities.share_of(key, custodians[1], OTHER_WORDS)
    assert identities.open_identity(key, identities.share_of(key, custodians[0], WORDS), new, envelope) == NAME
    with pytest.raises(NotPossible, match="shares_do_not_fit"):
        identities.open_identity(key, replace(old, index=3), new, envelope)
    with pytest.raises(NotPossible, match="share_missing"):
        identities.share_of(key, custodians[2], WORDS)


def test_one_person_alone_is_no_circle_of_custodians(custodians):
    again = identities.new_custodian_key(1, OTHER_WORDS)
    with pytest.raises(NotPossible, match="custodians_few"):
        identities.new_identity_key(7, [again, custodians[0]])


def test_a_newer_key_takes_over_and_the_older_still_opens_its_own(custodians):
    old = identities.new_identity_key(7, custodians)
    envelope = identities.seal_identity(old, NAME)
    new = identities.new_identity_key(7, custodians)

    assert identities.present_identity_key(7) == new
    shares = [identities.share_of(old, custodians[0], WORDS), identities.share_of(old, custodians[2], WORDS)]
    assert identities.open_identity(old, *shares, envelope) == NAME


def test_a_changed_passphrase_keeps_the_shares(custodians):
    key = identities.new_identity_key(7, custodians)
    identities.change_passphrase(custodians[0], WORDS, OTHER_WORDS)
    assert identities.share_of(key, custodians[0], OTHER_WORDS).index == 1
    with pytest.raises(NotPossible, match="passphrase_wrong"):
        identities.share_of(key, custodians[0], WORDS)


@pytest.mark.parametrize("typed", ["", "matkhau123", "aaaaaaaaaaaaaaaaaaaaaaaa", "một một một một một một"])
def test_short_passphrases_are_refused(typed):
    with pytest.raises(NotPossible, match="passphrase_short"):
        identities.new_custodian_key(1, typed)


def test_no_passphrase_and_no_private_key_is_kept(custodians):
    identities.new_identity_key(7, custodians)
    kept = b"".join(bytes(one.locked_private_key) for one in custodians)
    kept += b"".join(bytes(share.sealed_share) for share in IdentityShare.objects.all())
    assert WORDS.encode() not in kept


def test_a_content_key_opens_at_its_own_place_only():
    wrapped = new_wrapped_key("case.content:a")
    key = unwrapped("case.content:a", wrapped)
    sealed = seal_under(key, "case:1:text", b"kin")

    assert open_under(key, "case:1:text", sealed) == b"kin"
    for wrong in (lambda: open_under(key, "case:2:text", sealed), lambda: open_under(bytes(32), "case:1:text", sealed)):
        with pytest.raises(Misconfigured):
            wrong()
    with pytest.raises(Misconfigured, match="does not open"):
        unwrapped("case.content:b", wrapped)
    with pytest.raises(Misconfigured, match="destroyed"):
        unwrapped("case.content:a", b"")
