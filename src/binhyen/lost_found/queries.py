"""Reads of the register; the scope comes first (G39). What the public sees is a handful of permitted fields."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from binhyen.core import clock
from binhyen.core.deadlines import Deadline, deadline_of
from binhyen.core.errors import NotAllowed
from binhyen.lost_found.models import Category, Claim, Record, RecordKind, RecordState, TakeDown
from binhyen.lost_found.rules import Facts, Likeness, Notice, Traits, likeness, notice_of, shown_questions
from binhyen.units.calendars import calendar_of
from binhyen.units.models import Role, Unit
from binhyen.units.scope import Scope
from binhyen.vault.keyring import unseal

WORK_ROLES = frozenset({Role.DUTY_OFFICER, Role.BEAT_OFFICER, Role.COMMANDER, Role.UNIT_ADMINISTRATOR})
"""Roles that work the register; technical administrators never do (G20)."""
WRITE_ROLES = frozenset({Role.DUTY_OFFICER, Role.BEAT_OFFICER, Role.UNIT_ADMINISTRATOR})
"""Roles that hand a notice over for publication; the same that write posts."""
APPROVE_ROLES = frozenset({Role.COMMANDER, Role.DUTY_OFFICER, Role.UNIT_ADMINISTRATOR})
"""Roles that may be the second person of a publication."""
PROOF, CONTACT, RECEIVER = "lost_found.proof", "lost_found.contact", "lost_found.receiver"
"""Purposes of the sealed fields."""
OPEN_STATES = (RecordState.DRAFT, RecordState.REVIEW, RecordState.PUBLISHED, RecordState.KEPT, RecordState.RESOLVED)
SHOWN = 200
LEAST_LIKENESS = 35
_OPPOSITE = {
    RecordKind.FOUND_ITEM: RecordKind.LOST_ITEM, RecordKind.LOST_ITEM: RecordKind.FOUND_ITEM,
    RecordKind.FOUND_PERSON: RecordKind.MISSING_PERSON, RecordKind.MISSING_PERSON: RecordKind.FOUND_PERSON,
    RecordKind.FOUND_CHILD: RecordKind.MISSING_CHILD, RecordKind.MISSING_CHILD: RecordKind.FOUND_CHILD,
}  # fmt: skip
"""Kinds that are compared; a hint for officers alone, nobody is handed over because of it (G25)."""
CATEGORY_NAMES = {
    Category.MONEY: "tiền", Category.WALLET: "ví", Category.PHONE: "điện thoại", Category.PAPERS: "giấy tờ",
    Category.KEYS: "chìa khóa", Category.BAG: "túi, cặp", Category.JEWELRY: "trang sức", Category.VEHICLE: "xe",
    Category.LIVESTOCK: "gia súc", Category.POULTRY: "gia cầm", Category.OTHER: "đồ vật", Category.PERSON: "người",
}  # fmt: skip


def visible_records(scope: Scope) -> QuerySet[Record]:
    """Records of the units where the officer works the register."""
    return Record.objects.filter(unit_id__in=scope.units_with(WORK_ROLES))


def records_for(scope: Scope, unit: Unit, *, is_done: bool = False) -> list[Record]:
    """The register: children first, then drafts, then by time. One query."""
    scope.check(unit.pk, WORK_ROLES)
    states = Q(state__in=OPEN_STATES)
    first = Case(
        When(Q(kind__in=(RecordKind.FOUND_CHILD, RecordKind.MISSING_CHILD)), then=Value(0)),
        When(kind__in=(RecordKind.FOUND_PERSON, RecordKind.MISSING_PERSON), then=Value(1)),
        When(state__in=(RecordState.DRAFT, RecordState.REVIEW), then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    rows = Record.objects.filter(unit=unit).filter(~states if is_done else states).select_related("area")
    return list(rows.annotate(first=first).order_by("first", "-id")[:SHOWN])


def access_record(scope: Scope, public_id: str) -> Record:
    """One record with its people. Raises NotAllowed for a foreign or missing one."""
    related = ("unit", "area", "author", "approver", "picture", "joined_to")
    record = visible_records(scope).select_related(*related).filter(public_id=public_id).first()
    if record is None:
        raise NotAllowed
    return record


def access_claim(scope: Scope, record: Record, public_id: str) -> Claim:
    """A claim on the record. Raises NotAllowed."""
    scope.check(record.unit_id, WORK_ROLES)
    claim = Claim.objects.filter(record=record, public_id=public_id).first()
    if claim is None:
        raise NotAllowed
    return claim


def proof_of(record: Record) -> list[tuple[str, str]]:
    """Questions with their answers; only after the right was proven."""
    return [(question, answer) for question, answer in opened(PROOF, record.sealed_proof)]


def contact_of(record: Record) -> tuple[str, str]:
    """Name and telephone number of who reported, or empty ones."""
    name, phone = opened(CONTACT, record.sealed_contact) or ["", ""]
    return name, phone


def opened(purpose: str, sealed: bytes | memoryview) -> list:  # type: ignore[type-arg]  # JSON of this room
    """A sealed list, empty for none."""
    return json.loads(unseal(purpose, bytes(sealed))) if sealed else []


def matches_for(scope: Scope, record: Record) -> list[tuple[Record, Likeness]]:
    """Records that may be the same thing or person, likest first. One query."""
    scope.check(record.unit_id, WORK_ROLES)
    opposite = _OPPOSITE[RecordKind(record.kind)]
    others = Record.objects.filter(unit_id=record.unit_id, kind=opposite, state__in=OPEN_STATES).order_by("-id")[:500]
    found = [(other, likeness(traits_of(record), traits_of(other))) for other in others]
    return sorted((pair for pair in found if pair[1].percent >= LEAST_LIKENESS), key=lambda pair: -pair[1].percent)[:5]


def traits_of(record: Record) -> Traits:
    """What a record is compared by."""
    words = f"{record.description} {record.clothing} {CATEGORY_NAMES[Category(record.category)]}"
    return Traits(record.category, words, record.place, record.area_id, record.happened_on)


def notice_of_record(record: Record, unit: Unit) -> Notice:
    """The notice from permitted fields alone: no proof, no amount, no contact."""
    facts = Facts(
        record.kind,
        CATEGORY_NAMES[Category(record.category)],
        record.description,
        record.first_name,
        record.age_band,
        record.clothing,
        record.place,
        record.happened_on,
    )
    return notice_of(facts, unit.name, unit.duty_phone)


def open_take_downs(record: Record) -> list[TakeDown]:
    """Groups where somebody still has to remove the notice by hand."""
    return list(TakeDown.objects.filter(record=record, done_at=None).order_by("target_name"))


def clocks_of(record: Record) -> list[Deadline]:
    """The clocks that run, each under its rule of the law file."""
    item, calendar = {"item": record.category}, calendar_of(record.unit_id)
    wanted: list[tuple[str, datetime | None, dict[str, str]]] = []
    if record.is_child:
        waits = record.state in (RecordState.DRAFT, RecordState.REVIEW)
        wanted += [("child.first_look", record.received_at if waits and record.author_id is None else None, {})]
        wanted += [("child.post_decision", record.received_at if waits else None, {})]
        wanted += [("child.post_expires", record.published_at if record.state == RecordState.PUBLISHED else None, {})]
        wanted += [("child.takedown", record.resolved_at if record.taken_down_at is None else None, {})]
    elif record.kind == RecordKind.MISSING_PERSON:
        wanted += [("person.first_look", record.received_at if record.state == RecordState.DRAFT else None, {})]
    elif record.kind == RecordKind.FOUND_ITEM:
        wanted += [("found.public_notice", record.received_at if record.notice_at is None else None, {})]
        wanted += [("found.reminder", record.notice_at, {}), ("found.ownership_vests", record.notice_at, item)]
        is_known = record.resolved_at if record.finder_told_at is None else None
        wanted += [("found.tell_finder", is_known, {})]
    elif record.kind == RecordKind.LOST_ITEM:
        wanted += [("lost.first_look", record.received_at if record.state == RecordState.DRAFT else None, {})]
        wanted += [("lost.expires", record.received_at, {})]
    if record.state == RecordState.JOINED and record.is_same_reporter:
        return []
    if record.state in (RecordState.HANDED_OVER, RecordState.CLOSED, RecordState.JOINED):
        wanted = [one for one in wanted if one[0] == "found.tell_finder"]
    return [
        deadline_of(rule, start, facts=facts, calendar=calendar) for rule, start, facts in wanted if start is not None
    ]


TASK_RULES = frozenset(
    {"child.first_look", "child.post_decision", "child.takedown", "person.first_look", "found.public_notice",
     "found.reminder", "found.ownership_vests", "found.tell_finder", "lost.first_look"}
)  # fmt: skip
"""Clocks that an officer has to do something about; the others run out by themselves."""
AHEAD = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Task:
    """What is due on a record."""

    record: Record
    clock: Deadline
    is_late: bool


def tasks_for(scope: Scope, unit: Unit, now: datetime) -> list[Task]:
    """What is late or due within two weeks on the unit's records, the most urgent first. One query."""
    scope.check(unit.pk, WORK_ROLES)
    ended = (RecordState.HANDED_OVER, RecordState.CLOSED, RecordState.JOINED)
    open_rows = Q(state__in=OPEN_STATES) | Q(state__in=ended, finder_told_at=None, resolved_at__isnull=False)
    rows = Record.objects.filter(open_rows, unit=unit).order_by("-id")[:1_000]
    tasks = [
        Task(record, each, each.is_overdue(now))
        for record in rows
        for each in clocks_of(record)
        if each.rule_id in TASK_RULES and each.target_at <= now + AHEAD
    ]
    return sorted(tasks, key=lambda task: (task.clock.target_at, task.record.pk))[:SHOWN]


# ----- for everybody


@dataclass(frozen=True, slots=True)
class PublicNotice:
    """A notice as residents see it."""

    public_id: str
    kind: str
    title: str
    text: str
    picture_id: str
    """Public id of the picture, or empty."""
    questions: list[str]
    is_child: bool
    is_person: bool


def _is_public() -> Q:
    now = clock.now()
    return Q(state=RecordState.PUBLISHED) & (Q(public_until=None) | Q(public_until__gt=now))


def public_notices(unit: Unit) -> list[PublicNotice]:
    """Live notices of the unit, people first, newest first; one query."""
    rows = Record.objects.filter(_is_public(), unit=unit).select_related("picture").order_by("-published_at")[:100]
    found = [_public(record, unit) for record in rows]
    return sorted(found, key=lambda notice: (not notice.is_child, not notice.is_person))


def public_notice(unit: Unit, public_id: str) -> PublicNotice | None:
    """One live notice, or None."""
    record = Record.objects.filter(_is_public(), unit=unit, public_id=public_id).select_related("picture").first()
    return _public(record, unit) if record else None


def was_public(unit: Unit, public_id: str) -> bool:
    """Whether a notice once stood there: its address answers "gone" for good (G21)."""
    return Record.objects.filter(unit=unit, public_id=public_id, notice_at__isnull=False).exists()


def _public(record: Record, unit: Unit) -> PublicNotice:
    notice = notice_of_record(record, unit)
    questions = [] if record.is_person else shown_questions([question for question, _ in proof_of(record)])
    picture = record.picture.public_id if record.picture and record.picture_is_fit else ""
    return PublicNotice(
        record.public_id, record.kind, notice.title, notice.text, picture, questions, record.is_child, record.is_person
    )
