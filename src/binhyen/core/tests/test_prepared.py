"""Look-ups compiled once give what the query itself gives, whatever is asked for."""

from datetime import UTC, datetime

import pytest
from django.db.models import Q

from binhyen.core.prepared import Prepared
from binhyen.units.models import Unit, UnitKind

pytestmark = pytest.mark.django_db
UNDER = Prepared(
    lambda slug, kind: Unit.objects.filter(slug=slug, kind=kind).values_list("pk", "name", "is_remote_area"), str, str
)


@pytest.fixture
def units():
    return [
        Unit.objects.create(kind=UnitKind.COMMUNE_POLICE, name=f"Xã {name}", slug=f"xa-{name}", is_remote_area=far)
        for name, far in (("một", True), ("hai", False), ("%s", True), ("' OR 1=1 --", False))
    ]


def test_each_argument_finds_its_own_rows(units):
    for unit in units:
        expected = [(unit.pk, unit.name, unit.is_remote_area)]
        assert UNDER.rows(unit.slug, UnitKind.COMMUNE_POLICE) == expected
        assert UNDER.first(unit.slug, UnitKind.COMMUNE_POLICE) == expected[0]
    assert UNDER.rows("xa-khác", UnitKind.COMMUNE_POLICE) == []
    assert UNDER.first(units[0].slug, UnitKind.PROVINCE_POLICE) is None


def test_one_statement_each_time(units, django_assert_num_queries):
    for unit in units:
        with django_assert_num_queries(1):
            UNDER.rows(unit.slug, UnitKind.COMMUNE_POLICE)


def test_times_come_back_as_times():
    from binhyen.vault.models import StoredFile

    at = datetime(2026, 11, 28, 23, 59, 1, 5, UTC)
    files = Prepared(lambda key: StoredFile.objects.filter(unit_key=key).values_list("created_at"), int)
    told = {"content_type": "image/jpeg", "size_bytes": 1, "sha256": "", "created_at": at}
    StoredFile.objects.create(public_id="a", unit_key=7, **told)
    StoredFile.objects.create(public_id="b", unit_key=8, **told)
    assert files.rows(7) == [(at,)]


def test_an_argument_that_does_not_stand_as_it_is_is_found_out():
    pieces = Prepared(lambda words: Unit.objects.filter(name__contains=words).values_list("pk"), str)
    with pytest.raises(ValueError, match="as it is"):
        pieces.rows("xã")


def test_an_argument_may_stand_twice(units):
    named = Prepared(lambda text: Unit.objects.filter(Q(slug=text) | Q(name=text)).values_list("pk"), str)
    assert named.rows("xa-một") == named.rows("Xã một") == [(units[0].pk,)]
