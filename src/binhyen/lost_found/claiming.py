"""Claims on found things: answers to hidden questions that an officer compares; several may claim one thing (G24)."""

import json
from collections.abc import Sequence

from django.db import transaction

from binhyen.audit.actions import record as audit
from binhyen.core import clock
from binhyen.core.errors import NotAllowed, NotPossible
from binhyen.core.text import clean
from binhyen.lost_found.models import Claim, ClaimState, Record, RecordKind, RecordState, SetAside
from binhyen.lost_found.queries import CONTACT, PROOF, WORK_ROLES, opened, proof_of, public_notice
from binhyen.lost_found.rules import LEAST_PROOF, fits_enough, shown_questions
from binhyen.units.models import Unit
from binhyen.units.scope import Scope
from binhyen.vault.keyring import seal

MOST_OPEN_CLAIMS = 50
"""Open claims on one record; more are sent to the telephone."""
MOST_TRIES = 3
"""Claims on one thing from one telephone number; whoever needs more comes in person."""
_CLAIMED_AT_COUNTER = (RecordState.KEPT, RecordState.PUBLISHED, RecordState.RESOLVED)


def _note(scope: Scope | None, record: Record, action: str, **facts: str | int) -> None:
    actor = scope.officer_id if scope else None
    audit(record.unit_id, f"lost_found.{action}", actor_key=actor, subject=f"record {record.public_id}", facts=facts)


@transaction.atomic
def claim(unit: Unit, public_id: str, answers: Sequence[str], name: str, phone: str) -> Claim:
    """A resident says a thing is theirs; a second claim of the same number before anybody compared replaces the first.

    Raises NotAllowed, NotPossible: claim_answers, claim_phone, claim_many, claim_again.
    """
    notice = public_notice(unit, public_id)
    if notice is None or notice.is_person or not notice.questions:
        raise NotAllowed
    record = Record.objects.select_for_update().get(unit=unit, public_id=public_id)
    made = _kept(record, answers, notice.questions, name, phone)
    _note(None, record, "claimed")
    return made


@transaction.atomic
def claim_at_counter(scope: Scope, record: Record, answers: Sequence[str], name: str, phone: str) -> Claim:
    """Somebody at the counter or on the telephone says a thing is theirs; the officer asks and writes.

    Raises as `claim`, and NotPossible("claim_state") as `may_claim_at_counter`.
    """
    scope.check(record.unit_id, WORK_ROLES)
    locked = Record.objects.select_for_update().get(pk=record.pk)
    if not may_claim_at_counter(locked):
        raise NotPossible("claim_state", least=LEAST_PROOF)
    questions = shown_questions([question for question, _ in proof_of(locked)])
    made = _kept(locked, answers, questions, name, phone)
    _note(scope, locked, "claimed_at_counter")
    return made


def may_claim_at_counter(record: Record) -> bool:
    """Whether the record is a found thing in the unit's keeping with enough hidden details to ask about."""
    is_kept = record.kind == RecordKind.FOUND_ITEM and record.state in _CLAIMED_AT_COUNTER
    return is_kept and record.proof_count >= LEAST_PROOF


def _kept(record: Record, answers: Sequence[str], questions: Sequence[str], name: str, phone: str) -> Claim:
    said = [clean(answer)[:200] for answer in answers][: len(questions)]
    if len(said) < len(questions) or not all(said):
        raise NotPossible("claim_answers")
    digits = _digits(phone)
    if len(digits) < 9:
        raise NotPossible("claim_phone")
    earlier = list(Claim.objects.filter(record=record).order_by("id"))
    mine = [one for one in earlier if _digits((opened(CONTACT, one.sealed_contact) or ["", ""])[1]) == digits]
    unread = next((one for one in mine if one.state == ClaimState.OPEN), None)
    if unread is None and len(mine) >= MOST_TRIES:
        raise NotPossible("claim_again")
    if unread is None and sum(one.state == ClaimState.OPEN for one in earlier) >= MOST_OPEN_CLAIMS:
        raise NotPossible("claim_many")
    made = unread or Claim(record=record, unit_id=record.unit_id)
    made.sealed_answers = seal(PROOF, json.dumps(said).encode())
    made.sealed_contact = seal(CONTACT, json.dumps([clean(name)[:80], clean(phone)[:20]]).encode())
    made.created_at = clock.now()
    made.save()
    return made


def _digits(phone: str) -> str:
    """Digits alone, with a leading 0 for +84; empty for no number."""
    digits = "".join(character for character in clean(phone) if character.isascii() and character.isdecimal())
    return f"0{digits[2:]}" if digits.startswith("84") and len(digits) > 9 else digits


def answers_of(claim: Claim) -> list[str]:
    """What the claimant answered; only after the right was proven."""
    return opened(PROOF, claim.sealed_answers)


@transaction.atomic
def judge(scope: Scope, claim: Claim, matched: Sequence[bool]) -> None:
    """An officer compares answer by answer; enough that fit invite the claimant. Raises NotPossible("claim_judged")."""
    scope.check(claim.unit_id, WORK_ROLES)
    state = Claim.objects.select_for_update().values_list("state", flat=True).get(pk=claim.pk)
    if state in (ClaimState.DONE, ClaimState.PASSED) or len(matched) != len(answers_of(claim)):
        raise NotPossible("claim_judged")
    claim.matched, claim.judged_by_id, claim.set_aside_for = list(map(bool, matched)), scope.officer_id, ""
    claim.state = ClaimState.INVITED if fits_enough(claim.matched) else ClaimState.REFUSED
    claim.save(update_fields=["matched", "judged_by", "state", "set_aside_for"])
    _note(scope, claim.record, "claim_judged", fits=sum(claim.matched), of=len(claim.matched))


@transaction.atomic
def set_aside(scope: Scope, claim: Claim, reason: str) -> None:
    """One of several fitting claims steps back, for a listed reason. Raises NotPossible: claim_judged, claim_reason."""
    scope.check(claim.unit_id, WORK_ROLES)
    if Claim.objects.select_for_update().values_list("state", flat=True).get(pk=claim.pk) != ClaimState.INVITED:
        raise NotPossible("claim_judged")
    if reason not in SetAside.values:
        raise NotPossible("claim_reason")
    claim.state, claim.set_aside_for, claim.judged_by_id = ClaimState.SET_ASIDE, reason, scope.officer_id
    claim.save(update_fields=["state", "set_aside_for", "judged_by"])
    _note(scope, claim.record, "claim_set_aside", reason=reason)


@transaction.atomic
def tell_claimant(scope: Scope, claim: Claim) -> None:
    """A claimant who does not get the thing was told. Raises NotPossible("claim_judged")."""
    scope.check(claim.unit_id, WORK_ROLES)
    told = (ClaimState.PASSED, ClaimState.REFUSED, ClaimState.SET_ASIDE)
    if not Claim.objects.filter(pk=claim.pk, state__in=told).update(told_at=clock.now()):
        raise NotPossible("claim_judged")
    _note(scope, claim.record, "claimant_told")


def check_rivals(claim: Claim) -> None:
    """Nothing is handed over while another claim waits to be compared or fits as well.

    Raises NotPossible: claim_unread, claim_rivals.
    """
    states = set(Claim.objects.filter(record=claim.record_id).exclude(pk=claim.pk).values_list("state", flat=True))
    if ClaimState.OPEN in states:
        raise NotPossible("claim_unread")
    if ClaimState.INVITED in states:
        raise NotPossible("claim_rivals")


def pass_over_others(claim: Claim) -> None:
    """The thing is handed over on this claim: the others are to be told. The caller is in a transaction."""
    others = Claim.objects.filter(record=claim.record_id).exclude(pk=claim.pk)
    others.filter(state__in=(ClaimState.REFUSED, ClaimState.SET_ASIDE), told_at=None).update(state=ClaimState.PASSED)
    Claim.objects.filter(pk=claim.pk).update(state=ClaimState.DONE)
