"""Groups and coverage (O9): the register of hamlet groups, counts with their date, QR codes."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from binhyen.console.access import ConsoleRequest, officer_required
from binhyen.console.charts import Bar, bar_chart, percent_text, tile_grid
from binhyen.console.dates import day_in
from binhyen.console.texts import error_text
from binhyen.core import clock
from binhyen.core.errors import NotAllowed, NotPossible
from binhyen.groups import actions, importing, queries
from binhyen.groups.actions import GroupEntry
from binhyen.groups.models import Group, GroupKind, JoinCode
from binhyen.groups.queries import EDIT_ROLES, VIEW_ROLES, UnitCoverage
from binhyen.groups.rules import LOW_COVERAGE, Coverage, warning_step
from binhyen.printing.papers import qr_text
from binhyen.units import queries as unit_queries
from binhyen.units.models import Area, Unit
from binhyen.workflows import print_room

SHAPES = ("table", "bars", "tiles")


def join_address(code: str) -> str:
    """What a QR code holds: the unit's own page first (G45); upper case keeps the code small and easy to scan."""
    return qr_text(print_room.join_address(code))


@officer_required
def groups(request: ConsoleRequest) -> HttpResponse:
    """The register of one unit with its coverage; a province sees the sums of its communes."""
    units = unit_queries.units_for(request.officer_scope, VIEW_ROLES)
    if not units:
        raise NotAllowed
    asked = request.GET.get("unit", "")
    unit = unit_queries.access_unit(request.officer_scope, asked, VIEW_ROLES) if asked else units[0]
    found = queries.coverage_for(request.officer_scope, unit)
    shape = request.GET.get("shape", "table")
    context = {
        "unit": unit,
        "units": units,
        "found": found,
        "percent": percent_text(found.total.percent),
        "rows": [(row, percent_text(row.coverage.percent), _next_step(row.coverage)) for row in found.areas],
        "below": [(each, coverage, percent_text(coverage.percent)) for each, coverage in found.below],
        "others": _without_area(request, unit) if not found.below else [],
        "renewals": queries.packages_to_renew(request.officer_scope, unit),
        "chart": _chart(found, shape),
        "shape": shape if shape in SHAPES else "table",
        "may_edit": request.officer_scope.holds(unit.pk, EDIT_ROLES),
        "today": clock.today(),
    }
    return render(request, "console/groups/groups.html", context)


def _without_area(request: ConsoleRequest, unit: Unit) -> list[Group]:
    """Groups of the whole commune and internal ones: listed, not counted as coverage."""
    rows = queries.groups_for(request.officer_scope, unit)
    return [group for group in rows if group.area_id is None or group.kind == GroupKind.INTERNAL]


def _next_step(coverage: Coverage) -> str:
    if coverage.percent is None:
        return _("Enter the number of households")
    if coverage.counted_on is None:
        return _("Enter how many households are in the group")
    return _("Next: leaflets, visits") if coverage.percent < LOW_COVERAGE else ""


def _chart(found: UnitCoverage, shape: str) -> str:
    bars = [Bar(row.area.name, row.coverage.percent) for row in found.areas]
    bars = bars or [Bar(each.name, coverage.percent) for each, coverage in found.below]
    finding = _("%(percent)s of %(households)s households are reached.") % {
        "percent": percent_text(found.total.percent),
        "households": found.total.households,
    }
    if not bars or shape not in ("bars", "tiles"):
        return ""
    return (bar_chart if shape == "bars" else tile_grid)(_("Households reached, by area"), finding, bars)


@officer_required
def new_group(request: ConsoleRequest, unit_id: str) -> HttpResponse:
    """A new group; an empty name takes the one by rule."""
    unit = unit_queries.access_unit(request.officer_scope, unit_id, EDIT_ROLES)
    context = {"unit": unit, "areas": _areas(unit), "typed": request.POST, "typed_area": request.GET.get("area", "")}
    if request.method != "POST":
        return render(request, "console/groups/new_group.html", context)
    try:
        group = actions.add_group(request.officer_scope, unit, _entry(request, unit))
    except NotPossible as error:
        context |= {"error": error_text(error), "typed_area": request.POST.get("area", "")}
        return render(request, "console/groups/new_group.html", context, status=422)
    messages.success(request, _("The group is in the register."))
    return redirect("console:group", group.public_id)


def _areas(unit: Unit) -> list[Area]:
    return list(Area.objects.filter(unit=unit).order_by("sort_key"))


def _entry(request: HttpRequest, unit: Unit) -> GroupEntry:
    post = request.POST
    area = Area.objects.filter(unit=unit, public_id=post.get("area", "")).first()
    return GroupEntry(
        post.get("name", ""), post.get("kind", ""), area, post.get("link", ""), post.get("admin_role", "")
    )


@officer_required
def group(request: ConsoleRequest, group_id: str) -> HttpResponse:
    """One group: correct it, enter counts, make and revoke QR codes."""
    found = queries.access_group(request.officer_scope, group_id)
    error, status = "", 200
    if request.method == "POST":
        request.officer_scope.check(found.unit_id, EDIT_ROLES)
        try:
            _act(request, found)
            return redirect("console:groups" if found.ended_at else "console:group", *_place(found))
        except NotPossible as refused:
            error, status = error_text(refused), 422
            found = queries.access_group(request.officer_scope, group_id)
    context = {
        "unit": found.unit,
        "group": found,
        "areas": _areas(found.unit),
        "snapshots": queries.counts_for(request.officer_scope, found),
        "codes": [code for code in queries.codes_for(request.officer_scope, found.unit) if code.group_id == found.pk],
        "error": error,
        "typed": request.POST,
        "may_edit": request.officer_scope.holds(found.unit_id, EDIT_ROLES),
        "today": clock.today(),
        "warning": warning_step(found.package_until, clock.today()),
    }
    return render(request, "console/groups/group.html", context, status=status)


def _place(found: Group) -> tuple[str, ...]:
    return () if found.ended_at else (found.public_id,)


def _act(request: ConsoleRequest, found: Group) -> None:
    scope, post = request.officer_scope, request.POST
    match post.get("act", ""):
        case "save":
            actions.change_group(scope, found, _entry(request, found.unit))
            messages.success(request, _("Saved."))
        case "count":
            households = actions.count_in(post.get("households", ""))
            members = actions.count_in(post.get("members", ""))
            actions.record_counts(scope, found, households, members, day_in(post.get("counted_on", "")))
            messages.success(request, _("The figures are kept with today's date as the day they were entered."))
        case "checked":
            actions.mark_link_checked(scope, found)
            messages.success(request, _("The link is marked as checked today."))
        case "code":
            made = actions.make_code(
                scope, found.unit, found.area, found, post.get("batch", ""), day_in(post.get("expires_on", ""))
            )
            messages.success(request, _("QR code %(code)s is ready.") % {"code": made.code})
        case "revoke":
            actions.revoke_code(scope, queries.access_code(scope, post.get("code", "")))
            messages.success(request, _("Revoked: whoever scans it is warned from now on."))
        case "end":
            actions.end_group(scope, found)
            messages.success(request, _("The group is ended."))
        case _:
            raise NotPossible("unknown_act")


@require_POST
@officer_required
def area_households(request: ConsoleRequest, unit_id: str) -> HttpResponse:
    """The number of households of one area."""
    unit = unit_queries.access_unit(request.officer_scope, unit_id, EDIT_ROLES)
    area = Area.objects.filter(unit=unit, public_id=request.POST.get("area", "")).first()
    if area is None:
        raise NotAllowed
    try:
        actions.set_households(request.officer_scope, area, actions.count_in(request.POST.get("households", "")))
        messages.success(request, _("Saved."))
    except NotPossible as error:
        messages.error(request, error_text(error))
    answer = redirect("console:groups")
    answer["Location"] += f"?unit={unit.public_id}"
    return answer


@officer_required
def import_counts(request: ConsoleRequest, unit_id: str) -> HttpResponse:
    """Counts from a spreadsheet; rows that could not be taken are named, lists of people are refused (G32)."""
    unit = unit_queries.access_unit(request.officer_scope, unit_id, EDIT_ROLES)
    context: dict[str, object] = {"unit": unit}
    if request.method != "POST":
        return render(request, "console/groups/import.html", context)
    try:
        content, name = _sent_file(request)
        done = importing.import_groups(request.officer_scope, unit, content, name)
    except NotPossible as error:
        return render(request, "console/groups/import.html", context | {"error": error_text(error)}, status=422)
    left_out = [(number, error_text(error)) for number, error in done.left_out]
    return render(request, "console/groups/import.html", context | {"done": done, "left_out": left_out})


def _sent_file(request: HttpRequest) -> tuple[bytes, str]:
    """Content and name. Raises NotPossible: import_missing, import_size."""
    file = request.FILES.get("file")
    if file is None or not file.size:
        raise NotPossible("import_missing")
    if file.size > importing.MOST_BYTES:
        raise NotPossible("import_size", limit_mb=importing.MOST_BYTES // (1024 * 1024))
    return file.read(), file.name or ""


@require_safe
@officer_required
def import_template(request: ConsoleRequest, unit_id: str) -> HttpResponse:
    """The empty spreadsheet to fill in."""
    unit_queries.access_unit(request.officer_scope, unit_id, EDIT_ROLES)
    answer = HttpResponse(importing.template_csv(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="so-lieu-nhom.csv"'
    return answer


@officer_required
def codes(request: ConsoleRequest, unit_id: str) -> HttpResponse:
    """All QR codes of the unit with their scans; a code for the whole commune or one area."""
    unit = unit_queries.access_unit(request.officer_scope, unit_id, VIEW_ROLES)
    scope, post, error = request.officer_scope, request.POST, ""
    if request.method == "POST":
        try:
            if post.get("act") == "revoke":
                actions.revoke_code(scope, queries.access_code(scope, post.get("code", "")))
            else:
                area = Area.objects.filter(unit=unit, public_id=post.get("area", "")).first()
                actions.make_code(scope, unit, area, None, post.get("batch", ""), day_in(post.get("expires_on", "")))
            return redirect("console:codes", unit.public_id)
        except NotPossible as refused:
            error = error_text(refused)
    context = {
        "unit": unit,
        "codes": queries.codes_for(scope, unit),
        "areas": _areas(unit),
        "error": error,
        "may_edit": scope.holds(unit.pk, EDIT_ROLES),
        "today": clock.today(),
    }
    return render(request, "console/groups/codes.html", context, status=422 if error else 200)


@require_safe
@officer_required
def code_picture(request: ConsoleRequest, unit_id: str, code: str) -> HttpResponse:
    """The QR code as a picture to save; error level Q, quiet zone of 4 modules, no mark inside (UI section 10)."""
    unit = unit_queries.access_unit(request.officer_scope, unit_id, VIEW_ROLES)
    found = JoinCode.objects.filter(unit=unit, code=code.upper()).first()
    if found is None:
        raise NotAllowed
    import segno

    picture = segno.make(join_address(found.code), error="q", boost_error=False)
    answer = HttpResponse(picture.svg_inline(scale=10, border=4, light="#fff"), content_type="image/svg+xml")
    answer["Content-Disposition"] = f'attachment; filename="ma-qr-{found.code}.svg"'
    return answer
