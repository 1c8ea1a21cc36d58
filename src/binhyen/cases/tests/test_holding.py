"""Legal holds: a listed ground and a reason, ended by a second person, one of the two a commander."""

from datetime import timedelta

import pytest

from binhyen.audit.holds import held_subjects
from binhyen.audit.models import AuditRow, Hold
from binhyen.cases import conflicts, queries
from binhyen.cases.holding import hold_case, hold_of, release_case
from binhyen.cases.models import Case
from binhyen.cases.retention import ERASERS
from binhyen.cases.tests.factories import make_case, make_station
from binhyen.core import clock
from binhyen.core.errors import NotAllowed, NotPossible
from binhyen.inbox.tests.factories import make_officer

pytestmark = pytest.mark.django_db
REASON = "Công văn 12/VKS ngày 27/11/2026 yêu cầu giữ hồ sơ"


def test_what_is_held_is_listed_and_neither_due_nor_erased(station):
    case = make_case(station.unit)
    now = clock.now()
    Case.objects.filter(pk=case.pk).update(state="closed", closed_at=now, changed_at=now)
    hold_case(station.scope(), case, "prosecution", REASON)
    assert [row.case for row in queries.list_cases(station.scope(), "held")] == [case]
    eraser = next(one for one in ERASERS if one.data == "report_content_no_action")
    later = now + timedelta(days=800)
    assert eraser.due(later, held_subjects()) == eraser.erase(later, held_subjects()) == 0
    release_case(station.scope(station.commander), case)
    assert eraser.due(later, held_subjects()) == eraser.erase(later, held_subjects()) == 1
    facts = AuditRow.objects.get(action="hold.placed").facts
    assert facts == {"ground": "prosecution"}


@pytest.mark.parametrize(
    ("ground", "reason", "code"),
    [("", REASON, "hold_ground"), ("because", REASON, "hold_ground"), ("dispute", "vì thế", "hold_reason_short")],
)
def test_ground_and_reason_are_needed(station, ground, reason, code):
    with pytest.raises(NotPossible, match=code):
        hold_case(station.scope(), make_case(station.unit), ground, reason)
    assert not Hold.objects.exists()


def test_it_stands_once(station):
    case = make_case(station.unit)
    hold_case(station.scope(), case, "dispute", REASON)
    with pytest.raises(NotPossible, match="hold_exists"):
        hold_case(station.scope(station.commander), case, "complaint", REASON)


def test_ending_it_takes_two_people_and_a_commander(station):
    case, colleague = make_case(station.unit), make_officer(station.unit, "ban")
    with pytest.raises(NotPossible, match="hold_none"):
        release_case(station.scope(), case)
    hold_case(station.scope(), case, "inspection", REASON)
    with pytest.raises(NotPossible, match="hold_second_person"):
        release_case(station.scope(), case)
    with pytest.raises(NotPossible, match="hold_commander"):
        release_case(station.scope(colleague), case)
    release_case(station.scope(station.commander), case)
    assert hold_of(case) is None
    hold_case(station.scope(station.commander), case, "inspection", REASON)
    release_case(station.scope(colleague), case)
    assert hold_of(case) is None


def test_nobody_else_holds_or_ends_it(station):
    case, other = make_case(station.unit), make_station("dong-hoi")
    with pytest.raises(NotAllowed):
        hold_case(other.scope(), case, "dispute", REASON)
    conflicts.set_aside(case, station.duty, by=station.commander.pk)
    with pytest.raises(NotAllowed):
        hold_case(station.scope(), case, "dispute", REASON)
