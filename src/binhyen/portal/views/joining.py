"""Where every printed QR code leads first: the channel proves itself, then offers its ways (R9, G45)."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from binhyen.core import clock
from binhyen.groups.actions import count_scan
from binhyen.groups.models import GroupState, JoinCode
from binhyen.groups.queries import code_in_public, public_groups
from binhyen.portal.pages import page
from binhyen.portal.units_here import unit_at
from binhyen.procedures.effective import catalogue_of


@require_safe
def join(request: HttpRequest, code: str) -> HttpResponse:
    """The page behind a QR code. Counts the scan and keeps nothing about who scanned (G13)."""
    found = code_in_public(code)
    unit = unit_at(found.unit.slug) if found else None
    if found is None or unit is None:
        return page(request, "join_unknown", None, {"code": code[:12]}, status=404)
    request.portal_unit = unit  # type: ignore[attr-defined]
    if request.method == "GET":
        count_scan(found)
    area = found.area or (found.group.area if found.group else None)
    groups = [] if area is None else public_groups(unit.id, area.pk)
    context = {
        "code": found,
        "trouble": _trouble(found),
        "area": area,
        "groups": groups or public_groups(unit.id)[:12],
        "is_of_area": bool(groups),
        "procedure": catalogue_of(unit.id).procedure(found.procedure) if found.procedure else None,
    }
    return page(request, "join", unit, context)


def _trouble(code: JoinCode) -> str:
    """Why the paper should not be trusted any more, or ""."""
    if code.revoked_at is not None:
        return _("This code was withdrawn. Do not use links from that paper; the right ones are below.")
    if code.group is not None and code.group.state == GroupState.ENDED:
        return _("The group on that paper no longer exists. The right ones are below.")
    if code.expires_on is not None and code.expires_on < clock.today():
        return _("This code is out of date. The right links are below.")
    return ""
