"""What is erased when: pictures of people 30 days, contacts and claims 90 days after the end (law section 12)."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from binhyen.core.retention import Eraser, Held
from binhyen.lost_found.models import Claim, HandOver, Record, RecordKind, RecordState
from binhyen.vault import files

_AT_ONCE = 50
_ENDED = (RecordState.RESOLVED, RecordState.HANDED_OVER, RecordState.CLOSED, RecordState.JOINED)


def _pictures(before: datetime) -> QuerySet[Record]:
    """With pictures of people who were found."""
    return Record.objects.filter(picture__isnull=False, resolved_at__lt=before).exclude(kind=RecordKind.FOUND_ITEM)


def _erase_pictures(before: datetime, held: Held) -> int:  # noqa: ARG001 - a legal hold is of a case
    count = 0
    for record in _pictures(before).select_related("picture__original")[:_AT_ONCE]:
        with transaction.atomic():
            picture = record.picture
            if picture is not None:
                files.erase(picture.original or picture)
        count += 1
    return count


def _people(before: datetime) -> QuerySet[Record]:
    """Ended, with contacts, names, proof details, claims or receivers."""
    old = Q(closed_at__lt=before) | Q(closed_at=None, resolved_at__lt=before)
    named = ~Q(sealed_contact=b"") | ~Q(sealed_proof=b"") | ~Q(first_name="") | ~Q(clothing="")
    return Record.objects.filter(old & named, state__in=_ENDED)


def _erase_people(before: datetime, held: Held) -> int:  # noqa: ARG001 - see above
    keys = list(_people(before).values_list("pk", flat=True)[:_AT_ONCE])
    with transaction.atomic():
        Claim.objects.filter(record_id__in=keys).delete()
        HandOver.objects.filter(record_id__in=keys).update(sealed_receiver=b"")
        Record.objects.filter(pk__in=keys).update(sealed_contact=b"", sealed_proof=b"", first_name="", clothing="")
    return len(keys)


ERASERS = (
    Eraser("lost_found_personal", lambda before, _held: _people(before).count(), _erase_people),
    Eraser("child_photo", lambda before, _held: _pictures(before).count(), _erase_pictures),
)
