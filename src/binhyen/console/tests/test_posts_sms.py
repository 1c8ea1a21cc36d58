"""The officer sees how many messages an SMS takes, and too many are refused with the words kept."""

import pytest

from binhyen.console.tests.factories import make_house, make_officer, sign_in
from binhyen.outreach.models import Post
from binhyen.units.models import Role

pytestmark = pytest.mark.django_db
MARKED = "Cảnh báo giả danh công an gọi điện. "
WORDS = {"kind": "warning", "title": "Giả danh", "what": "Có người gọi điện.", "channel": ["portal"], "own_sms": "1"}


@pytest.fixture
def unit():
    return make_house().unit


@pytest.fixture
def writer(unit):
    return sign_in(make_officer(unit, "may", Role.PAGE_EDITOR))


def preview(writer, unit, sms: str) -> str:
    answer = writer.post(f"/console/posts/preview/{unit.public_id}/", WORDS | {"variant_sms": sms})
    return answer.content.decode()


def test_marks_make_the_messages_shorter(writer, unit):
    with_marks = preview(writer, unit, MARKED * 4)
    assert "Cần 3 tin nhắn. Một tin chứa 70 ký tự, nối nhiều tin thì 67 ký tự mỗi tin." in with_marks
    assert "143/201" in with_marks
    plain = preview(writer, unit, "Canh bao gia danh cong an goi dien. " * 4)
    assert "Cần 1 tin nhắn. Một tin chứa 160 ký tự, nối nhiều tin thì 153 ký tự mỗi tin." in plain
    assert "143/160" in plain


def test_the_preview_says_when_it_is_too_long(writer, unit):
    assert "Dài quá: nhiều nhất 3 tin." in preview(writer, unit, MARKED * 6)


def test_too_many_messages_are_refused_and_the_words_stay(writer, unit):
    typed = WORDS | {"variant_sms": MARKED * 6, "act": "submit"}
    answer = writer.post(f"/console/posts/new/{unit.public_id}/", typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "SMS cần 4 tin nhắn, nhiều nhất được 3 tin." in page
    assert (MARKED * 6).strip() in page


def test_three_messages_are_taken(writer, unit):
    typed = WORDS | {"variant_sms": MARKED * 4, "act": "submit"}
    assert writer.post(f"/console/posts/new/{unit.public_id}/", typed).status_code == 302
    assert Post.objects.get().variants["sms"] == (MARKED * 4).strip()


def test_the_editor_tells_both_limits(writer, unit):
    page = writer.get(f"/console/posts/new/{unit.public_id}/").content.decode()
    assert "SMS có dấu: một tin chứa 70 ký tự" in page
