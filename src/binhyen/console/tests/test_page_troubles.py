"""A page whose access was taken back reaches an administrator on every page of the console."""

import pytest

from binhyen.channels.applications import shown_keys
from binhyen.channels.models import Account, Application
from binhyen.console.tests.factories import House, make_house, make_officer, sign_in
from binhyen.units.models import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    house = make_house()
    Account.objects.filter(pk=house.zalo.pk).update(state="needs_consent", state_reason="permission_revoked")
    return house


@pytest.mark.parametrize("role", [Role.UNIT_ADMINISTRATOR, Role.TECHNICAL_ADMINISTRATOR])
def test_administrators_are_told_why_and_led_to_the_mend(house: House, role: Role):
    page = sign_in(make_officer(house.unit, "quan-tri", role)).get("/console/settings/").content.decode()

    alert = page.partition('role="alert"')[2].partition("</div>")[0]
    assert "đã rút quyền" in alert
    assert f"/console/settings/{house.unit.public_id}/zalo/" in alert


def test_the_inbox_tells_officers_and_leads_administrators(house: House):
    duty = sign_in(make_officer(house.unit, "truc")).get("/console/").content.decode()
    both = make_officer(house.unit, "truc-quan-tri", Role.DUTY_OFFICER, Role.UNIT_ADMINISTRATOR)

    assert "cần nối lại với Zalo" in duty
    assert "/zalo/" not in duty
    page = sign_in(both).get("/console/").content.decode()
    assert page.count("cần nối lại với Zalo") == 1
    assert "/zalo/" in page


def test_nobody_of_another_unit_learns_of_it(house: House):
    other = make_house("khac", "Công an xã Khác")
    page = sign_in(make_officer(other.unit, "khac", Role.UNIT_ADMINISTRATOR)).get("/console/settings/")
    assert "cần nối lại với Zalo" not in page.content.decode()


def test_a_page_may_have_a_secret_key_of_its_own(house: House):
    client = sign_in(make_officer(house.unit, "quan-tri", Role.UNIT_ADMINISTRATOR))
    address = f"/console/settings/{house.unit.public_id}/zalo/"
    form = {"act": "page-key", "page": house.zalo.public_id}

    assert client.post(address, form | {"page_key": "  "}).status_code == 422
    assert client.post(address, form | {"page_key": "KhoaRiengCuaTrang99"}).status_code == 302

    name = f"oa_secret_key:{house.zalo.external_id}"
    assert shown_keys(Application.objects.get(pk=house.zalo.application_id))[name] == "…ng99"
    page = client.get(address).content.decode()
    assert "…ng99" in page
    assert "KhoaRieng" not in page


def test_the_key_of_a_foreign_page_cannot_be_set(house: House):
    other = make_house("khac", "Công an xã Khác")
    client = sign_in(make_officer(house.unit, "quan-tri", Role.UNIT_ADMINISTRATOR))
    form = {"act": "page-key", "page": other.zalo.public_id, "page_key": "x" * 20}
    assert client.post(f"/console/settings/{house.unit.public_id}/zalo/", form).status_code == 404
