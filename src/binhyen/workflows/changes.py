"""What one batch adds and changes, gathered in memory and written in few statements."""

import functools
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from binhyen.cases.models import ReportDraft
from binhyen.cases.routes import MOVED, MOVED_FOLDED
from binhyen.channels.connector import Button, MediaItem
from binhyen.channels.media_fetch import FETCHED_KINDS
from binhyen.channels.registry import connector_for
from binhyen.core.counting import add_counts
from binhyen.core.many_rows import insert_rows
from binhyen.core.text import fold
from binhyen.inbox.models import (
    AttachmentState,
    Author,
    Contact,
    Delivery,
    DeliveryState,
    Direction,
    DutyAlert,
    Message,
    UnreadEvent,
)
from binhyen.inbox.new_rows import NewAttachment, NewDelivery, NewMessage
from binhyen.inbox.officer_zalo import link_by_code
from binhyen.inbox.rules import split_text
from binhyen.language.publication import file_name_has_secret_mark
from binhyen.workflows.arrivals import Counts
from binhyen.workflows.chat_files import NOT_KEPT, SECRET, words_of
from binhyen.workflows.clear_words import ClearWords
from binhyen.workflows.decision import PlannedReply
from binhyen.workflows.form_files import form_attachment
from binhyen.workflows.lost_found import KIND as LOST_FOUND
from binhyen.workflows.lost_found import begin_drafts
from binhyen.workflows.thread_rows import number_conversations, write_contacts, write_conversations
from binhyen.workflows.threads import Thread, Threads

FOLDED_LIMIT = 10_000
"""Characters of a message that search looks at."""


@dataclass
class Changes:
    """Rows to be written by `write`, in the order in which they came to be."""

    now: datetime
    inbound: list[NewMessage] = field(default_factory=list)
    outbound: list[NewMessage] = field(default_factory=list)
    attachments: list[NewAttachment] = field(default_factory=list)
    deliveries: list[NewDelivery] = field(default_factory=list)
    alerts: list[DutyAlert] = field(default_factory=list)
    unread: list[UnreadEvent] = field(default_factory=list)
    confirmed: list[Delivery] = field(default_factory=list)
    """Sends that an echo proves."""
    seen: list[Message] = field(default_factory=list)
    officer_codes: list[tuple[str, Contact]] = field(default_factory=list)
    """One-time codes with which officers link their own Zalo, and who sent them."""
    drafts: list[ReportDraft] = field(default_factory=list)
    """Reports that links in the answers lead to."""
    clear: list[ClearWords] = field(default_factory=list)
    """Words that leave their thread."""
    counts: Counts = field(default_factory=Counter)

    def add_inbound(
        self, thread: Thread, external_id: str, text: str, sent_at: datetime, quoted_id: str = ""
    ) -> NewMessage:
        """A message the resident wrote."""
        message = NewMessage(
            unit_id=thread.account.unit_id,
            conversation=thread.conversation,
            direction=Direction.INBOUND,
            author=Author.RESIDENT,
            text=text,
            folded=fold(text[:FOLDED_LIMIT]),
            external_id=external_id,
            quoted_id=quoted_id,
            sent_at=sent_at,
            created_at=self.now,
        )
        thread.known_ids.add(external_id)
        self.inbound.append(message)
        return message

    def add_items(self, thread: Thread, message: NewMessage, items: tuple[MediaItem, ...]) -> None:
        """Attachments as announced; what cannot be fetched is shown as words."""
        for item in items:
            reason = _reason_to_refuse(item)
            is_secret = reason == SECRET
            announced = AttachmentState.ANNOUNCED if item.kind in FETCHED_KINDS else AttachmentState.LINK_ONLY
            self.attachments.append(
                NewAttachment(
                    unit_id=thread.account.unit_id,
                    message=message,
                    kind=item.kind,
                    url="" if is_secret else item.url,
                    name="" if is_secret else item.name[:120],
                    description=f"+{item.left_out}" if item.left_out else item.description[:500],
                    state=AttachmentState.REFUSED if reason else announced,
                    reason=reason,
                )
            )

    def seal_words(self, thread: Thread, message: NewMessage, draft: ReportDraft, *, is_urgent: bool) -> None:
        """Take a message out of its thread: words and places into the draft, pictures follow when they are fetched."""
        mine = [one for one in self.attachments if one.message is message]
        told = [message.text, *(words for one in mine if _has_no_file(one) and (words := words_of(one)))]
        self.clear.append(ClearWords(draft, message, "\n".join(told), is_urgent))
        self.attachments = [one for one in self.attachments if one.message is not message or not _has_no_file(one)]
        for one in mine:
            one.name, one.description = "", one.description if one.reason == NOT_KEPT else ""
        message.text, message.folded, message.quoted_id = MOVED, MOVED_FOLDED, ""
        thread.conversation.preview = MOVED

    def add_reply(self, thread: Thread, reply: PlannedReply, answered: NewMessage | None) -> None:
        """An automatic message with the promise to send it, cut to what the channel takes."""
        capabilities = connector_for(thread.account.connector).capabilities
        if reply.form:
            if capabilities.has_files:
                self._promise(thread, "", (), answered)
                self.attachments.append(form_attachment(self.outbound[-1], reply.form))
            return
        pieces = split_text(reply.text, capabilities.text_limit)
        for number, piece in enumerate(pieces, start=1):
            buttons = reply.buttons if number == len(pieces) else ()
            self._promise(thread, piece, buttons, answered, reply.procedure)

    def _promise(
        self,
        thread: Thread,
        text: str,
        buttons: tuple[Button, ...],
        answered: NewMessage | None,
        procedure: str = "",
    ) -> None:
        sends_by_machine = connector_for(thread.account.connector).capabilities.sends_by_machine
        message = NewMessage(
            unit_id=thread.account.unit_id,
            conversation=thread.conversation,
            direction=Direction.OUTBOUND,
            author=Author.MACHINE,
            text=text,
            folded=folded_answer(text),
            buttons=[[one.title, one.kind.value, one.value] for one in buttons],
            procedure=procedure or (answered.procedure if answered else ""),
            answers=answered,
            sent_at=self.now,
            created_at=self.now,
        )
        self.outbound.append(message)
        self.deliveries.append(
            NewDelivery(
                unit_id=thread.account.unit_id,
                account_id=thread.account.pk,
                message=message,
                state=DeliveryState.PLANNED if sends_by_machine else DeliveryState.BY_HAND,
                due_at=self.now,
            )
        )

    def write(self, threads: Threads) -> None:
        """Write everything: a fixed number of statements, whatever the size of the batch."""
        changed = [thread for thread in threads.values() if thread.is_changed]
        write_contacts([thread.contact for thread in changed])
        number_conversations([thread.conversation for thread in changed if thread.is_new])
        write_conversations([thread.conversation for thread in changed])
        for rows in (self.inbound, self.outbound, self.attachments, self.deliveries, self.alerts):
            insert_rows(rows)
        for words in self.clear:
            words.seal()
        insert_rows(self.unread)
        insert_rows(self.drafts)
        if found := [message for message in self.inbound if message.kind == LOST_FOUND]:
            begin_drafts(found)
        self._write_confirmed()
        for code, contact in self.officer_codes:
            if not link_by_code(code, contact):
                self.counts[contact.unit_id, "intake.officer_code_refused"] += 1
        if self.seen:
            Message.objects.bulk_update(self.seen, ["seen_at"])
        add_counts(self.counts)

    def _write_confirmed(self) -> None:
        if not self.confirmed:
            return
        Message.objects.bulk_update([send.message for send in self.confirmed], ["external_id"])
        unknown = [send.pk for send in self.confirmed if send.state == DeliveryState.UNKNOWN]
        Delivery.objects.filter(pk__in=unknown, state=DeliveryState.UNKNOWN).update(
            state=DeliveryState.SENT, finished_at=self.now, why="echo"
        )


def _reason_to_refuse(item: MediaItem) -> str:
    """Code of why it is not even fetched, or ""."""
    if item.left_out:
        return NOT_KEPT
    if item.kind not in FETCHED_KINDS:
        return ""
    if not item.url:
        return "media_no_address"
    return SECRET if file_name_has_secret_mark(item.name) else ""  # G63


def _has_no_file(attachment: NewAttachment) -> bool:
    return attachment.state == AttachmentState.LINK_ONLY


@functools.lru_cache(maxsize=500)
def folded_answer(text: str) -> str:
    """Search form of an automatic answer; the same answers come again and again."""
    return fold(text)
