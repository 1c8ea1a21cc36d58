"""The list of an inbox in which 200 conversations wait: no query per row, and the page stays small.

How long it takes is measured by `bench inbox`; a test that asserts milliseconds would fail on a busy machine.
"""

import pytest
from bench.full_inbox import fill_inbox
from django.db import connection
from django.test.utils import CaptureQueriesContext

from binhyen.console.tests.factories import make_house, make_officer, sign_in

pytestmark = pytest.mark.django_db
MOST_QUERIES = 32
"""Measured 2026-11-28: the same number for 8 conversations and for 200."""


def test_the_number_of_queries_does_not_grow_with_the_threads():
    house = make_house()
    officer = make_officer(house.unit, "may")
    client = sign_in(officer)
    fill_inbox(house.zalo, officer, 8)
    client.get("/console/?view=unit")
    counted = []
    for more in (0, 192):
        fill_inbox(house.zalo, officer, more)
        with CaptureQueriesContext(connection) as queries:
            page = client.get("/console/?view=unit")
        counted.append(len(queries))
    assert counted[0] == counted[1] <= MOST_QUERIES
    assert page.content.decode().count('class="row') >= 50
