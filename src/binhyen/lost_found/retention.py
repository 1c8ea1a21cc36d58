"""What is erased when: pictures of people 30 days, contacts and claims 90 days after the end (law section 12)."""

from django.db import transaction
from django.db.models import Q

from binhyen.core import clock
from binhyen.core.retention import erased_before
from binhyen.lost_found.models import Claim, HandOver, Record, RecordKind, RecordState
from binhyen.vault import files

_AT_ONCE = 50
_ENDED = (RecordState.RESOLVED, RecordState.HANDED_OVER, RecordState.CLOSED, RecordState.JOINED)


def forget_pictures() -> int:
    """Erase pictures of people who were found; the number erased."""
    before = erased_before("child_photo", clock.now())
    rows = Record.objects.filter(picture__isnull=False, resolved_at__lt=before).exclude(kind=RecordKind.FOUND_ITEM)
    count = 0
    for record in rows.select_related("picture__original")[:_AT_ONCE]:
        with transaction.atomic():
            picture = record.picture
            if picture is not None:
                files.erase(picture.original or picture)
        count += 1
    return count


def forget_people() -> int:
    """Erase contacts, names, proof details, claims and receivers of records that ended; the number emptied."""
    before = erased_before("lost_found_personal", clock.now())
    old = Q(closed_at__lt=before) | Q(closed_at=None, resolved_at__lt=before)
    named = ~Q(sealed_contact=b"") | ~Q(sealed_proof=b"") | ~Q(first_name="") | ~Q(clothing="")
    keys = list(Record.objects.filter(old & named, state__in=_ENDED).values_list("pk", flat=True)[:_AT_ONCE])
    with transaction.atomic():
        Claim.objects.filter(record_id__in=keys).delete()
        HandOver.objects.filter(record_id__in=keys).update(sealed_receiver=b"")
        Record.objects.filter(pk__in=keys).update(sealed_contact=b"", sealed_proof=b"", first_name="", clothing="")
    return len(keys)
