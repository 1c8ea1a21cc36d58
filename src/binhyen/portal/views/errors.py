"""Pages for what went wrong: calm, with a way on, without a word about how it works inside."""

from django.http import HttpRequest, HttpResponse

from binhyen.portal.pages import page
from binhyen.portal.units_here import UnitHere


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """Nothing at this address, or nothing this person may see."""
    return page(request, "not_found", _unit_of(request), status=404)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """The request could not be read."""
    return page(request, "bad_request", _unit_of(request), status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """Our fault; asks neither the database nor the catalogue for anything."""
    return page(request, "server_error", _unit_of(request), status=500)


def busy(request: HttpRequest, after_s: float) -> HttpResponse:
    """Too much at once, or something is away for a moment."""
    response = page(request, "busy", _unit_of(request), status=503)
    response.headers["Retry-After"] = str(max(1, round(after_s)))
    return response


def too_large(request: HttpRequest) -> HttpResponse:
    """More was sent than any form here holds."""
    return page(request, "too_large", None, status=413)


def _unit_of(request: HttpRequest) -> UnitHere | None:
    return getattr(request, "portal_unit", None)
