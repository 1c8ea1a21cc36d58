"""What `binhyen doctor` says about the keys that keep reporters' names sealed."""

from collections.abc import Iterator

from binhyen.cli.doctor_findings import Finding

_MOST_NAMED = 3


def identity_findings() -> Iterator[Finding]:
    """Units that cannot take a sealed name, keys nobody has tried for a quarter or can open, shares of who left."""
    from binhyen.cases.custodians import key_holders, rehearsal_is_due
    from binhyen.units.models import Unit
    from binhyen.vault.models import IdentityKey
    from binhyen.vault.sharing import NEEDED

    present = {key.unit_key: key for key in IdentityKey.objects.filter(replaced_at=None)}
    units = list(Unit.objects.order_by("pk"))
    without = [unit.name for unit in units if unit.pk not in present]
    due = [unit.name for unit in units if unit.pk in present and rehearsal_is_due(present[unit.pk])]
    if without:
        mend = "Console, Openings of names, Custodians and key: two custodians set passphrases and make it."
        yield Finding("identity key", "warning", f"missing in {_listed(without)}: no names are taken there", mend)
    if due:
        mend = "Two custodians press Rehearse under Custodians and key."
        yield Finding("identity key", "warning", f"not tried for three months in {_listed(due)}", mend)
    holders = key_holders()
    few = [unit.name for unit in units if unit.pk in holders and len(holders[unit.pk].custodians) < NEEDED]
    if few:
        mend = "Custodians with passphrases make a new key under Custodians and key; until then take no names."
        yield Finding("identity key", "wrong", f"nobody can open names given in {_listed(few)}: too few shares", mend)
    left = [unit.name for unit in units if unit.pk in holders and holders[unit.pk].former]
    if left:
        mend = "Two custodians press Share again under Custodians and key."
        yield Finding("identity key", "warning", f"somebody who left holds a share in {_listed(left)}", mend)
    if units and not without and not due and not few and not left:
        yield Finding("identity key", "ok", f"{len(units)} units keep names sealed")


def unread_findings() -> Iterator[Finding]:
    """Reports that nobody may see: all who could are set aside, and nobody of the superior unit works here."""
    from binhyen.cases.conflicts import unread_by_anybody
    from binhyen.units.models import Unit

    unread = unread_by_anybody()
    if unread:
        names = [f"{unit.name} ({unread[unit.pk]})" for unit in Unit.objects.filter(pk__in=unread).order_by("pk")]
        mend = "Give a commander or duty officer of the superior unit a place here: nobody reads them until then."
        yield Finding("reports", "wrong", f"nobody may see reports to {_listed(names)}", mend)


def _listed(names: list[str]) -> str:
    rest = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f" and {rest} more" if rest > 0 else "")
