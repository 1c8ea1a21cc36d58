"""G25: a found child is handed over in person, papers looked at, by a named pair of officers; never by chat."""

import pytest

from binhyen.core.errors import NotPossible
from binhyen.inbox.tests.factories import make_house, make_officer
from binhyen.lost_found import actions, handing_over, queries
from binhyen.lost_found.models import HandOver, Record, RecordState
from binhyen.lost_found.tests.factories import PUBLISHER, make_child
from binhyen.units.scope import scope_of
from binhyen.workflows import lost_found

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return make_house()


@pytest.fixture
def first(house):
    return scope_of(make_officer(house.unit, "hung"))


@pytest.fixture
def second(house):
    return scope_of(make_officer(house.unit, "may"))


@pytest.fixture
def child(first, second, house):
    record = make_child(first, house.unit)
    actions.submit(first, record, PUBLISHER)
    lost_found.publish(second, record, picture_seen=False)
    return record


def test_found_is_not_handed_over(first, child):
    lost_found.resolve(first, child)
    assert Record.objects.get().state == RecordState.RESOLVED
    assert not HandOver.objects.exists()


def test_every_step_in_person_is_demanded(first, second, child):
    with pytest.raises(NotPossible, match="hand_over_papers"):
        handing_over.prepare(first, child, "Mẹ bé", "căn cước", papers_seen=False)
    with pytest.raises(NotPossible, match="hand_over_receiver"):
        handing_over.prepare(first, child, "", "căn cước", papers_seen=True)
    handing_over.prepare(first, child, "Mẹ bé", "căn cước", papers_seen=True)
    handing_over.note_printed(first, child)
    for officer, saw, signed, code in (
        (second, False, True, "hand_over_person"),
        (second, True, False, "hand_over_record"),
        (first, True, True, "hand_over_same"),
    ):
        with pytest.raises(NotPossible, match=code):
            handing_over.complete(officer, child, saw_person=saw, record_signed=signed)
    assert Record.objects.get().state == RecordState.PUBLISHED
    handing_over.complete(second, child, saw_person=True, record_signed=True)
    done = HandOver.objects.get()
    assert {done.first_officer_id, done.second_officer_id} == {first.officer_id, second.officer_id}
    assert Record.objects.get().state == RecordState.HANDED_OVER
    with pytest.raises(NotPossible, match="hand_over_missing"):
        handing_over.complete(second, child, saw_person=True, record_signed=True)


def test_a_child_has_no_claims_and_a_likely_match_hands_nobody_over(house, first, child):
    missing = make_child(first, house.unit, kind="missing_child")
    assert [other.pk for other, _ in queries.matches_for(first, child)] == [missing.pk]
    with pytest.raises(NotPossible, match="hand_over_state"):
        handing_over.prepare(first, missing, "Mẹ bé", "căn cước", papers_seen=True)
    assert not HandOver.objects.exists()
    notice = queries.public_notice(house.unit, child.public_id)
    assert notice.questions == []


def test_a_draft_is_handed_to_nobody(first, house):
    record = make_child(first, house.unit)
    with pytest.raises(NotPossible, match="hand_over_state"):
        handing_over.prepare(first, record, "Mẹ bé", "căn cước", papers_seen=True)
