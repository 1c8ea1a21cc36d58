"""Where the script sends a file in pieces, so that a bad line costs a piece and not the file. Answers in JSON."""

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from binhyen.cases import pieces
from binhyen.core.errors import NotPossible, TryAgain
from binhyen.core.text import whole_number
from binhyen.portal import report_steps, wizard
from binhyen.portal.file_words import check_file_name, refused_file
from binhyen.portal.pages import of_unit, private
from binhyen.portal.units_here import UnitHere


@csrf_exempt  # the token of the draft, which no other site knows, is the right
@require_POST
@private
@of_unit
def report_piece(request: HttpRequest, unit: UnitHere) -> HttpResponse:
    """Take a piece: `{"received": bytes}` to go on from, or `{"error": words}`.

    422 the file is refused, 410 the report is gone, 503 try again. An empty piece only asks what is here.
    """
    writing = wizard.writing_of(request, unit)
    if writing is None:
        return JsonResponse({"error": report_steps.gone()}, status=410)
    piece = request.FILES.get("piece")
    offset, total = (whole_number(request.POST.get(name, ""), -1) for name in ("offset", "total"))
    number = whole_number(request.POST.get("number", ""), 1)
    try:
        check_file_name(piece.name if piece else "")
        content = piece.read() if piece else b""
        here = pieces.take(writing.draft, request.POST.get("upload", ""), offset, total, content)
    except NotPossible as refused:
        return JsonResponse({"error": refused_file(refused, number, 0, unit)}, status=422)
    except (OperationalError, TryAgain):
        return JsonResponse({"error": report_steps.trouble(unit)}, status=503)
    return JsonResponse({"received": here})
