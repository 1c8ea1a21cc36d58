"""What came of a question or a report, behind its receipt code; the code travels by POST alone (G12)."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from binhyen.cases.models import Case
from binhyen.core.counting import count
from binhyen.core.errors import NotPossible
from binhyen.core.text import clean
from binhyen.portal import flood, tickets
from binhyen.portal.pages import of_unit, page, private
from binhyen.portal.receipt_entry import LONGEST_ENTRY, groups_of, suspect_groups
from binhyen.portal.units_here import UnitHere
from binhyen.portal.views.followed_case import case_page, go_on_with_case
from binhyen.portal.views.followed_thread import go_on_with_thread, thread_page
from binhyen.portal.wording import filled
from binhyen.vault import receipts
from binhyen.workflows.asking import PortalThread, behind_code

ACTS = ("add", "again", "contest", "reread", "forget")


@csrf_exempt  # no session to misuse; the code itself is the right
@require_http_methods(["GET", "HEAD", "POST"])
@private
@of_unit
def track(request: HttpRequest, unit: UnitHere) -> HttpResponse:
    """The box for the code, what stands behind it, and words added to it."""
    if request.method != "POST":
        return page(request, "track", unit)
    if request.POST.get("act") in ACTS:
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
    found = behind_code(code)
    if found is None:
        flood.note_wrong_code(request)
        message = _("Nothing was found for this code. If you have just sent it, wait one minute and look again.")
        return _refused(request, unit, entry, message)
    return _shown(request, unit, code, found)


def _shown(request: HttpRequest, unit: UnitHere, code: str, found: Case | PortalThread) -> HttpResponse:
    if isinstance(found, Case):
        return case_page(request, unit, code, found)
    return thread_page(request, unit, code, found)


def _go_on(request: HttpRequest, unit: UnitHere) -> HttpResponse:
    """Look again, or add words, with the sealed code of the open page."""
    code = tickets.opened_code(request.POST.get("thread", ""))
    found = behind_code(code) if code else None
    if found is None:
        text = clean(request.POST.get("text", ""))
        message = _("This page was open for a long time. Type your code once more.")
        return _refused(request, unit, "", message, text=text)
    if request.POST.get("act") == "again":
        return _shown(request, unit, code, found)
    if isinstance(found, Case):
        return go_on_with_case(request, unit, code, found)
    return go_on_with_thread(request, unit, code, found)


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
