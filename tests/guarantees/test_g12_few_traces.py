"""G12: resident pages leave little behind."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from binhyen.portal.tests.portal_pages import ALL, MORE, PRIVATE, READING, TRACK, ask, code_in, seed

pytestmark = pytest.mark.django_db
SECRET = "chim sẻ bay ngang cầu 77213"


def title_of(html: str) -> str:
    return re.search(r"<title>(.*?)</title>", html, re.DOTALL)[1].strip()


@pytest.fixture(autouse=True)
def unit():
    return seed()


@pytest.mark.parametrize("name", [name for name in ALL if name != "phone_list"])
def test_nothing_is_stored_and_no_address_passed_on(client, name):
    headers = client.get(ALL[name]).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"


def test_only_the_plain_phone_list_may_be_kept_for_minutes(client):
    assert client.get(READING["phone_list"]).headers["Cache-Control"] == "private, max-age=300"
    assert client.get(MORE["hamlet"]).headers["Cache-Control"] == "no-store"


def test_answers_to_posts_are_not_stored_either(client):
    for answer in (ask(client, SECRET), client.post(TRACK, {"code": "123"}), client.post("/thach-ha/g/", {})):
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert not answer.cookies


def test_titles_and_paths_are_neutral(client):
    for name, path in PRIVATE.items():
        title = title_of(client.get(path).content.decode())
        assert title in ("Gửi thông tin", "Xem bằng mã", "Dữ liệu của tôi", "Tìm người, tìm đồ"), name
        assert re.fullmatch(
            r"/thach-ha/(?:[gx]/(?:\d|gop-y|rieng|nhanh|z/khong-co)?/?|rieng-tu/cua-toi/|tim/(?:bao|[a-z\d]{15,16}(?:/nhan)?)/)",
            path,
        )


def test_the_question_is_in_no_title_and_the_code_in_no_address(client):
    html = client.get("/thach-ha/hoi/", {"q": SECRET}).content.decode()
    assert title_of(html) == "Kết quả"
    receipt = ask(client, SECRET)
    assert receipt.status_code == 200
    html = receipt.content.decode()
    digits = code_in(html).replace(" ", "")
    assert title_of(html) == "Đã nhận"
    assert not any(digits[:9] in address.replace(" ", "") for address in re.findall(r'(?:href|action)="([^"]*)"', html))
    assert SECRET not in html


def test_the_code_is_taken_by_post_alone(client):
    code = code_in(ask(client, SECRET).content.decode())
    opened = client.get(TRACK, {"code": code}).content.decode()
    assert code not in opened
    assert code.replace(" ", "") not in opened


def test_a_form_filled_in_on_the_telephone_leaves_nothing_on_it(client):
    typed = {"ho_ten": SECRET, "ngay_sinh": "31/02/1990"}
    wrong = client.post(READING["fill"], typed)
    made = client.post(READING["fill"], typed | {"ngay_sinh": "01/02/1990"})
    assert (wrong.status_code, made.status_code) == (422, 200)
    assert made.content.startswith(b"%PDF")
    for answer in (wrong, made):
        assert answer.headers["Cache-Control"] == "no-store"
        assert not answer.cookies
        assert SECRET not in str(answer.headers)
    html = wrong.content.decode()
    assert SECRET not in title_of(html)
    assert not any(SECRET in address for address in re.findall(r'(?:href|action)="([^"]*)"', html))
    assert 'autocomplete="off"' in html


def test_quick_exit_on_private_pages_only(client):
    for name, path in ALL.items():
        assert ("data-exit" in client.get(path).content.decode()) == (name in PRIVATE), name
    script = Path(finders.find("portal/portal.js")).read_text(encoding="utf8")
    assert "location.replace" in script
    assert '"Escape"' in script


def test_no_service_worker_and_no_store_on_the_device():
    for file in Path(finders.find("portal/portal.js")).parent.iterdir():
        text = file.read_bytes().decode(errors="replace")
        assert not re.search(r"serviceWorker|caches\.|localStorage|sessionStorage|indexedDB|document\.cookie", text)
