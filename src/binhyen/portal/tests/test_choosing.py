"""Choosing the unit: by name without marks, by old name, straight through when there is one."""

import pytest

from binhyen.portal.units_here import forget_units
from binhyen.units.models import Unit


@pytest.mark.parametrize("words", ["thach ha", "Thạch Hà", "THẠCH  hà", "ha tinh", "xã thạch sơn"])
def test_found_by_present_and_former_names(client, unit, words):
    page = client.get("/", {"ten": words}).content.decode()
    assert "/thach-ha/" in page
    assert "/dong-hoi/" not in page


def test_old_name_is_named(client, unit):
    assert "Tên cũ: Xã Thạch Sơn, Huyện Thạch Hà" in client.get("/", {"ten": "thach son"}).content.decode()


def test_unknown_name_offers_a_way_on(client, unit):
    page = client.get("/", {"ten": "khong co xa nay"}).content.decode()
    assert "Chưa có xã, phường nào tên này" in page


def test_one_unit_is_opened_at_once(client, unit):
    Unit.objects.exclude(pk=unit.pk).delete()
    forget_units()
    assert client.get("/").headers["Location"] == "/thach-ha/"
