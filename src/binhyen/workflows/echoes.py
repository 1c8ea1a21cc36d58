"""What the page itself sent comes back as an event: our own messages are recognised, officers' words are kept."""

from collections.abc import Iterable

from binhyen.channels.connector import Echo, Receipt
from binhyen.core.text import fold
from binhyen.inbox.models import Author, ConversationState, Delivery, DeliveryState, Direction, Message
from binhyen.inbox.new_rows import NewMessage
from binhyen.workflows.arrivals import Arrival
from binhyen.workflows.changes import FOLDED_LIMIT, Changes
from binhyen.workflows.threads import Thread, Threads


def settle_echo(thread: Thread, echo: Echo, changes: Changes) -> None:
    """Recognise a message of ours, or keep what somebody typed in the platform's own tool; never answered."""
    if echo.message_id in thread.known_ids:
        return
    folded = fold(echo.text[:FOLDED_LIMIT])
    ours = _own_send(thread, folded)
    if ours:
        _confirm(thread, ours, echo, changes)
        return
    if thread.open_sends and not echo.is_typed_elsewhere:
        changes.counts[thread.account.unit_id, "intake.echo_not_recognised"] += 1
        return
    _keep(thread, echo, folded, changes)


def _own_send(thread: Thread, folded: str) -> Delivery | None:
    """The send of ours whose outcome is open and whose words these are; menus and captions may follow the words."""
    fits = (send for send in thread.open_sends if folded.startswith(send.message.folded) or not folded)
    return next(fits, None)


def _confirm(thread: Thread, send: Delivery, echo: Echo, changes: Changes) -> None:
    """The platform shows it to the person: an unknown outcome is unknown no longer (G61)."""
    thread.open_sends.remove(send)
    thread.known_ids.add(echo.message_id)
    send.message.external_id = echo.message_id
    changes.confirmed.append(send)


def _keep(thread: Thread, echo: Echo, folded: str, changes: Changes) -> None:
    message = NewMessage(
        unit_id=thread.account.unit_id,
        conversation=thread.conversation,
        direction=Direction.OUTBOUND,
        author=Author.ELSEWHERE,
        text=echo.text,
        folded=folded,
        external_id=echo.message_id,
        sent_at=echo.sent_at,
        created_at=changes.now,
    )
    thread.known_ids.add(echo.message_id)
    changes.outbound.append(message)
    changes.add_items(thread, message, echo.items)
    conversation = thread.conversation
    conversation.last_message_at = conversation.changed_at = changes.now
    thread.is_changed = True
    if echo.is_typed_elsewhere:
        conversation.state = ConversationState.ANSWERED
        conversation.waiting_since = None
        conversation.unread_count = 0


def recall_open_sends(threads: Threads, arrivals: Iterable[Arrival]) -> None:
    """Give the threads that have an echo in this batch their sends whose outcome is not yet recorded."""
    wanted = {arrival.person for arrival in arrivals if isinstance(arrival.event, Echo)}
    known = {thread.conversation.pk: thread for key, thread in threads.items() if key in wanted and not thread.is_new}
    if not known:
        return
    states = [DeliveryState.ATTEMPTING, DeliveryState.UNKNOWN]
    sends = Delivery.objects.filter(conversation__in=known, state__in=states, message__external_id="")
    for send in sends.select_related("message").order_by("id"):
        known[send.conversation_id].open_sends.append(send)


def settle_receipts(threads: Threads, arrivals: Iterable[Arrival], changes: Changes) -> None:
    """Note when messages of ours were seen."""
    seen = {
        (threads[arrival.person].conversation.pk, message_id): arrival.event.at
        for arrival in arrivals
        if isinstance(arrival.event, Receipt) and arrival.event.is_seen and arrival.person in threads
        for message_id in arrival.event.message_ids
    }
    if not seen:
        return
    found = Message.objects.filter(
        conversation__in={key for key, _ in seen},
        external_id__in={external_id for _, external_id in seen},
        direction=Direction.OUTBOUND,
        seen_at=None,
    )
    messages = [message for message in found if (message.conversation_id, message.external_id) in seen]
    for message in messages:
        message.seen_at = seen[message.conversation_id, message.external_id]
    changes.seen += messages
