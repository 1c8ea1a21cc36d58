"""What a sender carries by the hundred: plain rows, since making model instances costs more than the call itself."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from django.db import models

from binhyen.channels.models import Account
from binhyen.inbox.models import Attachment, Delivery, Message


@dataclass(eq=False, slots=True)
class DueMessage:
    """The message to send; see `Message`."""

    table: ClassVar[type[models.Model]] = Message
    pk: int
    text: str
    buttons: list[list[str]]
    external_id: str
    quoted_id: str
    files: list[Attachment] = field(default_factory=list)


@dataclass(eq=False, slots=True)
class DueDelivery:
    """A promise that is being kept now; see `Delivery`."""

    table: ClassVar[type[models.Model]] = Delivery
    pk: int
    unit_id: int
    account_id: int
    account: Account
    conversation_id: int
    person: str
    last_interaction_at: datetime | None
    message: DueMessage
    state: str
    why: str
    quota_kind: str
    attempts: int
    due_at: datetime
    finished_at: datetime | None


_DELIVERY = ("pk", "unit_id", "account_id", "conversation_id")
_CONTACT = ("conversation__contact__external_id", "conversation__contact__last_interaction_at")
_MESSAGE = ("message_id", "message__text", "message__buttons", "message__external_id", "message__quoted_id")
_OUTCOME = ("state", "why", "quota_kind", "attempts", "due_at", "finished_at")


def due_rows(keys: Sequence[int]) -> list[DueDelivery]:
    """The deliveries of these keys, oldest first, with everything a send needs, in three queries."""
    found = Delivery.objects.filter(pk__in=keys).order_by("id")
    rows = list(found.values_list(*_DELIVERY, *_CONTACT, *_MESSAGE, *_OUTCOME))
    accounts = Account.objects.select_related("application").in_bulk({account for _, _, account, *_ in rows})
    files: dict[int, list[Attachment]] = defaultdict(list)
    for file in Attachment.objects.filter(message__delivery__in=keys).select_related("original"):
        files[file.message_id].append(file)
    return [
        DueDelivery(
            key, unit, account, accounts[account], conversation, person, wrote_at,
            DueMessage(message, text, buttons, external_id, quoted_id, files.get(message, [])), *outcome,
        )
        for key, unit, account, conversation, person, wrote_at, message, text, buttons, external_id, quoted_id, *outcome
        in rows
    ]  # fmt: skip
