"""Units in a tree of any depth, and how far each role reaches in it."""

from itertools import product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from binhyen.core.errors import NotPossible
from binhyen.units.models import Membership, Officer, Role, Unit
from binhyen.units.scope import CONVERSATION_ROLES, FLOWING_ROLES, scope_of
from binhyen.units.tree import place, unit_ids_above

pytestmark = pytest.mark.django_db


def unit(slug, parent=None, kind="commune_police"):
    return Unit.objects.create(kind=kind, name=slug, short_name=slug, slug=slug, parent=parent)


def officer(username, *held):
    made = Officer.objects.create_user(username, None, full_name=username)
    for where, role in held:
        Membership.objects.create(unit=where, officer=made, role=role)
    return made


@pytest.fixture
def country():
    ministry = unit("bo", kind="ministry")
    province = unit("ha-tinh", ministry, "province_police")
    district = unit("huyen-cu", province, "district_police")
    communes = [unit("thach-ha", district), unit("loc-ha", province)]
    return {one.slug: one for one in (ministry, province, district, *communes, unit("post", communes[0]))}


def test_a_new_unit_knows_its_line(country):
    assert unit_ids_above(country["post"]) == [
        country[slug].pk for slug in ("bo", "ha-tinh", "huyen-cu", "thach-ha", "post")
    ]


def test_a_unit_moves_with_everything_below_it(country):
    place(country["thach-ha"], country["ha-tinh"])
    moved = Unit.objects.get(slug="post")
    assert unit_ids_above(moved) == [country[slug].pk for slug in ("bo", "ha-tinh", "thach-ha", "post")]
    place(Unit.objects.get(slug="ha-tinh"), None)
    assert unit_ids_above(Unit.objects.get(slug="post"))[0] == country["ha-tinh"].pk


def test_a_unit_never_stands_below_itself(country):
    with pytest.raises(NotPossible, match="unit_below_itself"):
        place(country["bo"], country["post"])


@pytest.mark.parametrize("role", list(Role))
def test_only_overseeing_roles_reach_down_and_none_reaches_up_or_beside(country, role):
    scope = scope_of(officer("quang", (country["huyen-cu"], role)))
    below = {"thach-ha", "post"} if role in FLOWING_ROLES else set()
    for slug, other in product(country, Role):
        expected = other == role and slug in {"huyen-cu", *below}
        assert scope.holds(country[slug].pk, frozenset({other})) is expected, (slug, other)


def test_a_commander_of_the_province_reads_what_the_communes_read(country):
    scope = scope_of(officer("chi-huy", (country["ha-tinh"], Role.COMMANDER)))
    assert scope.units_with(CONVERSATION_ROLES) == {
        country[slug].pk for slug in ("ha-tinh", "huyen-cu", "thach-ha", "loc-ha", "post")
    }


def test_open_matters_of_a_closed_unit_belong_to_its_successors(country):
    old = unit("thach-son")
    old.successors.add(country["loc-ha"])
    scope = scope_of(officer("may", (country["loc-ha"], Role.DUTY_OFFICER)))
    assert scope.holds(old.pk, frozenset({Role.DUTY_OFFICER}))
    assert not scope.holds(old.pk, frozenset({Role.COMMANDER}))
    assert scope_of(officer("chi-huy", (country["ha-tinh"], Role.COMMANDER))).holds(old.pk, frozenset({Role.COMMANDER}))


def test_a_leaver_sees_nothing_and_most_scopes_cost_one_query(country):
    gone = officer("gone", (country["ha-tinh"], Role.COMMANDER))
    gone.is_active = False
    assert scope_of(gone).unit_ids == frozenset()
    usual = officer("may", (country["loc-ha"], Role.DUTY_OFFICER))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        scope_of(usual)
    assert len(queries) == 1
    with CaptureQueriesContext(connection) as queries:
        scope_of(officer("chi-huy", (country["bo"], Role.COMMANDER)))
    assert len([query for query in queries if query["sql"].startswith("SELECT")]) == 3
