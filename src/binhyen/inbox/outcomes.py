"""What an outcome makes of an outgoing row: the same steps for replies and for posts, whichever table they lie in."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from binhyen.channels.connector import ByHand, Later, Outcome, OutcomeUnknown, Refused, Sent
from binhyen.core import clock
from binhyen.inbox.models import DeliveryState

WHY_LIMIT = 100
"""Characters of a reason that are kept."""


@dataclass(frozen=True, slots=True)
class HandedBack:
    """The call was not made: the attempt is taken back and the row waits as before."""

    why: str


Result = Outcome | HandedBack


class OutgoingRow(Protocol):
    """The part of an outgoing row that an outcome changes."""

    state: str
    why: str
    attempts: int
    due_at: datetime
    finished_at: datetime | None


def apply_outcome(row: OutgoingRow, result: Result) -> None:
    """Set state, reason and times; what only one table keeps of a success (quota, message id) is the caller's part."""
    row.finished_at = clock.now()
    match result:
        case Sent():
            row.state, row.why = DeliveryState.SENT, ""
        case ByHand():
            row.state, row.why, row.finished_at = DeliveryState.BY_HAND, "", None
        case Refused(why=why, stops_account=False):
            row.state, row.why = DeliveryState.REFUSED, why[:WHY_LIMIT]
        case Refused(why=why):
            _wait(row, why, 0)
        case Later(why=why, after_s=after_s):
            _wait(row, why, after_s)
        case OutcomeUnknown(why=why):
            row.state, row.why = DeliveryState.UNKNOWN, why[:WHY_LIMIT]
        case HandedBack(why=why):
            _wait(row, why, 0)
            row.attempts -= 1


def _wait(row: OutgoingRow, why: str, after_s: float) -> None:
    row.state, row.why, row.finished_at = DeliveryState.PLANNED, why[:WHY_LIMIT], None
    row.due_at = clock.now() + timedelta(seconds=after_s)
