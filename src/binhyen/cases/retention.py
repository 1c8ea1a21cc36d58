"""Erasing cases: the name goes first, then words and files with their key, years later the register row."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from binhyen.audit import actions as audit
from binhyen.audit.journal import note_erasure
from binhyen.cases import pieces
from binhyen.cases.files_of_case import erase as erase_file
from binhyen.cases.incidents.models import ComparisonDue, IncidentMember, IncidentSuggestion
from binhyen.cases.incidents.told import forget_told, key_of_case
from binhyen.cases.models import Case, CaseEvent, CaseRoute, CaseTask, TransferPackage
from binhyen.cases.openings import Opening, OpeningState
from binhyen.cases.states import DONE_STATES, CaseState
from binhyen.core.database import want_log_overwritten
from binhyen.core.retention import MOST_AT_ONCE, Eraser, Held


@transaction.atomic
def erase_case(case: Case, why: str) -> None:
    """Destroy the key of a case; nothing it sealed can be read again, in no copy that does not hold the key.

    Number, kind, states and times stay as the register row; the receipt opens nothing any more.
    """
    note_erasure("case", case.public_id)
    pieces.forget_waiting(case)
    for file in case.files.select_related("original"):
        erase_file(file)
    for rows in (CaseTask, TransferPackage, CaseRoute, ComparisonDue, IncidentMember):
        rows.objects.filter(case=case).delete()
    IncidentSuggestion.objects.filter(Q(case=case) | Q(other=case)).delete()
    forget_told(case.unit_id, [key_of_case(case.pk)])
    _end_openings(case)
    Opening.objects.filter(case=case).update(sealed_reason=b"")
    CaseEvent.objects.filter(case=case).exclude(sealed_text=b"").delete()
    case.wrapped_key = case.sealed_report = case.sealed_identity = b""
    case.receipt_hash, case.second_secret_hash, case.submission_key = None, "", None
    case.save()
    audit.record(case.unit_id, "case.erased", actor_key=None, subject=case.public_id, facts={"why": why})
    want_log_overwritten()


@transaction.atomic
def destroy_identity(case: Case, why: str) -> None:
    """Destroy the envelope alone: the case goes on without a name."""
    note_erasure("identity", case.public_id)
    _end_openings(case)
    case.sealed_identity, case.identity_key = b"", None
    case.save(update_fields=["sealed_identity", "identity_key"])
    audit.record(case.unit_id, "identity.destroyed", actor_key=None, subject=case.public_id, facts={"why": why})
    want_log_overwritten()


def _end_openings(case: Case) -> None:
    """What is shown at this moment, or asked for, ends with the name: it is in no envelope of the asking browser."""
    ends = {OpeningState.OPEN: OpeningState.ENDED, OpeningState.ASKED: OpeningState.EXPIRED}
    for opening in Opening.objects.filter(case=case, state__in=ends):
        opening.state, opening.sealed_view = ends[OpeningState(opening.state)], b""
        opening.save(update_fields=["state", "sealed_view"])
        opening.given.all().delete()
        audit.record(opening.unit_id, f"identity.{opening.state}", actor_key=None, subject=opening.public_id)


def _over(before: datetime, held: Held) -> QuerySet[Case]:
    """Cases that ended, or whose hand-over was confirmed, and that nobody touched since.

    What the reporter adds later moves `changed_at`, which is the grace. A case that another unit of this server works
    on ends when that one does: its code leads there.
    """
    confirmed = TransferPackage.objects.filter(case=OuterRef("pk"), acknowledged_at__lt=before)
    onward = Case.objects.filter(transferred_from=OuterRef("pk"))
    worked_out = onward.filter(Q(wrapped_key=b"") | Q(state__in=DONE_STATES, closed_at__lt=before))
    is_over = Q(state__in=DONE_STATES, closed_at__lt=before) | (
        Q(state=CaseState.TRANSFERRED) & (Exists(confirmed) | Exists(worked_out))
    )
    return Case.objects.filter(is_over, changed_at__lt=before).exclude(public_id__in=held)


def _closed(before: datetime, held: Held, *, handed_over: bool) -> QuerySet[Case]:
    due = _over(before, held).exclude(wrapped_key=b"")
    moved = Exists(TransferPackage.objects.filter(case=OuterRef("pk"))) | Exists(
        Case.objects.filter(transferred_from=OuterRef("pk"))
    )
    return due.filter(moved) if handed_over else due.exclude(moved)


def _erase_closed(before: datetime, held: Held, *, handed_over: bool) -> int:
    rows = list(_closed(before, held, handed_over=handed_over).order_by("pk")[:MOST_AT_ONCE])
    for case in rows:
        erase_case(case, "aged")
    return len(rows)


def _envelopes(before: datetime, held: Held) -> QuerySet[Case]:
    return _over(before, held).exclude(sealed_identity=b"")


def _destroy_envelopes(before: datetime, held: Held) -> int:
    rows = list(_envelopes(before, held).order_by("pk")[:MOST_AT_ONCE])
    for case in rows:
        destroy_identity(case, "aged")
    return len(rows)


def remove_row(case: Case) -> None:
    """The register row of an erased case goes too: number, kind, states and times. The record says that it went."""
    note_erasure("register_row", case.public_id)
    audit.record(case.unit_id, "case.row_removed", actor_key=None, subject=case.public_id)
    case.delete()


def _rows(before: datetime, held: Held) -> QuerySet[Case]:
    """Erased cases that ended long ago; a part goes before its whole, where it went before where it came from."""
    due = Case.objects.filter(wrapped_key=b"").exclude(public_id__in=held)
    due = due.filter(Q(closed_at__lt=before) | Q(closed_at=None, changed_at__lt=before))
    later = Case.objects.filter(Q(split_from=OuterRef("pk")) | Q(transferred_from=OuterRef("pk")))
    return due.exclude(Exists(later))


def _remove_rows(before: datetime, held: Held) -> int:
    with transaction.atomic():
        rows = list(_rows(before, held).order_by("pk")[:MOST_AT_ONCE])
        for case in rows:
            remove_row(case)
    return len(rows)


ERASERS = (
    Eraser("report_identity_envelope", lambda before, held: _envelopes(before, held).count(), _destroy_envelopes),
    Eraser(
        "report_content_no_action",
        lambda before, held: _closed(before, held, handed_over=False).count(),
        lambda before, held: _erase_closed(before, held, handed_over=False),
    ),
    Eraser(
        "report_content_handed_over",
        lambda before, held: _closed(before, held, handed_over=True).count(),
        lambda before, held: _erase_closed(before, held, handed_over=True),
    ),
    Eraser("register_row", lambda before, held: _rows(before, held).count(), _remove_rows),
)
