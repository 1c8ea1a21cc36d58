"""Feedback on how officers treat people: a mark or two, the day, and words for the superior unit alone (R10)."""

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from binhyen.cases.conduct import WORDS_LIMIT, checked_feedback, keep_feedback
from binhyen.core.counting import count
from binhyen.core.errors import NotPossible
from binhyen.core.text import clean
from binhyen.portal import flood, tickets
from binhyen.portal.file_words import secret_text
from binhyen.portal.pages import of_unit, page, private
from binhyen.portal.report_steps import busy, press_again, trouble
from binhyen.portal.understanding import sounds_dangerous
from binhyen.portal.units_here import UnitHere
from binhyen.portal.wording import filled
from binhyen.units.models import Unit


@csrf_exempt  # no session to misuse; the signed sheet says which form was sent
@require_http_methods(["GET", "HEAD", "POST"])
@private
@of_unit
def conduct(request: HttpRequest, unit: UnitHere) -> HttpResponse:
    """The form, and thanks for what was sent with it."""
    row = Unit.objects.select_related("parent").get(pk=unit.id)
    if request.method != "POST":
        return _form(request, unit, row, tickets.new_sheet())
    sheet = tickets.sheet_of(request)
    if sheet is None:
        return _form(request, unit, row, tickets.new_sheet(), press_again(), 422)
    if flood.has_rated(sheet):
        return page(request, "conduct_thanks", unit)
    words = request.POST.get("words", "")
    try:
        feedback = checked_feedback(row, request.POST.get("manners", ""), request.POST.get("guidance", ""), words)
        if not flood.may_rate(request, sheet):
            count("portal.conduct.queued", unit_key=unit.id)
            return _form(request, unit, row, tickets.queued(sheet), busy(), 429)
        keep_feedback(feedback)
    except NotPossible as refused:
        return _form(request, unit, row, sheet, _error(refused, words, unit), 422)
    except OperationalError:
        flood.undo_rating(sheet)
        return _form(request, unit, row, sheet, trouble(unit), 503)
    return page(request, "conduct_thanks", unit, {"is_danger": bool(words) and sounds_dangerous(words)})


def _error(refused: NotPossible, words: str, unit: UnitHere) -> str:
    if refused.code == "text_too_long":
        return filled(_("The text has $n characters, at most $most fit."), unit, n=len(clean(words)), most=WORDS_LIMIT)
    return secret_text() if refused.code == "text_state_secret" else _("Press one of the five answers.")


def _form(
    request: HttpRequest, unit: UnitHere, row: Unit, sheet: tickets.Sheet, error: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "sheet": tickets.signed(sheet),
        "superior": row.parent.name if row.parent else "",
        "marks": _marks(),
        "typed": request.POST,
        "limit": WORDS_LIMIT,
        "error": error,
    }
    return page(request, "conduct", unit, context, status)


def _marks() -> list[tuple[str, str]]:
    """Words for 1 to 5; faces alone say too little."""
    return [
        ("1", _("Very unhappy")),
        ("2", _("Unhappy")),
        ("3", _("Neither nor")),
        ("4", _("Happy")),
        ("5", _("Very happy")),
    ]
