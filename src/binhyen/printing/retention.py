"""Made papers are erased after some weeks: they can be made again, the run's row stays."""

from datetime import timedelta

from django.db import transaction

from binhyen.core import clock
from binhyen.printing.models import PrintBatch
from binhyen.vault import files

KEPT = timedelta(days=30)
_AT_ONCE = 50


def forget_old_papers() -> int:
    """Erase files of runs that were finished long ago; the number erased."""
    old = PrintBatch.objects.filter(file__isnull=False, finished_at__lt=clock.now() - KEPT).select_related("file")
    count = 0
    for batch in old[:_AT_ONCE]:
        with transaction.atomic():
            if batch.file is not None:
                files.erase(batch.file)
        count += 1
    return count
