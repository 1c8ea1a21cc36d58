"""Conversations at the end of their period, or erased on request: the link to the person goes first, then the words."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from binhyen.audit import actions as audit
from binhyen.audit.journal import note_erasure
from binhyen.core.database import want_log_overwritten
from binhyen.core.ids import new_public_id
from binhyen.core.retention import MOST_AT_ONCE, Eraser, Held
from binhyen.inbox.models import Attachment, Contact, Conversation, ConversationState, Message
from binhyen.vault import files
from binhyen.vault.models import StoredFile

UNLINKED = "erased:"
"""Begins the channel id of a contact whose link was cut; no channel gives such ids."""


def _question_due(before: datetime, held: Held) -> QuerySet[Conversation]:
    return (
        Conversation.objects.filter(last_message_at__lt=before)
        .exclude(public_id__in=held)
        .exclude(state=ConversationState.WAITING)
    )


def _erase_questions(before: datetime, held: Held) -> int:
    """Whole conversations with contact and files; one that waits for an officer is never due (new content is grace)."""
    rows = list(_question_due(before, held).select_related("contact").order_by("pk")[:MOST_AT_ONCE])
    for conversation in rows:
        with transaction.atomic():
            erase_conversation(conversation, "aged")
    return len(rows)


def _links_due(before: datetime, held: Held) -> QuerySet[Contact]:
    due = Contact.objects.filter(conversation__last_message_at__lt=before).exclude(conversation__public_id__in=held)
    return due.exclude(external_id__startswith=UNLINKED)


def _unlink(before: datetime, held: Held) -> int:
    """Cut the words from the person: the channel's id and the name go, the question stays for statistics and checks."""
    rows = list(_links_due(before, held).order_by("pk")[:MOST_AT_ONCE])
    for contact in rows:
        contact.external_id = f"{UNLINKED}{new_public_id()}"
        contact.display_name = contact.folded_name = ""
        contact.is_following = False
    Contact.objects.bulk_update(rows, ["external_id", "display_name", "folded_name", "is_following"])
    return len(rows)


def erase_conversation(conversation: Conversation, why: str) -> int:
    """One conversation with contact, messages and files, inside the caller's transaction; the number of messages."""
    note_erasure("conversation", conversation.public_id)
    messages = Message.objects.filter(conversation=conversation)
    count = messages.count()
    erase_files(Attachment.objects.filter(message__in=messages))
    unit_id, public_id = conversation.unit_id, conversation.public_id
    conversation.contact.delete()
    facts: dict[str, str | int] = {"messages": count, "why": why}
    audit.record(unit_id, "conversation.erased", actor_key=None, subject=public_id, facts=facts)
    want_log_overwritten()
    return count


def erase_files(attachments: Iterable[Attachment]) -> None:
    """Originals and copies, bytes included."""
    keys = {key for one in attachments for key in (one.original_id, one.shown_id) if key}
    for stored in StoredFile.objects.filter(Q(pk__in=keys), original=None):
        files.erase(stored)


ERASERS = (
    Eraser("question_contact_link", lambda before, held: _links_due(before, held).count(), _unlink),
    Eraser("question_text", lambda before, held: _question_due(before, held).count(), _erase_questions),
)
