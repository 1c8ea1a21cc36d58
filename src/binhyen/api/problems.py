"""Errors as problem details (RFC 9457), in one place."""

import logging
from typing import Any

from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

from binhyen.core.counting import count
from binhyen.core.errors import KeysAway, NotAllowed, NotPossible, TryAgain

CONTENT_TYPE = "application/problem+json"


class Problem(Schema):
    """What went wrong: `code` for machines, `detail` for people."""

    status: int
    title: str
    code: str
    detail: str = ""


DETAILS = {
    "period_unknown": "The period is not understood; write 2026, 2026-H2, 2026-Q4 or 2026-11.",
    "question_empty": "Write the question; it is empty.",
    "question_too_long": "The question has more than {limit} characters.",
    "receipt_length": "A receipt code has 18 digits.",
    "receipt_wrong": "The check digits of the receipt code do not fit; compare it with the note.",
    "unit_without_portal": "This unit takes no questions by this door.",
}
"""English sentences for codes of the rooms below."""


KEYS_AWAY = "The key ring of this server is missing, nothing was stored. Tell its operator, and send it again later."
KEYS_AWAY_WAIT_S = 300
_log = logging.getLogger(__name__)


def note_keys_away(error: KeysAway) -> None:
    """The operator reads it in the log and among what was refused."""
    _log.error("%s", error)
    count("api.refused.keys_away")


def add_handlers(api: NinjaAPI) -> None:
    """Let the service answer every error of the product and of the framework as a problem."""

    @api.exception_handler(NotAllowed)
    @api.exception_handler(Http404)
    def not_found(request: HttpRequest, error: Exception) -> HttpResponse:  # noqa: ARG001
        return problem(404, "not_found", "It does not exist, or this key may not see it.")

    @api.exception_handler(AuthenticationError)
    def no_key(request: HttpRequest, error: AuthenticationError) -> HttpResponse:  # noqa: ARG001
        response = problem(401, "key_unknown", "Send a valid key: Authorization: Bearer <key>.")
        response.headers["WWW-Authenticate"] = "Bearer"
        return response

    @api.exception_handler(TryAgain)
    def wait(request: HttpRequest, error: TryAgain) -> HttpResponse:  # noqa: ARG001
        status = 429 if str(error) == "calls_used_up" else 503
        response = problem(status, str(error), f"Try again in {error.after_s:.0f} seconds.")
        response.headers["Retry-After"] = f"{error.after_s:.0f}"
        return response

    @api.exception_handler(OperationalError)
    def database_away(request: HttpRequest, error: OperationalError) -> HttpResponse:  # noqa: ARG001
        response = problem(503, "busy", "Try again in a minute.")
        response.headers["Retry-After"] = "60"
        return response

    @api.exception_handler(KeysAway)
    def keys_away(request: HttpRequest, error: KeysAway) -> HttpResponse:  # noqa: ARG001
        note_keys_away(error)
        response = problem(503, "keys_away", KEYS_AWAY)
        response.headers["Retry-After"] = f"{KEYS_AWAY_WAIT_S}"
        return response

    @api.exception_handler(NotPossible)
    def not_possible(request: HttpRequest, error: NotPossible) -> HttpResponse:  # noqa: ARG001
        detail = DETAILS.get(error.code, "").format(**error.facts)
        return problem(404 if error.code.startswith("receipt_") else 422, error.code, detail)

    @api.exception_handler(ValidationError)
    def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:  # noqa: ARG001
        parts = [f"{'.'.join(str(step) for step in one['loc'])}: {one['msg']}" for one in _first(error.errors)]
        return problem(422, "invalid", "; ".join(parts))

    @api.exception_handler(HttpError)
    def refused(request: HttpRequest, error: HttpError) -> HttpResponse:  # noqa: ARG001
        return problem(error.status_code, "refused", str(error))


def problem(status: int, code: str, detail: str = "") -> HttpResponse:
    """A problem response."""
    body = Problem(status=status, title=TITLES.get(status, "Error"), code=code, detail=detail)
    return HttpResponse(body.model_dump_json(), status=status, content_type=CONTENT_TYPE)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """The request could not be read."""
    return problem(400, "bad_request")


def no_such_address(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """Nothing at this address."""
    return problem(404, "not_found", "There is nothing at this address; see /api/v1/openapi.json.")


def server_error(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Our fault."""
    return problem(500, "server_error", "The fault is ours and was recorded.")


TITLES = {
    400: "Bad request",
    401: "Key missing or unknown",
    404: "Not found",
    422: "Not possible",
    500: "Server error",
    429: "Too many calls",
    503: "Busy",
}


def _first(errors: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return errors[:5]
