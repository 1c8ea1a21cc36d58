"""G63: marks of state secrets are found in texts, headings and file names; talk about the law is not a mark.

The check is what the composer asks before it keeps a draft; a text with a mark has the level never.
"""

import pytest
from django.test import Client

from binhyen.cases.models import CaseFile
from binhyen.core.errors import NotPossible
from binhyen.inbox.actions import reply
from binhyen.inbox.models import Message
from binhyen.inbox.tests.factories import make_conversation, make_house, make_officer
from binhyen.language.publication import (
    Level,
    Publisher,
    check_publication,
    file_name_has_secret_mark,
    has_secret_mark,
    heaviest,
)
from binhyen.portal.tests.portal_pages import seed
from binhyen.portal.tests.report_pages import picture, post
from binhyen.units.scope import scope_of
from binhyen.vault.models import StoredFile

MARKED = [
    "MẬT\nKế hoạch số 15/KH-CAX",
    "TỐI MẬT. Báo cáo tình hình",
    "TUYỆT MẬT - Hướng dẫn nghiệp vụ",
    "Tuyệt mật\nPhương án đón đoàn",
    "(MẬT) Danh sách cán bộ",
    "Độ mật: Tối mật. Báo cáo quý III",
    "Theo công điện mật số 05/CĐ tối nay kiểm tra lưu trú",
    "Kế hoạch số 22/KH-BCA (TỐI MẬT) về xuất cảnh",
]
PLAIN = [
    "Luật Bảo vệ bí mật nhà nước chia ba độ mật: Tuyệt mật, Tối mật và Mật.",
    "Không đăng tài liệu có dấu Mật lên mạng.",
    "Danh tính người báo tin được giữ bí mật.",
    "Quên mật khẩu thì đến trụ sở.",
    "BẢO MẬT THÔNG TIN CÁ NHÂN: 5 ĐIỀU CẦN NHỚ",
    "Bà con nuôi ong lấy mật ong rừng.",
    "Dân cư sống mật độ cao.",
]


@pytest.mark.parametrize("text", MARKED)
def test_marks_are_found_and_never_published(text):
    assert has_secret_mark(text)
    assert heaviest(check_publication(text, "news", Publisher())) is Level.NEVER


@pytest.mark.parametrize("text", PLAIN)
def test_talk_about_secrets_passes(text):
    assert not has_secret_mark(text)


@pytest.mark.parametrize(
    "name", ["KH-15_TOI-MAT.docx", "báo cáo (mật).pdf", "TUYET MAT 2026.pdf", "MẬT_danh sách.xlsx"]
)
def test_file_names_with_marks(name):
    assert file_name_has_secret_mark(name)


@pytest.mark.parametrize(
    "name", ["mat-tien.jpg", "giay ra mat.docx", "bao mat.pdf", "cccd mat truoc.jpg", "IMG_1234.jpg"]
)
def test_ordinary_file_names(name):
    assert not file_name_has_secret_mark(name)


@pytest.mark.django_db
def test_a_marked_paper_is_refused_at_the_intake_and_nothing_is_stored():
    seed()
    client = Client()
    post(client, 1, {"topic": "crime"})
    post(client, 2, {"text": "Có người phát tán tài liệu"})
    post(client, 3)
    before = StoredFile.objects.count()
    answer = post(client, 4, {"files": [picture("KH-15_TOI-MAT.jpg")], "act": "next"})
    assert answer.status_code == 422
    assert "dấu mật" in answer.content.decode()
    assert (CaseFile.objects.count(), StoredFile.objects.count()) == (0, before)
    assert post(client, 4, {"files": [picture("mat tien.jpg")], "act": "next"}).status_code == 200
    assert CaseFile.objects.count() == 1


@pytest.mark.django_db
def test_a_marked_text_is_refused_by_the_composer_and_kept_nowhere():
    house = make_house()
    officer = make_officer(house.unit, "truc")
    conversation = make_conversation(house.manual)
    with pytest.raises(NotPossible, match="reply_state_secret"):
        reply(scope_of(officer), conversation, MARKED[0])
    assert not Message.objects.filter(direction="outbound").exists()
