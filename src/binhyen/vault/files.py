"""Files of residents and officers: sealed on disk under random names, whole or not at all (G10, G50)."""

import errno
import hashlib
import os
import stat
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.db import transaction
from django.db.models import ManyToOneRel

from binhyen.core import clock
from binhyen.core.configuration import configuration
from binhyen.core.errors import Misconfigured, TryAgain
from binhyen.core.ids import new_public_id
from binhyen.vault.content_keys import open_under, seal_under
from binhyen.vault.keyring import seal, unseal
from binhyen.vault.media_types import DOCX, MOV, PDF, safe_name
from binhyen.vault.models import StoredFile
from binhyen.vault.movies import clean_movie
from binhyen.vault.ogg import clean_ogg
from binhyen.vault.pdf_copies import clean_pdf
from binhyen.vault.pictures import clean_copy
from binhyen.vault.scanner import check_clean
from binhyen.vault.sounds import clean_aac, clean_amr, clean_mp3, clean_wav
from binhyen.vault.webm import clean_webm
from binhyen.vault.word_copies import clean_docx

PURPOSE = "files"
_UNFINISHED = ".part"
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def written(
    content: bytes,
    unit_key: int,
    content_type: str,
    name: str,
    original: StoredFile | None = None,
    key: bytes | None = None,
) -> StoredFile:
    """A file sealed on disk, whose row is for the caller to save or to `discard`: a slow disk holds up no database.

    `content_type` comes from `media_types.recognise`. With `key`, the key of a case, the file opens with that alone.
    Raises TryAgain when the disk is full; then nothing of it is left behind.
    """
    row = StoredFile(
        public_id=new_public_id(),
        unit_key=unit_key,
        content_type=content_type,
        name=safe_name(name, content_type),
        size_bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        original=original,
        has_own_key=key is not None,
        created_at=clock.now(),
    )
    _write(path_of(row.public_id), seal_under(key, _place(row), content) if key else seal(PURPOSE, content))
    return row


def discard(row: StoredFile) -> None:
    """Take a file back whose row was never saved."""
    path_of(row.public_id).unlink(missing_ok=True)


def store(
    content: bytes,
    unit_key: int,
    content_type: str,
    name: str,
    original: StoredFile | None = None,
    key: bytes | None = None,
) -> StoredFile:
    """Keep a file with its row, which joins the caller's transaction. Arguments and errors as `written`."""
    row = written(content, unit_key, content_type, name, original, key)
    try:
        row.save(force_insert=True)
    except BaseException:
        discard(row)
        raise
    return row


@dataclass(frozen=True, slots=True)
class CleanForm:
    """What an officer may look at."""

    content_type: str
    content: bytes


def clean_form(content_type: str, content: bytes) -> CleanForm | None:
    """The form without metadata, after the scanner let it pass; None for types that have none (old Word files).

    Slow for large files: call it outside a transaction.
    Raises NotPossible: "media_infected", and for content that cannot be read "media_type", "media_locked",
    "media_too_many_pages", "picture_too_large"; TryAgain("scanner_away"): the file is in quarantine (G51).
    """
    check_clean(content)
    if content_type.startswith("image/"):
        return CleanForm("image/jpeg", clean_copy(content))
    clean = _CLEANING.get(content_type)
    return CleanForm(content_type, clean(content)) if clean else None


def store_clean_form(original: StoredFile, form: CleanForm, key: bytes | None = None) -> StoredFile:
    """Keep a clean form beside its original; `key` as in `store`."""
    return store(form.content, original.unit_key, form.content_type, original.name, original, key)


def store_clean_copy(original: StoredFile, content: bytes, key: bytes | None = None) -> StoredFile | None:
    """Make and keep the clean form in one go. Raises as `clean_form` and `store`."""
    form = clean_form(original.content_type, content)
    return store_clean_form(original, form, key) if form else None


_CLEANING: dict[str, Callable[[bytes], bytes]] = {
    "video/mp4": clean_movie,
    "audio/mp4": clean_movie,
    MOV: clean_movie,
    "audio/mpeg": clean_mp3,
    "audio/amr": clean_amr,
    "audio/aac": clean_aac,
    "audio/wav": clean_wav,
    "audio/ogg": clean_ogg,
    "audio/webm": clean_webm,
    "video/webm": clean_webm,
    PDF: clean_pdf,
    DOCX: clean_docx,
}


def open(stored: StoredFile, key: bytes | None = None) -> bytes:  # noqa: A001 - reads as files.open
    """The content; a file of a case needs the `key` of its case.

    Raises Misconfigured when the file is missing, altered, exchanged or its key is not the right one.
    """
    try:
        sealed = path_of(stored.public_id).read_bytes()
    except FileNotFoundError as error:
        raise Misconfigured(
            f"Stored file {stored.public_id} is missing. Restore the folder files from backup."
        ) from error
    if stored.has_own_key and key is None:
        raise Misconfigured(f"Stored file {stored.public_id} opens with the key of its case alone.")
    content = open_under(key, _place(stored), sealed) if stored.has_own_key and key else unseal(PURPOSE, sealed)
    if hashlib.sha256(content).hexdigest() != stored.sha256:
        raise Misconfigured(f"Stored file {stored.public_id} is not the one that was stored. Restore it from backup.")
    return content


def erase(stored: StoredFile) -> None:
    """Erase a file with its cleaned copies; the bytes go when the transaction is committed."""
    names = [stored.public_id, *stored.clean_copies.values_list("public_id", flat=True)]
    stored.delete()
    transaction.on_commit(lambda: _unlink(names))


def erase_if_unused(stored: StoredFile) -> None:
    """Erase a file that no row points to any more; one picture may stand in a register and in several posts."""
    for relation in StoredFile._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ManyToOneRel) or relation.related_model is StoredFile:
            continue
        if relation.related_model._base_manager.filter(**{relation.field.name: stored}).exists():
            return
    erase(stored)


def remove_orphans(older_than: timedelta = timedelta(days=1)) -> int:
    """Remove what a crash or a rolled-back transaction left on disk without a row; the number of files."""
    before = (clock.now() - older_than).timestamp()
    old = [file for file in _folder().glob("*/*") if file.stat().st_mtime < before]
    known = set(StoredFile.objects.values_list("public_id", flat=True)) if old else set()
    orphans = [file for file in old if file.name not in known]
    for file in orphans:
        file.unlink(missing_ok=True)
    return len(orphans)


def path_of(public_id: str) -> Path:
    """Where the sealed bytes lie."""
    return _folder() / hashlib.sha256(public_id.encode()).hexdigest()[:2] / public_id


def _place(stored: StoredFile) -> str:
    return f"file:{stored.public_id}"


def _folder() -> Path:
    return configuration().data_dir / "files"


def _write(file: Path, sealed: bytes) -> None:
    unfinished = file.with_name(file.name + _UNFINISHED)
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, stat.S_IRUSR | stat.S_IWUSR)
        with os.fdopen(descriptor, "wb") as handle:
            handle.write(sealed)
            handle.flush()
            unfinished.replace(file)  # before the disk is waited for, so that it is once for both; no row names it yet
            os.fsync(handle.fileno())
        _sync_folder(file.parent)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        file.unlink(missing_ok=True)
        if error.errno in _FULL:
            raise TryAgain("disk_full", 60) from error
        raise


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _unlink(public_ids: Iterable[str]) -> None:
    for public_id in public_ids:
        path_of(public_id).unlink(missing_ok=True)
