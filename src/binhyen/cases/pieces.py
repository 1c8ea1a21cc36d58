"""Files that come in pieces over a bad line: each is sealed as it arrives, the next try goes on where it broke off."""

import re

from django.db import IntegrityError, transaction
from django.db.models import Sum

from binhyen.cases import files_of_case
from binhyen.cases.models import ReportDraft
from binhyen.cases.piece_rows import FilePiece
from binhyen.cases.reports import content_purpose
from binhyen.core.errors import NotPossible
from binhyen.vault.content_keys import open_under, seal_under, unwrapped
from binhyen.vault.media_types import MOST_BYTES

PIECE_BYTES = 256 * 1024
"""Of one piece; about 3 s at 700 kbit/s."""
_MOST_WAITING_BYTES = 2 * MOST_BYTES
_UPLOAD = re.compile(r"[0-9a-f]{32}")


def received(draft: ReportDraft, upload: str) -> int:
    """Bytes of the file that are here; all of them once it is whole."""
    found: int | None = draft.pieces.filter(upload=upload).aggregate(bytes=Sum("size_bytes"))["bytes"]
    return found or 0


def count_unfinished(draft: ReportDraft) -> int:
    """Files of which only a part is here."""
    return draft.pieces.filter(file=None).values("upload").distinct().count()


def forget_unfinished(draft: ReportDraft) -> None:
    """The person gives up the files of which only a part is here."""
    draft.pieces.filter(file=None).delete()


def take(draft: ReportDraft, upload: str, offset: int, total: int, content: bytes) -> int:
    """Keep a piece and make the file once all are here; the bytes that are here now, which the next piece begins at.

    A piece that does not begin there is not kept: two tries of one piece never make a file twice. Raises
    NotPossible: piece_bad, and as `files_of_case.prepare`, then the pieces of that file are gone; TryAgain when the
    disk is full.
    """
    if not _UPLOAD.fullmatch(upload) or len(content) > PIECE_BYTES or min(offset, total) < 0:
        raise NotPossible("piece_bad")
    if total > MOST_BYTES:
        raise NotPossible("media_too_large", limit_mb=MOST_BYTES // (1024 * 1024))
    here = received(draft, upload)
    if offset != here or (here and here >= total):
        return here
    if here + len(content) > total or _waiting_bytes(draft) + len(content) > _MOST_WAITING_BYTES:
        raise NotPossible("piece_bad")
    if not here and draft.files.count() >= files_of_case.MOST_FILES:
        raise NotPossible("files_many", limit=files_of_case.MOST_FILES)
    if here + len(content) == total:
        _make_whole(draft, upload, content)
    elif content:
        _keep(draft, upload, offset, content)
    return received(draft, upload)


def _waiting_bytes(draft: ReportDraft) -> int:
    found: int | None = draft.pieces.filter(file=None).aggregate(bytes=Sum("size_bytes"))["bytes"]
    return found or 0


def _keep(draft: ReportDraft, upload: str, offset: int, content: bytes) -> None:
    sealed = seal_under(_key(draft), _place(upload, offset), content)
    try:
        with transaction.atomic():
            FilePiece.objects.create(draft=draft, upload=upload, offset=offset, size_bytes=len(content), sealed=sealed)
    except IntegrityError:
        return  # the same piece came twice at once


def _make_whole(draft: ReportDraft, upload: str, last: bytes) -> None:
    """The file, and one row instead of its pieces. What is no acceptable file leaves nothing."""
    key, before = _key(draft), draft.pieces.filter(upload=upload).order_by("offset")
    content = b"".join(open_under(key, _place(upload, row.offset), bytes(row.sealed)) for row in before) + last
    try:
        file = files_of_case.prepare(draft, content)
    except NotPossible:
        before.delete()
        raise
    with transaction.atomic():
        try:
            files_of_case.keep([file], draft)
            before.delete()
            FilePiece.objects.create(
                draft=draft, upload=upload, offset=0, size_bytes=len(content), sealed=b"", file=file
            )
        except BaseException as error:  # not around the commit: one that broke off may have been done
            files_of_case.discard([file])
            if not isinstance(error, IntegrityError):
                raise
            transaction.set_rollback(True)  # the last piece came twice at once; the other one made the file


def _key(draft: ReportDraft) -> bytes:
    return unwrapped(content_purpose(draft.unit_id), bytes(draft.wrapped_key))


def _place(upload: str, offset: int) -> str:
    """What a piece is bound to: it opens nowhere else."""
    return f"piece:{upload}:{offset}"
