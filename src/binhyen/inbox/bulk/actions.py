"""Doing an order to many conversations in a fixed number of statements, with a journal to undo it."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from binhyen.audit import actions as audit
from binhyen.channels.registry import connector_for
from binhyen.core import clock
from binhyen.core.errors import NotPossible
from binhyen.core.many_rows import insert_rows, update_rows
from binhyen.core.text import fold
from binhyen.inbox.bulk.rules import CANCEL_WINDOW, UNDO_FOR, BulkOrder, Facts, Line, check_text, plan, snapshot
from binhyen.inbox.canned.queries import facts_for, filled_for
from binhyen.inbox.models import (
    Author,
    BulkAct,
    BulkChange,
    BulkKind,
    Conversation,
    ConversationState,
    ConversationTopic,
    Delivery,
    DeliveryState,
    Direction,
    Draft,
    GroupedThread,
    Macro,
    Message,
    ThreadGroup,
)
from binhyen.language.personal_data import hide_for_reading
from binhyen.units.models import Officer
from binhyen.units.scope import CONVERSATION_ROLES, REPLY_ROLES, Scope

_CHANGED = [
    "state",
    "waiting_since",
    "urgency",
    "unread_count",
    "assigned_to",
    "preview",
    "last_message_at",
    "changed_at",
]


def preview(scope: Scope, order: BulkOrder, conversations: Sequence[Conversation], officer: Officer) -> list[Line]:
    """What the order would do to each, without doing it. Raises NotPossible for words that may go to nobody."""
    _check(scope, order, conversations)
    facts = _facts(order, conversations, officer)
    now = clock.now()
    return [plan(order, conversation, facts[conversation.pk], now) for conversation in conversations]


def _check(scope: Scope, order: BulkOrder, conversations: Sequence[Conversation]) -> None:
    unit_id = conversations[0].unit_id
    only_assigns = order.changes_officer and not (order.text or order.closes or order.topic or order.lead)
    scope.check(unit_id, CONVERSATION_ROLES if only_assigns else REPLY_ROLES)
    if order.text:
        check_text(order.text)
    if order.lead is not None and len(conversations) < 2:
        raise NotPossible("bulk_merge_few")
    if order.topic is not None and order.topic.unit_id != unit_id:
        raise NotPossible("topic_other_unit")
    if order.officer is not None and not _may_reply(order.officer, unit_id):
        raise NotPossible("officer_cannot_reply")


def _may_reply(officer: Officer, unit_id: int) -> bool:
    return officer.memberships.filter(unit_id=unit_id, role__in=REPLY_ROLES).exists()


def _facts(order: BulkOrder, conversations: Sequence[Conversation], officer: Officer) -> dict[int, Facts]:
    keys = [conversation.pk for conversation in conversations]
    topics: dict[int, set[int]] = {key: set() for key in keys}
    labels = ConversationTopic.objects.filter(conversation__in=keys)
    for key, topic in labels.values_list("conversation_id", "topic_id"):
        topics[key].add(topic)
    groups = dict(GroupedThread.objects.filter(conversation__in=keys).values_list("conversation_id", "group_id"))
    filling = facts_for(conversations[0].unit, officer) if order.text else {}
    waiting = _waiting_texts(keys) if order.text else {}
    return {
        conversation.pk: Facts(
            filled_for(order.text, filling, conversation) if order.text else "",
            frozenset(topics[conversation.pk]),
            groups.get(conversation.pk),
            frozenset(waiting.get(conversation.pk, ())),
        )
        for conversation in conversations
    }


def _waiting_texts(keys: list[int]) -> dict[int, set[str]]:
    """What is promised to each and has not gone out: a button pressed twice sends nothing twice."""
    texts: dict[int, set[str]] = {}
    promised = Delivery.objects.filter(
        conversation__in=keys, state__in=(DeliveryState.PLANNED, DeliveryState.BY_HAND), message__author=Author.OFFICER
    )
    for key, text in promised.values_list("conversation_id", "message__text"):
        texts.setdefault(key, set()).add(text)
    return texts


@transaction.atomic
def carry_out(scope: Scope, order: BulkOrder, conversations: Sequence[Conversation], officer: Officer) -> BulkAct:
    """Do it to all that can take it; the others are counted as skipped. Raises NotPossible: bulk_nothing_at_all, and
    what `preview` raises."""
    _check(scope, order, conversations)
    keys = [conversation.pk for conversation in conversations]
    locked = Conversation.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    rows = list(locked.select_related("contact", "account", "unit"))
    facts, now = _facts(order, rows, officer), clock.now()
    lines = [plan(order, row, facts[row.pk], now) for row in rows]
    done = [line for line in lines if line.refused is None]
    if len(done) < (2 if order.lead else 1):
        raise NotPossible("bulk_nothing_at_all")
    act = BulkAct.objects.create(
        unit=rows[0].unit,
        officer=officer,
        kind=order.kind,
        done_count=len(done),
        skipped_count=len(lines) - len(done),
        made_at=now,
        undo_until=now + UNDO_FOR,
    )
    _write(act, order, done, now)
    counts: dict[str, str | int] = {"done": act.done_count, "skipped": act.skipped_count, "kind": order.kind.value}
    audit.record(
        act.unit_id, "conversations.changed_together", actor_key=officer.pk, subject=act.public_id, facts=counts
    )
    return act


def _write(act: BulkAct, order: BulkOrder, done: list[Line], now: datetime) -> None:
    before = {line.conversation.pk: snapshot(line.conversation) for line in done}
    deliveries = _plan_replies(act, done, now) if order.text else {}
    for line in done:
        _apply(order, line, act, now)
    update_rows([line.conversation for line in done], _CHANGED)
    labelled = [line.conversation for line in done if line.adds_topic]
    insert_rows([ConversationTopic(conversation=each, topic=order.topic, labelled_at=now) for each in labelled])
    group = _merge(act, order, done, now) if order.lead else None
    insert_rows(
        [
            BulkChange(
                act=act,
                conversation=line.conversation,
                before=before[line.conversation.pk],
                after=snapshot(line.conversation) | ({"group": group.public_id} if group else {}),
                topic=order.topic if line.adds_topic else None,
                delivery=deliveries.get(line.conversation.pk),
            )
            for line in done
        ]
    )


def _apply(order: BulkOrder, line: Line, act: BulkAct, now: datetime) -> None:
    row = line.conversation
    row.changed_at = now
    if line.text:
        row.state, row.waiting_since, row.unread_count = ConversationState.ANSWERED, None, 0
        row.assigned_to_id = row.assigned_to_id or act.officer_id
        row.preview, row.last_message_at = hide_for_reading(line.text)[:160], now
    if order.changes_officer:
        row.assigned_to_id = order.officer.pk if order.officer else None
    if order.closes:
        row.state, row.waiting_since, row.urgency, row.unread_count = ConversationState.CLOSED, None, 0, 0


def _plan_replies(act: BulkAct, done: list[Line], now: datetime) -> dict[int, Delivery]:
    """One message and one promise for each resident, held back for `CANCEL_WINDOW`."""
    messages = [
        Message(
            unit_id=act.unit_id,
            conversation=line.conversation,
            direction=Direction.OUTBOUND,
            author=Author.OFFICER,
            officer_id=act.officer_id,
            text=line.text,
            folded=fold(line.text),
            sent_at=now,
            created_at=now,
        )
        for line in done
    ]
    insert_rows(messages)
    deliveries = [
        Delivery(
            unit_id=act.unit_id,
            account_id=message.conversation.account_id,
            conversation=message.conversation,
            message=message,
            state=DeliveryState.PLANNED if _sends(message.conversation) else DeliveryState.BY_HAND,
            due_at=now + CANCEL_WINDOW,
        )
        for message in messages
    ]
    insert_rows(deliveries)
    keys = [message.conversation_id for message in messages]
    Draft.objects.filter(conversation__in=keys, officer=act.officer, is_note=False).delete()
    return {delivery.conversation_id: delivery for delivery in deliveries}


def _sends(conversation: Conversation) -> bool:
    return connector_for(conversation.account.connector).capabilities.sends_by_machine


def _merge(act: BulkAct, order: BulkOrder, done: list[Line], now: datetime) -> ThreadGroup:
    """The lead asked for, or the first that can be merged when that one cannot."""
    rows = [line.conversation for line in done]
    lead = next((row for row in rows if order.lead and row.pk == order.lead.pk), rows[0])
    group = ThreadGroup.objects.create(unit_id=act.unit_id, lead=lead, made_by_id=act.officer_id, made_at=now)
    insert_rows([GroupedThread(group=group, conversation=row) for row in rows])
    return group


def order_of_macro(macro: Macro, officer: Officer) -> BulkOrder:
    """The fixed steps of a macro as an order of the officer who presses."""
    return BulkOrder(
        BulkKind.MACRO,
        topic=macro.topic,
        text=macro.canned.text if macro.canned and not macro.canned.is_withdrawn else "",
        changes_officer=bool(macro.assigns),
        officer=officer if macro.assigns == "me" else None,
        closes=macro.closes,
    )
