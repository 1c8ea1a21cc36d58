"""The identity key of a unit: everybody may seal to it, two custodians together may open it (G2, G3)."""

from collections.abc import Sequence

import nacl.exceptions
from django.db import transaction
from nacl.public import PrivateKey, PublicKey, SealedBox

from binhyen.core import clock
from binhyen.core.errors import Misconfigured, NotPossible
from binhyen.core.prepared import Prepared
from binhyen.vault import passphrases, sharing
from binhyen.vault.models import CustodianKey, IdentityKey, IdentityShare

_PRESENT = Prepared(lambda unit: IdentityKey.objects.filter(unit_key=unit, replaced_at=None).values_list("pk")[:1], int)


def new_custodian_key(officer_key: int, passphrase: str) -> CustodianKey:
    """The officer's own key pair, its private half locked under the passphrase. An earlier one is retired, and its
    shares with it. Raises NotPossible: passphrase_short, passphrase_long.
    """
    private = PrivateKey.generate()
    row = CustodianKey(
        officer_key=officer_key,
        public_key=bytes(private.public_key),
        locked_private_key=passphrases.lock(passphrases.check_passphrase(passphrase), bytes(private)),
        created_at=clock.now(),
    )
    with transaction.atomic():
        CustodianKey.objects.filter(officer_key=officer_key, retired_at=None).update(retired_at=clock.now())
        row.save(force_insert=True)
    return row


def change_passphrase(key: CustodianKey, old: str, new: str) -> None:
    """The same key under another passphrase; shares stay. Raises NotPossible: passphrase_wrong, passphrase_short."""
    private = passphrases.unlock(old, bytes(key.locked_private_key))
    key.locked_private_key = passphrases.lock(passphrases.check_passphrase(new), private)
    key.save(update_fields=["locked_private_key"])


def custodian_key_of(officer_key: int) -> CustodianKey | None:
    """The officer's present key."""
    return CustodianKey.objects.filter(officer_key=officer_key, retired_at=None).first()


@transaction.atomic
def new_identity_key(unit_key: int, custodians: Sequence[CustodianKey]) -> IdentityKey:
    """A new key pair for the unit; its private half exists from now on in the custodians' shares alone.

    The earlier key takes no more envelopes and still opens its own. Raises NotPossible("custodians_few", needed=2).
    """
    private = PrivateKey.generate()
    now = clock.now()
    IdentityKey.objects.filter(unit_key=unit_key, replaced_at=None).update(replaced_at=now)
    key = IdentityKey.objects.create(unit_key=unit_key, public_key=bytes(private.public_key), created_at=now)
    _give_shares(key, bytes(private), custodians)
    return key


@transaction.atomic
def share_again(key: IdentityKey, one: sharing.Share, other: sharing.Share, custodians: Sequence[CustodianKey]) -> None:
    """New shares of the same key for the custodians of today; every older share becomes worthless.

    Raises NotPossible: custodians_few, shares_do_not_fit.
    """
    private = _private_key(key, one, other)
    _give_shares(key, private, custodians)


def _give_shares(key: IdentityKey, private: bytes, custodians: Sequence[CustodianKey]) -> None:
    if len({one.officer_key for one in custodians}) < sharing.NEEDED:
        raise NotPossible("custodians_few", needed=sharing.NEEDED)
    IdentityShare.objects.filter(identity_key=key).delete()
    shares = sharing.split(private, len(custodians))
    IdentityShare.objects.bulk_create(
        [
            IdentityShare(
                identity_key=key,
                custodian_key=custodian,
                sealed_share=SealedBox(PublicKey(bytes(custodian.public_key))).encrypt(share.packed()),
                created_at=clock.now(),
            )
            for custodian, share in zip(custodians, shares, strict=True)
        ]
    )


def has_identity_key(unit_key: int) -> bool:
    """Whether the unit has custodians, so that a name can be sealed."""
    return _PRESENT.first(unit_key) is not None


def present_identity_key(unit_key: int) -> IdentityKey | None:
    """The key new identities are sealed to; None while the unit has no custodians."""
    return IdentityKey.objects.filter(unit_key=unit_key, replaced_at=None).order_by("-id").first()


def seal_identity(key: IdentityKey, plain: bytes) -> bytes:
    """An envelope only the custodians can open; not even the server that made it."""
    return bytes(SealedBox(PublicKey(bytes(key.public_key))).encrypt(plain))


def seal_to(public_key: bytes, plain: bytes) -> bytes:
    """An envelope for one reader's key pair."""
    return bytes(SealedBox(PublicKey(bytes(public_key))).encrypt(plain))


def open_with(private_key: bytes, sealed: bytes) -> bytes:
    """What `seal_to` sealed. Raises NotPossible("envelope_closed") for another private key."""
    try:
        return bytes(SealedBox(PrivateKey(private_key)).decrypt(bytes(sealed)))
    except (nacl.exceptions.CryptoError, TypeError, ValueError):
        raise NotPossible("envelope_closed") from None


def share_of(key: IdentityKey, custodian: CustodianKey, passphrase: str) -> sharing.Share:
    """The custodian's share, opened by the passphrase. Raises NotPossible: share_missing, passphrase_wrong."""
    row = IdentityShare.objects.filter(identity_key=key, custodian_key=custodian).first()
    if row is None:
        raise NotPossible("share_missing")
    private = passphrases.unlock(passphrase, bytes(custodian.locked_private_key))
    try:
        return sharing.unpacked(SealedBox(PrivateKey(private)).decrypt(bytes(row.sealed_share)))
    except (nacl.exceptions.CryptoError, ValueError) as error:
        raise Misconfigured(f"A share of identity key {key.pk} is damaged. Restore it from backup.") from error


def open_identity(key: IdentityKey, one: sharing.Share, other: sharing.Share, envelope: bytes) -> bytes:
    """The plain identity. Raises NotPossible: shares_do_not_fit; Misconfigured for a damaged envelope."""
    private = _private_key(key, one, other)
    try:
        return bytes(SealedBox(PrivateKey(private)).decrypt(bytes(envelope)))
    except nacl.exceptions.CryptoError as error:
        raise Misconfigured("An identity envelope is damaged. Restore it from backup.") from error


def _private_key(key: IdentityKey, one: sharing.Share, other: sharing.Share) -> bytes:
    """Shares carry no proof of their own, so the key they give is held against the public one."""
    try:
        private = sharing.combined(one, other)
    except ValueError:
        raise NotPossible("shares_do_not_fit") from None
    if bytes(PrivateKey(private).public_key) != bytes(key.public_key):
        raise NotPossible("shares_do_not_fit")
    return private
