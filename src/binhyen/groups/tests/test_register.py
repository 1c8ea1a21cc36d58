"""The register: groups, figures, codes, coverage; by officers of the unit alone."""

from datetime import timedelta

import pytest

from binhyen.audit.models import AuditRow
from binhyen.core import clock
from binhyen.core.errors import NotAllowed, NotPossible
from binhyen.groups import actions, queries
from binhyen.groups.actions import GroupEntry
from binhyen.groups.models import Group, GroupState, ScanCount
from binhyen.inbox.tests.factories import make_house, make_officer
from binhyen.units.models import Area, Role, Unit
from binhyen.units.scope import scope_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit() -> Unit:
    return make_house().unit


@pytest.fixture
def scope(unit):
    return scope_of(make_officer(unit, "may", Role.BEAT_OFFICER))


@pytest.fixture
def area(unit) -> Area:
    return Area.objects.create(unit=unit, name="Thôn 4", household_count=200)


def entry(place: Area | None, **more) -> GroupEntry:
    return GroupEntry(**({"name": "", "kind": "manual", "area": place, "link": "zalo.me/g/abcd12345"} | more))


def test_a_group_takes_its_name_by_rule_and_is_audited(scope, unit, area):
    group = actions.add_group(scope, unit, entry(area))
    assert (group.name, group.link) == ("Thôn 4 - Kết nối bình yên", "https://zalo.me/g/abcd12345")
    assert AuditRow.objects.get(action="group.added").actor_key == scope.officer_id


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"area": None}, "group_name_missing"),
        ({"link": "https://evil.top/g/x"}, "group_link"),
        ({"kind": "x"}, "group_kind"),
    ],
)
def test_wrong_entries_say_why(scope, unit, area, more, code):
    with pytest.raises(NotPossible, match=code):
        actions.add_group(scope, unit, entry(area, **more))


def test_one_link_one_group_until_it_ends(scope, unit, area):
    first = actions.add_group(scope, unit, entry(area))
    with pytest.raises(NotPossible, match="group_link_taken"):
        actions.add_group(scope, unit, entry(area, name="Nhóm hai"))
    actions.end_group(scope, first)
    assert actions.add_group(scope, unit, entry(area, name="Nhóm hai")).state == GroupState.ACTIVE


def test_coverage_takes_the_latest_figures(scope, unit, area, django_assert_num_queries):
    group = actions.add_group(scope, unit, entry(area))
    day = clock.today()
    actions.record_counts(scope, group, 150, 260, day)
    actions.record_counts(scope, group, 40, None, day - timedelta(days=30))
    actions.record_counts(scope, group, None, 280, day)
    with django_assert_num_queries(4):
        found = queries.coverage_for(scope, unit)
    (row,) = found.areas
    assert (found.total.reached, found.total.percent, row.groups[0].members) == (150, 75.0, 280)


def test_a_province_sees_sums_of_its_communes_and_no_group(unit, area, scope, django_assert_num_queries):
    group = actions.add_group(scope, unit, entry(area))
    actions.record_counts(scope, group, 100, None)
    province = Unit.objects.create(kind="province_police", name="Công an tỉnh", short_name="CA tỉnh", slug="tinh")
    Unit.objects.filter(pk=unit.pk).update(parent=province)
    above = scope_of(make_officer(province, "tinh", Role.COMMANDER))
    with django_assert_num_queries(3):
        found = queries.coverage_for(above, province)
    assert [(each.pk, coverage.percent) for each, coverage in found.below] == [(unit.pk, 50.0)]
    assert found.total.percent == 50.0
    with pytest.raises(NotAllowed):
        queries.access_group(above, group.public_id)


@pytest.mark.parametrize(
    ("households", "members", "days", "code"),
    [(None, None, 0, "count_missing"), (201, None, 0, "count_above_households"), (1, None, 1, "count_in_future")],
)
def test_impossible_figures(scope, unit, area, households, members, days, code):
    group = actions.add_group(scope, unit, entry(area))
    with pytest.raises(NotPossible, match=code):
        actions.record_counts(scope, group, households, members, clock.today() + timedelta(days=days))


@pytest.mark.parametrize(("typed", "number"), [("1.204", 1204), (" ", None), ("12 000", 12_000)])
def test_numbers_as_they_are_typed(typed, number):
    assert actions.count_in(typed) == number


@pytest.mark.parametrize("typed", ["-1", "mười", "１２", "1e9", "999999999"])
def test_what_is_no_number(typed):
    with pytest.raises(NotPossible, match="count_number"):
        actions.count_in(typed)


def test_a_scan_is_a_number_of_a_day(scope, unit, area):
    code = actions.make_code(scope, unit, area, batch="P-2026-014")
    for _ in range(3):
        actions.count_scan(code)
    assert list(ScanCount.objects.values_list("day", "count")) == [(clock.today(), 3)]
    (row,) = queries.codes_for(scope, unit)
    assert row.recent_scans == 3


def test_other_units_and_readers_cannot_write(unit, area, scope):
    group = actions.add_group(scope, unit, entry(area))
    commander = scope_of(make_officer(unit, "chi-huy", Role.COMMANDER))
    stranger = scope_of(make_officer(make_house("khac", "Công an xã Khác").unit, "khac"))
    technician = scope_of(make_officer(unit, "ky-thuat", Role.TECHNICAL_ADMINISTRATOR))
    for who in (commander, stranger, technician):
        with pytest.raises(NotAllowed):
            actions.end_group(who, group)
    for who in (stranger, technician):
        with pytest.raises(NotAllowed):
            queries.groups_for(who, unit)
    assert queries.groups_for(commander, unit) == [Group.objects.get()]
