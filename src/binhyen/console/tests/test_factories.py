"""The shortcut by which tests sign in leaves the same session as the pages do."""

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.base import SessionBase

from binhyen.audit.models import AuditRow
from binhyen.console.tests.factories import make_house, make_officer, sign_in, sign_in_on_pages
from binhyen.units.models import Officer

pytestmark = pytest.mark.django_db


def shape(session: SessionBase, officer: Officer) -> dict[str, object]:
    """Session without hours and without what names the officer."""
    told = dict(session.items())
    told["account_authentication_methods"] = [
        {key: value for key, value in one.items() if key not in ("at", "id", "username")}
        for one in told["account_authentication_methods"]
    ]
    assert told.pop("_auth_user_id") == told.pop("account_authentication_methods_user") == str(officer.pk)
    return {key: value for key, value in told.items() if not isinstance(value, float) and key != "_auth_user_hash"}


def test_both_ways_of_signing_in_leave_the_same():
    house = make_house()
    slow, quick = (make_officer(house.unit, name) for name in ("slow", "quick"))
    on_pages, at_once = sign_in_on_pages(slow), sign_in(quick)
    assert shape(at_once.session, quick) == shape(on_pages.session, slow)
    assert set(at_once.session.keys()) == set(on_pages.session.keys())
    assert on_pages.get("/console/").status_code == at_once.get("/console/").status_code == 200
    assert UserSession.objects.filter(user=quick).count() == UserSession.objects.filter(user=slow).count() == 1
    rows = AuditRow.objects.filter(action="officer.signed_in").values_list("actor_key", flat=True)
    assert sorted(rows) == sorted([slow.pk, quick.pk])
