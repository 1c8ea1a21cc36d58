"""What was handed over ends with its confirmation or with the unit that works it now; a name that goes is nowhere."""

from datetime import timedelta

import pytest

from binhyen.cases import actions, following, handing_over, unsealing
from binhyen.cases.models import Case, CaseKind
from binhyen.cases.openings import OpeningState
from binhyen.cases.retention import ERASERS, destroy_identity, erase_case
from binhyen.cases.tests.factories import agree, ask_for, give_key, make_case, make_named_case, make_station
from binhyen.core import clock
from binhyen.core.errors import NotPossible
from binhyen.core.retention import erased_before

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def erase_after(days: int) -> dict[str, int]:
    """What goes so many days from now, by kind."""
    with clock.at(clock.now() + days * DAY):
        return {one.data: one.erase(erased_before(one.data, clock.now()), set()) for one in ERASERS}


def taken_up(station, case: Case) -> Case:
    return actions.take_step(station.scope(), actions.take_step(station.scope(), case, "see"), "verify")


def test_a_confirmed_hand_over_counts_like_a_closing(station):
    give_key(station)
    case = taken_up(station, make_named_case(station.unit))
    handing_over.transfer_to_body(station.scope(), case, "Phòng Cảnh sát hình sự", b"goi")
    assert not any(erase_after(2_000).values())
    handing_over.acknowledge(station.scope(), case)
    assert erase_after(89)["report_identity_envelope"] == 0
    assert erase_after(91)["report_identity_envelope"] == 1
    assert erase_after(700)["report_content_handed_over"] == 0
    assert erase_after(740)["report_content_handed_over"] == 1
    case.refresh_from_db()
    assert not bytes(case.wrapped_key)


def test_what_went_on_to_another_unit_ends_when_that_one_closes_it(station):
    there = make_station("dong-hoi")
    case = taken_up(station, make_case(station.unit, kind=CaseKind.CRIME_TIP))
    onward = handing_over.transfer_to_unit(station.scope(), case, there.unit, "Nhóm đánh bạc", [])
    assert not any(erase_after(2_000).values())
    actions.take_step(there.scope(), taken_up(there, onward), "close", "Đã bắt quả tang")
    found = erase_after(400)
    assert (found["report_content_no_action"], found["report_content_handed_over"]) == (1, 0)
    assert [line.kind for line in following.follow(Case.objects.get(pk=case.pk)).lines]  # the code still opens
    assert erase_after(740)["report_content_handed_over"] == 1
    case.refresh_from_db()
    assert not bytes(case.wrapped_key)


@pytest.mark.parametrize("end", [destroy_identity, erase_case])
def test_a_name_that_goes_ends_what_is_open_and_what_is_asked(station, end):
    give_key(station)
    case = make_named_case(station.unit)
    opened, private = ask_for(station, case)
    agree(station, opened)
    waiting = unsealing.ask(station.scope(station.commander), case, "statement", "Cần gặp để xác minh thêm", bytes(32))
    end(Case.objects.get(pk=case.pk), "withdrawn")
    for opening, state in ((opened, OpeningState.ENDED), (waiting, OpeningState.EXPIRED)):
        opening.refresh_from_db()
        assert (opening.state, bytes(opening.sealed_view)) == (state, b"")
    with pytest.raises(NotPossible, match="opening_over"):
        unsealing.show(station.scope(), opened, private)
