"""Procedures and forms of the catalogue as pages."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from binhyen.core import clock
from binhyen.portal.pages import of_unit, page
from binhyen.portal.procedure_page import facts_of, form_facts
from binhyen.portal.units_here import UnitHere
from binhyen.portal.views.form_files import downloads_of
from binhyen.procedures.catalogue import CATEGORIES
from binhyen.procedures.effective import catalogue_of
from binhyen.procedures.queries import catalogue


@require_safe
@of_unit
def all_procedures(request: HttpRequest, unit: UnitHere) -> HttpResponse:
    """Every procedure under its category."""
    by_category = catalogue_of(unit.id).by_category()
    groups = [(CATEGORIES.get(key, key), key, by_category[key]) for key in by_category]
    return page(request, "procedures", unit, {"groups": groups})


@require_safe
@of_unit
def procedure(request: HttpRequest, unit: UnitHere, procedure_id: str) -> HttpResponse:
    """One procedure."""
    found = catalogue_of(unit.id).procedure(procedure_id)
    if found is None:
        raise Http404
    return page(request, "procedure", unit, facts_of(found, clock.today()))


@require_safe
@of_unit
def all_forms(request: HttpRequest, unit: UnitHere) -> HttpResponse:
    """Every form, those residents fill in first."""
    forms = catalogue().forms
    groups = [(kind, [form for form in forms if form.kind == kind]) for kind in ("applicant", "office", "result")]
    return page(request, "forms", unit, {"groups": groups})


@require_safe
@of_unit
def form(request: HttpRequest, unit: UnitHere, code: str) -> HttpResponse:
    """One form, readable on the phone field by field."""
    found = catalogue().form(code)
    if found is None:
        raise Http404
    facts = form_facts(found, catalogue_of(unit.id))
    return page(request, "form", unit, {**facts, "downloads": downloads_of(found, unit)})
