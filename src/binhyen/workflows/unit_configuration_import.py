"""Taking a configuration into another unit: the same acts as in the console, with their rights, rules and records.

What residents read comes in as a draft: canned replies wait for a leader, procedures for a second person.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from binhyen.audit import actions as audit
from binhyen.core.errors import NotPossible
from binhyen.core.text import clean, fold
from binhyen.inbox.canned.actions import MacroSteps, add_macro, draft_canned
from binhyen.inbox.filters.actions import save_filter
from binhyen.inbox.filters.rules import View, read_filter
from binhyen.inbox.models import Assigns, CannedReply, Macro, SavedFilter, Topic, WaitLimit
from binhyen.inbox.topics.actions import add_topic
from binhyen.inbox.waiting.actions import set_wait_limit
from binhyen.procedures.actions import save_draft
from binhyen.procedures.effective import records_of
from binhyen.procedures.exchange import read_yaml
from binhyen.procedures.models import ProcedureVersion
from binhyen.procedures.record import OVERRIDABLE
from binhyen.units.calendars import forget_calendars
from binhyen.units.models import Address, Unit
from binhyen.units.scope import LEADER_ROLES, Scope
from binhyen.units.setting_up import save_day, save_hours
from binhyen.workflows.unit_configuration import FIRST_ANSWER, FORMAT, NOBODY, VERSION

PARTS = ("manners", "hours", "days", "topics", "filters", "canned", "macros", "procedures")
MOST_OF_A_PART = 500


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one thing."""

    part: str
    name: str
    outcome: str
    """taken, waits (for approval), there (already), refused."""
    why: str = ""
    """Code of what refused it."""


def read_configuration(content: bytes) -> dict[str, Any]:
    """A file `export_configuration` wrote, looked through.

    Raises NotPossible: file_too_large(limit), file_not_yaml(line), configuration_format,
    configuration_version(version), configuration_part(part).
    """
    found = read_yaml(content)
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise NotPossible("configuration_format")
    if found.get("version") != VERSION:
        raise NotPossible("configuration_version", version=str(found.get("version"))[:20])
    shapes: dict[str, Callable[[Any], bool]] = {
        "manners": lambda value: isinstance(value, dict),
        "hours": lambda value: _is_list(value, str),
        "topics": lambda value: _is_list(value, str),
    }
    for part in PARTS:
        is_right = shapes.get(part, lambda value: _is_list(value, dict))
        if part in found and not is_right(found[part]):
            raise NotPossible("configuration_part", part=part)
    unknown = sorted(set(map(str, found)) - {*PARTS, "format", "version"})
    if unknown:
        raise NotPossible("configuration_part", part=unknown[0][:40])
    return found


def _is_list(value: Any, of: type) -> bool:
    return isinstance(value, list) and len(value) <= MOST_OF_A_PART and all(isinstance(one, of) for one in value)


def import_configuration(scope: Scope, unit: Unit, found: Mapping[str, Any], *, dry_run: bool) -> list[Line]:
    """Take everything in, or only say what would happen. Raises NotAllowed. What is there stays as it is."""
    scope.check(unit.pk, LEADER_ROLES)
    with transaction.atomic():
        lines = [line for part in PARTS for line in _STEPS[part](scope, unit, found.get(part) or [])]
        taken = sum(line.outcome in ("taken", "waits") for line in lines)
        audit.record(unit.pk, "configuration.imported", actor_key=scope.officer_id, facts={"taken": taken})
        transaction.set_rollback(dry_run)
    forget_calendars()
    return lines


@contextmanager
def _told(lines: list[Line], part: str, name: object, outcome: str) -> Iterator[None]:
    """One act, with a line about it. A value of the wrong kind is refused like a wrong one."""
    label = clean(str(name))[:80]
    try:
        with transaction.atomic():
            yield
    except NotPossible as error:
        lines.append(Line(part, label, "refused", error.code))
    except (KeyError, TypeError, ValueError, AttributeError):
        lines.append(Line(part, label, "refused", "configuration_value"))
    else:
        lines.append(Line(part, label, outcome))


def _manners(scope: Scope, unit: Unit, found: Mapping[str, Any]) -> list[Line]:
    lines: list[Line] = []
    for key in ("address_form", "answers_automatically"):
        if key not in found:
            continue
        if getattr(unit, key) == found[key]:
            lines.append(Line("manners", key, "there"))
            continue
        with _told(lines, "manners", key, "taken"):
            value = Address(found[key]).value if key == "address_form" else _truth(found[key])
            setattr(unit, key, value)
            unit.save(update_fields=[key])
            audit.record(unit.pk, "unit.manners_set", actor_key=scope.officer_id)
    return lines + _first_answer(scope, unit, found)


def _first_answer(scope: Scope, unit: Unit, found: Mapping[str, Any]) -> list[Line]:
    """A limit the unit has set for itself stays."""
    if FIRST_ANSWER not in found:
        return []
    if WaitLimit.objects.filter(unit=unit).exists():
        return [Line("manners", FIRST_ANSWER, "there")]
    lines: list[Line] = []
    with _told(lines, "manners", FIRST_ANSWER, "taken"):
        minutes = found[FIRST_ANSWER]
        if type(minutes) is not int:
            raise NotPossible("configuration_value")
        set_wait_limit(scope, unit, minutes)
    return lines


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise NotPossible("configuration_value")
    return value


def _hours(scope: Scope, unit: Unit, found: list[str]) -> list[Line]:
    if not found:
        return []
    if unit.hours.exists():
        return [Line("hours", "week", "there")]
    lines: list[Line] = []
    with _told(lines, "hours", "week", "taken"):
        save_hours(scope, unit, found)
    return lines


def _days(scope: Scope, unit: Unit, found: list[dict[str, Any]]) -> list[Line]:
    lines: list[Line] = []
    known = {f"{day}" for day in unit.calendar_days.values_list("day", flat=True)}
    for row in found:
        day = str(row.get("day"))
        if day in known:
            lines.append(Line("days", day, "there"))
            continue
        with _told(lines, "days", day, "taken"):
            hours, note = str(row.get("hours", "")), str(row.get("note", ""))
            save_day(
                scope, unit, date.fromisoformat(day), hours, note, is_working_day=_truth(row.get("is_working_day"))
            )
    return lines


def _topics(scope: Scope, unit: Unit, found: list[str]) -> list[Line]:
    lines: list[Line] = []
    known = set(Topic.objects.filter(unit=unit, is_retired=False).values_list("folded", flat=True))
    for name in found:
        if fold(clean(name))[:60] in known:
            lines.append(Line("topics", name, "there"))
            continue
        with _told(lines, "topics", name, "taken"):
            add_topic(scope, unit, name)
    return lines


def _filters(scope: Scope, unit: Unit, found: list[dict[str, Any]]) -> list[Line]:
    """Shared, in the name of who takes them in."""
    lines: list[Line] = []
    known = set(SavedFilter.objects.filter(unit=unit, is_shared=True).values_list("name", flat=True))
    topics = dict(Topic.objects.filter(unit=unit, is_retired=False).values_list("name", "public_id"))
    for row in found:
        name = clean(str(row.get("name", "")))[:60]
        if name in known:
            lines.append(Line("filters", name, "there"))
            continue
        with _told(lines, "filters", name, "taken"):
            values = {key: str(value) for key, value in row.items()}
            if values.get("topic"):
                values["topic"] = topics[values["topic"]]
            if values.get("officer", NOBODY) != NOBODY:
                raise NotPossible("configuration_value")
            save_filter(scope, unit, name, View(values["view"]), read_filter(values), is_shared=True)
    return lines


def _canned(scope: Scope, unit: Unit, found: list[dict[str, Any]]) -> list[Line]:
    lines: list[Line] = []
    rows = CannedReply.objects.filter(unit=unit, is_withdrawn=False)
    known = {title for pair in rows.values_list("title", "proposed_title") for title in pair}
    for row in found:
        title = clean(str(row.get("title", "")))
        if title and title in known:
            lines.append(Line("canned", title, "there"))
            continue
        with _told(lines, "canned", title, "waits"):
            draft_canned(scope, unit, title, str(row["text"]))
    return lines


def _macros(scope: Scope, unit: Unit, found: list[dict[str, Any]]) -> list[Line]:
    lines: list[Line] = []
    known = set(Macro.objects.filter(unit=unit, is_withdrawn=False).values_list("name", flat=True))
    topics = {topic.name: topic for topic in Topic.objects.filter(unit=unit, is_retired=False)}
    canned: dict[str, CannedReply] = {}
    for reply in CannedReply.objects.filter(unit=unit, is_withdrawn=False):
        canned |= {title: reply for title in (reply.proposed_title, reply.title) if title}
    for row in found:
        name = clean(str(row.get("name", "")))
        if name in known:
            lines.append(Line("macros", name, "there"))
            continue
        with _told(lines, "macros", name, "taken"):
            topic = topics[str(row["topic"])] if row.get("topic") else None
            said = canned[str(row["canned"])] if row.get("canned") else None
            steps = MacroSteps(topic, said, Assigns(row.get("assigns", "")), _truth(row.get("closes", False)))
            add_macro(scope, unit, name, steps)
    return lines


def _procedures(scope: Scope, unit: Unit, found: list[dict[str, Any]]) -> list[Line]:
    lines: list[Line] = []
    records = records_of(unit)
    known = set(ProcedureVersion.objects.filter(unit=unit).values_list("procedure", flat=True))
    for row in found:
        name = str(row.get("procedure", ""))
        if name in known:
            lines.append(Line("procedures", name, "there"))
            continue
        with _told(lines, "procedures", name, "waits"):
            changes = {key: value for key, value in row["changes"].items() if key in OVERRIDABLE}
            save_draft(scope, unit, name, {**records[name], **changes})
    return lines


_STEPS: dict[str, Callable[[Scope, Unit, Any], list[Line]]] = {
    "manners": _manners,
    "hours": _hours,
    "days": _days,
    "topics": _topics,
    "filters": _filters,
    "canned": _canned,
    "macros": _macros,
    "procedures": _procedures,
}
