"""Files of a chat on their way into a sealed report: what stays out is counted and said, marked papers do (G63).

The person reads it on the first page of the report, by the code and behind it, officers in the history of the case.
No trace of a refused file stays in the thread once its words are sealed: the same reason in both places would tell
which chat reported.
"""

from collections import Counter
from collections.abc import Iterable

from django.db.models import QuerySet

from binhyen.cases import files_of_case, left_out
from binhyen.cases.models import Case, ReportDraft
from binhyen.channels.connector import MediaKind
from binhyen.core.counting import count
from binhyen.core.errors import NotPossible
from binhyen.inbox.models import Attachment, AttachmentState
from binhyen.inbox.new_rows import NewAttachment
from binhyen.vault import files

SECRET, COMING = "file_state_secret", "coming"
NOT_KEPT = "media_not_kept"
"""Reason of the one row that stands for several attachments; its description is their number."""
_HERE = (AttachmentState.STORED, AttachmentState.QUARANTINED)
"""Also those the scanner has not seen: what a report shows of them waits for it too."""


def copy_files(draft: ReportDraft, messages: Iterable[int]) -> tuple[list[int], dict[str, int]]:
    """Files that are here go into the draft: keys of those looked at, and how many stay out, by reason."""
    copied, stay_out = list(_refused(messages).values_list("pk", flat=True)), left_out_of(messages)
    for attachment in _here(messages):
        copied.append(attachment.pk)
        try:
            files_of_case.add_to_draft(draft, _content(attachment))
        except NotPossible as refused:
            stay_out[refused.code] += 1
            _leave_out(attachment, refused.code)
    return copied, dict(stay_out)


def left_out_of(messages: Iterable[int]) -> Counter[str]:
    """How many files of these messages were refused, by reason; "coming": those that are still being fetched."""
    found = _by_reason(_refused(messages))
    found[COMING] = count_coming(messages)
    return +found


def count_coming(messages: Iterable[int]) -> int:
    """How many files of these messages are still being fetched."""
    return Attachment.objects.filter(message__in=messages, state=AttachmentState.ANNOUNCED).count()


def move_files(case: Case, messages: Iterable[int], copied: Iterable[int]) -> Counter[str]:
    """Empty the messages: files that came after the link was opened join the case, the others have their copy there.

    Those that are still being fetched stay announced, and follow when they are here (`media`). Returns how many were
    refused since the link was opened, by reason.
    """
    known = set(copied)
    refused_now = _by_reason(_refused(messages).exclude(pk__in=known))
    for attachment in _here(messages):
        original = attachment.original
        if attachment.pk not in known:
            try:
                files_of_case.add_to_case(case, _content(attachment))
            except NotPossible as refused:
                refused_now[refused.code] += 1
                count(f"report.chat_file.{refused.code}", unit_key=attachment.unit_id)
        attachment.delete()
        if original is not None:
            files.erase(original)
    Attachment.objects.filter(message__in=messages).exclude(state=AttachmentState.ANNOUNCED).delete()
    return refused_now


def move_refused(case: Case, messages: Iterable[int]) -> None:
    """Files that were refused before their words became a case: its history says so, the thread does not any more."""
    rows = _refused(messages)
    left_out.note_left_out(case, _by_reason(rows))
    rows.delete()


def _refused(messages: Iterable[int]) -> "QuerySet[Attachment]":
    return Attachment.objects.filter(message__in=messages, state=AttachmentState.REFUSED)


def words_of(attachment: Attachment | NewAttachment) -> str:
    """What a link, a place or a card says; a sticker says nothing."""
    if attachment.kind == MediaKind.STICKER:
        return ""
    return " ".join(filter(None, (attachment.name, attachment.description, attachment.url)))


def _by_reason(rows: "QuerySet[Attachment]") -> Counter[str]:
    found = Counter[str]()
    for reason, description in rows.values_list("reason", "description"):
        found[reason] += int(description) if reason == NOT_KEPT else 1
    return found


def _here(messages: Iterable[int]) -> list[Attachment]:
    rows = Attachment.objects.filter(message__in=messages, state__in=_HERE).exclude(original=None)
    return list(rows.select_related("original").order_by("id"))


def _content(attachment: Attachment) -> bytes:
    assert attachment.original is not None  # noqa: S101 - the query left the others out
    return files.open(attachment.original)


def _leave_out(attachment: Attachment, code: str) -> None:
    """Counted; and a paper marked secret is kept nowhere, in the chat neither."""
    count(f"report.chat_file.{code}", unit_key=attachment.unit_id)
    original = attachment.original
    if code == SECRET and original is not None:
        Attachment.objects.filter(pk=attachment.pk).update(
            state=AttachmentState.REFUSED, reason=SECRET, original=None, shown=None
        )
        files.erase(original)
