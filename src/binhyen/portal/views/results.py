"""Results of the ask box; the question is neither stored nor logged."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from binhyen.core.text import clean
from binhyen.portal.answers import answer_to
from binhyen.portal.pages import of_unit, page
from binhyen.portal.understanding import understood
from binhyen.portal.units_here import UnitHere
from binhyen.procedures.effective import catalogue_of

LONGEST_QUESTION = 300


@require_safe
@of_unit
def results(request: HttpRequest, unit: UnitHere) -> HttpResponse:
    """Danger prompt, referral, procedures, and the way to an officer."""
    text = clean(request.GET.get("q", ""))[:LONGEST_QUESTION]
    if not text:
        return redirect("portal:procedures", slug=unit.slug)
    answer = answer_to(text, understood(text), catalogue_of(unit.id))
    return page(request, "results", unit, {"words": text, "answer": answer})
