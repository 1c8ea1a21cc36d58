"""The page of a unit: exact where it may be, hidden where somebody could be recognised, cheap whatever was stored."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from binhyen.core import clock
from binhyen.core.errors import NotAllowed
from binhyen.inbox.tests.factories import make_house, make_officer
from binhyen.statistics.areas import area_months
from binhyen.statistics.families import forget_families
from binhyen.statistics.models import AreaFigures, DayFigures, MonthFigures, RollUp
from binhyen.statistics.periods import span_of
from binhyen.statistics.queries import overview_for
from binhyen.units.models import Area, Role, Unit
from binhyen.units.scope import Scope, scope_of
from binhyen.units.tree import place

pytestmark = pytest.mark.django_db
YEAR = 2026


@pytest.fixture(autouse=True)
def late_in_november() -> Iterator[None]:
    forget_families()
    with clock.at(datetime(2026, 11, 28, 3, tzinfo=UTC)):
        yield


@pytest.fixture
def province() -> Unit:
    top = make_house("tinh", "Công an tỉnh").unit
    for number in range(1, 4):
        place(make_house(f"xa-{number}", f"Công an xã {number}").unit, top)
    RollUp.objects.create(pk=1, written_at=datetime(2026, 11, 25, tzinfo=UTC), first_day=date(2026, 1, 1))
    return top


def commander(unit: Unit) -> Scope:
    return scope_of(make_officer(unit, f"chi-huy-{unit.slug}", Role.COMMANDER))


def months(unit: Unit, **counts: list[int]) -> None:
    """Twelve months of the year."""
    for month in range(12):
        MonthFigures.objects.create(
            unit=unit,
            month=date(YEAR, month + 1, 1),
            counts={code: values[month] for code, values in counts.items() if values[month]},
        )


def family(province: Unit, code: str, *rows: list[int]) -> list[Unit]:
    communes = list(Unit.objects.filter(parent=province).order_by("name"))
    for commune, row in zip(communes, rows, strict=True):
        months(commune, **{code: row})
    months(province, **{code: [sum(column) for column in zip(*rows, strict=True)]})
    return communes


def figure(overview, code: str):
    return next(one for one in overview.figures if one.measure.code == code)


def test_a_quarter_adds_its_months_and_knows_the_one_before(province):
    months(province, messages_in=[100] * 9 + [10, 20, 30])
    found = overview_for(commander(province), province.public_id, span_of("2026-Q4"))
    assert (figure(found, "messages_in").value, figure(found, "messages_in").before) == (60, 300)
    assert [month.values[0] for month in found.timeline][-3:] == [100, 10, 20], "December has not begun"


def test_small_counts_are_hidden_with_a_companion_so_that_totals_do_not_tell(province):
    communes = family(province, "reports_received", [9] * 12, [9, 9, 2] + [9] * 9, [7] * 12)
    scope = commander(province)
    below = dict(overview_for(scope, province.public_id, span_of("2026-03")).below)
    shown = {unit: next(one for one in row if one.measure.code == "reports_received") for unit, row in below.items()}
    assert [shown[unit].is_hidden for unit in communes] == [False, True, True]
    assert figure(overview_for(scope, province.public_id, span_of("2026-03")), "reports_received").value == 18
    quarter = dict(overview_for(scope, province.public_id, span_of("2026-Q1")).below)
    assert [next(o for o in quarter[u] if o.measure.code == "reports_received").value for u in communes] == [27, 20, 21]


def test_days_that_are_no_whole_months_show_no_acts_of_residents(province):
    DayFigures.objects.create(unit=province, day=date(2026, 11, 2), counts={"messages_in": 50, "pages": 3})
    found = overview_for(commander(province), province.public_id, span_of("2026-11-02..2026-11-02"))
    assert figure(found, "messages_in").is_hidden
    assert figure(found, "pages").value == 3


def test_a_unit_that_answers_nothing_of_residents_is_no_child_with_a_rest_to_work_out(province):
    """The province's own 3 reports are its sum less its communes': hidden by hiding a commune with them."""
    communes = list(Unit.objects.filter(parent=province).order_by("name"))
    for commune in communes:
        months(commune, reports_received=[10] * 12)
    months(province, reports_received=[33] + [30] * 11)
    below = dict(overview_for(commander(province), province.public_id, span_of("2026-01")).below)
    hidden = [next(o for o in row if o.measure.code == "reports_received").is_hidden for row in below.values()]
    assert hidden.count(True) >= 1


def test_small_areas_are_merged_and_small_counts_in_areas_hidden(province):
    commune = Unit.objects.filter(parent=province).first()
    sizes = {"Thôn 1": (100, 60), "Thôn 2": (80, 3), "Thôn 3": (90, 50), "Xóm nhỏ 1": (12, 6), "Xóm nhỏ 2": (15, 7)}
    for name, (households, reached) in sizes.items():
        area = Area.objects.create(unit=commune, name=name, household_count=households)
        AreaFigures.objects.create(
            area=area,
            unit=commune,
            month=date(2026, 11, 1),
            counts={"households": households, "households_reached": reached, "members": reached},
        )
    lines = overview_for(commander(commune), commune.public_id, span_of("2026-Q4")).areas
    assert [(line.name, line.households, line.reached) for line in lines] == [
        ("Thôn 1", 100, 60),
        ("Thôn 2", 80, None),
        ("Thôn 3", 90, 50),
        ("", 27, None),
    ]


def test_a_single_small_area_is_merged_with_the_next_larger_one(province):
    """Alone under "small areas" it would be shown as it is, or as the unit less the others."""
    commune = Unit.objects.filter(parent=province).first()
    for name, households in {"Thôn 1": 100, "Thôn 2": 30, "Xóm nhỏ": 12}.items():
        area = Area.objects.create(unit=commune, name=name, household_count=households)
        counts = {"households": households, "households_reached": households // 2, "members": households}
        AreaFigures.objects.create(area=area, unit=commune, month=date(2026, 11, 1), counts=counts)
    lines = overview_for(commander(commune), commune.public_id, span_of("2026-Q4")).areas
    assert [(line.name, line.households, line.reached) for line in lines] == [("Thôn 1", 100, 50), ("", 42, 21)]
    kept = Area.objects.get(unit=commune, name="Thôn 2")
    with pytest.raises(NotAllowed):
        area_months(commune, kept.public_id, span_of("2026-Q4"), None)


def test_the_middle_of_similar_units_leaves_out_whose_count_is_hidden(province):
    """An odd number of units has one of them in the middle: a share of 3 households among 400 would be read off."""
    for number, reached in enumerate((3, 3, 3, 200, 300, 100, 280, 360), start=1):
        unit = make_house(f"giong-{number}", f"Công an xã Giống {number}").unit
        place(unit, province)
        months(unit, households=[400] * 12, households_reached=[reached] * 12)
    months(province, households=[3_200] * 12, households_reached=[1_249] * 12)
    unit = Unit.objects.get(slug="giong-5")
    middle = overview_for(commander(province), unit.public_id, span_of("2026-03")).coverage.middle
    assert middle == 70.0


def test_other_units_are_not_there(province):
    other = make_house("khac", "Công an tỉnh Khác").unit
    scope = commander(Unit.objects.filter(parent=province).first())
    for asked in (other.public_id, province.public_id, "nothing"):
        with pytest.raises(NotAllowed):
            overview_for(scope, asked, span_of("2026"))


def test_a_page_costs_the_same_however_many_units_and_months_there_are(province, django_assert_max_num_queries):
    scope = commander(province)
    family(province, "messages_in", [9] * 12, [8] * 12, [7] * 12)
    with django_assert_max_num_queries(36):
        overview_for(scope, province.public_id, span_of("2026-Q4"))
    with django_assert_max_num_queries(5):
        overview_for(scope, province.public_id, span_of("2026-Q4"))
