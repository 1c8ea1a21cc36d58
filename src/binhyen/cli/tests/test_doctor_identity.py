"""Doctor sees keys nobody can open and shares of who left."""

import pytest

from binhyen.cases import custodians
from binhyen.cases.tests.factories import WORDS, give_key, make_case, make_station
from binhyen.cli.doctor_identity import identity_findings, unread_findings
from binhyen.inbox.tests.factories import make_officer
from binhyen.units.models import Officer, Role
from binhyen.vault.tests.light_hashes import hash_lightly


def states(words: str) -> list[str]:
    return [one.state for one in identity_findings() if words in one.found]


@pytest.mark.django_db
def test_who_left_with_a_share_and_a_key_nobody_opens_are_told(monkeypatch):
    hash_lightly(monkeypatch)
    station = make_station()
    third = make_officer(station.unit, "giu-ba", Role.IDENTITY_CUSTODIAN)
    custodians.set_passphrase(station.scope(third), third, WORDS)
    give_key(station)
    assert (states("who left"), states("nobody can open")) == ([], [])
    third.memberships.all().delete()
    assert (states("who left"), states("nobody can open")) == (["warning"], [])
    Officer.objects.filter(pk=station.second.pk).update(is_active=False)
    assert (states("who left"), states("nobody can open")) == (["warning"], ["wrong"])


@pytest.mark.django_db
def test_reports_that_nobody_may_see_are_told(monkeypatch):
    hash_lightly(monkeypatch)
    station = make_station()
    Officer.objects.filter(pk=station.duty.pk).update(full_name="Lê Văn Hùng")
    Officer.objects.filter(pk=station.commander.pk).update(full_name="Trần Quốc Toản")
    make_case(station.unit, "Lê Văn Hùng nhận tiền")
    assert list(unread_findings()) == []
    make_case(station.unit, "Lê Văn Hùng và Trần Quốc Toản cùng nhận tiền")
    (finding,) = unread_findings()
    assert finding.state == "wrong"
    assert f"{station.unit.name} (1)" in finding.found
    make_officer(station.parent, "tinh", Role.COMMANDER)
    assert list(unread_findings()) == []
