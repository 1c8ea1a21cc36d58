"""Which number is given at which hour, to residents who ask and on the portal."""

from datetime import datetime

import pytest

from binhyen.core import clock
from binhyen.portal.units_here import forget_units, unit_at
from binhyen.units.calendars import forget_calendars
from binhyen.units.models import Area, DirectoryEntry, Unit
from binhyen.workflows.decision import UnitFacts
from binhyen.workflows.texts import numbers_text

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 11, 27, 9, 0, tzinfo=clock.VIETNAM)
NIGHT = datetime(2026, 11, 27, 23, 0, tzinfo=clock.VIETNAM)
TET = datetime(2027, 2, 6, 9, 0, tzinfo=clock.VIETNAM)


@pytest.fixture
def unit():
    made = Unit.objects.create(
        kind="commune_police", name="Công an xã X", short_name="Công an xã", slug="x", duty_phone="02393000000"
    )
    area = Area.objects.create(unit=made, name="Thôn 4")
    entries = [
        ("Tiếp dân", "0910000001", None, False, True),
        ("Trưởng Công an xã", "0910000002", None, False, False),
        ("Cứu hộ hồ", "0910000003", None, True, False),
        ("Cảnh sát khu vực", "0910000004", area, False, True),
    ]
    for position, (title, phone, where, is_emergency, office) in enumerate(entries):
        DirectoryEntry.objects.create(
            unit=made,
            title=title,
            phone=phone,
            area=where,
            position=position,
            is_emergency=is_emergency,
            in_office_hours_only=office,
        )
    return made


def answer(unit, moment):
    forget_calendars()
    with clock.at(moment):
        return numbers_text(UnitFacts.of(unit), ("Thôn 4",)), numbers_text(UnitFacts.of(unit))


def test_in_office_hours_the_beat_officer_of_the_hamlet_is_named(unit):
    of_hamlet, of_unit = answer(unit, MORNING)
    assert "Thôn 4: Cảnh sát khu vực, 0910 000 004" in of_hamlet
    assert "Tiếp dân" in of_unit


@pytest.mark.parametrize("moment", [NIGHT, TET])
def test_at_night_and_at_tet_only_numbers_that_answer_are_given(unit, moment):
    of_hamlet, of_unit = answer(unit, moment)
    for words in (of_hamlet, of_unit):
        assert "0239 3 000 000" in words
        assert "Tiếp dân" not in words
        assert "0910 000 004" not in words
    assert "Cứu hộ hồ" in of_unit


def test_the_portal_lists_what_answers_now_first(unit):
    forget_units()
    forget_calendars()
    with clock.at(NIGHT):
        titles = [title for title, _ in unit_at("x").numbers]
    assert titles == ["Cứu hộ hồ", "Trưởng Công an xã", "Tiếp dân"]
