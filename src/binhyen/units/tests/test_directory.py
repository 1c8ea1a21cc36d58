"""Which numbers a unit gives at an hour."""

from datetime import datetime

import pytest

from binhyen.core import clock
from binhyen.units.directory import AreaNumber, directory_now
from binhyen.units.models import Area, DirectoryEntry, Unit

OPEN = datetime(2026, 12, 1, 9, 0, tzinfo=clock.VIETNAM)
AT_NIGHT = datetime(2026, 12, 1, 2, 0, tzinfo=clock.VIETNAM)


@pytest.fixture
def unit(db: None) -> Unit:
    unit = Unit.objects.create(slug="xa-hoa", name="Công an xã Hòa", short_name="CA xã Hòa")
    areas = [Area.objects.create(unit=unit, name=name, sort_key=name) for name in ("Thôn 1", "Thôn 2", "Thôn 3")]
    rows = [
        ("Bộ phận hộ khẩu", "0900000001", None, {"in_office_hours_only": True}),
        ("Trực chỉ huy", "0900000002", None, {}),
        ("Trạm y tế", "0900000003", None, {"is_emergency": True}),
        ("đ/c Sơn", "0900000004", areas[0], {"in_office_hours_only": True}),
        ("đ/c Hoa", "0900000005", areas[1], {}),
    ]
    for position, (title, phone, area, more) in enumerate(rows):
        DirectoryEntry.objects.create(unit=unit, title=title, phone=phone, area=area, position=position, **more)
    return unit


def test_in_office_hours_everybody_answers_emergency_first(unit: Unit, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(clock, "now", lambda: OPEN)
    found = directory_now(unit)
    assert [number.title for number in found.numbers] == ["Trạm y tế", "Bộ phận hộ khẩu", "Trực chỉ huy"]
    assert found.areas == (
        AreaNumber("Thôn 1", "đ/c Sơn", "0900000004"),
        AreaNumber("Thôn 2", "đ/c Hoa", "0900000005"),
        AreaNumber("Thôn 3"),
    )


def test_at_night_nobody_is_sent_to_a_silent_telephone(unit: Unit, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(clock, "now", lambda: AT_NIGHT)
    found = directory_now(unit)
    assert [(number.title, number.answers_now) for number in found.numbers] == [
        ("Trạm y tế", True),
        ("Trực chỉ huy", True),
        ("Bộ phận hộ khẩu", False),
    ]
    assert found.areas[0] == AreaNumber("Thôn 1")
    assert found.areas[1].phone == "0900000005"
