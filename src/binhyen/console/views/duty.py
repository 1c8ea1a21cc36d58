"""Duty acts and live updates: the stop switch, ringing alerts, the polling fallback."""

import hashlib

from django.contrib import messages
from django.http import HttpResponse, HttpResponseNotModified, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from binhyen.console.access import ConsoleRequest, officer_required
from binhyen.core.errors import NotAllowed
from binhyen.inbox import alerts, queries
from binhyen.inbox.models import DutyAlert
from binhyen.units import actions as unit_actions
from binhyen.units import queries as unit_queries
from binhyen.units.scope import CONVERSATION_ROLES, SWITCH_ROLES


@officer_required
def stop_switches(request: ConsoleRequest) -> HttpResponse:
    """The switch of each of the officer's units."""
    units = unit_queries.units_for(request.officer_scope, SWITCH_ROLES)
    if not units:
        raise NotAllowed
    return render(request, "console/stop_switches.html", {"switch_units": units})


@officer_required
def stop_switch(request: ConsoleRequest, unit_id: str) -> HttpResponse:
    """Ask with the effect named, then hold back or release everything outgoing of the unit (G44)."""
    unit = unit_queries.access_unit(request.officer_scope, unit_id, SWITCH_ROLES)
    if request.method != "POST":
        return render(request, "console/stop_switch.html", {"switch_unit": unit})
    if request.POST.get("act") == "allow":
        unit_actions.allow_sending(request.officer_scope, unit)
        messages.success(request, _("Messages of %(unit)s go out again.") % {"unit": unit.name})
    else:
        unit_actions.stop_sending(request.officer_scope, unit)
        messages.success(request, _("Nothing of %(unit)s goes out until you allow it again.") % {"unit": unit.name})
    return redirect("console:inbox")


@require_POST
@officer_required
def accept_alert(request: ConsoleRequest, alert_id: str) -> HttpResponse:
    """Take the alert by name and open its conversation."""
    alert = alerts.access_alert(request.officer_scope, alert_id)
    if not alerts.accept_alert(request.officer_scope, alert):
        messages.info(request, _("A colleague has already taken this alert."))
    return redirect(_matter_address(request, alert))


def _matter_address(request: ConsoleRequest, alert: DutyAlert) -> str:
    """Where the matter is dealt with; the Today page for a superior's desk, which does not read it."""
    if not request.officer_scope.holds(alert.unit_id, CONVERSATION_ROLES):
        return reverse("console:today")
    if alert.conversation:
        return reverse("console:thread", args=[alert.conversation.public_id])
    return alert.address or reverse("console:today")


@officer_required
def pulse(request: ConsoleRequest) -> HttpResponse:
    """Whether anything changed, for browsers without a live stream: 304 when not. Never counts as an act."""
    changed_at = queries.last_change_for(request.officer_scope)
    ringing = alerts.ringing_alerts_for(request.officer_scope)
    stopped = queries.stopped_units_for(request.officer_scope)
    facts = {
        "changed": changed_at.isoformat() if changed_at else "",
        "ringing": [alert.public_id for alert in ringing],
        "stopped": [unit.public_id for unit in stopped],
    }
    tag = f'"{hashlib.sha256(repr(facts).encode()).hexdigest()[:20]}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers={"ETag": tag})
    return JsonResponse(facts, headers={"ETag": tag})
