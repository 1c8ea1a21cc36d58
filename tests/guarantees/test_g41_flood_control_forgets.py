"""G41: flood control leaves no record about a person: keyed hashes, in memory and in rows, that end within a day."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.test import Client

from binhyen.core import clock
from binhyen.portal import flood
from binhyen.portal.limits import LONGEST_KEPT, Limit, limiter
from binhyen.portal.tests.portal_pages import TRACK, ask, seed
from binhyen.vault import flood_windows
from binhyen.vault.flood_windows import Window
from binhyen.vault.models import FloodWindow

pytestmark = pytest.mark.django_db
START = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
ADDRESS = "203.113.77.231"


@pytest.fixture(autouse=True)
def unit():
    return seed(units_only=True)


def busy() -> None:
    """A resident asks, and mistypes codes until slowed."""
    resident = Client(REMOTE_ADDR=ADDRESS, HTTP_USER_AGENT="canary-agent-5513", HTTP_X_FORWARDED_FOR=ADDRESS)
    assert ask(resident, "Cho hỏi giờ làm việc").status_code == 200
    answers = [resident.post(TRACK, {"code": "111 111 111 111 111 111"}).status_code for _ in range(8)]
    assert answers[:5] == [422] * 5
    assert 429 in answers[5:]


def test_the_store_holds_hashes_alone():
    with clock.at(START):
        busy()
        kept = limiter.kept()
    assert kept
    assert all(re.fullmatch(r"[0-9a-f]{64}", key) for key in kept)
    assert ADDRESS not in repr(kept)


def test_the_same_sender_has_another_hash_in_the_next_window():
    with clock.at(START):
        busy()
        first = set(limiter.kept())
    with clock.at(START + timedelta(hours=2)):
        busy()
        assert not first & set(limiter.kept())


def test_everything_is_forgotten_within_a_day():
    with clock.at(START):
        busy()
        assert all(ends_at <= START + LONGEST_KEPT for ends_at, _ in limiter.kept().values())
    with clock.at(START + timedelta(hours=24)):
        assert limiter.kept() == {}


def test_no_limit_may_remember_for_longer():
    with pytest.raises(ValueError, match="would remember"):
        Limit("week", 1, timedelta(days=7))
    limits = [value for value in vars(flood).values() if isinstance(value, Limit)]
    assert len(limits) >= 6
    assert all(limit.window <= LONGEST_KEPT for limit in limits)


def test_no_row_knows_the_address():
    with clock.at(START):
        busy()
    for model in apps.get_models():
        for row in model.objects.values():
            assert ADDRESS not in repr(row), model
            assert "canary-agent" not in repr(row), model


def test_slowed_is_not_shut_out():
    with clock.at(START):
        busy()
        resident = Client(REMOTE_ADDR=ADDRESS)
        assert resident.post(TRACK, {"code": "1"}).status_code == 429
        assert Client(REMOTE_ADDR="203.113.9.9").post(TRACK, {"code": "1"}).status_code == 422
    with clock.at(START + timedelta(seconds=61)):
        assert resident.post(TRACK, {"code": "1"}).status_code == 422


def test_memory_stays_bounded_under_a_flood_of_addresses(monkeypatch):
    monkeypatch.setattr("binhyen.portal.limits.MOST_KEPT", 1_000)
    limiter.forget()
    for sender in range(3_000):
        limiter.take(flood.PER_SHEET, f"sender {sender}")
    assert len(limiter.kept()) <= 1_000


def test_rows_shared_by_all_processes_hold_hashes_and_go_within_a_day():
    with clock.at(START):
        busy()
        rows = list(FloodWindow.objects.values())
        assert rows
        assert all(re.fullmatch(r"[0-9a-f]{64}", row["key_hash"]) for row in rows)
        assert all(row["ends_at"] <= START + LONGEST_KEPT for row in rows)
        assert {name for row in rows for name in row} == {"id", "key_hash", "ends_at", "taken"}
    with clock.at(START + LONGEST_KEPT):
        while flood_windows.forget_past():
            pass
        assert not FloodWindow.objects.exists()


def test_another_process_counts_on_where_the_first_one_stopped():
    with clock.at(START):
        wrong = {"code": "111 111 111 111 111 111"}
        for _ in range(flood.WRONG_CODES.times):
            assert Client(REMOTE_ADDR=ADDRESS).post(TRACK, wrong).status_code == 422
        limiter.forget()  # as a process that has just started knows nothing
        answers = [Client(REMOTE_ADDR=ADDRESS).post(TRACK, wrong).status_code for _ in range(2)]
    assert answers == [422, 429]


def test_a_window_is_never_taken_more_often_than_it_holds():
    window = Window("a" * 64, START + timedelta(minutes=1), 3)
    assert [flood_windows.take([window]) for _ in range(5)] == [True] * 3 + [False] * 2
    assert flood_windows.taken("a" * 64) == 3
    assert flood_windows.taken("b" * 64) == 0


def test_of_several_windows_each_holds_its_own_number():
    small, large = (Window(name * 64, START + timedelta(minutes=1), times) for name, times in (("b", 1), ("a", 3)))
    assert [flood_windows.take([small, large]) for _ in range(3)] == [True, False, False]
    assert (flood_windows.taken("b" * 64), flood_windows.taken("a" * 64)) == (1, 3)
    assert not flood_windows.take([large])
