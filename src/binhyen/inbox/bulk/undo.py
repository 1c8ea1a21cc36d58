"""Undoing an act on many: what nobody has touched since goes back, what has gone out is said to have gone out."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import OuterRef, Subquery

from binhyen.audit import actions as audit
from binhyen.core import clock
from binhyen.core.errors import NotAllowed, NotPossible
from binhyen.core.many_rows import update_rows
from binhyen.inbox.bulk.rules import FIELDS, snapshot
from binhyen.inbox.merging.actions import leave_group
from binhyen.inbox.models import (
    BulkAct,
    BulkChange,
    Conversation,
    ConversationState,
    ConversationTopic,
    Delivery,
    DeliveryState,
    Direction,
    Message,
)
from binhyen.language.personal_data import hide_for_reading
from binhyen.units.scope import CONVERSATION_ROLES, REPLY_ROLES, Scope

CANCELLABLE = (DeliveryState.PLANNED, DeliveryState.BY_HAND)
RECENT = 5
"""Acts offered for undo at once."""


@dataclass(frozen=True, slots=True)
class Undone:
    """How an undo ended, in numbers of conversations."""

    back: int
    """As before the act."""
    touched: int
    """Changed by somebody since, left as they are."""
    sent: int
    """The reply is with the resident; it cannot be taken back."""


def access_act(scope: Scope, public_id: str) -> BulkAct:
    """An act of one of the officer's units. Raises NotAllowed."""
    units = scope.units_with(CONVERSATION_ROLES)
    found = BulkAct.objects.filter(public_id=public_id, unit_id__in=units).select_related("unit", "officer").first()
    if found is None:
        raise NotAllowed
    return found


def undoable_for(scope: Scope) -> list[BulkAct]:
    """The officer's own acts that can still be undone, latest first."""
    units = scope.units_with(CONVERSATION_ROLES)
    own = BulkAct.objects.filter(unit_id__in=units, officer_id=scope.officer_id, undone_at=None)
    return list(own.filter(undo_until__gt=clock.now()).order_by("-made_at")[:RECENT])


@transaction.atomic
def undo(scope: Scope, act: BulkAct) -> Undone:
    """Take the act back as far as that is possible. Raises NotPossible: undo_late, undo_twice."""
    scope.check(act.unit_id, REPLY_ROLES)
    act = BulkAct.objects.select_for_update().get(pk=act.pk)
    now = clock.now()
    if act.undone_at is not None:
        raise NotPossible("undo_twice")
    if now >= act.undo_until:
        raise NotPossible("undo_late")
    changes = list(act.changes.select_related("conversation").order_by("conversation_id"))
    keys = [change.conversation_id for change in changes]
    rows = {row.pk: row for row in Conversation.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    cancelled, sent = _cancel(changes, now)
    free = [change for change in changes if change.delivery_id is None or change.delivery_id in cancelled]
    back = [change for change in free if _is_untouched(rows[change.conversation_id], change)]
    _put_back(back, rows, now)
    _wait_again([change for change in free if change not in back and change.delivery_id], rows, now)
    _remove_labels(free)
    leave_group([change.conversation_id for change in free if "group" in change.after])
    result = Undone(len(back), len(free) - len(back), sent)
    act.undone_at, act.undone_by_id = now, scope.officer_id
    act.save(update_fields=["undone_at", "undone_by"])
    facts = {"back": result.back, "touched": result.touched, "sent": result.sent}
    audit.record(act.unit_id, "conversations.undone", actor_key=scope.officer_id, subject=act.public_id, facts=facts)
    return result


def _cancel(changes: list[BulkChange], now: datetime) -> tuple[set[int], int]:
    """Keys of the deliveries that go out no more, and the number of those that are out or on their way."""
    promised = [change.delivery_id for change in changes if change.delivery_id]
    waiting = Delivery.objects.select_for_update().filter(pk__in=promised, state__in=CANCELLABLE)
    cancelled = set(waiting.order_by("pk").values_list("pk", flat=True))
    Delivery.objects.filter(pk__in=cancelled).update(state=DeliveryState.CANCELLED, finished_at=now, why="undone")
    return cancelled, len(promised) - len(cancelled)


def _is_untouched(row: Conversation, change: BulkChange) -> bool:
    now = snapshot(row)
    return all(now[name] == change.after.get(name) for name in FIELDS)


def _put_back(changes: list[BulkChange], rows: dict[int, Conversation], now: datetime) -> None:
    previews = _previews([change.conversation_id for change in changes if change.delivery_id])
    for change in changes:
        row = rows[change.conversation_id]
        for name in FIELDS:
            setattr(row, name, change.before[name])
        since = change.before["waiting_since"]
        row.waiting_since = datetime.fromisoformat(since) if since else None
        row.preview = previews.get(row.pk, row.preview)
        row.changed_at = now
    fields = ["state", "waiting_since", "urgency", "unread_count", "assigned_to", "preview", "changed_at"]
    update_rows([rows[change.conversation_id] for change in changes], fields)


def _wait_again(changes: list[BulkChange], rows: dict[int, Conversation], now: datetime) -> None:
    """Somebody has changed these since, but their reply was taken back: a resident who waited still waits."""
    waiting = []
    for change in changes:
        row = rows[change.conversation_id]
        if change.before["state"] == ConversationState.WAITING and str(row.state) == change.after["state"]:
            row.state, row.changed_at = ConversationState.WAITING, now
            row.waiting_since = datetime.fromisoformat(change.before["waiting_since"] or now.isoformat())
            waiting.append(row)
    update_rows(waiting, ["state", "waiting_since", "changed_at"])


def _previews(keys: list[int]) -> dict[int, str]:
    """Starts of the latest words of each resident, hidden as everywhere."""
    latest = Message.objects.filter(conversation=OuterRef("pk"), direction=Direction.INBOUND).order_by("-id")
    found = Conversation.objects.filter(pk__in=keys).annotate(words=Subquery(latest.values("text")[:1]))
    return {key: hide_for_reading(words)[:160] for key, words in found.values_list("pk", "words") if words}


def _remove_labels(changes: list[BulkChange]) -> None:
    labelled: dict[int, list[int]] = {}
    for change in changes:
        if change.topic_id:
            labelled.setdefault(change.topic_id, []).append(change.conversation_id)
    for topic_id, keys in labelled.items():
        ConversationTopic.objects.filter(topic_id=topic_id, conversation__in=keys).delete()
