"""Totals from before this system: a leader of the unit brings them in as a list, with where they were read."""

import csv
import io

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from binhyen.console.access import ConsoleRequest, officer_required
from binhyen.console.texts import error_text
from binhyen.core.errors import NotPossible
from binhyen.core.sheets import MOST_BYTES, read_rows
from binhyen.statistics import wording as words
from binhyen.statistics.bringing_in import COLUMNS, MOST_LISTED, bring_in, brought_in_for, codes, read_totals
from binhyen.statistics.measures import BY_CODE
from binhyen.statistics.models import BroughtIn
from binhyen.statistics.protection import is_small
from binhyen.units import queries as unit_queries
from binhyen.units.models import Unit
from binhyen.units.scope import LEADER_ROLES


@officer_required
def brought_in(request: ConsoleRequest, unit_id: str) -> HttpResponse:
    """What was brought in so far; a list is checked or taken whole, and nothing of it when one line is wrong."""
    unit = unit_queries.access_unit(request.officer_scope, unit_id, LEADER_ROLES)
    error, checked = "", None
    if request.method == "POST":
        try:
            checked = _take(request, unit)
        except NotPossible as refused:
            error = error_text(refused)
        if not error and checked is None:
            return redirect("console:brought-in", unit.public_id)
    context = {
        "unit": unit,
        "error": error,
        "checked": checked,
        "source": request.POST.get("source", "")[:200],
        "rows": [(row, BY_CODE[row.code].title, _shown(row)) for row in brought_in_for(request.officer_scope, unit)],
        "most": MOST_LISTED,
        "measures": [BY_CODE[code] for code in codes()],
    }
    return render(request, "console/brought_in.html", context, status=422 if error else 200)


def _take(request: ConsoleRequest, unit: Unit) -> int | None:
    """How many figures the list holds when it was only to be checked; None when they were brought in.

    Raises NotPossible: import_missing, and those of `read_rows`, `read_totals` and `bring_in`.
    """
    file = request.FILES.get("file")
    if file is None or not file.size:
        raise NotPossible("import_missing")
    if file.size > MOST_BYTES:
        raise NotPossible("import_size", limit_mb=MOST_BYTES // (1024 * 1024))
    source = request.POST.get("source", "")
    if not source.strip():
        raise NotPossible("totals_source")
    totals = read_totals(read_rows(file.read(), file.name or "", from_top=True))
    if request.POST.get("act") == "check":
        return len(totals)
    changed = bring_in(unit, totals, source, actor=request.user.pk)
    said = _("%(read)s figures read, %(changed)s changed.") % {"read": len(totals), "changed": changed}
    messages.success(request, said)
    return None


def _shown(row: BroughtIn) -> str:
    """A count of one to four people is not shown here either (G28)."""
    return words.HIDDEN if BY_CODE[row.code].protects and is_small(row.count) else words.number(row.count)


@require_safe
@officer_required
def brought_in_template(request: ConsoleRequest, unit_id: str) -> HttpResponse:
    """The empty list to fill in."""
    unit_queries.access_unit(request.officer_scope, unit_id, LEADER_ROLES)
    text = io.StringIO()
    csv.writer(text).writerow(COLUMNS)
    answer = HttpResponse(text.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="so-lieu-truoc-day.csv"'
    return answer
