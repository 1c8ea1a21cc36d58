"""What `binhyen doctor` says about the keys that keep reporters' names sealed."""

from collections.abc import Iterator

from binhyen.cli.doctor_findings import Finding

_MOST_NAMED = 3


def identity_findings() -> Iterator[Finding]:
    """Units that cannot take a sealed name, and keys nobody has tried for a quarter."""
    from binhyen.cases.custodians import rehearsal_is_due
    from binhyen.units.models import Unit
    from binhyen.vault.models import IdentityKey

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
    if units and not without and not due:
        yield Finding("identity key", "ok", f"{len(units)} units keep names sealed")


def _listed(names: list[str]) -> str:
    rest = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f" and {rest} more" if rest > 0 else "")
