"""What every page of the portal shares: its language, its headers, how much it takes in."""

import logging
import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation

from binhyen.core.counting import count
from binhyen.core.errors import KeysAway, TryAgain

_log = logging.getLogger(__name__)
OTHER_DOORS = ("/console/", "/hooks/", "/static/", "/api/", "/open311/")
BODY_LIMIT_BYTES = 64_000
"""A question has at most 4,000 characters; nothing longer is read."""
FILES_LIMIT_BYTES = 64 * 1024 * 1024
"""A form with files: several of them, the browser having made pictures smaller."""
TAKES_FILES = re.compile(r"/[-\w]+/(?:g/4|g/nhanh|g/manh|x)/")
"""The page of files of a report, and the page behind a code."""
KEEPS_A_WHILE = "portal_keeps_a_while"
"""Mark on a response that a browser may keep for some minutes: the list of phone numbers."""
FOR_READERS = "portal_for_readers"
"""Mark on a response for machines and caches: feeds, warnings, pictures of posts."""
PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()"


class PortalMiddleware:
    """Applies to addresses that belong to no other door."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Set the language, answer, forbid storing."""
        if request.path.startswith(OTHER_DOORS):
            return self.get_response(request)
        chosen = chosen_language(request)
        request.LANGUAGE_CODE = chosen
        with translation.override(chosen):
            response = self._too_large(request) or self.get_response(request)
        return _with_headers(response)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        """What will pass is said calmly, with the way to try again."""
        if not isinstance(error, TryAgain | KeysAway) or request.path.startswith(OTHER_DOORS):
            return None
        from binhyen.portal.views.errors import busy, keys_away

        if isinstance(error, KeysAway):
            _log.error("%s", error)
            count("portal.refused.keys_away")
            return keys_away(request)
        count("portal.refused.busy")
        return busy(request, error.after_s)

    def _too_large(self, request: HttpRequest) -> HttpResponseBase | None:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isascii() and length.isdecimal() and int(length) <= _limit_of(request):
            return None
        from binhyen.portal.views.errors import too_large

        count("portal.refused.too_large")
        return too_large(request)


def _limit_of(request: HttpRequest) -> int:
    is_form_with_files = (request.META.get("CONTENT_TYPE") or "").startswith("multipart/form-data")
    return FILES_LIMIT_BYTES if is_form_with_files and TAKES_FILES.fullmatch(request.path) else BODY_LIMIT_BYTES


def chosen_language(request: HttpRequest) -> str:
    """Vietnamese, unless the person chose another one; the phone's own setting decides nothing."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _with_headers(response: HttpResponseBase) -> HttpResponseBase:
    keeps = getattr(response, KEEPS_A_WHILE, False)
    if getattr(response, FOR_READERS, False):
        response.headers["Cache-Control"] = "public, max-age=60"
        response.headers["Vary"] = "Accept-Encoding"
        return response
    response.headers["Cache-Control"] = "private, max-age=300" if keeps else "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Permissions-Policy"] = PERMISSIONS
    response.headers["Vary"] = "Cookie"
    return response
