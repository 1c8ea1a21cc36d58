"""G63: marks of state secrets are found in texts, headings and file names; talk about the law is not a mark.

The check is what the composer asks before it keeps a draft; a text with a mark has the level never.
"""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from binhyen.cases import drafts
from binhyen.cases.models import Case, CaseEvent, CaseFile, ReportDraft
from binhyen.console.tests.factories import make_house, make_officer, sign_in
from binhyen.core.errors import NotPossible
from binhyen.inbox.actions import add_note, reply
from binhyen.inbox.canned.actions import draft_canned
from binhyen.inbox.drafts import save_draft
from binhyen.inbox.models import CannedReply, Draft, Message
from binhyen.inbox.tests.factories import make_conversation
from binhyen.language.publication import (
    Level,
    Publisher,
    check_publication,
    file_name_has_secret_mark,
    has_secret_heading,
    has_secret_mark,
    heaviest,
)
from binhyen.lost_found.models import Record
from binhyen.outreach.models import Post
from binhyen.portal.tests.portal_pages import code_in, seed
from binhyen.portal.tests.report_pages import act_on
from binhyen.portal.tests.report_pages import picture as photo
from binhyen.portal.tests.report_pages import post as send_page
from binhyen.units.models import Role
from binhyen.units.scope import scope_of
from binhyen.vault.models import StoredFile
from binhyen.vault.tests.samples import docx, picture

PAPER = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    "<w:p><w:r><w:t>TỐI </w:t></w:r><w:r><w:t>MẬT</w:t></w:r></w:p><w:p><w:r><w:t>Kế hoạch</w:t></w:r></w:p>"
    "</w:body></w:document>"
)
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


@pytest.fixture
def unit(db):
    return make_house().unit


@pytest.mark.parametrize("field", ["title", "what", "signs", "todo", "picture_text"])
def test_the_composer_keeps_nothing_of_it(unit, field):
    writer = sign_in(make_officer(unit, "may", Role.PAGE_EDITOR))
    words = {"kind": "news", "title": "Tin", "what": "Nội dung", "channel": ["portal"]}
    answer = writer.post(f"/console/posts/new/{unit.public_id}/", words | {field: MARKED[1]})
    assert answer.status_code == 422
    assert not Post.objects.exists()


def test_a_draft_takes_no_marked_words_and_no_marked_picture(unit):
    writer = sign_in(make_officer(unit, "may", Role.PAGE_EDITOR))
    words = {"kind": "news", "title": "Tin", "what": "Nội dung", "channel": ["portal"], "picture_text": "Ảnh"}
    writer.post(f"/console/posts/new/{unit.public_id}/", words)
    post = Post.objects.get()
    writer.post(f"/console/posts/{post.public_id}/", words | {"what": MARKED[3]})
    sent = SimpleUploadedFile("KH-15_TOI-MAT.jpg", picture(), "image/jpeg")
    assert writer.post(f"/console/posts/{post.public_id}/", words | {"picture": sent}).status_code == 422
    post.refresh_from_db()
    assert (post.what, post.picture_id) == ("Nội dung", None)
    assert not StoredFile.objects.exists()


def test_the_register_of_finds_keeps_nothing_of_it(unit, client):
    officer = make_officer(unit, "hung")
    words = {"kind": "found_item", "category": "papers", "description": MARKED[1], "place": "chợ"}
    assert sign_in(officer).post(f"/console/lost/new/{unit.public_id}/", words).status_code == 422
    address = f"/{unit.slug}/tim/bao/"
    sheet = client.get(address).content.decode().split('name="sheet" value="')[1].split('"')[0]
    told = client.post(address, {"sheet": sheet, "kind": "found_item", "text": MARKED[1], "place": "chợ"})
    assert told.status_code == 422
    assert not Record.objects.exists()


@pytest.mark.django_db
def test_a_marked_paper_is_refused_at_the_intake_and_nothing_is_stored():
    seed()
    client = Client()
    send_page(client, 1, {"topic": "crime"})
    send_page(client, 2, {"text": "Có người phát tán tài liệu"})
    send_page(client, 3)
    before = StoredFile.objects.count()
    answer = send_page(client, 4, {"files": [photo("KH-15_TOI-MAT.jpg")], "act": "next"})
    assert answer.status_code == 422
    assert "dấu mật" in answer.content.decode()
    assert (CaseFile.objects.count(), StoredFile.objects.count()) == (0, before)
    assert send_page(client, 4, {"files": [photo("mat tien.jpg")], "act": "next"}).status_code == 200
    assert CaseFile.objects.count() == 1


HEADED = "CÔNG AN TỈNH\nTỐI MẬT\nKế hoạch số 15/KH-CAX"


@pytest.mark.parametrize("text", [HEADED, "MẬT", "Tuyệt mật\nPhương án", "(MẬT)\nDanh sách", "TOI MAT\nke hoach"])
def test_a_line_with_a_degree_alone_is_a_paper(text):
    assert has_secret_heading(text)


@pytest.mark.parametrize(
    "text",
    ["Có người phát tán công văn mật trên mạng", "Ông Tư khoe có tài liệu TUYỆT MẬT", "Mật ong giả\nbán ở chợ", *PLAIN],
)
def test_who_tells_of_secret_papers_is_heard(text):
    assert not has_secret_heading(text)


@pytest.mark.django_db
def test_words_and_word_files_headed_as_secret_are_refused_at_every_way_in():
    seed()
    client = Client()
    send_page(client, 1, {"topic": "crime"})
    answer = send_page(client, 2, {"text": HEADED})
    assert answer.status_code == 422
    assert "mang giấy đến trụ sở" in answer.content.decode()
    assert "Kế hoạch số 15" in answer.content.decode(), "what was typed stays to be changed"
    assert "15/KH" not in str(drafts.read(ReportDraft.objects.get()))
    send_page(client, 2, {"text": "Có người phát tán công văn mật"})
    send_page(client, 3)
    marked = SimpleUploadedFile("a.docx", docx(**{"word/document.xml": PAPER}))
    assert send_page(client, 4, {"files": [marked], "act": "next"}).status_code == 422
    assert not CaseFile.objects.exists()
    plain = SimpleUploadedFile("a.docx", docx(**{"word/document.xml": PAPER.replace("TỐI ", "THÔNG BÁO ")}))
    assert send_page(client, 4, {"files": [plain], "act": "next"}).status_code == 200
    send_page(client, 5, {"way": "anonymous"})
    code = code_in(send_page(client, 6).content.decode())
    assert act_on(client, code, "add", text=HEADED).status_code == 422
    assert not CaseEvent.objects.filter(kind="addition").exists()


@pytest.mark.django_db
def test_the_officers_form_refuses_them_too():
    house = make_house()
    officer = sign_in(make_officer(house.unit, "truc"))
    before = officer.get("/console/cases/take/").content.decode()
    token = before.split('name="token" value="')[1].split('"')[0]
    words = {"token": token, "topic": "crime", "text": HEADED, "channel": "phone"}
    assert "độ mật" in officer.post("/console/cases/take/", words).content.decode()
    assert not Case.objects.exists()


@pytest.mark.django_db
def test_a_marked_text_is_refused_by_the_composer_and_kept_nowhere():
    house = make_house()
    officer = make_officer(house.unit, "truc")
    conversation = make_conversation(house.manual)
    with pytest.raises(NotPossible, match="reply_state_secret"):
        reply(scope_of(officer), conversation, MARKED[0])
    assert not Message.objects.filter(direction="outbound").exists()


@pytest.mark.django_db
def test_no_draft_note_ready_reply_or_reply_to_many_keeps_a_marked_text():
    house = make_house()
    officer = make_officer(house.unit, "truc")
    scope, conversation = scope_of(officer), make_conversation(house.manual)
    save_draft(scope, conversation, MARKED[0])
    client = sign_in(officer)
    client.post(f"/console/c/{conversation.public_id}/reply/", {"text": MARKED[0]})
    with pytest.raises(NotPossible, match="reply_state_secret"):
        add_note(scope, conversation, MARKED[0])
    with pytest.raises(NotPossible, match="reply_state_secret"):
        draft_canned(scope, house.unit, "Mẫu", MARKED[0])
    many = {"act": "reply", "step": "do", "text": MARKED[0], "c": [conversation.public_id], "expected": "1"}
    assert client.post("/console/bulk/", many).status_code == 422
    assert not Draft.objects.exists()
    assert not CannedReply.objects.exists()
    assert list(Message.objects.values_list("direction", flat=True)) == ["inbound"]
