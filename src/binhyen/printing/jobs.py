"""Make ordered papers, some targets at a time, so that a run can be watched, stopped and taken up again."""

import io
import zipfile
from collections.abc import Callable, Sequence

from django.db import transaction

from binhyen.core import clock
from binhyen.core.errors import TryAgain
from binhyen.printing.models import BatchState, Bundle, PrintBatch, PrintPart
from binhyen.printing.orders import order_in
from binhyen.printing.papers import PACKAGE, Order, Target, template_data, template_of
from binhyen.printing.queries import mark_of
from binhyen.printing.scanning import CodeUnreadable, check_codes, check_sheet
from binhyen.printing.typesetting import typeset
from binhyen.vault import files
from binhyen.vault.models import StoredFile

CHUNK = 25
"""Targets between two looks at the clock and the stop button."""
PDF, ZIP = "application/pdf", "application/zip"


def work_next(is_stopping: Callable[[], bool] = lambda: False) -> int:
    """Make the next run that waits, or the one a crash left; the number of targets made now.

    Returns early when `is_stopping` says so or an officer stopped the run.
    """
    batch = PrintBatch.objects.filter(state__in=(BatchState.RUNNING, BatchState.WAITING)).order_by("created_at").first()
    if batch is None or not _take(batch):
        return 0
    order = order_in(batch.ordered, mark_of(batch.unit))
    began_with = batch.done_count
    try:
        check_sheet(order)
        while batch.done_count < batch.total_count:
            if is_stopping() or not _still_wanted(batch):
                return batch.done_count - began_with
            _make_chunk(batch, order)
        _finish(batch, order)
    except CodeUnreadable:
        _fail(batch, "unreadable")
    except TryAgain:
        _fail(batch, "disk_full")
    except RuntimeError:
        _fail(batch, "typesetting")
    return max(1, batch.done_count - began_with)


def _take(batch: PrintBatch) -> bool:
    wanted = PrintBatch.objects.filter(pk=batch.pk, state__in=(BatchState.RUNNING, BatchState.WAITING))
    return bool(wanted.update(state=BatchState.RUNNING))


def _still_wanted(batch: PrintBatch) -> bool:
    return PrintBatch.objects.filter(pk=batch.pk, state=BatchState.RUNNING).exists()


def _make_chunk(batch: PrintBatch, order: Order) -> None:
    """Check the codes of the next targets; for a ZIP also set and keep their pages."""
    first = batch.done_count
    some = order.targets[first : first + CHUNK]
    check_codes(some)
    with transaction.atomic():
        if batch.bundle == Bundle.ZIP and not PrintPart.objects.filter(batch=batch, first=first).exists():
            PrintPart.objects.create(batch=batch, first=first, file=_kept(batch, _pages(order, some), PDF))
        batch.done_count = first + len(some)
        PrintBatch.objects.filter(pk=batch.pk).update(done_count=batch.done_count)


def _pages(order: Order, targets: Sequence[Target]) -> bytes:
    return typeset(PACKAGE, template_of(order.paper), template_data(order, targets))


def _kept(batch: PrintBatch, content: bytes, content_type: str) -> StoredFile:
    return files.store(content, batch.unit_id, content_type, batch.number)


def _finish(batch: PrintBatch, order: Order) -> None:
    content = _archive(batch, order) if batch.bundle == Bundle.ZIP else _pages(order, order.targets)
    with transaction.atomic():
        kept = _kept(batch, content, ZIP if batch.bundle == Bundle.ZIP else PDF)
        done = PrintBatch.objects.filter(pk=batch.pk, state=BatchState.RUNNING).update(
            state=BatchState.DONE, file=kept, finished_at=clock.now()
        )
        if not done:  # stopped in the last moment: the file is made again when it goes on
            files.erase(kept)
            return
        for part in PrintPart.objects.filter(batch=batch).select_related("file"):
            files.erase(part.file)


def _archive(batch: PrintBatch, order: Order) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for number, part in enumerate(
            PrintPart.objects.filter(batch=batch).select_related("file").order_by("first"), 1
        ):
            last = min(part.first + CHUNK, len(order.targets))
            name = f"{batch.number}_{number:03d}_so-{part.first + 1}-den-{last}.pdf"
            archive.writestr(name, files.open(part.file))
    return out.getvalue()


def _fail(batch: PrintBatch, code: str) -> None:
    PrintBatch.objects.filter(pk=batch.pk).update(state=BatchState.FAILED, failure=code)
