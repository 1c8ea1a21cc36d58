"""How long each kind of data is kept, read from the rules file; every room hands in who erases what."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from binhyen.core.clock import VIETNAM
from binhyen.core.law import Amount, law_file
from binhyen.core.working_time import add_months

MOST_AT_ONCE = 200
"""Matters erased in one transaction, so that nobody waits long for the lock."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """One line of the file: what is kept, how long after what, and what happens then."""

    data: str
    keep: Amount
    after: str
    then: str
    confidence: str
    """P: our own promise; B: law."""


Held = Collection[str]
"""Public ids that a legal hold keeps from being erased."""


@dataclass(frozen=True, slots=True)
class Eraser:
    """What one room does about one kind of data."""

    data: str
    """Id in the rules file."""
    due: Callable[[datetime, Held], int]
    """How many matters last touched before this moment are due; takes the moment and the held ids."""
    erase: Callable[[datetime, Held], int]
    """Erase at most MOST_AT_ONCE of them; the number erased."""


def keepings() -> dict[str, Keeping]:
    """Every kind of data in the file."""
    return {
        row["data"]: Keeping(
            row["data"],
            Amount(row["keep"]["value"], row["keep"]["unit"]),
            row.get("after", ""),
            row["then"],
            row["confidence"],
        )
        for row in law_file()["retention"]
    }


def erased_before(data: str, now: datetime) -> datetime:
    """What ended before this moment is due. Raises LookupError for a kind of data the file does not know."""
    return _moved(data, now, -1)


def kept_until(data: str, end: datetime) -> datetime:
    """When what ended at `end` is due; no working day puts it off, unlike a clock of the law. Raises LookupError."""
    return _moved(data, end, 1)


def _moved(data: str, moment: datetime, direction: int) -> datetime:
    keeping = keepings().get(data)
    if keeping is None:
        raise LookupError(f"no retention is called {data!r}")
    amount = keeping.keep
    if amount.unit in ("months", "years"):
        local = moment.astimezone(VIETNAM)
        months = amount.value * (12 if amount.unit == "years" else 1)
        return datetime.combine(add_months(local.date(), direction * months), local.timetz())
    seconds = {"minutes": 60, "hours": 3_600, "calendar_days": 86_400}[amount.unit]
    return datetime.fromtimestamp(moment.timestamp() + direction * amount.value * seconds, tz=moment.tzinfo)
