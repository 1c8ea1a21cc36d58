"""The programme: five published cases with their figures, and day by day where they were loaded (`load-case`)."""

from datetime import date, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.http import require_safe

from binhyen.core.text import whole_number
from binhyen.portal.pages import page
from binhyen.statistics.measures import BY_CODE
from binhyen.statistics.periods import Span, name_of
from binhyen.statistics.wording import number
from binhyen.workflows.published_cases import Case, cases, counts_until


@require_safe
def programme(request: HttpRequest) -> HttpResponse:
    """All five."""
    return page(request, "programme", None, {"cases": [(case, name_of(case.span)) for case in cases().values()]})


@require_safe
def case(request: HttpRequest, name: str) -> HttpResponse:
    """One case: what was published, and what there was until a day. A wrong day is taken for the nearest."""
    found = cases().get(name)
    if found is None:
        raise Http404
    span = found.span
    step = whole_number(request.GET.get("ngay", ""), span.days, span.days)
    day = span.start + timedelta(days=max(1, step) - 1)
    counts = counts_until(found, day)
    context = {
        "case": found,
        "period": name_of(span),
        "is_loaded": counts is not None,
        "lines": _lines(found, counts or {}),
        "day": day,
        "step": max(1, step),
        "days": span.days,
        "months": _months(span, day),
    }
    return page(request, "programme_case", None, context)


def _lines(found: Case, counts: dict[str, int]) -> list[tuple[str, str, str]]:
    """Title, count until the day, total."""
    with translation.override("vi"):
        return [
            (str(BY_CODE[code].title), number(counts.get(code, 0)), number(total))
            for code, total in found.totals.items()
        ]


def _months(span: Span, day: date) -> list[tuple[str, int, bool]]:
    """The last day of each month: name, its number within the span, whether it is the one shown."""
    days = [span.start + timedelta(days=step) for step in range(span.days)]
    lasts = [(one, at) for at, one in enumerate(days, start=1) if (one + timedelta(days=1)).day == 1]
    return [(f"{one:%m/%Y}", at, one == day) for one, at in lasts]
