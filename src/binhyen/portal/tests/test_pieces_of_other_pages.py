"""Files in pieces on the page behind the code and on the report on one page: the same way as in the six small pages."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from binhyen.cases import files_of_case, pieces
from binhyen.cases.models import Case, CaseEvent, CaseFile, EventKind, ReportDraft
from binhyen.cases.piece_rows import FilePiece
from binhyen.cases.reports import key_of
from binhyen.cases.retention import erase_case
from binhyen.cases.states import CaseState
from binhyen.core import clock
from binhyen.portal import flood
from binhyen.portal.tests.portal_pages import TRACK, code_in, seed, values_of
from binhyen.portal.tests.report_pages import (
    act_on,
    picture,
    report_behind,
    send_piece,
    send_pieces,
    send_report,
)
from binhyen.portal.tests.test_report_at_once import PAGE, TOLD
from binhyen.vault import files
from binhyen.vault.models import StoredFile
from binhyen.vault.tests.light_hashes import hash_lightly
from binhyen.vault.tests.samples import noisy_picture

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def unit(monkeypatch):
    hash_lightly(monkeypatch)
    return seed(units_only=True)


@pytest.fixture(scope="module")
def photo() -> bytes:
    content = noisy_picture((700, 700))
    assert len(content) > pieces.PIECE_BYTES
    return content


@pytest.fixture
def code(client: Client) -> str:
    return send_report(client)


def hidden_on(html: str, *names: str) -> dict[str, str]:
    return {name: values_of(html, name) for name in names}


def on_the_page_behind(client: Client, code: str) -> dict[str, str]:
    return hidden_on(report_behind(client, code), "thread", "case", "sheet")


def test_a_picture_added_with_the_code_goes_on_where_it_broke_off_and_waits_for_send(client, code, photo):
    page = on_the_page_behind(client, code)
    assert send_piece(client, page, photo, 0).json() == {"received": pieces.PIECE_BYTES}
    again = on_the_page_behind(client, code)
    assert "1 tệp chưa gửi xong" in report_behind(client, code)
    assert send_piece(client, again, photo, 0, size=0).json() == {"received": pieces.PIECE_BYTES}
    assert send_pieces(client, again, photo, pieces.PIECE_BYTES) == len(photo)
    case = Case.objects.get()
    assert not case.files.exists(), "nothing is added before send is pressed"
    assert "1 tệp đã đến đủ" in report_behind(client, code)
    html = client.post(TRACK, {**again, "act": "add", "text": ""}).content.decode()
    assert "Đã nhận phần gửi thêm" in html
    file = case.files.get()
    assert files.open(file.original, key_of(case)) == photo
    assert CaseEvent.objects.get(case=case, kind=EventKind.ADDITION).facts == {"files": 1}
    assert not FilePiece.objects.exists()
    assert files_of_case.clean_waiting() == 1


def test_words_are_needed_when_no_file_is_whole(client, code, photo):
    page = on_the_page_behind(client, code)
    send_piece(client, page, photo, 0)
    assert client.post(TRACK, {**page, "act": "add", "text": ""}).status_code == 422


def test_a_contest_takes_its_files_along_however_they_come(client, code, photo):
    case = Case.objects.get()
    Case.objects.update(state=CaseState.CLOSED, closed_at=clock.now())
    page = on_the_page_behind(client, code)
    send_pieces(client, page, photo)
    client.post(TRACK, {**page, "act": "contest", "text": "Hôm qua vẫn còn", "files": [picture()]})
    assert case.files.count() == 2
    assert CaseEvent.objects.get(case=case, kind=EventKind.CONTEST).facts == {"files": 2}


def test_giving_up_erases_what_waits(client, code, photo, django_capture_on_commit_callbacks):
    page = on_the_page_behind(client, code)
    send_pieces(client, page, photo)
    path = files.path_of(StoredFile.objects.get().public_id)
    with django_capture_on_commit_callbacks(execute=True):
        html = client.post(TRACK, {**page, "act": "forget", "text": "Tôi viết dở"}).content.decode()
    assert "đến đủ" not in html
    assert "Tôi viết dở" in html, "what was typed stays"
    assert not path.exists()
    assert not CaseFile.objects.exists()


def test_what_waits_a_day_is_erased_and_a_case_takes_its_pieces_with_it(client, code, photo):
    page = on_the_page_behind(client, code)
    send_pieces(client, page, photo)
    assert pieces.forget_old() == 0
    with clock.at(clock.now() + timedelta(hours=25)):
        assert pieces.forget_old() == 1
    assert not StoredFile.objects.exists()
    send_piece(client, page, photo, 0)
    erase_case(Case.objects.get(), "asked")
    assert not FilePiece.objects.exists()
    assert send_piece(client, page, photo, 0).status_code == 410


@pytest.mark.parametrize("value", ["", "x" * 60, "thread"])
def test_without_the_right_of_the_open_page_nothing_is_taken(client, code, photo, value):
    page = on_the_page_behind(client, code)
    wrong = page["thread"] if value == "thread" else value
    assert send_piece(client, {**page, "case": wrong}, photo, 0).status_code == 410
    with clock.at(clock.now() + timedelta(minutes=61)):
        assert send_piece(client, page, photo, 0).status_code == 410


def test_files_of_a_case_have_a_limit_with_those_that_wait(client, code, photo, monkeypatch):
    monkeypatch.setattr(files_of_case, "MOST_FILES_LATER", 1)
    page = on_the_page_behind(client, code)
    send_pieces(client, page, photo)
    assert "1 tệp" in send_piece(client, page, noisy_picture((60, 60)), 0).json()["error"]
    assert act_on(client, code, "add", files=[picture()]).status_code == 422


def test_a_bad_file_among_several_is_named_and_none_is_kept(client, code):
    bad = SimpleUploadedFile("a.jpg", b"MZ" + b"\0" * 500)
    html = act_on(client, code, "add", text="Ảnh đây", files=[picture(), bad]).content.decode()
    assert "tệp thứ 2" in html
    assert "chọn lại" in html
    assert "Ảnh đây" in html
    assert not StoredFile.objects.exists()
    marked = act_on(client, code, "add", files=[picture(), picture("KH-15_TOI-MAT.jpg")]).content.decode()
    assert re.search(r"Tệp thứ 2 có dấu mật", marked)
    assert not StoredFile.objects.exists()


def test_the_report_on_one_page_begins_with_its_first_piece_and_is_sent_with_one_press(client, photo):
    page = hidden_on(client.get(PAGE).content.decode(), "draft", "sheet")
    assert not ReportDraft.objects.exists(), "looking keeps nothing"
    send_piece(client, page, photo, 0)
    assert ReportDraft.objects.count() == 1
    assert send_pieces(client, page, photo, pieces.PIECE_BYTES) == len(photo)
    html = client.post(PAGE, {**page, **TOLD}).content.decode()
    assert code_in(html)
    case = Case.objects.get()
    assert files.open(case.files.get().original, key_of(case)) == photo
    assert not ReportDraft.objects.exists()
    assert send_piece(client, page, photo, 0).status_code == 410, "it was sent"
    assert code_in(client.post(PAGE, {**page, **TOLD}).content.decode()) == code_in(html)


def test_what_is_missing_on_the_one_page_goes_on_with_the_files_that_came(client, photo):
    page = hidden_on(client.get(PAGE).content.decode(), "draft", "sheet")
    send_pieces(client, page, photo)
    html = client.post(PAGE, {**page, **TOLD, "way": ""}).content.decode()
    assert "Hãy chọn cách gửi" in html
    assert ReportDraft.objects.get().files.count() == 1


def test_a_forged_page_begins_nothing_and_a_flood_is_asked_to_wait(client, photo, monkeypatch):
    page = hidden_on(client.get(PAGE).content.decode(), "draft", "sheet")
    assert send_piece(client, {**page, "sheet": "x:y"}, photo, 0).status_code == 410
    monkeypatch.setattr(flood, "may_begin", lambda *_: False)
    answer = send_piece(client, page, photo, 0)
    assert answer.status_code == 429
    assert "một phút" in answer.json()["error"]
    assert not ReportDraft.objects.exists()
