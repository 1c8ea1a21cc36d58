"""Settings of the officer, and the way to those of the unit."""

from itertools import groupby

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from binhyen.audit.queries import reads_of
from binhyen.audit.unusual import Reading, readings
from binhyen.console.access import ConsoleRequest, officer_required
from binhyen.console.texts import ROLE_NAMES
from binhyen.units import actions as unit_actions
from binhyen.units import queries as unit_queries
from binhyen.units.models import Membership
from binhyen.units.queries import ADMINISTRATOR_ROLES

KEYS_COOKIE = "single_keys"


def _with_keys_choice(request: ConsoleRequest, response: HttpResponse) -> HttpResponse:
    """Whether keys of one letter work on this device (SC 2.1.4)."""
    if request.POST.get("single_keys") == "off":
        response.set_cookie(
            KEYS_COOKIE,
            "off",
            max_age=400 * 86_400,
            httponly=True,
            secure=request.is_secure(),
            samesite="Lax",
            path="/console/",
        )
    else:
        response.delete_cookie(KEYS_COOKIE, path="/console/", samesite="Lax")
    return response


def _own_reading(request: ConsoleRequest) -> list[Reading]:
    """What commanders see about this officer's reading (G19): the reader knows it too."""
    units = {unit_id for unit_id, _role in request.officer_scope.roles}
    reads = [read for unit_id in units for read in reads_of(unit_id, request.user.pk)]
    return readings(reads)


@officer_required
def own_settings(request: ConsoleRequest) -> HttpResponse:
    """Language and theme; links to the unit's settings for its administrators."""
    if request.method == "POST":
        unit_actions.save_preferences(request.user, request.POST.get("language", ""), request.POST.get("theme", ""))
        with translation.override(request.user.language):
            messages.success(request, _("Saved."))
        return _with_keys_choice(request, redirect("console:settings"))
    roles = Membership.objects.filter(officer=request.user).select_related("unit").order_by("unit__name", "role")
    context = {
        "roles": [
            (name, ", ".join(str(ROLE_NAMES.get(held.role, held.role)) for held in of_unit))
            for name, of_unit in groupby(roles, lambda membership: membership.unit.name)
        ],
        "own_reading": _own_reading(request),
        "administered": unit_queries.units_for(request.officer_scope, ADMINISTRATOR_ROLES),
    }
    return render(request, "console/settings.html", context)
