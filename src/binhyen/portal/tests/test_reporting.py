"""The report wizard without script: pages, files, double presses, lost cookies, wrong input, trouble."""

import os
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from binhyen.cases.models import Case, CaseFile, ReportDraft
from binhyen.cases.reports import key_of, report_in
from binhyen.cases.tests.factories import OTHER_WORDS, WORDS
from binhyen.inbox.tests.factories import make_officer
from binhyen.portal.tests.portal_pages import TRACK, code_in, seed, values_of
from binhyen.portal.tests.report_pages import (
    STEP,
    STORY,
    act_on,
    picture,
    post,
    report_behind,
    send_report,
    write_report,
)
from binhyen.units.models import Role
from binhyen.units.scope import scope_of
from binhyen.vault import receipts
from binhyen.vault.tests.light_hashes import hash_lightly

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def unit(monkeypatch):
    hash_lightly(monkeypatch)
    return seed(units_only=True)


def give_custodians(unit) -> None:
    from binhyen.cases import custodians

    for name, words in (("mot", WORDS), ("hai", OTHER_WORDS)):
        officer = make_officer(unit, name, Role.IDENTITY_CUSTODIAN, with_code=False)
        custodians.set_passphrase(scope_of(officer), officer, words)
    custodians.make_key(scope_of(officer), unit)


def test_six_pages_and_a_code(client, unit):
    code = send_report(client)
    case = Case.objects.get()
    report = report_in(case, key_of(case))
    assert (report.text, report.place, report.topic, case.kind) == (STORY, "sau chợ", "crime", "crime_accusation")
    assert report.happened.startswith("Hôm nay")
    assert not case.sealed_identity
    assert not ReportDraft.objects.exists()
    shown = report_behind(Client(), code)
    assert "Đã nhận" in shown
    assert STORY not in shown


def test_the_code_is_shown_twice_so_that_a_note_can_be_compared(client):
    write_report(client)
    html = post(client, 6).content.decode()
    code = code_in(html)
    assert [" ".join(re.findall(r"<span>(\d{3})</span>", shown)) for shown in html.split('class="code"')[1:]] == [
        code
    ] * 2


def test_nothing_is_chosen_in_advance(client):
    assert "checked" not in client.get(STEP.format(1)).content.decode()
    post(client, 1, {"topic": "crime"})
    post(client, 2, {"text": STORY})
    post(client, 3)
    post(client, 4, {"act": "next"})
    assert "checked" not in client.get(STEP.format(5)).content.decode()


def test_sending_twice_makes_one_case_and_one_code(client):
    write_report(client)
    html = client.get(STEP.format(6)).content.decode()
    data = {"draft": values_of(html, "draft"), "sheet": values_of(html, "sheet")}
    codes = {code_in(client.post(STEP.format(6), data).content.decode()) for _ in range(3)}
    assert len(codes) == Case.objects.count() == 1


def test_a_browser_without_cookies_gets_through(unit):
    client = Client()
    html = client.post(STEP.format(1), {"topic": "nuisance"}, follow=True).content.decode()
    for step, data in ((2, {"text": STORY}), (3, {}), (4, {"act": "next"}), (5, {"way": "anonymous"}), (6, {})):
        client.cookies.clear()
        hidden = {"draft": values_of(html, "draft")} | ({"sheet": values_of(html, "sheet")} if step == 6 else {})
        html = client.post(STEP.format(step), hidden | data).content.decode()
    assert len(code_in(html).replace(" ", "")) == 18


def test_the_token_is_only_for_these_pages_and_leaves_with_the_exit(client):
    post(client, 1, {"topic": "crime"})
    cookie = client.cookies["buoc"]
    assert cookie["httponly"]
    assert cookie["path"] == "/thach-ha/g/"
    token = cookie.value
    exit_page = client.get("/thach-ha/g/thoat/")
    assert exit_page.headers["Location"] == "https://nchmf.gov.vn/"
    assert client.cookies["buoc"].value == ""
    assert token not in str(list(ReportDraft.objects.values()))


def test_a_lost_draft_is_a_calm_page(client):
    page = client.get(STEP.format(3))
    assert page.status_code == 200
    assert "Xin bắt đầu lại" in page.content.decode()


def test_no_page_can_be_jumped_over(client):
    post(client, 1, {"topic": "crime"})
    assert "Chuyện gì đã xảy ra?" in client.get(STEP.format(6)).content.decode()


@pytest.mark.parametrize(
    ("step", "data", "words"),
    [
        (1, {"topic": "x"}, "Hãy chọn chuyện gì."),
        (2, {"text": "  "}, "Hãy kể ngắn gọn"),
        (5, {"way": "named"}, "Hãy chọn cách gửi."),
    ],
)
def test_wrong_input_says_what_to_do(client, step, data, words):
    write_report(client)
    if step == 5:
        data = {"way": "sai"}
    answer = post(client, step, data)
    assert answer.status_code == 422
    html = answer.content.decode()
    assert words in html
    assert "<title>Lỗi:" in html


def test_a_long_story_is_kept_and_counted(client):
    post(client, 1, {"topic": "crime"})
    html = post(client, 2, {"text": "á" * 4001}).content.decode()
    assert "4001" in html
    assert "á" * 4001 in html


def test_danger_words_keep_the_call_on_top(client):
    post(client, 1, {"topic": "crime"})
    html = post(client, 2, {"text": "có người cầm dao chém nhau"}).content.decode()
    assert "Gọi 113 ngay" in html
    for step in (3,):
        assert "Gọi 113 ngay" in client.get(STEP.format(step)).content.decode()


@pytest.mark.parametrize(
    ("topic", "place"), [("conduct", "gop-y"), ("denunciation", "rieng"), ("lost_found", "tim/bao/")]
)
def test_other_ways_have_their_own_page(client, topic, place):
    answer = client.post(STEP.format(1), {"topic": topic})
    assert place in answer.headers["Location"]
    assert not ReportDraft.objects.exists()


def test_files_are_kept_without_their_names_and_can_be_taken_back(client):
    post(client, 1, {"topic": "crime"})
    post(client, 2, {"text": STORY})
    post(client, 3)
    post(client, 4, {"files": [picture("Nguyen Van Kin.jpg"), picture()], "act": "add"})
    files = list(CaseFile.objects.all())
    assert len(files) == 2
    assert "Kin" not in str([file.original.name for file in files])
    html = post(client, 4, {"remove": files[0].public_id}).content.decode()
    assert CaseFile.objects.count() == 1
    assert "Tệp 1" in html
    assert "Tệp 2" not in html


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"MZ program", "Không đọc được tệp"),
        (b"", "trống"),
        (b"<svg onload=alert(1)>", "Không đọc được tệp"),
        (b"\xff\xd8\xff" + b"x" * (21 * 1024 * 1024), "nặng quá 20 MB"),
    ],
)
def test_a_bad_file_keeps_the_good_ones(client, content, words):
    post(client, 1, {"topic": "crime"})
    post(client, 2, {"text": STORY})
    post(client, 3)
    bad = SimpleUploadedFile("anh.jpg", content)
    answer = post(client, 4, {"files": [picture(), bad, picture()], "act": "next"})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert words in html
    assert CaseFile.objects.count() == 1


def test_fifty_pictures_are_too_many_and_ten_are_kept(client):
    post(client, 1, {"topic": "crime"})
    post(client, 2, {"text": STORY})
    post(client, 3)
    html = post(client, 4, {"files": [picture() for _ in range(50)], "act": "next"}).content.decode()
    assert "nhiều nhất 10 tệp" in html
    assert CaseFile.objects.count() == 10


def test_without_custodians_no_name_is_asked(client):
    write_report(client)
    html = client.get(STEP.format(5)).content.decode()
    assert 'value="named"' not in html
    assert 'name="phone"' not in html
    assert "chưa niêm phong được tên" in html


def test_a_name_is_sealed_at_once_and_never_shown_again(client, unit):
    give_custodians(unit)
    write_report(client, way="named", name="Nguyễn Thị Kín", phone="0912345678")
    for step in (5, 6):
        html = client.get(STEP.format(step)).content.decode()
        assert "Kín" not in html.replace("giữ kín", "")
        assert "0912345678" not in html
    code = code_in(post(client, 6).content.decode())
    assert Case.objects.get().sealed_identity
    assert "chưa báo lần mở nào" in report_behind(client, code)


def test_changing_the_mind_drops_the_name(client, unit):
    give_custodians(unit)
    write_report(client, way="named", name="Nguyễn Thị Kín")
    post(client, 5, {"way": "anonymous"})
    post(client, 6)
    assert not Case.objects.get().sealed_identity


def test_adding_words_and_files_with_the_code(client):
    code = send_report(client)
    added = act_on(client, code, "add", text="Hôm nay lại có", files=[picture()])
    assert "Đã nhận phần gửi thêm" in added.content.decode()
    assert CaseFile.objects.filter(case=Case.objects.get()).count() == 1
    assert "Hôm nay lại có" not in report_behind(client, code)


def test_the_second_word_shows_the_own_text(client):
    code = send_report(client, way="anonymous", secret="hoa sen trắng")
    assert "chưa đúng" in act_on(client, code, "reread", secret="hoa hồng").content.decode()
    assert STORY in act_on(client, code, "reread", secret="Hoa sen trắng").content.decode()


def test_a_full_disk_stores_nothing_and_names_the_number(client, monkeypatch):
    post(client, 1, {"topic": "crime"})
    post(client, 2, {"text": STORY})
    post(client, 3)

    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "open", full)
    answer = post(client, 4, {"files": [picture()], "act": "next"})
    assert answer.status_code == 503
    assert "hoặc gọi" in answer.content.decode()
    assert not CaseFile.objects.exists()


def test_a_missing_key_ring_is_said_with_the_number(client, monkeypatch):
    from binhyen.core.errors import Misconfigured
    from binhyen.vault import keyring

    def missing() -> bytes:
        raise Misconfigured("The key ring is missing.")

    keyring.purpose_key.cache_clear()
    monkeypatch.setattr(keyring, "_root_key", missing)
    client.raise_request_exception = False
    answer = client.get(STEP.format(1))
    answer = client.post(STEP.format(1), {"topic": "crime"})
    keyring.purpose_key.cache_clear()
    assert answer.status_code in (500, 503)
    assert "tel:" in answer.content.decode()
    assert not ReportDraft.objects.exists()


def test_the_wrong_code_shows_nothing(client):
    send_report(client)
    assert client.post(TRACK, {"code": receipts.new_code()}).status_code == 422
