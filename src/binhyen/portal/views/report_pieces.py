"""Where the script sends a file in pieces, so that a bad line costs a piece and not the file. Answers in JSON.

The same for the page of files, the report on one page, and what is added with a code.
"""

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from binhyen.cases import drafts, pieces
from binhyen.cases.drafts import TOKEN_LENGTH
from binhyen.cases.following import worked_now
from binhyen.cases.models import Case, ReportDraft
from binhyen.cases.sending import sent_before
from binhyen.core.errors import NotPossible, TryAgain
from binhyen.core.text import whole_number
from binhyen.portal import flood, report_steps, tickets, wizard
from binhyen.portal.file_words import check_file_name, refused_file
from binhyen.portal.pages import of_unit, private
from binhyen.portal.units_here import UnitHere
from binhyen.units.models import Unit


@csrf_exempt  # the token of the draft or the sealed case, which no other site knows, is the right
@require_POST
@private
@of_unit
def report_piece(request: HttpRequest, unit: UnitHere) -> HttpResponse:
    """Take a piece: `{"received": bytes}` to go on from, or `{"error": words}`.

    422 the file is refused, 410 the report is gone, 429 too many reports are begun, 503 try again. An empty piece
    only asks what is here.
    """
    piece = request.FILES.get("piece")
    offset, total = (whole_number(request.POST.get(name, ""), -1) for name in ("offset", "total"))
    number = whole_number(request.POST.get("number", ""), 1)
    try:
        owner = _owner(request, unit)
        if owner is None:
            return JsonResponse({"error": report_steps.gone()}, status=410)
        check_file_name(piece.name if piece else "")
        content = piece.read() if piece else b""
        here = pieces.take(owner, request.POST.get("upload", ""), offset, total, content)
    except NotPossible as refused:
        if refused.code == "flood":
            return JsonResponse({"error": report_steps.busy()}, status=429)
        return JsonResponse({"error": refused_file(refused, number, 0, unit)}, status=422)
    except (OperationalError, TryAgain):
        return JsonResponse({"error": report_steps.trouble(unit)}, status=503)
    return JsonResponse({"received": here})


def _owner(request: HttpRequest, unit: UnitHere) -> ReportDraft | Case | None:
    """What the file goes into, by what the form carries; None when that is too old, sent or lost."""
    if "case" in request.POST:
        public_id = tickets.opened_case(request.POST["case"])
        case = Case.objects.filter(public_id=public_id).exclude(wrapped_key=b"").first() if public_id else None
        return worked_now(case) if case else None
    if writing := wizard.writing_of(request, unit):
        return writing.draft
    return _begun_at_once(request, unit)


def _begun_at_once(request: HttpRequest, unit: UnitHere) -> ReportDraft | None:
    """The report on one page has no draft before its first file. Raises NotPossible("flood")."""
    token = request.POST.get("draft", "")
    if len(token) != TOKEN_LENGTH or tickets.sheet_of(request) is None or sent_before(token):
        return None
    if not flood.may_begin(request, unit):
        raise NotPossible("flood")
    draft = drafts.draft_under(Unit(pk=unit.id, parent_id=unit.parent_id), token)
    drafts.write(draft, drafts.Fields())
    return draft
