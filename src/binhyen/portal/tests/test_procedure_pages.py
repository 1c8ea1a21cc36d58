"""Procedure and form pages say what is sure, what is not, and what no longer holds."""

from datetime import UTC, datetime

from django.test import Client

from binhyen.core import clock
from binhyen.portal.tests.portal_pages import HOME, approve
from binhyen.procedures.queries import catalogue

TAM_TRU = "dang-ky-tam-tru"


def shown(client: Client, procedure: str) -> str:
    return client.get(f"{HOME}thu-tuc/{procedure}/").content.decode()


def test_papers_of_a_case_are_folded_under_it(client, unit):
    page = shown(client, "dang-ky-tam-tru")
    always, cases = page.split("Chỉ mang thêm khi đúng trường hợp sau:")
    assert "Tờ khai thay đổi thông tin cư trú" in always
    assert "Giấy giới thiệu của đơn vị" not in always
    assert "<summary" in cases


def test_abolished_procedure_says_so(client, unit):
    page = shown(client, "xac-nhan-so-cmnd-cu")
    assert "đã bãi bỏ" in page
    assert "Nộp ở đâu" not in page


def test_memory_is_worded_as_unverified(client, unit):
    for procedure in catalogue().procedures:
        page = shown(client, procedure.id)
        assert "nhớ lại" not in page, procedure.id
        assert ("chưa đối chiếu với văn bản" in page) == (procedure.confidence == "memory"), procedure.id


def test_stale_facts_carry_a_warning(client, unit):
    assert "180 ngày" not in shown(client, "dang-ky-tam-tru")
    with clock.at(datetime(2027, 6, 1, tzinfo=UTC)):
        assert "180 ngày" in shown(client, "dang-ky-tam-tru")


def test_reduction_that_ended_is_not_promised(client, unit):
    ended = [p for p in catalogue().procedures if "31/12/2026" in p.fee.summary]
    assert ended
    with clock.at(datetime(2027, 2, 1, tzinfo=UTC)):
        assert all("Mức giảm ghi ở đây đã hết hạn" in shown(client, procedure.id) for procedure in ended)


def test_form_lists_its_fields(client, unit):
    for form in catalogue().forms:
        answer = client.get(f"{HOME}mau-don/{form.code}/")
        assert answer.status_code == 200, form.code
        assert ("chưa được đối chiếu với mẫu chính thức" in answer.content.decode()) is form.is_unchecked, form.code
    page = client.get(f"{HOME}mau-don/ct01/").content.decode()
    assert "Người dân" in page


def test_each_unit_addresses_people_its_own_way(client, unit):
    assert "Bà con cần gì hôm nay?" in client.get(HOME).content.decode()
    assert "Bạn cần gì hôm nay?" in client.get("/dong-hoi/").content.decode()


def test_english_is_chosen_by_the_person_not_by_the_phone(client, unit):
    answer = client.get(HOME, headers={"Accept-Language": "en"})
    assert 'lang="vi"' in answer.content.decode()[:200]
    assert "en" not in answer.headers.get("Content-Language", "vi")
    assert answer.headers["Vary"] == "Cookie"
    answer = client.post("/ngon-ngu/", {"language": "en", "next": HOME})
    assert answer.headers["Location"] == HOME
    assert "What do you need today?" in client.get(HOME).content.decode()
    assert client.post("/ngon-ngu/", {"language": "vi", "next": "https://evil.example/"}).headers["Location"] == "/"


def test_reading_pages_ask_the_database_little(client, unit, django_assert_max_num_queries):
    for path in ("", "thu-tuc/"):  # what the unit is and what counts there: read once in half a minute
        client.get(HOME + path)
    with django_assert_max_num_queries(0):
        for path in ("", "thu-tuc/", "thu-tuc/dang-ky-tam-tru/", "so-dien-thoai/", "g/"):
            assert client.get(HOME + path).status_code == 200


def test_the_unit_s_own_record_is_shown_searched_and_hidden(client, unit):
    approve(unit, TAM_TRU, hours_vi="Sáng thứ bảy", place_vi="Nhà văn hóa thôn 4", unit_note_vi="Lấy số trước")
    approve(unit, "tach-ho", offered=False)
    page = client.get(f"{HOME}thu-tuc/{TAM_TRU}/").content.decode()
    assert all(words in page for words in ("Sáng thứ bảy", "Nhà văn hóa thôn 4", "Lấy số trước"))
    assert "Sáng thứ bảy" not in client.get(f"/ea-kar/thu-tuc/{TAM_TRU}/").content.decode()
    assert client.get(f"{HOME}thu-tuc/tach-ho/").status_code == 404
    assert "thu-tuc/tach-ho/" not in client.get(f"{HOME}thu-tuc/").content.decode()
    assert "thu-tuc/tach-ho/" not in client.get(f"{HOME}mau-don/CT01/").content.decode()
    assert "thu-tuc/tach-ho/" not in client.get(f"{HOME}hoi/", {"q": "tách hộ"}).content.decode()
    assert client.get("/ea-kar/thu-tuc/tach-ho/").status_code == 200


def test_the_unit_s_own_name_of_a_procedure_is_found(client, unit):
    approve(unit, TAM_TRU, aliases_vi=["giấy xanh ở trọ"])
    assert f"thu-tuc/{TAM_TRU}/" in client.get(f"{HOME}hoi/", {"q": "xin giay xanh o tro"}).content.decode()
