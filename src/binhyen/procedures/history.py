"""The national records by day, so that "what did we answer on 1 March" can be said after an upgrade too."""

import functools
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from binhyen.core import clock
from binhyen.procedures.catalogue import Procedure
from binhyen.procedures.effective import fingerprint, layers_on, line_of, typed
from binhyen.procedures.models import NationalRecord, ProcedureVersion
from binhyen.procedures.queries import EDIT_ROLES, check_procedure, national_records, versions_for
from binhyen.procedures.record import Row, merged
from binhyen.units.models import Unit
from binhyen.units.scope import Scope


def remember_national_records() -> int:
    """Note which records of the package are new or changed; the number noted. Called by every worker, cheap when none.

    The first run of a day counts for the day; a second change on one day replaces the first.
    """
    present = {row.procedure: row for row in NationalRecord.objects.filter(valid_to=None).defer("record")}
    prints = {name: fingerprint(row) for name, row in national_records().items()}
    changed = [name for name, value in prints.items() if name not in present or present[name].fingerprint != value]
    gone = [row for name, row in present.items() if name not in prints]
    if not changed and not gone:
        return 0
    today = clock.today()
    with transaction.atomic():
        ended = [present[name].pk for name in changed if name in present] + [row.pk for row in gone]
        NationalRecord.objects.filter(pk__in=ended, valid_from=today).delete()
        NationalRecord.objects.filter(pk__in=ended).update(valid_to=today - timedelta(days=1))
        NationalRecord.objects.bulk_create(
            NationalRecord(
                procedure=name, record=_plain(national_records()[name]), fingerprint=prints[name], valid_from=today
            )
            for name in changed
        )
    return len(changed) + len(gone)


def _plain(row: Row) -> Row:
    """The record as JSON keeps it: days as text."""
    plain: Row = json.loads(json.dumps(row, ensure_ascii=False, default=str))
    return plain


@dataclass(frozen=True, slots=True)
class RecordOnDay:
    """What a unit told residents about a procedure at the end of a day."""

    day: date
    procedure: Procedure
    national_since: date | None
    """First day of the national record; None when this installation has no note of that day."""
    versions: tuple[ProcedureVersion, ...]
    """The versions that counted, highest level first; each names who wrote and who approved it."""
    earlier_that_day: tuple[ProcedureVersion, ...]
    """Versions that were replaced on this very day."""

    @property
    def is_offered(self) -> bool:
        """False: residents were not told, an officer answered."""
        return self.procedure.is_offered


def record_on(scope: Scope, unit: Unit, procedure_id: str, day: date) -> RecordOnDay:
    """What counted at the end of `day`. Raises NotAllowed."""
    scope.check(unit.pk, EDIT_ROLES)
    national = _national_on(check_procedure(procedure_id), day)
    versions = layers_on(unit.pk, procedure_id, day)
    start = national.record if national else national_records()[procedure_id]
    record = functools.reduce(merged, (version.changes for version in versions), start)
    return RecordOnDay(
        day=day,
        procedure=typed(record),
        national_since=national.valid_from if national else None,
        versions=tuple(versions),
        earlier_that_day=tuple(_earlier_that_day(scope, unit, procedure_id, day, {version.pk for version in versions})),
    )


def _national_on(procedure_id: str, day: date) -> NationalRecord | None:
    known = NationalRecord.objects.filter(procedure=procedure_id, valid_from__lte=day)
    return known.filter(Q(valid_to=None) | Q(valid_to__gte=day)).order_by("-valid_from").first()


def _earlier_that_day(
    scope: Scope, unit: Unit, procedure_id: str, day: date, counted: set[int]
) -> Iterator[ProcedureVersion]:
    """Versions that still counted on the morning of `day` or began on it, and were replaced before its end."""
    begun = [
        version
        for version in versions_for(scope, unit, procedure_id, line_of(unit.pk))
        if version.valid_from == day and _day(version.approved_at) == day
    ]
    replaced_units = {version.unit_id for version in begun if version.pk in counted}
    for version in layers_on(unit.pk, procedure_id, day - timedelta(days=1)):
        goes_on = version.valid_to is None or version.valid_to >= day
        if version.pk not in counted and goes_on and version.unit_id in replaced_units:
            yield version
    yield from (version for version in reversed(begun) if version.pk not in counted)


def _day(moment: datetime | None) -> date | None:
    return moment.astimezone(clock.VIETNAM).date() if moment else None
