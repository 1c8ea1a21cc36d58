"""Fetching what residents attached: from the platform's hosts only, sealed, with a cleaned copy for officers."""

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from django.db import transaction

from binhyen.cases.routes import MOVED
from binhyen.channels import media_fetch
from binhyen.channels.media_fetch import Fetched
from binhyen.core import clock
from binhyen.core.errors import NotPossible, TryAgain
from binhyen.inbox.models import Attachment, AttachmentState, Conversation, Message
from binhyen.language.publication import has_secret_heading
from binhyen.vault import files
from binhyen.vault.document_words import words_of_document
from binhyen.workflows.late_files import leave_out_file, take_file

THREADS = 4
BATCH = 16
GIVE_UP_AFTER = timedelta(hours=24)
"""Passing trouble is tried again until then; the platform does not say how long its addresses live."""
TRY_AGAIN_AFTER = timedelta(minutes=1)
_log = logging.getLogger(__name__)


class MediaFetcher:
    """Fetches announced attachments; only the thread that owns it touches the database."""

    def __init__(self, threads: int = THREADS) -> None:
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="media")
        self._wait_until: dict[int, float] = {}

    def close(self) -> None:
        """Let running fetches end."""
        self._pool.shutdown(wait=True)

    def fetch_announced(self, limit: int = BATCH) -> int:
        """Fetch up to `limit` attachments; the number worked."""
        now = clock.now().timestamp()
        self._wait_until = {key: at for key, at in self._wait_until.items() if at > now}
        announced = Attachment.objects.filter(state=AttachmentState.ANNOUNCED).exclude(pk__in=self._wait_until)
        waiting = list(announced.select_related("message__conversation").order_by("id")[:limit])
        for attachment, found in zip(waiting, self._pool.map(_fetch, waiting), strict=True):
            self._keep(attachment, found)
        return len(waiting)

    def _keep(self, attachment: Attachment, found: "Fetched | NotPossible | TryAgain") -> None:
        match _keep_fetched(attachment, found) if isinstance(found, Fetched) else found:
            case NotPossible(code=code):
                _refuse(attachment, code)
            case TryAgain() if clock.now() - attachment.message.created_at > GIVE_UP_AFTER:
                _refuse(attachment, "media_unreachable")
            case TryAgain(after_s=after_s):
                pause_s = max(after_s, TRY_AGAIN_AFTER.total_seconds())
                self._wait_until[attachment.pk] = clock.now().timestamp() + pause_s
            case _:
                pass


def _fetch(attachment: Attachment) -> "Fetched | NotPossible | TryAgain":
    try:
        fetched = media_fetch.fetch(attachment.url)
        _check_is_no_secret_paper(fetched)
    except (NotPossible, TryAgain) as error:
        return error
    return fetched


def _check_is_no_secret_paper(fetched: Fetched) -> None:
    """By the head of the document (G63); marked names are not even fetched. Raises NotPossible("file_state_secret")."""
    if has_secret_heading(words_of_document(fetched.content_type, fetched.content)):
        raise NotPossible("file_state_secret")


def _keep_fetched(attachment: Attachment, fetched: Fetched) -> "NotPossible | TryAgain | None":
    """Beside its message; or, when the words have left the thread, in the case they became."""
    if attachment.message.text != MOVED:
        return _store(attachment, fetched)
    try:
        with transaction.atomic():
            take_file(attachment.message.conversation.public_id, fetched.content)
            attachment.delete()
            _touch(attachment)
    except (NotPossible, TryAgain) as error:
        return error
    return None


def _store(attachment: Attachment, fetched: Fetched) -> "NotPossible | TryAgain | None":
    """Keep original and cleaned copy, whole or not at all; the address is forgotten.

    An original that has no clean form is kept sealed all the same, with the reason for the officer.
    """
    shown = _form_or_reason(fetched.content_type, fetched.content)
    if isinstance(shown, NotPossible) and shown.code == "media_infected":
        return shown
    try:
        with transaction.atomic():
            _check_words_are_here(attachment)
            attachment.original = files.store(
                fetched.content, attachment.unit_id, fetched.content_type, attachment.name
            )
            attachment.url = ""
            _show(attachment, shown)
            attachment.save(update_fields=["original", "shown", "state", "url", "reason"])
            _touch(attachment)
    except (NotPossible, TryAgain) as error:
        attachment.original = attachment.shown = None
        return error
    return None


def _form_or_reason(content_type: str, content: bytes) -> "files.CleanForm | NotPossible | TryAgain | None":
    """The clean form, made outside any transaction; or why there is none."""
    try:
        return files.clean_form(content_type, content)
    except (NotPossible, TryAgain) as error:
        return error


def _show(attachment: Attachment, shown: "files.CleanForm | NotPossible | TryAgain | None") -> None:
    assert attachment.original is not None  # noqa: S101 - stored just before
    attachment.state, attachment.reason = AttachmentState.STORED, ""
    match shown:
        case files.CleanForm():
            attachment.shown = files.store_clean_form(attachment.original, shown)
        case NotPossible(code=code):
            attachment.reason = code[:60]
        case TryAgain():
            attachment.state = AttachmentState.QUARANTINED
        case None:
            attachment.reason = "media_no_copy"


def release_quarantined(limit: int = BATCH) -> int:
    """Ask the scanner again about files in quarantine; the number that left it, either way."""
    waiting = Attachment.objects.filter(state=AttachmentState.QUARANTINED).select_related("original", "message")
    released = 0
    for attachment in waiting.order_by("id")[:limit]:
        assert attachment.original is not None  # noqa: S101 - quarantined files are stored
        shown = _form_or_reason(attachment.original.content_type, files.open(attachment.original))
        if isinstance(shown, TryAgain):
            break  # the others need not ask
        if isinstance(shown, NotPossible) and shown.code == "media_infected":
            _refuse(attachment, shown.code)
        else:
            with transaction.atomic():
                _show(attachment, shown)
                attachment.save(update_fields=["shown", "state", "reason"])
                _touch(attachment)
        released += 1
    return released


def _refuse(attachment: Attachment, code: str) -> None:
    """The officer sees that something came and why it is not there, in the case its words became; never silent."""
    with transaction.atomic():
        if _has_left(attachment) and leave_out_file(attachment.message.conversation.public_id, code[:60]):
            Attachment.objects.filter(pk=attachment.pk).delete()
        else:
            _log.warning("Attachment %d is refused: %s", attachment.pk, code)
            Attachment.objects.filter(pk=attachment.pk).update(state=AttachmentState.REFUSED, reason=code[:60])
        _touch(attachment)


def _has_left(attachment: Attachment) -> bool:
    """Whether the words of its message are sealed by now; the message is held until the transaction ends."""
    texts = Message.objects.filter(pk=attachment.message_id).select_for_update().values_list("text", flat=True)
    return texts.first() == MOVED


def _check_words_are_here(attachment: Attachment) -> None:
    """Or have they left while the file was being fetched? Raises TryAgain: the next try takes it where they went."""
    if _has_left(attachment):
        raise TryAgain("words_moved", 0)


def _touch(attachment: Attachment) -> None:
    Conversation.objects.filter(pk=attachment.message.conversation_id).update(changed_at=clock.now())
