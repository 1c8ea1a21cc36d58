"""The set-up guide of a unit: nine steps that can be left and resumed, and the check list before opening."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import get_format
from django.utils.translation import gettext as _

from binhyen.channels.models import Account, AccountState
from binhyen.console.access import ConsoleRequest, ask_again, officer_required
from binhyen.console.dates import WITHIN
from binhyen.console.setting_up_texts import CHECKS, STEP_HINTS, STEP_NAMES
from binhyen.console.sign_in import second_factor_is_fresh
from binhyen.console.texts import error_text
from binhyen.core.configuration import configuration
from binhyen.core.errors import NotAllowed, NotPossible
from binhyen.core.sheets import MOST_BYTES, read_lines, read_rows
from binhyen.core.text import fold, whole_number
from binhyen.core.working_time import WEEKDAY_NAMES
from binhyen.units import area_lists, queries, setting_up
from binhyen.units.area_rows import read_areas
from binhyen.units.calendars import periods_of, read_calendar
from binhyen.units.hours_words import written
from binhyen.units.models import Address, Unit
from binhyen.units.national import communes_named
from binhyen.units.queries import ADMINISTRATOR_ROLES
from binhyen.units.setting_up import STEPS


class OneDay(forms.Form):
    """A date as people write it."""

    day = forms.DateField(input_formats=get_format("DATE_INPUT_FORMATS", lang="vi"), validators=WITHIN)


@officer_required
def guide(request: ConsoleRequest, unit_id: str) -> HttpResponse:
    """The check list and the way to every step; POST opens the unit for residents."""
    unit = queries.access_unit(request.officer_scope, unit_id, ADMINISTRATOR_ROLES)
    checks = _checks(request, unit)
    error = ""
    if request.method == "POST":
        try:
            setting_up.go_live(request.officer_scope, unit, checks)
            messages.success(request, _("%(unit)s is open for residents.") % {"unit": unit.name})
            return redirect("console:set-up", unit.public_id)
        except NotPossible as refused:
            error = error_text(refused)
    steps = [(number, step, STEP_NAMES[step], _step_state(unit, step, checks)) for number, step in enumerate(STEPS, 1)]
    context = {
        "unit": unit,
        "steps": steps,
        "checks": [(check, CHECKS[check.code]) for check in checks],
        "is_ready": all(check.is_done for check in checks if check.blocks),
        "error": error,
    }
    return render(request, "console/set_up.html", context, status=422 if error else 200)


def _checks(request: ConsoleRequest, unit: Unit) -> list[setting_up.Check]:
    connected = Account.objects.filter(unit=unit, connector="zalo_oa", state=AccountState.ACTIVE).count()
    return setting_up.checks_for(request.officer_scope, unit, connected)


def _step_state(unit: Unit, step: str, checks: list[setting_up.Check]) -> str:
    mine = [check for check in checks if check.step == step]
    if mine and all(check.is_done for check in mine):
        return "done"
    return "later" if step in unit.skipped_steps else "open" if mine else "look"


FRESH_STEPS = frozenset({"numbers", "zalo"})
"""Whom residents call, and how the page answers: whoever changes that proves the second factor anew (G38)."""


@officer_required
def step(request: ConsoleRequest, unit_id: str, step: str) -> HttpResponseBase:
    """One step; what was typed stays when something is wrong, and "later" leads to the next one."""
    unit = queries.access_unit(request.officer_scope, unit_id, ADMINISTRATOR_ROLES)
    if step not in STEPS:
        raise NotAllowed
    if step in FRESH_STEPS and not second_factor_is_fresh(request):
        return ask_again(request)
    if request.method != "POST":
        return _page(request, unit, step)
    if request.POST.get("act") == "later":
        setting_up.skip_step(request.officer_scope, unit, step)
        return _next(unit, step)
    try:
        shown = _SAVES[step](request, unit) if step in _SAVES else None
    except NotPossible as error:
        unit.refresh_from_db()
        return _page(request, unit, step, status=422, error=error_text(error), typed=request.POST)
    if shown is not None:
        return _page(request, unit, step, **shown)
    messages.success(request, _("Saved."))
    stays = request.POST.get("act", "save") != "save"
    return redirect("console:set-up-step", unit.public_id, step) if stays else _next(unit, step)


def _next(unit: Unit, step: str) -> HttpResponse:
    place = STEPS.index(step) + 1
    if place == len(STEPS):
        return redirect("console:set-up", unit.public_id)
    return redirect("console:set-up-step", unit.public_id, STEPS[place])


Shown = dict[str, Any] | None
"""What the page of the step shows besides; None goes on."""


def _save_unit(request: ConsoleRequest, unit: Unit) -> Shown:
    if request.POST.get("act") == "find":
        words = request.POST.get("commune", "")
        found = [
            (commune.code, f"{commune.name}, {commune.province}", "; ".join(_old_names(commune.old_names, words)))
            for commune in communes_named(words)
        ]
        return {"found": found, "typed": request.POST, "has_searched": True}
    fields = {name: request.POST.get(name, "") for name in ("name", "short_name", "street_address", "national_code")}
    fields["address_form"] = request.POST.get("address_form", unit.address_form)
    fields["answers"] = request.POST.get("answers", "")
    remote = request.POST.get("is_remote_area") == "yes"
    setting_up.save_unit(request.officer_scope, unit, fields, is_remote_area=remote)
    return None


def _old_names(names: tuple[str, ...], words: str) -> list[str]:
    """A few old names, those that were asked for first."""
    wanted = set(fold(words).split())
    return sorted(names, key=lambda name: -len(wanted & set(fold(name).split())))[:4]


def _save_numbers(request: ConsoleRequest, unit: Unit) -> Shown:
    scope, form = request.officer_scope, request.POST
    match form.get("act", ""):
        case "add":
            setting_up.add_number(
                scope,
                unit,
                form.get("title", ""),
                form.get("phone", ""),
                form.get("area", ""),
                is_emergency=form.get("sort") == "emergency",
                in_office_hours=form.get("sort") == "office",
            )
        case "remove":
            position = form.get("position", "")
            setting_up.remove_number(scope, unit, whole_number(position, -1, 10_000))
        case _:
            setting_up.save_duty_phone(scope, unit, form.get("duty_phone", ""))
    return None


def _save_areas(request: ConsoleRequest, unit: Unit) -> Shown:
    form, wanted = request.POST, request.POST.get("area", "")
    match form.get("act", ""):
        case "correct":
            typed = [form.get(name, "") for name in ("name", "households", "inhabitants")]
            area_lists.correct_area(request.officer_scope, unit, wanted, typed)
        case "remove":
            area_lists.remove_area(request.officer_scope, unit, wanted)
        case _:
            return _take_list(request, unit)
    return None


def _take_list(request: ConsoleRequest, unit: Unit) -> Shown:
    file = request.FILES.get("file")
    if file is not None and (file.size or 0) > MOST_BYTES:
        raise NotPossible("import_size", limit_mb=MOST_BYTES // (1024 * 1024))
    rows = read_rows(file.read(), file.name or "", from_top=True) if file else read_lines(request.POST.get("lines", ""))
    found = read_areas(rows)
    if not found.areas and not found.bad:
        raise NotPossible("import_empty")
    added, changed = area_lists.take_areas(request.officer_scope, unit, found)
    bad = [(row.line, row.text, error_text(row.why)) for row in found.bad]
    taken = {"added": added, "changed": changed, "bad": bad, "titles": found.titles}
    return {"taken": taken, "typed": {"lines": "\n".join(row.text for row in found.bad)}}


def _save_zalo(request: ConsoleRequest, unit: Unit) -> Shown:
    setting_up.set_api(request.officer_scope, unit, has_api=request.POST.get("has_api") == "yes")
    return None


def _save_hours(request: ConsoleRequest, unit: Unit) -> Shown:
    scope, form = request.officer_scope, request.POST
    act = form.get("act", "")
    if act not in {"add", "remove"}:
        setting_up.save_hours(scope, unit, [form.get(f"day{number}", "") for number in range(7)])
        return None
    day = OneDay(form)
    if not day.is_valid():
        raise NotPossible("day_odd")
    if act == "remove":
        setting_up.remove_day(scope, unit, day.cleaned_data["day"])
    else:
        works = form.get("sort") == "working"
        hours, note = form.get("hours", ""), form.get("note", "")
        setting_up.save_day(scope, unit, day.cleaned_data["day"], hours, note, is_working_day=works)
    return None


_SAVES: dict[str, Callable[[ConsoleRequest, Unit], Shown]] = {
    "unit": _save_unit,
    "numbers": _save_numbers,
    "areas": _save_areas,
    "zalo": _save_zalo,
    "hours": _save_hours,
}


def _page(request: ConsoleRequest, unit: Unit, step: str, status: int = 200, **extra: Any) -> HttpResponse:
    portal = f"{configuration().public_url}/{unit.slug}/"
    context: dict[str, Any] = {
        "unit": unit,
        "step": step,
        "number": STEPS.index(step) + 1,
        "step_count": len(STEPS),
        "step_name": STEP_NAMES[step],
        "hint": STEP_HINTS[step],
        "before": STEPS[STEPS.index(step) - 1] if STEPS.index(step) else "",
        "portal": portal,
    } | _step_context(request, unit, step, portal)
    return render(request, f"console/set_up/{step}.html", context | extra, status=status)


def _step_context(request: ConsoleRequest, unit: Unit, step: str, portal: str) -> dict[str, Any]:
    match step:
        case "unit":
            return {"address_forms": Address.choices}
        case "officers":
            return {"people": queries.colleagues_for(request.officer_scope, unit.pk)}
        case "numbers":
            entries = unit.directory.select_related("area").order_by("position", "pk")
            return {"entries": entries, "areas": unit.areas.order_by("sort_key")}
        case "areas":
            return {"areas": unit.areas.order_by("sort_key")}
        case "zalo":
            return {"pages": Account.objects.filter(unit=unit, connector="zalo_oa").order_by("pk")}
        case "hours":
            return _hours_context(request, unit)
        case "print":
            import segno

            picture = segno.make(portal, error="m").svg_inline(
                scale=5, border=4, light="#fff", svgclass="qr", lineclass=None, omitsize=True
            )
            return {"picture": picture}
        case _:
            return {"way_back": reverse("console:today")}


def _hours_context(request: ConsoleRequest, unit: Unit) -> dict[str, Any]:
    week = read_calendar(unit).week
    typed = [request.POST.get(f"day{number}") for number in range(7)]
    lines = [written(periods) if was is None else was for periods, was in zip(week, typed, strict=True)]
    days = [(row, written(periods_of(row.periods) or ())) for row in unit.calendar_days.order_by("day")]
    return {"week": list(zip(range(7), WEEKDAY_NAMES, lines, strict=True)), "days": days}
