"""A unit's configuration as one file: how it works, never whom it serves or who works there.

So that a model example is rolled out to the next commune in one step. Form of address, the unit's own limit for a first
answer, hours, days that differ, topics, shared filters, canned replies, macros and what the unit says for itself about
procedures go in; areas, numbers, officers, shifts, groups, pages, keys and everything of residents stay. A shift is an
officer on a day, so a roster has no pattern without people in it. Limits of the law are the same everywhere and
nobody's setting. A text in which somebody could be recognised is left out and named in the report.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from binhyen.audit import actions as audit
from binhyen.core import clock
from binhyen.core.working_time import Period
from binhyen.inbox.filters.rules import View
from binhyen.inbox.models import CannedReply, Macro, SavedFilter, Topic, WaitLimit
from binhyen.language.personal_data import find_personal_data
from binhyen.procedures.effective import read_catalogue_of
from binhyen.procedures.exchange import written_yaml
from binhyen.procedures.models import ProcedureVersion, VersionState
from binhyen.units.hours_words import written
from binhyen.units.models import CalendarDay, OfficeHours, Unit

FORMAT = "binhyen-unit-configuration"
VERSION = 1
FIRST_ANSWER = "first_answer_minutes"
"""How long a resident may wait for the first answer, in office time."""
NOBODY = "nobody"
"""A filter's officer in charge when there is none."""
OF_THE_PLACE = frozenset({"place_vi"})
"""Keys of a procedure that name the place of one unit."""
_HEAD = """# Cấu hình của {unit}, xuất ngày {day}. Không có dữ liệu của người dân và cán bộ.
# Nhập vào đơn vị khác: binhyen import-configuration
"""


@dataclass(slots=True)
class Exported:
    """The file, and what was left out of it."""

    text: str = ""
    left_out: list[tuple[str, str]] = field(default_factory=list)
    """Part and title of each thing in which somebody could be recognised."""


def export_configuration(unit: Unit) -> Exported:
    """The unit's configuration as YAML. For the operator, with a row in the record of who did what."""
    found = Exported()
    values = {
        "format": FORMAT,
        "version": VERSION,
        "manners": _manners(unit),
        "hours": _hours(unit),
        "days": list(_days(unit, found)),
        "topics": list(_topics(unit, found)),
        "filters": list(_filters(unit, found)),
        "canned": list(_canned(unit, found)),
        "macros": list(_macros(unit, found)),
        "procedures": list(_procedures(unit, found)),
    }
    head = _HEAD.format(unit=unit.name, day=f"{clock.today():%d/%m/%Y}")
    found.text = head + written_yaml(values)
    audit.record(unit.pk, "configuration.exported", actor_key=None, facts={"left_out": len(found.left_out)})
    return found


def names_somebody(*texts: object) -> bool:
    """Whether a resident or an officer could be recognised in one of the texts, lists and maps looked through."""
    for text in texts:
        if isinstance(text, str) and find_personal_data(text):
            return True
        if isinstance(text, dict) and names_somebody(*text.values()):
            return True
        if isinstance(text, list) and names_somebody(*text):
            return True
    return False


def _manners(unit: Unit) -> dict[str, Any]:
    """The limit for a first answer only where the unit set one of its own."""
    limit = WaitLimit.objects.filter(unit=unit).values_list("minutes", flat=True).first()
    return {
        "address_form": str(unit.address_form),
        "answers_automatically": unit.answers_automatically,
        **({} if limit is None else {FIRST_ANSWER: limit}),
    }


def _hours(unit: Unit) -> list[str]:
    """Seven lines from Monday on; none when the unit works standard hours."""
    rows = list(OfficeHours.objects.filter(unit=unit))
    week = [tuple(Period(row.start_min, row.end_min) for row in rows if row.weekday == day) for day in range(7)]
    return [written(periods) for periods in week] if rows else []


def _days(unit: Unit, found: Exported) -> Iterator[dict[str, Any]]:
    for row in CalendarDay.objects.filter(unit=unit, day__gte=clock.today()):
        if names_somebody(row.note):
            found.left_out.append(("days", f"{row.day}"))
            continue
        periods = tuple(Period(*pair) for pair in row.periods or ())
        yield {"day": f"{row.day}", "is_working_day": row.is_working_day, "hours": written(periods), "note": row.note}


def _topics(unit: Unit, found: Exported) -> Iterator[str]:
    for name in Topic.objects.filter(unit=unit, is_retired=False).order_by("folded").values_list("name", flat=True):
        if names_somebody(name):
            found.left_out.append(("topics", name))
        else:
            yield name


def _filters(unit: Unit, found: Exported) -> Iterator[dict[str, str]]:
    """Filters shared with the whole unit; topics by name, and none that looks for one officer."""
    topics = dict(Topic.objects.filter(unit=unit, is_retired=False).values_list("public_id", "name"))
    for row in SavedFilter.objects.filter(unit=unit, is_shared=True).order_by("name", "pk"):
        values = dict(parse_qsl(row.query))
        topic = topics.get(values.get("topic", ""), "")
        is_somebodys = values.get("officer", NOBODY) != NOBODY or values.get("view") == View.MINE
        if is_somebodys or ("topic" in values and not topic) or names_somebody(row.name, topic):
            found.left_out.append(("filters", row.name))
        else:
            yield {"name": row.name, **values, **({"topic": topic} if topic else {})}


def _canned(unit: Unit, found: Exported) -> Iterator[dict[str, str]]:
    rows = CannedReply.objects.filter(unit=unit, is_withdrawn=False).exclude(text="").order_by("title", "pk")
    for row in rows:
        if names_somebody(row.title, row.text):
            found.left_out.append(("canned", row.title))
        else:
            yield {"title": row.title, "text": row.text}


def _macros(unit: Unit, found: Exported) -> Iterator[dict[str, Any]]:
    left_out = {title for part, title in found.left_out if part in ("canned", "topics")}
    rows = Macro.objects.filter(unit=unit, is_withdrawn=False).select_related("topic", "canned").order_by("name", "pk")
    for row in rows:
        topic, canned = row.topic.name if row.topic else "", row.canned.title if row.canned else ""
        if names_somebody(row.name) or {topic, canned} & left_out:
            found.left_out.append(("macros", row.name))
        else:
            yield {
                "name": row.name,
                "topic": topic,
                "canned": canned,
                "assigns": str(row.assigns),
                "closes": row.closes,
            }


def _procedures(unit: Unit, found: Exported) -> Iterator[dict[str, Any]]:
    """What the unit's own approved versions in force say; `changes` as the editor keeps them."""
    today = clock.today()
    known = {procedure.id for procedure in read_catalogue_of(unit.pk).procedures}
    rows = ProcedureVersion.objects.filter(unit=unit, state=VersionState.APPROVED, valid_from__lte=today)
    newest = {row.procedure: row for row in rows.order_by("valid_from", "approved_at", "pk")}
    for name, row in sorted(newest.items()):
        ended = row.valid_to is not None and row.valid_to < today
        if ended or (name not in known and row.changes.get("offered", True)):
            continue
        changes = {key: value for key, value in row.changes.items() if key not in OF_THE_PLACE}
        for key in [key for key, value in changes.items() if names_somebody(value)]:
            del changes[key]
            found.left_out.append(("procedures", f"{name}: {key}"))
        if changes:
            yield {"procedure": name, "changes": changes}
