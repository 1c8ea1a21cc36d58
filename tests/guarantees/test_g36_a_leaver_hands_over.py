"""G36: who leaves a unit loses access at once, and everything held goes to somebody who stays or back to the queue."""

from datetime import timedelta

import pytest

from binhyen.cases import custodians
from binhyen.cases.tests.factories import WORDS
from binhyen.console.tests.factories import make_conversation, make_house, make_officer, sign_in
from binhyen.core import clock
from binhyen.core.errors import NotPossible
from binhyen.inbox.models import Conversation, Draft, SavedFilter
from binhyen.language.publication.findings import Publisher
from binhyen.lost_found import actions as lost_found
from binhyen.lost_found.models import Record
from binhyen.outreach.models import Post
from binhyen.procedures import actions as procedures
from binhyen.procedures.models import ProcedureVersion
from binhyen.reviews.models import Review
from binhyen.units.models import Membership, Role, Shift
from binhyen.units.scope import scope_of
from binhyen.vault.models import CustodianKey
from binhyen.vault.tests.light_hashes import hash_lightly

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


def test_what_was_begun_is_not_lost_and_shared_filters_stay(house, people):
    admin, leaver, stays = people
    thread, now = Conversation.objects.get(), clock.now()
    Draft.objects.create(conversation=thread, officer=leaver, text="Chào chị, mời chị", changed_at=now)
    post = Post.objects.create(
        unit=house.unit, title="Nháp", state="draft", author=leaver, created_at=now, changed_at=now
    )
    for officer, name, is_shared in ((leaver, "Chợ", True), (leaver, "Riêng", False), (stays, "Chợ", False)):
        SavedFilter.objects.create(
            unit=house.unit, officer=officer, name=name, query="view=unit", is_shared=is_shared, created_at=now
        )

    leave(house, admin, leaver, stays.public_id)

    note = thread.messages.get(direction="note")
    assert (note.text, note.officer) == ("Chào chị, mời chị", leaver)
    assert not Draft.objects.exists()
    post.refresh_from_db()
    assert post.author == stays
    names = SavedFilter.objects.filter(officer=stays).order_by("pk").values_list("name", "is_shared")
    assert list(names) == [("Chợ (Đ/c Hung)", True), ("Chợ", False)]
    assert SavedFilter.objects.count() == 2


def begun_by(house, leaver):
    """A change of a procedure, a notice that waits and a review, all of one officer."""
    now, today = clock.now(), clock.today()
    ProcedureVersion.objects.create(
        unit=house.unit, procedure="dang-ky-tam-tru", state="waiting", changes={"hours_vi": "Sáng thứ bảy"},
        drafted_by=leaver, drafted_at=now, editors=[leaver.pk],
    )  # fmt: skip
    Record.objects.create(
        unit=house.unit, number=1, kind="lost_item", state="review", source="counter", author=leaver,
        received_at=now, changed_at=now,
    )  # fmt: skip
    Review.objects.create(
        unit=house.unit, starts_on=today, ends_on=today, author=leaver, created_at=now, changed_at=now
    )


def test_what_waits_for_a_second_person_gets_a_new_author_who_cannot_approve_it(house, people):
    admin, leaver, stays = people
    begun_by(house, leaver)
    page = sign_in(admin).get(f"/console/settings/{house.unit.public_id}/officers/{leaver.public_id}/").content.decode()
    assert "1 lần sửa thủ tục, 1 tin tìm người, tìm đồ, 1 báo cáo" in page

    leave(house, admin, leaver, stays.public_id)

    version, notice = ProcedureVersion.objects.get(), Record.objects.get()
    assert (version.drafted_by, version.editors) == (stays, sorted([leaver.pk, stays.pk]))
    assert notice.author == stays
    assert Review.objects.get().author == admin  # a duty officer writes no reviews
    with pytest.raises(NotPossible, match="lost_own"):
        lost_found.approve(scope_of(stays), notice, Publisher(), picture_seen=False)
    procedures.approve(scope_of(admin), version)


def test_without_a_name_begun_papers_go_to_the_administrator(house, people):
    admin, leaver, _ = people
    begun_by(house, leaver)
    leave(house, admin, leaver)
    version = ProcedureVersion.objects.get()
    assert (version.drafted_by, Record.objects.get().author) == (admin, admin)
    with pytest.raises(NotPossible, match="procedure_own_draft"):
        procedures.approve(scope_of(admin), version)


def test_nobody_takes_the_last_shares_of_names_away(house, people, monkeypatch):
    hash_lightly(monkeypatch)
    admin, leaver, _ = people
    keepers = [leaver, make_officer(house.unit, "khoa-mot", Role.IDENTITY_CUSTODIAN)]
    Membership.objects.create(unit=house.unit, officer=leaver, role=Role.IDENTITY_CUSTODIAN)
    for keeper in keepers:
        custodians.set_passphrase(scope_of(keeper), keeper, WORDS)
    custodians.make_key(scope_of(admin), house.unit)
    path = f"/console/settings/{house.unit.public_id}/officers/{leaver.public_id}/"

    refused = sign_in(admin).post(path, {"act": "remove"})
    assert refused.status_code == 422
    assert "mảnh khóa" in refused.content.decode()
    assert Membership.objects.filter(officer=leaver).exists()

    third = make_officer(house.unit, "khoa-hai", Role.IDENTITY_CUSTODIAN)
    custodians.set_passphrase(scope_of(third), third, WORDS)
    custodians.make_key(scope_of(admin), house.unit)
    assert sign_in(admin).post(path, {"act": "remove"}).status_code == 302
    assert CustodianKey.objects.get(officer_key=leaver.pk).retired_at is not None


def test_it_never_goes_to_somebody_who_does_not_answer_here(house, people):
    admin, leaver, _ = people
    editor = make_officer(house.unit, "lan", Role.PAGE_EDITOR)
    assert leave(house, admin, leaver, editor.public_id).status_code == 422
    leaver.refresh_from_db()
    assert leaver.is_active
