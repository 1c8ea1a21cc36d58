"""Settings of the officer, and the way to those of the unit."""

from itertools import groupby

from django.conf import settings as django_settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from binhyen.audit.queries import reads_of
from binhyen.audit.unusual import Reading, readings
from binhyen.cases.conflicts import CASE_ROLES
from binhyen.console.access import ConsoleRequest, officer_required
from binhyen.console.texts import ROLE_HINTS, ROLE_NAMES, Words, error_text
from binhyen.core.errors import NotPossible
from binhyen.inbox import officer_zalo
from binhyen.inbox.models import OfficerZalo
from binhyen.units import actions as unit_actions
from binhyen.units import queries as unit_queries
from binhyen.units.models import Membership, Role
from binhyen.units.queries import ADMINISTRATOR_ROLES
from binhyen.units.scope import (
    CONVERSATION_ROLES,
    FLOWING_ROLES,
    LEADER_ROLES,
    REPLY_ROLES,
    ROSTER_ROLES,
    SWITCH_ROLES,
)

MOST_UNITS_LISTED = 50
RIGHTS: tuple[tuple[Words, frozenset[Role]], ...] = (
    (gettext_lazy("Reads residents' messages"), CONVERSATION_ROLES),
    (gettext_lazy("Answers residents"), REPLY_ROLES),
    (gettext_lazy("Works sealed reports"), CASE_ROLES),
    (gettext_lazy("Plans duty, hands over"), ROSTER_ROLES),
    (gettext_lazy("Stops everything outgoing"), SWITCH_ROLES),
    (gettext_lazy("Approves words and topics"), LEADER_ROLES),
    (gettext_lazy("Officers, numbers, connections"), ADMINISTRATOR_ROLES),
    (gettext_lazy("Also in units below"), FLOWING_ROLES),
)
"""Columns of the page that explains the roles: the very sets that decide."""
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
    reads = [read for unit_id in request.officer_scope.unit_ids for read in reads_of(unit_id, request.user.pk)]
    return readings(reads)


@officer_required
def own_settings(request: ConsoleRequest) -> HttpResponse:
    """Language and theme; links to the unit's settings for its administrators."""
    if request.method == "POST":
        unit_actions.save_preferences(request.user, request.POST.get("language", ""), request.POST.get("theme", ""))
        with translation.override(request.user.language):
            messages.success(request, _("Saved."))
        return _with_keys_choice(request, redirect("console:settings"))
    return _page(request)


def _page(request: ConsoleRequest, status: int = 200, **extra: object) -> HttpResponse:
    roles = Membership.objects.filter(officer=request.user).select_related("unit").order_by("unit__name", "role")
    context = {
        "roles": [
            (name, ", ".join(str(ROLE_NAMES.get(held.role, held.role)) for held in of_unit))
            for name, of_unit in groupby(roles, lambda membership: membership.unit.name)
        ],
        "administered": unit_queries.units_for(request.officer_scope, ADMINISTRATOR_ROLES)[:MOST_UNITS_LISTED],
        "zalo": OfficerZalo.objects.filter(officer=request.user).exclude(contact=None).first(),
        "sends_mail": bool(django_settings.EMAIL_HOST),
        "own_reading": _own_reading(request),
    }
    return render(request, "console/settings.html", context | extra, status=status)


@require_POST
@officer_required
def own_alerts(request: ConsoleRequest) -> HttpResponse:
    """Where alerts reach this officer besides the console; a code to link the own Zalo, or the end of the link."""
    match request.POST.get("act", ""):
        case "link":
            return _page(request, link_code=officer_zalo.new_link_code(request.user))
        case "unlink":
            officer_zalo.unlink(request.user)
        case _:
            email = request.POST.get("email", "").strip()
            by_mail, by_zalo = "by_mail" in request.POST, "by_zalo" in request.POST
            try:
                unit_actions.save_alert_channels(request.user, email, by_mail=by_mail, by_zalo=by_zalo)
            except NotPossible as error:
                return _page(request, status=422, error=error_text(error), typed_email=email)
    messages.success(request, _("Saved."))
    return redirect("console:settings")


@officer_required
def roles(request: ConsoleRequest) -> HttpResponse:
    """The seven roles and what each may do, read from where the rights are decided."""
    rows = [
        (ROLE_NAMES[role.value], ROLE_HINTS[role.value], [role in held for _words, held in RIGHTS]) for role in Role
    ]
    return render(request, "console/roles.html", {"roles": rows, "rights": RIGHTS})
