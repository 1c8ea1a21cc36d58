"""What happens in an invented commune day by day: seasons, weekends, Tết, a slow start, answers that take their time.

Pure: no database and no clock, and the same seed gives the same days. Counts stand in vectors in the order of
`COLUMNS`, so that those of a province and of a month are sums of columns.
"""

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import add
from random import Random

from binhyen.core.working_time import STANDARD

Vector = list[int]
Column = tuple[str, str]
"""Measure and bucket; the bucket of a plain count is empty."""
LEVELS = (
    *("areas", "communes", "followers", "groups", "households", "households_reached", "inhabitants"),
    *("internal_groups", "internal_members", "members", "own_procedures", "pages", "verified_pages"),
    *("waiting", "waiting_long"),
)
FLOWS = (
    *("answered_at_desk", "answered_by_machine", "answered_by_officer", "form_downloads", "found_returned"),
    *("limits_kept", "limits_missed", "messages_in", "posts", "qr_scans", "questions_answered", "ratings"),
    *("ratings_sum", "reports_contested", "reports_received", "reports_solved", "reports_transferred", "shares"),
    "views",
)
ANSWER_BUCKETS = (("5", 18), ("25", 27), ("70", 25), ("200", 18), ("560", 8), ("1600", 4))
"""Minutes of office time until the first answer, and how many of a hundred."""
RETURN_BUCKETS = (("800", 30), ("3200", 40), ("12300", 30))
"""Minutes by the clock until something found is back."""
COLUMNS: tuple[Column, ...] = (
    *((code, "") for code in LEVELS),
    *((code, "") for code in FLOWS),
    *(("first_answer", bucket) for bucket, _ in ANSWER_BUCKETS),
    *(("return_time", bucket) for bucket, _ in RETURN_BUCKETS),
)
SEASON = (0.95, 0.80, 1.10, 1.00, 1.02, 1.08, 1.18, 1.22, 1.12, 1.00, 0.98, 1.04)
"""Months from January on: Tết is quiet, in summer children get cards and families register."""
OFF_SHARE = 0.4
"""Of a working day, on weekends and holidays."""
MONTHS_UNTIL_GROWN = 14
LATE_DAYS = 12
"""A report is closed so many days after it came."""


@dataclass(slots=True)
class Hamlet:
    """One area."""

    area_id: int
    households: int
    inhabitants: int
    eager: float
    """Share of households that comes in the end."""


@dataclass(slots=True)
class Commune:
    """One invented commune; `days_before_start` is when it joins, counted from the first day of all."""

    unit_id: int
    random: Random
    hamlets: list[Hamlet]
    days_before_start: int
    zeal: float
    """How much residents write, around 1."""
    recent: list[int] = field(default_factory=lambda: [0] * LATE_DAYS)
    """Reports of the last days, the oldest first: what is closed today."""
    households: int = field(init=False)
    inhabitants: int = field(init=False)

    def __post_init__(self) -> None:
        """Add up the hamlets."""
        self.households = sum(hamlet.households for hamlet in self.hamlets)
        self.inhabitants = sum(hamlet.inhabitants for hamlet in self.hamlets)

    def grown(self, days: int) -> float:
        """From 0 to 1: how far the model has come, `days` after the first day of all."""
        months = (days - self.days_before_start) / 30
        return 0.0 if months < 0 else 1 / (1 + math.exp(-(months - MONTHS_UNTIL_GROWN / 2) / 2.2))

    def levels(self, grown: float) -> tuple[Vector, list[tuple[int, int, int]]]:
        """Levels of the commune, and households reached, members and groups of each hamlet."""
        lines = []
        for hamlet in self.hamlets:
            reached = int(hamlet.households * hamlet.eager * grown)
            lines.append((reached, int(reached * 1.7), 1 if grown > 0 else 0))
        reached, members, groups = (sum(column) for column in zip(*lines, strict=True))
        here = 1 if grown > 0 else 0
        waiting = int(6 * self.zeal * grown * self.random.random())
        return [
            *(len(self.hamlets), 1, int(reached * 1.3 * self.zeal), groups, self.households, reached),
            *(self.inhabitants, here, here * 12, members),
            *(int(12 * grown), here, int(grown > 0.1), waiting, waiting // 4),
        ], lines

    def flows(self, day: date, grown: float) -> Vector:
        """What happened on the day: `FLOWS`, then the buckets."""
        if grown <= 0:
            return _QUIET
        much = self.households / 5_000 * self.zeal * grown * SEASON[day.month - 1]
        much *= 1.0 if STANDARD.is_working_day(day) else OFF_SHARE
        messages, reports = self._about(5.5 * much), self._about(0.35 * much)
        machine = self._about(messages * 0.55)
        officer = min(messages - machine, self._about(messages * 0.3))
        desk = min(messages - machine - officer, self._about(messages * 0.06))
        self.recent.append(reports)
        due = self.recent.pop(0)
        late = self._about(due * 0.04)
        solved, posts = self._about(due * 0.8), self._about(0.3 * grown)
        ratings, returned = self._about(0.12 * much), self._about(0.05 * much)
        views = self._about(70 * much)
        plain = [
            *(desk, machine, officer, self._about(1.1 * much), returned),
            *(max(0, due - late), min(late, due), messages, posts, self._about(1.4 * much), machine + officer + desk),
            *(ratings, sum(self.random.choice((6, 8, 8, 9, 10, 10)) for _ in range(ratings))),
            *(self._about(solved * 0.03), reports, solved, self._about(due * 0.2), self._about(views * 0.02), views),
        ]
        return plain + self._spread(officer, ANSWER_BUCKETS) + self._spread(returned, RETURN_BUCKETS)

    def _about(self, mean: float) -> int:
        """A whole number around the mean, seldom far away."""
        return int(mean * (0.6 + 0.8 * self.random.random()) + self.random.random())

    def _spread(self, count: int, buckets: Sequence[tuple[str, int]]) -> Vector:
        found = [0] * len(buckets)
        for _ in range(count):
            at, left = 0, self.random.randrange(100)
            while left >= buckets[at][1]:
                left -= buckets[at][1]
                at += 1
            found[at] += 1
        return found


_QUIET: Vector = [0] * (len(FLOWS) + len(ANSWER_BUCKETS) + len(RETURN_BUCKETS))
NOTHING: Vector = [0] * len(COLUMNS)


def added(one: Sequence[int], other: Sequence[int]) -> Vector:
    """Column by column."""
    return list(map(add, one, other))


def month_of(days: Iterable[Vector], days_each: int = 1) -> Vector:
    """Flows of all days added up, levels of the last one; each vector stands for so many days."""
    total: Vector = NOTHING
    last: Vector = NOTHING
    for last in days:
        total = added(total, last)
    return last[: len(LEVELS)] + [count * days_each for count in total[len(LEVELS) :]]


def as_json(values: Vector) -> str:
    """The counts as the roll-ups hold them: zeros left out, spreads by bucket."""
    counts: dict[str, int | dict[str, int]] = {}
    for (code, bucket), value in zip(COLUMNS, values, strict=True):
        if value and bucket:
            spread = counts.setdefault(code, {})
            if isinstance(spread, dict):
                spread[bucket] = value
        elif value:
            counts[code] = value
    return json.dumps(counts, separators=(",", ":"))
