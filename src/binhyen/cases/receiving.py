"""Taking a report in: one transaction gives it number, key, history, clocks and the first protection (G7)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction

from binhyen.cases import clocks, conflicts, history
from binhyen.cases.accusing import complains_about_unit
from binhyen.cases.conflicts import alarm_of, console_path
from binhyen.cases.incidents.models import ComparisonDue
from binhyen.cases.models import Case, CaseChannel, CaseClock, CaseKind, EventKind
from binhyen.cases.numbering import next_number
from binhyen.cases.reports import Report, content_purpose, sealed_report
from binhyen.cases.states import CaseState
from binhyen.core import clock
from binhyen.core.conditions import Fact
from binhyen.core.ids import new_public_id
from binhyen.core.many_rows import insert_rows
from binhyen.inbox.alerts import ring
from binhyen.units.models import Unit
from binhyen.vault.content_keys import new_wrapped_key, unwrapped
from binhyen.vault.models import IdentityKey


@dataclass(frozen=True, slots=True)
class NewReport:
    """Everything of a report that has just been sent."""

    unit: Unit
    kind: CaseKind
    channel: CaseChannel
    report: Report
    is_urgent: bool = False
    receipt_hash: str | None = None
    second_secret_hash: str = ""
    submission_key: str | None = None
    wrapped_key: bytes = b""
    """The draft's key, which becomes the case's; b"" makes a new one."""
    sealed_identity: bytes = b""
    identity_key: IdentityKey | None = None
    is_about_unit: bool = False
    """Whoever reports says that it is about officers of the unit; the words may say so as well."""
    taken_by: int | None = None
    """Officer who wrote it down by telephone or at the counter: has heard what it says, and still does not work it."""
    set_aside: Mapping[int, str] = field(default_factory=dict)
    """Officers who must not see it besides those its words name, with the reason."""
    transferred_from: Case | None = None
    split_from: Case | None = None
    """The whole it is a part of: it was received then, and what is done there is not owed once more (G58)."""
    facts: Mapping[str, Fact] = field(default_factory=lambda: {"competent": True})
    """What decides between clocks; a report counts as the unit's own until an officer finds otherwise."""


@dataclass(frozen=True, slots=True)
class PreparedReport:
    """A report sealed and looked through, nothing written yet: the database is held only for the writing."""

    case: Case
    key: bytes
    clocks: Sequence[CaseClock]
    set_aside: Mapping[int, str]
    """Officers who must not see it, with the reason."""
    is_about_unit: bool
    """It complains about the unit itself."""
    taken_by: int | None


def receive_report(new: NewReport) -> tuple[Case, bool]:
    """The case, and whether it is new: what was sent before under the same `submission_key` is given back."""
    prepared = prepare_report(new)
    try:
        with transaction.atomic():
            return write_report(prepared), True
    except IntegrityError:
        if known := written_before(prepared):
            return known, False
        raise


def prepare_report(new: NewReport) -> PreparedReport:
    """Everything that needs no turn to write: sealing, clocks, who is named."""
    now = clock.now()
    received_at = new.split_from.received_at if new.split_from else now
    purpose = content_purpose(new.unit.pk)
    wrapped = new.wrapped_key or new_wrapped_key(purpose)
    key = unwrapped(purpose, wrapped)
    public_id = new_public_id()
    case = Case(
        public_id=public_id,
        unit=new.unit,
        kind=new.kind,
        channel=new.channel,
        is_urgent=new.is_urgent,
        receipt_hash=new.receipt_hash,
        second_secret_hash=new.second_secret_hash,
        submission_key=new.submission_key,
        wrapped_key=wrapped,
        sealed_report=sealed_report(key, public_id, new.report),
        sealed_identity=new.sealed_identity,
        identity_key=new.identity_key,
        transferred_from=new.transferred_from,
        split_from=new.split_from,
        received_at=received_at,
        changed_at=now,
    )
    running = clocks.new_clocks(case, "received", received_at, new.facts)
    if new.split_from:
        met = set(new.split_from.clocks.exclude(met_at=None).values_list("rule_id", flat=True))
        running = [row for row in running if row.rule_id not in met]
    told = f"{new.report.text} {new.report.place}"
    aside = dict.fromkeys(conflicts.officers_named_in(new.unit.pk, told), "named") | dict(new.set_aside)
    return PreparedReport(case, key, running, aside, new.is_about_unit or complains_about_unit(told), new.taken_by)


def write_report(prepared: PreparedReport) -> Case:
    """Write it inside the caller's transaction. Raises IntegrityError when it was sent before.

    The only thing the machine decides is that a person will look (G27): the state is "received".
    """
    case = prepared.case
    case.number = next_number(case.unit_id)
    insert_rows([case])
    history.append(
        case,
        EventKind.STATE,
        officer_id=prepared.taken_by,
        state=CaseState.RECEIVED,
        facts={"channel": str(case.channel)},
        is_for_reporter=case.split_from_id is None,
        key=prepared.key,
        action="case.received",
        is_first=True,
    )
    insert_rows(prepared.clocks)
    conflicts.set_aside_all(case, prepared.set_aside, by=prepared.taken_by)
    if prepared.is_about_unit:
        conflicts.send_up(case)
    insert_rows([ComparisonDue(case=case)])
    _ring(case, prepared.set_aside)
    return case


def written_before(prepared: PreparedReport) -> Case | None:
    """The case that was sent before under the same `submission_key`."""
    return Case.objects.filter(submission_key=prepared.case.submission_key or "-").first()


def _ring(case: Case, set_aside: Collection[int]) -> None:
    """Danger and crimes ring at the duty desk until somebody looks (G55, G56), never at who is set aside (G7).

    What goes up rings at the superior unit already.
    """
    rule = alarm_of(case)
    if rule and not case.goes_up:
        ring(case.unit_id, rule, case.public_id, console_path(case), set_aside, number=case.number, is_new=True)
