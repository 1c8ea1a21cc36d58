"""Answering one particular message: which one an officer has chosen, and the line that tells of a quoted one."""

from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from binhyen.cases.routes import MOVED
from binhyen.console.access import ConsoleRequest
from binhyen.core.text import clean
from binhyen.inbox.models import Conversation, Direction, Message
from binhyen.inbox.queries import capabilities_for

SHOWN = 80
"""Characters of a quoted message."""


def quoted_words(text: str | None) -> str:
    """The line above an answer; None for a message that does not stand in this conversation (any more)."""
    if text is None:
        return _("Replies to an older message")
    if not text:
        return _("Replies to a picture or file")
    return _("Replies to: “%(words)s”") % {"words": Truncator(" ".join(text.split())).chars(SHOWN)}


def chosen_id(request: ConsoleRequest) -> str:
    """What the form or the address names: a button just pressed counts before the line above the box."""
    return clean(request.POST.get("quotes", request.POST.get("quote", request.GET.get("quote", ""))))


def can_be_quoted(message: Message) -> bool:
    """Whether a reply may show it again: what was sealed is not to come back into the chat."""
    return message.direction == Direction.INBOUND and bool(message.external_id) and message.text != MOVED


def chosen_message(request: ConsoleRequest, conversation: Conversation) -> Message | None:
    """The resident's message the reply answers; None when none is chosen or it cannot be quoted."""
    chosen = chosen_id(request)
    if not chosen or not capabilities_for(conversation).has_quotes:
        return None
    found = Message.objects.filter(conversation=conversation, external_id=chosen).first()
    return found if found and can_be_quoted(found) else None


def quote_context(request: ConsoleRequest, conversation: Conversation, *, may_reply: bool) -> dict[str, Any]:
    """What the composer and the bubbles need to answer one message; `may_reply`: the officer may write now."""
    chosen = chosen_message(request, conversation)
    return {
        "may_quote": may_reply and capabilities_for(conversation).has_quotes,
        "quoting_id": chosen.external_id if chosen else "",
        "quoting": quoted_words(chosen.text) if chosen else "",
        "takes_focus": bool(chosen),
    }
