"""What stands beside the queue: what was not received and why, who waits too long, and the unit's limit."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from binhyen.console.access import ConsoleRequest, officer_required
from binhyen.console.not_received_texts import count_words
from binhyen.console.rows import duration_words
from binhyen.console.texts import ATTACHMENT_REASONS, error_text
from binhyen.core.errors import NotAllowed, NotPossible
from binhyen.inbox import not_received
from binhyen.inbox.waiting.actions import set_wait_limit
from binhyen.inbox.waiting.queries import limits_of, waiting_for
from binhyen.inbox.waiting.rules import ages_of
from binhyen.units import queries as unit_queries
from binhyen.units.queries import ADMINISTRATOR_ROLES
from binhyen.units.scope import CONVERSATION_ROLES, LEADER_ROLES

SHOWN = 100


@officer_required
def not_taken(request: ConsoleRequest) -> HttpResponse:
    """Refused, ignored and unread: numbers with reasons, and the files that were not taken."""
    scope = request.officer_scope
    if not scope.units_with(CONVERSATION_ROLES | ADMINISTRATOR_ROLES):
        raise NotAllowed
    context = {
        "days": not_received.DAYS,
        "numbers": [(one, count_words(one.name)) for one in not_received.counts_for(scope)],
        "unread": not_received.unread_for(scope),
        "files": [
            (one, ATTACHMENT_REASONS.get(one.reason, one.reason)) for one in not_received.refused_files_for(scope)
        ],
    }
    return render(request, "console/not_received.html", context)


@officer_required
def waiting(request: ConsoleRequest) -> HttpResponse:
    """Who waits longest in office time, per unit the limit, which leaders may change."""
    scope = request.officer_scope
    units = unit_queries.conversation_units_for(scope)
    if not units:
        raise NotAllowed
    if request.method == "POST":
        unit = unit_queries.access_unit(scope, request.POST.get("of_unit", ""), LEADER_ROLES)
        typed = request.POST.get("hours", "").strip().replace(",", ".")
        try:
            set_wait_limit(scope, unit, _minutes(typed))
            messages.success(request, _("The limit is kept."))
        except NotPossible as error:
            messages.error(request, error_text(error))
        return redirect("console:waiting")
    found = waiting_for(scope)
    names = {unit.pk: unit.name for unit in units} if len(units) > 1 else {}
    ages, limits = ages_of(found), limits_of({unit.pk for unit in units})
    context = {
        "ages": ages,
        "median": duration_words(ages.median) if ages.median is not None else "",
        "rows": [
            (one, duration_words(one.age), duration_words(one.limit), names.get(one.unit_id, ""))
            for one in found[:SHOWN]
        ],
        "limits": [(unit, _hours(limits[unit.pk]), scope.holds(unit.pk, LEADER_ROLES)) for unit in units],
        "unit": units[0] if len(units) == 1 else None,
    }
    return render(request, "console/waiting.html", context)


def _minutes(hours: str) -> int:
    """Hours as typed, "8" or "1.5", in minutes; -1 for anything else, which the rule refuses."""
    whole, _dot, part = hours.partition(".")
    if not (whole.isascii() and whole.isdecimal() and len(whole) < 4):
        return -1
    if part and not (part.isascii() and part.isdecimal() and len(part) < 3):
        return -1
    return round(float(hours) * 60)


def _hours(limit: timedelta) -> str:
    hours = limit.total_seconds() / 3600
    return f"{hours:g}".replace(".", ",")
