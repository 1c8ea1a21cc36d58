"""The hand-over in person: one fitting claim, two officers, a signed record (G24, G25)."""

import json

from django.db import transaction

from binhyen.audit.actions import record as audit
from binhyen.core import clock
from binhyen.core.errors import NotPossible
from binhyen.core.text import clean
from binhyen.lost_found.claiming import check_rivals, pass_over_others
from binhyen.lost_found.joining import end_joined
from binhyen.lost_found.models import Claim, ClaimState, HandOver, Record, RecordKind, RecordState
from binhyen.lost_found.queries import RECEIVER, WORK_ROLES, opened
from binhyen.units.scope import Scope
from binhyen.vault.keyring import seal

_IN_PERSON = (RecordState.PUBLISHED, RecordState.KEPT, RecordState.RESOLVED)


def _note(scope: Scope, record: Record, action: str, **facts: str | int) -> None:
    subject = f"record {record.public_id}"
    audit(record.unit_id, f"lost_found.{action}", actor_key=scope.officer_id, subject=subject, facts=facts)


@transaction.atomic
def prepare(
    scope: Scope, record: Record, receiver: str, papers: str, *, papers_seen: bool, claim: Claim | None = None
) -> HandOver:
    """The first officer has the person before them and has looked at their papers.

    Raises NotPossible: hand_over_state, hand_over_claim, hand_over_papers, hand_over_receiver, and as `check_rivals`.
    """
    scope.check(record.unit_id, WORK_ROLES)
    state = Record.objects.select_for_update().values_list("state", flat=True).get(pk=record.pk)
    if state not in _IN_PERSON or record.kind in (
        RecordKind.LOST_ITEM,
        RecordKind.MISSING_CHILD,
        RecordKind.MISSING_PERSON,
    ):
        raise NotPossible("hand_over_state")
    if record.kind == RecordKind.FOUND_ITEM and (
        claim is None or claim.record_id != record.pk or claim.state != ClaimState.INVITED
    ):
        raise NotPossible("hand_over_claim")
    if not papers_seen:
        raise NotPossible("hand_over_papers")
    if not clean(receiver) or not clean(papers):
        raise NotPossible("hand_over_receiver")
    if claim is not None:
        check_rivals(claim)
    values = {
        "claim": claim,
        "sealed_receiver": seal(RECEIVER, json.dumps([clean(receiver)[:80], clean(papers)[:80]]).encode()),
        "papers_seen": True,
        "first_officer_id": scope.officer_id,
        "second_officer": None,
        "prepared_at": clock.now(),
        "record_printed_at": None,
        "record_signed_at": None,
        "done_at": None,
    }
    hand_over, _ = HandOver.objects.update_or_create(record=record, defaults=values)
    _note(scope, record, "hand_over_prepared")
    return hand_over


def receiver_of(hand_over: HandOver) -> tuple[str, str]:
    """Who receives, and which papers were shown."""
    name, papers = opened(RECEIVER, hand_over.sealed_receiver) or ["", ""]
    return name, papers


@transaction.atomic
def note_printed(scope: Scope, record: Record) -> None:
    """The draft of the hand-over record was made."""
    scope.check(record.unit_id, WORK_ROLES)
    HandOver.objects.filter(record=record).update(record_printed_at=clock.now())
    _note(scope, record, "hand_over_printed")


@transaction.atomic
def complete(scope: Scope, record: Record, *, saw_person: bool, record_signed: bool) -> None:
    """The second officer, there in person, sees the signed record and hands over.

    Raises NotPossible: hand_over_missing, hand_over_same, hand_over_record, hand_over_person, and as `check_rivals`.
    """
    scope.check(record.unit_id, WORK_ROLES)
    hand_over = HandOver.objects.select_for_update().filter(record=record, done_at=None).first()
    if hand_over is None:
        raise NotPossible("hand_over_missing")
    if hand_over.first_officer_id in (None, scope.officer_id):
        raise NotPossible("hand_over_same")
    if hand_over.record_printed_at is None or not record_signed:
        raise NotPossible("hand_over_record")
    if not saw_person:
        raise NotPossible("hand_over_person")
    now = clock.now()
    hand_over.second_officer_id, hand_over.record_signed_at, hand_over.done_at = scope.officer_id, now, now
    hand_over.save()
    if hand_over.claim is not None:
        check_rivals(hand_over.claim)
        pass_over_others(hand_over.claim)
    Record.objects.filter(pk=record.pk).update(
        state=RecordState.HANDED_OVER,
        resolved_at=record.resolved_at or now,
        public_until=now,
        closed_at=now,
        changed_at=now,
    )
    end_joined(record)
    _note(scope, record, "handed_over", first=hand_over.first_officer_id or 0, second=scope.officer_id)
