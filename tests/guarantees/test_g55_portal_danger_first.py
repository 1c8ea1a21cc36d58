"""G55 on the portal: hotlines before any field, and a call prompt when words signal present danger."""

import logging

import pytest

from binhyen.portal.tests.portal_pages import HOME, MORE, PRIVATE, READING, ask, seed

pytestmark = pytest.mark.django_db
NUMBERS = ("113", "114", "115", "111")
INTAKE = {**PRIVATE, **{name: READING[name] for name in ("choose", "home", "results", "phone_list")}}
PRESENT_DANGER = [
    "có người cầm dao chém nhau",
    "co nguoi cam dao chem nhau",
    "cháy nhà rồi cứu với",
    "chay nha roi cuu voi",
    "chồng đang đánh em, cứu em với",
    "chong dang danh em cuu em voi",
    "bé bị đuối nước ở sông",
    "be bi duoi nuoc o song",
    "nó đang phá cửa nhà tôi",
    "no dang pha cua nha toi",
    "em muốn tự tử",
    "em muon tu tu",
]


@pytest.fixture(autouse=True)
def unit():
    return seed()


@pytest.mark.parametrize("name", list(INTAKE))
def test_hotlines_come_before_every_field(client, name):
    main = client.get(INTAKE[name]).content.decode().split("<main")[1]
    first_field = min([main.find(part) for part in ("<input", "<textarea") if part in main] or [len(main)])
    for number in NUMBERS:
        assert 0 < main.find(f'href="tel:{number}"') < first_field
    assert "không phải đường dây khẩn cấp" in main


@pytest.mark.parametrize("words", PRESENT_DANGER)
def test_danger_words_bring_the_call_prompt_first(client, words):
    main = client.get(f"{HOME}hoi/", {"q": words}).content.decode().split("<main")[1]
    prompt = main.find('role="alert"')
    assert 0 <= prompt < main.find("<input")
    assert "Gọi 113 ngay" in main
    assert "Gọi 113 trước" in main


@pytest.mark.parametrize("words", PRESENT_DANGER[:6])
def test_the_receipt_page_says_it_too(client, words):
    answer = ask(client, words)
    main = answer.content.decode().split("<main")[1]
    assert main.find("Gọi 113 ngay") < main.find('id="code"')
    assert answer.status_code == 200, "the question is taken all the same"


def test_calm_questions_bring_no_alarm(client):
    for words in ("đăng ký tạm trú", "lệ phí làm căn cước", "giờ làm việc của công an xã"):
        assert 'role="alert"' not in client.get(f"{HOME}hoi/", {"q": words}).content.decode()


def test_such_words_are_never_logged(client, caplog):
    with caplog.at_level(logging.DEBUG):
        client.get(MORE["danger"])
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("binhyen")]
    assert not [line for line in ours if "dao" in line]
