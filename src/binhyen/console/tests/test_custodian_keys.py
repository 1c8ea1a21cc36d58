"""A key is replaced, a custodian is lost: names under the older key open once its shares are given anew."""

from datetime import timedelta

import pytest

from binhyen.cases import custodians
from binhyen.cases.tests.factories import OTHER_WORDS, REASON, WORDS, Station, give_key, make_named_case, make_station
from binhyen.console.tests.factories import sign_in
from binhyen.core import clock
from binhyen.inbox.tests.factories import make_officer
from binhyen.units.models import Membership, Officer, Role
from binhyen.vault.tests.light_hashes import hash_lightly

pytestmark = pytest.mark.django_db


@pytest.fixture
def station(monkeypatch) -> Station:
    hash_lightly(monkeypatch)
    return make_station()


def test_an_older_key_is_shared_again_for_a_new_custodian_while_it_holds_names(station):
    give_key(station)
    case = make_named_case(station.unit)
    first, second = sign_in(station.first), sign_in(station.second)
    place = f"/console/custodians/{station.unit.public_id}/"
    assert "vẫn còn giữ danh tính" not in first.get(place).content.decode()
    assert first.post(place, {"act": "key"}).status_code == 302
    page = first.get(place).content.decode()
    assert "vẫn còn giữ danh tính" in page

    third = sign_in(make_officer(station.unit, "giu-ba", Role.IDENTITY_CUSTODIAN))
    third.post(place, {"act": "passphrase", "passphrase": WORDS, "again": WORDS})
    older = case.identity_key.public_id
    assert first.post(place, {"act": "share_again", "older": "khong-co"}).status_code == 422
    sharing = first.post(place, {"act": "share_again", "older": older}).headers["Location"]
    for client, words in ((first, WORDS), (second, OTHER_WORDS)):
        client.post(sharing, {"act": "agree", "passphrase": words})

    duty = sign_in(station.duty)
    asked = duty.post(f"/console/cases/{case.public_id}/opening/", {"ground": "statement", "reason": REASON})
    opening = asked.headers["Location"]
    for client, words in ((third, WORDS), (second, OTHER_WORDS)):
        assert client.post(opening, {"act": "agree", "passphrase": words}).status_code == 302
    assert "Nguyễn Thị Kín" in duty.post(opening, {"act": "show"}).content.decode()


def test_a_forgotten_passphrase_takes_no_part_until_shared_again(station):
    give_key(station)
    case = make_named_case(station.unit)
    first = sign_in(station.first)
    place = f"/console/custodians/{station.unit.public_id}/"
    new = "mưa nắng hai mùa gạo trắng"
    assert "Chỉ có hai người giữ phần khóa" in first.get(place).content.decode()
    assert first.post(place, {"act": "passphrase", "passphrase": new, "again": new}).status_code == 302
    assert "chưa có phần" in first.get(place).content.decode()
    asked = sign_in(station.duty).post(
        f"/console/cases/{case.public_id}/opening/", {"ground": "statement", "reason": REASON}
    )
    assert first.post(asked.headers["Location"], {"act": "agree", "passphrase": new}).status_code == 404


def test_the_superior_unit_is_the_reserve_when_a_passphrase_is_lost(station):
    reserve = sign_in(make_officer(station.parent, "giu-tinh", Role.IDENTITY_CUSTODIAN))
    reserve_words = "sông dài cá lội biệt tăm"
    above = f"/console/custodians/{station.parent.public_id}/"
    assert (
        reserve.post(above, {"act": "passphrase", "passphrase": reserve_words, "again": reserve_words}).status_code
        == 302
    )
    give_key(station)
    case = make_named_case(station.unit)
    first, second, duty = sign_in(station.first), sign_in(station.second), sign_in(station.duty)
    place, new = f"/console/custodians/{station.unit.public_id}/", "mưa nắng hai mùa gạo trắng"
    first.post(place, {"act": "passphrase", "passphrase": new, "again": new})

    asked = duty.post(f"/console/cases/{case.public_id}/opening/", {"ground": "statement", "reason": REASON})
    opening = asked.headers["Location"]
    waits = duty.get(opening).content.decode()
    assert station.first.full_name not in waits[waits.index("<dt>Đang chờ</dt>") :][:200]
    assert opening in reserve.get("/console/openings/").content.decode()
    for client, words in ((second, OTHER_WORDS), (reserve, reserve_words)):
        assert client.post(opening, {"act": "agree", "passphrase": words}).status_code == 302
    assert "Nguyễn Thị Kín" in duty.post(opening, {"act": "show"}).content.decode()

    sharing = second.post(place, {"act": "share_again"}).headers["Location"]
    for client, words in ((second, OTHER_WORDS), (reserve, reserve_words)):
        assert client.post(sharing, {"act": "agree", "passphrase": words}).status_code == 302
    assert "chưa có phần" not in first.get(place).content.decode()


def test_sharing_again_does_not_spoil_an_opening_that_waits(station):
    give_key(station)
    case = make_named_case(station.unit)
    first, second, duty = sign_in(station.first), sign_in(station.second), sign_in(station.duty)
    asked = duty.post(f"/console/cases/{case.public_id}/opening/", {"ground": "statement", "reason": REASON})
    opening = asked.headers["Location"]
    first.post(opening, {"act": "agree", "passphrase": WORDS})
    place = f"/console/custodians/{station.unit.public_id}/"
    sharing = first.post(place, {"act": "share_again"}).headers["Location"]
    for client, words in ((first, WORDS), (second, OTHER_WORDS)):
        assert client.post(sharing, {"act": "agree", "passphrase": words}).status_code == 302
    for client, words in ((second, OTHER_WORDS), (first, WORDS)):
        assert client.post(opening, {"act": "agree", "passphrase": words}).status_code == 302
    assert "Nguyễn Thị Kín" in duty.post(opening, {"act": "show"}).content.decode()


def test_who_left_with_a_share_and_a_key_nobody_opens_are_told(station):
    third = make_officer(station.unit, "giu-ba", Role.IDENTITY_CUSTODIAN)
    custodians.set_passphrase(station.scope(third), third, WORDS)
    give_key(station)
    place = f"/console/custodians/{station.unit.public_id}/"
    first = sign_in(station.first)
    quiet = first.get(place).content.decode()
    assert "vẫn giữ một phần" not in quiet
    assert "Chưa đủ hai người giữ" not in quiet

    third.memberships.all().delete()
    page = first.get(place).content.decode()
    assert f"vẫn giữ một phần: {third.full_name}" in page
    assert "Chưa đủ hai người giữ" not in page

    Officer.objects.filter(pk=station.second.pk).update(is_active=False)
    assert "Chưa đủ hai người giữ" in first.get(place).content.decode()


def test_a_reserve_that_is_needed_below_is_warned_before_the_share_is_lost(station):
    reserve = make_officer(station.parent, "giu-tinh", Role.IDENTITY_CUSTODIAN)
    custodians.set_passphrase(station.scope(reserve), reserve, WORDS)
    custodians.set_passphrase(station.scope(station.first), station.first, WORDS)
    custodians.make_key(station.scope(station.first), station.unit)
    page = sign_in(reserve).get(f"/console/custodians/{station.parent.public_id}/").content.decode()
    assert "Chỉ có hai người giữ phần khóa" in page


def test_a_custodian_is_told_on_every_page_what_waits_for_the_share(station):
    give_key(station)
    case = make_named_case(station.unit)
    first, duty = sign_in(station.first), sign_in(station.duty)
    waits = "yêu cầu đang chờ phần khóa"
    assert first.get("/console/").headers["Location"] == "/console/openings/"
    assert waits not in first.get("/console/settings/").content.decode()
    asked = duty.post(f"/console/cases/{case.public_id}/opening/", {"ground": "statement", "reason": REASON})
    assert f"1 {waits}" in first.get("/console/settings/").content.decode()
    assert waits not in duty.get("/console/cases/").content.decode()
    Membership.objects.create(officer=station.first, unit=station.unit, role=Role.DUTY_OFFICER)
    assert f"1 {waits}" in first.get("/console/cases/").content.decode()
    first.post(asked.headers["Location"], {"act": "agree", "passphrase": WORDS})
    assert waits not in first.get("/console/settings/").content.decode()


def test_a_name_goes_from_the_screen_when_the_time_is_over(station):
    give_key(station)
    case = make_named_case(station.unit)
    first, second, duty = sign_in(station.first), sign_in(station.second), sign_in(station.duty)
    asked = duty.post(f"/console/cases/{case.public_id}/opening/", {"ground": "statement", "reason": REASON})
    opening = asked.headers["Location"]
    for client, words in ((first, WORDS), (second, OTHER_WORDS)):
        client.post(opening, {"act": "agree", "passphrase": words})
    with clock.at(clock.now() + timedelta(minutes=2)):
        shown = duty.post(opening, {"act": "show"})
    seconds, address = shown.headers["Refresh"].split(";url=")
    assert 27 * 60 < int(seconds) <= 28 * 60
    assert "Nguyễn Thị Kín" not in duty.get(address).content.decode()
    assert "no-store" in shown.headers["Cache-Control"]
