"""What the page of one lost or found record shows."""

from collections.abc import Mapping
from typing import Any

from binhyen.console.lost_found_form import form_context
from binhyen.console.texts_lost_found import (
    CLAIM_STATES,
    CLOCKS,
    RECORD_KINDS,
    RECORD_STATES,
    SET_ASIDE_REASONS,
    SOURCES,
)
from binhyen.core import clock
from binhyen.inbox.models import Conversation
from binhyen.lost_found import claiming, ending, handing_over, joining, queries
from binhyen.lost_found.models import ClaimState, HandOver, Record, RecordState
from binhyen.lost_found.rules import QUESTIONS_ASKED, equal_parts, shown_questions
from binhyen.units.scope import Scope

_EDITABLE = (RecordState.DRAFT, RecordState.REVIEW, RecordState.KEPT)
_ENDED = (RecordState.RESOLVED, RecordState.HANDED_OVER, RecordState.CLOSED, RecordState.JOINED)
_COMPARED = (ClaimState.OPEN, ClaimState.REFUSED, ClaimState.INVITED, ClaimState.SET_ASIDE)
_TOLD = (ClaimState.REFUSED, ClaimState.SET_ASIDE, ClaimState.PASSED)


def record_page(scope: Scope, record: Record, typed: Mapping[str, str]) -> dict[str, Any]:
    """What the page of one record shows, with what was typed and refused; the caller has proven the right."""
    proof = queries.proof_of(record)
    hand_over = HandOver.objects.filter(record=record).select_related("first_officer", "second_officer").first()
    conversation = Conversation.objects.filter(pk=record.conversation_key).first() if record.conversation_key else None
    name, phone = queries.contact_of(record)
    padded = proof + [("", "")] * (QUESTIONS_ASKED - len(proof))
    return form_context(record.unit, record.kind, typed) | {
        "record": record,
        "kind_name": RECORD_KINDS[record.kind],
        "state_name": RECORD_STATES[record.state],
        "source_name": SOURCES[record.source],
        "is_editable": record.state in _EDITABLE,
        "is_public": record.state == RecordState.PUBLISHED,
        "may_end": record.state not in _ENDED,
        "waits_for_me": record.state == RecordState.REVIEW and record.author_id != scope.officer_id,
        "notice": queries.notice_of_record(record, record.unit),
        "proof": [
            (number, typed.get(f"question_{number}", question), typed.get(f"answer_{number}", answer))
            for number, (question, answer) in enumerate(padded, start=1)
        ],
        "contact_name": name,
        "contact_phone": phone,
        "conversation": conversation,
        "may_close": ending.may_close(record),
        "matches": queries.matches_for(scope, record),
        "twins": joining.twins_for(scope, record),
        "joined": joining.joined_to(record),
        "claims": _claims(record, proof),
        "fitting": record.claims.filter(state=ClaimState.INVITED).count(),
        "reasons": SET_ASIDE_REASONS.items(),
        "asked": [
            (number, question, typed.get(f"said_{number}", ""))
            for number, question in enumerate(shown_questions([question for question, _ in proof]), start=1)
        ],
        "may_claim": claiming.may_claim_at_counter(record),
        "clocks": [(CLOCKS[each.rule_id], each, each.is_overdue(clock.now())) for each in queries.clocks_of(record)],
        "take_downs": queries.open_take_downs(record),
        "hand_over": hand_over,
        "receiver": handing_over.receiver_of(hand_over) if hand_over else ("", ""),
        "hands_over": record.kind in ("found_item", "found_child", "found_person"),
        "shares": _shares(record),
    }


def _claims(record: Record, proof: list[tuple[str, str]]) -> list[dict[str, Any]]:
    """Every claim, those that fit first, then by time."""
    found = []
    for claim in record.claims.order_by("id"):
        name, phone = queries.opened(queries.CONTACT, claim.sealed_contact) or ["", ""]
        answers = claiming.answers_of(claim)
        rows = [
            (number, question, said, answer, claim.matched[number] if number < len(claim.matched) else None)
            for number, (said, (question, answer)) in enumerate(zip(answers, proof, strict=False))
        ]
        found.append(
            {"claim": claim, "state": CLAIM_STATES[claim.state], "name": name, "phone": phone, "rows": rows,
             "is_open": claim.state in _COMPARED, "fits": sum(claim.matched), "of": len(claim.matched),
             "is_fitting": claim.state == ClaimState.INVITED, "tell": claim.state in _TOLD and claim.told_at is None,
             "reason": SET_ASIDE_REASONS.get(claim.set_aside_for, "")}
        )  # fmt: skip
    return sorted(found, key=lambda one: not one["is_fitting"])


def _shares(record: Record) -> dict[str, Any] | None:
    """Who would get what after the waiting time, by the base salary at its end; a draft that an officer confirms."""
    if record.kind != "found_item" or not record.value_vnd:
        return None
    finders = joining.finders_of(record)
    rows = [
        (day, found, equal_parts(found.finder_vnd, finders)) for day, found in ending.shares_by_salary(record)
    ]  # fmt: skip
    return {"rows": rows, "finders": finders}
