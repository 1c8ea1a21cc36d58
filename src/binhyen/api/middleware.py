"""Calls of other systems are resolved among their own addresses, which are loaded with the first such call."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

DOORS = ("/api/", "/open311/")
ADDRESSES = "binhyen.api.urls"


def api_addresses(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: no page links into these doors, so no page waits for the libraries behind them."""

    def respond(request: HttpRequest) -> HttpResponseBase:
        if request.path_info.startswith(DOORS):
            request.urlconf = ADDRESSES  # HttpRequest.urlconf: the root of this one request
        return get_response(request)

    return respond
