"""Writing contacts and conversations of a whole batch: new ones and changed ones in the same statement."""

from collections.abc import Sequence

from django.db.models import Max

from binhyen.core.many_rows import insert_rows, update_rows, upsert_rows
from binhyen.inbox.models import Contact, Conversation
from binhyen.units.models import Unit

_CONTACT_FIELDS = ["last_interaction_at", "is_following"]
_CONVERSATION_FIELDS = [
    "state",
    "urgency",
    "kind",
    "procedure",
    "procedure_at",
    "waiting_since",
    "welcomed_at",
    "hinted_at",
    "last_message_at",
    "last_inbound_at",
    "preview",
    "unread_count",
    "changed_at",
]


def write_contacts(contacts: Sequence[Contact]) -> None:
    """Insert or update; every row knows its key afterwards."""
    new = [contact for contact in contacts if contact.pk is None]
    old = [contact for contact in contacts if contact.pk is not None]
    upsert_rows(new, ["account", "external_id"], _CONTACT_FIELDS)
    update_rows(old, _CONTACT_FIELDS)


def number_conversations(new: Sequence[Conversation]) -> None:
    """Give new conversations the next numbers of their unit; other batches of the unit wait for this one."""
    if not new:
        return
    units = sorted({conversation.unit_id for conversation in new})
    list(Unit.objects.filter(pk__in=units).order_by("pk").select_for_update(no_key=True).values_list("pk"))
    used = Conversation.objects.filter(unit__in=units).values_list("unit_id").annotate(last=Max("number"))
    next_number = dict.fromkeys(units, 1) | {unit: last + 1 for unit, last in used}
    for conversation in new:
        conversation.number = next_number[conversation.unit_id]
        next_number[conversation.unit_id] += 1


def write_conversations(conversations: Sequence[Conversation]) -> None:
    """Insert new ones, update changed ones that the caller holds locked; officers' own fields stay untouched."""
    new = [one for one in conversations if one.pk is None]
    old = [one for one in conversations if one.pk is not None]
    insert_rows(new)
    update_rows(old, _CONVERSATION_FIELDS)
