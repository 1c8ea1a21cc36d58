"""Numbers of cases: 1, 2, 3 ... within a unit, each once, however many reports come in the same moment."""

from django.db.models import F

from binhyen.cases.models import CaseCounter


def next_number(unit_id: int) -> int:
    """Take the next number inside the caller's transaction, which holds the unit's counter until it ends.

    A report that is rolled back gives its number back, so that there are no gaps.
    """
    wanted = CaseCounter.objects.filter(unit_id=unit_id)
    if not wanted.update(last_number=F("last_number") + 1):
        CaseCounter.objects.bulk_create([CaseCounter(unit_id=unit_id)], ignore_conflicts=True)
        wanted.update(last_number=F("last_number") + 1)
    return wanted.values_list("last_number", flat=True).get()
