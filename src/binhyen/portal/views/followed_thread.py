"""A question behind its code: the thread, and words added to it."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from binhyen.core.counting import count
from binhyen.core.text import clean
from binhyen.portal import flood, tickets
from binhyen.portal.pages import page
from binhyen.portal.understanding import sounds_dangerous
from binhyen.portal.units_here import UnitHere, unit_at
from binhyen.portal.wording import filled
from binhyen.workflows.asking import QUESTION_LIMIT, PortalThread, add_to_thread


def go_on_with_thread(request: HttpRequest, unit: UnitHere, code: str, thread: PortalThread) -> HttpResponse:
    """Add words."""
    text = clean(request.POST.get("text", ""))
    sheet = tickets.sheet_of(request)
    error = "" if sheet else _("Your text is still here: press send once more.")
    if not text:
        error = _("Write what you want to add.")
    elif len(text) > QUESTION_LIMIT:
        error = filled(_("The text has $n characters, at most $most fit."), unit, n=len(text), most=QUESTION_LIMIT)
    if error or sheet is None:
        return thread_page(request, unit, code, thread, error=error, text=text, status=422)
    if not flood.may_send(request, unit, sheet):
        count("portal.question.queued", unit_key=unit.id)
        error = _("Many people are sending. Your text is still here. Wait one minute, then press send.")
        return thread_page(request, unit, code, thread, tickets.queued(sheet), error=error, text=text, status=429)
    add_to_thread(code, text, sheet.token)
    return thread_page(request, unit, code, thread, added=text)


def thread_page(
    request: HttpRequest,
    unit: UnitHere,
    code: str,
    thread: PortalThread,
    sheet: tickets.Sheet | None = None,
    *,
    error: str = "",
    text: str = "",
    added: str = "",
    status: int = 200,
) -> HttpResponse:
    """Question and answers."""
    context = {
        "thread": thread,
        "hidden_code": tickets.sealed_code(code),
        "sheet": tickets.signed(sheet or tickets.new_sheet()),
        "error": error,
        "text": text,
        "added": added,
        "limit": QUESTION_LIMIT,
        "is_danger": bool(added) and sounds_dangerous(added),
    }
    return page(request, "thread", unit_at(thread.unit_slug) or unit, context, status)
