"""Writes the roll-ups: a day is counted afresh from the rows of the rooms, so counting it again changes nothing."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Min

from binhyen.cases.models import Case
from binhyen.channels.models import PageCount
from binhyen.core import clock
from binhyen.core.many_rows import upsert_rows
from binhyen.core.working_time import local_day
from binhyen.groups.models import GroupCount
from binhyen.inbox.models import Message
from binhyen.outreach.models import Post
from binhyen.statistics.counting import SOURCES
from binhyen.statistics.counting.inbox import keep_waiting
from binhyen.statistics.measures import AREA_CODES, BY_CODE, MeasureKind
from binhyen.statistics.models import AreaFigures, BroughtIn, DayFigures, MonthFigures, RollUp
from binhyen.units.models import Unit
from binhyen.units.tree import unit_ids_above

Counts = dict[str, int | dict[str, int]]
"""Measure code -> count, or {bucket: count} of a spread."""
LONGEST_LOOK_BACK = timedelta(days=60)
"""Figures older than this are closed: what they were counted from may have been erased since (retention)."""
_LEVELS = frozenset(code for code, measure in BY_CODE.items() if measure.kind == MeasureKind.LEVEL)


def roll_up_due() -> int:
    """Count today, yesterday, and every day that got late rows since the last time; the number of days counted."""
    now = clock.now()
    before = RollUp.objects.first()
    keep_waiting(local_day(now))
    days = sorted(_due_days(local_day(now), before))
    for day in days:
        roll_up(day)
    first = before.first_day if before else days[0]
    RollUp.objects.update_or_create(pk=1, defaults={"written_at": now, "first_day": min(first, days[0])})
    return len(days)


@transaction.atomic
def roll_up(day: date) -> None:
    """Count one day of all units and write its rows, the month's, and the areas' for its month."""
    everything, areas = counted_day(day)
    days = [DayFigures(unit_id=unit_id, day=day, counts=counts) for unit_id, counts in everything.items()]
    upsert_rows(days, ["unit", "day"], ["counts"])
    DayFigures.objects.filter(day=day).exclude(unit_id__in=everything).delete()
    _write_month(day.replace(day=1))
    _write_areas(day.replace(day=1), areas)


def counted_day(day: date) -> tuple[dict[int, Counts], dict[tuple[int, int], dict[str, int]]]:
    """One day counted from the rows of the rooms: by unit with all below it, and by unit and area; nothing is kept."""
    own, areas = _counted(day)
    return with_below(own, dict(Unit.objects.values_list("pk", "parent_id"))), areas


def with_below(own: Mapping[int, Counts], parents: Mapping[int, int | None]) -> dict[int, Counts]:
    """Counts of each unit and of all units below it; units without any are left out."""
    sums: dict[int, Counts] = {}
    for unit_id, counts in own.items():
        at: int | None = unit_id
        while at is not None:
            add_into(sums.setdefault(at, {}), counts)
            at = parents.get(at)
    return {unit_id: without_zeros(counts) for unit_id, counts in sums.items()}


def add_into(
    total: Counts, more: Mapping[str, int | Mapping[str, int]], without: Collection[str] = frozenset()
) -> None:
    """Add counts, and spreads bucket by bucket; leave out those of the codes `without`."""
    for code, count in more.items():
        if code in without:
            continue
        if isinstance(count, int):
            held = total.get(code, 0)
            total[code] = (held if isinstance(held, int) else 0) + count
        else:
            spread = total.setdefault(code, {})
            if isinstance(spread, dict):
                for bucket, times in count.items():
                    spread[bucket] = spread.get(bucket, 0) + times


def without_zeros(counts: Counts) -> Counts:
    """The counts in the order of their codes, zeros left out."""
    return {code: count for code, count in sorted(counts.items()) if count}


def month_of_days(days: Iterable[Mapping[str, int | dict[str, int]]]) -> Counts:
    """Counts of a month from those of its days in order: flows and spreads added up, levels of the last day."""
    total: Counts = {}
    last: Mapping[str, int | dict[str, int]] = {}
    for last in days:
        add_into(total, last, _LEVELS)
    total |= {code: count for code, count in last.items() if code in _LEVELS}
    return without_zeros(total)


@transaction.atomic
def add_to_closed(unit: Unit, more: Mapping[date, Mapping[str, int]]) -> None:
    """Add counts to days that are not counted afresh any more, for the unit and every unit above it."""
    keys = unit_ids_above(unit)
    for day, counts in more.items():
        rows = {row.unit_id: row for row in DayFigures.objects.filter(unit__in=keys, day=day)}
        for key in keys:
            row = rows.get(key) or DayFigures(unit_id=key, day=day, counts={})
            add_into(row.counts, counts)
            row.counts = without_zeros(row.counts)
            row.save()
    for month in {day.replace(day=1) for day in more}:
        _write_month(month)


def _counted(day: date) -> tuple[dict[int, Counts], dict[tuple[int, int], dict[str, int]]]:
    """Counts of every unit by itself, and of every area of it."""
    own: dict[int, Counts] = defaultdict(dict)
    areas: dict[tuple[int, int], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for source in SOURCES:
        for found in source(day):
            add_into(own[found.unit_id], {found.code: {found.bucket: found.times} if found.bucket else found.times})
            if found.area_id is not None and found.code in AREA_CODES:
                areas[found.unit_id, found.area_id][found.code] += found.times
    return own, areas


def _write_month(month: date) -> None:
    end = (month + timedelta(days=32)).replace(day=1)
    rows = DayFigures.objects.filter(day__gte=month, day__lt=end).order_by("unit_id", "day")
    months = [
        MonthFigures(unit_id=unit_id, month=month, counts=month_of_days(days))
        for unit_id, days in _by_unit(rows.values_list("unit_id", "counts").iterator(5_000))
    ]
    upsert_rows(months, ["unit", "month"], ["counts"])
    MonthFigures.objects.filter(month=month).exclude(unit_id__in=[row.unit_id for row in months]).delete()


def _by_unit(rows: Iterator[tuple[int, Counts]]) -> Iterator[tuple[int, list[Counts]]]:
    unit_id = 0
    days: list[Counts] = []
    for key, counts in rows:
        if key != unit_id and days:
            yield unit_id, days
            days = []
        unit_id = key
        days.append(counts)
    if days:
        yield unit_id, days


def _write_areas(month: date, areas: Mapping[tuple[int, int], Mapping[str, int]]) -> None:
    rows = [
        AreaFigures(area_id=area_id, unit_id=unit_id, month=month, counts=dict(sorted(counts.items())))
        for (unit_id, area_id), counts in areas.items()
    ]
    upsert_rows(rows, ["area", "month"], ["counts", "unit"])


def _due_days(today: date, before: RollUp | None) -> set[date]:
    earliest = today - LONGEST_LOOK_BACK
    if before is None:
        first = max(_first_day(today), earliest)
    else:
        first = max(earliest, min(_late_since(before.written_at, today), local_day(before.written_at)))
    return {first + timedelta(days=step) for step in range((today - first).days + 1)} | {today - timedelta(days=1)}


def _late_since(moment: datetime, today: date) -> date:
    """The first day whose levels changed by figures typed since then for days that are over."""
    days = [
        rows.filter(created_at__gte=moment).aggregate(day=Min(field))["day"]
        for rows, field in (
            (GroupCount.objects.all(), "counted_on"),
            (PageCount.objects.all(), "counted_on"),
            (BroughtIn.objects.all(), "day"),
        )
    ]
    return min((day for day in days if day), default=today)


def _first_day(today: date) -> date:
    moments = [
        Message.objects.aggregate(at=Min("created_at"))["at"],
        Case.objects.aggregate(at=Min("received_at"))["at"],
        Post.objects.aggregate(at=Min("published_at"))["at"],
    ]
    days = [local_day(moment) for moment in moments if moment]
    typed = (GroupCount.objects.aggregate(day=Min("counted_on")), BroughtIn.objects.aggregate(day=Min("day")))
    days += [found["day"] for found in typed if found["day"]]
    return min(days, default=today)
