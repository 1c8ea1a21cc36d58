"""Walks the chains and names the first row that is not as it was written (G17)."""

from collections.abc import Iterator
from dataclasses import dataclass

from binhyen.audit.actions import GENESIS, row_hash
from binhyen.audit.models import AuditHead, AuditRow, AuditSegment

_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class BadRow:
    """The first place where a chain does not hold."""

    unit_key: int
    sequence: int
    why: str
    """"missing", "out of order", "changed", "not linked" or "end missing"."""

    def __str__(self) -> str:
        return f"unit {self.unit_key}, row {self.sequence}: {self.why}"


def verify_all() -> Iterator[tuple[int, int, BadRow | None]]:
    """Unit key, number of rows and first bad row of every chain, in the order of unit keys."""
    keys = set(AuditRow.objects.order_by().values_list("unit_key", flat=True).distinct())
    keys |= set(AuditHead.objects.values_list("unit_key", flat=True))
    for unit_key in sorted(keys):
        yield unit_key, *verify_chain(unit_key)


def verify_chain(unit_key: int) -> tuple[int, BadRow | None]:
    """Number of sound rows and the first bad one, or None. Memory stays flat; reads in order of sequence."""
    aged = AuditSegment.objects.filter(unit_key=unit_key).first()
    expected, link = (aged.last_sequence + 1, aged.last_hash) if aged else (1, GENESIS)
    count, last_at = 0, None
    for row in AuditRow.objects.filter(unit_key=unit_key).order_by("sequence", "id").iterator(_AT_ONCE):
        why = _fault(row, expected, link)
        if not why and last_at is not None and row.id <= last_at:
            why = "out of order"
        if why:
            return count, BadRow(unit_key, min(expected, row.sequence) if why == "missing" else row.sequence, why)
        expected, link, last_at = expected + 1, row.row_hash, row.id
        count += 1
    return count, _cut_end(unit_key, expected - 1, link)


def _fault(row: AuditRow, expected: int, link: str) -> str:
    if row.sequence > expected:
        return "missing"
    if row.sequence < expected:
        return "out of order"
    if row_hash(row) != row.row_hash:
        return "changed"
    return "" if row.previous_hash == link else "not linked"


def _cut_end(unit_key: int, last: int, link: str) -> BadRow | None:
    head = AuditHead.objects.filter(unit_key=unit_key).first()
    if head is None:
        return BadRow(unit_key, last, "head missing") if last else None
    if head.sequence > last:
        return BadRow(unit_key, last + 1, "end missing")
    return None if (head.sequence, head.row_hash) == (last, link) else BadRow(unit_key, last, "changed")
