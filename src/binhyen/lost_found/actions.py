"""Writes of the register: right, rule, row, audit, in one transaction. Two officers for whatever leaves the house."""

import json
from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models import Max

from binhyen.audit.actions import record as audit
from binhyen.core import clock
from binhyen.core.deadlines import deadline_of
from binhyen.core.errors import NotPossible
from binhyen.core.many_rows import insert_rows
from binhyen.core.text import clean
from binhyen.language.publication import Publisher, has_secret_mark
from binhyen.lost_found.joining import end_joined
from binhyen.lost_found.models import Category, LegalBasis, Record, RecordKind, RecordState, Source, TakeDown
from binhyen.lost_found.publishable import check_publishable
from binhyen.lost_found.queries import (
    APPROVE_ROLES,
    CONTACT,
    PROOF,
    WORK_ROLES,
    WRITE_ROLES,
)
from binhyen.lost_found.ringing import ring_for_persons
from binhyen.lost_found.rules import QUESTIONS_ASKED
from binhyen.lost_found.typed import Typed
from binhyen.units.models import Unit
from binhyen.units.scope import Scope
from binhyen.vault import files
from binhyen.vault.keyring import seal
from binhyen.vault.models import StoredFile

ITEM_NOTICE = timedelta(days=60)
"""A notice of a thing stays on the board so long; the register keeps it for the whole waiting time."""


def _audit(actor_key: int | None, record: Record, action: str, **facts: str | int) -> None:
    audit(
        record.unit_id, f"lost_found.{action}", actor_key=actor_key, subject=f"record {record.public_id}", facts=facts
    )


def new_record(unit: Unit, kind: str, source: Source, conversation_key: int | None = None) -> Record:
    """An unsaved draft with the unit's next number; the caller is in a transaction."""
    if kind not in RecordKind.values:
        raise NotPossible("lost_kind")
    _take_turn([unit.pk])
    last = Record.objects.filter(unit=unit).aggregate(last=Max("number"))["last"] or 0
    now = clock.now()
    return Record(
        unit=unit,
        number=last + 1,
        kind=kind,
        source=source,
        conversation_key=conversation_key,
        received_at=now,
        changed_at=now,
    )


def _take_turn(units: Sequence[int]) -> None:
    """One number at a time in each of these units; who only writes rows that name the unit waits for nobody."""
    list(Unit.objects.filter(pk__in=units).order_by("pk").select_for_update(no_key=True).values_list("pk"))


@transaction.atomic(savepoint=False)
def begin_from_chat(told: Sequence[tuple[int, int, str]]) -> int:
    """Drafts for conversations that have no open record: triples of unit key, conversation key and guessed kind.

    Five statements at most however many; the number made.
    """
    keys = [conversation for _, conversation, _ in told]
    ended = (RecordState.HANDED_OVER, RecordState.CLOSED)
    known = set(
        Record.objects.filter(conversation_key__in=keys)
        .exclude(state__in=ended)
        .values_list("conversation_key", flat=True)
    )
    fresh = [one for one in told if one[1] not in known]
    if not fresh:
        return 0
    units = sorted({unit for unit, _, _ in fresh})
    _take_turn(units)
    last = dict(Record.objects.filter(unit_id__in=units).values_list("unit_id").annotate(last=Max("number")))
    now, rows = clock.now(), []
    for unit, conversation, kind in fresh:
        last[unit] = last.get(unit, 0) + 1
        rows.append(
            Record(unit_id=unit, number=last[unit], kind=kind, source=Source.CHAT, conversation_key=conversation,
                   received_at=now, changed_at=now)
        )  # fmt: skip
    insert_rows(rows)
    ring_for_persons(rows)
    return len(rows)


@transaction.atomic
def begin(scope: Scope, unit: Unit, typed: Typed, conversation_key: int | None = None) -> Record:
    """A record at the counter, or from a conversation an officer reads. Raises as `_fill`."""
    scope.check(unit.pk, WORK_ROLES)
    source = Source.CHAT if conversation_key else Source.COUNTER
    record = new_record(unit, typed.kind, source, conversation_key)
    _fill(record, typed)
    record.save()
    _audit(scope.officer_id, record, "begun", kind=record.kind)
    return record


@transaction.atomic
def report(unit: Unit, typed: Typed) -> Record:
    """What a resident wrote on the portal: a draft for an officer. Raises as `_fill`, NotPossible("lost_empty")."""
    if not clean(typed.description):
        raise NotPossible("lost_empty")
    record = new_record(unit, typed.kind, Source.PORTAL)
    _fill(record, typed)
    record.save()
    ring_for_persons([record])
    _audit(None, record, "reported", kind=record.kind)
    return record


@transaction.atomic
def save(scope: Scope, record: Record, typed: Typed) -> None:
    """Correct a record; one that waited for the second officer goes back to draft. Raises as `_fill`, lost_fixed."""
    scope.check(record.unit_id, WORK_ROLES)
    _lock(record, RecordState.DRAFT, RecordState.REVIEW, RecordState.KEPT, code="lost_fixed")
    _fill(record, typed)
    if record.state == RecordState.REVIEW:
        record.state = RecordState.DRAFT
    record.changed_at = clock.now()
    record.save()
    _audit(scope.officer_id, record, "changed")


def _fill(record: Record, typed: Typed) -> None:
    """Put what was typed into a row. Raises NotPossible: lost_kind, lost_day, lost_value, lost_secret (G63)."""
    if any(has_secret_mark(text) for text in (typed.description, typed.clothing, typed.place, typed.basis_note)):
        raise NotPossible("lost_secret")
    if typed.kind not in RecordKind.values:
        raise NotPossible("lost_kind")
    if typed.happened_on and typed.happened_on > clock.today():
        raise NotPossible("lost_day")
    if (typed.value_vnd or 0) < 0 or typed.storage_cost_vnd < 0:
        raise NotPossible("lost_value")
    record.kind = typed.kind
    record.category = typed.category if typed.category in Category.values else Category.OTHER
    if record.is_person:
        record.category = Category.PERSON
    record.description = clean(typed.description)[:200]
    record.first_name = clean(typed.first_name)[:20]
    record.age_band, record.clothing = clean(typed.age_band)[:30], clean(typed.clothing)[:120]
    record.place, record.area, record.happened_on = clean(typed.place)[:120], typed.area, typed.happened_on
    record.value_vnd, record.storage_cost_vnd = typed.value_vnd, typed.storage_cost_vnd
    record.legal_basis = typed.legal_basis if typed.legal_basis in LegalBasis.values else ""
    record.basis_note = clean(typed.basis_note)[:300]
    record.picture_is_fit = typed.picture_is_fit
    name, phone = clean(typed.contact_name)[:80], clean(typed.contact_phone)[:20]
    if name or phone:
        record.sealed_contact = seal(CONTACT, json.dumps([name, phone]).encode())
    proof = [(clean(question)[:120], clean(answer)[:200]) for question, answer in typed.proof]
    proof = [(question, answer) for question, answer in proof if question and answer][:QUESTIONS_ASKED]
    if proof:
        record.sealed_proof = seal(PROOF, json.dumps(proof).encode())
        record.proof_count = len(proof)


def _lock(record: Record, *states: RecordState, code: str) -> None:
    """Hold the row and see that it still stands where the page showed it. Raises NotPossible."""
    state = Record.objects.select_for_update().values_list("state", flat=True).get(pk=record.pk)
    if state not in states:
        raise NotPossible(code)
    record.state = state


@transaction.atomic
def set_picture(scope: Scope, record: Record, picture: StoredFile | None, faces: int | None = None) -> None:
    """The cleaned picture (G10) with the faces a machine saw in it, or none. Raises NotPossible("lost_fixed")."""
    scope.check(record.unit_id, WORK_ROLES)
    _lock(record, RecordState.DRAFT, RecordState.REVIEW, RecordState.KEPT, code="lost_fixed")
    old, record.picture, record.picture_is_fit = record.picture, picture, False
    record.picture_faces = faces
    record.save(update_fields=["picture", "picture_faces", "picture_is_fit", "state"])
    if old is not None:
        _erase_picture(old)
    _audit(scope.officer_id, record, "picture", kept="yes" if picture else "no")


def _erase_picture(picture: StoredFile) -> None:
    """The shown copy with its original."""
    files.erase(picture.original or picture)


@transaction.atomic
def submit(scope: Scope, record: Record, publisher: Publisher) -> None:
    """Hand the record to a second officer. Raises as `check_publishable`, NotPossible("lost_fixed")."""
    scope.check(record.unit_id, WRITE_ROLES)
    _lock(record, RecordState.DRAFT, RecordState.KEPT, code="lost_fixed")
    check_publishable(record, publisher)
    now = clock.now()
    record.state, record.author_id, record.submitted_at, record.changed_at = (
        RecordState.REVIEW,
        scope.officer_id,
        now,
        now,
    )
    record.save()
    _audit(scope.officer_id, record, "submitted")


@transaction.atomic
def approve(scope: Scope, record: Record, publisher: Publisher, *, picture_seen: bool) -> None:
    """The second officer publishes. The door asks for a fresh second factor (G38).

    Raises as `check_publishable`, NotPossible: lost_own, lost_picture, lost_not_waiting.
    """
    scope.check(record.unit_id, APPROVE_ROLES)
    _lock(record, RecordState.REVIEW, code="lost_not_waiting")
    if record.author_id in (None, scope.officer_id):
        raise NotPossible("lost_own")
    if record.picture_id and not picture_seen:
        raise NotPossible("lost_picture")
    check_publishable(record, publisher)
    now = clock.now()
    record.state, record.approver_id, record.published_at, record.changed_at = (
        RecordState.PUBLISHED,
        scope.officer_id,
        now,
        now,
    )
    record.notice_at = record.notice_at or now
    record.public_until = deadline_of("child.post_expires", now).due_at if record.is_person else now + ITEM_NOTICE
    record.taken_down_at = None
    record.save()
    _audit(scope.officer_id, record, "published", basis=record.legal_basis or "-", author=record.author_id or 0)


@transaction.atomic
def keep(scope: Scope, record: Record) -> None:
    """Keep a record in the register without a notice. Raises NotPossible("lost_fixed")."""
    scope.check(record.unit_id, WORK_ROLES)
    _lock(record, RecordState.DRAFT, RecordState.REVIEW, code="lost_fixed")
    record.state, record.author_id, record.changed_at = RecordState.KEPT, scope.officer_id, clock.now()
    record.save()
    _audit(scope.officer_id, record, "kept")


@transaction.atomic
def resolve(scope: Scope, record: Record) -> None:
    """Found: the notice ends this moment, here and wherever it was brought. Raises NotPossible("lost_done")."""
    scope.check(record.unit_id, WORK_ROLES)
    _lock(record, RecordState.DRAFT, RecordState.REVIEW, RecordState.PUBLISHED, RecordState.KEPT, code="lost_done")
    now = clock.now()
    record.state, record.resolved_at, record.public_until, record.changed_at = RecordState.RESOLVED, now, now, now
    record.save()
    end_joined(record)
    _audit(scope.officer_id, record, "resolved")


@transaction.atomic
def take_down(scope: Scope, record: Record) -> None:
    """End a notice without a result, such as on request. Raises NotPossible("lost_not_public")."""
    scope.check(record.unit_id, WORK_ROLES)
    _lock(record, RecordState.PUBLISHED, code="lost_not_public")
    end_notice(record, scope.officer_id, "taken_down")


def end_notice(record: Record, actor_key: int | None, action: str) -> None:
    """Off the board, back into the register; the caller holds the row or is the worker."""
    now = clock.now()
    record.state, record.public_until, record.changed_at = RecordState.KEPT, now, now
    record.save(update_fields=["state", "public_until", "changed_at"])
    _audit(actor_key, record, action)


@transaction.atomic
def tell_finder(scope: Scope, record: Record) -> None:
    """The finder was told the result (Civil Code Art. 230)."""
    scope.check(record.unit_id, WORK_ROLES)
    record.finder_told_at = clock.now()
    record.save(update_fields=["finder_told_at"])
    _audit(scope.officer_id, record, "finder_told")


@transaction.atomic
def tick_take_down(scope: Scope, row: TakeDown) -> None:
    """An officer removed the notice from a group by hand."""
    scope.check(row.record.unit_id, WORK_ROLES)
    TakeDown.objects.filter(pk=row.pk, done_at=None).update(done_at=clock.now(), officer_id=scope.officer_id)
    _audit(scope.officer_id, row.record, "removed_by_hand")
