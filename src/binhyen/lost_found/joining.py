"""Several reports of one thing or person: one record goes on, the others stay behind it so that everybody is told."""

from django.db import transaction
from django.db.models import Q

from binhyen.audit.actions import record as audit
from binhyen.core import clock
from binhyen.core.errors import NotPossible
from binhyen.lost_found.models import Claim, Record, RecordState
from binhyen.lost_found.queries import LEAST_LIKENESS, OPEN_STATES, WORK_ROLES, contact_of, traits_of
from binhyen.lost_found.rules import Likeness, likeness
from binhyen.units.scope import Scope

_JOINS = (RecordState.DRAFT, RecordState.REVIEW, RecordState.KEPT)
_FILLED = ("description", "first_name", "age_band", "clothing", "place", "area_id", "happened_on", "value_vnd")


def twins_for(scope: Scope, record: Record) -> list[tuple[Record, Likeness]]:
    """Open records of the same kind that may tell of the same thing, likest first. One query; never done by itself."""
    scope.check(record.unit_id, WORK_ROLES)
    if record.state not in OPEN_STATES:
        return []
    others = Record.objects.filter(unit_id=record.unit_id, kind=record.kind, state__in=OPEN_STATES)
    rows = others.exclude(pk=record.pk).select_related("area").order_by("-id")[:500]
    found = [(other, likeness(traits_of(record), traits_of(other))) for other in rows]
    return sorted((pair for pair in found if pair[1].percent >= LEAST_LIKENESS), key=lambda pair: -pair[1].percent)[:5]


@transaction.atomic
def join(scope: Scope, record: Record, into: Record, *, is_same_reporter: bool) -> None:
    """`record` tells of the same thing as `into`, which goes on; what `into` lacks is filled from it.

    The earlier receipt counts for the clocks. Raises NotPossible: join_other (another unit or kind, itself), join_state
    (one has ended), join_public (take its notice down first), join_claims (join the other way round).
    """
    scope.check(record.unit_id, WORK_ROLES)
    keys = sorted({record.pk, into.pk})
    rows = {row.pk: row for row in Record.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    if len(rows) < 2 or record.unit_id != into.unit_id or record.kind != into.kind:
        raise NotPossible("join_other")
    record, into = rows[record.pk], rows[into.pk]
    if record.state == RecordState.PUBLISHED:
        raise NotPossible("join_public")
    if record.state not in _JOINS or into.state not in (*_JOINS, RecordState.PUBLISHED):
        raise NotPossible("join_state")
    if Claim.objects.filter(record=record).exists():
        raise NotPossible("join_claims")
    now = clock.now()
    _fill(into, record)
    into.received_at, into.changed_at = min(into.received_at, record.received_at), now
    into.save()
    record.state, record.joined_to, record.is_same_reporter = RecordState.JOINED, into, is_same_reporter
    record.changed_at = now
    record.save()
    Record.objects.filter(joined_to=record).update(joined_to=into)
    audit(
        record.unit_id, "lost_found.joined", actor_key=scope.officer_id, subject=f"record {record.public_id}",
        facts={"into": into.public_id},
    )  # fmt: skip


def _fill(into: Record, record: Record) -> None:
    """Blanks alone, and nothing a notice already says or was approved with."""
    if into.state in (RecordState.DRAFT, RecordState.KEPT):
        for name in _FILLED:
            if getattr(into, name) in ("", None):
                setattr(into, name, getattr(record, name))
    if record.proof_count > into.proof_count and into.state in (RecordState.DRAFT, RecordState.KEPT):
        into.sealed_proof, into.proof_count = record.sealed_proof, record.proof_count
    if not into.sealed_contact:
        into.sealed_contact = record.sealed_contact


@transaction.atomic
def part(scope: Scope, record: Record) -> None:
    """Joined by mistake: the record stands for itself again, as a draft. Raises NotPossible("join_state")."""
    scope.check(record.unit_id, WORK_ROLES)
    row = Record.objects.select_for_update().get(pk=record.pk)
    if row.state != RecordState.JOINED or row.resolved_at is not None:
        raise NotPossible("join_state")
    row.state, row.joined_to, row.is_same_reporter, row.changed_at = RecordState.DRAFT, None, False, clock.now()
    row.save()
    audit(row.unit_id, "lost_found.parted", actor_key=scope.officer_id, subject=f"record {row.public_id}")


def joined_to(record: Record) -> list[tuple[Record, str, str]]:
    """Reports behind the record with name and telephone of who made them; only after the right was proven."""
    return [(row, *contact_of(row)) for row in Record.objects.filter(joined_to=record).order_by("id")]


def finders_of(record: Record) -> int:
    """How many people found the thing: the first one and every joined report of another person."""
    return 1 + Record.objects.filter(joined_to=record, is_same_reporter=False).count()


def end_joined(record: Record) -> None:
    """The record has a result: from now on the clock of telling runs for everybody who reported the same."""
    now = clock.now()
    Record.objects.filter(Q(resolved_at=None), joined_to=record).update(resolved_at=now, closed_at=now, changed_at=now)
