"""When a clock of the law file ends, and why, in words (G57). Pure functions of rule, start, facts and calendar.

Counting of days starts the day after the event; a limit in days, months or years ends with its last day, and when that
is no working day, with the next working day. Hours and minutes are wall-clock time. For duties towards residents the
unit aims at the earlier of the two ends (`target_at`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from binhyen.core import deadline_words as words
from binhyen.core.conditions import Fact, holds
from binhyen.core.law import Amount, Extension, Rule, rule_in_force
from binhyen.core.working_time import (
    STANDARD,
    WorkCalendar,
    add_months,
    add_working_days,
    end_of_day,
    local_day,
    next_working_day,
)

NO_FACTS: Mapping[str, Fact] = {}
NO_EXTENSIONS: Mapping[str, int] = {}


@dataclass(frozen=True, slots=True)
class Deadline:
    """The end of one clock, with everything needed to explain it."""

    rule_id: str
    version: str
    started_at: datetime
    due_at: datetime
    """The last moment; passed when now is later. Aware, in Vietnam's time."""
    target_at: datetime
    """What the unit aims at: never later than `due_at`."""
    confidence: str
    explanation: str
    """In Vietnamese, with rule id and version."""

    def is_overdue(self, now: datetime) -> bool:
        """Whether the last moment has passed."""
        return now > self.due_at


@dataclass(frozen=True, slots=True)
class _End:
    """End of a limit before and after it is moved off a day on which nobody works."""

    unrolled: datetime
    rolled: datetime


def deadline(
    rule: Rule,
    started_at: datetime,
    *,
    facts: Mapping[str, Fact] = NO_FACTS,
    calendar: WorkCalendar = STANDARD,
    extensions: Mapping[str, int] = NO_EXTENSIONS,
) -> Deadline:
    """The rule's end for something that started at an aware `started_at`.

    `facts` decide between the rule's alternatives, for example {"unit.remote_area": True, "complex": True}; of several
    that apply the last counts, since the file goes from general to special. `extensions` says how often each listed
    reason was granted. Raises ValueError for a reason the rule does not list or more times than it allows.
    """
    length, confidence = length_for(rule, facts)
    end = _end_after(length, started_at, calendar)
    for extension, times in _granted(rule, extensions):
        end = _extended(end, extension, times, started_at, calendar)
    if rule.absolute_max is not None:
        end = _not_after(end, _end_after(rule.absolute_max, started_at, calendar))
    return Deadline(
        rule_id=rule.id,
        version=rule.version,
        started_at=started_at,
        due_at=end.rolled,
        target_at=end.unrolled,
        confidence=confidence,
        explanation=_explanation(rule, length, confidence, started_at, end, calendar, extensions),
    )


def deadline_of(
    rule_id: str,
    started_at: datetime,
    *,
    facts: Mapping[str, Fact] = NO_FACTS,
    calendar: WorkCalendar = STANDARD,
) -> Deadline:
    """`deadline` under the version in force on the day of the start. Raises LookupError for an unknown id."""
    return deadline(rule_in_force(rule_id, local_day(started_at)), started_at, facts=facts, calendar=calendar)


def latest_overdue_start(rule: Rule, now: datetime, calendar: WorkCalendar = STANDARD) -> datetime:
    """The last moment whose clock has run out at `now`: what started later is still in time.

    For a clock of days without alternatives, so that a list can be cut by one comparison.
    """
    day = local_day(now)
    while now <= _end_after(rule.due, end_of_day(day), calendar).rolled:
        day -= timedelta(days=1)
    return end_of_day(day)


def applies(rule: Rule, facts: Mapping[str, Fact]) -> bool:
    """Whether the clock runs at all for these facts."""
    return holds(rule.applies_if, facts)


def length_for(rule: Rule, facts: Mapping[str, Fact]) -> tuple[Amount, str]:
    """The length that counts for these facts, and how sure its source is (letters of the law file)."""
    length, confidence = rule.due, rule.confidence
    for alternative in rule.alternatives:
        if holds(alternative.applies_if, facts):
            length, confidence = alternative.due, alternative.confidence
    return length, confidence


def extension_to_be_asked_by(end: Deadline, extension: Extension) -> datetime | None:
    """Last moment to ask for the extension, or None when the law names none."""
    before = extension.request_before
    if before is None:
        return None
    if before.unit != "calendar_days":
        raise ValueError(f"{before} before an end cannot be counted")
    return end_of_day(local_day(end.target_at) - timedelta(days=before.value))


def end_after(length: Amount, started_at: datetime, calendar: WorkCalendar = STANDARD) -> datetime:
    """Last moment of a length of time counted like a clock of the law."""
    return _end_after(length, started_at, calendar).rolled


def _end_after(length: Amount, started_at: datetime, calendar: WorkCalendar) -> _End:
    match length.unit:
        case "minutes" | "hours":
            minutes = length.value * (60 if length.unit == "hours" else 1)
            moment = started_at + timedelta(minutes=minutes)
            return _End(moment, moment)
        case "working_days":
            last = add_working_days(local_day(started_at), length.value, calendar)
            return _whole_days(last, calendar)
        case _:
            return _whole_days(_date_after(local_day(started_at), length), calendar)


def _date_after(day: date, length: Amount) -> date:
    match length.unit:
        case "calendar_days":
            return day + timedelta(days=length.value)
        case "months":
            return add_months(day, length.value)
        case "years":
            return add_months(day, 12 * length.value)
        case _:
            raise ValueError(f"{length.unit} is no unit of dates")


def _whole_days(last: date, calendar: WorkCalendar) -> _End:
    return _End(end_of_day(last), end_of_day(next_working_day(last, calendar)))


def _granted(rule: Rule, extensions: Mapping[str, int]) -> list[tuple[Extension, int]]:
    allowed = {extension.reason: extension for extension in rule.extensions}
    for reason, times in extensions.items():
        if reason not in allowed or not 0 <= times <= allowed[reason].times:
            raise ValueError(f"{rule.id} allows no extension {reason!r} {times} times")
    return [(allowed[reason], extensions[reason]) for reason in allowed if extensions.get(reason)]


def _extended(end: _End, extension: Extension, times: int, started_at: datetime, calendar: WorkCalendar) -> _End:
    if extension.total_max is not None:
        return _later(end, _end_after(extension.total_max, started_at, calendar))
    if extension.add is None:
        raise ValueError(f"extension {extension.reason!r} says neither how much nor until when")
    for _ in range(times):
        end = _whole_days(_date_after(local_day(end.unrolled), extension.add), calendar)
    return end


def _later(one: _End, other: _End) -> _End:
    return max(one, other, key=lambda end: end.unrolled)


def _not_after(end: _End, limit: _End) -> _End:
    return min(end, limit, key=lambda one: one.unrolled)


def _explanation(
    rule: Rule,
    length: Amount,
    confidence: str,
    started_at: datetime,
    end: _End,
    calendar: WorkCalendar,
    extensions: Mapping[str, int],
) -> str:
    parts: Sequence[str] = (
        words.beginning(rule.starts_on, started_at),
        words.length(length),
        words.extended(extensions),
        words.skipped(length, local_day(started_at), local_day(end.unrolled), calendar),
        words.ending(length, end.unrolled, end.rolled, calendar),
        words.rule(rule.id, rule.valid_from, confidence),
    )
    return " ".join(part for part in parts if part)
