"""Procedures and forms of the catalogue as pages."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from binhyen.core import clock
from binhyen.core.counting import count
from binhyen.portal import flood, tickets
from binhyen.portal.pages import of_unit, page
from binhyen.portal.procedure_page import facts_of, form_facts
from binhyen.portal.units_here import UnitHere
from binhyen.portal.views.form_files import downloads_of
from binhyen.procedures.catalogue import CATEGORIES
from binhyen.procedures.effective import catalogue_of
from binhyen.procedures.form_names import forms_of_old
from binhyen.procedures.previews import previewed
from binhyen.procedures.queries import catalogue


@require_safe
@of_unit
def all_procedures(request: HttpRequest, unit: UnitHere) -> HttpResponse:
    """Every procedure under its category."""
    by_category = catalogue_of(unit.id).by_category()
    groups = [(CATEGORIES.get(key, key), key, by_category[key]) for key in by_category]
    return page(request, "procedures", unit, {"groups": groups})


@csrf_exempt  # no session to misuse; the signed sheet says which page was open
@require_http_methods(["GET", "HEAD", "POST"])
@of_unit
def procedure(request: HttpRequest, unit: UnitHere, procedure_id: str) -> HttpResponse:
    """One procedure; with POST also "did this help", kept as a number of the day and nothing else (G13)."""
    draft = previewed(request.GET.get("xem-truoc", ""), unit.id, procedure_id)
    found = draft or catalogue_of(unit.id).procedure(procedure_id)
    if found is None:
        raise Http404
    facts = {**facts_of(found, clock.today()), "sheet": tickets.signed(tickets.new_sheet()), "is_draft": bool(draft)}
    if request.method == "POST":
        return _voted(request, unit, found.id, facts)
    return page(request, "procedure", unit, facts)


def _voted(request: HttpRequest, unit: UnitHere, procedure_id: str, facts: dict[str, Any]) -> HttpResponse:
    """The page again, with thanks; a vote of an unknown kind or from another site counts for nothing."""
    answer, sheet = request.POST.get("helped", ""), tickets.sheet_of(request)
    if answer not in ("yes", "no") or sheet is None:
        return page(request, "procedure", unit, {**facts, "vote_error": _("Please choose yes or no once more.")}, 422)
    if not flood.may_vote(request, sheet):
        error = _("This was not counted: too many answers came from here. It does not matter, thank you.")
        return page(request, "procedure", unit, {**facts, "vote_error": error}, 429)
    count(f"procedure.helped.{answer}.{procedure_id}", unit_key=unit.id)
    return page(request, "procedure", unit, {**facts, "voted": answer})


@require_safe
@of_unit
def all_forms(request: HttpRequest, unit: UnitHere) -> HttpResponse:
    """Every form, those residents fill in first."""
    forms = catalogue().forms
    groups = [(kind, [form for form in forms if form.kind == kind]) for kind in ("applicant", "office", "result")]
    old_names = [(old, forms_of_old(old, catalogue())) for old in catalogue().old_names]
    return page(request, "forms", unit, {"groups": groups, "old_names": old_names})


@require_safe
@of_unit
def form(request: HttpRequest, unit: UnitHere, code: str) -> HttpResponse:
    """One form, readable on the phone field by field."""
    found = catalogue().form(code)
    if found is None:
        raise Http404
    facts = form_facts(found, catalogue_of(unit.id))
    return page(request, "form", unit, {**facts, "downloads": downloads_of(found, unit)})
