"""Pictures an officer adds by hand at the paste-in desk."""

from django.db import transaction

from binhyen.core.errors import NotPossible
from binhyen.inbox.models import Attachment, AttachmentState, Conversation, Direction, Message
from binhyen.units.scope import REPLY_ROLES, Scope
from binhyen.vault import files
from binhyen.vault.media_types import recognise

PICTURE_LIMIT_BYTES = 10_000_000


@transaction.atomic
def attach_picture(scope: Scope, conversation: Conversation, content: bytes, name: str) -> None:
    """A picture pasted in with the resident's latest message; officers see the cleaned copy (G10).

    Raises NotPossible("media_type" or "picture_too_large").
    """
    scope.check(conversation.unit_id, REPLY_ROLES)
    if len(content) > PICTURE_LIMIT_BYTES:
        raise NotPossible("picture_too_large")
    content_type = recognise(content)
    if not content_type.startswith("image/"):
        raise NotPossible("media_type")
    message = Message.objects.filter(conversation=conversation, direction=Direction.INBOUND).order_by("-id").first()
    if message is None:
        raise NotPossible("media_type")
    original = files.store(content, conversation.unit_id, content_type, name)
    Attachment.objects.create(
        unit_id=conversation.unit_id,
        message=message,
        kind="image",
        name=original.name,
        state=AttachmentState.STORED,
        original=original,
        shown=files.store_clean_copy(original, content),
    )
