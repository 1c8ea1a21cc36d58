"""The ask box: procedures by words, marks or not, danger first, never a blank page."""

import pytest

from binhyen.portal.procedure_search import featured, procedures_matching
from binhyen.portal.tests.portal_pages import HOME
from binhyen.procedures.queries import catalogue


@pytest.mark.parametrize(
    ("words", "procedure"),
    [
        ("tam tru", "dang-ky-tam-tru"),
        ("Tạm trú", "dang-ky-tam-tru"),
        ("đăng ký thường trú", "dang-ky-thuong-tru"),
        ("tach ho", "tach-ho"),
        ("kt3", "dang-ky-tam-tru"),
    ],
)
def test_found_by_words(words, procedure):
    assert procedure in [found.id for found in procedures_matching(words, catalogue())[:3]]


def test_nothing_found_shows_five_procedures_and_the_question(client, unit):
    assert procedures_matching("zxqw vbnm", catalogue()) == []
    page = client.get(f"{HOME}hoi/", {"q": "zxqw vbnm"}).content.decode()
    assert all(procedure.title in page for procedure in featured(catalogue()))
    assert len(featured(catalogue())) == 5
    assert "Gửi câu hỏi này cho cán bộ" in page


def test_empty_question_lists_all_procedures(client, unit):
    assert client.get(f"{HOME}hoi/", {"q": " "}).headers["Location"] == f"{HOME}thu-tuc/"


def test_the_words_go_on_to_the_question_form_by_post(client, unit):
    page = client.post(f"{HOME}g/", {"act": "open", "text": "làm sao để ly hôn", "procedure": ""})
    assert page.status_code == 200
    assert "làm sao để ly hôn</textarea>" in page.content.decode()
