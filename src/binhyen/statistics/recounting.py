"""Holds kept figures against their rows: a day is counted afresh and compared, so that nobody has to believe them."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from binhyen.statistics.models import DayFigures
from binhyen.statistics.rolling_up import counted_day


class Difference(NamedTuple):
    """A figure that is not what its rows give; a spread by its buckets."""

    unit_id: int
    code: str
    kept: int | dict[str, int]
    counted: int | dict[str, int]


def differences_on(day: date) -> Iterator[Difference]:
    """What the kept figures of the day and a fresh count of it do not agree on; nothing is written."""
    counted = counted_day(day)[0]
    kept = dict(DayFigures.objects.filter(day=day).values_list("unit_id", "counts"))
    for unit_id in sorted(counted.keys() | kept.keys()):
        now, before = counted.get(unit_id, {}), kept.get(unit_id, {})
        for code in sorted(now.keys() | before.keys()):
            if now.get(code, 0) != before.get(code, 0):
                yield Difference(unit_id, code, before.get(code, 0), now.get(code, 0))
