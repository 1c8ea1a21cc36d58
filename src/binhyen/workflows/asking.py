"""Questions from the residents' portal: in by the same durable queue as Zalo, answers by a receipt code."""

from dataclasses import dataclass
from datetime import datetime

from binhyen.cases.following import case_behind
from binhyen.cases.models import Case
from binhyen.channels.models import Account
from binhyen.core import clock
from binhyen.core.errors import NotPossible
from binhyen.core.house_calls import written
from binhyen.core.ids import new_public_id
from binhyen.core.text import clean
from binhyen.inbox.models import Contact, ConversationState, Direction, Message
from binhyen.jobs.contract import NewJob
from binhyen.jobs.queue import job_queue
from binhyen.procedures.queries import catalogue
from binhyen.units.models import Unit
from binhyen.vault import receipts
from binhyen.vault.keyring import keyed_hash

QUESTION_LIMIT = 2_000
"""Characters of one question."""


@dataclass(frozen=True, slots=True)
class ThreadMessage:
    """One message as the person with the receipt sees it; notes never appear."""

    is_mine: bool
    is_from_officer: bool
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PortalThread:
    """A question and what came back."""

    unit_slug: str
    waits_for_officer: bool
    is_closed: bool
    messages: tuple[ThreadMessage, ...]


def ask_by_portal(unit: Unit, text: str, procedure: str = "", token: str = "") -> str:
    """Take a question in durably and give its receipt code of 18 digits.

    Sending the same `token` twice stores one question and gives the same code. `procedure` is the page the person
    came from. Raises NotPossible: question_empty, question_too_long(limit).
    """
    text = _checked(text)
    about = catalogue().procedure(procedure) if procedure else None
    code = receipts.new_code(token)
    _append(unit, receipts.hashed(code), f"[{about.title}] {text}" if about else text, token)
    return code


def add_to_thread(code: str, text: str, token: str = "") -> None:
    """Add words to a question that was asked before.

    Raises NotPossible: receipt_length, receipt_wrong, receipt_unknown, question_empty, question_too_long(limit).
    """
    text = _checked(text)
    person = receipts.hashed(receipts.check_code(code))
    contact = _contact(person)
    if contact is None:
        raise NotPossible("receipt_unknown")
    _append(contact.unit, person, text, token)


def behind_code(code: str) -> PortalThread | Case | None:
    """The question or the report of a receipt; None when nothing has this code. One slow hash, whichever it is.

    Raises NotPossible (receipt_length, receipt_wrong) before anything is looked up.
    """
    receipt_hash = receipts.hashed(receipts.check_code(code))
    return case_behind(receipt_hash) or thread_behind(receipt_hash)


def thread_behind(receipt_hash: str) -> PortalThread | None:
    """The thread of a question."""
    contact = _contact(receipt_hash)
    if contact is None:
        return None
    conversation = contact.conversation
    rows = Message.objects.filter(conversation=conversation).exclude(direction=Direction.NOTE).order_by("id")
    return PortalThread(
        unit_slug=contact.unit.slug,
        waits_for_officer=conversation.state == ConversationState.WAITING,
        is_closed=conversation.state == ConversationState.CLOSED,
        messages=tuple(
            ThreadMessage(row.direction == Direction.INBOUND, row.author == "officer", row.text, row.created_at)
            for row in rows
        ),
    )


def _checked(text: str) -> str:
    text = clean(text)
    if not text:
        raise NotPossible("question_empty")
    if len(text) > QUESTION_LIMIT:
        raise NotPossible("question_too_long", limit=QUESTION_LIMIT)
    return text


def _contact(person: str) -> Contact | None:
    wanted = Contact.objects.filter(account__connector="web", external_id=person)
    return wanted.select_related("conversation", "unit").first()


def _append(unit: Unit, person: str, text: str, token: str) -> None:
    account = Account.objects.get(connector="web", unit=unit)
    message_id = keyed_hash("portal.message", token)[:32] if token else new_public_id()
    job_queue().append(
        [
            NewJob(
                queue="intake",
                kind="call.web",
                body=written(message_id, person, text, clock.now()),
                key=f"{account.public_id}:{message_id}",
                lane=f"{account.public_id}:{person}",
                unit_key=unit.pk,
            )
        ]
    )
