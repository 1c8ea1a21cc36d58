"""Files that come in pieces over a bad line: each is sealed as it arrives, the next try goes on where it broke off.

A whole file of a report being written stands on its page at once. One that is added to a case waits until the
reporter presses send, like the words it belongs to.
"""

import re
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Sum

from binhyen.cases import files_of_case
from binhyen.cases.models import Case, CaseFile, ReportDraft
from binhyen.cases.piece_rows import FilePiece
from binhyen.cases.reports import content_purpose
from binhyen.core import clock
from binhyen.core.errors import NotPossible
from binhyen.vault.content_keys import open_under, seal_under, unwrapped
from binhyen.vault.media_types import MOST_BYTES

PIECE_BYTES = 256 * 1024
"""Of one piece; about 3 s at 700 kbit/s."""
LASTS = timedelta(hours=24)
"""How long what waits for a case is kept, as a draft is."""
_MOST_WAITING_BYTES = 2 * MOST_BYTES
_UPLOAD = re.compile(r"[0-9a-f]{32}")
Owner = ReportDraft | Case
"""What the file goes into."""


def received(owner: Owner, upload: str) -> int:
    """Bytes of the file that are here; all of them once it is whole."""
    found: int | None = owner.pieces.filter(upload=upload).aggregate(bytes=Sum("size_bytes"))["bytes"]
    return found or 0


def count_unfinished(owner: Owner) -> int:
    """Files of which only a part is here."""
    return owner.pieces.filter(file=None).values("upload").distinct().count()


def forget_unfinished(owner: Owner) -> None:
    """The person gives up the files of which only a part is here."""
    owner.pieces.filter(file=None).delete()


def count_whole(case: Case) -> int:
    """Whole files that wait until the reporter presses send."""
    return case.pieces.exclude(file=None).count()


def join_whole(case: Case) -> int:
    """The reporter pressed send: whole files belong to the case from now on; their number."""
    whole = list(case.pieces.exclude(file=None).values_list("pk", "file"))
    CaseFile.objects.filter(pk__in=[file for _, file in whole]).update(case=case, added_at=clock.now())
    FilePiece.objects.filter(pk__in=[piece for piece, _ in whole]).delete()
    return len(whole)


@transaction.atomic
def forget_waiting(case: Case) -> None:
    """Erase whatever waits for a case: the reporter gives it up, or the case is erased."""
    _erase(list(case.pieces.all()))


@transaction.atomic
def forget_old() -> int:
    """Erase what waited for a case for a day; the number of rows. Pieces of drafts go with their draft."""
    old = list(FilePiece.objects.filter(draft=None, kept_at__lte=clock.now() - LASTS).select_related("file")[:200])
    _erase(old)
    return len(old)


def _erase(rows: list[FilePiece]) -> None:
    files = [row.file for row in rows if row.file]
    FilePiece.objects.filter(pk__in=[row.pk for row in rows]).delete()
    for file in files:
        files_of_case.erase(file)


def take(owner: Owner, upload: str, offset: int, total: int, content: bytes) -> int:
    """Keep a piece and make the file once all are here; the bytes that are here now, which the next piece begins at.

    A piece that does not begin there is not kept: two tries of one piece never make a file twice. Raises
    NotPossible: piece_bad, and as `files_of_case.prepare`, then the pieces of that file are gone; TryAgain when the
    disk is full.
    """
    if not _UPLOAD.fullmatch(upload) or len(content) > PIECE_BYTES or min(offset, total) < 0:
        raise NotPossible("piece_bad")
    if total > MOST_BYTES:
        raise NotPossible("media_too_large", limit_mb=MOST_BYTES // (1024 * 1024))
    here = received(owner, upload)
    if offset != here or (here and here >= total):
        return here
    if here + len(content) > total or _waiting_bytes(owner) + len(content) > _MOST_WAITING_BYTES:
        raise NotPossible("piece_bad")
    if not here:
        files_of_case.check_room(owner)
    if here + len(content) == total:
        _make_whole(owner, upload, content)
    elif content:
        _keep(owner, upload, offset, content)
    return received(owner, upload)


def _waiting_bytes(owner: Owner) -> int:
    found: int | None = owner.pieces.filter(file=None).aggregate(bytes=Sum("size_bytes"))["bytes"]
    return found or 0


def _row(owner: Owner, upload: str, offset: int, size_bytes: int) -> FilePiece:
    draft, case = (owner, None) if isinstance(owner, ReportDraft) else (None, owner)
    return FilePiece(
        draft=draft, case=case, upload=upload, offset=offset, size_bytes=size_bytes, sealed=b"", kept_at=clock.now()
    )


def _keep(owner: Owner, upload: str, offset: int, content: bytes) -> None:
    row = _row(owner, upload, offset, len(content))
    row.sealed = seal_under(_key(owner), _place(upload, offset), content)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return  # the same piece came twice at once


def _make_whole(owner: Owner, upload: str, last: bytes) -> None:
    """The file, and one row instead of its pieces. What is no acceptable file leaves nothing."""
    key, before = _key(owner), owner.pieces.filter(upload=upload).order_by("offset")
    content = b"".join(open_under(key, _place(upload, row.offset), bytes(row.sealed)) for row in before) + last
    try:
        file = files_of_case.prepare(owner, content)
    except NotPossible:
        before.delete()
        raise
    with transaction.atomic():
        try:
            files_of_case.keep([file], owner if isinstance(owner, ReportDraft) else None)
            before.delete()
            row = _row(owner, upload, 0, len(content))
            row.file = file
            row.save(force_insert=True)
        except BaseException as error:  # not around the commit: one that broke off may have been done
            files_of_case.discard([file])
            if not isinstance(error, IntegrityError):
                raise
            transaction.set_rollback(True)  # the last piece came twice at once; the other one made the file


def _key(owner: Owner) -> bytes:
    return unwrapped(content_purpose(owner.unit_id), bytes(owner.wrapped_key))


def _place(upload: str, offset: int) -> str:
    """What a piece is bound to: it opens nowhere else."""
    return f"piece:{upload}:{offset}"
