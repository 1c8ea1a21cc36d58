"""From a chat to a sealed report: a link that opens once, words that leave the thread, a way back that can be cut."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction

from binhyen.audit import actions as audit
from binhyen.cases import drafts, following, routes
from binhyen.cases.left_out import note_left_out
from binhyen.cases.models import Case, CaseChannel, CaseFile, ReportDraft
from binhyen.cases.reports import TEXT_LIMIT
from binhyen.cases.routes import MOVED, MOVED_FOLDED, WINDOW
from binhyen.cases.sending import Press, Sent, send_draft
from binhyen.core import clock
from binhyen.core.database import want_log_overwritten
from binhyen.core.errors import NotPossible
from binhyen.inbox.machine_messages import plan_machine_message
from binhyen.inbox.models import Attachment, AttachmentState, Conversation, Direction, Message
from binhyen.units.models import Unit
from binhyen.workflows import chat_files, texts
from binhyen.workflows.decision import PlannedReply, unit_facts

GATHERED_WITHIN = timedelta(hours=24)
NEWS = (
    "Có điều mới ở mã tra cứu của {ai}. {Ai} mở mục xem bằng mã trên trang của đơn vị. "
    "Không muốn nhận tin này nữa, {ai} viết: dừng"
)
_REPORT_KINDS = ("report", "emergency")


def new_link(unit_id: int, conversation_id: str) -> tuple[ReportDraft, str]:
    """Draft to be stored, and token of a link to it that opens once, within 24 hours, and knows the way back.

    It names nobody: the conversation is sealed in the draft it opens.
    """
    return drafts.unstored_draft(unit_id, conversation_id)


@transaction.atomic
def open_link(unit: Unit, token: str) -> str:
    """Open it: the draft gets a new token, so that the link in the chat is worthless, and holds what was written.

    Raises NotPossible("link_over").
    """
    draft = drafts.draft_of(unit.pk, token)
    if draft is None or not draft.sealed_route:
        raise NotPossible("link_over")
    conversation = routes.conversation_of_draft(drafts.key_of(draft), draft)
    new = drafts.move_to_new_token(draft)
    draft.sealed_route = routes.sealed_for_draft(drafts.key_of(draft), draft.token_hash, conversation)
    fields = drafts.read(draft)
    told = _told(conversation)
    fields.moved = [message.pk for message in told]
    fields.text = "\n".join([*(message.text for message in told if message.text), *_places(fields.moved)])[:TEXT_LIMIT]
    fields.copied, fields.left_out = chat_files.copy_files(draft, fields.moved)
    drafts.write(draft, fields)
    return new


def _told(conversation_id: str) -> list[Message]:
    since = clock.now() - GATHERED_WITHIN
    rows = Message.objects.filter(conversation__public_id=conversation_id, direction=Direction.INBOUND)
    rows = rows.filter(created_at__gte=since, kind__in=_REPORT_KINDS).exclude(text=MOVED)
    return list(rows.order_by("id")[:20])


def _places(messages: list[int]) -> list[str]:
    """Places, links and cards that were sent along: they are words of the report, not files."""
    rows = Attachment.objects.filter(message__in=messages, state=AttachmentState.LINK_ONLY).order_by("id")
    return [words for row in rows if (words := chat_files.words_of(row))]


def send_report(draft: ReportDraft, pressed: Press, is_urgent: bool, prepared: Sequence[CaseFile] = ()) -> Sent:
    """Send a draft of the portal; one that began in a chat takes its words out of the thread.

    Arguments as `cases.sending.send_draft`. Raises NotPossible("report_empty").
    """
    if not draft.sealed_route:
        return send_draft(draft, pressed, CaseChannel.WEB, is_urgent, prepared=prepared)
    conversation_id = routes.conversation_of_draft(drafts.key_of(draft), draft)
    fields = drafts.read(draft)
    with transaction.atomic():
        sent = send_draft(draft, pressed, CaseChannel.ZALO, is_urgent, prepared=prepared)
        routes.keep_route(sent.case, conversation_id, clock.now() + WINDOW)
        left_out = _take_out(conversation_id, fields, sent.case)
        if sent.is_new:
            note_left_out(sent.case, left_out)
    return sent


def _take_out(conversation_id: str, fields: drafts.Fields, case: Case) -> Counter[str]:
    """Leave a placeholder where the words were; files go for good, the case has its own copies.

    Returns how many files did not come along, by reason; those still being fetched are not among them.
    """
    left_out = Counter({why: files for why, files in fields.left_out.items() if why != chat_files.COMING})
    conversation = Conversation.objects.filter(public_id=conversation_id).first()
    if conversation is None or not fields.moved:
        return left_out
    messages = Message.objects.filter(pk__in=fields.moved, conversation=conversation)
    held = list(messages.select_for_update().values_list("pk", flat=True))  # no file is put beside them meanwhile
    left_out += chat_files.move_files(case, held, fields.copied)
    messages.update(text=MOVED, folded=MOVED_FOLDED, kind="report", quoted_id="")
    Conversation.objects.filter(pk=conversation.pk).update(preview=MOVED, changed_at=clock.now())
    # No subject: beside the row of the new case it would say which chat reported.
    audit.record(conversation.unit_id, "conversation.moved_to_private", actor_key=None)
    want_log_overwritten()
    return left_out


def tell_reporter(case: Case) -> bool:
    """One neutral sentence over Zalo that something new waits behind the code; whether there was a way back (G12).

    Of a case that came from another unit the way back lies where the report was sent to.
    """
    case = following.written_to(case)
    conversation = Conversation.objects.filter(public_id=routes.route_of(case) or "-").select_related("unit").first()
    if conversation is None:
        return False
    form = conversation.unit.address_form
    if case.receipt_hash is None:
        _tell_with_link(case, conversation)
    else:
        plan_machine_message(conversation, NEWS.format(ai=form, Ai=form[0].upper() + form[1:]), clock.now())
    return True


def _tell_with_link(case: Case, conversation: Conversation) -> None:
    """The words were sealed without the person doing anything, and the code was never fetched: the news brings it."""
    draft, token = new_link(conversation.unit_id, conversation.public_id)
    drafts.write(draft, drafts.Fields(case=case.public_id))
    unit = unit_facts(conversation.unit_id)
    reply = texts.with_private_link(
        PlannedReply(texts.said(texts.NEWS_AND_CODE, unit)), f"{unit.portal_address}/g/z/{token}/", is_sealed=True
    )
    plan_machine_message(conversation, reply.text, clock.now(), reply.buttons)


def is_stop_word(folded: str) -> bool:
    """Whether somebody asks to be left alone; the whole message in its search form."""
    return folded in ("dung", "dung lai", "dung nhan tin")


def cut_routes_of(conversation_id: str) -> int:
    """Destroy every way back to this conversation; the number of reports it led to."""
    cases = [row.case for row in routes.routes_to(conversation_id)]
    return sum(following.cut_route(case) for case in cases)
