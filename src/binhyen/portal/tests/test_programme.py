"""The programme page: what was published, and day by day where a case was loaded; works without a script."""

import re

import pytest

from binhyen.statistics.families import forget_families
from binhyen.units.models import Unit
from binhyen.workflows.published_cases import Loading, cases

pytestmark = pytest.mark.django_db
PAGE = "/chuong-trinh/nam-tu-liem/"


def figures_on(client, query: str = "") -> dict[str, str]:
    page = client.get(PAGE + query).content.decode()
    found = re.findall(r"<dt>([^<]+)</dt><dd><strong>([^<]+)</strong>([^<]*)</dd>", page)
    return {title: f"{count}{rest}" for title, count, rest in found}


def test_without_a_loaded_case_the_published_totals_stand_there(client):
    assert "/chuong-trinh/dak-lak/" in client.get("/chuong-trinh/").content.decode()
    assert figures_on(client)["Lượt xem bài"] == "250.000"
    assert client.get("/chuong-trinh/khong-co/").status_code == 404


def test_a_loaded_case_is_replayed_day_by_day_up_to_the_totals(client):
    forget_families()
    case = cases()["nam-tu-liem"]
    list(Loading(case, every_days=23).steps())
    assert Unit.objects.filter(slug=case.slug).exists()
    days = case.span.days
    first, last = figures_on(client, "?ngay=1"), figures_on(client, f"?ngay={days}")
    assert first["Lượt xem bài"].endswith(" / 250.000")
    assert last["Lượt xem bài"] == "250.000"
    assert last["Thành viên nhóm nội bộ"] == "3.400"
    for odd in ("?ngay=0", "?ngay=-3", "?ngay=99999", "?ngay=x", "?ngay="):
        assert client.get(PAGE + odd).status_code == 200
    page = client.get(PAGE + "?ngay=2").content.decode()
    assert 'href="?ngay=1"' in page
    assert 'href="?ngay=3"' in page
    assert "trải ra từng ngày" in page
