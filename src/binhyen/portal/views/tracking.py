"""Reading the answer to a question with its receipt code; the code travels by POST alone (G12)."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from binhyen.core.counting import count
from binhyen.core.errors import NotPossible
from binhyen.core.text import clean
from binhyen.portal import flood, tickets
from binhyen.portal.pages import of_unit, page, private
from binhyen.portal.receipt_entry import LONGEST_ENTRY, groups_of, suspect_groups
from binhyen.portal.understanding import sounds_dangerous
from binhyen.portal.units_here import UnitHere, unit_at
from binhyen.portal.wording import filled
from binhyen.vault import receipts
from binhyen.workflows.asking import QUESTION_LIMIT, PortalThread, add_to_thread, thread_for


@csrf_exempt  # no session to misuse; the code itself is the right
@require_http_methods(["GET", "HEAD", "POST"])
@private
@of_unit
def track(request: HttpRequest, unit: UnitHere) -> HttpResponse:
    """The box for the code, the thread behind it, and words added to it."""
    if request.method != "POST":
        return page(request, "track", unit)
    if request.POST.get("act") in ("add", "again"):
        return _go_on(request, unit)
    return _open(request, unit)


def _open(request: HttpRequest, unit: UnitHere) -> HttpResponse:
    entry = clean(request.POST.get("code", ""))[:LONGEST_ENTRY]
    if not entry:
        return _refused(request, unit, entry, _("Type the code of 18 digits."))
    if not flood.may_try_code(request):
        count("portal.code.slowed", unit_key=unit.id)
        return _refused(request, unit, entry, _("Too many wrong codes. Wait one minute, then try again."), 429)
    code = "".join(groups_of(entry))
    if not _is_right(code):
        flood.note_wrong_code(request)
        return _refused(request, unit, entry, _wrong(entry, unit))
    thread = thread_for(code)
    if thread is None:
        flood.note_wrong_code(request)
        message = _("Nothing was found for this code. If you have just sent it, wait one minute and look again.")
        return _refused(request, unit, entry, message)
    return _thread(request, unit, code, thread)


def _go_on(request: HttpRequest, unit: UnitHere) -> HttpResponse:
    """Look again, or add words, with the sealed code of the open page."""
    text = clean(request.POST.get("text", ""))
    code = tickets.opened_code(request.POST.get("thread", ""))
    thread = thread_for(code) if code else None
    if thread is None:
        message = _("This page was open for a long time. Type your code once more.")
        return _refused(request, unit, "", message, text=text)
    if request.POST.get("act") == "again":
        return _thread(request, unit, code, thread)
    return _add(request, unit, code, thread, text)


def _add(request: HttpRequest, unit: UnitHere, code: str, thread: PortalThread, text: str) -> HttpResponse:
    sheet = tickets.sheet_of(request)
    error = "" if sheet else _("Your text is still here: press send once more.")
    if not text:
        error = _("Write what you want to add.")
    elif len(text) > QUESTION_LIMIT:
        error = filled(_("The text has $n characters, at most $most fit."), unit, n=len(text), most=QUESTION_LIMIT)
    if error or sheet is None:
        return _thread(request, unit, code, thread, error=error, text=text, status=422)
    if not flood.may_send(request, unit, sheet):
        count("portal.question.queued", unit_key=unit.id)
        error = _("Many people are sending. Your text is still here. Wait one minute, then press send.")
        return _thread(request, unit, code, thread, tickets.queued(sheet), error=error, text=text, status=429)
    add_to_thread(code, text, sheet.token)
    return _thread(request, unit, code, thread, added=text)


def _thread(
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


def _refused(
    request: HttpRequest, unit: UnitHere, entry: str, error: str, status: int = 422, text: str = ""
) -> HttpResponse:
    return page(request, "track", unit, {"entry": entry, "error": error, "text": text}, status)


def _is_right(code: str) -> bool:
    try:
        receipts.check_code(code)
    except NotPossible:
        return False
    return True


def _wrong(entry: str, unit: UnitHere) -> str:
    groups = suspect_groups(entry, _is_right)
    if not groups:
        return _("The code is not right. Compare all groups with your note.")
    return filled(_("The code is not right. Look at group $n again."), unit, n=_listed(groups))


def _listed(groups: list[int]) -> str:
    separator = _("or")
    return f" {separator} ".join(str(number) for number in groups)
