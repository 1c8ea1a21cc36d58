"""What every console page shares: who may be here, for how long, in which language, and what "not found" looks like."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import translation

from binhyen.console.sign_in import ACTED_AT, end_session, second_factor_at, session_age_facts
from binhyen.console.way_back import to_sign_in
from binhyen.core import clock
from binhyen.core.clock import from_epoch_ms
from binhyen.core.errors import KeysAway, NotAllowed, TryAgain
from binhyen.units.models import Officer
from binhyen.units.rules import session_has_ended
from binhyen.units.scope import scope_of

_log = logging.getLogger(__name__)
CONSOLE_PATH = "/console/"
_BACKGROUND_PATHS = frozenset({"/console/pulse/", "/console/events"})
"""Asked for by the page itself: no act of the officer, so the idle lock does not move."""
_OURS = "is_our_not_found"
_WRITE_ACT_AFTER_S = 30.0
"""The moment of the last act is kept to this grain, so that most pages write nothing."""


class ConsoleMiddleware:
    """Applies to addresses below /console/ only."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Check the session, set the language, answer, forbid storing."""
        if not request.path.startswith(CONSOLE_PATH):
            return self.get_response(request)
        ended = _check_session(request)
        with translation.override(_language(request)):
            response = _signed_out(request) if ended else self._answer(request)
        response.headers["Cache-Control"] = "no-store"
        response.headers["Vary"] = "Cookie, HX-Request"
        return response

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        request.officer_scope = None  # type: ignore[attr-defined]
        if isinstance(request.user, Officer):
            request.officer_scope = scope_of(request.user)  # type: ignore[attr-defined]
        response = self.get_response(request)
        return not_found(request) if response.status_code == 404 and not hasattr(response, _OURS) else response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """What a person may not see looks like what does not exist (G39); what will pass is said to pass."""
        if not request.path.startswith(CONSOLE_PATH):
            return None
        if isinstance(error, NotAllowed):
            return not_found(request)
        if isinstance(error, KeysAway):
            _log.error("%s", error)
        return busy(request) if isinstance(error, OperationalError | TryAgain | KeysAway) else None


def not_found(request: HttpRequest) -> HttpResponse:
    """The one page for missing and foreign things alike."""
    page = render(request, "console/not_found.html", status=404)
    setattr(page, _OURS, True)  # so that it is not made a second time
    return page


def busy(request: HttpRequest) -> HttpResponse:
    """The database is locked, the disk full or the key ring missing: nothing was done, and how to go on."""
    page = render(request, "console/busy.html", status=503)
    page.headers["Retry-After"] = "30"
    return page


def _language(request: HttpRequest) -> str:
    if isinstance(request.user, Officer):
        return request.user.language
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _check_session(request: HttpRequest) -> bool:
    """End a session that is idle, too long or without a second factor; whether it was ended now."""
    if not isinstance(request.user, Officer):
        return False
    facts = session_age_facts(request)
    now = clock.now()
    if facts is None or second_factor_at(request) is None:
        end_session(request, "no_second_factor")
        return True
    started, acted = (from_epoch_ms(int(at * 1000)) for at in facts)
    if reason := session_has_ended(started, acted, now):
        end_session(request, reason)
        return True
    if request.path not in _BACKGROUND_PATHS and (now - acted).total_seconds() > _WRITE_ACT_AFTER_S:
        request.session[ACTED_AT] = now.timestamp()
    return False


def _signed_out(request: HttpRequest) -> HttpResponse:
    return HttpResponse(status=401) if request.path in _BACKGROUND_PATHS else to_sign_in(request)
