"""The conversations a batch touches, held in memory from one read to one write."""

import functools
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Subquery

from binhyen.cases.routes import MOVED_FOLDED
from binhyen.channels.connector import Button, ButtonKind, Echo, Followed, Media, PublicComment, Text
from binhyen.channels.models import Account
from binhyen.core.database import Among
from binhyen.core.ids import new_public_id
from binhyen.core.reading_rows import read_instances, read_tuples
from binhyen.inbox.models import (
    AlertState,
    Author,
    Contact,
    Conversation,
    Delivery,
    Direction,
    DutyAlert,
    Message,
)
from binhyen.inbox.new_rows import instance_like
from binhyen.workflows.arrivals import Arrival, PersonKey
from binhyen.workflows.loop_guard import MEMORY, Said

PROCEDURE_LIFE = timedelta(days=1)
"""A procedure discussed longer ago no longer gives a follow-up its meaning."""
WELCOME_PAUSE = timedelta(hours=1)
HINT_PAUSE = timedelta(days=1)
OFFICER_TALK = timedelta(days=7)
"""An officer who wrote longer ago is not being answered any more; Zalo's window for replies is as long."""


@dataclass(eq=False)
class Thread:
    """One conversation as the batch changes it."""

    account: Account
    contact: Contact
    conversation: Conversation
    is_new: bool
    """The person never wrote before."""
    is_ringing: bool = False
    """A duty alert of this conversation is still waiting for somebody."""
    offered: tuple[Button, ...] = ()
    """Buttons shown last; words of the machine without any leave them standing, an officer's do not."""
    is_with_officer: bool = False
    """An officer wrote last, within `OFFICER_TALK`, or nothing but short answers of the machine came after."""
    said: list[Said] = field(default_factory=list)
    known_ids: set[str] = field(default_factory=set)
    """External ids of messages that are already stored or in this batch."""
    open_sends: list[Delivery] = field(default_factory=list)
    """Sends whose outcome is not yet recorded or unknown, read only when an echo has to be recognised."""
    is_changed: bool = False

    def procedure_at(self, now: datetime) -> str:
        """Procedure just discussed, "" when none or too old."""
        at = self.conversation.procedure_at
        return self.conversation.procedure if at and now - at < PROCEDURE_LIFE else ""

    def talked_about(self) -> tuple[str, ...]:
        """Procedures of the talk of the last minutes, the first one first, each as often as it came up."""
        in_order = sorted(self.said, key=lambda one: one.at)
        return tuple(one.procedure for one in in_order if one.procedure)

    def was_welcomed(self, now: datetime) -> bool:
        """Whether a welcome went out within the hour."""
        return self.conversation.welcomed_at is not None and now - self.conversation.welcomed_at < WELCOME_PAUSE

    def was_hinted(self, now: datetime) -> bool:
        """Whether the private hint went out within the day."""
        return self.conversation.hinted_at is not None and now - self.conversation.hinted_at < HINT_PAUSE

    def was_sealed(self) -> bool:
        """Whether words of the last minutes left the thread for a sealed case."""
        return any(one.is_inbound and one.folded == MOVED_FOLDED for one in self.said)

    def shown(self, buttons: tuple[Button, ...]) -> None:
        """The machine sent a message; one with buttons takes the talk from the officer, as it will when read again."""
        if buttons:
            self.offered, self.is_with_officer = buttons, False

    def acted(self, at: datetime) -> None:
        """The person did something that opens the reply window."""
        before = self.contact.last_interaction_at
        self.contact.last_interaction_at = max(before, at) if before else at


Threads = dict[PersonKey, Thread]


def open_threads(arrivals: Iterable[Arrival], now: datetime) -> Threads:
    """Threads of everybody who needs one: read with a lock where they exist, prepared where they do not."""
    accounts = {arrival.account.pk: arrival.account for arrival in arrivals}
    people = {arrival.person: _opens(arrival) for arrival in arrivals if arrival.person and not _opens(arrival)}
    people |= {arrival.person: True for arrival in arrivals if arrival.person and _opens(arrival)}
    contacts = _contacts(people)
    conversations = _conversations(contacts.values(), now)
    threads: Threads = {}
    for key, opens in people.items():
        contact = contacts.get(key)
        conversation = conversations.get(contact.pk) if contact else None
        if conversation is None and not opens:
            continue
        account = accounts[key[0]]
        contact = contact or _new_contact(account, key[1], now)
        threads[key] = Thread(
            account, contact, conversation or _new_conversation(account, contact, now), is_new=conversation is None
        )
    _recall(threads, arrivals, now)
    return threads


def _opens(arrival: Arrival) -> bool:
    """Whether the event alone is a reason to have a conversation."""
    return isinstance(arrival.event, Text | Media | Echo | Followed | PublicComment)


def _contacts(people: Iterable[PersonKey]) -> dict[PersonKey, Contact]:
    wanted = set(people)
    found = Contact.objects.filter(
        Among("external_id", {person for _, person in wanted}), account_id__in={account for account, _ in wanted}
    )
    return {
        key: contact
        for contact in read_instances(found)
        if (key := (contact.account_id, contact.external_id)) in wanted
    }


def _conversations(contacts: Iterable[Contact], now: datetime) -> dict[int, Conversation]:
    """By contact; locked in one order, so that two batches cannot wait for each other."""
    latest_out = Message.objects.filter(conversation=OuterRef("pk"), direction=Direction.OUTBOUND).order_by("-id")
    latest_out = latest_out.exclude(author=Author.MACHINE, buttons=[])
    ringing = DutyAlert.objects.filter(conversation=OuterRef("pk"), state=AlertState.RINGING)
    found = (
        Conversation.objects.filter(Among("contact", [contact.pk for contact in contacts]))
        .annotate(
            offered=Subquery(latest_out.values("buttons")[:1]),
            speaker=Subquery(latest_out.filter(created_at__gt=now - OFFICER_TALK).values("author")[:1]),
            is_ringing=Exists(ringing),
        )
        .order_by("pk")
        .select_for_update(of=("self",), no_key=True)
    )
    return {conversation.contact_id: conversation for conversation in read_instances(found)}


def _new_contact(account: Account, person: str, now: datetime) -> Contact:
    values = {"unit_id": account.unit_id, "account": account, "external_id": person, "created_at": now}
    return instance_like(_blank_contact(), **values)


def _new_conversation(account: Account, contact: Contact, now: datetime) -> Conversation:
    return instance_like(
        _blank_conversation(),
        public_id=new_public_id(),
        unit_id=account.unit_id,
        account=account,
        contact=contact,
        number=0,
        last_message_at=now,
        changed_at=now,
    )


@functools.cache
def _blank_contact() -> Contact:
    return Contact()


@functools.cache
def _blank_conversation() -> Conversation:
    return Conversation()


def _recall(threads: Threads, arrivals: Iterable[Arrival], now: datetime) -> None:
    """What was said lately, what was offered, and which messages of the batch are known already."""
    known = {thread.conversation.pk: thread for thread in threads.values() if not thread.is_new}
    for thread in known.values():
        thread.is_ringing = bool(getattr(thread.conversation, "is_ringing", False))
        thread.is_with_officer = getattr(thread.conversation, "speaker", None) == Author.OFFICER
        thread.offered = stored_buttons(getattr(thread.conversation, "offered", None))
    recent = Message.objects.filter(Among("conversation", known), created_at__gt=now - MEMORY).exclude(
        direction=Direction.NOTE
    )
    words = recent.values_list("conversation_id", "created_at", "direction", "author", "folded", "procedure")
    for key, at, direction, author, folded, procedure in read_tuples(words):
        known[key].said.append(Said(at, direction == Direction.INBOUND, author == Author.MACHINE, folded, procedure))
    ids = {_external_id(arrival) for arrival in arrivals} - {""}
    stored = Message.objects.filter(Among("conversation", known), Among("external_id", ids))
    for key, external_id in read_tuples(stored.values_list("conversation_id", "external_id")):
        known[key].known_ids.add(external_id)


def _external_id(arrival: Arrival) -> str:
    return arrival.event.message_id if isinstance(arrival.event, Echo) else arrival.message_id


def stored_buttons(stored: list[list[str]] | None) -> tuple[Button, ...]:
    """Buttons as a message's row keeps them."""
    return tuple(Button(title, ButtonKind(kind), value) for title, kind, value in stored or ())
