"""The duty roster of a unit, a week at a time."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import get_format
from django.utils.translation import gettext as _

from binhyen.console.access import ConsoleRequest, officer_required
from binhyen.console.dates import EARLIEST, LATEST, WITHIN
from binhyen.console.texts import error_text
from binhyen.core import clock
from binhyen.core.errors import NotPossible
from binhyen.core.working_time import WEEKDAY_NAMES
from binhyen.units import duty, shifts
from binhyen.units import queries as unit_queries
from binhyen.units.calendars import calendar_of
from binhyen.units.models import Officer, Unit
from binhyen.units.scope import REPLY_ROLES, ROSTER_ROLES

MOST_DAYS = 31
_WEEK = timedelta(days=7)


class ShiftTimes(forms.Form):
    """Day, hours and for how many days in a row."""

    day = forms.DateField(input_formats=get_format("DATE_INPUT_FORMATS", lang="vi"), validators=WITHIN)
    starts = forms.TimeField(input_formats=["%H:%M", "%Hh%M", "%Hh", "%H"])
    ends = forms.TimeField(input_formats=["%H:%M", "%Hh%M", "%Hh", "%H"])
    days = forms.IntegerField(min_value=1, max_value=MOST_DAYS, required=False)


@officer_required
def roster(request: ConsoleRequest, unit_id: str) -> HttpResponse:
    """A week of shifts; add, remove, and repeat the week."""
    unit = unit_queries.access_unit(request.officer_scope, unit_id, ROSTER_ROLES)
    monday = _monday(request.GET.get("week", ""))
    if request.method != "POST":
        return _page(request, unit, monday)
    try:
        _change(request, unit, monday)
    except NotPossible as error:
        return _page(request, unit, monday, status=422, error=error_text(error), typed=request.POST)
    return redirect(f"{reverse('console:roster', args=[unit.public_id])}?week={monday.isoformat()}")


def _monday(written: str) -> date:
    try:
        day = date.fromisoformat(written)
    except ValueError:
        day = clock.today()
    day = day if EARLIEST <= day <= LATEST else clock.today()
    return day - timedelta(days=day.weekday())


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, clock.VIETNAM)


def _change(request: ConsoleRequest, unit: Unit, monday: date) -> None:
    match request.POST.get("act", ""):
        case "remove":
            shifts.remove_shift(request.officer_scope, unit, request.POST.get("shift", ""))
        case "copy":
            made, left = shifts.copy_week(request.officer_scope, unit, _at(monday, time()))
            messages.success(
                request,
                _("%(made)s shifts repeated next week, %(left)s left out.") % {"made": made, "left": left},
            )
        case _:
            _add(request, unit)


def _add(request: ConsoleRequest, unit: Unit) -> None:
    form = ShiftTimes(request.POST)
    if not form.is_valid():
        raise NotPossible("shift_days" if set(form.errors) == {"days"} else "shift_times", most=MOST_DAYS)
    officer = _colleague(request, unit, request.POST.get("officer", ""))
    if officer is None:
        raise NotPossible("officer_missing")
    second = _colleague(request, unit, request.POST.get("second", ""))
    starts, ends = form.cleaned_data["starts"], form.cleaned_data["ends"]
    with transaction.atomic():
        for ahead in range(form.cleaned_data["days"] or 1):
            day = form.cleaned_data["day"] + timedelta(days=ahead)
            end_day = day if ends > starts else day + timedelta(days=1)
            shifts.add_shift(request.officer_scope, unit, _at(day, starts), _at(end_day, ends), officer, second)


def _colleague(request: ConsoleRequest, unit: Unit, public_id: str) -> Officer | None:
    return unit_queries.access_colleague(request.officer_scope, unit, public_id) if public_id else None


def _page(request: ConsoleRequest, unit: Unit, monday: date, status: int = 200, **extra: Any) -> HttpResponse:
    since = _at(monday, time())
    planned = duty.shifts_for(request.officer_scope, unit, since, since + _WEEK)
    calendar = calendar_of(unit.pk)
    days = [
        (
            day,
            WEEKDAY_NAMES[day.weekday()],
            calendar.why_off(day) if day.weekday() < 5 else "",
            [shift for shift in planned if shift.starts_at.astimezone(clock.VIETNAM).date() == day],
        )
        for day in (monday + timedelta(days=number) for number in range(7))
    ]
    context = {
        "unit": unit,
        "monday": monday,
        "days": days,
        "people": unit_queries.colleagues_for(request.officer_scope, unit.pk, REPLY_ROLES),
        "before": (monday - _WEEK).isoformat(),
        "after": (monday + _WEEK).isoformat(),
        "today": clock.today(),
    }
    return render(request, "console/roster.html", context | extra, status=status)
