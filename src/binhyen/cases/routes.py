"""The way back to a reporter of Zalo: sealed under a key of its own, which is destroyed when the window closes."""

from datetime import datetime, timedelta

from binhyen.cases.models import Case, CaseRoute, ReportDraft
from binhyen.core import clock
from binhyen.core.errors import KeysAway, Misconfigured
from binhyen.core.text import fold
from binhyen.vault.content_keys import new_wrapped_key, open_under, seal_under, unwrapped
from binhyen.vault.keyring import keyed_hash

WINDOW = timedelta(days=7)
"""Zalo takes a reply for so long after the person last wrote; then the way back is destroyed."""
PURPOSE = "case.route"
"""Another key of the ring than the one of contents."""
MOVED = "[Đã chuyển sang kênh kín]"
"""What stays in the thread when its words moved into a sealed case."""
MOVED_FOLDED = fold(MOVED)


def keep_route(case: Case, conversation_id: str, closes_at: datetime) -> None:
    """Remember how the reporter is reached until `closes_at`."""
    wrapped = new_wrapped_key(PURPOSE)
    sealed = seal_under(unwrapped(PURPOSE, wrapped), f"route:{case.public_id}", conversation_id.encode())
    CaseRoute.objects.update_or_create(
        case=case,
        defaults={
            "wrapped_key": wrapped,
            "sealed_route": sealed,
            "lookup_hash": lookup_hash(conversation_id),
            "closes_at": closes_at,
        },
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
    except KeysAway:
        raise  # the way back is there, only not to be read now
    except Misconfigured:
        return ""
    return plain.decode()


def routes_to(conversation_id: str) -> list[CaseRoute]:
    """Routes that lead to a conversation."""
    rows = CaseRoute.objects.filter(lookup_hash=lookup_hash(conversation_id))
    return list(rows.select_related("case", "case__unit"))


def lookup_hash(conversation_id: str) -> str:
    """What tells conversations apart without naming them."""
    return keyed_hash("case.route.lookup", conversation_id)


def sealed_for_draft(key: bytes, token_hash: str, conversation_id: str) -> bytes:
    """The conversation a draft began in, under the draft's own key."""
    return seal_under(key, f"draft-route:{token_hash}", conversation_id.encode())


def conversation_of_draft(key: bytes, draft: ReportDraft) -> str:
    """Public id of that conversation."""
    return open_under(key, f"draft-route:{draft.token_hash}", bytes(draft.sealed_route)).decode()


def destroy_old_routes() -> int:
    """Destroy the keys of routes whose window has closed; the number."""
    return CaseRoute.objects.filter(closes_at__lte=clock.now()).delete()[0]
