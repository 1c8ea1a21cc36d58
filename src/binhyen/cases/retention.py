"""Erasing cases: the key goes first, then files and words; the register row without them stays."""

from django.db import transaction

from binhyen.audit import actions as audit
from binhyen.cases.files_of_case import erase as erase_file
from binhyen.cases.models import Case, CaseEvent, CaseRoute, CaseTask, TransferPackage
from binhyen.cases.openings import Opening
from binhyen.core.database import want_log_overwritten


@transaction.atomic
def erase_case(case: Case, why: str) -> None:
    """Destroy the key of a case; nothing it sealed can be read again, in no copy that does not hold the key.

    Number, kind, states and times stay as the register row; the receipt opens nothing any more.
    """
    for file in case.files.select_related("original"):
        erase_file(file)
    for rows in (CaseTask, TransferPackage, CaseRoute):
        rows.objects.filter(case=case).delete()
    Opening.objects.filter(case=case).update(sealed_view=b"", sealed_reason=b"")
    CaseEvent.objects.filter(case=case).exclude(sealed_text=b"").delete()
    case.wrapped_key = case.sealed_report = case.sealed_identity = b""
    case.receipt_hash, case.second_secret_hash, case.submission_key = None, "", None
    case.save()
    audit.record(case.unit_id, "case.erased", actor_key=None, subject=case.public_id, facts={"why": why})
    want_log_overwritten()


@transaction.atomic
def destroy_identity(case: Case, why: str) -> None:
    """Destroy the envelope alone: the case goes on without a name."""
    case.sealed_identity, case.identity_key = b"", None
    case.save(update_fields=["sealed_identity", "identity_key"])
    audit.record(case.unit_id, "identity.destroyed", actor_key=None, subject=case.public_id, facts={"why": why})
    want_log_overwritten()
