"""G21: a child is published only with a legal basis, two officers, minimal fields and an end; "found" ends it at once.

The end after 72 hours, the take-down of groups and the hand list are tested in workflows/tests/test_lost_found.py.
"""

import pytest

from binhyen.core.deadlines import deadline_of
from binhyen.core.errors import NotPossible
from binhyen.inbox.tests.factories import make_house, make_officer
from binhyen.lost_found import actions, queries
from binhyen.lost_found.models import RecordState
from binhyen.lost_found.tests.factories import CHILD, PUBLISHER, make_child
from binhyen.lost_found.typed import Typed
from binhyen.units.scope import scope_of
from binhyen.workflows import lost_found

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return make_house()


@pytest.fixture
def first(house):
    return scope_of(make_officer(house.unit, "hung"))


@pytest.fixture
def second(house):
    return scope_of(make_officer(house.unit, "may"))


@pytest.mark.parametrize(
    ("missing", "code"),
    [
        ({"legal_basis": ""}, "lost_basis"),
        ({"legal_basis": "because"}, "lost_basis"),
        ({"basis_note": "ngắn"}, "lost_basis"),
        ({"place": ""}, "lost_incomplete"),
        ({"age_band": "", "description": ""}, "lost_incomplete"),
        ({"first_name": "Nguyễn Văn Tuấn"}, "lost_words"),
        ({"clothing": "áo trường Tiểu học Lê Lợi, con anh Tài"}, "lost_words"),
        ({"place": "nhà số 12 ngõ 3 đường Lê Lợi"}, "lost_words"),
    ],
)
def test_each_missing_condition_stops_the_notice(first, house, missing, code):
    record = make_child(first, house.unit, **missing)
    with pytest.raises(NotPossible) as error:
        actions.submit(first, record, PUBLISHER)
    assert error.value.code == code
    assert queries.public_notices(house.unit) == []


def test_one_officer_alone_publishes_nothing(first, second, house):
    record = make_child(first, house.unit)
    with pytest.raises(NotPossible, match="lost_not_waiting"):
        lost_found.publish(second, record, picture_seen=False)
    actions.submit(first, record, PUBLISHER)
    with pytest.raises(NotPossible, match="lost_own"):
        lost_found.publish(first, record, picture_seen=False)
    assert queries.public_notices(house.unit) == []
    actions.save(first, record, Typed(**CHILD | {"clothing": "áo xanh"}))
    assert record.state == RecordState.DRAFT
    with pytest.raises(NotPossible, match="lost_not_waiting"):
        lost_found.publish(second, record, picture_seen=False)


def test_the_notice_has_an_end_from_the_law_data(first, second, house):
    record = make_child(first, house.unit)
    actions.submit(first, record, PUBLISHER)
    lost_found.publish(second, record, picture_seen=False)
    assert record.public_until == deadline_of("child.post_expires", record.published_at).due_at


def test_found_ends_it_this_moment_and_its_address_is_gone(client, first, second, house):
    record = make_child(first, house.unit)
    actions.submit(first, record, PUBLISHER)
    lost_found.publish(second, record, picture_seen=False)
    address = f"/{house.unit.slug}/tim/{record.public_id}/"
    assert client.get(address).status_code == 200
    lost_found.resolve(first, record)
    assert client.get(address).status_code == 410
    assert client.get(f"{address}anh.jpg").status_code == 410
    assert client.get(f"/{house.unit.slug}/tin/{record.post_key}/").status_code in (404, 410)
