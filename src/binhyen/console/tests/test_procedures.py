"""The procedures editor from an officer's browser: edit, look, check, approve, look back, as a file."""

from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from binhyen.console.tests.factories import House, make_conversation, make_house, make_officer, sign_in
from binhyen.core import clock
from binhyen.core.yaml_text import parsed
from binhyen.language.understanding import Candidate, Question, Understanding
from binhyen.procedures.effective import catalogue_of, forget_catalogues
from binhyen.procedures.exchange import written_yaml
from binhyen.procedures.models import ProcedureVersion
from binhyen.procedures.queries import national_records
from binhyen.units.models import Role
from binhyen.workflows.decision import forget_unit_facts

pytestmark = pytest.mark.django_db
TAM_TRU = "dang-ky-tam-tru"


class Form(HTMLParser):
    """What a browser would send of the first form with a field `name`."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.sent: dict[str, list[str]] = {}
        self._textarea = self._select = ""
        self._first_option = True
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        name, value = values.get("name") or "", values.get("value") or ""
        if tag == "input" and name and name != "as_above":
            if values.get("type") != "checkbox" or "checked" in values:
                self.sent.setdefault(name, []).append(value if values.get("type") != "checkbox" or value else "on")
        elif tag == "textarea":
            self._textarea = name
            self.sent.setdefault(name, []).append("")
        elif tag == "select":
            self._select, self._first_option = name, True
        elif tag == "option" and self._select and (self._first_option or "selected" in values):
            kept = self.sent.setdefault(self._select, [])
            if not self._first_option:
                kept.pop()
            kept.append(value)
            self._first_option = False

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self.sent[self._textarea][-1] += data

    def handle_endtag(self, tag: str) -> None:
        self._textarea = "" if tag == "textarea" else self._textarea
        self._select = "" if tag == "select" else self._select


@pytest.fixture
def house() -> House:
    forget_unit_facts()
    return make_house()


@pytest.fixture
def writer(house: House) -> Client:
    return sign_in(make_officer(house.unit, "viet", Role.DUTY_OFFICER))


@pytest.fixture
def chief(house: House) -> Client:
    return sign_in(make_officer(house.unit, "chi-huy", Role.COMMANDER))


def address(house: House, rest: str = "") -> str:
    return f"/console/procedures/{house.unit.public_id}/{rest}"


def edit(client: Client, house: House, act: str = "save", procedure: str = TAM_TRU, **changed: object):
    page = client.get(address(house, f"of/{procedure}/")).content.decode()
    sent = Form(page).sent | changed | {"act": act}
    return client.post(address(house, f"of/{procedure}/"), sent)


def test_one_unit_opens_at_once_and_the_rail_leads_there(writer: Client, house: House):
    assert writer.get("/console/procedures/").headers["Location"] == address(house)
    page = writer.get(address(house)).content.decode()
    assert "58 trong 58 thủ tục" in page
    assert "Đăng ký tạm trú" in page
    assert "Sắp hết hạn" in page
    assert 'href="/console/procedures/"' in page


def test_a_page_is_read_with_few_queries(writer: Client, house: House, django_assert_max_num_queries):
    with django_assert_max_num_queries(25):
        writer.get(address(house))


def test_saving_a_form_as_it_is_changes_nothing(writer: Client, house: House):
    for name in list(national_records())[::6]:
        answer = edit(writer, house, procedure=name)
        assert answer.status_code == 422, name
        assert "Không có gì khác bản đang dùng" in answer.content.decode(), name
    assert not ProcedureVersion.objects.exists()


def test_from_draft_to_residents(writer: Client, chief: Client, house: House):
    assert edit(writer, house, hours_vi="Sáng thứ bảy", fee_summary="Miễn phí").status_code == 302
    version = ProcedureVersion.objects.get()
    assert set(version.changes) == {"hours_vi", "fee"}
    preview = writer.get(address(house, f"of/{TAM_TRU}/preview/")).content.decode()
    assert "Sáng thứ bảy" in preview
    assert "Lệ phí: Miễn phí" in preview
    edit(writer, house, act="send")
    assert catalogue_of(house.unit.pk).procedure(TAM_TRU).hours == ""

    page = chief.get(address(house, f"approval/{version.public_id}/")).content.decode()
    assert "Sáng thứ bảy" in page
    assert chief.post(address(house, f"approval/{version.public_id}/"), {"act": "approve"}).status_code == 302

    forget_catalogues()
    assert catalogue_of(house.unit.pk).procedure(TAM_TRU).hours == "Sáng thứ bảy"
    assert "bản của đơn vị số 1" in writer.get(address(house)).content.decode()
    shown = writer.get(address(house, f"of/{TAM_TRU}/")).content.decode()
    assert "Bản chung ghi gì" in shown


def test_the_writer_cannot_approve_and_a_draft_is_sent_back(writer: Client, chief: Client, house: House):
    edit(writer, house, act="send", hours_vi="Sáng")
    version = ProcedureVersion.objects.get()
    where = address(house, f"approval/{version.public_id}/")
    assert writer.get(where).status_code == 404
    assert writer.post(where, {"act": "approve"}).status_code == 404
    assert chief.post(where, {"act": "back", "reason": " "}).status_code == 422
    chief.post(where, {"act": "back", "reason": "Ghi rõ <b>giờ</b>"})
    page = writer.get(address(house, f"of/{TAM_TRU}/")).content.decode()
    assert "Ghi rõ &lt;b&gt;giờ&lt;/b&gt;" in page
    assert chief.get(where).status_code == 404


def test_wrong_values_are_named_and_everything_typed_is_kept(writer: Client, house: House):
    answer = edit(
        writer, house, fee_item_amount_vnd=["hai chục", "", ""], hours_vi="Giờ đã gõ", checked_on="31/02/2026"
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Lỗi: " in page
    assert "“hai chục” không phải là số" in page
    assert "“31/02/2026” không phải là ngày" in page
    assert "Giờ đã gõ" in page
    answer = edit(writer, house, valid_from="mai", hours_vi="Giờ đã gõ")
    assert answer.status_code == 422
    assert "Giờ đã gõ" in answer.content.decode()


def test_two_editors_see_both_texts(writer: Client, chief: Client, house: House):
    page = writer.get(address(house, f"of/{TAM_TRU}/")).content.decode()
    edit(chief, house, hours_vi="Sáng của chỉ huy")
    sent = Form(page).sent | {"act": "save", "hours_vi": "Chiều của trực ban"}
    answer = writer.post(address(house, f"of/{TAM_TRU}/"), sent)
    assert answer.status_code == 422
    assert all(
        words in answer.content.decode() for words in ("Sáng của chỉ huy", "Chiều của trực ban", "Có người vừa lưu")
    )


def test_a_field_goes_back_to_the_shared_words(writer: Client, house: House):
    edit(writer, house, hours_vi="Sáng", fee_summary="Miễn phí")
    edit(writer, house, as_above=["fee"])
    assert set(ProcedureVersion.objects.get().changes) == {"hours_vi"}
    assert edit(writer, house, act="discard").status_code == 302
    assert not ProcedureVersion.objects.exists()


def test_the_draft_is_seen_on_the_real_page_for_half_an_hour(writer: Client, house: House):
    edit(writer, house, hours_vi="Sáng chủ nhật")
    page = writer.get(address(house, f"of/{TAM_TRU}/preview/")).content.decode()
    start = page.index("?xem-truoc=")
    token = page[start + 11 : page.index('"', start)]
    plain = Client()
    where = f"/{house.unit.slug}/thu-tuc/{TAM_TRU}/"
    assert "Sáng chủ nhật" in plain.get(where, {"xem-truoc": token}).content.decode()
    for wrong in ("", token[:-4], "x" * 400, "é"):
        assert "Sáng chủ nhật" not in plain.get(where, {"xem-truoc": wrong}).content.decode()
    with clock.at(clock.now() + timedelta(minutes=31)):
        assert "Sáng chủ nhật" not in plain.get(where, {"xem-truoc": token}).content.decode()
    sheet = writer.get(address(house, f"of/{TAM_TRU}/sheet/"))
    assert sheet.content.startswith(b"%PDF")


class Guess:
    """A model that takes everything for a question it cannot place."""

    def understand(self, texts, contexts=None):
        guess = (Candidate("tach-ho", 0.1),)
        return [
            Understanding(
                kind="other",
                kind_probabilities={},
                danger="none",
                procedures=guess,
                band="officer",
                questions=(Question(text, "other", guess, "officer", ()),),
                aspects=(),
                is_follow_up=False,
                asks_for_person=False,
                asks_status=False,
                places=(),
                has_marks=True,
            )
            for text in texts
        ]


def test_the_latest_questions_are_decided_anew(writer: Client, house: House, monkeypatch):
    monkeypatch.setattr("binhyen.workflows.rechecking.understander", Guess)
    make_conversation(house.zalo, "số 0912345678 xin giấy xanh ở trọ", kind="other")
    make_conversation(house.zalo, "chào cán bộ", kind="other")
    make_conversation(make_house("khac", "Khác").zalo, "giấy xanh ở trọ của xã khác")
    edit(writer, house, aliases_vi="\n".join([*national_records()[TAM_TRU]["aliases_vi"], "giấy xanh ở trọ"]))

    page = writer.get(address(house, f"of/{TAM_TRU}/preview/"), {"check": "1"}).content.decode()

    assert "1 trong 2 câu sẽ được trả lời khác" in page
    assert "0912345678" not in page
    assert "xã khác" not in page
    assert "Đăng ký tạm trú" in page


def test_a_page_editor_sees_no_questions(house: House, monkeypatch):
    monkeypatch.setattr("binhyen.workflows.rechecking.understander", Guess)
    make_conversation(house.zalo, "xin giấy xanh ở trọ")
    client = sign_in(make_officer(house.unit, "bien-tap", Role.PAGE_EDITOR))
    page = client.get(address(house, f"of/{TAM_TRU}/preview/"), {"check": "1"}).content.decode()
    assert "giấy xanh" not in page
    assert "không đọc tin nhắn" in page


def test_what_was_answered_on_a_day(writer: Client, chief: Client, house: House):
    edit(writer, house, act="send", hours_vi="Sáng")
    version = ProcedureVersion.objects.get()
    chief.post(address(house, f"approval/{version.public_id}/"), {"act": "approve"})
    forget_catalogues()
    where = address(house, f"of/{TAM_TRU}/on/")
    today = writer.get(where, {"day": f"{clock.today():%d/%m/%Y}"}).content.decode()
    assert "Thời gian nhận: Sáng" in today
    assert "Đ/c Chi-Huy duyệt" in today
    before = writer.get(where, {"day": "01/03/2026"}).content.decode()
    assert "Thời gian nhận: Sáng" not in before
    assert "không lưu bản chung của ngày đó" in before
    assert "Ngày này chưa tới" not in today + before
    to_come = writer.get(where, {"day": f"{clock.today() + timedelta(days=90):%d/%m/%Y}"}).content.decode()
    assert "Ngày này chưa tới" in to_come
    assert "Thời gian nhận: Sáng" in to_come
    for odd in ("31/02/2026", "01/01/0001", "31/12/9999"):
        wrong = writer.get(where, {"day": odd})
        assert wrong.status_code == 422
        assert "Viết như 28/11/2026" in wrong.content.decode()


def test_out_and_in_as_a_file(writer: Client, house: House):
    answer = writer.get(address(house, "file/"))
    assert "attachment" in answer.headers["Content-Disposition"]
    records = parsed(answer.content)
    assert len(records) == 58
    next(record for record in records if record["id"] == TAM_TRU)["hours_vi"] = "Sáng"
    file = SimpleUploadedFile("x.yaml", written_yaml(records).encode())
    page = writer.post(address(house, "file/"), {"file": file}).content.decode()
    assert "Đã tạo 1 bản nháp" in page
    assert "giống bản đang dùng: 57" in page
    for wrong in ({}, {"file": SimpleUploadedFile("x.yaml", b"- id: [")}):
        answer = writer.post(address(house, "file/"), wrong)
        assert answer.status_code == 422
        assert "Lỗi: " in answer.content.decode()


def test_roles_without_a_part_in_it_find_nothing(house: House):
    for number, role in enumerate((Role.BEAT_OFFICER, Role.TECHNICAL_ADMINISTRATOR, Role.IDENTITY_CUSTODIAN)):
        client = sign_in(make_officer(house.unit, f"vai{number}", role))
        assert client.get(address(house)).status_code == 404
        assert client.get("/console/procedures/").status_code == 404
        assert client.get(address(house, f"of/{TAM_TRU}/")).status_code == 404
