"""G39: lists, counts and search hold nothing of another unit; technical administrators see no conversation.

That a foreign object is a missing one, for every address and role, is tried in test_g20_every_address_has_a_decision.
"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls.converters import StringConverter

from binhyen.console.tests.factories import make_conversation, make_house, make_officer, sign_in
from binhyen.core import clock
from binhyen.core.ids import new_public_id
from binhyen.units.models import Role
from tests.guarantees.everything import make_everything
from tests.guarantees.test_g20_every_address_has_a_decision import (
    PATTERNS,
    WITH_OBJECTS,
    ask,
    console_patterns,
    known_methods,
)

pytestmark = pytest.mark.django_db
NO_IDS = ("unit_id", "step", "paper", "procedure_id", "version", "form")


def test_lists_counts_and_search_hold_nothing_foreign():
    other = make_house("khac", "Công an xã Khác")
    foreign = make_everything(other, make_officer(other.unit, "khac", Role.UNIT_ADMINISTRATOR))
    client = sign_in(make_officer(make_house().unit, "may"))

    for query in ("", "?view=unit", "?view=review", "?q=tam+tru", f"?unit={foreign['unit_id']}"):
        page = client.get(f"/console/{query}").content.decode()
        objects = {value for name, value in foreign.items() if name not in NO_IDS}
        assert not any(value in page for value in objects)
        assert "Công an xã Khác" not in page


def test_a_technical_administrator_reads_no_conversation():
    house = make_house()
    conversation = make_conversation(house.zalo)
    client = sign_in(make_officer(house.unit, "ky-thuat", Role.TECHNICAL_ADMINISTRATOR))

    assert client.get("/console/").headers["Location"] == "/console/settings/"
    assert client.get(f"/console/c/{conversation.public_id}/").status_code == 404
    assert client.get("/console/pulse/").json()["changed"] == ""


@pytest.mark.slow
def test_a_foreign_object_costs_the_same_work_as_none_at_all():
    """The time of an answer tells nothing: it asks the database the same number of questions either way."""
    other = make_house("khac", "Công an xã Khác")
    foreign = make_everything(other, make_officer(other.unit, "khac", *Role))
    client = sign_in(make_officer(make_house().unit, "may", *Role))
    random = {part: new_public_id() for part in foreign}
    asked = {}
    with clock.at(clock.now()):  # a session that grows older is written now and then
        for name in WITH_OBJECTS:
            for method, _ in known_methods(name):
                ask(client, method, name, random)
                asked[method, name] = {work(client, method, name, ids) for ids in (random, foreign)}
    assert len(asked) > 80
    assert {key: counts for key, counts in asked.items() if len(counts) > 1} == {}


def work(client, method: str, name: str, ids: dict[str, str]) -> int:
    with CaptureQueriesContext(connection) as seen:
        ask(client, method, name, ids)
    return len(seen)


def test_no_address_counts_its_objects():
    for pattern in console_patterns():
        assert all(type(part) is StringConverter for part in pattern.pattern.converters.values()), pattern.name
    house = make_house()
    maker = make_officer(house.unit, "may", *Role)
    ids = {part: value for part, value in make_everything(house, maker).items() if part not in NO_IDS}
    named = {part for name in PATTERNS for part in PATTERNS[name].pattern.converters} & set(ids)
    assert len(named) >= 20
    for part in named - {"code", "area"}:
        assert len(ids[part]) >= 16, part
        assert not ids[part].isdigit(), part
    assert len({new_public_id() for _ in range(2_000)}) == 2_000
