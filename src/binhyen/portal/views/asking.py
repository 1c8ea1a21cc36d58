"""A question to an officer: written, sent once, answered by a receipt code."""

from typing import Any

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from binhyen.core import clock
from binhyen.core.counting import count
from binhyen.core.errors import NotPossible, TryAgain
from binhyen.core.text import clean
from binhyen.portal import flood, tickets
from binhyen.portal.pages import of_unit, page, private
from binhyen.portal.understanding import sounds_dangerous
from binhyen.portal.units_here import UnitHere
from binhyen.portal.wording import filled
from binhyen.procedures.effective import catalogue_of
from binhyen.units.models import Unit
from binhyen.workflows.asking import QUESTION_LIMIT, ask_by_portal


@csrf_exempt  # no session to misuse; the signed sheet says which form was sent
@require_http_methods(["GET", "HEAD", "POST"])
@private
@of_unit
def question(request: HttpRequest, unit: UnitHere) -> HttpResponse:
    """The form, and what was sent with it."""
    if request.method != "POST":
        return _form(request, unit, tickets.new_sheet())
    if request.POST.get("act") == "open":
        return _form(request, unit, tickets.new_sheet())
    sheet = tickets.sheet_of(request)
    if sheet is None:
        error = _("This page was open for a long time. Your text is still here: press send once more.")
        return _form(request, unit, tickets.new_sheet(), error)
    if error := _error_in(_text(request), unit):
        return _form(request, unit, sheet, error)
    if request.POST.get("answer_by") == "zalo" and unit.pages:
        return page(request, "question_by_zalo", unit, _kept(request, unit, sheet))
    return _send(request, unit, sheet)


def _send(request: HttpRequest, unit: UnitHere, sheet: tickets.Sheet) -> HttpResponse:
    if not flood.may_send(request, unit, sheet):
        count("portal.question.queued", unit_key=unit.id)
        return _queue(request, unit, sheet, 429)
    try:
        code = ask_by_portal(Unit.objects.get(pk=unit.id), _text(request), _procedure(request, unit), sheet.token)
    except NotPossible:
        return _form(request, unit, sheet, _error_in("", unit))
    except (OperationalError, TryAgain):
        return _queue(request, unit, sheet, 503)
    context = {
        "groups": [code[start : start + 3] for start in range(0, len(code), 3)],
        "received_at": clock.now().astimezone(clock.VIETNAM),
        "is_danger": sounds_dangerous(_text(request)),
    }
    return page(request, "receipt", unit, context)


def _form(request: HttpRequest, unit: UnitHere, sheet: tickets.Sheet, error: str = "") -> HttpResponse:
    about = catalogue_of(unit.id).procedure(_procedure(request, unit))
    context = {
        "sheet": tickets.signed(sheet),
        "text": _text(request),
        "procedure": about,
        "limit": QUESTION_LIMIT,
        "answer_by": request.POST.get("answer_by", ""),
        "error": error,
    }
    return page(request, "question", unit, context, 422 if error else 200)


def _queue(request: HttpRequest, unit: UnitHere, sheet: tickets.Sheet, status: int) -> HttpResponse:
    """Everything typed is kept; one button tries again."""
    response = page(request, "queue", unit, _kept(request, unit, tickets.queued(sheet)), status)
    response.headers["Retry-After"] = str(flood.WAIT_S)
    return response


def _kept(request: HttpRequest, unit: UnitHere, sheet: tickets.Sheet) -> dict[str, Any]:
    """Everything typed, for a page that sends it on with one button."""
    hidden = {
        "act": "send",
        "sheet": tickets.signed(sheet),
        "text": _text(request),
        "procedure": _procedure(request, unit),
        "answer_by": "code",
    }
    return {"hidden": hidden, "shown": _text(request)}


def _text(request: HttpRequest) -> str:
    return clean(request.POST.get("text", ""))


def _procedure(request: HttpRequest, unit: UnitHere) -> str:
    found = catalogue_of(unit.id).procedure(request.POST.get("procedure", ""))
    return found.id if found else ""


def _error_in(text: str, unit: UnitHere) -> str:
    if not text:
        return filled(_("Write what you want to know, one sentence is enough."), unit)
    if len(text) > QUESTION_LIMIT:
        return filled(_("The text has $n characters, at most $most fit."), unit, n=len(text), most=QUESTION_LIMIT)
    return ""
