"""G37: a lost telephone is cut off in one action and holds nothing."""

import pytest

from binhyen.console.events import Poller
from binhyen.console.tests.factories import (
    age_session,
    has_code_generator,
    make_conversation,
    make_house,
    make_officer,
    sign_in,
)
from binhyen.core import clock
from binhyen.units.models import Role

pytestmark = pytest.mark.django_db


def test_one_action_cuts_every_way_in():
    unit = make_house().unit
    chief, officer = make_officer(unit, "chi", Role.UNIT_ADMINISTRATOR), make_officer(unit, "may")
    lost, administrator = sign_in(officer), sign_in(chief)

    page = administrator.post(
        f"/console/settings/{unit.public_id}/officers/{officer.public_id}/", {"act": "cut_off_and_invite"}
    )

    assert "/console/invitation/" in page.content.decode()
    assert lost.get("/console/pulse/").status_code in (302, 401)
    assert lost.get("/console/").status_code == 302
    assert not has_code_generator(officer)


def test_nothing_is_kept_by_a_browser():
    house = make_house()
    conversation = make_conversation(house.zalo)
    client = sign_in(make_officer(house.unit, "may", Role.DUTY_OFFICER, Role.UNIT_ADMINISTRATOR))

    for path in ("/console/", f"/console/c/{conversation.public_id}/", "/console/settings/", "/console/pulse/", "/x/"):
        if path != "/x/":
            assert client.get(path).headers["Cache-Control"] == "no-store"
    page = client.get("/console/").content.decode()
    assert '"historyCacheSize":0' in page
    assert "serviceWorker" not in page


def test_live_events_carry_ids_and_counts_only():
    house = make_house()
    conversation = make_conversation(house.zalo, "Nhà tôi số 12 bị mất xe")
    poller = Poller()

    changes = poller.look(frozenset({house.unit.pk}), clock.now().replace(year=2020))

    assert [(change.kind, dict(change.facts)) for change in changes] == [
        ("inbox", {"conversations": [conversation.public_id]})
    ]


def test_the_age_of_a_session_is_not_moved_by_asking_for_files():
    client = sign_in(make_officer(make_house().unit, "may"))
    age_session(client)

    assert client.get("/console/file/nothing/").status_code == 404
