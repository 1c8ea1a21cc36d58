"""Files of a chat on their way into a sealed report: what stays out is counted and said, marked papers do (G63)."""

from collections import Counter
from collections.abc import Iterable

from binhyen.cases import files_of_case
from binhyen.cases.models import Case, ReportDraft
from binhyen.core.counting import count
from binhyen.core.errors import NotPossible
from binhyen.inbox.models import Attachment, AttachmentState
from binhyen.vault import files

SECRET, COMING = "file_state_secret", "coming"
_HERE = (AttachmentState.STORED, AttachmentState.QUARANTINED)
"""Also those the scanner has not seen: what a report shows of them waits for it too."""


def copy_files(draft: ReportDraft, messages: Iterable[int]) -> tuple[list[int], dict[str, int]]:
    """Files that are here go into the draft: keys of those looked at, and how many stay out, by reason."""
    copied, left_out = [], left_out_of(messages)
    for attachment in _here(messages):
        copied.append(attachment.pk)
        try:
            files_of_case.add_to_draft(draft, _content(attachment))
        except NotPossible as refused:
            left_out[refused.code] += 1
            _leave_out(attachment, refused.code)
    return copied, dict(left_out)


def left_out_of(messages: Iterable[int]) -> Counter[str]:
    """How many files of these messages were refused, by reason; "coming": those that are still being fetched."""
    rows = Attachment.objects.filter(message__in=messages)
    found = Counter(rows.filter(state=AttachmentState.REFUSED).values_list("reason", flat=True))
    found[COMING] = rows.filter(state=AttachmentState.ANNOUNCED).count()
    return +found


def move_files(case: Case, messages: Iterable[int], copied: Iterable[int]) -> None:
    """Empty the messages: files that came after the link was opened join the case, the others have their copy there.

    Those that are still being fetched stay announced, and follow when they are here (`media`). One that is refused only
    now is counted, but nobody is told: the page with the receipt is already read.
    """
    known = set(copied)
    for attachment in _here(messages):
        original = attachment.original
        if attachment.pk not in known:
            try:
                files_of_case.add_to_case(case, _content(attachment))
            except NotPossible as refused:
                count(f"report.chat_file.{refused.code}", unit_key=attachment.unit_id)
        attachment.delete()
        if original is not None:
            files.erase(original)
    Attachment.objects.filter(message__in=messages).exclude(state=AttachmentState.ANNOUNCED).delete()


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
