"""Pages for what went wrong: calm, with a way on, without a word about how it works inside."""

from django.http import HttpRequest, HttpResponse

from binhyen.portal.pages import page
from binhyen.portal.units_here import UnitHere

_NEVER_SHOWN = frozenset({"code", "secret"})
_TYPED = frozenset({"text", "words", "q", "place", "happened", "name", "phone"})
"""Fields that a person writes into by hand."""


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


def keys_away(request: HttpRequest) -> HttpResponse:
    """Nothing can be sealed now, so nothing was stored; what was typed stands on the page, to be sent once more.

    Codes and secret words are typed anew: they stand on no page.
    """
    sent = [(name, value) for name in request.POST if name not in _NEVER_SHOWN for value in request.POST.getlist(name)]
    facts = {
        "is_sent": request.method == "POST",
        "had_files": bool(request.FILES),
        "typed": [one for one in sent if one[0] in _TYPED and one[1].strip()],
        "kept": [one for one in sent if one[0] not in _TYPED],
        "again_to": request.path,
    }
    response = page(request, "keys_away", _unit_of(request), facts, status=503)
    response.headers["Retry-After"] = "300"
    return response


def too_large(request: HttpRequest) -> HttpResponse:
    """More was sent than any form here holds."""
    return page(request, "too_large", None, status=413)


def _unit_of(request: HttpRequest) -> UnitHere | None:
    return getattr(request, "portal_unit", None)
