"""Reports, their steps, their time limits, and opinions on conduct: counts alone, nothing that is sealed."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Coalesce

from binhyen.cases.conduct_rows import ConductFeedback
from binhyen.cases.models import Case, CaseClock, CaseEvent
from binhyen.cases.states import CaseState
from binhyen.statistics.counting.counted import Counted, bounds

STEPS = {
    CaseState.TRANSFERRED: "reports_transferred",
    CaseState.CLOSED: "reports_solved",
    CaseState.CONTESTED: "reports_contested",
}


def received(day: date) -> Iterator[Counted]:
    """`reports_received`: new cases; parts of a split one and those handed over from another unit here are left out."""
    start, end = bounds(day)
    rows = Case.objects.filter(received_at__gte=start, received_at__lt=end, split_from=None, transferred_from=None)
    for unit_id, count in rows.values_list("unit_id").annotate(n=Count("id")).order_by():
        yield Counted(unit_id, "reports_received", count)


def steps(day: date) -> Iterator[Counted]:
    """`reports_transferred`, `reports_solved`, `reports_contested`: changes of state on that day."""
    start, end = bounds(day)
    rows = CaseEvent.objects.filter(at__gte=start, at__lt=end, state__in=list(STEPS), case__split_from=None)
    for unit_id, state, count in (
        rows.values_list("case__unit_id", "state").annotate(n=Count("case", distinct=True)).order_by()
    ):
        yield Counted(unit_id, STEPS[CaseState(state)], count)


def limits(day: date) -> Iterator[Counted]:
    """`limits_kept` and `limits_missed`, by the time limit as it was first computed, and as much later as the reporter
    was waited for (G58); one that stands still meanwhile is neither, nor is "at once", which has no length to keep.
    """
    start, end = bounds(day)
    rows = CaseClock.objects.filter(is_information=False).exclude(first_due_at=F("starts_at"))
    rows = rows.annotate(owed_at=Coalesce("waited_due_at", "first_due_at"))
    on_time = Q(met_at__gte=start, met_at__lt=end, met_at__lte=F("owed_at"))
    stands = Q(is_law=False, case__waits_for_reporter_since__lt=F("owed_at"))
    undone = Q(met_at=None, stopped_at=None) & ~stands
    ended = Q(owed_at__gte=start, owed_at__lt=end)
    late = ended & (undone | Q(met_at__gt=F("owed_at")) | Q(stopped_at__gt=F("owed_at")))
    for code, which in (("limits_kept", on_time), ("limits_missed", late)):
        for unit_id, count in rows.filter(which).values_list("case__unit_id").annotate(n=Count("id")).order_by():
            yield Counted(unit_id, code, count)


def ratings(day: date) -> Iterator[Counted]:
    """`ratings` and `ratings_sum` of the unit they are about."""
    rows = ConductFeedback.objects.filter(day=day)
    for unit_id, count, marks in (
        rows.values_list("about_unit_id")
        .annotate(n=Count("id"), s=Sum(F("manners") + Coalesce("guidance", "manners")))
        .order_by()
    ):
        yield Counted(unit_id, "ratings", count)
        yield Counted(unit_id, "ratings_sum", marks)
