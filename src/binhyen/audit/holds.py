"""Legal holds: what may not be erased yet, by whose word and why."""

from binhyen.audit import actions as audit
from binhyen.audit.models import Hold
from binhyen.core import clock
from binhyen.core.errors import NotPossible

LEAST_REASON = 20
"""Characters a reason has at least, as for opening an identity (G3)."""


def place_hold(unit_key: int, subject: str, reason: str, officer_key: int, ground: str = "") -> Hold:
    """Keep a matter from being erased until the hold is ended.

    Raises NotPossible: "hold_reason_short", "hold_exists".
    """
    if len(reason.strip()) < LEAST_REASON:
        raise NotPossible("hold_reason_short", least=LEAST_REASON)
    if Hold.objects.filter(unit_key=unit_key, subject=subject, ended_at=None).exists():
        raise NotPossible("hold_exists")
    hold = Hold.objects.create(
        unit_key=unit_key,
        subject=subject,
        ground=ground,
        reason=reason.strip(),
        placed_by_key=officer_key,
        placed_at=clock.now(),
    )
    facts = {"ground": ground} if ground else {}
    audit.record(unit_key, "hold.placed", actor_key=officer_key, subject=subject, facts=facts)
    return hold


def end_hold(hold: Hold, officer_key: int) -> None:
    """Let retention go on. Ending one that has ended changes nothing."""
    if hold.ended_at is None:
        hold.ended_at = clock.now()
        hold.save(update_fields=["ended_at"])
        audit.record(hold.unit_key, "hold.ended", actor_key=officer_key, subject=hold.subject)


def held_subjects() -> frozenset[str]:
    """Public ids of everything that is held, over all units."""
    return frozenset(Hold.objects.filter(ended_at=None).values_list("subject", flat=True))
