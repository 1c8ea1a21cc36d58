"""Filling a form in on the telephone: questions, checks, the PDF at once, and nothing left behind."""

import logging
import re
from pathlib import Path
from urllib.parse import quote

import pytest
from django.contrib.sessions.models import Session
from django.db import connection

from binhyen.core.configuration import configuration
from binhyen.portal.tests.portal_pages import HOME
from binhyen.procedures.printing.questions import questions_of
from binhyen.procedures.printing.tests.reading import text_of
from binhyen.procedures.queries import catalogue

CT01 = f"{HOME}mau-don/CT01/dien/"
CANARY = "Chim Sẻ Kêu 77213"
FORMS = [form for form in catalogue().forms if form.kind == "applicant" and form.fields]


def test_every_question_stands_in_one_page_and_leads_on_and_back(client, unit):
    html = client.get(CT01).content.decode()
    count = len(questions_of(catalogue().form("CT01")))
    assert count > 10
    assert re.findall(r'class="question" id="c(\d+)"', html) == [str(number) for number in range(1, count + 1)]
    assert html.count('href="#c2"') == 2  # on from the first, back from the third
    assert f"Câu {count} trên {count}" in html
    assert "<script>" not in html


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.code)
def test_every_form_can_be_filled_in(client, unit, form):
    path = f"{HOME}mau-don/{form.code}/dien/"
    assert client.get(path).status_code == 200
    assert quote(path) in client.get(f"{HOME}mau-don/{form.code}/").content.decode()
    typed = {}
    for question in questions_of(form):
        names = [name for row in question.cells for name, _ in row] if question.kind in ("parts", "table") else []
        sample = {"id12": "012345678901", "date": "01/02/1990", "phone": "0912345678", "email": "a@b.vn", "number": "3"}
        value = question.names[0] if question.kind == "choice" else sample.get(question.field.type, "Chữ")
        value = "08:30 01/02/2026" if question.field.type == "datetime" else value
        typed |= dict.fromkeys(names or [question.name], value)
    answer = client.post(path, typed)
    assert answer.status_code == 200, form.code
    assert answer.content.startswith(b"%PDF")


def test_look_over_correct_and_take_the_file(client, unit):
    typed = {"ho_ten": "Nguyễn Thị Đậu", "so_dinh_danh": "123", "ngay_sinh": "31/02/1990", "gioi_tinh": "Nữ"}
    answer = client.post(CT01, typed)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Có 2 chỗ cần sửa" in html
    assert re.search(r"<title>\s*Lỗi: ", html)
    assert 'value="Nguyễn Thị Đậu"' in html
    assert 'href="#c3">' in html
    assert 'value="Nữ" checked' in html

    typed |= {"so_dinh_danh": "012 345 678 901", "ngay_sinh": "3/4/1990"}
    answer = client.post(CT01, typed | {"thanh_vien_cung_thay_doi-0-1": "Trần Văn Bưởi"})
    printed = text_of(answer.content)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "nguyen" not in answer.headers["Content-Disposition"].lower()
    assert all(words in printed for words in ("Nguyễn Thị Đậu", "03/04/1990", "Trần Văn Bưởi"))
    assert "Theo mẫu, kiểm tra trước khi nộp" in printed


def test_forms_of_officers_cannot_be_filled_in(client, unit):
    for code in ("CT04", "CT07", "KHONG"):
        assert client.get(f"{HOME}mau-don/{code}/dien/").status_code == 404
        assert client.post(f"{HOME}mau-don/{code}/dien/", {}).status_code == 404


def test_too_many_files_keep_what_was_typed(client, unit):
    for _ in range(60):
        client.get(f"{HOME}mau-don/CT01/ct01-to-khai-thay-doi-thong-tin-cu-tru.pdf")
    answer = client.post(CT01, {"ho_ten": "Nguyễn Thị Đậu"})
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "60"
    assert 'value="Nguyễn Thị Đậu"' in answer.content.decode()


def everything_stored() -> bytes:
    """Every row of every table and every file of the data folder."""
    rows = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            rows.append(repr(cursor.fetchall()).encode())
    files = [path.read_bytes() for path in Path(configuration().data_dir).rglob("*") if path.is_file()]
    return b"\n".join([*rows, *files])


def spellings(text: str) -> list[bytes]:
    """The text as it might lie somewhere."""
    import base64
    import unicodedata
    import urllib.parse

    from binhyen.core.text import fold

    forms = [text, unicodedata.normalize("NFD", text), fold(text), urllib.parse.quote(text), ascii(text)[1:-1]]
    found = [form.encode() for form in forms] + [text.encode("utf-16-le"), text.encode("utf-16-be")]
    return [*found, base64.b64encode(text.encode())[:16]]


def test_nothing_typed_is_kept_anywhere(client, unit, caplog, capfd):
    before = set(Path(configuration().data_dir).rglob("*"))
    with caplog.at_level(logging.DEBUG):
        typed = {"ho_ten": CANARY, "noi_dung_de_nghi": f"{CANARY} xin đăng ký", "so_dinh_danh": "999977213888"}
        wrong = client.post(CT01, typed | {"ngay_sinh": CANARY})
        made = client.post(CT01, typed)
        too_large = client.post(CT01, {"ho_ten": CANARY * 4_000})
    assert [answer.status_code for answer in (wrong, made)] == [422, 200]
    assert too_large.status_code == 413
    assert CANARY in text_of(made.content)

    stored = everything_stored()
    logged = "\n".join(f"{record.getMessage()} {record.exc_text or ''}" for record in caplog.records).encode()
    printed = "".join(capfd.readouterr()).encode()
    for spelling in [*spellings(CANARY), b"999977213888"]:
        for place in (stored, logged, printed):
            assert spelling not in place
    assert set(Path(configuration().data_dir).rglob("*")) == before
    assert not Session.objects.exists()
    for answer in (wrong, made):
        assert not answer.cookies
        assert CANARY not in str(answer.headers)
