"""Connecting the unit's Zalo page: consent by link, or a pasted pair of tokens; behind step-up (G38)."""

from django.http import HttpResponse
from django.shortcuts import render

from binhyen.console.access import ConsoleRequest, fresh_second_factor_required
from binhyen.units import queries
from binhyen.units.queries import ADMINISTRATOR_ROLES


@fresh_second_factor_required
def page_connection(request: ConsoleRequest, unit_id: str) -> HttpResponse:
    """State of the connection and the ways to make it."""
    unit = queries.access_unit(request.officer_scope, unit_id, ADMINISTRATOR_ROLES)
    return render(request, "console/zalo.html", {"unit": unit})


@fresh_second_factor_required
def callback(request: ConsoleRequest) -> HttpResponse:
    """Zalo sends the administrator back here with a code."""
    return render(request, "console/zalo.html", {})
