"""G3: opening needs two people, a reason, a listed ground, and covers one report for at most 30 minutes."""

from datetime import timedelta

import pytest

from binhyen.cases import unsealing
from binhyen.cases.openings import OpeningState
from binhyen.cases.tests.factories import (
    IDENTITY,
    OTHER_WORDS,
    REASON,
    WORDS,
    agree,
    ask_for,
    make_case,
    make_named_case,
    make_station,
)
from binhyen.cases.unsealing import OPEN_LASTS
from binhyen.core import clock
from binhyen.core.errors import NotAllowed, NotPossible
from binhyen.units.models import Membership, Role
from tests.guarantees.sealed_station import station_with_key

pytestmark = pytest.mark.django_db


@pytest.fixture
def station(monkeypatch):
    return station_with_key(monkeypatch)


def test_the_full_path_opens_exactly_this(station):
    opening, private = ask_for(station, make_named_case(station.unit))
    opening = agree(station, opening)
    assert unsealing.show(station.scope(), opening, private) == IDENTITY
    assert opening.closes_at - opening.opened_at == OPEN_LASTS == timedelta(minutes=30)


@pytest.mark.parametrize(
    ("ground", "reason", "code"),
    [
        ("", REASON, "ground_unknown"),
        ("curiosity", REASON, "ground_unknown"),
        ("statement", "ngắn quá", "reason_short"),
        ("statement", " " * 40, "reason_short"),
    ],
)
def test_without_ground_or_reason_nothing_is_asked(station, ground, reason, code):
    with pytest.raises(NotPossible, match=code):
        unsealing.ask(station.scope(), make_named_case(station.unit), ground, reason, b"k" * 32)


def test_one_custodian_twice_is_one_person(station):
    opening, private = ask_for(station, make_named_case(station.unit))
    unsealing.give_share(station.scope(station.first), opening, station.first, WORDS)
    with pytest.raises(NotPossible, match="share_given"):
        unsealing.give_share(station.scope(station.first), opening, station.first, WORDS)
    opening.refresh_from_db()
    with pytest.raises(NotPossible, match="opening_waits"):
        unsealing.show(station.scope(), opening, private)


def test_who_asks_cannot_be_the_second_person(station):
    Membership.objects.create(unit=station.unit, officer=station.duty, role=Role.IDENTITY_CUSTODIAN)
    opening, _ = ask_for(station, make_named_case(station.unit))
    with pytest.raises(NotPossible, match="share_missing"):
        unsealing.give_share(station.scope(), opening, station.duty, WORDS)
    Membership.objects.create(unit=station.unit, officer=station.first, role=Role.DUTY_OFFICER)
    own = unsealing.ask(station.scope(station.first), make_named_case(station.unit), "life", REASON, b"k" * 32)
    unsealing.give_share(station.scope(station.first), own, station.first, WORDS)
    own.refresh_from_db()
    assert own.state == OpeningState.ASKED
    assert own.approver is None
    own = unsealing.give_share(station.scope(station.second), own, station.second, OTHER_WORDS)
    assert own.approver == station.second


def test_wrong_passphrase_and_no_custodian(station):
    opening, _ = ask_for(station, make_named_case(station.unit))
    with pytest.raises(NotPossible, match="passphrase_wrong"):
        unsealing.give_share(station.scope(station.first), opening, station.first, OTHER_WORDS)
    with pytest.raises(NotAllowed):
        unsealing.give_share(station.scope(station.commander), opening, station.commander, WORDS)


def test_ten_wrong_passphrases_lock_with_growing_delay(station):
    opening, _ = ask_for(station, make_named_case(station.unit))
    refused = []
    for _ in range(10):
        with pytest.raises(NotPossible) as failure:
            unsealing.give_share(station.scope(station.first), opening, station.first, "sai sai sai sai sai")
        refused.append(failure.value.code)
    assert refused[:5] == ["passphrase_wrong"] * 5
    assert set(refused[5:]) == {"passphrase_locked"}
    with pytest.raises(NotPossible, match="passphrase_locked"):
        unsealing.give_share(station.scope(station.first), opening, station.first, WORDS)


def test_only_the_asking_browser_of_the_asking_officer_sees_it(station):
    opening, private = ask_for(station, make_named_case(station.unit))
    opening = agree(station, opening)
    with pytest.raises(NotAllowed):
        unsealing.show(station.scope(station.commander), opening, private)
    with pytest.raises(NotPossible, match="envelope_closed"):
        unsealing.show(station.scope(), opening, b"x" * 32)


def test_an_opening_covers_no_other_report(station):
    opening, private = ask_for(station, make_named_case(station.unit))
    other, _ = ask_for(station, make_named_case(station.unit))
    agree(station, opening)
    other.refresh_from_db()
    with pytest.raises(NotPossible, match="opening_waits"):
        unsealing.show(station.scope(), other, private)


def test_after_thirty_minutes_it_is_sealed_again(station):
    opening, private = ask_for(station, make_named_case(station.unit))
    opening = agree(station, opening)
    with clock.at(opening.closes_at), pytest.raises(NotPossible, match="opening_over"):
        unsealing.show(station.scope(), opening, private)
    with clock.at(opening.closes_at):
        assert unsealing.end_old() == 1
    opening.refresh_from_db()
    assert opening.state == OpeningState.ENDED
    assert bytes(opening.sealed_view) == b""


def test_an_approval_cannot_be_replayed(station):
    opening, _ = ask_for(station, make_named_case(station.unit))
    agree(station, opening)
    for officer, words in ((station.first, WORDS), (station.second, OTHER_WORDS)):
        with pytest.raises(NotPossible, match="opening_over"):
            unsealing.give_share(station.scope(officer), opening, officer, words)


def test_a_request_lasts_three_days_and_can_be_refused(station):
    case = make_named_case(station.unit)
    opening, _ = ask_for(station, case)
    unsealing.refuse(station.scope(station.first), opening, station.first)
    with pytest.raises(NotPossible, match="opening_over"):
        agree(station, opening)
    again, _ = ask_for(station, case)
    with clock.at(clock.now() + timedelta(hours=72, minutes=1)):
        with pytest.raises(NotPossible, match="opening_over"):
            agree(station, again)
        assert unsealing.end_old() == 1


def test_a_report_without_a_name_has_nothing_to_open(station):
    with pytest.raises(NotPossible, match="identity_none"):
        ask_for(station, make_case(station.unit))


def test_custodians_of_another_unit_see_no_request(station):
    there = make_station("dong-hoi")
    opening, _ = ask_for(station, make_named_case(station.unit))
    with pytest.raises(NotAllowed):
        unsealing.give_share(there.scope(there.first), opening, there.first, WORDS)
