"""Sending a finished draft: the report becomes a case, the code exists once on the screen and as a slow hash (G9)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError

from binhyen.cases import drafts, files_of_case
from binhyen.cases.models import Case, CaseChannel, CaseFile, ReportDraft
from binhyen.cases.receiving import NewReport, prepare_report, write_report, written_before
from binhyen.cases.reports import Report
from binhyen.cases.topics import TOPICS
from binhyen.core.errors import NotPossible
from binhyen.core.prepared import Prepared
from binhyen.core.shared_commit import share_commit
from binhyen.vault import receipts

_KEY_OF_SENT = Prepared(lambda key: Case.objects.filter(submission_key=key).values_list("pk")[:1], str)


@dataclass(frozen=True, slots=True)
class Press:
    """One press of the send button: the draft's token, the code that follows from it, and the code's slow hash."""

    token: str
    code: str
    receipt_hash: str


@dataclass(frozen=True, slots=True)
class Sent:
    """What the person takes along."""

    case: Case
    code: str
    is_new: bool


def press(token: str) -> Press:
    """Make the code of a draft and hash it: slow, so it is done before the database is held by a transaction.

    The code follows from the token, so a second press gives the same case and code. Raises TryAgain in a flood.
    """
    code = receipts.new_code(token)
    return Press(token, code, receipts.hashed(code))


def send_draft(
    draft: ReportDraft,
    pressed: Press,
    channel: CaseChannel,
    is_urgent: bool,
    *,
    prepared: Sequence[CaseFile] = (),
    taken_by: int | None = None,
) -> Sent:
    """Make a case of the draft, stored before or not, and of files that were prepared and not kept yet.

    `is_urgent`: the words sound like danger. Raises NotPossible: report_empty.
    """
    new = _report_of(draft, pressed, channel, is_urgent, taken_by)
    report = prepare_report(new)

    def write() -> Case:
        case = write_report(report)
        files_of_case.keep(prepared, case)
        _move(draft, case)
        return case

    try:
        case = share_commit(write)
    except IntegrityError:  # a second press in the same moment
        known = written_before(report)
        if known is None:
            raise
        files_of_case.discard(prepared)
        _move(draft, known)
        return Sent(known, pressed.code, False)
    return Sent(case, pressed.code, True)


def _move(draft: ReportDraft, case: Case) -> None:
    """The files of a stored draft belong to the case from now on, and the draft is gone."""
    if draft.pk:
        CaseFile.objects.filter(draft=draft).update(case=case, draft=None)
        ReportDraft.objects.filter(pk=draft.pk).delete()  # the instance is shown again when the disk is full


def _report_of(
    draft: ReportDraft, pressed: Press, channel: CaseChannel, is_urgent: bool, taken_by: int | None
) -> NewReport:
    fields = drafts.read(draft)
    topic = TOPICS.get(fields.topic)
    if topic is None or topic.kind is None or not fields.text:
        raise NotPossible("report_empty")
    return NewReport(
        unit=draft.unit,
        kind=topic.kind,
        channel=channel,
        report=Report(fields.text, fields.place, fields.area, fields.happened, fields.topic),
        is_urgent=is_urgent or topic.is_urgent,
        receipt_hash=pressed.receipt_hash,
        second_secret_hash=fields.secret_hash,
        submission_key=submission_key(pressed.token),
        wrapped_key=bytes(draft.wrapped_key),
        sealed_identity=bytes(draft.sealed_identity),
        identity_key=draft.identity_key,
        is_about_unit=fields.is_about_unit,
        taken_by=taken_by,
    )


def sent_before(token: str) -> Sent | None:
    """What a second press of the send button finds: the draft is gone, the case is there."""
    if len(token) != drafts.TOKEN_LENGTH:
        return None
    sent = _KEY_OF_SENT.first(submission_key(token))
    case = Case.objects.select_related("unit").get(pk=sent[0]) if sent else None
    return Sent(case, receipts.new_code(token), False) if case else None


def submission_key(token: str) -> str:
    """Key under which a sent form is recognised."""
    return drafts.hash_of(f"sent:{token}")
