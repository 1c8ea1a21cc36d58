"""A found child from the officer's phone to every group and away again, through pages alone (G21, G24, G25)."""

from datetime import timedelta

import pytest

from binhyen.console.tests.factories import make_house, make_officer, sign_in
from binhyen.core import clock
from binhyen.groups.models import Group
from binhyen.lost_found.models import Record, RecordState
from binhyen.outreach.models import Post, Sending
from binhyen.workflows.lost_found import confirm_take_downs
from binhyen.workflows.publishing import start_due_posts

pytestmark = pytest.mark.django_db
CHILD = {
    "kind": "found_child", "description": "Bé gái", "age_band": "khoảng 4 tuổi", "clothing": "váy vàng",
    "place": "chợ Đông", "happened_on": "20/11/2026", "legal_basis": "emergency_crime_prevention",
    "basis_note": "Chưa tìm được gia đình bé", "act": "submit",
}  # fmt: skip


@pytest.fixture
def unit():
    unit = make_house().unit
    for number in range(4):
        link = f"https://zalo.me/g/thon{number}99"
        Group.objects.create(unit=unit, name=f"Nhóm thôn {number}", link=link, created_at=clock.now())
    return unit


def test_from_one_telephone_to_every_group_and_gone_within_a_quarter_of_an_hour(client, unit):
    first, second = sign_in(make_officer(unit, "hung")), sign_in(make_officer(unit, "lan"))
    assert first.post(f"/console/lost/new/{unit.public_id}/", CHILD).status_code == 302
    record = Record.objects.get()
    notice, board = f"/{unit.slug}/tim/{record.public_id}/", f"/{unit.slug}/tim/"
    assert client.get(notice).status_code == 404
    assert second.post(f"/console/lost/{record.public_id}/publish/", {}).status_code == 302
    assert "váy vàng" in client.get(notice).content.decode()
    assert start_due_posts() == 1
    post = Post.objects.get()
    hand_list = f"/console/posts/{post.public_id}/hand-list/"
    assert "váy vàng" in first.get(hand_list).content.decode()
    pasted = list(Sending.objects.filter(channel="manual").order_by("pk"))[:3]
    for officer, row in zip((first, second, first), pasted, strict=True):
        officer.post(hand_list, {"sending": row.pk, "act": "tick"})

    address = f"/console/lost/{record.public_id}/"
    found_at = clock.now()
    assert first.post(address, {"act": "found"}).status_code == 302
    assert client.get(notice).status_code == 410
    assert "váy vàng" not in client.get(board).content.decode()
    assert client.get(f"/{unit.slug}/tin/{post.public_id}/").status_code in (404, 410)
    assert 'value="tick"' not in first.get(hand_list).content.decode()
    page = second.get(address).content.decode()
    assert [f"Nhóm thôn {number}" in page for number in range(4)] == [True, True, True, False]
    assert "Gỡ" in page
    for row in record.take_downs.order_by("pk"):
        assert confirm_take_downs() == 0
        second.post(address, {"act": "removed", "row": row.pk})
    with clock.at(found_at + timedelta(minutes=14)):
        assert confirm_take_downs() == 1
    record.refresh_from_db()
    assert record.state == RecordState.RESOLVED
    assert record.taken_down_at - record.resolved_at <= timedelta(minutes=15)

    closing = Post.objects.exclude(pk=post.pk).get()
    review = second.get(f"/console/posts/{closing.public_id}/review/").content.decode()
    assert "Đã tìm thấy gia đình" in review
    assert not any(word in review for word in ("váy vàng", "4 tuổi"))


def test_a_child_is_given_to_nobody_who_is_not_there(unit):
    first, second = sign_in(make_officer(unit, "hung")), sign_in(make_officer(unit, "lan"))
    first.post(f"/console/lost/new/{unit.public_id}/", CHILD)
    record = Record.objects.get()
    second.post(f"/console/lost/{record.public_id}/publish/", {})
    address = f"/console/lost/{record.public_id}/"
    papers = {"act": "prepare", "receiver": "Nguyễn Thị Mẹ", "papers": "căn cước"}
    assert first.post(address, papers).status_code == 422
    assert first.post(address, papers | {"papers_seen": "on"}).status_code == 302
    both = {"act": "complete", "saw_person": "on", "record_signed": "on"}
    assert second.post(address, both).status_code == 422
    assert first.get(f"{address}hand-over.docx").status_code == 200
    assert first.post(address, both).status_code == 422
    assert second.post(address, {"act": "complete", "record_signed": "on"}).status_code == 422
    assert Record.objects.get().state == RecordState.PUBLISHED
    assert second.post(address, both).status_code == 302
    assert Record.objects.get().state == RecordState.HANDED_OVER
