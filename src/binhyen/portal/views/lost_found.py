"""Lost and found for residents (R7): notices, a claim with three questions, telling of a find or a loss."""

from typing import Any

from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from binhyen.core.errors import NotAllowed, NotPossible, TryAgain
from binhyen.core.text import clean
from binhyen.lost_found import actions, claiming
from binhyen.lost_found.models import Record, RecordKind
from binhyen.lost_found.queries import PublicNotice, public_notice, public_notices, was_public
from binhyen.lost_found.typed import Typed
from binhyen.portal import flood, tickets
from binhyen.portal.pages import of_unit, page, private
from binhyen.portal.units_here import UnitHere
from binhyen.units.models import Unit
from binhyen.vault import files

TOLD_KINDS = {
    "found_item": RecordKind.FOUND_ITEM,
    "lost_item": RecordKind.LOST_ITEM,
    "found_child": RecordKind.FOUND_CHILD,
    "missing_child": RecordKind.MISSING_CHILD,
    "missing_person": RecordKind.MISSING_PERSON,
    "found_person": RecordKind.FOUND_PERSON,
}
"""What a resident may tell of; an officer corrects the kind."""


@require_safe
@of_unit
def notices(request: HttpRequest, unit: UnitHere) -> HttpResponse:
    """Live notices, children first, and the ways to tell of something."""
    return page(request, "lost", unit, {"notices": public_notices(_unit(unit))})


def _unit(unit: UnitHere) -> Unit:
    return Unit.objects.get(pk=unit.id)


@require_safe
@private
@of_unit
def notice(request: HttpRequest, unit: UnitHere, record_id: str) -> HttpResponse:
    """One notice; one that ended is gone for good (410)."""
    found = _notice(unit, record_id)
    if found is None:
        return page(request, "lost_gone", unit, status=410)
    return page(request, "lost_notice", unit, {"notice": found})


def _notice(unit: UnitHere, record_id: str) -> PublicNotice | None:
    """None when it ended. Raises Http404 for what never was public."""
    row = _unit(unit)
    found = public_notice(row, record_id)
    if found is None and not was_public(row, record_id):
        raise Http404
    return found


@require_safe
@private
@of_unit
def notice_picture(request: HttpRequest, unit: UnitHere, record_id: str) -> HttpResponse:  # noqa: ARG001
    """The cleaned picture of a live notice; gone with it."""
    found = _notice(unit, record_id)
    if found is None:
        return HttpResponse(status=410)
    record = Record.objects.select_related("picture").get(public_id=record_id)
    if not found.picture_id or record.picture is None:
        raise Http404
    answer = HttpResponse(files.open(record.picture), content_type="image/jpeg")
    answer.headers["Content-Disposition"] = 'inline; filename="anh.jpg"'
    return answer


@csrf_exempt  # no session to misuse; the signed sheet says which form was sent
@require_http_methods(["GET", "HEAD", "POST"])
@private
@of_unit
def claim(request: HttpRequest, unit: UnitHere, record_id: str) -> HttpResponse:
    """Three questions whose answers the notice withholds (G24)."""
    found = _notice(unit, record_id)
    if found is None:
        return page(request, "lost_gone", unit, status=410)
    if found.is_person or not found.questions:
        raise Http404
    context: dict[str, Any] = {"notice": found, "typed": request.POST}
    answers = [request.POST.get(f"answer_{number}", "") for number in range(1, len(found.questions) + 1)]
    context["rows"] = [
        (number, *pair) for number, pair in enumerate(zip(found.questions, answers, strict=True), start=1)
    ]
    if request.method == "POST":
        sheet, error = _ready(request, unit)
        if sheet is not None:
            try:
                claiming.claim(
                    _unit(unit), record_id, answers, request.POST.get("name", ""), request.POST.get("phone", "")
                )
                return page(request, "lost_thanks", unit, {"is_claim": True})
            except NotPossible as refused:
                error = _claim_error(refused.code)
            except NotAllowed:
                raise Http404 from None
            except (OperationalError, TryAgain):
                error = _("Many people are writing now. Your text is still here: press send once more in a minute.")
        context["error"] = error
    context["sheet"] = tickets.signed(tickets.new_sheet())
    return page(request, "lost_claim", unit, context, 422 if context.get("error") else 200)


def _ready(request: HttpRequest, unit: UnitHere) -> tuple[tickets.Sheet | None, str]:
    """The sheet that may be sent now, or why not; what was typed stays on the page."""
    sheet = tickets.sheet_of(request)
    if sheet is None:
        return None, _("This page was open for a long time. Your text is still here: press send once more.")
    if not flood.may_send(request, unit, sheet):
        return None, _("Many people are writing now. Your text is still here: press send once more in a minute.")
    return sheet, ""


def _claim_error(code: str) -> str:
    if code == "claim_answers":
        return _("Answer every question.")
    if code == "claim_phone":
        return _("Write a telephone number we can call.")
    if code == "claim_again":
        return _("You have answered three times already. Please come to the station, or call the duty number.")
    return _("Many people claim this. Please call the duty number.")


@csrf_exempt  # no session to misuse; the signed sheet says which form was sent
@require_http_methods(["GET", "HEAD", "POST"])
@private
@of_unit
def tell(request: HttpRequest, unit: UnitHere) -> HttpResponse:
    """Tell of a find or a loss: it becomes a draft for an officer, never a notice by itself."""
    kind = request.POST.get("kind", "") or request.GET.get("loai", "")
    context: dict[str, Any] = {"typed": request.POST, "kind": kind if kind in TOLD_KINDS else ""}
    if request.method == "POST":
        sheet, error = _ready(request, unit)
        if sheet is not None:
            error = _told(request, unit, kind)
            if not error:
                return page(request, "lost_thanks", unit, {"is_claim": False})
        context["error"] = error
    context["sheet"] = tickets.signed(tickets.new_sheet())
    return page(request, "lost_tell", unit, context, 422 if context.get("error") else 200)


def _told(request: HttpRequest, unit: UnitHere, kind: str) -> str:
    """Keep what was told; the error to show, or ""."""
    if kind not in TOLD_KINDS:
        return _("Choose what it is about.")
    post = request.POST
    typed = Typed(
        kind=TOLD_KINDS[kind],
        description=post.get("text", ""),
        place=post.get("place", ""),
        contact_name=post.get("name", ""),
        contact_phone=post.get("phone", ""),
    )
    if not clean(typed.description):
        return _("Tell in one sentence what was found or lost.")
    try:
        actions.report(_unit(unit), typed)
    except NotPossible:
        return _("This text bears the mark of a state secret. Nothing was kept. Bring such papers to the station.")
    except (OperationalError, TryAgain):
        return _("Many people are writing now. Your text is still here: press send once more in a minute.")
    return ""
