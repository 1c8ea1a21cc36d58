"""Whether the procedures' pages helped, as residents pressed it (section D): one whole quarter at a time."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from binhyen.console.access import ConsoleRequest, officer_required
from binhyen.core import clock
from binhyen.core.errors import NotAllowed
from binhyen.procedures.queries import access_editable_unit
from binhyen.statistics.helped import helped_in, whole_quarters


@require_safe
@officer_required
def helped(request: ConsoleRequest, unit_id: str) -> HttpResponse:
    """Yes and no per procedure."""
    unit = access_editable_unit(request.officer_scope, unit_id)
    quarters = whole_quarters(clock.today())
    wanted = request.GET.get("quarter", quarters[0].code)
    quarter = next((one for one in quarters if one.code == wanted), None)
    if quarter is None:
        raise NotAllowed
    context = {
        "unit": unit,
        "quarter": quarter,
        "quarters": quarters,
        "rows": helped_in(request.officer_scope, unit, quarter),
    }
    return render(request, "console/procedures_helped.html", context)
