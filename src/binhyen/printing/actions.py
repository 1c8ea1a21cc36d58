"""Writes of the print room: order, stop, go on, the unit's mark."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction
from PIL import Image, ImageOps

from binhyen.audit.actions import record
from binhyen.core import clock
from binhyen.core.errors import NotPossible
from binhyen.printing.models import BatchState, Bundle, PrintBatch, UnitMark
from binhyen.printing.orders import order_out
from binhyen.printing.papers import Order, Paper, Target, UnitFacts, Wording, pages_in
from binhyen.printing.queries import PRINT_ROLES, mark_of
from binhyen.printing.rules import MARK_LIMIT_BYTES, check_order, checked_wording, run_number
from binhyen.units.models import Unit
from binhyen.units.scope import Scope
from binhyen.vault.media_types import recognise

MARK_PIXELS = 400


@dataclass(frozen=True, slots=True)
class Request:
    """What an officer chose; `target_count` targets will be given by the caller."""

    paper: Paper
    wording: Wording
    copies: int = 1
    expires_on: date | None = None
    bundle: Bundle = Bundle.PDF


@transaction.atomic
def order_batch(
    scope: Scope, unit: Unit, facts: UnitFacts, request: Request, targets_of: Callable[[str], Sequence[Target]]
) -> PrintBatch:
    """Order a print run; `targets_of` gets the run's number and gives its targets with fresh codes.

    Raises NotPossible as `rules.check_order` and `rules.checked_wording` say.
    """
    scope.check(unit.pk, PRINT_ROLES)
    wording = checked_wording(request.paper, request.wording)
    today = clock.today()
    Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)  # one number at a time
    number = run_number(today.year, PrintBatch.objects.filter(unit=unit, created_at__year=today.year).count() + 1)
    targets = tuple(targets_of(number))
    check_order(targets, request.copies, today, request.expires_on)
    order = Order(request.paper, facts, targets, number, today, request.expires_on, request.copies, wording)
    batch = PrintBatch.objects.create(
        unit=unit,
        number=number,
        paper=request.paper,
        ordered=order_out(order),
        bundle=request.bundle,
        total_count=len(targets),
        page_count=pages_in(order),
        created_by_id=scope.officer_id,
        created_at=clock.now(),
    )
    told: dict[str, str | int] = {"paper": request.paper.value, "pages": batch.page_count}
    record(unit.pk, "print.ordered", actor_key=scope.officer_id, subject=f"print {batch.public_id}", facts=told)
    return batch


@transaction.atomic
def stop_batch(scope: Scope, batch: PrintBatch) -> None:
    """Hold a run that waits or goes; what is made stays."""
    scope.check(batch.unit_id, PRINT_ROLES)
    PrintBatch.objects.filter(pk=batch.pk, state__in=(BatchState.WAITING, BatchState.RUNNING)).update(
        state=BatchState.STOPPED
    )
    record(batch.unit_id, "print.stopped", actor_key=scope.officer_id, subject=f"print {batch.public_id}")


@transaction.atomic
def resume_batch(scope: Scope, batch: PrintBatch) -> None:
    """Go on with a stopped or failed run from where it was."""
    scope.check(batch.unit_id, PRINT_ROLES)
    PrintBatch.objects.filter(pk=batch.pk, state__in=(BatchState.STOPPED, BatchState.FAILED)).update(
        state=BatchState.WAITING, failure=""
    )
    record(batch.unit_id, "print.resumed", actor_key=scope.officer_id, subject=f"print {batch.public_id}")


@transaction.atomic
def keep_mark(scope: Scope, unit: Unit, content: bytes, *, may_be_used: bool) -> None:
    """The unit's own mark, made small and grey. Raises NotPossible: mark_unconfirmed, mark_size, media_type."""
    scope.check(unit.pk, PRINT_ROLES)
    if not may_be_used:
        raise NotPossible("mark_unconfirmed")
    if len(content) > MARK_LIMIT_BYTES:
        raise NotPossible("mark_size", limit_mb=MARK_LIMIT_BYTES // (1024 * 1024))
    if not recognise(content).startswith("image/"):
        raise NotPossible("media_type")
    values = {"png": _small(content), "confirmed_by_id": scope.officer_id, "confirmed_at": clock.now()}
    UnitMark.objects.update_or_create(unit=unit, defaults=values)
    record(unit.pk, "print.mark_kept", actor_key=scope.officer_id, facts={"stated": "may be used"})


@transaction.atomic
def drop_mark(scope: Scope, unit: Unit) -> None:
    """Back to the neutral mark."""
    scope.check(unit.pk, PRINT_ROLES)
    UnitMark.objects.filter(unit=unit).delete()
    record(unit.pk, "print.mark_dropped", actor_key=scope.officer_id)


def with_mark(facts: UnitFacts, unit: Unit) -> UnitFacts:
    """The facts with the unit's mark, for a preview."""
    return replace(facts, mark_png=mark_of(unit))


def _small(content: bytes) -> bytes:
    """PNG in greys on white, without metadata."""
    with Image.open(io.BytesIO(content)) as opened:
        picture = ImageOps.exif_transpose(opened).convert("RGBA")
    picture.thumbnail((MARK_PIXELS, MARK_PIXELS))
    paper = Image.new("RGBA", picture.size, "white")
    paper.alpha_composite(picture)
    out = io.BytesIO()
    paper.convert("L").save(out, "PNG", optimize=True)
    return out.getvalue()
