"""Canned replies: drafted by an officer, approved by a leader, filled in, inserted with "/"; topics and macros."""

import pytest
from django.test import Client

from binhyen.audit.models import AuditRow
from binhyen.console.tests.factories import House, make_conversation, make_house, make_officer, sign_in
from binhyen.inbox.models import CannedReply, Delivery, Draft, Macro, Topic
from binhyen.units.models import DirectoryEntry, Role

pytestmark = pytest.mark.django_db
TEXT = "{Ai} liên hệ {cq}, trực ban {so_truc}. {can_bo}, số {so_can_bo}, việc #{so}"


@pytest.fixture
def leader(house: House) -> Client:
    return sign_in(make_officer(house.unit, "chi-huy", Role.COMMANDER))


def draft(signed_in: Client, house: House, text: str = TEXT, title: str = "Liên hệ"):
    return signed_in.post("/console/replies/", {"of_unit": house.unit.public_id, "title": title, "text": text})


def approve(leader: Client) -> CannedReply:
    canned = CannedReply.objects.get()
    leader.post(f"/console/replies/{canned.public_id}/", {"act": "approve", "version": canned.version})
    canned.refresh_from_db()
    return canned


def test_a_draft_is_used_only_after_a_leader_approved_it(house: House, signed_in: Client, leader: Client):
    conversation = make_conversation(house.zalo)
    DirectoryEntry.objects.create(unit=house.unit, title="CSKV, đ/c May", phone="0912345678")
    picker = f"/console/c/{conversation.public_id}/answers/"
    assert draft(signed_in, house).status_code == 302
    assert "Liên hệ" not in signed_in.get(f"{picker}?answer=lien+he").content.decode()

    canned = approve(leader)
    assert "câu mẫu của đơn vị" in signed_in.get(f"{picker}?answer=lien+he").content.decode()
    signed_in.post(picker, {"text": "/", "answer": f"canned:{canned.public_id}"})
    assert Draft.objects.get().text == ("Bà con liên hệ Công an xã, trực ban 0239. Đ/c May, số 0912345678, việc #1")
    assert list(AuditRow.objects.filter(action__startswith="canned.").values_list("action", flat=True)) == [
        "canned.drafted",
        "canned.approved",
    ]


def test_an_officer_cannot_approve_and_a_stranger_sees_nothing(house: House, signed_in: Client):
    draft(signed_in, house)
    canned = CannedReply.objects.get()
    form = {"act": "approve", "version": canned.version}
    path = f"/console/replies/{canned.public_id}/"
    assert signed_in.post(path, form).status_code == 404
    other = make_house("khac", "Công an xã Khác")
    stranger = sign_in(make_officer(other.unit, "khac", Role.UNIT_ADMINISTRATOR))
    assert stranger.post(path, form).status_code == 404
    assert "Liên hệ" not in stranger.get("/console/replies/").content.decode()
    conversation = make_conversation(other.zalo)
    picker = f"/console/c/{conversation.public_id}/answers/"
    assert stranger.post(picker, {"answer": f"canned:{canned.public_id}"}).status_code == 404
    canned.refresh_from_db()
    assert canned.text == ""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Ghi cả tiêu đề và nội dung"),
        ("Chào {ten_nguoi_dan}", "“{ten_nguoi_dan}” không tự điền được"),
        ("{{ 7 * 7 }} {% now %} {ai.__class__}", "không tự điền được"),
        ("Gửi ảnh chụp căn cước cho tôi", "không bao giờ"),
        ("Xem tại bit.ly/abc", "bit.ly"),
        ("x" * 1801, "1801"),
    ],
)
def test_odd_texts_are_refused_with_words_and_kept(house: House, signed_in: Client, text: str, words: str):
    answer = draft(signed_in, house, text)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words.lower() in page.lower()
    assert "<title>Lỗi: " in page
    assert not CannedReply.objects.exists()


def test_changing_words_keeps_the_approved_ones_until_the_next_approval(
    house: House, signed_in: Client, leader: Client
):
    draft(signed_in, house, "Bản một")
    canned = approve(leader)
    path = f"/console/replies/{canned.public_id}/"
    signed_in.post(path, {"act": "change", "version": canned.version, "title": "Liên hệ", "text": "Bản hai"})
    canned.refresh_from_db()
    assert (canned.text, canned.proposed_text) == ("Bản một", "Bản hai")
    leader.post(path, {"act": "return", "version": canned.version, "why": "Thiếu số điện thoại"})
    assert "Thiếu số điện thoại" in signed_in.get(path).content.decode()
    canned.refresh_from_db()
    assert canned.text == "Bản một"


def test_a_conflict_shows_both_texts(house: House, signed_in: Client):
    draft(signed_in, house, "Bản một")
    canned = CannedReply.objects.get()
    path = f"/console/replies/{canned.public_id}/"
    form = {"act": "change", "version": canned.version, "title": "Liên hệ"}
    sign_in(make_officer(house.unit, "hung")).post(path, form | {"text": "Hùng sửa"})

    answer = signed_in.post(path, form | {"text": "Mây sửa"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Hùng sửa" in page
    assert "Mây sửa</textarea>" in page
    canned.refresh_from_db()
    assert canned.proposed_text == "Hùng sửa"


def test_a_reply_with_an_unfilled_word_is_not_sent(house: House, signed_in: Client, leader: Client):
    conversation = make_conversation(house.zalo)
    draft(signed_in, house, "Giờ làm việc: {gio}")
    canned = approve(leader)
    path = f"/console/c/{conversation.public_id}/"
    signed_in.post(f"{path}answers/", {"answer": f"canned:{canned.public_id}"})
    assert Draft.objects.get().text == "Giờ làm việc: {gio}", "the unit has entered no hours"

    answer = signed_in.post(f"{path}reply/", {"text": Draft.objects.get().text})

    assert answer.status_code == 422
    assert "“{gio}” chưa được điền" in answer.content.decode()
    assert not Delivery.objects.exists()


def test_a_filled_word_brings_no_full_stop_of_its_own(house: House, signed_in: Client, leader: Client):
    house.unit.office_hours = "Thứ Hai đến thứ Sáu, 7 giờ đến 11 giờ."
    house.unit.save()
    conversation = make_conversation(house.zalo)
    draft(signed_in, house, "Giờ làm việc: {gio}. Mời {ai} đến.")
    canned = approve(leader)

    signed_in.post(f"/console/c/{conversation.public_id}/answers/", {"answer": f"canned:{canned.public_id}"})

    assert Draft.objects.get().text == "Giờ làm việc: Thứ Hai đến thứ Sáu, 7 giờ đến 11 giờ. Mời bà con đến."


def test_leaders_keep_the_list_of_topics(house: House, signed_in: Client, leader: Client):
    form = {"of_unit": house.unit.public_id}
    leader.post("/console/replies/topics/", form | {"name": "Chợ đêm"})
    assert Topic.objects.get().name == "Chợ đêm"
    for name, words in {
        "chợ đêm": "đã có trong danh sách",
        "  ": "Đặt tên",
        "Đối tượng hay khiếu kiện": "không gọi tên người",
        "Theo tôn giáo": "không gọi tên người",
    }.items():
        page = leader.post("/console/replies/topics/", form | {"name": name}, follow=True).content.decode()
        assert words in page
    assert signed_in.post("/console/replies/topics/", form | {"name": "Khác"}).status_code == 404
    leader.post("/console/replies/topics/", form | {"act": "retire", "topic": Topic.objects.get().public_id})
    assert Topic.objects.get().is_retired
    leader.post("/console/replies/topics/", form | {"name": "Chợ đêm"})
    assert not Topic.objects.get().is_retired


def test_leaders_keep_macros_and_their_parts_belong_to_the_unit(house: House, signed_in: Client, leader: Client):
    draft(signed_in, house, "Cảm ơn bà con")
    canned = approve(leader)
    topic = Topic.objects.create(unit=house.unit, name="Chợ đêm")
    foreign = Topic.objects.create(unit=make_house("khac", "Công an xã Khác").unit, name="Chợ khác")
    form = {"of_unit": house.unit.public_id, "name": "Cảm ơn rồi kết thúc", "closes": "yes", "assigns": "me"}
    parts = {"topic": topic.public_id, "canned": canned.public_id}
    assert leader.post("/console/replies/macros/", form | parts | {"topic": foreign.public_id}).status_code == 404
    assert signed_in.post("/console/replies/macros/", form | parts).status_code == 404
    leader.post("/console/replies/macros/", form | parts)
    macro = Macro.objects.get()
    assert (macro.topic, macro.canned, macro.assigns, macro.closes) == (topic, canned, "me", True)
    empty = {"of_unit": house.unit.public_id, "name": "Không làm gì"}
    assert "ít nhất một bước" in leader.post("/console/replies/macros/", empty, follow=True).content.decode()
    leader.post("/console/replies/macros/", empty | {"act": "withdraw", "macro": macro.public_id})
    assert "Cảm ơn rồi kết thúc" not in signed_in.get("/console/replies/").content.decode()
