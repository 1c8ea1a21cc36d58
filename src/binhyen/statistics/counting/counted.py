"""What a counting function gives, and the moments of a day."""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from binhyen.core.clock import VIETNAM


class Counted(NamedTuple):
    """A count of one unit; `bucket` for measures with a spread, `area_id` for levels of an area."""

    unit_id: int
    code: str
    times: int
    bucket: str = ""
    area_id: int | None = None


def bounds(day: date) -> tuple[datetime, datetime]:
    """First moment of the day in Vietnam and of the next one."""
    start = datetime.combine(day, time.min, VIETNAM)
    return start, start + timedelta(days=1)
