"""The figures of one hamlet: its households reached, month by month; counts alone (G28, G32)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from binhyen.console.access import ConsoleRequest, officer_required
from binhyen.console.charts import percent_text
from binhyen.console.views.figures import asked_span
from binhyen.statistics import wording as words
from binhyen.statistics.areas import AreaLine, AreaMonths, area_months
from binhyen.statistics.families import written_at
from binhyen.statistics.periods import Grain, code_of, name_of, period_around
from binhyen.statistics.queries import VIEW_ROLES
from binhyen.statistics.time_chart import Column, column_chart
from binhyen.units.queries import access_unit


@require_safe
@officer_required
def figures_of_hamlet(request: ConsoleRequest, unit_id: str, area_id: str) -> HttpResponse:
    """Twelve months up to the last one of the span."""
    unit = access_unit(request.officer_scope, unit_id, VIEW_ROLES)
    span, error = asked_span(request)
    found = area_months(unit, area_id, span, written_at())
    context = {
        "unit": unit,
        "area": found.area,
        "error": error,
        "period": code_of(span),
        "period_name": name_of(span),
        "stats": _stats(found.now),
        "chart": _chart(found),
        "months": [(period_around(month, Grain.MONTH).name, *_cells(line)) for month, line in found.months],
    }
    return render(request, "console/figures_of_hamlet.html", context, status=422 if error else 200)


def _stats(line: AreaLine) -> list[tuple[str, str]]:
    return [
        (_("Households"), words.number(line.households)),
        (_("Inhabitants"), words.number(line.inhabitants)),
        (_("Households in groups"), _shown(line.reached)),
        (_("Coverage"), percent_text(line.percent)),
        (_("Members of groups"), _shown(line.members)),
        (_("Hamlet groups"), words.number(line.groups)),
    ]


def _cells(line: AreaLine | None) -> tuple[str, str, str]:
    """Households reached, their share, members."""
    if line is None:
        return words.NONE, words.NONE, words.NONE
    return _shown(line.reached), percent_text(line.percent), _shown(line.members)


def _shown(count: int | None) -> str:
    return words.HIDDEN if count is None else words.number(count)


def _chart(found: AreaMonths) -> Any:
    columns = [Column(f"{month.month}", line.reached if line else 0) for month, line in found.months]
    finding = _("Twelve months up to %(last)s; the largest month has %(high)s.") % {
        "last": period_around(found.months[-1][0], Grain.MONTH).name,
        "high": words.number(max((column.value or 0 for column in columns), default=0)),
    }
    return column_chart(_("Households in groups"), finding, columns)
