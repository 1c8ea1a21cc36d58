"""Files of reports: originals sealed under the case's key at once, clean copies made in the background (G10, G49)."""

from collections.abc import Sequence

from django.db import transaction

from binhyen.cases.models import Case, CaseFile, FileState, ReportDraft
from binhyen.cases.reports import content_purpose, key_of
from binhyen.core import clock
from binhyen.core.errors import NotPossible, TryAgain
from binhyen.core.many_rows import insert_rows
from binhyen.language.publication import has_secret_heading
from binhyen.vault import files
from binhyen.vault.content_keys import unwrapped
from binhyen.vault.document_words import words_of_document
from binhyen.vault.media_types import recognise

MOST_FILES = 10
"""Files of one report; more can be added with the receipt."""
MOST_FILES_LATER = 30
_CLEANED_AT_ONCE = 5


def prepare(owner: ReportDraft | Case, content: bytes, others: int = 0) -> CaseFile:
    """One file of a report, sealed on disk under the report's key; `keep` stores its row.

    `others`: files prepared before this one. The name a person gave it is not kept: it may tell who they are.
    Raises NotPossible: files_many(limit), media_too_large, media_swells, media_empty, media_type, media_cut,
    media_active, picture_too_large, file_state_secret (a document that is headed so, G63); TryAgain when the disk is
    full.
    """
    check_room(owner, others)
    key = unwrapped(content_purpose(owner.unit_id), bytes(owner.wrapped_key))
    content_type = recognise(content)
    if has_secret_heading(words_of_document(content_type, content)):
        raise NotPossible("file_state_secret")
    original = files.written(content, owner.unit_id, content_type, "", key=key)
    return CaseFile(original=original, added_at=clock.now())


def prepare_all(owner: ReportDraft | Case, contents: Sequence[bytes]) -> list[CaseFile]:
    """All of them or none. Raises as `prepare`, with `number`, from 1, of the file that was not taken."""
    prepared: list[CaseFile] = []
    for number, content in enumerate(contents, start=1):
        try:
            prepared.append(prepare(owner, content, len(prepared)))
        except NotPossible as refused:
            discard(prepared)
            raise NotPossible(refused.code, **{**refused.facts, "number": number}) from refused
        except BaseException:
            discard(prepared)
            raise
    return prepared


def check_room(owner: ReportDraft | Case, others: int = 0) -> None:
    """Whether one more file fits; files that came in pieces and wait count too. Raises NotPossible: files_many."""
    limit, waiting = MOST_FILES, 0
    if isinstance(owner, Case):
        limit, waiting = MOST_FILES_LATER, owner.pieces.exclude(file=None).count()
    if others + waiting + (owner.files.count() if owner.pk else 0) >= limit:
        raise NotPossible("files_many", limit=limit)


def keep(prepared: Sequence[CaseFile], owner: ReportDraft | Case | None) -> None:
    """Store the rows of prepared files with their draft, or with its case. May be tried again after it failed.

    Without an owner a file waits to be tied to its case.
    """
    for file in prepared:
        file.pk = file.original.pk = None
        file.case = owner if isinstance(owner, Case) else None
        file.draft = owner if isinstance(owner, ReportDraft) else None
    with transaction.atomic(savepoint=False):
        insert_rows([file.original for file in prepared])
        for file in prepared:
            file.original = file.original  # tied anew: the key of a try that failed may be another row's by now
        insert_rows(prepared)


def discard(prepared: Sequence[CaseFile]) -> None:
    """Take back prepared files whose rows could not be stored."""
    for file in prepared:
        files.discard(file.original)


def add_to_draft(draft: ReportDraft, content: bytes) -> CaseFile:
    """Prepare and keep one file of a stored draft. Raises as `prepare`."""
    return _kept(prepare(draft, content), draft)


def add_to_case(case: Case, content: bytes) -> CaseFile:
    """Keep one more file of the reporter. Raises as `prepare`."""
    return _kept(prepare(case, content), case)


def _kept(file: CaseFile, owner: ReportDraft | Case) -> CaseFile:
    with transaction.atomic(savepoint=False):
        try:
            keep([file], owner)
        except BaseException:  # not around the commit: one that broke off may have been done, then the file is needed
            discard([file])
            raise
    return file


def remove_from_draft(draft: ReportDraft, public_id: str) -> None:
    """The person takes a file back before sending."""
    file = draft.files.select_related("original").filter(public_id=public_id).first()
    if file is not None:
        erase(file)


@transaction.atomic
def erase(file: CaseFile) -> None:
    """A file with its copies, bytes included."""
    original = file.original
    file.delete()
    files.erase(original)


def clean_waiting() -> int:
    """Make the clean copies of files that wait; the number worked. A file that cannot be read is shown as refused."""
    waiting = CaseFile.objects.filter(state=FileState.WAITING).exclude(case=None)
    rows = list(waiting.select_related("case", "original").order_by("id")[:_CLEANED_AT_ONCE])
    for file in rows:
        _clean(file)
    return len(rows)


def _clean(file: CaseFile) -> None:
    assert file.case is not None  # noqa: S101 - the query left drafts out
    key = key_of(file.case)
    refused, form = "", None
    try:
        form = files.clean_form(file.original.content_type, files.open(file.original, key))
    except NotPossible as error:
        refused = error.code
    except TryAgain:
        return  # the scanner is away: the file waits in quarantine, shown to nobody
    with transaction.atomic():
        file.shown = files.store_clean_form(file.original, form, key) if form else None
        file.state = FileState.REFUSED if refused else FileState.READY if form else FileState.NO_COPY
        file.reason = refused[:60]
        file.save(update_fields=["shown", "state", "reason"])


def shown_content(file: CaseFile) -> bytes:
    """The clean copy. Raises NotPossible("file_not_ready")."""
    if file.shown is None or file.case is None:
        raise NotPossible("file_not_ready")
    return files.open(file.shown, key_of(file.case))
