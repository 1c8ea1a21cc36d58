"""Who calls: a key in the Authorization header, its limits, and what it may open."""

from typing import cast

from django.http import HttpRequest
from ninja.security import HttpBearer

from binhyen.consumers.actions import take_call
from binhyen.consumers.models import Consumer
from binhyen.consumers.queries import consumer_with_key
from binhyen.core.errors import TryAgain


class KeyBearer(HttpBearer):
    """`Authorization: Bearer by_...`. An unknown or revoked key is 401, a full window 429 with Retry-After."""

    openapi_description = "Key of one consumer, made by the unit's administrator in the console."

    def authenticate(self, request: HttpRequest, token: str) -> Consumer | None:  # noqa: ARG002
        """The consumer of the key, one more call counted. Raises TryAgain when its window is full."""
        consumer = consumer_with_key(token)
        if consumer is None:
            return None
        if wait_s := take_call(consumer):
            raise TryAgain("calls_used_up", wait_s)
        return consumer


def caller(request: HttpRequest) -> Consumer:
    """The consumer behind a request that passed `KeyBearer`."""
    return cast("Consumer", request.auth)  # type: ignore[attr-defined]
