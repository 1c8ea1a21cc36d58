"""G4: every opening, refused attempt and expiry is in the audit chain before anything is shown."""

from datetime import timedelta

import pytest

from binhyen.audit import actions as audit
from binhyen.audit.models import AuditRow
from binhyen.cases import unsealing
from binhyen.cases.tests.factories import OTHER_WORDS, agree, ask_for, make_named_case
from binhyen.core import clock
from binhyen.core.errors import NotPossible
from tests.guarantees.sealed_station import station_with_key

pytestmark = pytest.mark.django_db


@pytest.fixture
def station(monkeypatch):
    return station_with_key(monkeypatch)


def rows(*actions: str) -> int:
    return AuditRow.objects.filter(action__in=actions).count()


def test_when_the_audit_cannot_write_nothing_is_shown(station, monkeypatch):
    opening, private = ask_for(station, make_named_case(station.unit))
    opening = agree(station, opening)

    def broken(*args, **kwargs):
        raise OSError("disk full")

    monkeypatch.setattr(audit, "record", broken)
    with pytest.raises(OSError, match="disk full"):
        unsealing.show(station.scope(), opening, private)


def test_each_look_and_each_refusal_is_one_row(station):
    opening, private = ask_for(station, make_named_case(station.unit))
    for _ in range(2):
        with pytest.raises(NotPossible):
            unsealing.give_share(station.scope(station.first), opening, station.first, OTHER_WORDS)
    opening = agree(station, opening)
    for _ in range(3):
        unsealing.show(station.scope(), opening, private)
    with clock.at(opening.closes_at + timedelta(seconds=1)):
        with pytest.raises(NotPossible):
            unsealing.show(station.scope(), opening, private)
        unsealing.end_old()

    assert rows("identity.asked") == rows("identity.opened") == rows("identity.ended") == 1
    assert rows("identity.agreed") == 2
    assert rows("identity.shown") == 3
    assert rows("identity.attempt_refused") == 3


def test_no_row_holds_reason_or_name(station):
    opening, private = ask_for(station, make_named_case(station.unit))
    unsealing.show(station.scope(), agree(station, opening), private)
    written = str(list(AuditRow.objects.values_list("facts", "subject", "action")))
    assert not any(word in written for word in ("Kín", "0912", "xác minh"))
