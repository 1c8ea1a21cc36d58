"""Feedback on how officers treat people: above their line, the day only, in sums only (G7, G13, G31)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Avg, Count, QuerySet

from binhyen.audit import actions as audit
from binhyen.cases.conduct_rows import ConductFeedback
from binhyen.cases.reports import content_purpose
from binhyen.core import clock
from binhyen.core.errors import NotPossible
from binhyen.core.retention import Eraser, Held
from binhyen.core.text import clean
from binhyen.language.publication import has_secret_heading
from binhyen.units.models import Role, Unit
from binhyen.units.scope import Scope
from binhyen.vault.content_keys import new_wrapped_key, open_under, seal_under, unwrapped

WORDS_LIMIT = 2_000
FEWEST_SHOWN = 5
"""Sums over fewer answers are hidden (G28)."""
READERS = frozenset({Role.COMMANDER})
_PLACE = "conduct"


def checked_feedback(unit: Unit, manners: str, guidance: str, words: str = "") -> ConductFeedback:
    """One mark from 1 to 5, a second one if given, and words only the superior unit on this server reads; not kept yet.

    Raises NotPossible: mark_missing, text_too_long(limit), text_state_secret, words_no_superior.
    """
    marks = [int(mark) if mark in ("1", "2", "3", "4", "5") else None for mark in (manners, guidance)]
    if marks[0] is None:
        raise NotPossible("mark_missing")
    words = clean(words)
    if len(words) > WORDS_LIMIT:
        raise NotPossible("text_too_long", limit=WORDS_LIMIT)
    if has_secret_heading(words):
        raise NotPossible("text_state_secret")
    if words and unit.parent_id is None:
        raise NotPossible("words_no_superior")
    row = ConductFeedback(
        about_unit=unit, read_by_unit=unit.parent, day=clock.today(), manners=marks[0], guidance=marks[1]
    )
    if words and unit.parent_id:
        row.wrapped_key = new_wrapped_key(content_purpose(unit.parent_id))
        key = unwrapped(content_purpose(unit.parent_id), row.wrapped_key)
        row.sealed_words = seal_under(key, _PLACE, words.encode())
    return row


def keep_feedback(row: ConductFeedback) -> None:
    """Keep it; nothing tells who gave it, nor at what time of the day (G13)."""
    row.save(force_insert=True)


@dataclass(frozen=True, slots=True)
class ConductSums:
    """Sums about one unit over a time; None where fewer than `FEWEST_SHOWN` answered."""

    unit: Unit
    count: int | None
    manners: float | None
    guidance: float | None


def sums_for(scope: Scope, since: date) -> list[ConductSums]:
    """What commanders see of the units below theirs: sums, never a row, never beside an officer."""
    units = Unit.objects.filter(parent_id__in=scope.units_with(READERS)).order_by("name")
    rows = ConductFeedback.objects.filter(about_unit__in=units, day__gte=since).values("about_unit_id")
    sums = {
        row["about_unit_id"]: row
        for row in rows.annotate(n=Count("id"), m=Avg("manners"), k=Count("guidance"), g=Avg("guidance"))
    }
    return [_shown(unit, sums.get(unit.pk)) for unit in units]


def _shown(unit: Unit, row: Mapping[str, Any] | None) -> ConductSums:
    if row is None or row["n"] < FEWEST_SHOWN:
        return ConductSums(unit, None, None, None)
    skipped = row["n"] - row["k"]
    tells = row["k"] >= FEWEST_SHOWN and not 0 < skipped < FEWEST_SHOWN
    guidance = round(row["g"], 1) if tells else None
    return ConductSums(unit, int(row["n"]), round(row["m"], 1), guidance)


def words_for(scope: Scope, since: date) -> list[tuple[str, str]]:
    """Words about units below, as (unit's name, words), shuffled by their random keys so that no order tells a time."""
    rows = ConductFeedback.objects.filter(read_by_unit_id__in=scope.units_with(READERS), day__gte=since)
    rows = rows.exclude(sealed_words=b"").select_related("about_unit").order_by("-day")
    found = sorted((bytes(row.sealed_words), row) for row in rows[:200])
    for unit_id in sorted({row.read_by_unit_id for _, row in found if row.read_by_unit_id}):
        audit.record(unit_id, "conduct.read", actor_key=scope.officer_id)
    return [(row.about_unit.name, _words(row)) for _, row in found]


def _words(row: ConductFeedback) -> str:
    key = unwrapped(content_purpose(row.read_by_unit_id or 0), bytes(row.wrapped_key))
    return open_under(key, _PLACE, bytes(row.sealed_words)).decode()


def _old_words(before: datetime) -> QuerySet[ConductFeedback]:
    return ConductFeedback.objects.filter(day__lt=before.astimezone(clock.VIETNAM).date()).exclude(sealed_words=b"")


def _destroy_words(before: datetime, held: Held) -> int:  # noqa: ARG001 - feedback belongs to no case
    """The marks stay in the sums."""
    return _old_words(before).update(sealed_words=b"", wrapped_key=b"")


ERASERS = (Eraser("rating_free_text", lambda before, _held: _old_words(before).count(), _destroy_words),)
