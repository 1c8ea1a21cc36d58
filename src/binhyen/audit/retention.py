"""Ages out the oldest part of each chain and keeps where the rest begins (deadlines.yaml: officer_audit)."""

from datetime import datetime

from binhyen.audit import guards
from binhyen.audit.models import AuditHead, AuditRow, AuditSegment
from binhyen.core import clock
from binhyen.core.retention import Eraser, Held

MOST_AT_ONCE = 20_000


def age_chain(unit_key: int, before: datetime) -> int:
    """Delete the rows of one chain older than `before`, never its last one; the number deleted.

    The hash of the last row that went is kept, so that the rest still verifies.
    """
    with guards.lifted():
        last = AuditRow.objects.select_for_update().filter(unit_key=unit_key).order_by("-sequence").first()
        old = AuditRow.objects.filter(unit_key=unit_key, at__lt=before).order_by("sequence")[:MOST_AT_ONCE]
        rows = [row for row in old if last is not None and row.sequence < last.sequence]
        if not rows:
            return 0
        AuditSegment.objects.update_or_create(
            unit_key=unit_key,
            defaults={"last_sequence": rows[-1].sequence, "last_hash": rows[-1].row_hash, "aged_on": clock.today()},
        )
        return AuditRow.objects.filter(unit_key=unit_key, sequence__lte=rows[-1].sequence).delete()[0]


def _due(before: datetime, held: Held) -> int:  # noqa: ARG001 - rows of the record hold no content to be held
    last = AuditHead.objects.values("unit_key", "sequence")
    old = AuditRow.objects.filter(at__lt=before)
    return sum(old.filter(unit_key=one["unit_key"], sequence__lt=one["sequence"]).count() for one in last)


def _erase(before: datetime, held: Held) -> int:  # noqa: ARG001 - see above
    old = AuditRow.objects.filter(at__lt=before).order_by().values_list("unit_key", flat=True).distinct()
    return sum(age_chain(unit_key, before) for unit_key in list(old))


ERASERS = (Eraser("officer_audit", _due, _erase),)
