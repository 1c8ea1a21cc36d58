"""Attachments, after sign-in only (G50)."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from binhyen.console.access import ConsoleRequest, officer_required
from binhyen.inbox import queries

_SHOWABLE = frozenset({"image/jpeg", "image/png", "image/webp"})


@officer_required
def shown_file(request: ConsoleRequest, file_id: str) -> HttpResponse:
    """The cleaned copy, as a download in a sandbox: nothing in it can run or read the console."""
    stored = queries.access_shown_file(request.officer_scope, file_id)
    from binhyen.vault import files

    content_type = stored.content_type if stored.content_type in _SHOWABLE else "application/octet-stream"
    response = HttpResponse(files.open(stored), content_type=content_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, stored.name or stored.public_id) or ""
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
