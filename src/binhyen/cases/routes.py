"""The way back to a reporter of Zalo: sealed under a key of its own, which is destroyed when the window closes."""

from datetime import datetime

from binhyen.cases.models import Case, CaseRoute
from binhyen.core import clock
from binhyen.core.errors import Misconfigured
from binhyen.vault.content_keys import new_wrapped_key, open_under, seal_under, unwrapped

PURPOSE = "case.route"
"""Another key of the ring than the one of contents."""


def keep_route(case: Case, conversation_id: str, closes_at: datetime) -> None:
    """Remember how the reporter is reached until `closes_at`."""
    wrapped = new_wrapped_key(PURPOSE)
    sealed = seal_under(unwrapped(PURPOSE, wrapped), f"route:{case.public_id}", conversation_id.encode())
    CaseRoute.objects.update_or_create(
        case=case, defaults={"wrapped_key": wrapped, "sealed_route": sealed, "closes_at": closes_at}
    )


def route_of(case: Case) -> str:
    """Public id of the conversation, "" when there is no way back any more."""
    row = CaseRoute.objects.filter(case=case, closes_at__gt=clock.now()).first()
    if row is None:
        return ""
    try:
        plain = open_under(
            unwrapped(PURPOSE, bytes(row.wrapped_key)), f"route:{case.public_id}", bytes(row.sealed_route)
        )
    except Misconfigured:
        return ""
    return plain.decode()


def destroy_old_routes() -> int:
    """Destroy the keys of routes whose window has closed; the number."""
    return CaseRoute.objects.filter(closes_at__lte=clock.now()).delete()[0]
