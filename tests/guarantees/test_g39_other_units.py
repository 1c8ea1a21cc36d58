"""G39: lists, counts and search hold nothing of another unit; technical administrators see no conversation.

That a foreign object is a missing one, for every address and role, is tried in test_g20_every_address_has_a_decision.
"""

import pytest

from binhyen.console.tests.factories import make_conversation, make_house, make_officer, sign_in
from binhyen.units.models import Role
from tests.guarantees.everything import make_everything

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
