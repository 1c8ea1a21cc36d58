"""Opening an identity: two people, a reason, a ground in law, one case, 30 minutes, the audit row first (G2 to G5)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from binhyen.audit import actions as audit
from binhyen.cases import custodians, history
from binhyen.cases.actions import checked_reason
from binhyen.cases.grounds import DELAY_GROUNDS, GROUNDS
from binhyen.cases.models import Case, EventKind
from binhyen.cases.openings import Opening, OpeningPurpose, OpeningShare, OpeningState
from binhyen.cases.queries import access_case, cases_for
from binhyen.cases.reports import Identity, identity_in, key_of, sealed_words, words_in
from binhyen.core import clock
from binhyen.core.errors import NotAllowed, NotPossible
from binhyen.units.models import Officer
from binhyen.units.scope import Scope
from binhyen.vault import identities
from binhyen.vault.keyring import seal, unseal
from binhyen.vault.models import IdentityKey, IdentityShare
from binhyen.vault.sharing import NEEDED, Share, unpacked

ASK_LASTS = timedelta(hours=72)
"""How long a request waits for its second person."""
OPEN_LASTS = timedelta(minutes=30)
LONGEST_DELAY = timedelta(days=180)
_GIVEN = "identity.given_share"
_REASON = "opening"


@contextmanager
def _refusals_recorded(unit_id: int, officer_id: int, subject: str) -> Iterator[None]:
    """A refused attempt is a row of the chain as well, written after its own changes were undone (G4)."""
    try:
        yield
    except NotPossible as refused:
        audit.record(
            unit_id, "identity.attempt_refused", actor_key=officer_id, subject=subject, facts={"why": refused.code}
        )
        raise


def ask(
    scope: Scope,
    case: Case,
    ground: str,
    reason: str,
    viewing_key: bytes,
    delay_ground: str = "",
    delayed_until: date | None = None,
) -> Opening:
    """Ask for the identity of one case. `viewing_key` is the public half of a pair only the asking browser holds.

    Raises NotPossible: ground_unknown, reason_short, identity_none, opening_running, delay_ground_missing,
    delay_past, delay_too_long(days).
    """
    case = access_case(scope, case.public_id)
    with _refusals_recorded(case.unit_id, scope.officer_id, case.public_id), transaction.atomic():
        if ground not in GROUNDS:
            raise NotPossible("ground_unknown")
        reason = checked_reason(reason)
        _check_delay(delay_ground, delayed_until)
        if not case.sealed_identity or case.identity_key is None:
            raise NotPossible("identity_none")
        if case.openings.filter(state__in=(OpeningState.ASKED, OpeningState.OPEN), requester=scope.officer_id).exists():
            raise NotPossible("opening_running")
        opening = Opening.objects.create(
            unit=case.unit,
            purpose=OpeningPurpose.IDENTITY,
            case=case,
            identity_key=case.identity_key,
            ground=ground,
            sealed_reason=sealed_words(case, key_of(case), reason, _REASON),
            requester_id=scope.officer_id,
            asked_at=clock.now(),
            viewing_key=viewing_key,
            delayed_until=delayed_until,
            delay_ground=delay_ground,
        )
        facts = {"ground": ground, "opening": opening.public_id, "step": "asked"}
        history.append(case, EventKind.IDENTITY, officer_id=scope.officer_id, facts=facts, action="identity.asked")
    return opening


def _check_delay(delay_ground: str, delayed_until: date | None) -> None:
    if bool(delay_ground) != bool(delayed_until) or (delay_ground and delay_ground not in DELAY_GROUNDS):
        raise NotPossible("delay_ground_missing")
    if delayed_until and delayed_until <= clock.today():
        raise NotPossible("delay_past")
    if delayed_until and delayed_until > clock.today() + LONGEST_DELAY:
        raise NotPossible("delay_too_long", days=LONGEST_DELAY.days)


def openings_for(scope: Scope) -> list[Opening]:
    """What waits for this custodian, and what the officer asked for; newest first."""
    rows = _mine(scope).select_related("case", "unit", "requester", "identity_key").order_by("-asked_at")
    return [row for row in rows[:100] if _is_for(scope, row)][:50]


def count_waiting(scope: Scope) -> int:
    """Requests that wait for this custodian's share; no query for anybody else."""
    if not scope.units_with(custodians.CUSTODIAN):
        return 0
    asked = _mine(scope).filter(state=OpeningState.ASKED, asked_at__gt=clock.now() - ASK_LASTS)
    asked = asked.filter(identity_key__in=_held(scope)).exclude(given__officer=scope.officer_id)
    return sum(_is_for(scope, row) for row in asked.select_related("case", "unit", "identity_key"))


def access_opening(scope: Scope, public_id: str) -> Opening:
    """An opening of which the officer is requester or custodian. Raises NotAllowed; a case's conflict counts (G7)."""
    found = _mine(scope).filter(public_id=public_id)
    opening = found.select_related("case", "case__unit", "unit", "requester", "approver", "identity_key").first()
    if opening is None or not _is_for(scope, opening):
        raise NotAllowed
    return opening


def _mine(scope: Scope) -> QuerySet[Opening]:
    """Asked for by the officer in a case that is still theirs to see, or under a key of which they hold a share."""
    as_custodian = Q(identity_key__in=_held(scope), unit_id__in=custodians.units_of(scope))
    asked = Q(requester=scope.officer_id) & (Q(case=None) | Q(case__in=cases_for(scope)))
    return Opening.objects.filter(as_custodian | asked).exclude(case__conflicts__officer_id=scope.officer_id)


def _held(scope: Scope) -> QuerySet[IdentityKey]:
    """Keys the officer holds a share of that the present passphrase opens."""
    shares = IdentityShare.objects.filter(custodian_key__officer_key=scope.officer_id, custodian_key__retired_at=None)
    return IdentityKey.objects.filter(pk__in=shares.values("identity_key"))


def _is_for(scope: Scope, opening: Opening) -> bool:
    """What is about the unit itself is no matter of its custodians while those of the superior unit are enough (G7)."""
    if opening.requester_id == scope.officer_id or opening.case is None or not opening.case.goes_up:
        return True
    above = _custodians_above(opening)
    return len(above) < NEEDED or scope.officer_id in above


def _custodians_above(opening: Opening) -> set[int]:
    """Custodians of the superior unit who hold a share of the key and are not set aside."""
    found = custodians.custodians_for(opening.unit, opening.identity_key)
    aside = set(opening.case.conflicts.values_list("officer_id", flat=True)) if opening.case else set()
    return {one.officer.pk for one in found if one.is_reserve and one.holds_share} - aside


def reason_of(opening: Opening) -> str:
    """The reason, for who decides about it."""
    if opening.case is None:
        return ""
    return words_in(opening.case, key_of(opening.case), bytes(opening.sealed_reason), _REASON)


def awaited(opening: Opening) -> list[Officer]:
    """Custodians whose agreement an opening still waits for, any of them; nobody once it is decided."""
    if opening.state != OpeningState.ASKED:
        return []
    held = opening.identity_key.shares.filter(custodian_key__retired_at=None)
    waiting = Officer.objects.filter(pk__in=held.values("custodian_key__officer_key"), is_active=True)
    waiting = waiting.exclude(pk__in=opening.given.values("officer"))
    if opening.case is not None:
        waiting = waiting.exclude(pk__in=opening.case.conflicts.values("officer"))
        if opening.case.goes_up and len(above := _custodians_above(opening)) >= NEEDED:
            waiting = waiting.filter(pk__in=above)
    return list(waiting.order_by("full_name", "pk"))


def give_share(scope: Scope, opening: Opening, officer: Officer, passphrase: str) -> Opening:
    """A custodian agrees with their own share; the second one opens. The requester counts as one of the two at most.

    Raises NotPossible: opening_over, share_given, share_missing, passphrase_wrong, passphrase_locked(seconds).
    """
    opening = access_opening(scope, opening.public_id)
    with _refusals_recorded(opening.unit_id, scope.officer_id, opening.public_id):
        _check_waits(opening)
        if opening.given.filter(officer=officer).exists():
            raise NotPossible("share_given")
        share = custodians.share_of(officer, opening.identity_key, passphrase)  # half a second: no lock is held
    with _refusals_recorded(opening.unit_id, scope.officer_id, opening.public_id), transaction.atomic():
        opening = _waiting(opening)
        OpeningShare.objects.create(
            opening=opening,
            officer=officer,
            sealed_share=seal(_GIVEN, share.packed()),
            given_at=clock.now(),
        )
        if officer.pk != opening.requester_id:
            opening.approver = officer
            opening.save(update_fields=["approver"])
        audit.record(opening.unit_id, "identity.agreed", actor_key=officer.pk, subject=opening.public_id)
        if opening.given.count() >= NEEDED:
            _bring_together(opening)
    return opening


def _waiting(opening: Opening) -> Opening:
    opening = (
        Opening.objects.select_for_update(of=("self",))
        .select_related("case", "unit", "identity_key")
        .get(pk=opening.pk)
    )
    _check_waits(opening)
    return opening


def _check_waits(opening: Opening) -> None:
    if opening.state != OpeningState.ASKED or clock.now() - opening.asked_at > ASK_LASTS:
        raise NotPossible("opening_over")


def _bring_together(opening: Opening) -> None:
    given = list(opening.given.order_by("id"))
    one, other = (unpacked(unseal(_GIVEN, bytes(row.sealed_share))) for row in given[:NEEDED])
    opening.given.all().delete()
    now = clock.now()
    match opening.purpose:
        case OpeningPurpose.IDENTITY:
            _open(opening, one, other)
        case OpeningPurpose.REHEARSAL:
            custodians.rehearse(opening.identity_key, one, other)
            opening.state, opening.opened_at = OpeningState.ENDED, now
        case OpeningPurpose.SHARE_AGAIN:
            custodians.share_again(opening.unit, opening.identity_key, one, other)
            opening.state, opening.opened_at = OpeningState.ENDED, now
    opening.save()
    audit.record(
        opening.unit_id, f"identity.{opening.purpose}_done", actor_key=opening.approver_id, subject=opening.public_id
    )


def _open(opening: Opening, one: Share, other: Share) -> None:
    case = opening.case
    if case is None or opening.approver_id in (None, opening.requester_id):
        raise NotPossible("second_person_missing")
    plain = identities.open_identity(opening.identity_key, one, other, bytes(case.sealed_identity))
    opening.sealed_view = identities.seal_to(bytes(opening.viewing_key), plain)
    opening.state, opening.opened_at = OpeningState.OPEN, clock.now()
    opening.closes_at = opening.opened_at + OPEN_LASTS
    facts = {"ground": opening.ground, "opening": opening.public_id, "step": "opened"}
    history.append(case, EventKind.IDENTITY, officer_id=opening.approver_id, facts=facts, action="identity.opened")


def show(scope: Scope, opening: Opening, private_key: bytes) -> Identity:
    """The identity, to the requester alone while the time runs; the audit row stands before it is opened (G4).

    Raises NotPossible: opening_waits(given, needed, who), opening_over, envelope_closed (another browser than the one
    that asked).
    """
    if opening.requester_id != scope.officer_id:
        raise NotAllowed
    with _refusals_recorded(opening.unit_id, scope.officer_id, opening.public_id):
        if opening.state == OpeningState.ASKED:
            _check_waits(opening)
            who = ", ".join(one.full_name for one in awaited(opening)) or "–"
            raise NotPossible("opening_waits", given=opening.given.count(), needed=NEEDED, who=who)
        if opening.state != OpeningState.OPEN or opening.closes_at is None or clock.now() >= opening.closes_at:
            raise NotPossible("opening_over")
        audit.record(opening.unit_id, "identity.shown", actor_key=scope.officer_id, subject=opening.public_id)
    return identity_in(identities.open_with(private_key, bytes(opening.sealed_view)))


def refuse(scope: Scope, opening: Opening, officer: Officer) -> None:
    """A custodian says no, or the requester takes the request back. Raises NotPossible("opening_over")."""
    opening = access_opening(scope, opening.public_id)
    with _refusals_recorded(opening.unit_id, scope.officer_id, opening.public_id), transaction.atomic():
        opening = _waiting(opening)
        is_own = opening.requester_id == officer.pk
        opening.state = OpeningState.WITHDRAWN if is_own else OpeningState.REFUSED
        opening.approver = opening.approver if is_own else officer
        opening.save(update_fields=["state", "approver"])
        opening.given.all().delete()
        audit.record(opening.unit_id, f"identity.{opening.state}", actor_key=officer.pk, subject=opening.public_id)


def end_old() -> int:
    """Close what has run out: views after 30 minutes, requests after 72 hours; the number."""
    now = clock.now()
    over = Opening.objects.filter(state=OpeningState.OPEN, closes_at__lte=now)
    unanswered = Opening.objects.filter(state=OpeningState.ASKED, asked_at__lte=now - ASK_LASTS)
    ended = 0
    for opening, state in [
        *((one, OpeningState.ENDED) for one in over),
        *((one, OpeningState.EXPIRED) for one in unanswered),
    ]:
        ended += _end(opening, state)
    return ended


@transaction.atomic
def _end(opening: Opening, state: OpeningState) -> int:
    changed = Opening.objects.filter(pk=opening.pk, state=opening.state).update(state=state, sealed_view=b"")
    if changed:
        opening.given.all().delete()
        audit.record(opening.unit_id, f"identity.{state}", actor_key=None, subject=opening.public_id)
    return changed
