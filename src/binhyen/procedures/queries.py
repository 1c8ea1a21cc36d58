"""Reads of the national catalogue and of the versions of units."""

import functools
from collections.abc import Iterable
from importlib import resources
from typing import Any

from binhyen.core import clock
from binhyen.core.errors import NotAllowed
from binhyen.core.yaml_text import parsed
from binhyen.procedures.catalogue import Catalogue
from binhyen.procedures.loading import read_catalogue
from binhyen.procedures.models import ProcedureVersion, VersionState
from binhyen.procedures.record import Row
from binhyen.units.models import Role, Unit
from binhyen.units.queries import access_unit, units_for
from binhyen.units.scope import Scope

EDIT_ROLES = frozenset({Role.PAGE_EDITOR, Role.DUTY_OFFICER, Role.COMMANDER, Role.UNIT_ADMINISTRATOR})
"""Roles that may draft a change of what residents are told."""
APPROVE_ROLES = frozenset({Role.COMMANDER, Role.UNIT_ADMINISTRATOR})
"""Roles that may let it out; never the person who wrote it."""
OPEN_STATES = (VersionState.DRAFT, VersionState.WAITING)


@functools.cache
def catalogue() -> Catalogue:
    """The national catalogue of the package, read once per process (about 0.3 s).

    Raises Misconfigured when a record lacks something.
    """
    return read_catalogue(*_parsed())


@functools.cache
def national_records() -> dict[str, Row]:
    """The records of catalogue.yaml by id, as they stand there."""
    return {row["id"]: row for row in _parsed()[0]}


@functools.cache
def _parsed() -> tuple[Any, ...]:
    folder = resources.files("binhyen.data") / "procedures"
    names = ("catalogue.yaml", "forms.yaml", "referrals.yaml")
    return tuple(parsed((folder / name).read_text(encoding="utf8")) for name in names)


def editable_units_for(scope: Scope) -> list[Unit]:
    """Units whose procedures the officer may edit, by name."""
    return units_for(scope, EDIT_ROLES)


def access_editable_unit(scope: Scope, public_id: str) -> Unit:
    """The unit, when the officer may edit its procedures. Raises NotAllowed."""
    return access_unit(scope, public_id, EDIT_ROLES)


def check_procedure(procedure_id: str) -> str:
    """The id itself. Raises NotAllowed for one that is not in the catalogue."""
    if procedure_id not in national_records():
        raise NotAllowed
    return procedure_id


def open_version_for(scope: Scope, unit: Unit, procedure_id: str) -> ProcedureVersion | None:
    """The draft or the version that waits for approval."""
    scope.check(unit.pk, EDIT_ROLES)
    found = ProcedureVersion.objects.filter(unit=unit, procedure=procedure_id, state__in=OPEN_STATES)
    return found.select_related("drafted_by", "unit").first()


def open_versions_for(scope: Scope, unit: Unit) -> list[ProcedureVersion]:
    """All drafts and waiting versions of the unit, oldest first."""
    scope.check(unit.pk, EDIT_ROLES)
    found = ProcedureVersion.objects.filter(unit=unit, state__in=OPEN_STATES)
    return list(found.select_related("drafted_by").order_by("drafted_at"))


def access_waiting_version(scope: Scope, unit: Unit, public_id: str) -> ProcedureVersion:
    """A version of the unit that waits for approval, for somebody who may approve. Raises NotAllowed."""
    scope.check(unit.pk, APPROVE_ROLES)
    found = ProcedureVersion.objects.filter(unit=unit, public_id=public_id, state=VersionState.WAITING)
    version = found.select_related("drafted_by", "unit").first()
    if version is None:
        raise NotAllowed
    return version


def versions_for(scope: Scope, unit: Unit, procedure_id: str, line: Iterable[int]) -> list[ProcedureVersion]:
    """Approved versions of the unit and of those above it, newest first."""
    scope.check(unit.pk, EDIT_ROLES)
    found = ProcedureVersion.objects.filter(unit__in=line, procedure=procedure_id, state=VersionState.APPROVED)
    return list(found.select_related("unit", "drafted_by", "approved_by").order_by("-approved_at"))


def own_versions_today(scope: Scope, unit: Unit) -> dict[str, ProcedureVersion]:
    """The unit's versions that count today, by procedure; those that say "as above" are left out."""
    scope.check(unit.pk, EDIT_ROLES)
    today = clock.today()
    found = ProcedureVersion.objects.filter(unit=unit, state=VersionState.APPROVED, valid_from__lte=today)
    rows = found.exclude(valid_to__lt=today).select_related("approved_by").order_by("valid_from", "approved_at", "pk")
    newest = {row.procedure: row for row in rows}
    return {name: row for name, row in newest.items() if row.changes}
