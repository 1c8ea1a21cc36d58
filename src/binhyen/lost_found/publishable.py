"""What a notice needs before two officers may publish it, and what must not stand in it (G21, G24)."""

from binhyen.core.errors import NotPossible
from binhyen.language.publication import Level, Publisher, check_publication, heaviest
from binhyen.lost_found.models import Category, Record, RecordKind
from binhyen.lost_found.queries import notice_of_record, proof_of
from binhyen.lost_found.rules import LEAST_PROOF, NOTE_LENGTH, tells_amount, tells_answer


def check_publishable(record: Record, publisher: Publisher) -> None:
    """What a notice needs. Raises NotPossible with the first thing that is missing (G21, G24)."""
    if not record.place or (not record.is_person and not record.description):
        raise NotPossible("lost_incomplete")
    if record.is_person and not (record.description or record.age_band):
        raise NotPossible("lost_incomplete")
    if record.kind == RecordKind.FOUND_ITEM and record.proof_count < LEAST_PROOF:
        raise NotPossible("lost_proof", least=LEAST_PROOF)
    if record.is_child and not (record.legal_basis and len(record.basis_note) >= NOTE_LENGTH):
        raise NotPossible("lost_basis", least=NOTE_LENGTH)
    if record.picture_id and not record.picture_is_fit:
        raise NotPossible("lost_picture")
    if record.picture_id and record.category == Category.PAPERS:
        raise NotPossible("lost_papers_picture")
    notice = notice_of_record(record, record.unit)
    kind = "missing_person" if record.is_person else "lost_found"
    level = heaviest(check_publication(f"{notice.title}. {notice.text}", kind, publisher))  # type: ignore[arg-type]
    if level in (Level.NEVER, Level.SECOND_OFFICER):
        raise NotPossible("lost_words")
    if record.kind == RecordKind.FOUND_ITEM and tells_amount(record.description):
        raise NotPossible("lost_amount")
    if tells_answer(f"{record.description} {record.place}", [answer for _, answer in proof_of(record)]):
        raise NotPossible("lost_answer")
