"""One way to answer with a page of the portal."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from binhyen.portal.units_here import UnitHere, unit_at

PRIVATE = "portal_private"
"""Mark on a request whose page leaves as few traces as possible (G12)."""


def page(
    request: HttpRequest,
    template: str,
    unit: UnitHere | None,
    context: Mapping[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The rendered template `portal/<template>.html` for a unit, or for none."""
    here = request.path if request.resolver_match else "/"
    facts = {"unit": unit, "is_private": getattr(request, PRIVATE, False), "here": here, **(context or {})}
    return render(request, f"portal/{template}.html", facts, status=status)


def of_unit(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view gets the unit of the address in place of its slug; an unknown one is "not found"."""

    @wraps(view)
    def answer(request: HttpRequest, slug: str, **names: Any) -> HttpResponse:
        unit = unit_at(slug)
        if unit is None:
            raise Http404
        request.portal_unit = unit  # type: ignore[attr-defined]
        return view(request, unit, **names)

    return answer


def private(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The page offers a quick way out and is found by no search machine."""

    @wraps(view)
    def answer(request: HttpRequest, *arguments: Any, **names: Any) -> HttpResponse:
        setattr(request, PRIVATE, True)
        response = view(request, *arguments, **names)
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return answer
