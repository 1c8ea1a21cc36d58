"""A question by telephone or at the counter: the officer types it, reads the answer and the receipt code aloud (G60).

It becomes the same thread as a question of the portal, so that who asked has the same page and the same rights.
"""

from dataclasses import dataclass

from django.db import transaction

from binhyen.audit import actions as audit
from binhyen.channels.connector import Text
from binhyen.channels.models import Account
from binhyen.core import clock
from binhyen.core.errors import NotPossible
from binhyen.core.text import clean
from binhyen.inbox.models import Contact, Conversation, Direction, Message
from binhyen.units.models import Unit
from binhyen.units.scope import REPLY_ROLES, Scope
from binhyen.vault import receipts
from binhyen.vault.keyring import keyed_hash
from binhyen.workflows.asking import QUESTION_LIMIT
from binhyen.workflows.intake import receive_now

TOKEN_LENGTH = 43
"""Of `secrets.token_urlsafe(32)`."""


@dataclass(frozen=True, slots=True)
class TakenQuestion:
    """What the officer reads aloud."""

    conversation: Conversation
    code: str
    """18 digits; shown now and kept nowhere."""
    answers: tuple[str, ...]
    """What the machine answered, in order; nothing when an officer has to."""


def take_question(scope: Scope, unit: Unit, text: str, token: str) -> TakenQuestion:
    """Take the question in at once; the same `token` again gives the same thread and code, whatever the text.

    Raises NotPossible: question_empty, question_too_long(limit), question_token.
    """
    scope.check(unit.pk, REPLY_ROLES)
    text = clean(text)
    if len(token) != TOKEN_LENGTH:
        raise NotPossible("question_token")
    code = receipts.new_code(token)
    person = receipts.hashed(code)
    account = Account.objects.get(unit=unit, connector="web")
    known = Contact.objects.filter(account=account, external_id=person).select_related("conversation").first()
    if known is not None:
        return TakenQuestion(known.conversation, code, _answers(known.conversation))
    if not text:
        raise NotPossible("question_empty")
    if len(text) > QUESTION_LIMIT:
        raise NotPossible("question_too_long", limit=QUESTION_LIMIT)
    with transaction.atomic():
        message_id = keyed_hash("console.question", token)[:32]
        conversation = receive_now(account, Text(person, message_id, text, clock.now()))
        audit.record(unit.pk, "question.taken", actor_key=scope.officer_id, subject=conversation.public_id)
    return TakenQuestion(conversation, code, _answers(conversation))


def _answers(conversation: Conversation) -> tuple[str, ...]:
    rows = Message.objects.filter(conversation=conversation, direction=Direction.OUTBOUND).order_by("id")
    return tuple(rows.values_list("text", flat=True))
