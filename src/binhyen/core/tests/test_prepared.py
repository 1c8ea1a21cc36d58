"""Look-ups compiled once give what the query itself gives, whatever is asked for."""

from datetime import date

import pytest
from django.db.models import Q

from binhyen.core.models import DailyCount
from binhyen.core.prepared import Prepared

pytestmark = pytest.mark.django_db
UNDER = Prepared(
    lambda name, unit: DailyCount.objects.filter(name=name, unit_key=unit).values_list("pk", "day", "count"), str, int
)
NAMES = ("a", "b", "%s", "' OR 1=1 --", "ộ")


@pytest.fixture
def counts():
    return [
        DailyCount.objects.create(day=date(2026, 11, 1 + n), unit_key=n, name=name, count=10 * n)
        for n, name in enumerate(NAMES)
    ]


def test_each_argument_finds_its_own_rows(counts):
    for row in counts:
        expected = [(row.pk, row.day, row.count)]
        assert UNDER.rows(row.name, row.unit_key) == expected
        assert UNDER.first(row.name, row.unit_key) == expected[0]
    assert UNDER.rows("c", 0) == []
    assert UNDER.first("a", 1) is None


def test_one_statement_each_time(counts, django_assert_num_queries):
    for row in counts:
        with django_assert_num_queries(1):
            UNDER.rows(row.name, row.unit_key)


def test_an_argument_that_does_not_stand_as_it_is_is_found_out():
    pieces = Prepared(lambda words: DailyCount.objects.filter(name__contains=words).values_list("pk"), str)
    with pytest.raises(ValueError, match="as it is"):
        pieces.rows("a")


def test_an_argument_may_stand_twice(counts):
    either = Prepared(lambda n: DailyCount.objects.filter(Q(unit_key=n) | Q(count=n)).values_list("pk"), int)
    DailyCount.objects.create(day=date(2026, 12, 1), unit_key=77, name="c", count=1)
    assert len(either.rows(1)) == 2
    assert len(either.rows(77)) == 1
