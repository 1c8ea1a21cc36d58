"""The report on one page: one press, a receipt; what is missing goes on in the small pages with everything kept."""

import pytest
from django.db import OperationalError
from django.test import Client

from binhyen.cases import receiving
from binhyen.cases.models import Case, CaseFile, ReportDraft
from binhyen.cases.reports import key_of, report_in
from binhyen.core.errors import TryAgain
from binhyen.portal import flood
from binhyen.portal.limits import limiter
from binhyen.portal.tests.portal_pages import code_in, seed, values_of
from binhyen.portal.tests.report_pages import picture, report_behind
from binhyen.portal.views import report_at_once
from binhyen.vault import files, receipts
from binhyen.vault.tests.light_hashes import hash_lightly
from binhyen.workflows import private_path

pytestmark = pytest.mark.django_db
PAGE = "/thach-ha/g/nhanh/"
TOLD = {"topic": "crime", "text": "Nhóm thanh niên đánh bạc sau chợ", "place": "sau chợ", "way": "anonymous"}


@pytest.fixture(autouse=True)
def unit(monkeypatch):
    hash_lightly(monkeypatch)
    return seed(units_only=True)


def hidden(client: Client) -> dict[str, str]:
    html = client.get(PAGE).content.decode()
    return {name: values_of(html, name) for name in ("draft", "sheet")}


def before() -> int:
    return Case.objects.count()


def test_one_press_sends_words_place_and_photo():
    client, known = Client(), before()
    html = client.post(PAGE, {**hidden(client), **TOLD, "files": [picture()]}).content.decode()
    code = code_in(html)
    assert before() == known + 1
    case = Case.objects.order_by("-pk")[0]
    report = report_in(case, key_of(case))
    assert (report.text, report.place, report.topic) == (TOLD["text"], "sau chợ", "crime")
    assert case.files.count() == 1
    assert not ReportDraft.objects.exists()
    assert "Đã nhận" in report_behind(client, code)


def test_a_database_that_fails_while_sending_keeps_words_and_photo(monkeypatch):
    def fail(case):
        raise OperationalError("disk I/O error")

    client, known = Client(), before()
    form = {**hidden(client), **TOLD}
    with monkeypatch.context() as away:
        away.setattr(receiving, "_ring", lambda case, set_aside: fail(case))
        answer = client.post(PAGE, {**form, "files": [picture()]})
    assert answer.status_code == 503
    assert (before(), CaseFile.objects.exclude(draft=None).count()) == (known, 1)
    assert "code" not in values_of(answer.content.decode(), "draft")
    code_in(client.post(PAGE, form).content.decode())
    assert (before(), CaseFile.objects.exclude(case=None).count()) == (known + 1, 1)


def test_a_connection_that_breaks_after_the_commit_gives_the_receipt_and_keeps_the_photo(monkeypatch):
    def send_and_break(*arguments):
        private_path.send_report(*arguments)
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(report_at_once, "send_report", send_and_break)
    client, known = Client(), before()
    code_in(client.post(PAGE, {**hidden(client), **TOLD, "files": [picture()]}).content.decode())
    assert (before(), ReportDraft.objects.count()) == (known + 1, 0)
    assert files.path_of(CaseFile.objects.get().original.public_id).exists()


def test_two_presses_in_the_same_moment_give_one_report_and_no_file_too_many(monkeypatch):
    client, known = Client(), before()
    form = {**hidden(client), **TOLD}
    first = code_in(client.post(PAGE, {**form, "files": [picture()]}).content.decode())
    monkeypatch.setattr(report_at_once, "sent_before", lambda token: None)  # the first is not finished yet
    again = code_in(client.post(PAGE, {**form, "files": [picture()]}).content.decode())
    assert (first, before(), CaseFile.objects.count()) == (again, known + 1, 1)
    kept = CaseFile.objects.get().original.public_id
    assert [file.name for file in files.path_of(kept).parent.parent.glob("*/*")].count(kept) == 1


def test_pressing_twice_sends_once():
    client, known = Client(), before()
    form = {**hidden(client), **TOLD}
    first = code_in(client.post(PAGE, form).content.decode())
    again = code_in(client.post(PAGE, {**form, "files": [picture()]}).content.decode())
    assert first == again
    assert before() == known + 1
    assert not CaseFile.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"topic": ""}, "chọn"),
        ({"topic": "conduct"}, "chọn"),
        ({"text": "  "}, "Kể"),
        ({"text": "x" * 4001}, "4001"),
        ({"way": ""}, "chọn"),
        ({"way": "named"}, ""),
    ],
)
def test_what_is_missing_goes_on_in_the_small_pages(wrong, words):
    client, known = Client(), before()
    answer = client.post(PAGE, {**hidden(client), **TOLD, **wrong, "files": [picture()]})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert words in html
    assert before() == known
    assert CaseFile.objects.count() == 1
    draft = {"draft": values_of(html, "draft")}
    if wrong.get("text", "x").strip() and len(wrong.get("text", "")) < 10:
        assert "đánh bạc" in client.get("/thach-ha/g/2/").content.decode()
    client.post("/thach-ha/g/1/", {**draft, "topic": "crime"})
    client.post("/thach-ha/g/2/", {**draft, "text": "Đánh bạc"})
    client.post("/thach-ha/g/5/", {**draft, "way": "anonymous"})
    last = client.get("/thach-ha/g/6/").content.decode()
    code_in(client.post("/thach-ha/g/6/", {**draft, "sheet": values_of(last, "sheet")}).content.decode())
    assert before() == known + 1
    assert CaseFile.objects.exclude(case=None).count() == 1


def test_a_bad_file_is_named_and_the_words_are_kept():
    client = Client()
    answer = client.post(PAGE, {**hidden(client), **TOLD, "files": [picture(), _program()]})
    assert answer.status_code == 422
    assert "ệp thứ 2" in answer.content.decode()
    assert CaseFile.objects.count() == 1


def test_going_back_and_pressing_again_keeps_what_is_there():
    client, known = Client(), before()
    form = hidden(client)
    client.post(PAGE, {**form, **TOLD, "text": "", "files": [picture()]})
    code_in(client.post(PAGE, {**form, **TOLD}).content.decode())
    assert before() == known + 1
    assert Case.objects.order_by("-pk")[0].files.count() == 1


@pytest.mark.parametrize("form", [{}, {"draft": "x"}, {"draft": "a" * 43, "sheet": "forged"}])
def test_a_forged_or_old_form_keeps_the_words(form):
    answer = Client().post(PAGE, {**TOLD, **form})
    assert answer.status_code == 422
    assert "đánh bạc" in answer.content.decode()


def test_in_a_flood_the_report_waits_in_the_queue(monkeypatch):
    monkeypatch.setattr(flood, "may_send", lambda *_: False)
    client, known = Client(), before()
    answer = client.post(PAGE, {**hidden(client), **TOLD})
    assert answer.status_code == 429
    assert "đánh bạc" in answer.content.decode()
    assert (before(), ReportDraft.objects.count()) == (known, 1)
    monkeypatch.setattr(flood, "may_begin", lambda *_: False)
    assert client.post(PAGE, {**hidden(client), **TOLD}).status_code == 429
    assert ReportDraft.objects.count() == 1


def test_too_many_slow_hashes_are_answered_with_try_again(monkeypatch):
    def busy(_code):
        raise TryAgain("slow_hashes", 5)

    limiter.forget()
    client = Client()
    form = {**hidden(client), **TOLD}
    code = receipts.new_code()
    monkeypatch.setattr(receipts, "hashed", busy)
    answer = client.post(PAGE, form)
    assert answer.status_code == 503
    assert "đánh bạc" in answer.content.decode()
    looked = client.post("/thach-ha/x/", {"code": code})
    assert looked.status_code == 503
    assert looked.headers["Retry-After"] == "5"
    assert "Đang rất đông" in looked.content.decode()


def test_slow_hashes_never_hold_all_threads(monkeypatch):
    taken = 0
    while receipts._few_waiting.acquire(blocking=False):
        taken += 1
    try:
        with pytest.raises(TryAgain):
            receipts.hashed("1" * 18)
    finally:
        for _ in range(taken):
            receipts._few_waiting.release()
    assert len(receipts.hashed("1" * 18)) == 64


def _program():
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile("anh.jpg", b"MZ\x90\x00" + b"\0" * 200, content_type="image/jpeg")
