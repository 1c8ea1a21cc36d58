"""What counts for a unit: the national record with the changes of every level down to it, kept for half a minute."""

import functools
import hashlib
import json
import time
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from django.db.models import Q

from binhyen.core import clock
from binhyen.procedures.catalogue import Catalogue, Procedure
from binhyen.procedures.loading import read_procedure
from binhyen.procedures.models import ProcedureVersion, VersionState
from binhyen.procedures.queries import catalogue, national_records
from binhyen.procedures.record import Row, merged
from binhyen.units.models import Unit

FRESH_S = 30.0
"""An approved version is told everywhere at most so much later."""
MOST_LEVELS = 10
Line = tuple[int, ...]
"""Keys of a unit and of those above it, the highest first."""

_kept: dict[int, tuple[float, Catalogue]] = {}


def line_of(unit_id: int) -> Line:
    """The unit's line; one query a level."""
    line: list[int] = []
    key: int | None = unit_id
    while key is not None and key not in line and len(line) < MOST_LEVELS:
        line.append(key)
        key = Unit.objects.filter(pk=key).values_list("parent_id", flat=True).first()
    return tuple(reversed(line))


def catalogue_of(unit_id: int) -> Catalogue:
    """The unit's catalogue without the procedures it hides; at most `FRESH_S` old, mostly a dictionary read."""
    kept = _kept.get(unit_id)
    if kept and time.monotonic() - kept[0] < FRESH_S:
        return kept[1]
    found = read_catalogue_of(unit_id)
    _kept[unit_id] = (time.monotonic(), found)
    return found


def forget_catalogues() -> None:
    """Drop what is kept, after an approval in this process and in tests."""
    _kept.clear()
    _put_together.cache_clear()


def read_catalogue_of(unit_id: int) -> Catalogue:
    """The same, read now; put together anew only when another version counts."""
    line = line_of(unit_id)
    keys = _keys_in_force(line, clock.today())
    return _put_together(line, tuple(keys)) if keys else catalogue()


def _in_force(line: Iterable[int], on: date) -> Q:
    return Q(unit__in=tuple(line), state=VersionState.APPROVED, valid_from__lte=on) & (
        Q(valid_to=None) | Q(valid_to__gte=on)
    )


def _keys_in_force(line: Line, on: date) -> list[int]:
    """Keys of the versions that count, by level; of one unit's versions the one that began last."""
    rows = ProcedureVersion.objects.filter(_in_force(line, on)).order_by("valid_from", "approved_at", "pk")
    newest = {(unit, procedure): key for key, unit, procedure in rows.values_list("pk", "unit_id", "procedure")}
    levels = {unit: level for level, unit in enumerate(line)}
    return [key for _, key in sorted((levels[unit], key) for (unit, _), key in newest.items())]


@functools.lru_cache(maxsize=512)
def _put_together(line: Line, keys: tuple[int, ...]) -> Catalogue:
    """Approved versions never change, so their keys say all."""
    levels = {unit: level for level, unit in enumerate(line)}
    rows = ProcedureVersion.objects.filter(pk__in=keys).values_list("unit_id", "procedure", "changes")
    layers: dict[str, list[Row]] = {}
    for _, procedure, changes in sorted(rows, key=lambda row: levels[row[0]]):
        layers.setdefault(procedure, []).append(changes)
    return with_changes(catalogue(), layers)


def with_changes(base: Catalogue, layers: Mapping[str, list[Row]]) -> Catalogue:
    """The national catalogue with the changes of each procedure, highest level first; hidden ones are left out."""
    procedures = []
    for procedure in base.procedures:
        if found := layers.get(procedure.id):
            record = functools.reduce(merged, found, national_records()[procedure.id])
            procedure = typed(record)
        if procedure.is_offered:
            procedures.append(procedure)
    return Catalogue(tuple(procedures), base.forms, base.old_names, base.referrals)


def typed(record: Row) -> Procedure:
    """A merged record as the typed value, with its revision and the names that are not national."""
    procedure = read_procedure(record)
    national = frozenset(national_records()[procedure.id]["aliases_vi"])
    own = tuple(name for name in procedure.aliases if name not in national)
    return replace(procedure, revision=fingerprint(record)[:16], own_aliases=own)


def fingerprint(record: Row) -> str:
    """SHA-256 in hex of everything the record says."""
    return hashlib.sha256(json.dumps(record, ensure_ascii=False, sort_keys=True, default=str).encode()).hexdigest()


def layers_on(unit_id: int, procedure_id: str, on: date) -> list[ProcedureVersion]:
    """The versions that count for one procedure at the end of the day, highest level first."""
    line = line_of(unit_id)
    found = ProcedureVersion.objects.filter(_in_force(line, on), procedure=procedure_id)
    rows = found.select_related("unit", "drafted_by", "approved_by").order_by("valid_from", "approved_at", "pk")
    newest = {row.unit_id: row for row in rows}
    return [newest[unit] for unit in line if unit in newest]


def record_above(unit: Unit, procedure_id: str) -> Row:
    """The record as it would be without the unit's own changes."""
    versions = [version for version in layers_on(unit.pk, procedure_id, clock.today()) if version.unit_id != unit.pk]
    return functools.reduce(merged, (version.changes for version in versions), national_records()[procedure_id])


def records_above(unit: Unit) -> dict[str, Row]:
    """The same for every procedure, by id; a fixed number of queries."""
    line = line_of(unit.pk)[:-1]
    return _records(line, national_records())


def records_of(unit: Unit) -> dict[str, Row]:
    """Every procedure as it counts for the unit today, hidden ones too, by id."""
    return _records(line_of(unit.pk), national_records())


def _records(line: Line, national: Mapping[str, Row]) -> dict[str, Row]:
    keys = _keys_in_force(line, clock.today()) if line else []
    levels = {unit: level for level, unit in enumerate(line)}
    rows = ProcedureVersion.objects.filter(pk__in=keys).values_list("unit_id", "procedure", "changes")
    records = dict(national)
    for _, procedure, changes in sorted(rows, key=lambda row: levels[row[0]]):
        if procedure in records:
            records[procedure] = merged(records[procedure], changes)
    return records
