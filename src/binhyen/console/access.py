"""Who may call a view: decorators that come before anything else."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from allauth.account.internal.flows.reauthentication import suspend_request
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django_htmx.middleware import HtmxDetails

from binhyen.console.sign_in import second_factor_is_fresh
from binhyen.console.way_back import to_sign_in
from binhyen.units.models import Officer
from binhyen.units.scope import Scope

P = ParamSpec("P")


class ConsoleRequest(HttpRequest):
    """A request of a signed-in officer, after the console's middleware."""

    user: Officer
    officer_scope: Scope
    htmx: HtmxDetails


View = Callable[Concatenate[ConsoleRequest, P], HttpResponseBase]
"""A console view."""


def officer_required(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Only signed-in officers get in; others are sent to the sign-in page and back."""

    @wraps(view)
    def checked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not isinstance(request.user, Officer):
            return to_sign_in(request)
        return view(request, *args, **kwargs)  # type: ignore[arg-type]

    return checked


def fresh_second_factor_required(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Only officers whose second factor was proven within the last minutes get in (G38).

    The address is opened again after the proof; what a form held is not kept, so that no secret lies in a session.
    """

    @wraps(view)
    @officer_required
    def checked(request: ConsoleRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        return view(request, *args, **kwargs) if second_factor_is_fresh(request) else ask_again(request)

    return checked


def ask_again(request: HttpRequest) -> HttpResponseBase:
    """To the proof of the second factor and back to the same address with GET."""
    request.method = "GET"
    asked: HttpResponseBase = suspend_request(request, reverse("mfa_reauthenticate"))
    return asked
