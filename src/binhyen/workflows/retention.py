"""What is due goes: the rooms' erasers in one list, run once a day, listed by `binhyen retention --dry-run`."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from binhyen.audit.holds import held_subjects
from binhyen.audit.retention import ERASERS as AUDIT
from binhyen.cases.conduct import ERASERS as CONDUCT
from binhyen.cases.retention import ERASERS as CASES
from binhyen.core import clock
from binhyen.core.counting import count
from binhyen.core.models import DailyCount
from binhyen.core.retention import Eraser, Keeping, erased_before, keepings
from binhyen.inbox.ageing import ERASERS as INBOX
from binhyen.lost_found.retention import ERASERS as LOST_FOUND
from binhyen.units.retention import ERASERS as UNITS

LOOKED = "retention.looked"
_LOOKED_BACK = timedelta(days=3)
_FEWEST_DAYS = 2
_log = logging.getLogger(__name__)
ERASERS: tuple[Eraser, ...] = (*INBOX, *CASES, *CONDUCT, *LOST_FOUND, *AUDIT, *UNITS)
ELSEWHERE = {
    "webhook_raw": "finished calls: jobs, with every round of upkeep",
    "resident_ip_user_agent": "never stored (G13)",
    "backup": "binhyen backup removes older ones (G34)",
    "export_file": "gone after one download or 24 hours, looked at every ten minutes (G33)",
    "breach_file": "the notice is written to a file of the operator; nothing of it stays here",
}
"""Kinds that are kept short by other means, in words for the operator."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """One kind of data: what the file says and what is due now."""

    keeping: Keeping
    before: datetime | None
    due: int | None
    """None: no eraser of this installation knows this kind."""
    means: str


def outlook() -> list[Outlook]:
    """Every kind of data of the rules file, with what is due; changes nothing."""
    now, held = clock.now(), held_subjects()
    by_data = {eraser.data: eraser for eraser in ERASERS}
    found = []
    for data, keeping in keepings().items():
        eraser = by_data.get(data)
        before = erased_before(data, now) if eraser else None
        due = eraser.due(before, held) if eraser and before else None
        found.append(Outlook(keeping, before, due, "" if eraser else ELSEWHERE[data]))
    return found


def erase_due() -> dict[str, int]:
    """Erase everything that is due, in small steps; the numbers by kind. What is held stays."""
    now = clock.now()
    erased: dict[str, int] = {}
    for eraser in ERASERS:
        before = erased_before(eraser.data, now)
        while count := eraser.erase(before, held_subjects()):
            erased[eraser.data] = erased.get(eraser.data, 0) + count
    return erased


def erase_by_itself() -> dict[str, int]:
    """The worker's round: erases only where the calendar went on day by day; the numbers by kind.

    A clock that jumps a year ahead would make everything due at once, and what is erased stays erased. So the worker
    must have looked on two of the three days before; after a long standstill erasing begins two days later.
    """
    today = clock.today()
    before = DailyCount.objects.filter(name=LOOKED, unit_key=0, day__lt=today, day__gte=today - _LOOKED_BACK)
    is_steady = before.count() >= _FEWEST_DAYS
    count(LOOKED)
    if not is_steady:
        _log.info("Nothing is erased by itself yet: first the worker has to have run on two of the last three days.")
        return {}
    return erase_due()
