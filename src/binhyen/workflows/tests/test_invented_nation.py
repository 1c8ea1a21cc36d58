"""The invented nation: sums that agree, one seed one nation, a stopped run goes on, real units are refused."""

from datetime import date
from itertools import islice

import pytest
from django.db import transaction

from binhyen.core.errors import Misconfigured
from binhyen.core.working_time import add_months
from binhyen.inbox.tests.factories import make_house, make_officer
from binhyen.statistics.dots import dots_below
from binhyen.statistics.families import forget_families, written_at
from binhyen.statistics.models import AreaFigures, DayFigures, MonthFigures
from binhyen.statistics.periods import Grain, Span, period_around
from binhyen.statistics.queries import VIEW_ROLES, overview_for
from binhyen.statistics.rolling_up import month_of_days, with_below
from binhyen.statistics.year_file import year_rows
from binhyen.units.models import Area, Role, Unit, UnitKind
from binhyen.units.queries import units_named
from binhyen.units.scope import scope_of
from binhyen.workflows.invented_nation import InventedNation, Size, _chosen, check_may_invent, show_in_demo

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh() -> None:
    forget_families()


def invented(communes: int = 4, seed: int = 1) -> InventedNation:
    nation = InventedNation(Size(communes, 1, seed))
    assert list(nation.steps()) == nation.months
    return nation


def months_by_code() -> dict[tuple[str, date], dict]:
    rows = MonthFigures.objects.values_list("unit__slug", "month", "counts")
    return {(slug, month): counts for slug, month, counts in rows}


def test_provinces_and_the_nation_are_the_sums_of_their_communes_every_day():
    invented()
    parents = dict(Unit.objects.values_list("pk", "parent_id"))
    communes = set(Unit.objects.filter(kind=UnitKind.COMMUNE_POLICE).values_list("pk", flat=True))
    for day in DayFigures.objects.order_by("-day").values_list("day", flat=True).distinct()[:9]:
        rows = dict(DayFigures.objects.filter(day=day).values_list("unit_id", "counts"))
        assert with_below({key: rows[key] for key in communes}, parents) == rows


def test_months_are_made_of_their_days_and_communes_of_their_hamlets():
    nation = invented()
    month, unit = nation.months[-1], Unit.objects.filter(kind=UnitKind.COMMUNE_POLICE).first()
    days = DayFigures.objects.filter(unit=unit, day__gte=month).order_by("day").values_list("counts", flat=True)
    stored = MonthFigures.objects.get(unit=unit, month=month).counts
    assert month_of_days(days) == stored
    areas = AreaFigures.objects.filter(unit=unit, month=month).values_list("counts", flat=True)
    for code in ("households", "households_reached", "members", "groups"):
        assert sum(one[code] for one in areas) == stored[code]
    assert stored["questions_answered"] == sum(
        stored.get(f"answered_{who}", 0) for who in ("by_machine", "by_officer", "at_desk")
    )
    assert sum(stored["first_answer"].values()) == stored["answered_by_officer"]


def rolled_back(seed: int) -> dict[tuple[str, date], dict]:
    with transaction.atomic():
        invented(seed=seed)
        found = months_by_code()
        transaction.set_rollback(True)
    return found


def test_a_sampled_nation_has_every_month_and_the_days_of_the_last_one():
    nation = InventedNation(Size(4, 1))
    nation.sampled_until = add_months(nation.months[-1], 1)
    assert list(nation.steps()) == nation.months
    last, hamlets = nation.months[-1], Area.objects.count()
    days = (nation.sampled_until - last).days
    assert MonthFigures.objects.count() == len(nation.months) * Unit.objects.count()
    assert DayFigures.objects.filter(day__gte=last).count() == DayFigures.objects.count() == days * Unit.objects.count()
    for month in nation.months:
        assert AreaFigures.objects.filter(month=month).count() == hamlets


def test_the_same_seed_gives_the_same_figures_and_another_one_others():
    first, again, other = (rolled_back(seed) for seed in (1, 1, 2))
    assert first == again
    assert first.keys() == other.keys()
    assert first != other


def test_a_stopped_run_goes_on_and_ends_like_one_that_was_not_stopped():
    whole = invented()
    expected = months_by_code()
    DayFigures.objects.filter(day__gte=whole.months[5]).delete()
    MonthFigures.objects.filter(month__gte=whole.months[5]).delete()
    AreaFigures.objects.filter(month__gte=whole.months[5]).delete()
    list(islice(InventedNation(whole.size).steps(), 8))
    assert MonthFigures.objects.filter(month=whole.months[7]).exists()
    assert not MonthFigures.objects.filter(month=whole.months[8]).exists()
    list(InventedNation(whole.size).steps())
    assert months_by_code() == expected


@pytest.mark.parametrize(
    ("size", "told"), [(Size(5, 1), "--communes 4"), (Size(4, 2), "from 11/2025 on"), (Size(4, 1, 2), "another --seed")]
)
def test_what_does_not_go_with_what_is_there_is_refused(size: Size, told: str, monkeypatch):
    monkeypatch.setattr("binhyen.core.clock.today", lambda: date(2026, 11, 28))
    invented()
    with pytest.raises(Misconfigured, match=told):
        next(InventedNation(size).steps())


def test_a_database_with_real_units_is_refused_unless_told():
    make_house()
    with pytest.raises(Misconfigured, match="beside-real-units"):
        check_may_invent(beside_real_units=False)
    check_may_invent(beside_real_units=True)


def test_real_units_beside_it_keep_their_figures():
    unit = make_house().unit
    row = MonthFigures.objects.create(unit=unit, month=date(2026, 1, 1), counts={"messages_in": 7})
    invented(communes=2)
    row.refresh_from_db()
    assert row.counts == {"messages_in": 7}


def test_beside_a_demo_its_officer_sees_the_nation():
    officer = make_officer(make_house().unit, "demo", Role.DUTY_OFFICER)
    nation = invented()
    show_in_demo(nation.top)
    found = overview_for(scope_of(officer), nation.top.public_id, period_around(nation.months[-1], Grain.MONTH).span)
    assert len(found.below) == Unit.objects.filter(parent=nation.top).count() > 0
    assert units_named(scope_of(officer), VIEW_ROLES, "ca nuoc") == [nation.top], "it is found by its name"


def test_seasons_and_weekends_show():
    nation = invented(communes=12)
    rows = DayFigures.objects.filter(unit=nation.top, day__gte=nation.months[-2]).values_list("day", "counts")
    shares: dict[bool, list[int]] = {True: [], False: []}
    for day, counts in rows:
        shares[day.weekday() >= 5].append(counts["messages_in"])
    assert sum(shares[True]) / len(shares[True]) < 0.7 * sum(shares[False]) / len(shares[False])


def test_the_pages_show_it_with_a_dot_for_every_commune():
    nation = invented(communes=40)
    scope = scope_of(make_officer(nation.top, "xem", Role.COMMANDER, with_code=False))
    span = period_around(nation.months[-1], Grain.MONTH).span
    found = overview_for(scope, nation.top.public_id, span)
    assert len(found.below) == Unit.objects.filter(parent=nation.top).count() >= 20
    dots = dots_below(nation.top, span, written_at())
    assert (len(dots.dots), dots.without_place) == (40, 0)
    assert all(8 < dot.latitude < 24 and 102 < dot.longitude < 118 for dot in dots.dots)


@pytest.mark.parametrize("communes", [2, 3, 40, 3_321])
def test_hoang_sa_and_truong_sa_are_in_every_sampled_nation(communes: int):
    chosen = _chosen(communes)
    assert len({place.code for place in chosen}) == communes
    assert {place.name for place in chosen} >= {"Đặc khu Hoàng Sa", "Đặc khu Trường Sa"}


def test_a_nation_of_one_commune_can_be_invented():
    assert len(_chosen(1)) == 1


def test_a_year_as_one_file_agrees_with_the_pages():
    nation = invented(communes=40)
    province = Unit.objects.filter(parent=nation.top).first()
    scope = scope_of(make_officer(nation.top, "xem", Role.COMMANDER, with_code=False))
    rows = list(year_rows(province, nation.months[-1].year, written_at()))
    for month in [month for month in nation.months[-3:] if month.year == nation.months[-1].year]:
        span: Span = period_around(month, Grain.MONTH).span
        for unit in (province, *Unit.objects.filter(parent=province)):
            told = {row[3]: row[4:] for row in rows if row[0] == unit.name and row[2] == f"{month:%Y-%m}"}
            for figure in overview_for(scope, unit.public_id, span).figures:
                value, is_hidden = told[figure.measure.code]
                assert is_hidden == ("1" if figure.is_hidden else "0"), (unit, month, figure.measure.code)
                if figure.value is not None:
                    assert float(value) == pytest.approx(figure.value, rel=1e-4)
