"""What a person with a receipt may see, copy, correct, withdraw and erase about themselves (G64; law 91/2025/QH15)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import transaction

from binhyen.audit import actions as audit
from binhyen.audit.holds import held_subjects
from binhyen.audit.models import AuditRow
from binhyen.audit.queries import CHAT_READS, READS
from binhyen.cases.following import case_behind, cut_route, everything_of, follow
from binhyen.cases.models import Case, CaseFile, CaseRoute, TransferPackage
from binhyen.cases.retention import destroy_identity, erase_case
from binhyen.cases.states import DONE_STATES, CaseState
from binhyen.core.errors import NotPossible
from binhyen.core.retention import kept_until
from binhyen.inbox.ageing import erase_conversation
from binhyen.inbox.models import Contact, Conversation, Direction, Message
from binhyen.vault import receipts


class Why(StrEnum):
    """Purpose of keeping something; the words stand at the door."""

    ANSWER = "answer"
    VERIFY = "verify"
    TELL_YOU = "tell_you"
    REGISTER = "register"


@dataclass(frozen=True, slots=True)
class HeldData:
    """One kind of data that is held about the person."""

    name: str
    """words, contact, report, files, identity, route or register."""
    why: Why
    since: datetime
    until: datetime | None
    """When retention takes it; None while the matter is open."""
    count: int = 1


@dataclass(frozen=True, slots=True)
class MyData:
    """Everything behind one receipt."""

    unit_id: int
    unit_slug: str
    subject: str
    """Public id of the matter; never shown."""
    is_case: bool
    held: tuple[HeldData, ...]
    looked_at: tuple[datetime, ...]
    """When officers opened it, the latest first."""
    is_kept_by_law: bool
    """A legal hold, or the matter is being worked: the content cannot go yet, the identity can."""


def my_data(code: str) -> MyData | None:
    """What is held behind a receipt code; None when nothing has this code. One slow hash.

    Raises NotPossible (receipt_length, receipt_wrong) before anything is looked up.
    """
    found = _found(code)
    if found is None:
        return None
    return _of_case(found) if isinstance(found, Case) else _of_conversation(found)


def copy_of(code: str) -> list[tuple[datetime, str, str]]:
    """Moment, who (me, officer, machine) and words of everything shown behind the code, in order.

    Of a report its history; its own text stays sealed without the second secret. Raises NotPossible("receipt_unknown").
    """
    found = _required(code)
    audit.record(found.unit_id, "rights.copied", actor_key=None, subject=found.public_id)
    if isinstance(found, Case):
        return [(line.at, "officer", line.text) for line in follow(found).lines if line.text]
    rows = Message.objects.filter(conversation=found).exclude(direction=Direction.NOTE).order_by("id")
    return [(row.created_at, "me" if row.direction == Direction.INBOUND else row.author, row.text) for row in rows]


@transaction.atomic
def withdraw(code: str) -> None:
    """Destroy identity and way back; the matter goes on without a name. Raises NotPossible("receipt_unknown")."""
    found = _required(code)
    audit.record(found.unit_id, "rights.withdrawn", actor_key=None, subject=found.public_id)
    if not isinstance(found, Case):
        return
    cut_route(found)
    if found.sealed_identity:
        destroy_identity(found, "withdrawn")


@transaction.atomic
def erase(code: str) -> bool:
    """Erase everything behind the code, at once; True when all is gone, False when the law keeps the content for now.

    In both cases the identity and the way back are destroyed. Raises NotPossible("receipt_unknown").
    """
    found = _required(code)
    data = _of_case(found) if isinstance(found, Case) else _of_conversation(found)
    audit.record(found.unit_id, "rights.erased", actor_key=None, subject=found.public_id)
    if data.is_kept_by_law:
        withdraw(code)
        return False
    if isinstance(found, Case):
        for one in reversed(everything_of(found)):
            erase_case(one, "asked")
    else:
        erase_conversation(found, "asked")
    return True


def _found(code: str) -> Case | Conversation | None:
    receipt_hash = receipts.hashed(receipts.check_code(code))
    case = case_behind(receipt_hash)
    if case is not None:
        return case
    contact = Contact.objects.filter(account__connector="web", external_id=receipt_hash)
    found = contact.select_related("conversation__unit", "conversation__contact").first()
    return found.conversation if found else None


def _required(code: str) -> Case | Conversation:
    found = _found(code)
    if found is None:
        raise NotPossible("receipt_unknown")
    return found


def _of_conversation(found: Conversation) -> MyData:
    messages = Message.objects.filter(conversation=found).exclude(direction=Direction.NOTE)
    since = messages.order_by("created_at").values_list("created_at", flat=True).first() or found.last_message_at
    held = (
        HeldData("words", Why.ANSWER, since, _until("question_text", found.last_message_at), messages.count()),
        HeldData("contact", Why.TELL_YOU, since, _until("question_contact_link", found.last_message_at)),
    )
    is_held = found.public_id in held_subjects()
    return MyData(found.unit_id, found.unit.slug, found.public_id, False, held, _looks([found]), is_held)


def _of_case(case: Case) -> MyData:
    whole = everything_of(case)
    end, since = _ended_at(whole), case.received_at
    moved = len({one.unit_id for one in whole}) > 1 or TransferPackage.objects.filter(case__in=whole).exists()
    content = "report_content_handed_over" if moved else "report_content_no_action"
    held = [HeldData("report", Why.VERIFY, since, _until(content, end))]
    if files := CaseFile.objects.filter(case__in=whole).count():
        held.append(HeldData("files", Why.VERIFY, since, _until(content, end), files))
    if case.sealed_identity:
        held.append(HeldData("identity", Why.TELL_YOU, since, _until("report_identity_envelope", end)))
    if route := CaseRoute.objects.filter(case=case).first():
        held.append(HeldData("route", Why.TELL_YOU, since, route.closes_at))
    held.append(HeldData("register", Why.REGISTER, since, _until("register_row", end)))
    kept = held_subjects()
    return MyData(
        case.unit_id, case.unit.slug, case.public_id, True, tuple(held), _looks(whole),
        any(_is_worked(one, whole, end) or one.public_id in kept for one in whole),
    )  # fmt: skip


def _is_worked(case: Case, whole: list[Case], end: datetime | None) -> bool:
    """Somebody works on it, here or where it went on to; a look alone is no work."""
    if any(one.transferred_from_id == case.pk for one in whole):
        return end is None
    return case.state not in {*DONE_STATES, CaseState.RECEIVED, CaseState.SEEN}


def _ended_at(whole: list[Case]) -> datetime | None:
    """When the report came to its end: closed where it is worked now, or its hand-over confirmed."""
    last = next(one for one in whole if not any(other.transferred_from_id == one.pk for other in whole))
    if last.state in DONE_STATES:
        return last.closed_at
    packages = TransferPackage.objects.filter(case=last).exclude(acknowledged_at=None)
    return packages.values_list("acknowledged_at", flat=True).first() if last.state == CaseState.TRANSFERRED else None


def _until(data: str, end: datetime | None) -> datetime | None:
    return kept_until(data, end) if end else None


def _looks(whole: Sequence[Case | Conversation]) -> tuple[datetime, ...]:
    units, subjects = {one.unit_id for one in whole}, {one.public_id for one in whole}
    rows = AuditRow.objects.filter(unit_key__in=units, subject__in=subjects, action__in=(*READS, *CHAT_READS))
    return tuple(rows.order_by("-at").values_list("at", flat=True)[:50])
