"""Custodians of a unit's identity key: who they are, their passphrases, making, renewing and rehearsing the key."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from binhyen.audit import actions as audit
from binhyen.cases.models import Case
from binhyen.cases.openings import Opening, OpeningPurpose, OpeningShare, OpeningState
from binhyen.core import clock
from binhyen.core.errors import NotPossible
from binhyen.units import actions as unit_actions
from binhyen.units.models import Membership, Officer, Role, Unit
from binhyen.units.queries import locked_for_s
from binhyen.units.scope import Scope
from binhyen.vault import identities
from binhyen.vault.models import CustodianKey, IdentityKey
from binhyen.vault.sharing import NEEDED, Share

KEEPERS = frozenset({Role.IDENTITY_CUSTODIAN, Role.COMMANDER, Role.UNIT_ADMINISTRATOR})
"""Roles that see who the custodians are and make a key; the key opens for custodians alone."""
CUSTODIAN = frozenset({Role.IDENTITY_CUSTODIAN})
REHEARSE_EVERY = timedelta(days=90)
T = TypeVar("T")
_SAMPLE = "Tên thử, không có thật".encode()


@dataclass(frozen=True, slots=True)
class Custodian:
    """One custodian as the page shows them."""

    officer: Officer
    unit: Unit
    has_passphrase: bool
    holds_share: bool
    is_reserve: bool
    """Of the superior unit."""


@dataclass(frozen=True, slots=True)
class KeyHolders:
    """Who holds shares of a unit's present key that a passphrase of today opens."""

    custodians: frozenset[int]
    """Officers who are custodians of the unit or of its superior unit."""
    former: frozenset[int]
    """Officers who are custodians no longer: their shares end when the key is shared again."""


def key_holders() -> dict[int, KeyHolders]:
    """The holders of every unit's present key, by the unit."""
    held = Membership.objects.filter(role=Role.IDENTITY_CUSTODIAN, officer__is_active=True)
    today = set(held.values_list("unit_id", "officer_id"))
    parents = dict(Unit.objects.values_list("pk", "parent_id"))
    keys = IdentityKey.objects.filter(replaced_at=None)
    living = Q(shares__custodian_key__retired_at=None)
    holding: dict[int, set[int]] = {unit: set() for unit in keys.values_list("unit_key", flat=True)}
    for unit, officer in keys.filter(living).values_list("unit_key", "shares__custodian_key__officer_key"):
        holding[unit] |= {officer} if officer is not None else set()
    return {
        unit: KeyHolders(
            frozenset(one for one in officers if {(unit, one), (parents.get(unit), one)} & today),
            frozenset(one for one in officers if not {(unit, one), (parents.get(unit), one)} & today),
        )
        for unit, officers in holding.items()
    }


def former_holders(unit: Unit) -> list[Officer]:
    """Who still holds a share of the unit's key without being a custodian any more."""
    holders = key_holders().get(unit.pk)
    return list(Officer.objects.filter(pk__in=holders.former).order_by("full_name")) if holders else []


def is_needed(officer: Officer) -> bool:
    """Whether names of some unit could not be opened any more without the officer's shares."""
    return any(officer.pk in one.custodians and len(one.custodians) <= NEEDED for one in key_holders().values())


def units_of(scope: Scope) -> frozenset[int]:
    """Units for which the officer is a custodian: the own ones, and those below as their reserve."""
    own = scope.units_with(CUSTODIAN)
    below = Unit.objects.filter(parent_id__in=own).values_list("pk", flat=True) if own else ()
    return own | frozenset(below)


def custodians_for(unit: Unit, key: IdentityKey | None = None) -> list[Custodian]:
    """Custodians of the unit and, as reserve, of its superior unit, with their shares of `key`, the present one."""
    held = Membership.objects.filter(role=Role.IDENTITY_CUSTODIAN, officer__is_active=True)
    held = held.filter(unit_id__in=[unit.pk, *([unit.parent_id] if unit.parent_id else [])])
    rows = list(held.select_related("officer", "unit").order_by("unit_id", "officer__full_name"))
    keys = {
        key.officer_key: key
        for key in CustodianKey.objects.filter(officer_key__in=[row.officer_id for row in rows], retired_at=None)
    }
    present = key or identities.present_identity_key(unit.pk)
    sharing = set(present.shares.values_list("custodian_key_id", flat=True)) if present else set()
    found: dict[int, Custodian] = {}
    for row in rows:
        own = keys.get(row.officer_id)
        is_reserve = row.unit_id != unit.pk
        if row.officer_id not in found or not is_reserve:
            found[row.officer_id] = Custodian(
                row.officer, row.unit, own is not None, own is not None and own.pk in sharing, is_reserve
            )
    return list(found.values())


def _keys_of(unit: Unit) -> list[CustodianKey]:
    ids = [one.officer.pk for one in custodians_for(unit) if one.has_passphrase]
    return list(CustodianKey.objects.filter(officer_key__in=ids, retired_at=None).order_by("officer_key"))


def older_keys(unit: Unit) -> list[IdentityKey]:
    """Replaced keys under which names are still sealed: they open with their own shares, which may be shared again."""
    named = Case.objects.filter(identity_key=OuterRef("pk")).exclude(sealed_identity=b"")
    replaced = IdentityKey.objects.filter(unit_key=unit.pk).exclude(replaced_at=None)
    return list(replaced.filter(Exists(named)).order_by("-created_at"))


def set_passphrase(scope: Scope, officer: Officer, passphrase: str, old: str = "") -> CustodianKey:
    """The custodian's own passphrase. With the old one the shares stay; without it the key is a new one that gets
    shares only when two others share again.

    Raises NotPossible: not_custodian, passphrase_short, passphrase_wrong, passphrase_locked.
    """
    units = scope.units_with(CUSTODIAN)
    if not units:
        raise NotPossible("not_custodian")
    known = identities.custodian_key_of(officer.pk)
    if known and old:
        _guarded(officer, lambda: identities.change_passphrase(known, old, passphrase))
        key = known
    else:
        key = identities.new_custodian_key(officer.pk, passphrase)
    for unit_id in sorted(units):
        facts = {"kept_shares": int(bool(known and old))}
        audit.record(unit_id, "custodian.passphrase_set", actor_key=officer.pk, subject=officer.public_id, facts=facts)
    return key


@transaction.atomic
def make_key(scope: Scope, unit: Unit) -> IdentityKey:
    """A new identity key for the unit, shared among all its custodians with a passphrase.

    Raises NotPossible("custodians_few", needed=2).
    """
    scope.check(unit.pk, KEEPERS)
    key = identities.new_identity_key(unit.pk, _keys_of(unit))
    facts = {"custodians": key.shares.count()}
    audit.record(unit.pk, "identity.key_made", actor_key=scope.officer_id, subject=key.public_id, facts=facts)
    return key


@transaction.atomic
def ask_together(scope: Scope, unit: Unit, purpose: OpeningPurpose, older: str = "") -> Opening:
    """A rehearsal, or new shares, of the present key or of an `older` one (its public id): both need two custodians.

    Raises NotPossible("identity_no_key").
    """
    scope.check(unit.pk, KEEPERS)
    key = identities.present_identity_key(unit.pk)
    if older:
        key = next((one for one in older_keys(unit) if one.public_id == older), None)
    if key is None or purpose == OpeningPurpose.IDENTITY:
        raise NotPossible("identity_no_key")
    opening = Opening.objects.create(
        unit=unit, purpose=purpose, identity_key=key, requester_id=scope.officer_id, asked_at=clock.now()
    )
    audit.record(unit.pk, f"identity.{purpose}_asked", actor_key=scope.officer_id, subject=opening.public_id)
    return opening


def rehearse(key: IdentityKey, one: Share, other: Share) -> None:
    """Open a made-up envelope with real shares; the day is noted. Raises NotPossible("shares_do_not_fit")."""
    if identities.open_identity(key, one, other, identities.seal_identity(key, _SAMPLE)) != _SAMPLE:
        raise NotPossible("shares_do_not_fit")
    key.rehearsed_at = clock.now()
    key.save(update_fields=["rehearsed_at"])


def share_again(unit: Unit, key: IdentityKey, one: Share, other: Share) -> None:
    """New shares for the custodians of today; those who left hold nothing any more.

    A share that was given already for something that still waits fits none of the new ones: it is given once more.
    """
    identities.share_again(key, one, other, _keys_of(unit))
    OpeningShare.objects.filter(opening__identity_key=key, opening__state=OpeningState.ASKED).delete()


def rehearsal_is_due(key: IdentityKey) -> bool:
    """Whether nobody has proven for a quarter that the key still opens."""
    return clock.now() - (key.rehearsed_at or key.created_at) > REHEARSE_EVERY


def share_of(officer: Officer, key: IdentityKey, passphrase: str) -> Share:
    """The officer's share. Wrong passphrases slow down (G36). Raises NotPossible: share_missing, passphrase_wrong,
    passphrase_locked(seconds).
    """
    own = identities.custodian_key_of(officer.pk)
    if own is None:
        raise NotPossible("share_missing")
    return _guarded(officer, lambda: identities.share_of(key, own, passphrase))


def _guarded(officer: Officer, use: Callable[[], T]) -> T:
    name = f"custodian:{officer.pk}"
    if locked_s := locked_for_s(name):
        raise NotPossible("passphrase_locked", seconds=locked_s)
    try:
        found = use()
    except NotPossible as refused:
        if refused.code == "passphrase_wrong":
            unit_actions.note_wrong_try(name)
        raise
    unit_actions.forget_wrong_tries(name)
    return found
