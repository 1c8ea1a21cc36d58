"""G32: coverage comes from counts; no list of people or households that did or did not join can exist."""

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models

from binhyen.console.tests.factories import make_house, make_officer, sign_in
from binhyen.groups.models import Group, GroupCount
from binhyen.inbox.models import Contact
from binhyen.units.models import Area, Role

ABOUT_NUMBERS = {"member_count", "household_count", "counted_on", "source", "created_at", "id"}


def test_no_model_ties_an_area_or_a_group_to_a_person():
    for model in apps.get_models():
        related = {field.related_model for field in model._meta.get_fields() if isinstance(field, models.ForeignKey)}
        if related & {Area, Group}:
            assert Contact not in related, model._meta.label


def test_a_count_is_numbers_with_day_and_source():
    names = {field.name for field in GroupCount._meta.local_fields}
    assert names - ABOUT_NUMBERS == {"group", "unit", "officer"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "table",
    ["Thôn;Họ và tên;Số thành viên\nThôn 4;Bà Tám;1", "Thôn;Số thành viên;Ghi chú\nThôn 4;1;0912345678"],
)
def test_a_list_of_people_is_refused_and_nothing_of_it_stays(table):
    unit = make_house().unit
    Area.objects.create(unit=unit, name="Thôn 4", household_count=200)
    client = sign_in(make_officer(unit, "may", Role.UNIT_ADMINISTRATOR))
    answer = client.post(
        f"/console/groups/import/{unit.public_id}/", {"file": SimpleUploadedFile("a.csv", table.encode())}
    )
    assert answer.status_code == 422
    assert "Bà Tám" not in answer.content.decode()
    assert not Group.objects.exists()
    assert not GroupCount.objects.exists()


@pytest.mark.django_db
def test_the_page_of_coverage_shows_no_resident():
    house = make_house()
    Area.objects.create(unit=house.unit, name="Thôn 4", household_count=200)
    Contact.objects.create(
        unit=house.unit,
        account=house.zalo,
        external_id="x",
        display_name="Bà Tám Bí Mật",
        created_at="2026-11-01T00:00Z",
    )
    page = sign_in(make_officer(house.unit, "may")).get("/console/groups/").content.decode()
    assert "Bà Tám Bí Mật" not in page
