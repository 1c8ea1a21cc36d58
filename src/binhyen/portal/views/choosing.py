"""Choosing the unit, on a server that several units share."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from binhyen.core.text import clean
from binhyen.portal.pages import page
from binhyen.portal.units_here import only_slug, units_matching

LONGEST_SEARCH = 80


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Search by present or former name; straight to the unit when there is only one."""
    if slug := only_slug():
        return redirect("portal:home", slug=slug)
    words = clean(request.GET.get("ten", ""))[:LONGEST_SEARCH]
    return page(request, "choose", None, {"words": words, "found": units_matching(words)})
