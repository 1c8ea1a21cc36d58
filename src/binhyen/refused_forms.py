"""What somebody sees whose form cannot be trusted to come from our own page (CSRF)."""

from django.http import HttpRequest, HttpResponse

from binhyen.console.middleware import CONSOLE_PATH
from binhyen.console.views.stale_forms import stale_form
from binhyen.portal.views.errors import bad_request


def refused(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """Django's CSRF_FAILURE_VIEW: a calm page of the door that was asked."""
    return stale_form(request) if request.path.startswith(CONSOLE_PATH) else bad_request(request)
