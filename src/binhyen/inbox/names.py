"""The name of a resident, asked of the platform only when an officer has opened the conversation."""

from binhyen.channels.tokens import fresh_credentials
from binhyen.channels.zalo_oa.profile import Profile, profile
from binhyen.core import clock
from binhyen.core.counting import count
from binhyen.core.errors import NotPossible, TryAgain
from binhyen.core.text import fold
from binhyen.inbox.models import Contact, Conversation
from binhyen.units.scope import CONVERSATION_ROLES, Scope


def is_name_missing(conversation: Conversation) -> bool:
    """Whether the platform was never asked for the name."""
    return conversation.account.connector == "zalo_oa" and conversation.contact.name_fetched_at is None


def fetch_name(scope: Scope, conversation: Conversation) -> str:
    """Ask the platform once and keep the answer; "" when it has none now. Blocks at most 8 s, no transaction."""
    scope.check(conversation.unit_id, CONVERSATION_ROLES)
    if not is_name_missing(conversation):
        return conversation.contact.display_name
    try:
        found = profile(conversation.contact.external_id, fresh_credentials(conversation.account))
    except (NotPossible, TryAgain):
        count("inbox.name_not_fetched", unit_key=conversation.unit_id)
        return ""
    if not isinstance(found, Profile):
        count("inbox.name_not_fetched", unit_key=conversation.unit_id)
        return ""
    now = clock.now()
    contacts = Contact.objects.filter(pk=conversation.contact_id)
    contacts.update(
        display_name=found.display_name,
        folded_name=fold(found.display_name)[:100],
        is_following=found.is_following,
        name_fetched_at=now,
    )
    Conversation.objects.filter(pk=conversation.pk).update(changed_at=now)
    return found.display_name
