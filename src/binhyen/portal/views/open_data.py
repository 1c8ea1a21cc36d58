"""Figures of a unit as open data, where its leader opened them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from binhyen.portal.middleware import FOR_READERS
from binhyen.portal.pages import of_unit
from binhyen.portal.units_here import UnitHere
from binhyen.statistics.open_data import dictionary_csv, figures_csv
from binhyen.units.models import Unit


@require_safe
@of_unit
def figures(request: HttpRequest, unit: UnitHere) -> HttpResponse:  # noqa: ARG001 - the same for everybody
    """The last twelve whole months."""
    return _csv(figures_csv(_opened(unit)), "so-lieu")


@require_safe
@of_unit
def dictionary(request: HttpRequest, unit: UnitHere) -> HttpResponse:  # noqa: ARG001 - the same for everybody
    """What each figure means."""
    _opened(unit)
    return _csv(dictionary_csv(), "tu-dien")


def _opened(unit: UnitHere) -> Unit:
    """A closed one looks like none."""
    found = Unit.objects.filter(pk=unit.id, publishes_figures=True).first()
    if found is None:
        raise Http404
    return found


def _csv(text: str, name: str) -> HttpResponse:
    response = HttpResponse("\ufeff" + text, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    setattr(response, FOR_READERS, True)
    return response
