"""Who must not see a case: the officer named in it, one who is involved, one whose closing is contested (G7)."""

from collections.abc import Mapping

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from binhyen.cases import history, reports
from binhyen.cases.accusing import complains_about_unit
from binhyen.cases.incidents.told import cards_with, key_of_case
from binhyen.cases.models import Case, CaseConflict, EventKind
from binhyen.cases.rules import officers_named
from binhyen.cases.states import DONE_STATES
from binhyen.cases.topics import CRIME_KINDS
from binhyen.core import clock
from binhyen.core.errors import NotPossible
from binhyen.core.prepared import Prepared
from binhyen.inbox.alerts import keep_from, ring, stop_ringing
from binhyen.units.models import Membership, Officer, Role, Unit

CASE_ROLES = frozenset({Role.DUTY_OFFICER, Role.BEAT_OFFICER, Role.COMMANDER})
"""Roles that work sealed cases; administrators do not (G20)."""
SUPERIOR_ROLES = frozenset({Role.DUTY_OFFICER, Role.COMMANDER})
"""Roles of the superior unit that work what a unit cannot see without conflict."""
COMMANDERS = frozenset({Role.COMMANDER})


def _above(unit_id: int) -> Subquery:
    """The superior unit, for a query."""
    return Subquery(Unit.objects.filter(pk=unit_id).values("parent_id")[:1])


_MEMBERS = Prepared(
    lambda unit_id: (
        Officer.objects.filter(Q(memberships__unit=unit_id) | Q(memberships__unit=_above(unit_id)))
        .distinct()
        .values_list("pk", "full_name")
    ),
    int,
)


FIRST_LOOK = "crime.first_look"
"""Clock a crime rings by (G56)."""
DANGER = "danger.first_look"
"""Clock that words of present danger ring by, whatever the kind of the report (G55)."""


def console_path(case: Case) -> str:
    """Where officers find it."""
    return f"/console/cases/{case.public_id}/"


def alarm_of(case: Case) -> str:
    """Clock the case rings by; "" when it does not ring."""
    if case.is_urgent:
        return DANGER
    return FIRST_LOOK if case.kind in CRIME_KINDS else ""


def ring_for(case: Case) -> None:
    """Words that sound like danger were added: it rings where the case is worked, at nobody who is set aside."""
    unit_id = working_unit(case) or case.unit_id
    aside = list(case.conflicts.values_list("officer_id", flat=True))
    ring(unit_id, DANGER, case.public_id, console_path(case), aside, number=case.number)


def officers_named_in(unit_id: int, text: str) -> set[int]:
    """Keys of the officers of the unit and of its superior unit whose name stands in the text."""
    return officers_named(text, dict(_MEMBERS.rows(unit_id)))


def set_aside_all(case: Case, reasons: Mapping[int, str], by: int | None = None) -> None:
    """Set officers aside, each with the reason; `by` is the officer who wrote the report down on the telephone."""
    for reason in sorted(set(reasons.values())):
        _set_aside(case, {officer for officer, why in reasons.items() if why == reason}, reason, by=by)


def set_aside_from(case: Case, unit_id: int) -> dict[int, str]:
    """Whom a case made of this one must not reach, with the reason: officers of the unit and of its superior unit who
    are set aside here or where it came from, or whose name the reporter wrote there, whatever the new words leave out.
    """
    found: dict[int, str] = {}
    one: Case | None = case
    while one is not None:
        named = officers_named_in(unit_id, reports.told_by_reporter(one))
        found |= dict.fromkeys(named, "named") | dict(one.conflicts.values_list("officer_id", "reason"))
        one = one.transferred_from
    members = {officer for officer, _ in _MEMBERS.rows(unit_id)}
    return {officer: reason for officer, reason in found.items() if officer in members}


def set_aside_by_words(case: Case, text: str) -> None:
    """The same for words that are added later, and the superior unit for a complaint about the unit itself."""
    named = officers_named_in(case.unit_id, text)
    set_aside_all(case, dict.fromkeys(named - set(case.conflicts.values_list("officer_id", flat=True)), "named"))
    if complains_about_unit(text):
        send_up(case)


def send_up(case: Case) -> None:
    """It complains about the unit: the superior unit works it, where somebody of it is here; else the unit has to."""
    if not case.goes_up and _working(case, case.unit.parent_id, SUPERIOR_ROLES):
        _send_up(case)


def is_read_above(superior_id: int | None) -> bool:
    """Whether somebody of the superior unit works cases on this server."""
    return superior_id is not None and _holding(superior_id, SUPERIOR_ROLES).exists()


def set_aside(case: Case, officer: Officer, by: int) -> None:
    """An officer flags a colleague or themself. Raises NotPossible: conflict_known, conflict_last (nobody is left)."""
    if CaseConflict.objects.filter(case=case, officer=officer).exists():
        raise NotPossible("conflict_known")
    if not (readers_of(case) | _working(case, case.unit.parent_id, SUPERIOR_ROLES)) - {officer.pk}:
        raise NotPossible("conflict_last")
    _set_aside(case, {officer.pk}, "involved", by=by)


def judges_of(case: Case) -> set[int]:
    """Who judges what is contested: commanders of the unit that works it; where it has none, whoever works it."""
    return _working(case, working_unit(case), COMMANDERS) or readers_of(case)


def set_aside_after_contest(case: Case, officer_id: int) -> None:
    """Whose closing is contested does not judge it again: another commander does, else one of the superior unit.

    Only where there is nobody else the case stays with who closed it.
    """
    if judges_of(case) - {officer_id}:
        _set_aside(case, {officer_id}, "contested", by=None)
    elif not case.goes_up and _working(case, case.unit.parent_id, COMMANDERS):
        _set_aside(case, {officer_id}, "contested", by=None)
        send_up(case)


def _set_aside(case: Case, officer_ids: set[int], reason: str, by: int | None) -> None:
    now = clock.now()
    CaseConflict.objects.bulk_create(
        [CaseConflict(case=case, officer_id=one, reason=reason, since=now) for one in sorted(officer_ids)],
        ignore_conflicts=True,
    )
    if case.assigned_to_id in officer_ids:
        case.assigned_to = None
        case.save(update_fields=["assigned_to"])
    for one in sorted(officer_ids):
        history.append(case, EventKind.CONFLICT, officer_id=by, facts={"reason": reason, "officer": one})
    cards = cards_with(case.unit_id, [key_of_case(case.pk)])
    for subject in (case.public_id, *(card.public_id for card in cards)):
        keep_from(subject, officer_ids)
    for part in _parts_of(case):
        _set_aside(part, officer_ids - set(part.conflicts.values_list("officer_id", flat=True)), reason, by)
    if not case.goes_up and not readers_of(case):
        _send_up(case)


def _parts_of(case: Case) -> QuerySet[Case]:
    """What was split off it tells of the same matter."""
    alive = Case.objects.filter(split_from=case).exclude(wrapped_key=b"")
    return alive.select_related("unit").select_for_update(of=("self",)).order_by("pk")


def _send_up(case: Case) -> None:
    """The superior unit alone works it from now on, with its parts."""
    for part in _parts_of(case).filter(goes_up=False):
        _send_up(part)
    case.goes_up, case.assigned_to = True, None
    case.save(update_fields=["goes_up", "assigned_to"])
    history.append(case, EventKind.CONFLICT, officer_id=None, facts={"reason": "goes_up"})
    superior_id = case.unit.parent_id
    if superior_id and (rule := alarm_of(case)) and case.state not in DONE_STATES:
        stop_ringing(case.unit_id, case.public_id)
        aside = list(case.conflicts.values_list("officer_id", flat=True))
        ring(superior_id, rule, case.public_id, console_path(case), aside, number=case.number)


def readers_of(case: Case) -> set[int]:
    """Active officers who may work the case."""
    return _working(case, working_unit(case), SUPERIOR_ROLES if case.goes_up else CASE_ROLES)


def unread_by_anybody() -> dict[int, int]:
    """How many open cases no officer may see, by the unit written to: they went up and nobody there is left."""
    set_apart = CaseConflict.objects.filter(case=OuterRef(OuterRef("pk"))).values("officer_id")
    above = Membership.objects.filter(
        unit=OuterRef("unit__parent"), role__in=SUPERIOR_ROLES, officer__is_active=True
    ).exclude(officer_id__in=set_apart)
    rows = Case.objects.filter(goes_up=True).exclude(state__in=DONE_STATES).exclude(wrapped_key=b"")
    counted = rows.filter(~Exists(above)).order_by().values("unit_id").annotate(n=Count("pk"))
    return dict(counted.values_list("unit_id", "n"))


def working_unit(case: Case) -> int | None:
    """Key of the unit that works the case; None for one that went up where no superior unit is known."""
    return case.unit.parent_id if case.goes_up else case.unit_id


def _working(case: Case, unit_id: int | None, roles: frozenset[Role]) -> set[int]:
    """Those of the unit who hold one of the roles and are not set aside."""
    set_apart = CaseConflict.objects.filter(case=case).values("officer_id")
    members = _holding(unit_id, roles).exclude(officer_id__in=set_apart) if unit_id is not None else ()
    return {member.officer_id for member in members}


def _holding(unit_id: int, roles: frozenset[Role]) -> QuerySet[Membership]:
    return Membership.objects.filter(unit=unit_id, role__in=roles, officer__is_active=True)
