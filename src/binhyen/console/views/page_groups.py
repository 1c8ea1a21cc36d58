"""Groups that the Zalo page drives (GMF): make one in a free package, link one that exists, decide who joins."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from binhyen.console.access import ConsoleRequest, officer_required
from binhyen.console.texts import error_text
from binhyen.core.errors import BinhYenError, NotAllowed, NotPossible
from binhyen.groups import queries
from binhyen.groups.models import Group
from binhyen.groups.queries import EDIT_ROLES
from binhyen.units import queries as unit_queries
from binhyen.units.models import Area, Unit
from binhyen.workflows import page_groups as work


@officer_required
def page_groups(request: ConsoleRequest, unit_id: str) -> HttpResponse:
    """Free packages of the page, and the two ways to a group; without packages it says what works instead."""
    unit = unit_queries.access_unit(request.officer_scope, unit_id, EDIT_ROLES)
    error = ""
    if request.method == "POST":
        try:
            group = _made(request, unit)
        except NotPossible as refused:
            error = error_text(refused)
        except BinhYenError:
            error = _("Zalo does not answer now. Try again in a minute.")
        else:
            messages.success(request, _("The group is in the register."))
            return redirect("console:group", group.public_id)
    context = {
        "unit": unit,
        "areas": Area.objects.filter(unit=unit).order_by("sort_key"),
        "typed": request.POST,
        "error": error,
        **_packages(unit),
    }
    return render(request, "console/groups/page_groups.html", context, status=422 if error else 200)


def _packages(unit: Unit) -> dict[str, object]:
    """Free packages, or why Zalo told none."""
    try:
        return {"packages": work.free_packages(unit)}
    except NotPossible as error:
        return {"packages": [], "trouble": error_text(error)}
    except BinhYenError:
        return {"packages": [], "trouble": _("Zalo does not answer now. Try again in a minute.")}


def _made(request: ConsoleRequest, unit: Unit) -> Group:
    post, scope = request.POST, request.officer_scope
    area = Area.objects.filter(unit=unit, public_id=post.get("area", "")).first()
    if post.get("act") == "link":
        return work.link_group(scope, unit, area, post.get("group_id", ""))
    administrator = post.get("administrator", "").strip()
    if area is None:
        raise NotPossible("group_area_missing")
    if not (administrator.isascii() and administrator.isdecimal()):
        raise NotPossible("group_administrator")
    return work.make_group(scope, unit, area, post.get("package", ""), administrator)


@require_POST
@officer_required
def decide_joins(request: ConsoleRequest, group_id: str) -> HttpResponse:
    """Let everybody who waits in, or turn them away; only their number is shown and kept (G14, G32)."""
    group = queries.access_group(request.officer_scope, group_id, EDIT_ROLES)
    let_in = request.POST.get("act") == "let_in"
    try:
        count = work.decide_joins(request.officer_scope, group, let_in=let_in)
    except NotPossible as error:
        messages.error(request, error_text(error))
    except NotAllowed:
        raise
    except BinhYenError:
        messages.error(request, _("Zalo does not answer now. Try again in a minute."))
    else:
        messages.success(request, _("%(n)s people, done.") % {"n": count})
    return redirect("console:group", group.public_id)
