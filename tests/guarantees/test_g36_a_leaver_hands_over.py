"""G36: who leaves a unit loses access at once, and everything held goes to somebody who stays or back to the queue."""

from datetime import timedelta

import pytest

from binhyen.console.tests.factories import make_conversation, make_house, make_officer, sign_in
from binhyen.core import clock
from binhyen.inbox.models import Conversation
from binhyen.units.models import Role, Shift

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return make_house()


@pytest.fixture
def people(house):
    """Administrator, leaver, colleague; the leaver holds a conversation and two shifts."""
    admin = make_officer(house.unit, "chi", Role.UNIT_ADMINISTRATOR)
    leaver, stays = make_officer(house.unit, "hung"), make_officer(house.unit, "may")
    make_conversation(house.zalo, assigned_to=leaver)
    now = clock.now()
    Shift.objects.create(unit=house.unit, starts_at=now, ends_at=now + timedelta(hours=8), officer=leaver)
    Shift.objects.create(
        unit=house.unit,
        starts_at=now + timedelta(hours=8),
        ends_at=now + timedelta(hours=16),
        officer=stays,
        second=leaver,
    )
    return admin, leaver, stays


def leave(house, admin, leaver, successor=""):
    path = f"/console/settings/{house.unit.public_id}/officers/{leaver.public_id}/"
    client = sign_in(admin)
    assert "1 cuộc trò chuyện" in client.get(path).content.decode()
    return client.post(path, {"act": "remove", "successor": successor})


def test_everything_held_goes_to_the_named_colleague_and_access_ends(house, people):
    admin, leaver, stays = people
    browser = sign_in(leaver)
    assert leave(house, admin, leaver, stays.public_id).status_code == 302
    held = house.unit.shifts.order_by("starts_at")
    assert [(shift.officer, shift.second) for shift in held] == [(stays, None), (stays, None)]
    assert Conversation.objects.get().assigned_to == stays
    assert browser.get("/console/").status_code == 302


def test_without_a_name_it_goes_back_to_the_queue(house, people):
    admin, leaver, stays = people
    leave(house, admin, leaver)
    assert Conversation.objects.get().assigned_to is None
    assert [shift.officer for shift in house.unit.shifts.all()] == [stays]


def test_it_never_goes_to_somebody_who_does_not_answer_here(house, people):
    admin, leaver, _ = people
    editor = make_officer(house.unit, "lan", Role.PAGE_EDITOR)
    assert leave(house, admin, leaver, editor.public_id).status_code == 422
    leaver.refresh_from_db()
    assert leaver.is_active
