"""What intake writes by the hundred: plain rows, since making a model instance costs more than storing it.

Each names its `table`; `many_rows.insert_rows` writes them and gives them their key. A column that a row does not have
gets the default of the model's field.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar, TypeVar

from django.db import models
from django.db.models.base import ModelState

from binhyen.inbox.models import Attachment, Author, Conversation, Delivery, DeliveryState, Direction, Message

Instance = TypeVar("Instance", bound=models.Model)


def instance_like(pattern: Instance, **values: Any) -> Instance:
    """A new instance with the values of `pattern`, which was never saved, apart from `values`: a quarter of the price.

    Related instances among `values` are tied as by Django itself; random defaults (public ids) have to be given.
    """
    made = type(pattern).__new__(type(pattern))
    made.__dict__.update(pattern.__dict__, _state=ModelState())
    for name, value in values.items():
        setattr(made, name, value)
    return made


@dataclass(eq=False, slots=True)
class NewMessage:
    """A message to be written; see `Message`."""

    table: ClassVar[type[models.Model]] = Message
    unit_id: int
    conversation: Conversation
    direction: Direction
    author: Author
    text: str
    folded: str
    sent_at: datetime
    created_at: datetime
    external_id: str = ""
    quoted_id: str = ""
    buttons: list[list[str]] = field(default_factory=list)
    kind: str = ""
    procedure: str = ""
    band: str = ""
    answers: "NewMessage | None" = None
    pk: int | None = None

    @property
    def conversation_id(self) -> int:
        """Key of the conversation, which may be written only after the message was made."""
        return self.conversation.pk

    @property
    def answers_id(self) -> int | None:
        """Key of the message answered."""
        return self.answers.pk if self.answers else None


@dataclass(eq=False, slots=True)
class NewDelivery:
    """A promise to send; see `Delivery`."""

    table: ClassVar[type[models.Model]] = Delivery
    unit_id: int
    account_id: int
    message: NewMessage
    state: DeliveryState
    due_at: datetime
    pk: int | None = None

    @property
    def conversation_id(self) -> int:
        """Key of the conversation."""
        return self.message.conversation_id

    @property
    def message_id(self) -> int | None:
        """Key of the message to send."""
        return self.message.pk


@dataclass(eq=False, slots=True)
class NewAttachment:
    """Something that came with a message; see `Attachment`."""

    table: ClassVar[type[models.Model]] = Attachment
    unit_id: int
    message: NewMessage
    kind: str
    url: str
    name: str
    description: str
    state: str
    reason: str = ""
    pk: int | None = None

    @property
    def message_id(self) -> int | None:
        """Key of the message it came with."""
        return self.message.pk
